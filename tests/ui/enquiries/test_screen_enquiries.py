"""Enquiries: the queue, letters that come in, needs that are confirmed, details, and who wrote."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from peermatch.model.changes import Touched
from peermatch.model.enquiry import EnquiryStatus, Importance
from peermatch.model.introduction import State
from peermatch.ui.screens.enquiries import EnquiriesScreen
from peermatch.ui.screens.enquiry_away import entries
from peermatch.ui.screens.enquiry_intake import LARGEST, Source, files_as_sources
from peermatch.ui.screens.enquiry_reader import LetterReader
from peermatch.ui.screens.shortlist_panel import AT_ONCE
from peermatch.ui.screens.today_mail import BAG_PLACE
from peermatch.ui.theme import Theme
from tests.ui.enquiry_office import (
    ADHD,
    ASKED,
    CONSENTED,
    EXAM,
    HELD,
    LTFT,
    confirm,
    press,
    receive_hero,
    screen_of,
)
from tests.ui.real_networks import wait_until
from tests.ui.sample_office import HERO, Bench, bench

# The queue.


def test_the_queue_lists_what_is_open_with_the_oldest_first(look: Bench) -> None:
    screen, picture = screen_of(look), look.services.desk.snapshot
    listed = [row.key for row in screen.queue.list.rows()]
    still_open = sorted(
        (e for e in picture.enquiries.values() if e.open), key=lambda e: (e.received, e.reference)
    )
    met = {i.enquiry for i in picture.introductions if i.state is State.INTRODUCED}
    waiting = [e.reference for e in still_open if e.reference not in met]
    with_somebody = [e.reference for e in still_open if e.reference in met]
    assert waiting
    assert with_somebody
    assert listed == [*waiting, *with_somebody]
    headings = [row.key for row in screen.queue.list.rows() if row.heading]
    assert headings == with_somebody[:1]
    assert screen.count() == str(len(waiting))


def test_only_the_open_letter_and_those_in_sight_are_read(look: Bench) -> None:
    screen = screen_of(look)
    with_letter = [e.reference for e in look.services.desk.snapshot.enquiries.values() if e.letter]
    first, second, third = with_letter[:3]
    reader = LetterReader(look.services, look.tasks, screen)
    reader.read(first, (second,), look.services.desk.snapshot.enquiries)
    wait_until(lambda: reader.idle)
    assert set(reader.proposals()) == {first, second}
    reader.read(second, (third,), look.services.desk.snapshot.enquiries)
    reader.read(second, (), look.services.desk.snapshot.enquiries)  # the third was scrolled past
    wait_until(lambda: reader.idle)
    assert set(reader.proposals()) == {first, second}


def test_rows_say_how_it_stands_and_never_who_it_is(look: Bench) -> None:
    rows = {row.key: row for row in screen_of(look).queue.list.rows()}
    assert rows[HELD].chip == "check safety first"
    assert rows[HELD].chip_kind == "risk"
    assert rows[CONSENTED].state == "asked 2 supporters · no reply yet"
    assert rows[ASKED].state == "both said yes · card ready to send"
    for row in rows.values():
        person = look.services.desk.snapshot.enquiries[row.key].requester
        assert str(person.name) not in f"{row.title} {row.summary} {row.state}"


def test_closed_ones_are_shown_on_request(look: Bench) -> None:
    screen = screen_of(look)
    before = len(screen.queue.list.rows())
    screen.queue._more.click()
    look.rest()
    assert len(screen.queue.list.rows()) > before


def test_choosing_another_row_shows_it(look: Bench) -> None:
    screen = screen_of(look)
    rows = [row.key for row in screen.queue.list.rows()]
    screen.queue.list.setFocus()
    QTest.keyClick(screen.queue.list, Qt.Key.Key_K)
    look.rest()
    assert screen.reference == rows[rows.index(HERO) - 1]
    assert screen.top_items().chips[0].text == screen.reference


def test_an_empty_queue_says_what_will_be_here(desk: Bench) -> None:
    screen = screen_of(desk)
    for reference in [row.key for row in screen.queue.list.rows()]:
        desk.services.enquiries.set_status(reference, EnquiryStatus.CLOSED)
    screen._open.reference = ""
    screen._open.draft = None
    screen.refresh(Touched(network=True))
    desk.rest()
    assert screen.pane.empty.isVisible()
    assert screen.queue._empty.isVisible()
    assert screen.count() == ""


# New letters.


def test_a_letter_that_is_dropped_is_read_and_shown(desk: Bench, tmp_path: Path) -> None:
    screen = screen_of(desk)
    file = tmp_path / "late.eml"
    file.write_bytes(desk.letters()[0])
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    where, none = QPointF(5, 5), Qt.KeyboardModifier.NoModifier
    over = QDragEnterEvent(where.toPoint(), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, none)
    QApplication.sendEvent(screen, over)
    assert over.isAccepted()
    assert screen.door.cue.isVisible()
    drop = QDropEvent(where, Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, none)
    QApplication.sendEvent(screen, QDragLeaveEvent())
    assert not screen.door.cue.isVisible()
    QApplication.sendEvent(screen, over)
    QApplication.sendEvent(screen, drop)
    desk.rest()
    assert not screen.door.cue.isVisible()
    assert screen.reference == HERO
    assert desk.notices == [f"Received as {HERO}."]
    assert "diagnosed with ADHD" in screen.pane.letter.view.marked_words()
    assert f"topic:{ADHD}" in screen.pane.needs.chips.keys()  # noqa: SIM118  # a widget's method, no dictionary


def test_the_same_letter_again_is_said_kindly_and_adds_nothing(desk: Bench) -> None:
    screen = receive_hero(desk)
    screen.choose(HELD)
    screen.take_in((Source("again.eml", raw=desk.letters()[0]),))
    desk.rest()
    assert screen.reference == HERO
    assert screen.banner.kind == "info"
    assert f"already here as {HERO}" in screen.banner.sentence()
    assert len(desk.notices) == 1


def test_pasting_makes_an_enquiry(desk: Bench) -> None:
    screen = screen_of(desk)
    QGuiApplication.clipboard().setText("Hello, I failed an exam twice and would like to talk to somebody.")
    screen.door.paste()
    desk.rest()
    assert desk.services.desk.snapshot.enquiries[screen.reference].channel == "pasted"


def test_what_was_said_on_the_phone_can_be_written_down(desk: Bench) -> None:
    screen = screen_of(desk)
    screen.act()
    new = screen.pane.new
    assert new.isVisible()
    assert not new.keep.isEnabled()
    new.text.setPlainText("Rang: is deaf, starts ST1 in August, asks about masks in theatre.")
    new.keep.click()
    desk.rest()
    assert not new.isVisible()
    assert new.text.toPlainText() == ""
    assert "deaf" in screen.pane.letter.view.toPlainText()


def test_escape_leaves_the_new_page(look: Bench) -> None:
    screen = screen_of(look)
    screen.act()
    QTest.keyClick(screen.pane.new.choose, Qt.Key.Key_Escape)
    assert not screen.pane.new.isVisible()


def chosen_row(screen: EnquiriesScreen) -> str:
    """The row that is marked as open."""
    view = screen.queue.list
    return view.current() if view.selectionModel().hasSelection() else ""


def test_a_new_enquiry_begins_with_nothing_of_the_one_before(look: Bench) -> None:
    screen = screen_of(look)
    before, cards = screen.top_items(), screen.people.cards()
    assert before.chips
    assert before.note
    assert cards
    screen.act()
    look.rest()
    assert (screen.top_items().chips, screen.top_items().note) == ((), "")
    assert chosen_row(screen) == ""
    assert not any(card.isVisible() for card in cards)
    screen.refresh(Touched(enquiries=frozenset({screen.reference})))
    look.rest()
    assert screen.top_items().chips == ()
    assert not any(card.isVisible() for card in screen.people.cards())
    screen.pane.new.text.setPlainText("Half a letter")
    screen.pane.new.cancel.click()
    look.rest()
    assert screen.top_items() == before
    assert chosen_row(screen) == screen.reference
    assert all(card.isVisible() for card in screen.people.cards())
    screen.act()
    assert screen.pane.new.text.toPlainText() == "Half a letter", "what nobody has read yet stays"


def test_from_a_new_enquiry_the_way_to_another_leads_back_to_what_stands_around_it(look: Bench) -> None:
    screen = screen_of(look)
    for place in (BAG_PLACE, screen.reference):
        screen.act()
        screen.open_at(place)
        look.rest()
        assert [chip.text for chip in screen.top_items().chips][:1] == [screen.reference]
        assert chosen_row(screen) == screen.reference


@pytest.mark.parametrize("way", ["a click", "Enter"])
def test_the_row_of_the_enquiry_before_leads_back_to_it(look: Bench, way: str) -> None:
    screen, view = screen_of(look), screen_of(look).queue.list
    before = screen.reference
    screen.act()
    look.rest()
    if way == "Enter":
        view.setFocus()
        QTest.keyClick(view, Qt.Key.Key_Return)
    else:
        middle = view.visualRect(view.currentIndex()).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    look.rest()
    assert not screen.pane.begins_new
    assert (screen.reference, chosen_row(screen)) == (before, before)
    assert [chip.text for chip in screen.top_items().chips][:1] == [before]


def test_one_file_that_cannot_be_read_does_not_stop_the_others(desk: Bench, tmp_path: Path) -> None:
    screen = screen_of(desk)
    good, huge = tmp_path / "good.eml", tmp_path / "huge.eml"
    good.write_bytes(desk.letters()[1])
    with huge.open("wb") as file:
        file.truncate(LARGEST + 1)
    screen.take_in(files_as_sources((huge, tmp_path / "gone.eml", good)))
    desk.rest()
    assert screen.reference == HERO
    assert "huge.eml" in screen.banner.sentence()
    assert "1 more could not be read" in screen.banner.sentence()


def test_files_may_be_chosen(qtbot: object, theme: Theme, tmp_path: Path) -> None:
    file = tmp_path / "chosen.eml"

    def choose(parent: object) -> tuple[Path, ...]:
        return (file,)

    with bench(tmp_path, lambda s, t: EnquiriesScreen(s, t, theme, choose_files=choose)) as made:
        file.write_bytes(made.letters()[2])
        screen = screen_of(made)
        screen.act()
        screen.pane.new.choose.click()
        made.rest()
        assert screen.reference == HERO


def test_a_letter_about_somebody_else_leaves_nothing_of_them(desk: Bench) -> None:
    screen = screen_of(desk)
    screen.take_in((Source("08.eml", raw=desk.letters()[7]),))
    desk.rest()
    assert "about somebody else" in screen.pane.letter._none._note.words()
    assert not screen.pane.letter.view.isVisible()


# Needs and the live shortlist.


def test_a_press_adds_a_topic_and_the_shortlist_follows_before_it_is_saved(desk: Bench) -> None:
    screen = receive_hero(desk)
    assert screen.people.cards() == ()
    assert screen.people.heading() == "Who could help"  # not that nobody could: nothing is asked for yet
    desk.worker.holding = True
    press(desk, f"topic:{ADHD}")
    assert desk.services.desk.snapshot.enquiries[HERO].needs == ()
    assert screen.people.cards()
    found, _, said = screen.people.heading().partition(" ")
    assert said == "people could help"
    assert len(screen.people.cards()) == min(int(found), AT_ONCE)
    desk.worker.let_go()
    desk.rest()
    (need,) = desk.services.desk.snapshot.enquiries[HERO].needs
    assert (need.characteristic, need.importance) == (ADHD, Importance.HELPFUL)


def test_quick_presses_are_all_kept_in_order(desk: Bench) -> None:
    screen = receive_hero(desk)
    desk.worker.holding = True
    for topic in (ADHD, EXAM, LTFT):
        press(desk, f"topic:{topic}")
    press(desk, f"need:{EXAM}")
    screen.pane.needs.chips.removed.emit(f"need:{LTFT}")
    desk.worker.let_go()
    desk.rest()
    kept = desk.services.desk.snapshot.enquiries[HERO]
    assert kept.essential == (EXAM,)
    assert kept.wanted == (EXAM, ADHD)
    assert screen.pane.needs.chips.keys()[:2] == (f"need:{EXAM}", f"need:{ADHD}")


def test_chips_work_with_the_keyboard_and_the_focus_stays(desk: Bench) -> None:
    screen = receive_hero(desk)
    press(desk, f"topic:{ADHD}")
    chip = screen.pane.needs.chips.chip(f"need:{ADHD}")
    assert chip is not None
    desk.page.activateWindow()
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Return)
    desk.rest()
    assert screen.pane.needs.chips.chip(f"need:{ADHD}") is chip
    assert chip.kind == "essential"
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    desk.rest()
    assert desk.services.desk.snapshot.enquiries[HERO].needs == ()
    assert any(widget.hasFocus() for widget in screen.pane.needs.chips.widgets())


def test_a_topic_is_found_by_other_words(look: Bench) -> None:
    finder = screen_of(look).pane.needs.finder
    screen_of(look).pane.needs.add.click()
    for typed in ("dyslexia", "DYSLEXIA ", "dislexia", "dyslexic"):
        finder.open()
        QTest.keyClicks(finder.line, typed)
        assert any("dyslexia" in key for key in finder.offered()), typed
    finder.open()
    QTest.keyClicks(finder.line, "adhd")
    assert ADHD not in finder.offered()


def test_enter_takes_the_first_that_fits_and_escape_closes(desk: Bench) -> None:
    screen = receive_hero(desk)
    finder = screen.pane.needs.finder
    screen.pane.needs.add.click()
    QTest.keyClicks(finder.line, "dislexia")
    first = finder.offered()[0]
    QTest.keyClick(finder.line, Qt.Key.Key_Return)
    desk.rest()
    assert "dyslexia" in first
    assert desk.services.desk.snapshot.enquiries[HERO].wanted == (first,)
    QTest.keyClicks(finder.line, "qqqqqqqq")
    assert finder._nothing.isVisible()
    QTest.keyClick(finder.line, Qt.Key.Key_Escape)
    QTest.keyClick(finder.line, Qt.Key.Key_Escape)
    assert not finder.isVisible()


def test_keep_away_follows_the_letter_and_can_be_changed(desk: Bench) -> None:
    screen = confirm(desk)
    (kept,) = entries(desk.services.desk.snapshot.enquiries[HERO].exclusions)
    assert kept.startswith("organisation:")
    screen.pane.away.chips.removed.emit(kept)
    desk.rest()
    assert screen.pane.away.chips.keys() == (f"proposed:{kept}",)
    screen.pane.away.chips.pressed.emit(f"proposed:{kept}")
    screen.pane.away.finder.picked.emit("typed:Dr Morgan Hale")
    desk.rest()
    away = desk.services.desk.snapshot.enquiries[HERO].exclusions
    assert away.people == ("Dr Morgan Hale",)
    assert entries(away)[0] == kept


def test_a_name_to_keep_away_from_is_covered_too(desk: Bench, theme: Theme) -> None:
    screen = confirm(desk)
    screen.pane.away.finder.picked.emit("typed:Dr Morgan Hale")
    desk.rest()
    theme.cover.set_on(True)
    chip = screen.pane.away.chips.chip("person:Dr Morgan Hale")
    assert chip is not None
    assert "Morgan" not in chip.words()


def test_safe_contact_is_changed_in_place(desk: Bench) -> None:
    screen = receive_hero(desk)
    screen.pane.safe.change.click()
    screen.pane.safe.line.setText("Text only, after six")
    QTest.keyClick(screen.pane.safe.line, Qt.Key.Key_Return)
    desk.rest()
    assert desk.services.desk.snapshot.enquiries[HERO].requester.safe_contact == "Text only, after six"
    assert screen.pane.safe.value() == "Text only, after six"


def test_a_refusal_is_a_banner_and_the_screen_shows_what_is_kept(desk: Bench) -> None:
    screen = confirm(desk)
    desk.services.enquiries.set_status(HERO, EnquiryStatus.CLOSED)
    screen.pane.needs.chips.removed.emit(f"need:{ADHD}")
    desk.rest()
    assert screen.banner.isVisible()
    assert screen.banner.kind == "error"
    assert f"need:{ADHD}" in screen.pane.needs.chips.keys()  # noqa: SIM118  # a widget's method, no dictionary
