"""Labels, the letter, banners and the cover: plain words, marks at the right characters, said aloud."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor, QFont, QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from peermatch.ui.cover import DOTS, Cover
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import FACES, Banner, UndoBar
from peermatch.ui.widgets.boxes import Scroll
from peermatch.ui.widgets.buttons import Button, IconButton
from peermatch.ui.widgets.covered import CoveredLabel
from peermatch.ui.widgets.letter import LetterView, utf16_spans
from peermatch.ui.widgets.lines import Ruler, height_of, line_pitch, longest_word
from peermatch.ui.widgets.states import CheckLine, EmptyState, FactTile, Meter, Step, StepBar
from peermatch.ui.widgets.text import (
    BODY,
    FIGURE,
    NAME,
    SMALL,
    STRONG,
    Look,
    Phrase,
    SectionLabel,
    Text,
)
from tests.ui.readable import accessible_name, problems

MARKUP = "<b>O'Neil & Co</b> <img src=x>"


def test_words_are_never_read_as_markup(theme: Theme) -> None:
    for label in (Text(theme, MARKUP), Text(theme, MARKUP, wrap=False), Phrase(theme, [(MARKUP, STRONG)])):
        assert accessible_name(label) == MARKUP
        assert label.words() == MARKUP


def test_a_label_tells_its_new_words(theme: Theme) -> None:
    label = Text(theme, "before")
    label.set_text("after")
    assert accessible_name(label) == "after"
    phrase = Phrase(theme, [("Amina", STRONG), (" she/her", SMALL)])
    assert accessible_name(phrase) == "Amina she/her"
    phrase.set_runs([("Tom", STRONG)])
    assert accessible_name(phrase) == "Tom"


def test_capitals_are_only_for_the_eye(theme: Theme) -> None:
    label = SectionLabel(theme, "What they need")
    assert label.font().capitalization() == QFont.Capitalization.AllUppercase
    assert accessible_name(label) == "What they need"


def test_wrapped_words_get_higher_when_narrow_and_larger(theme: Theme) -> None:
    label = Text(theme, "These words need more than one line when there is little room.", BODY)
    assert label.heightForWidth(120) > label.heightForWidth(600)
    before = label.heightForWidth(300)
    theme.set_scale(150)
    assert label.heightForWidth(300) > before


def test_words_that_have_room_in_one_line_are_as_high_as_qt_says(theme: Theme) -> None:
    @settings(max_examples=120)
    @given(
        st.lists(st.text("aWf.,j-·’é語ن ", max_size=12), max_size=6),
        st.sampled_from([BODY, SMALL, STRONG, FIGURE, NAME]),
        st.integers(1, 700),
    )
    def same(words: list[str], look: Look, width: int) -> None:
        kinds = (Text(theme, " ".join(words), look), Text(theme, "\n".join(words), look, selectable=True))
        for label in (*kinds, SectionLabel(theme, " ".join(words))):
            for room in (width, 700, 1400):
                assert label.heightForWidth(room) == QLabel.heightForWidth(label, room)

    same()


def test_the_first_label_says_for_others_how_high_a_line_is(theme: Theme) -> None:
    first, second, bold = Text(theme, "Amina"), Text(theme, "Tom and Amina"), Text(theme, "Tom", STRONG)
    high = first.heightForWidth(400)
    assert list(theme.lines.values()) == [high]
    assert second.heightForWidth(400) == high
    assert len(theme.lines) == 1
    assert bold.heightForWidth(400) > 0
    assert len(theme.lines) == 2
    theme.set_scale(200)
    assert not theme.lines
    assert first.heightForWidth(400) == second.heightForWidth(400) > high


def test_of_a_line_of_words_that_change_nothing_is_remembered(theme: Theme) -> None:
    label = Text(theme, "short", SMALL)
    low = label.heightForWidth(100)
    label.set_text("words that need more than one line where there is so little room")
    assert label.heightForWidth(100) == QLabel.heightForWidth(label, 100) > low
    label.set_text("short")
    assert label.heightForWidth(100) == low


def test_a_label_follows_its_colour(theme: Theme) -> None:
    label = Text(theme, "risk", BODY, tone="risk")
    assert label.palette().windowText().color() == QColor(theme.tokens.risk)
    label.set_tone("good")
    assert label.palette().windowText().color() == QColor(theme.tokens.good)


LETTER = "Hello 👋,\n\nI was diagnosed with ADHD 🧠 in August.\nThank you."


def _span(words: str) -> tuple[int, int]:
    return LETTER.index(words), LETTER.index(words) + len(words)


def test_marks_stand_on_their_words_after_emoji(theme: Theme) -> None:
    view = LetterView(theme)
    view.set_letter(LETTER, [_span("diagnosed with ADHD"), _span("August")])
    assert view.marked_words() == ["diagnosed with ADHD", "August"]
    view.set_marks([_span("Thank you")])
    assert view.marked_words() == ["Thank you"]
    assert view.toPlainText() == LETTER


@settings(max_examples=60)
@given(st.text(max_size=40), st.data())
def test_ranges_in_utf16_name_the_same_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    [(first, last)] = utf16_spans(text, [(start, end)])
    units = text.encode("utf-16-le", "surrogatepass")
    assert units[2 * first : 2 * last].decode("utf-16-le", "surrogatepass") == text[start:end]


def test_marks_are_painted_and_only_there(theme: Theme, qtbot: QtBot) -> None:
    view = LetterView(theme)
    qtbot.addWidget(view)
    view.resize(420, 200)
    view.set_letter(LETTER)
    view.show()
    mark = QColor(theme.tokens.mark)

    def marked() -> int:
        image = view.grab().toImage()
        return sum(
            image.pixelColor(x, y) == mark for x in range(0, image.width(), 2) for y in range(image.height())
        )

    assert marked() == 0
    view.set_marks([_span("diagnosed with ADHD")])
    assert marked() > 200


def test_a_letter_is_plain_selectable_and_cannot_be_changed(theme: Theme, qtbot: QtBot) -> None:
    view = LetterView(theme)
    qtbot.addWidget(view)
    view.set_letter("<script>alert(1)</script><img src='http://example.org/x.png'>")
    view.show()
    assert view.toPlainText().startswith("<script>")
    QTest.keyClick(view, Qt.Key.Key_X)
    assert view.toPlainText().startswith("<script>")
    view.selectAll()
    assert view.textCursor().hasSelection()
    assert accessible_name(view) == "Letter"


def test_a_long_letter_scrolls_by_keys(theme: Theme, qtbot: QtBot) -> None:
    view = LetterView(theme, most_lines=10)
    qtbot.addWidget(view)
    view.resize(400, 200)
    view.set_letter("\n".join(f"line {n}" for n in range(200)))
    view.show()
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.verticalScrollBar().value() > 0
    assert view.sizeHint().height() <= theme.px(14 * 1.6) * 10 + 20


def test_a_letter_keeps_its_place_when_only_marks_change(theme: Theme, qtbot: QtBot) -> None:
    view = LetterView(theme)
    qtbot.addWidget(view)
    view.resize(400, 200)
    text = "\n".join(f"line {n}" for n in range(200))
    view.set_letter(text)
    view.show()
    QApplication.processEvents()
    view.verticalScrollBar().setValue(500)
    view.set_marks([(0, 4)])
    assert view.verticalScrollBar().value() == 500


@pytest.mark.parametrize("kind", FACES)
def test_a_banner_says_what_and_what_to_do(theme: Theme, qtbot: QtBot, kind: str) -> None:
    banner = Banner(theme, kind, "The disk is full.", "Make room and try again.", action="Try again")  # type: ignore[arg-type]  # the keys are the kinds
    qtbot.addWidget(banner)
    banner.resize(500, 60)
    banner.show()
    assert accessible_name(banner) == "The disk is full. Make room and try again."
    action = next(button for button in banner.findChildren(Button) if button.isVisible())
    with qtbot.waitSignal(banner.acted, timeout=500):
        QTest.keyClick(action, Qt.Key.Key_Return)
    cross = banner.findChild(IconButton)
    assert isinstance(cross, IconButton)
    with qtbot.waitSignal(banner.dismissed, timeout=500):
        QTest.keyClick(cross, Qt.Key.Key_Space)
    assert not banner.isVisible()


def test_a_dismissed_banner_comes_back_with_something_new(theme: Theme, qtbot: QtBot) -> None:
    banner = Banner(theme, "info", "First.", dismissible=False)
    qtbot.addWidget(banner)
    banner.show()
    banner.dismiss()
    banner.show_message("error", "Second.", "Do this.", action="Do it")
    assert banner.isVisible()
    assert banner.kind == "error"
    assert banner.sentence() == "Second. Do this."
    assert accessible_name(banner) == "Second. Do this."
    banner.show_message("success", "Third.")
    assert banner.sentence() == "Third."


def test_the_undo_bar_stays_until_it_is_used_or_dismissed(theme: Theme, qtbot: QtBot) -> None:
    bar = UndoBar(theme)
    qtbot.addWidget(bar)
    assert not bar.isVisible()
    bar.offer("Amina was asked about E-0142.")
    assert bar.isVisible()
    assert accessible_name(bar) == bar.text() == "Amina was asked about E-0142."
    undo = bar.findChild(Button)
    assert isinstance(undo, Button)
    with qtbot.waitSignal(bar.undone, timeout=500):
        QTest.keyClick(undo, Qt.Key.Key_Return)
    assert not bar.isVisible()
    bar.offer("A card has left.", undo=False)
    assert not undo.isVisible()
    cross = bar.findChild(IconButton)
    assert isinstance(cross, IconButton)
    with qtbot.waitSignal(bar.dismissed, timeout=500):
        QTest.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_covered_names_are_dots_for_eye_and_ear(theme: Theme) -> None:
    short, long_ = CoveredLabel(theme, "Jo"), CoveredLabel(theme, "Amina Rahman", STRONG)
    theme.cover.toggle()
    assert accessible_name(short) == accessible_name(long_) == DOTS
    short.set_name("Tom")
    assert accessible_name(short) == DOTS
    theme.cover.toggle()
    assert (accessible_name(short), accessible_name(long_)) == ("Tom", "Amina Rahman")


def test_a_label_made_under_cover_is_covered(theme: Theme) -> None:
    theme.cover.set_on(True)
    assert accessible_name(CoveredLabel(theme, "Amina")) == DOTS


def test_the_cover_tells_only_changes(qtbot: QtBot) -> None:
    cover = Cover()
    with qtbot.assertNotEmitted(cover.changed):
        cover.set_on(False)
    with qtbot.waitSignal(cover.changed, timeout=500):
        cover.toggle()
    assert cover.on


def test_an_empty_state_offers_one_step(theme: Theme, qtbot: QtBot) -> None:
    state = EmptyState(theme, "inbox", "No letter waits.", "Drop one here.", action="New enquiry")
    qtbot.addWidget(state)
    state.resize(400, 400)
    state.show()
    button = state.findChild(Button)
    assert isinstance(button, Button)
    with qtbot.waitSignal(state.acted, timeout=500):
        QTest.keyClick(button, Qt.Key.Key_Return)
    state.set_words("Nobody was found.")
    QApplication.processEvents()
    assert problems(state) == []


def test_steps_say_how_far_they_are(theme: Theme, qtbot: QtBot) -> None:
    bar = StepBar(
        theme, [Step("Asked", "19 Nov", "done"), Step("Card", "here", "now"), Step("End", "", "next")]
    )
    qtbot.addWidget(bar)
    bar.resize(600, 60)
    bar.show()
    told = {label.words(): label.accessibleDescription() for label in bar.findChildren(Text) if label.words()}
    assert (told["Asked"], told["Card"], told["End"]) == ("done", "this step is next", "later")
    bar.set_steps([Step("Only", "one", "now")])
    QApplication.processEvents()
    QApplication.sendPostedEvents()
    assert problems(bar) == []


def test_small_tellers_keep_their_words(theme: Theme, qtbot: QtBot) -> None:
    tile = FactTile(theme, "In hand", "0 of 2")
    tile.set_value("1 of 2")
    assert [label.words() for label in tile.findChildren(Text)] == ["In hand", "1 of 2"]
    line = CheckLine(theme, "E-mail address", "consent of 12 Sep 2026")
    assert [label.words() for label in line.findChildren(Text)] == [
        "E-mail address",
        "consent of 12 Sep 2026",
    ]
    meter = Meter(theme, 0.5)
    qtbot.addWidget(meter)
    meter.resize(100, 8)
    meter.set_share(7.0, "risk")
    assert meter.grab().toImage().pixelColor(90, 4) == QColor(theme.tokens.risk)


def test_a_letter_on_a_page_that_scrolls_does_not_scroll_itself(theme: Theme, qtbot: QtBot) -> None:
    letter = LetterView(theme, most_lines=None)
    letter.set_letter("\n".join(f"line {number} of a long letter" for number in range(60)))
    page = Scroll(letter)
    qtbot.addWidget(page)
    page.resize(400, 300)
    page.show()
    QApplication.processEvents()
    assert page.verticalScrollBar().maximum() > 500
    assert letter.verticalScrollBar().maximum() == 0


def test_painted_lines_measure_as_they_are_drawn(theme: Theme) -> None:
    font = theme.font(12.5)
    words = "Return after long-term sickness 🧠 histopathology"
    assert height_of(font, words, 10_000) == line_pitch(font)
    assert height_of(font, words, longest_word(font, words)) >= 3 * line_pitch(font)
    assert height_of(font, "", 100) == line_pitch(font)


@settings(max_examples=60)
@given(
    words=st.lists(
        st.sampled_from(["tea", "neurodivergent", "a", "Zoë", "🧠", "peer-support", "شكرا"]), max_size=14
    ),
    width=st.integers(20, 400),
)
@pytest.mark.usefixtures("qapp")
def test_a_ruler_breaks_lines_so_that_each_has_room(words: list[str], width: int) -> None:
    ruler, text = Ruler(QFont("Inter", 10)), " ".join(words)
    lines = ruler.lines(text, width)
    assert " ".join(lines).replace(" ", "") == text.replace(" ", "")
    assert ruler.height_of(text, width) == len(lines) * line_pitch(ruler.font)
    measure = QFontMetricsF(ruler.font).horizontalAdvance
    if all(measure(word) <= width - 2 for word in words):
        assert all(measure(line) <= width for line in lines)
        assert ruler.height_of(text, width) <= height_of(ruler.font, text, width) + line_pitch(ruler.font)
    assert ruler.lines(text, int(ruler.whole(text)) + 3) == [text]


def test_pictures_beside_words_are_silent(theme: Theme) -> None:
    line = CheckLine(theme, "E-mail address")
    names = [
        QAccessible.queryAccessibleInterface(label).text(QAccessible.Text.Name)
        for label in line.findChildren(Text)
    ]
    assert names == ["E-mail address"]


def test_on_a_hidden_page_words_have_their_room_once_all_text_is_larger(theme: Theme, qtbot: QtBot) -> None:
    page, label = QWidget(), Text(theme, "Words that stay the same while all text becomes larger.", STRONG)
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    column.addWidget(label)
    page.show()
    page.hide()
    theme.set_scale(200)
    page.resize(240, column.heightForWidth(240))
    page.show()
    fresh = Text(theme, label.words(), STRONG)
    assert label.height() == fresh.heightForWidth(label.width())
