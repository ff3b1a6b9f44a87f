"""Days and years of the schedule, holds, and a clock that jumped."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch.model.retention import (
    PERIODS,
    Due,
    Item,
    KeptBack,
    Periods,
    clock_jumped,
    days_after,
    worded,
    years_after,
)
from peermatch.model.rights import Case, CaseKind, Subject, SubjectKind

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "years", "then"),
    [
        (date(2026, 11, 20), 2, date(2028, 11, 20)),
        (date(2028, 2, 29), 6, date(2034, 2, 28)),
        (date(2028, 2, 29), 4, date(2032, 2, 29)),
        (date(9998, 5, 1), 6, date.max),
    ],
)
def test_years_later(day: date, years: int, then: date) -> None:
    assert years_after(day, years) == then


@given(st.dates(), st.integers(0, 100_000))
def test_days_later_never_leaves_the_calendar(day: date, days: int) -> None:
    found = days_after(day, days)
    assert found == date.max or found - day == timedelta(days=days)
    assert found >= day


def test_a_hold_counts_until_its_last_day_or_for_ever() -> None:
    last = date(2027, 1, 31)
    assert KeptBack(date(2026, 1, 1), last, "why").holds(last)
    assert not KeptBack(date(2026, 1, 1), last, "why").holds(last + timedelta(days=1))
    assert KeptBack(date(2026, 1, 1), None, "why").holds(date.max)


@pytest.mark.parametrize(("days", "jumped"), [(0, False), (30, False), (31, True), (-30, False), (-31, True)])
def test_more_than_a_month_is_a_jump_forward_or_back(days: int, jumped: bool) -> None:
    assert clock_jumped(NOW, NOW + timedelta(days=days)) is jumped


def test_the_figures_are_those_of_the_rules() -> None:
    assert Periods() == PERIODS
    assert (PERIODS.enquiry_days, PERIODS.spam_days) == (90, 7)
    assert (PERIODS.withdrawn_days, PERIODS.lapsed_days) == (30, 60)
    assert (PERIODS.introductions_years, PERIODS.consent_years) == (2, 6)
    assert (PERIODS.backups_days, PERIODS.protected_backups_days) == (35, 30)


def test_the_words_of_many_become_the_sentence_of_each() -> None:
    words = worded("{id} {what} on {in_words}, for {days} days.", what="was {closed}", days=90)
    made = [
        Due(Subject(SubjectKind.ENQUIRER, id), Item.ENQUIRY, day, day, words)
        for id, day in (("E-1", date(2026, 3, 1)), ("{in_words}", date(2026, 12, 31)))
    ]
    assert [each.sentence for each in made] == [
        "E-1 was {closed} on 1 March 2026, for 90 days.",
        "{in_words} was {closed} on 31 December 2026, for 90 days.",
    ]
    case = Case(CaseKind.REQUEST, "R-1")
    assert Due(case, Item.REQUEST, date.max, date.max, "It is old.").sentence == "It is old."
