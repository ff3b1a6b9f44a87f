"""The page on letters on the sample network, by keys: found, written, checked at every key, kept and taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Touched
from peermatch.model.letter_text import LetterText
from peermatch.services.office import Services
from peermatch.store import letter_texts as stored
from peermatch.ui.read_only import VIEWED
from peermatch.ui.screen import Screen
from peermatch.ui.screens.letters_page import LettersPage
from peermatch.ui.screens.letters_words import FALLEN, OWN, TO_SUPPORTERS, TYPED
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Scheme, Theme
from peermatch.ui.widgets.boxes import Column
from tests.ui.readable import problems
from tests.ui.sample_office import Bench, bench

CTRL = Qt.KeyboardModifier.ControlModifier


class Host(Screen):
    """A screen with the page alone, refreshed as the window does."""

    title = "Letters"

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        super().__init__(services, tasks, theme)
        self.page = LettersPage(services, tasks, theme)
        Column(theme, self).addWidget(self.page)
        self.page.did.connect(self.did)

    def refresh(self, touched: Touched) -> None:
        """Something was done."""
        self.page.refresh()

    def show_error(self, error: PeerMatchError) -> None:
        """On the page."""
        self.page.show_error(error)


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path, lambda services, tasks: Host(services, tasks, theme)) as made:
        with qtbot.waitActive(made.page):
            made.page.activateWindow()
        made.rest()
        yield made


def page_of(desk: Bench) -> LettersPage:
    assert isinstance(desk.screen, Host)
    return desk.screen.page


def opened(desk: Bench, letter: str) -> LettersPage:
    page = page_of(desk)
    page.open_letter(letter)
    desk.rest()
    assert page.current == letter
    return page


def at_the_end(page: LettersPage) -> None:
    page.editor.body.setFocus()
    page.editor.body.moveCursor(QTextCursor.MoveOperation.End)


def said(page: LettersPage) -> list[str]:
    return [str(each) for each in page.editor.remarks.remarks]


def chips(page: LettersPage) -> dict[str, str]:
    return {row.key: row.chip for row in page.list.view.rows() if row.chip}


def test_letters_stand_by_their_step_and_are_found_by_a_word(desk: Bench) -> None:
    page = page_of(desk)
    rows = page.list.view.rows()
    assert page.current == rows[0].key == "acknowledgement"
    assert [row.heading for row in rows if row.heading][::3] == [
        "A message arrives",
        "The introduction",
        "Consent",
    ]
    assert len(rows) == len(desk.services.letter_texts.shelf())
    page.list.direction.set_current(TO_SUPPORTERS)
    page.list.direction.chosen.emit(TO_SUPPORTERS)
    assert {row.summary.split(" · ")[0] for row in page.list.view.rows()} == {"To a supporter"}
    page.list.search.setFocus()
    QTest.keyClicks(page.list.search, "999 training")
    assert [row.key for row in page.list.view.rows()] == ["welcome"]
    QTest.keyClicks(page.list.search, " of nobody")
    assert page.list.view.rows() == ()
    QTest.keyClick(page.list.search, Qt.Key.Key_Escape)
    QTest.keyClick(page.list.view, Qt.Key.Key_Down)
    QTest.keyClick(page.list.view, Qt.Key.Key_Return)
    desk.rest()
    assert page.editor.body.hasFocus()
    page.open_letter("offer")
    assert page.current == page.list.view.current() == "offer"
    assert page.preview.letter.toPlainText().startswith("Hello,\n\nWe have found somebody")


def test_words_are_checked_at_every_key_kept_used_and_taken_back(desk: Bench) -> None:
    page = opened(desk, "reminder")
    email = desk.services.desk.snapshot.supporter("S-0001").email
    at_the_end(page)
    QTest.keyClick(page.editor.body, Qt.Key.Key_Return)
    QTest.keyClicks(page.editor.body, f"Or write to {email} about {{Who}}")
    desk.rest()
    line = page.editor.body.blockCount()
    assert [each[: len(f"Line {line}:")] for each in said(page)] == [f"Line {line}:"] * 2
    assert chips(page) == {"reminder": TYPED}
    bar = page.editor.body.verticalScrollBar()
    assert bar.maximum() == 0
    page.editor.subject.setFocus()
    QTest.keyClick(page.editor.subject, Qt.Key.Key_Return, CTRL)
    desk.rest()
    assert page.editor.body.hasFocus()
    assert page.editor.body.textCursor().blockNumber() + 1 == line
    assert desk.notices == []
    page.editor.remarks.buttons()[0].click()
    QTest.keyClick(page.editor.body, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
    QGuiApplication.clipboard().setText("Diolch, سلام 👩🏽‍⚕️")
    page.editor.body.paste()
    assert said(page) == []
    assert page.preview.letter.toPlainText().endswith("Diolch, سلام 👩🏽‍⚕️\n")
    QTest.keyClick(page.editor.body, Qt.Key.Key_Return, CTRL)
    desk.rest()
    assert desk.notices == ["“The one reminder” says this from now on."]
    assert chips(page) == {"reminder": OWN}
    assert not page.editor.keep.isEnabled()
    reference = desk.services.desk.snapshot.introductions_with("S-0001")[0].enquiry
    assert "Diolch" in desk.services.letters.reminder(reference, "S-0001").text
    page.editor.shipped.click()
    desk.rest()
    assert chips(page) == {}
    assert len(page.editor.versions.buttons()) == 1
    page.editor.versions.buttons()[0].click()
    assert "Diolch" in page.editor.body.toPlainText()
    QTest.keyClick(page.editor.body, Qt.Key.Key_Escape)
    desk.rest()
    assert "Diolch" not in page.editor.body.toPlainText()
    assert desk.actions("reminder") == ["letter-shipped", "letter-keep"]


def test_the_page_follows_where_somebody_writes(desk: Bench) -> None:
    desk.page.resize(1232, 420)
    page = opened(desk, "acknowledgement")
    at_the_end(page)
    QTest.keyClicks(page.editor.body, "x")
    desk.rest()
    body = page.editor.body
    assert body.verticalScrollBar().maximum() == 0
    assert page.editor.visibleRegion().contains(
        body.viewport().mapTo(page.editor, body.cursorRect().center())
    )
    QTest.keyClick(body, Qt.Key.Key_Home, CTRL)
    desk.rest()
    assert page.editor.visibleRegion().contains(
        body.viewport().mapTo(page.editor, body.cursorRect().center())
    )


def test_a_field_is_put_in_and_taken_away_as_a_whole(desk: Bench) -> None:
    page = opened(desk, "welcome")
    body = page.editor.body
    before = body.toPlainText()
    at_the_end(page)
    QTest.keyClick(body, Qt.Key.Key_I, CTRL)
    menu = page.editor.menu
    assert menu.isVisible()
    assert list(menu.offered) == ["name", "day"]
    QTest.keyClick(menu.line, Qt.Key.Key_Escape)
    assert not menu.isVisible()
    assert body.hasFocus()
    menu.button.click()
    QTest.keyClicks(menu.line, "speaks")
    assert list(menu.offered) == ["day"], "what a field is for finds it too"
    menu.line.clear()
    QTest.keyClick(menu.line, Qt.Key.Key_Down)
    QTest.keyClick(menu.line, Qt.Key.Key_Up)
    QTest.keyClick(menu.line, Qt.Key.Key_Return)
    assert body.toPlainText() == f"{before}{{First name}}"
    assert body.hasFocus()
    assert body.textCursor().atEnd()
    QTest.keyClick(body, Qt.Key.Key_Left)
    assert body.textCursor().position() == len(before)
    QTest.keyClick(body, Qt.Key.Key_Right)
    assert body.textCursor().atEnd()
    QTest.keyClick(body, Qt.Key.Key_Backspace)
    assert body.toPlainText() == before
    assert chips(page) == {}
    QTest.keyClicks(body, "{day} {first NAME}")
    assert said(page) == []
    assert page.editor.words().body.endswith("{day} {name}")
    page.editor.subject.setFocus()
    page.editor.menu.open()
    QTest.keyClicks(page.editor.menu.line, "day")
    QTest.keyClick(page.editor.menu.line, Qt.Key.Key_Return)
    assert body.toPlainText().endswith("{day} {first NAME}{Day}")
    opened(desk, "closing").editor.subject.setFocus()
    page.editor.menu.open()
    QTest.keyClick(page.editor.menu.line, Qt.Key.Key_Return)
    assert page.editor.subject.text() == "Your message ({Reference}){Reference}"


def test_what_is_typed_stays_with_its_letter_and_outlives_a_lock(desk: Bench, theme: Theme) -> None:
    page = opened(desk, "welcome")
    at_the_end(page)
    QTest.keyClicks(page.editor.body, " Da iawn.")
    opened(desk, "left").editor.subject.setFocus()
    QTest.keyClicks(page.editor.subject, " Hwyl")
    opened(desk, "welcome")
    assert page.editor.body.toPlainText().endswith(" Da iawn.")
    assert chips(page) == {"welcome": TYPED, "left": TYPED}
    kept = page.draft()
    page.forget()
    other = LettersPage(desk.services, desk.tasks, theme)
    assert other.draft() == {}
    assert other.take_draft(kept)
    desk.rest()
    assert other.draft() == kept
    assert other.current == "welcome"
    assert other.editor.body.toPlainText().endswith(" Da iawn.")
    other.deleteLater()


def test_who_is_slower_is_told_and_loses_nothing(desk: Bench) -> None:
    page = opened(desk, "closing")
    page.editor.subject.setFocus()
    QTest.keyClicks(page.editor.subject, " from us")
    desk.services.letter_texts.keep("closing", "Bye ({reference})", "Bye.", desk.services.desk.today)
    page.editor.keep.click()
    desk.rest()
    assert page.editor.banner.sentence().startswith(
        "Somebody kept other words for this letter in the meantime."
    )
    assert page.editor.subject.text().endswith(" from us")
    page.editor.keep.click()
    desk.rest()
    assert desk.services.desk.templates.text("closing").subject == "Your message ({reference}) from us"


def test_words_that_are_no_good_any_more_say_so(desk: Bench, theme: Theme) -> None:
    with desk.services.desk.command("letter-keep", "closing") as tx:
        stored.keep(tx, "closing", LetterText("Bye ({reference})", "Bye {name}"), desk.services.desk.today)
    desk.services.desk.done(tx, Touched(network=True), "")
    page = page_of(desk)
    page.refresh()
    opened(desk, "closing")
    assert (page.waiting, chips(page)) == (1, {"closing": FALLEN})
    assert page.editor.fallen.isVisible()
    page.editor.versions.buttons()[0].click()
    assert said(page) == [
        "Line 1: There is no field {First name} in this letter. Choose one that is offered."
    ]
    theme.read_only.set_reason(VIEWED)
    assert not page.editor.keep.isEnabled()
    theme.read_only.set_reason("")


def test_two_hundred_kilobytes_are_one_sentence_and_nothing_stands_still(desk: Bench) -> None:
    page = opened(desk, "closing")
    QGuiApplication.clipboard().setText("Tess {Who} " * 20_000)
    page.editor.body.setFocus()
    page.editor.body.selectAll()
    page.editor.body.paste()
    assert len(said(page)) == 1
    assert said(page)[0].startswith("The letter: This is too long to be read: 2")
    page.editor.keep.click()
    desk.rest()
    assert desk.notices == []


@pytest.mark.parametrize(
    ("scheme", "scale", "width", "height"),
    [(Scheme.LIGHT, 100, 1232, 790), (Scheme.DARK, 200, 1040, 790), (Scheme.HIGH_CONTRAST, 150, 960, 590)],
)
def test_nothing_is_cut_or_covered(
    desk: Bench, theme: Theme, scheme: Scheme, scale: int, width: int, height: int
) -> None:
    theme.choose(scheme)
    theme.set_scale(scale)
    desk.page.resize(width, height)
    page = opened(desk, "stop-using")
    at_the_end(page)
    QTest.keyClick(page.editor.body, Qt.Key.Key_Return)
    QTest.keyClicks(page.editor.body, "the peer support team {")
    desk.rest()
    assert problems(desk.page) == []
    page.take_back()
    desk.rest()
    assert page.editor.remarks.remarks == ()


def test_a_letter_is_written_for_one_person_to_be_copied(desk: Bench, theme: Theme) -> None:
    page = opened(desk, "welcome")
    case = page.preview.case
    assert case.isVisible()
    case.who.finder.line.setFocus()
    QTest.keyClicks(case.who.finder.line, "amina")
    QTest.keyClick(case.who.finder.line, Qt.Key.Key_Return)
    desk.rest()
    assert case.who.keys() == ("S-0001",)
    assert case.sheet.letter.toPlainText().startswith("Hello Amina,")
    assert "From 20 November 2026 you are one of us" in case.sheet.letter.toPlainText()
    case.day.setFocus()
    case.day.selectAll()
    QTest.keyClicks(case.day, "1 Dec 2026")
    QTest.keyClick(case.day, Qt.Key.Key_Return)
    desk.rest()
    assert "From 1 December 2026 you" in case.sheet.letter.toPlainText()
    assert problems(desk.page) == []
    theme.cover.set_on(True)
    assert "Hello" not in case.sheet.letter.toPlainText()
    theme.cover.set_on(False)
    at_the_end(page)
    QTest.keyClicks(page.editor.body, "!")
    desk.rest()
    assert not case.sheet.isVisible()


def test_a_letter_to_a_supporter_alone_is_noted_with_them(desk: Bench) -> None:
    page = opened(desk, "paused")
    case = page.preview.case
    key = case.few.keys()[0]
    chip = case.few.chip(key)
    assert chip is not None
    chip.click()
    desk.rest()
    assert case.note_sent.isVisible()
    said = case.sheet.letter.toPlainText()
    case.note_sent.click()
    desk.rest()
    assert not case.sheet.isVisible()
    assert desk.notices[-1].startswith("Noted: the letter to ")
    (sent,) = desk.services.letter_texts.by_hand.sent_to(key)
    assert (sent.letter, sent.draft.text.strip()) == ("paused", said.strip())


def test_a_letter_to_a_trainee_hides_its_address_and_a_handful_is_offered_at_once(desk: Bench) -> None:
    page = opened(desk, "closing")
    case = page.preview.case
    assert case.who.keys() == ()
    case.who.finder.line.setFocus()
    QTest.keyClicks(case.who.finder.line, "E-01")
    QTest.keyClick(case.who.finder.line, Qt.Key.Key_Return)
    desk.rest()
    assert case.sheet.letter.toPlainText().startswith("Hello,\n\nWe are closing your message")
    if case.sheet.to.button.isVisible():
        case.sheet.to.button.click()
        desk.rest()
        assert case.sheet.to.in_sight
        assert desk.actions(case.who.keys()[0])[0] == "reveal"
    fitting = {
        each.key for each in desk.services.letter_texts.by_hand.cases("paused", desk.services.desk.today)
    }
    opened(desk, "paused")
    assert set(case.few.keys()) == fitting
    first = case.few.chip(min(fitting))
    assert first is not None
    first.click()
    desk.rest()
    assert case.who.keys() == (min(fitting),)
    assert not case.few.isVisible()
    assert "you have one until" in case.sheet.letter.toPlainText()
    page.forget()
    assert not case.isVisible()
    opened(desk, "ask")
    assert not case.isVisible()
