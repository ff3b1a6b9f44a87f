"""What a letter may also be about goes with the lock, and stands folded again afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from peermatch.services.sample import sample_letters
from peermatch.ui.screens.enquiry_intake import Source
from peermatch.ui.theme import Theme
from tests.ui.locking.rooms import Room, room_on, words_anywhere
from tests.ui.real_networks import wait_until


@pytest.fixture
def room(tmp_path: Path, theme: Theme, qtbot: QtBot) -> Iterator[Room]:
    with room_on(tmp_path, theme, qtbot) as opened:
        yield opened


def test_no_word_of_it_stays_and_afterwards_it_is_folded(room: Room) -> None:
    room.window.show_screen("enquiries")
    room.rest()
    room.enquiries.take_in((Source("letter.eml", raw=sample_letters()[11].raw),))
    room.rest()
    reference = room.enquiries.reference
    more = room.enquiries.pane.needs.more
    more.line.click()
    room.rest()
    chips = [chip.accessibleName() for chip in more.widgets()[1:]]
    assert len(chips) >= 3
    assert "The nearest words are" in words_anywhere()
    room.window.lock()
    room.rest()
    left = words_anywhere()
    assert [each for each in (*chips, "The nearest words are", "lost a parent") if each in left] == []
    room.unlock()
    room.window.show_screen("enquiries", reference)
    room.rest()
    wait_until(room.enquiries.pane.needs.more.line.isVisible)
    assert room.enquiries.pane.needs.more.keys() == ()
    assert room.enquiries.pane.needs.more.line.text() == f"More that may fit ({len(chips)})"
