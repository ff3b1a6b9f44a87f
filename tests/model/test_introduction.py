"""Introductions: every state with every step, as the formats allow them."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from peermatch.model.introduction import IN_HAND, Introduction, State, Step, allowed_from

ASKED, DAY, LATER = date(2026, 11, 1), date(2026, 11, 20), date(2026, 12, 1)

# formats.md, "Introduction", and matching.md, "At the hand-over": the same card may go again.
ALLOWED = {
    ("asked", "accept"): "accepted",
    ("asked", "decline"): "declined",
    ("asked", "lapse"): "lapsed",
    ("accepted", "enquirer-agrees"): "agreed",
    ("accepted", "enquirer-refuses"): "refused",
    ("agreed", "card"): "introduced",
    ("introduced", "card"): "introduced",
    ("introduced", "end"): "ended",
    ("asked", "stop"): "stopped",
    ("accepted", "stop"): "stopped",
    ("agreed", "stop"): "stopped",
    ("introduced", "stop"): "stopped",
}


def introduction(state: State = State.ASKED) -> Introduction:
    return Introduction("E-1", "S-1", state, ASKED)


def test_a_trainee_has_heard_of_nobody_while_only_a_supporter_was_asked() -> None:
    heard = {state.value for state in State if introduction(state).told}
    assert heard == {"agreed", "refused", "introduced", "ended"}
    assert replace(introduction(State.STOPPED), introduced=DAY).told


@pytest.mark.parametrize(("state", "step"), list(product(State, Step)))
def test_each_step_from_each_state(state: State, step: Step) -> None:
    expected = ALLOWED.get((state.value, step.value))
    assert introduction(state).allows(step) is (expected is not None)
    assert (state in allowed_from(step)) is (expected is not None)
    if expected is None:
        with pytest.raises(ValueError, match=f"{step.value} cannot follow {state.value}"):
            introduction(state).after(step, DAY)
    else:
        after = introduction(state).after(step, DAY)
        assert after.state.value == expected
        assert (after.enquiry, after.supporter, after.asked) == ("E-1", "S-1", ASKED)


@pytest.mark.parametrize("state", list(State))
def test_in_hand_takes_up_room(state: State) -> None:
    expected = state.value in ("asked", "accepted", "agreed", "introduced")
    assert introduction(state).in_hand is expected
    assert (state in IN_HAND) is expected


def walk(*steps: Step) -> Introduction:
    walked = introduction()
    for step in steps:
        walked = walked.after(step, DAY)
    return walked


def test_an_answer_is_dated_once() -> None:
    assert walk(Step.ACCEPT).answered == DAY
    assert walk(Step.DECLINE).answered == DAY
    assert walk(Step.LAPSE).answered is None
    assert walk(Step.STOP).answered is None
    assert walk(Step.ACCEPT).after(Step.ENQUIRER_AGREES, LATER).answered == DAY


def test_the_first_hand_over_is_the_one_that_is_dated() -> None:
    introduced = walk(Step.ACCEPT, Step.ENQUIRER_AGREES, Step.HAND_OVER)
    assert introduced.introduced == DAY
    assert introduced.after(Step.HAND_OVER, LATER).introduced == DAY


@pytest.mark.parametrize(
    "steps",
    [
        (Step.LAPSE,),
        (Step.STOP,),
        (Step.ACCEPT, Step.ENQUIRER_REFUSES),
        (Step.ACCEPT, Step.ENQUIRER_AGREES, Step.HAND_OVER, Step.END),
    ],
)
def test_what_is_over_has_an_end(steps: tuple[Step, ...]) -> None:
    assert walk(*steps).ended == DAY


@pytest.mark.parametrize(
    "steps", [(Step.ACCEPT,), (Step.ACCEPT, Step.ENQUIRER_AGREES, Step.HAND_OVER), (Step.DECLINE,)]
)
def test_what_goes_on_or_was_answered_has_no_end(steps: tuple[Step, ...]) -> None:
    assert walk(*steps).ended is None


def test_an_outcome_stays() -> None:
    noted = Introduction("E-1", "S-1", State.INTRODUCED, ASKED, outcome="met")
    assert noted.after(Step.END, DAY).outcome == "met"
