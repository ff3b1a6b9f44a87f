"""After an erasure: the letters to those who were given the data, and cases whose time is over."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from peermatch.model.retention import Due, Item
from peermatch.model.rights import Case, CaseKind, RequestKind, Subject
from peermatch.ui.screens.duties_due import Waiting
from peermatch.ui.screens.duties_due_line import DueLine, Record, button_of
from peermatch.ui.screens.duties_erase import NOTE_THEM
from peermatch.ui.screens.duties_words import DUE, REQUESTS, WRONG, erase_place
from peermatch.ui.theme import Theme
from tests.networks import DAY
from tests.ui.duties.duty_office import (
    AMINA,
    DUE_CARD,
    Folder,
    enquirer,
    office,
    press,
    screen_of,
    supporter,
    words_on,
)
from tests.ui.readable import problems
from tests.ui.sample_office import Bench


def erased(desk: Bench, place: str) -> None:
    screen_of(desk).open_at(place)
    desk.rest()
    assert NOTE_THEM in screen_of(desk).held.form.lines()
    press(desk, screen_of(desk).held.form.confirm)


def test_the_letters_stand_on_the_first_page_until_they_are_sent(desk: Bench) -> None:
    before = int(screen_of(desk).count())
    erased(desk, erase_place(supporter(AMINA)))
    screen, letters = screen_of(desk), screen_of(desk).due.letters
    assert screen.page == DUE
    assert letters.isVisible()
    waiting = desk.services.erasure.letters()
    assert len(letters.buttons) == len(waiting) > 0
    assert int(screen.count()) == before + len(waiting)
    number, found = next(iter(waiting.items()))
    assert not letters.done.isVisible()
    press(desk, letters.buttons[str(number)])
    letters.sheet.copy_text.click()
    assert QGuiApplication.clipboard().text() == found.letter.body
    assert "Amina" not in found.letter.body
    consented = desk.services.desk.snapshot.enquiry(found.letter.enquiry).consent is not None
    assert letters.sheet.to.in_sight == (consented and bool(found.letter.recipient))
    if not consented:
        letters.sheet.to.wanted.emit()
        desk.rest()
        assert desk.actions(found.letter.enquiry)[0] == "reveal"
        assert letters.sheet.to.in_sight == bool(found.letter.recipient)
    assert problems(desk.page) == []
    press(desk, letters.done)
    assert str(number) not in letters.buttons
    assert desk.notices[-1] == "Noted. The letter is off the list."
    assert int(screen.count()) == before + len(waiting) - 1


def test_a_supporter_is_written_to_about_an_erased_enquirer(desk: Bench) -> None:
    erased(desk, erase_place(enquirer(DUE_CARD)))
    letters = screen_of(desk).due.letters
    (button,) = letters.buttons.values()
    assert button.text() == f"Letter to {AMINA}, about {DUE_CARD}"
    press(desk, button)
    assert "Please delete what you have kept of them" in letters.sheet.letter.toPlainText()
    letters.forget()
    assert letters.sheet.letter.toPlainText() == ""
    assert not letters.isVisible()


def test_a_case_is_listed_with_its_words_and_is_not_kept_back_by_itself(desk: Bench) -> None:
    case = Case(CaseKind.REQUEST, "R-0007")
    due = Due(case, Item.REQUEST, DAY, DAY, "The request R-0007 was closed long ago.")
    assert button_of([Record(case, (due,))]) == "Erase R-0007"
    panel = screen_of(desk).due
    panel._show(Waiting((due,), {}))
    desk.rest()
    line = panel.lines.parts()["R-0007"]
    assert isinstance(line, DueLine)
    assert not line.keep.isVisible()
    assert "closed long ago" in words_on(line)
    preview = desk.services.erasure.preview(case)
    panel.form.open_for((case,), (preview,), "Erase R-0007")
    told = panel.form.lines()
    assert any("a count that names nobody" in each for each in told)
    assert "Whom to tell" not in told


def test_half_typed_steps_and_reasons_come_back(tmp_path: Path, theme: Theme, qtbot: QtBot) -> None:
    with office(tmp_path / "n", theme, qtbot, Folder(None)) as desk:
        screen = screen_of(desk)
        desk.services.requests.open(RequestKind.ACCESS, DAY, "a copy")
        desk.services.incidents.open(datetime(2026, 11, 20, 8, tzinfo=UTC), "a lost phone")
        for page, panel in ((REQUESTS, screen.requests), (WRONG, screen.wrong)):
            screen.open_at(page)
            panel.look()
            desk.rest()
        screen.requests.ask("pause", screen.requests.requests[0].id)
        assert screen.draft() == {}
        screen.requests.step.words.setText("proof of who they are")
        screen.requests.step.when.day.set_day(date(2026, 11, 19))
        screen.wrong.ask("told", "I-0001")
        screen.wrong.step.words.setText("both, by phone")
        screen.open_at(DUE)
        desk.rest()
        first = screen.due.records[0].subject
        assert isinstance(first, Subject)
        screen.due._ask_why(first)
        screen.due.keep.reason.setText("A claim is op")
        kept = json.loads(json.dumps(screen.draft()))
        assert set(kept) == {"request-step", "wrong-step", "keep", "page"}
        for form in (screen.requests.step, screen.wrong.step, screen.due.keep):
            form.close_up()
        assert screen.draft() == {}
        assert screen.take_draft(kept)
        assert screen.draft() == kept
        desk.rest()
        assert screen.due.keep.isVisible()
        assert screen.due.keep.subject == first
        for page, form, words in (
            (REQUESTS, screen.requests.step, "proof of who they are"),
            (WRONG, screen.wrong.step, "both, by phone"),
        ):
            screen.open_at(page)
            desk.rest()
            assert form.isVisible()
            assert form.words.text() == words
        assert screen.requests.step.when.day.day() == date(2026, 11, 19)
        QTest.qWait(0)
        assert screen.requests.half.draft() == kept["request-step"]


def test_a_step_is_not_taken_on_a_day_to_come(desk: Bench) -> None:
    screen = screen_of(desk)
    desk.services.incidents.open(datetime(2026, 11, 20, 8, tzinfo=UTC), "a lost phone")
    screen.open_at(WRONG)
    screen.wrong.look()
    desk.rest()
    screen.wrong.ask("not-reported", "I-0001")
    step = screen.wrong.step
    step.words.setText("It was encrypted")
    step.when.day.set_day(date(2026, 11, 21))
    press(desk, step.confirm)
    assert step.fields["when"].error() == "This day has not come yet."
    step.when.day.set_day(date(2026, 11, 20))
    press(desk, step.confirm)
    assert desk.services.upkeep.journal(1)[0].detail == "2026-11-20"
