"""Months, quarters and years as they are counted, at the edges of the calendar too."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from peermatch.model.insight_period import (
    Period,
    cut_by,
    first_of_month,
    last_of_month,
    months_over,
    months_to,
    whole_months,
)

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def test_the_last_twelve_months_begin_with_a_month() -> None:
    assert months_to(date(2026, 11, 22), 12) == Period(date(2025, 12, 1), date(2026, 11, 22))
    assert months_to(date(2026, 1, 31), 3) == Period(date(2025, 11, 1), date(2026, 1, 31))


@given(on=DAYS, count=st.integers(1, 24))
def test_months_that_are_over_are_as_many_as_were_asked_for(on: date, count: int) -> None:
    found = months_over(on, count)
    assert found is not None
    assert found.end <= on
    assert found.end == last_of_month(found.end)
    assert (on - found.end).days < 31
    assert len(cut_by(found, 1)) == count


def test_a_month_that_is_not_over_is_left_out() -> None:
    assert months_over(date(2026, 11, 23), 12) == Period(date(2025, 11, 1), date(2026, 10, 31))
    assert months_over(date(2026, 11, 30), 12) == Period(date(2025, 12, 1), date(2026, 11, 30))
    assert months_over(date(1, 1, 9), 12) is None
    on = date(2026, 11, 22)
    assert whole_months(months_to(on, 12), on) == Period(date(2025, 12, 1), date(2026, 10, 31))
    assert whole_months(Period(date(2026, 1, 1), date(2026, 6, 30)), on) == Period(
        date(2026, 1, 1), date(2026, 6, 30)
    )
    assert whole_months(Period(date(2026, 11, 1), on), on) is None
    assert whole_months(Period(date(2026, 10, 1), date(2030, 1, 1)), date(2026, 11, 30)) == Period(
        date(2026, 10, 1), date(2026, 11, 30)
    )


def test_the_first_and_last_days_of_all() -> None:
    assert first_of_month(date(1, 1, 9), 3) == date.min
    assert last_of_month(date.max) == date.max
    assert Period(date.min, date.max).span.after == date.max
    assert whole_months(Period(date.min, date(1, 1, 9)), date(1, 1, 9)) is None
    assert last_of_month(date(2028, 2, 3)) == date(2028, 2, 29)
    last = Period(date(9999, 9, 20), date.max)
    assert cut_by(last, 3) == (Period(last.start, date(9999, 9, 30)), Period(date(9999, 10, 1), date.max))
    assert cut_by(Period(date.min, date(1, 2, 3)), 1)[0] == Period(date.min, date(1, 1, 31))
    assert cut_by(Period(date(2026, 2, 1), date(2026, 1, 1)), 1) == ()


def test_quarters_are_those_of_the_calendar() -> None:
    found = cut_by(Period(date(2025, 12, 1), date(2026, 8, 20)), 3)
    assert [(each.start, each.end) for each in found] == [
        (date(2025, 12, 1), date(2025, 12, 31)),
        (date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 8, 20)),
    ]


@given(DAYS, st.integers(0, 900), st.sampled_from((1, 3)))
def test_parts_follow_on_from_each_other_and_make_the_whole(start: date, length: int, months: int) -> None:
    whole = Period(start, start + timedelta(days=length))
    parts = cut_by(whole, months)
    assert (parts[0].start, parts[-1].end) == (whole.start, whole.end)
    for earlier, later in pairwise(parts):
        assert later.start == earlier.end + timedelta(days=1)
        assert later.start.day == 1
        assert (later.start.month - 1) % months == 0
    assert sum(each.holds(whole.end) for each in parts) == 1
