"""The reminder and the questions how it went, at their introduction: read, copied, noted, taken back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from peermatch.model.changes import Done
from peermatch.model.introduction import State
from peermatch.model.posted import Posted
from peermatch.ui.screens.introduction_words import clock, needs_you
from peermatch.ui.screens.posted_letters import FIRST, SUPPORTER, TRAINEE, PostedView
from peermatch.ui.widgets.buttons import SHOWN_NOW, Button
from tests.ui.introduction_office import ASKED, DAY, SENT, at, screen_of, state
from tests.ui.readable import problems
from tests.ui.sample_office import Bench


def readable(posted: PostedView) -> bool:
    """Whether the whole address can be read."""
    return posted.sheet.to.in_sight


def test_the_reminder_stands_ready_and_the_first_letter_beside_it(look: Bench) -> None:
    posted = at(look, ASKED).pane.posted
    assert posted.isVisible()
    assert posted.current == SUPPORTER
    assert "this is the only reminder" in posted.sheet.letter.toPlainText()
    posted.buttons[FIRST].click()
    assert "Could you be that person this time?" in posted.sheet.letter.toPlainText()
    assert problems(look.page) == []


def test_which_of_two_letters_is_open_is_seen_and_heard(look: Bench) -> None:
    posted = at(look, ASKED).pane.posted
    first, reminder = posted.buttons[FIRST], posted.buttons[SUPPORTER]

    def ground(button: Button) -> int:
        return button.grab().toImage().pixel(button.width() // 2, 4)

    assert (reminder.accessibleDescription(), first.accessibleDescription()) == (SHOWN_NOW, "")
    grounds = ground(reminder), ground(first)
    assert grounds[0] != grounds[1]
    QTest.keyClick(first, Qt.Key.Key_Space)
    assert (reminder.accessibleDescription(), first.accessibleDescription()) == ("", SHOWN_NOW)
    assert (ground(first), ground(reminder)) == grounds
    first.click()
    assert first.accessibleDescription() == SHOWN_NOW, "pressed again it stays open"


def test_a_reminder_that_was_sent_is_noted_once_and_can_be_taken_back(desk: Bench) -> None:
    screen = at(desk, ASKED)
    before = int(screen.count())
    dones: list[Done] = []
    screen.did.connect(dones.append)
    screen.pane.button("noted").click()
    desk.rest()
    assert desk.notices == ["Noted: Marcus is reminded."]
    assert desk.actions("S-0004")[0] == "remind"
    assert state(desk, ASKED) is State.ASKED
    assert "noted" not in screen.pane.action_keys()
    assert screen.pane.next_sentence() == "Send Marcus this letter, then note the answer."
    assert int(screen.count()) == before - 1
    row = next(each for each in screen.list.list.rows() if each.key == " ".join(ASKED))
    assert (row.chip, row.state) == ("reply due 24 Nov", "asked 4 working days ago · reminded 20 Nov")
    undone = desk.services.upkeep.undo(dones[0])
    screen.refresh(undone.touched)
    desk.rest()
    assert "noted" in screen.pane.action_keys()


def test_both_are_asked_how_it_went(desk: Bench) -> None:
    screen = at(desk, SENT)
    posted = screen.pane.posted
    assert set(posted.buttons) == {TRAINEE, SUPPORTER}
    assert "the last time that we ask" in posted.sheet.letter.toPlainText()
    posted.buttons[SUPPORTER].click()
    assert "Would you like to talk about it with one of us?" in posted.sheet.letter.toPlainText()
    assert problems(desk.page) == []
    screen.pane.button("noted").click()
    desk.rest()
    assert desk.notices == ["Noted: both are asked how it went."]
    assert desk.services.letters.known[SENT] == {Posted.LAST_FOLLOW_UP: DAY}
    introduction = screen.current
    assert introduction is not None
    assert not needs_you(introduction, DAY, screen.posts.written)
    assert clock(introduction, DAY, screen.posts.written[SENT])[0] == "follow up 4 Dec"


def test_the_trainees_address_is_hidden_until_it_is_asked_for(desk: Bench) -> None:
    reference, supporter = SENT
    if desk.services.desk.snapshot.enquiries[reference].consent is not None:
        reference, supporter = "E-0136", "S-0012"
    posted = at(desk, (reference, supporter)).pane.posted
    assert posted.current == TRAINEE
    assert not readable(posted)
    posted.sheet.to.button.click()
    desk.rest()
    assert readable(posted)
    assert desk.actions(reference)[0] == "reveal"
    screen_of(desk).leave()
    assert not readable(posted)


@pytest.mark.parametrize("covered", [True, False])
def test_letters_are_covered_with_the_names(look: Bench, covered: bool) -> None:
    screen = at(look, ASKED)
    screen.theme.cover.set_on(covered)
    look.rest()
    assert ("Marcus" in screen.pane.posted.sheet.letter.toPlainText()) is not covered
    screen.theme.cover.set_on(False)
