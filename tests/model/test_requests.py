"""The clock of a request, by cases that were worked out with a calendar of 2026 and 2027 in hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from peermatch.model.requests import (
    KeptRequest,
    Request,
    Stage,
    due_day,
    months_later,
    on_the_clock,
    working_day,
)
from peermatch.model.rights import RequestKind

# England, from gov.uk/bank-holidays.
HOLIDAYS = frozenset(
    date(year, month, day)
    for year, known in (
        (2026, ((1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28))),
        (2027, ((1, 1), (3, 26), (3, 29), (5, 3), (5, 31), (8, 30), (12, 27), (12, 28))),
    )
    for month, day in known
)
KEPT = KeptRequest("R-0001", RequestKind.ACCESS, None, date(2026, 11, 3), "everything")


def stands(on: date, **changes: object) -> Request:
    return on_the_clock(replace(KEPT, **changes), on, HOLIDAYS)  # type: ignore[arg-type]  # fields of a request


@pytest.mark.parametrize(
    ("received", "months", "due"),
    [
        ("2026-09-03", 1, "2026-10-05"),  # 3 October is a Saturday
        ("2026-11-03", 1, "2026-12-03"),
        ("2026-01-31", 1, "2026-03-02"),  # no 31 February; the 28th is a Saturday
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-11-25", 1, "2026-12-29"),  # Christmas Day, a Saturday, a Sunday, a bank holiday
        ("2026-03-03", 1, "2026-04-07"),  # Good Friday to Easter Monday
        ("2026-12-01", 1, "2027-01-04"),  # New Year's Day is a Friday
        ("2026-10-31", 3, "2027-02-01"),  # 31 January is a Sunday
        ("2026-11-30", 3, "2027-03-01"),  # 28 February is a Sunday
    ],
)
def test_the_same_date_next_month_or_its_last_day_or_the_next_working_day(
    received: str, months: int, due: str
) -> None:
    assert due_day(date.fromisoformat(received), months, 0, HOLIDAYS) == date.fromisoformat(due)


def test_days_that_the_clock_stood_are_added_before_the_working_day_is_sought() -> None:
    assert due_day(date(2026, 11, 3), 1, 2, HOLIDAYS) == date(2026, 12, 7)  # 5 December is a Saturday
    assert due_day(date(2026, 11, 3), 1, 22, HOLIDAYS) == date(2026, 12, 29)


def test_the_end_of_time_is_a_day() -> None:
    assert months_later(date.max, 3) == date.max
    assert months_later(date(9999, 11, 30), 1) == date(9999, 12, 30)
    assert due_day(date.max, 3, 10**6, frozenset()) == date.max
    assert working_day(date(9999, 12, 31), {date.max}) == date.max


@pytest.mark.parametrize(
    ("on", "state", "stage"),
    [
        ("2026-11-03", "Answer by 3 December 2026", Stage.RUNNING),
        ("2026-12-03", "Answer by 3 December 2026", Stage.RUNNING),
        ("2026-12-04", "Late by 1 day", Stage.LATE),
        ("2026-12-05", "Late by 2 days", Stage.LATE),
    ],
)
def test_how_a_request_stands_in_words(on: str, state: str, stage: Stage) -> None:
    found = stands(date.fromisoformat(on))
    assert (found.state, found.stage, found.due) == (state, stage, date(2026, 12, 3))


def test_an_extension_gives_three_months_from_receipt() -> None:
    found = stands(date(2026, 12, 20), extended=date(2026, 12, 1), extended_why="three programmes")
    assert found.due == date(2027, 2, 3)
    assert found.extend_until == date(2026, 12, 3)
    assert found.stage is Stage.RUNNING


def test_while_it_waits_for_them_the_day_moves_along_and_nothing_is_late() -> None:
    kept = {"paused": date(2026, 11, 10), "waiting_for": "who they are"}
    assert stands(date(2026, 11, 10), **kept).due == date(2026, 12, 3)
    found = stands(date(2027, 1, 10), **kept)
    assert found.state == "Waiting for them since 10 November 2026"
    assert found.stage is Stage.WAITING
    assert found.due == date(2027, 2, 2)  # 61 days more


def test_days_of_earlier_pauses_stay_added() -> None:
    assert stands(date(2026, 12, 4), paused_days=4).due == date(2026, 12, 7)


def test_before_a_pause_began_it_takes_nothing_away() -> None:
    assert stands(date(2026, 11, 5), paused=date(2026, 11, 10)).due == date(2026, 12, 3)


def test_a_closed_request_is_closed_whatever_else_it_was() -> None:
    found = stands(date(2027, 3, 1), paused=date(2026, 11, 10), closed=date(2026, 12, 10))
    assert (found.state, found.stage) == ("Closed on 10 December 2026", Stage.CLOSED)


@pytest.mark.parametrize(
    ("received", "latest"),
    [("2026-11-03", "2026-12-03"), ("2026-11-05", "2026-12-07"), ("2026-11-25", "2026-12-29")],
)
def test_a_complaint_is_acknowledged_within_thirty_days(received: str, latest: str) -> None:
    by = date.fromisoformat(latest)
    complaint = {"kind": RequestKind.COMPLAINT, "received": date.fromisoformat(received)}
    found = stands(by, **complaint)
    assert (found.acknowledge_by, found.due, found.stage) == (by, None, Stage.RUNNING)
    late = stands(by + timedelta(days=2), **complaint)
    assert (late.state, late.stage) == ("Acknowledgement late by 2 days", Stage.LATE)


def test_an_acknowledged_complaint_is_late_no_more() -> None:
    found = stands(date(2027, 3, 1), kind=RequestKind.COMPLAINT, acknowledged=date(2026, 11, 20))
    assert found.state == "Acknowledged on 20 November 2026; answer without undue delay"
    assert found.stage is Stage.RUNNING
    closed = stands(date(2027, 3, 1), kind=RequestKind.COMPLAINT, closed=date(2026, 11, 20))
    assert closed.stage is Stage.CLOSED
