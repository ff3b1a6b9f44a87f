"""Laws of the clocks of rights, against a second calendar that shares no code with the first."""

from calendar import monthrange
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from peermatch.model.incidents import KeptIncident, at_the_moment
from peermatch.model.requests import KeptRequest, Stage, due_day, farthest, months_later, on_the_clock
from peermatch.model.rights import RequestKind
from peermatch.services.working_days import holidays_near

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
# Days on which months end and years leap come often.
ENDS = st.builds(
    lambda year, month, back: date(year, month, monthrange(year, month)[1] - back),
    st.integers(2023, 2033),
    st.integers(1, 12),
    st.integers(0, 3),
)
RECEIVED = st.one_of(DAYS, ENDS)
MONTHS = st.sampled_from((1, 3))
STOPPED = st.integers(0, 200)
WAYS = st.sampled_from([kind for kind in RequestKind if kind is not RequestKind.COMPLAINT])


def by_steps(day: date, months: int) -> date:
    """The same date some months later, by walking there day by day."""
    walked, passed = day, 0
    while passed < months or walked.day < min(day.day, monthrange(walked.year, walked.month)[1]):
        walked += timedelta(days=1)
        passed += walked.day == 1
    return walked


def due(received: date, months: int = 1, stopped: int = 0) -> date:
    far = months_later(received, months) + timedelta(days=stopped)
    return due_day(received, months, stopped, holidays_near(received, far))


@given(RECEIVED, MONTHS)
def test_a_month_is_counted_as_one_counts_on_a_calendar(received: date, months: int) -> None:
    assert months_later(received, months) == by_steps(received, months)


@given(RECEIVED, MONTHS, STOPPED)
def test_nothing_is_due_on_a_day_off(received: date, months: int, stopped: int) -> None:
    day = due(received, months, stopped)
    assert day.weekday() < 5
    assert day not in holidays_near(day)


@given(RECEIVED, MONTHS, STOPPED)
def test_a_working_day_is_passed_over_for_none(received: date, months: int, stopped: int) -> None:
    first = by_steps(received, months) + timedelta(days=stopped)
    day = due(received, months, stopped)
    assert first <= day <= first + timedelta(days=6)
    skipped = [first + timedelta(days=n) for n in range((day - first).days)]
    assert all(each.weekday() >= 5 or each in holidays_near(each) for each in skipped)


@given(RECEIVED, st.integers(0, 40), MONTHS, STOPPED)
def test_what_came_later_is_never_due_earlier(received: date, later: int, months: int, stopped: int) -> None:
    assert due(received, months, stopped) <= due(received + timedelta(days=later), months, stopped)


@given(RECEIVED, STOPPED, st.integers(0, 60))
def test_a_longer_wait_and_an_extension_never_take_time_away(received: date, stopped: int, more: int) -> None:
    assert due(received, 1, stopped) <= due(received, 1, stopped + more)
    assert due(received, 1, stopped) < due(received, 3, stopped)


@given(RECEIVED, WAYS, st.integers(0, 25), st.integers(0, 90), st.integers(0, 90))
def test_a_pause_costs_nothing_and_gains_nothing(
    received: date, kind: RequestKind, until: int, pause: int, after: int
) -> None:
    """Waiting or resumed on the same day, the request is due on the same day."""
    began = received + timedelta(days=until)
    resumed = began + timedelta(days=pause)
    kept = KeptRequest("R-0001", kind, None, received, "x", paused=began)
    running = replace(kept, paused=None, paused_days=pause, resumed=resumed)
    holidays = holidays_near(received, farthest(kept, resumed + timedelta(days=after)))
    waiting = on_the_clock(kept, resumed, holidays)
    assert waiting.stage is Stage.WAITING
    assert waiting.due == on_the_clock(running, resumed + timedelta(days=after), holidays).due


@given(RECEIVED, WAYS, st.integers(0, 200))
def test_a_request_is_late_exactly_after_its_day(received: date, kind: RequestKind, days: int) -> None:
    on = received + timedelta(days=days)
    kept = KeptRequest("R-0001", kind, None, received, "x")
    found = on_the_clock(kept, on, holidays_near(received, farthest(kept, on)))
    assert found.due is not None
    assert (found.stage is Stage.LATE) == (on > found.due)
    if on > found.due:
        assert found.state.split()[2] == str((on - found.due).days)


@given(RECEIVED)
def test_a_complaint_has_thirty_days_and_the_days_off_after_them(received: date) -> None:
    kept = KeptRequest("R-0001", RequestKind.COMPLAINT, None, received, "x")
    latest = on_the_clock(kept, received, holidays_near(received, farthest(kept, received))).acknowledge_by
    assert latest is not None
    assert 30 <= (latest - received).days <= 36
    assert latest.weekday() < 5


MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is given beside


@given(MOMENTS, st.integers(0, 10**7), st.integers(0, 10**7))
def test_hours_only_run_down_and_end_after_three_days(noticed: datetime, first: int, more: int) -> None:
    kept = KeptIncident("I-0001", noticed, "x")
    one = at_the_moment(kept, noticed + timedelta(seconds=first))
    two = at_the_moment(kept, noticed + timedelta(seconds=first + more))
    assert two.hours_left <= one.hours_left <= 72
    assert (one.stage is Stage.LATE) == (first > 72 * 3600)
