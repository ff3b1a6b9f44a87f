"""The 72 hours of an incident."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from peermatch.model.incidents import KeptIncident, at_the_moment
from peermatch.model.requests import Stage

NOTICED = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
KEPT = KeptIncident("I-0001", NOTICED, "A letter went to the wrong person.")


@pytest.mark.parametrize(
    ("after", "left", "state", "stage"),
    [
        (timedelta(0), 72, "Decide about the ICO within 72 hours", Stage.RUNNING),
        (timedelta(seconds=1), 71, "Decide about the ICO within 71 hours", Stage.RUNNING),
        (timedelta(hours=71), 1, "Decide about the ICO within 1 hour", Stage.RUNNING),
        (timedelta(hours=71, minutes=20), 0, "Decide about the ICO within the hour", Stage.RUNNING),
        (timedelta(hours=72), 0, "Decide about the ICO within the hour", Stage.RUNNING),
        (
            timedelta(hours=72, minutes=1),
            -1,
            "Late by 1 hour: report it now, and say why it is late",
            Stage.LATE,
        ),
        (timedelta(hours=75), -3, "Late by 3 hours: report it now, and say why it is late", Stage.LATE),
    ],
)
def test_hours_are_counted_down(after: timedelta, left: int, state: str, stage: Stage) -> None:
    found = at_the_moment(KEPT, NOTICED + after)
    assert (found.hours_left, found.state, found.stage) == (left, state, stage)
    assert found.report_by == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def test_once_it_is_decided_the_clock_is_quiet() -> None:
    late = NOTICED + timedelta(days=9)
    reported = at_the_moment(replace(KEPT, reported=NOTICED + timedelta(hours=5)), late)
    assert (reported.state, reported.stage) == ("Reported to the ICO on 20 November 2026", Stage.WAITING)
    kept = at_the_moment(replace(KEPT, not_reported="The letter came back unopened."), late)
    assert (kept.state, kept.stage) == ("Not reported to the ICO, with a reason", Stage.WAITING)
    closed = at_the_moment(replace(KEPT, closed=late.date()), late)
    assert (closed.state, closed.stage) == ("Closed on 29 November 2026", Stage.CLOSED)
