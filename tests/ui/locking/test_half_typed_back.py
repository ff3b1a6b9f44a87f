"""Nothing that was half-typed is lost: not by a lock, not by closing, not by a crash; and nothing old comes back."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from peermatch.model.consent import Purpose
from peermatch.services.drafts import Draft
from peermatch.ui.locking.half_typed import PLACE, put_back
from peermatch.ui.messages import Fault
from peermatch.ui.screens.duties_words import WRONG
from peermatch.ui.screens.supporter_editor import MOVED_ON
from peermatch.ui.theme import Theme
from tests.networks import PASSPHRASE
from tests.ui.locking.rooms import Room, room_on
from tests.ui.real_networks import doors, wait_until

LETTER = "Dear team,\nI am expecting and my exam is in June. 🙂"
ADHD = "neuro.adhd"


@pytest.fixture
def room(tmp_path: Path, theme: Theme, qtbot: QtBot) -> Iterator[Room]:
    with room_on(tmp_path, theme, qtbot) as opened:
        yield opened


def write_letter(room: Room) -> None:
    room.window.show_screen("enquiries")
    room.enquiries.act()
    room.enquiries.pane.new.text.setPlainText(LETTER)


def edit_record(room: Room, supporter: str) -> None:
    room.window.show_screen("supporters", "", supporter)
    room.supporters.record.edit.emit()
    fields = room.supporters.editor.fields
    fields.known_as.setText("Mina")
    fields.capacity.setText("not a number yet")
    fields.paused_until.setText("3 Mar")
    fields.notes.setPlainText("rang on Tuesday,\nwill")
    fields.same_specialty.setChecked(False)
    fields.grade.set_current("st4")
    fields.characteristics.set_keys((ADHD, "neuro.autism"))
    fields.characteristics.finder.line.setText("dys")
    fields.relations.add.click()
    fields.relations.lines[-1].to.setText("trainer@example.org")


def lock_and_return(room: Room) -> None:
    room.window.lock()
    room.unlock()


def kept(room: Room) -> dict[str, str]:
    services = room.window.services
    assert services is not None
    return {draft.key: draft.body for draft in room.answer(services.drafts.kept)}


def test_a_new_letter_and_a_record_in_the_editor_are_back(room: Room) -> None:
    write_letter(room)
    edit_record(room, "S-0001")
    lock_and_return(room)
    assert room.enquiries.pane.new.text.toPlainText() == LETTER
    assert room.enquiries.pane.new.isVisibleTo(room.enquiries.pane)
    editor = room.supporters.editor
    assert editor.open
    assert room.work.current_key == "supporters"
    fields = editor.fields
    assert (fields.known_as.text(), fields.capacity.text()) == ("Mina", "not a number yet")
    assert (fields.paused_until.text(), fields.notes.toPlainText()) == ("3 Mar", "rang on Tuesday,\nwill")
    assert fields.name.text() == "Amina Rahman"
    assert not fields.same_specialty.isChecked()
    assert fields.grade.current() == "st4"
    assert fields.characteristics.keys() == (ADHD, "neuro.autism")
    assert fields.characteristics.finder.line.text() == "dys"
    assert [line.to.text() for line in fields.relations.lines] == ["trainer@example.org"]
    assert fields.record().id == "S-0001"
    assert room.work.undo_bar.text().startswith("What you were writing is back.")
    assert editor.banner.isHidden()


def test_a_new_supporter_is_back_as_a_new_one(room: Room) -> None:
    room.window.show_screen("supporters")
    room.supporters.act()
    room.supporters.editor.fields.name.setText("Kim Li")
    lock_and_return(room)
    assert room.supporters.editor.fields.record().id == ""
    assert room.supporters.editor.fields.name.text() == "Kim Li"


def test_consent_that_was_being_recorded_is_back(room: Room) -> None:
    room.window.show_screen("supporters", "", "S-0001")
    consent = room.supporters.record.consent
    consent.record.click()
    panel = consent.give_panel
    panel.topic.set_current("training.progress.exam-failure")
    panel.topic.chosen.emit("training.progress.exam-failure")
    panel.ticks[Purpose.SHARE].setChecked(True)
    panel.method.set_current("email")
    panel.until.setText("1 Feb")
    panel.evidence.setText("rang, she said")
    lock_and_return(room)
    panel = room.supporters.record.consent.give_panel
    assert not panel.isHidden()
    assert room.supporters.record.person is not None
    assert room.supporters.record.person.id == "S-0001"
    assert panel.topic.current() == "training.progress.exam-failure"
    assert {purpose for purpose, tick in panel.ticks.items() if tick.isChecked()} == {Purpose.SHARE}
    assert (panel.method.current(), panel.until.text(), panel.evidence.text()) == (
        "email",
        "1 Feb",
        "rang, she said",
    )


def test_a_line_of_an_enquiry_is_back_and_still_not_saved(room: Room) -> None:
    room.window.show_screen("enquiries", "E-0142")
    room.enquiries.pane.safe.change.click()
    room.enquiries.pane.safe.line.setText("only by text aft")
    lock_and_return(room)
    safe = room.enquiries.pane.safe
    assert room.enquiries.reference == "E-0142"
    assert not safe.line.isHidden()
    assert (safe.line.text(), safe.value()) == ("only by text aft", "e-mail only")
    services = room.window.services
    assert services is not None
    assert services.desk.snapshot.enquiry("E-0142").requester.safe_contact == "e-mail only"


def test_what_went_wrong_is_back_with_the_keyboard_in_it(room: Room) -> None:
    room.window.show_screen("duties", WRONG)
    room.duties.wrong.new.click()
    room.duties.wrong.form.what.setPlainText("A stick is lost")
    lock_and_return(room)
    form = room.duties.wrong.form
    assert form.what.toPlainText() == "A stick is lost"
    assert form.isAncestorOf(room.window.focusWidget())
    room.duties.wrong.new.click()
    assert form.what.toPlainText() == "A stick is lost"


def test_a_topic_that_was_being_looked_for_is_back_with_what_was_found(room: Room) -> None:
    room.window.show_screen("enquiries", "E-0142")
    room.enquiries.pane.needs.add.click()
    room.enquiries.pane.needs.finder.line.setText("autis")
    lock_and_return(room)
    finder = room.enquiries.pane.needs.finder
    assert finder.line.text() == "autis"
    assert finder.offered()


def test_weights_that_are_not_kept_yet_are_back(room: Room) -> None:
    room.window.show_screen("settings")
    room.settings.policy.fields.lines["essential"].setText("41")
    room.settings.policy.fields.name.setText("Trial")
    lock_and_return(room)
    policy = room.settings.policy
    assert (policy.fields.lines["essential"].text(), policy.fields.name.text()) == ("41", "Trial")
    assert policy.dirty


def test_a_need_that_was_just_pressed_is_saved_before_the_lock(room: Room) -> None:
    room.window.show_screen("enquiries", "E-0142")
    room.enquiries.pane.needs.finder.picked.emit("neuro.autism")
    lock_and_return(room)
    services = room.window.services
    assert services is not None
    needs = services.desk.snapshot.enquiry("E-0142").needs
    assert "neuro.autism" in [need.characteristic for need in needs]


def test_after_a_crash_what_was_typed_until_a_moment_ago_is_back(room: Room) -> None:
    write_letter(room)
    room.work.drafts.look()
    room.rest()
    room.window.show_fault(Fault("KeyError", ("a.py:1 f",)))
    room.unlock()
    assert room.enquiries.pane.new.text.toPlainText() == LETTER


def test_closing_the_window_keeps_it_as_well(room: Room) -> None:
    write_letter(room)
    room.window.close()
    services = doors().open(room.folder, PASSPHRASE)
    drafts = {draft.key: json.loads(draft.body) for draft in services.drafts.kept()}
    services.lock()
    assert drafts["letter"] == {"text": LETTER, "open": True}
    assert drafts[PLACE]["screen"] == "enquiries"


def test_what_was_finished_does_not_come_back(room: Room) -> None:
    write_letter(room)
    room.work.drafts.look()
    room.rest()
    assert "letter" in kept(room)
    room.enquiries.pane.new.keep.click()
    wait_until(lambda: room.enquiries.reference != "E-0142")
    room.rest()
    room.work.drafts.look()
    room.rest()
    assert "letter" not in kept(room)
    lock_and_return(room)
    assert room.enquiries.pane.new.text.toPlainText() == ""
    assert room.work.undo_bar.isHidden()


def test_a_lock_before_anything_came_back_loses_nothing(room: Room) -> None:
    write_letter(room)
    room.window.lock()
    wait_until(room.closed)
    room.rest()
    room.window.enter(doors().open(room.folder, PASSPHRASE))
    room.window.lock()
    room.unlock()
    assert room.enquiries.pane.new.text.toPlainText() == LETTER


def test_a_record_that_moved_on_meanwhile_is_said(room: Room) -> None:
    edit_record(room, "S-0001")
    room.window.lock()
    wait_until(room.closed)
    room.rest()
    services = doors().open(room.folder, PASSPHRASE)
    person = services.desk.snapshot.supporters["S-0001"]
    services.consent.withdraw(person.id, Purpose.SHARE, ADHD, services.desk.today)
    services.lock()
    room.unlock()
    assert room.supporters.editor.fields.known_as.text() == "Mina"
    assert MOVED_ON in room.supporters.editor.banner.sentence()


UNFIT = (
    Draft("supporter", '{"id": "S-9999", "seen": "", "values": {}}'),
    Draft("supporter", '{"id": "S-0001"}'),
    Draft("consent", '{"id": "S-0001", "values": {"topic": 3, "tick:share": "x"}}'),
    Draft("enquiry", '{"reference": "E-9999", "page": "letter"}'),
    Draft("enquiry", '{"reference": "E-0142", "page": "moon"}'),
    Draft("policy", '{"name": 1}'),
    Draft("of a later program", "{}"),
    Draft("letter", "not even JSON"),
    Draft(PLACE, '{"screen": "moon", "enquiry": 7, "page": "x", "supporter": []}'),
    Draft(PLACE, "[1]"),
)


def test_what_no_longer_fits_is_let_go_and_the_window_opens(room: Room) -> None:
    went: list[str] = []
    for draft in UNFIT:
        put_back(room.work.screens, (draft,), went.append)
    assert went == []
    services = room.window.services
    assert services is not None
    unfit = tuple({draft.key: draft for draft in UNFIT}.values())
    room.answer(partial(services.drafts.keep, unfit))
    room.window.release()
    room.window.enter(services)
    room.rest()
    assert room.work.drafts.taken("enquiries") is not None
    assert room.work.isVisible()
