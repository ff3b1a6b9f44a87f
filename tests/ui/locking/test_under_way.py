"""A lock or the end in the middle of a drop, of a hand-over or of a form: nothing is lost, and it is said."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from peermatch.model.introduction import State
from peermatch.ui.screens.enquiry_intake import files_as_sources
from peermatch.ui.screens.introduction_words import IS_OUT, NOT_OUT
from peermatch.ui.theme import Theme
from tests.networks import PASSPHRASE
from tests.ui.locking.rooms import AGREED, Room, room_on
from tests.ui.real_networks import doors, wait_until


@pytest.fixture
def room(tmp_path: Path, theme: Theme, qtbot: QtBot) -> Iterator[Room]:
    with room_on(tmp_path, theme, qtbot) as opened:
        yield opened


def letters(folder: Path, count: int = 2) -> tuple[Path, ...]:
    made = tuple(folder / f"{number}.eml" for number in range(count))
    for number, path in enumerate(made):
        path.write_bytes(f"From: Kim <k{number}@example.org>\n\nNumber {number}: I am new here.".encode())
    return made


def references(room: Room) -> set[str]:
    assert room.window.services is not None
    return set(room.window.services.desk.snapshot.enquiries)


def test_letters_that_were_being_read_are_taken_in_after_the_unlock(room: Room, tmp_path: Path) -> None:
    before = references(room)
    room.window.show_screen("enquiries")
    room.enquiries.take_in(files_as_sources(letters(tmp_path)))
    assert room.enquiries.door.arrivals.under_way
    room.window.lock()
    room.unlock()
    wait_until(lambda: not room.enquiries.door.arrivals.under_way)
    room.rest()
    assert len(references(room) - before) == 2
    assert room.enquiries.pane.report.title.words().startswith("2 letters: ")
    room.work.drafts.look()
    room.rest()
    assert room.window.services is not None
    kept = room.answer(room.window.services.drafts.kept)
    assert "arrivals" not in {draft.key for draft in kept}


def test_closing_in_the_middle_of_a_drop_keeps_the_drop(room: Room, tmp_path: Path) -> None:
    files = letters(tmp_path)
    room.window.show_screen("enquiries")
    room.enquiries.take_in(files_as_sources(files))
    room.window.close()
    services = doors().open(room.folder, PASSPHRASE)
    kept = {draft.key: json.loads(draft.body) for draft in services.drafts.kept()}
    health = services.upkeep.check()
    services.lock()
    assert [each["path"] for each in kept["arrivals"]["letters"]] == [str(path) for path in files]
    assert health.damage == ()


def test_a_card_that_was_on_its_way_out_is_asked_about(room: Room) -> None:
    room.window.show_screen("introductions", *AGREED)
    room.rest()
    if not room.introductions.pane.card.to.in_sight:
        room.introductions.pane.wanted_address.emit()
        room.rest()
    assert room.introductions.pane.card.open.isEnabled()
    room.introductions.pane.card.open.click()
    room.introductions.ways.hold.now.click()
    assert room.introductions.ways.draft() == {"reference": AGREED[0], "supporter": AGREED[1]}
    room.window.lock()
    room.unlock()
    current = room.introductions.current
    assert current is not None
    assert current.state is State.INTRODUCED
    assert AGREED[0] in room.introductions.banner.sentence()
    assert IS_OUT in room.introductions.banner.sentence()
    assert room.work.current_key == "introductions"


def test_a_lock_within_the_ten_seconds_means_that_nothing_left(room: Room) -> None:
    room.window.show_screen("introductions", *AGREED)
    room.rest()
    if not room.introductions.pane.card.to.in_sight:
        room.introductions.pane.wanted_address.emit()
        room.rest()
    room.introductions.pane.card.open.click()
    holds = [room.introductions.ways.hold.waiting]
    hold = room.introductions.ways.hold
    room.window.lock()
    holds.append(hold.waiting)
    assert holds == [True, False]
    room.unlock()
    current = room.introductions.current
    assert current is None or current.state is State.AGREED
    assert room.introductions.ways.draft() == {}


def test_one_that_did_not_leave_is_said_too(room: Room) -> None:
    room.introductions.take_draft({"reference": AGREED[0], "supporter": AGREED[1]})
    assert NOT_OUT in room.introductions.banner.sentence()


def test_what_moved_on_behind_a_locked_form_is_named_and_taken_over(room: Room) -> None:
    room.window.show_screen("supporters", "", "S-0001")
    room.supporters.record.edit.emit()
    room.supporters.editor.fields.known_as.setText("Mina")
    room.supporters.editor.fields.capacity.setText("not a number yet")
    room.window.lock()
    wait_until(room.closed)
    room.rest()
    services = doors().open(room.folder, PASSPHRASE)
    services.supporters.change(replace(services.desk.snapshot.supporter("S-0001"), place="Leigh", capacity=3))
    services.lock()
    room.unlock()
    editor = room.supporters.editor
    assert editor.fields.place.text() == "Leigh"
    assert (editor.fields.known_as.text(), editor.fields.capacity.text()) == ("Mina", "not a number yet")
    assert "Changed meanwhile: Town, Introductions at a time." in editor.banner.sentence()
    assert "“3”" in editor.beside["capacity"].error()


def test_a_line_that_was_changed_behind_it_is_said_and_not_overwritten_unseen(room: Room) -> None:
    room.window.show_screen("enquiries", "E-0142")
    room.enquiries.pane.safe.change.click()
    room.enquiries.pane.safe.line.setText("only by text")
    room.window.lock()
    wait_until(room.closed)
    room.rest()
    services = doors().open(room.folder, PASSPHRASE)
    services.enquiries.set_safe_contact("E-0142", "after six")
    services.lock()
    room.unlock()
    safe = room.enquiries.pane.safe
    assert safe.line.text() == "only by text"
    assert "was changed after you began to write. It says now: after six." in room.enquiries.banner.sentence()
