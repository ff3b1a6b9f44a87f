"""Whose turn it is: working days, one reminder, and two questions how it went."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch.model.introduction import Introduction, State
from peermatch.model.posted import NO_LETTERS, Posted, sent
from peermatch.services.clocks import (
    Turn,
    after_working_days,
    answer_due,
    follow_up_due,
    is_working_day,
    turn,
    working_day_from,
    working_days,
)

ASKED = Introduction("E-1", "S-1", State.ASKED, date(2026, 11, 16))
INTRODUCED = Introduction("E-1", "S-1", State.INTRODUCED, date(2026, 9, 1), introduced=date(2026, 9, 7))
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("on", "reminded", "expected"),
    [
        (date(2026, 11, 18), None, Turn.WAIT),
        (date(2026, 11, 19), None, Turn.REMIND),
        (date(2026, 11, 23), None, Turn.REMIND),
        (date(2026, 11, 24), None, Turn.MOVE_ON),
        (date(2026, 11, 19), date(2026, 11, 19), Turn.WAIT),
        (date(2026, 11, 23), date(2026, 11, 19), Turn.WAIT),
        (date(2026, 11, 24), date(2026, 11, 19), Turn.MOVE_ON),
        (date(2026, 11, 25), date(2026, 11, 23), Turn.WAIT),
        (date(2026, 11, 26), date(2026, 11, 23), Turn.MOVE_ON),
        (date(2026, 11, 19), date(2026, 11, 10), Turn.REMIND),
    ],
)
def test_a_supporter_is_reminded_once_and_then_let_go(
    on: date, reminded: date | None, expected: Turn
) -> None:
    letters = {Posted.REMINDER: reminded} if reminded else NO_LETTERS
    assert turn(ASKED, on, letters) is expected


@pytest.mark.parametrize(
    ("on", "letters", "expected"),
    [
        (date(2026, 9, 18), {}, Turn.WAIT),
        (date(2026, 9, 21), {}, Turn.FOLLOW_UP),
        (date(2026, 10, 18), {}, Turn.FOLLOW_UP),
        (date(2026, 10, 19), {}, Turn.LAST_FOLLOW_UP),
        (date(2026, 9, 22), {Posted.FOLLOW_UP: date(2026, 9, 21)}, Turn.WAIT),
        (date(2026, 10, 19), {Posted.FOLLOW_UP: date(2026, 9, 21)}, Turn.LAST_FOLLOW_UP),
        (date(2026, 10, 30), {Posted.LAST_FOLLOW_UP: date(2026, 10, 19)}, Turn.WAIT),
        (date(2026, 11, 2), {Posted.LAST_FOLLOW_UP: date(2026, 10, 19)}, Turn.END),
        (date(2026, 12, 3), {Posted.LAST_FOLLOW_UP: date(2026, 11, 20)}, Turn.WAIT),
        (date(2026, 12, 4), {Posted.LAST_FOLLOW_UP: date(2026, 11, 20)}, Turn.END),
        (date(2026, 10, 20), {Posted.FOLLOW_UP: date(2026, 10, 16)}, Turn.WAIT),
        (date(2026, 10, 30), {Posted.FOLLOW_UP: date(2026, 10, 16)}, Turn.LAST_FOLLOW_UP),
    ],
)
def test_it_is_asked_twice_how_it_went(on: date, letters: dict[Posted, date], expected: Turn) -> None:
    assert turn(INTRODUCED, on, letters) is expected


@pytest.mark.parametrize("state", [state for state in State if state not in (State.ASKED, State.INTRODUCED)])
def test_other_states_have_one_turn(state: State) -> None:
    expected = {State.ACCEPTED: Turn.ASK_TRAINEE, State.AGREED: Turn.HAND_OVER}.get(state, Turn.WAIT)
    assert turn(Introduction("E-1", "S-1", state, date(2020, 1, 1)), date(2026, 11, 20)) is expected


def test_an_introduction_without_its_day_counts_from_the_asking() -> None:
    bare = Introduction("E-1", "S-1", State.INTRODUCED, date(2026, 9, 7))
    assert follow_up_due(bare) == date(2026, 9, 21)
    assert turn(bare, date(2026, 10, 19)) is Turn.LAST_FOLLOW_UP


def test_a_follow_up_that_falls_on_a_holiday_waits_for_a_working_day() -> None:
    friday = Introduction("E-1", "S-1", State.INTRODUCED, date(2026, 12, 1), introduced=date(2026, 12, 11))
    assert follow_up_due(friday) == date(2026, 12, 29)
    assert working_day_from(date(2026, 12, 24)) == date(2026, 12, 24)


@given(asked=DAYS, later=st.integers(0, 40))
def test_a_reminder_never_takes_time_away(asked: date, later: int) -> None:
    introduction = Introduction("E-1", "S-1", State.ASKED, asked)
    reminded = {Posted.REMINDER: asked + timedelta(days=later)}
    assert answer_due(introduction, reminded) >= answer_due(introduction)
    assert is_working_day(answer_due(introduction, reminded))


@given(start=DAYS, count=st.integers(0, 30))
def test_so_many_working_days_later_so_many_have_passed(start: date, count: int) -> None:
    assert working_days(start, after_working_days(start, count)) == count


@given(asked=DAYS, waits=st.integers(0, 90))
def test_a_clock_never_runs_backwards(asked: date, waits: int) -> None:
    introduction, on = Introduction("E-1", "S-1", State.ASKED, asked), asked + timedelta(days=waits)
    order = [Turn.WAIT, Turn.REMIND, Turn.MOVE_ON]
    assert order.index(turn(introduction, on)) <= order.index(turn(introduction, on + timedelta(days=1)))


def test_the_last_of_days_ends_every_clock() -> None:
    assert after_working_days(date.max, 3) == date.max
    assert working_day_from(date.max) == date.max
    assert sent({Posted.REMINDER: date(2026, 1, 1)}, Posted.REMINDER, date(2026, 1, 2)) is None
