"""The clocks of an introduction in working days, and whose turn it is: what is due, and since when."""

from bisect import bisect_right
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from peermatch.model.introduction import Introduction, State
from peermatch.model.posted import NO_LETTERS, Letters, Posted, sent
from peermatch.model.requests import working_day
from peermatch.model.retention import days_after
from peermatch.services.working_days import bank_holidays, holidays_near

REPLY_WITHIN = 3
"""Working days within which a trainee hears from a person."""
ANSWER_WITHIN = 5
"""Working days after which an asking without an answer is let go (workflow, states)."""
ASK_AGAIN_AFTER = 3
"""Working days after which a supporter is reminded once, and a trainee's answer is looked for."""
AFTER_REMINDER = 2
"""Working days that a reminder gives at least."""
FOLLOW_UP_AFTER, LAST_FOLLOW_UP_AFTER, END_AFTER = 14, 42, 56
"""Days after a card left: whether they met, whether it was enough, and when nobody need ask any more."""
_SATURDAY = 5
_DAYS_KEPT = 2048
"""Of many enquiries few came on a day of their own: what follows from a day is worked out once."""

_SPANS_KEPT = 64
"""The same for stretches of years: few clocks run on into another one."""


class Turn(StrEnum):
    """What is the coordinator's to do with an introduction."""

    WAIT = "wait"
    REMIND = "remind"
    MOVE_ON = "move-on"
    ASK_TRAINEE = "ask-trainee"
    HAND_OVER = "hand-over"
    FOLLOW_UP = "follow-up"
    LAST_FOLLOW_UP = "follow-up-last"
    END = "end"


def is_working_day(day: date) -> bool:
    """Monday to Friday, without bank holidays."""
    return day.weekday() < _SATURDAY and day not in bank_holidays(day.year)


@lru_cache(_DAYS_KEPT)
def working_days(start: date, end: date) -> int:
    """How many working days have passed since a day, the first not counted."""
    if end <= start:
        return 0
    weeks, rest = divmod((end - start).days, 7)
    begins = start.weekday()
    weekdays = 5 * weeks + sum((begins + number) % 7 < _SATURDAY for number in range(1, rest + 1))
    closed = _closed(start.year, end.year)
    return weekdays - (bisect_right(closed, end) - bisect_right(closed, start))


@lru_cache(_SPANS_KEPT)
def _closed(first: int, last: int) -> tuple[date, ...]:
    """The days from Monday to Friday on which nobody works, from one year to another."""
    days = (day for year in range(first, last + 1) for day in bank_holidays(year))
    return tuple(sorted(day for day in days if day.weekday() < _SATURDAY))


@lru_cache(_DAYS_KEPT)
def after_working_days(start: date, count: int) -> date:
    """The working day that comes so many working days later; the last of all days where there is none."""
    day, left = start, count
    while left > 0 and day < date.max:
        day += timedelta(days=1)
        left -= is_working_day(day)
    return day


@lru_cache(_DAYS_KEPT)
def working_day_from(day: date) -> date:
    """The day itself, or the next working day."""
    return working_day(day, holidays_near(day))


def answer_due(introduction: Introduction, letters: Letters = NO_LETTERS) -> date:
    """By when a supporter should have answered; a reminder that went late gives a little more time."""
    due = after_working_days(introduction.asked, ANSWER_WITHIN)
    reminded = sent(letters, Posted.REMINDER, introduction.asked)
    return max(due, after_working_days(reminded, AFTER_REMINDER)) if reminded else due


def reminder_due(introduction: Introduction) -> date:
    """From when a supporter who has not answered is reminded."""
    return after_working_days(introduction.asked, ASK_AGAIN_AFTER)


def follow_up_due(introduction: Introduction, letters: Letters = NO_LETTERS) -> date:
    """When the next question about how it went is due: a working day two weeks after the card, or six.

    Whoever was asked late has two weeks to answer all the same.
    """
    since = introduction.introduced or introduction.asked
    once, twice = sent(letters, Posted.FOLLOW_UP, since), sent(letters, Posted.LAST_FOLLOW_UP, since)
    days = END_AFTER if twice else LAST_FOLLOW_UP_AFTER if once else FOLLOW_UP_AFTER
    due, last = days_after(since, days), twice or once
    return working_day_from(max(due, days_after(last, FOLLOW_UP_AFTER)) if last else due)


def turn(introduction: Introduction, on: date, letters: Letters = NO_LETTERS) -> Turn:
    """What is due on a day, by the state and by what was written."""
    state = introduction.state
    if state is State.ACCEPTED:
        return Turn.ASK_TRAINEE
    if state is State.AGREED:
        return Turn.HAND_OVER
    if state is State.ASKED:
        return _of_asked(introduction, on, letters)
    return _of_introduced(introduction, on, letters) if state is State.INTRODUCED else Turn.WAIT


def _of_asked(introduction: Introduction, on: date, letters: Letters) -> Turn:
    if on > answer_due(introduction, letters):
        return Turn.MOVE_ON
    reminded = sent(letters, Posted.REMINDER, introduction.asked)
    return Turn.WAIT if reminded or on < reminder_due(introduction) else Turn.REMIND


def _of_introduced(introduction: Introduction, on: date, letters: Letters) -> Turn:
    if on < follow_up_due(introduction, letters):
        return Turn.WAIT
    since = introduction.introduced or introduction.asked
    if sent(letters, Posted.LAST_FOLLOW_UP, since):
        return Turn.END
    late = on >= working_day_from(days_after(since, LAST_FOLLOW_UP_AFTER))
    return Turn.LAST_FOLLOW_UP if late else Turn.FOLLOW_UP
