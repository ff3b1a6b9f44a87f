"""The lines of Today from plain values: what waits, in which order, and the numbers beside them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from peermatch.model.dates import twelve_months_before
from peermatch.model.enquiry import Enquiry, EnquiryStatus, Risk, RiskKind
from peermatch.model.introduction import Introduction, State
from peermatch.model.posted import Posted, Written
from peermatch.services.casebook import Casebook
from peermatch.services.today_jobs import (
    MOST_TO_ASK,
    Case,
    Figure,
    Job,
    Matter,
    Thin,
    asked_figure,
    asked_for,
    few_to_ask,
    in_order,
    jobs_of,
    thinnest,
    waiting_figure,
)
from tests.networks import ADHD, DAY, ENQUIRY, EXAM

WORRYING = replace(ENQUIRY, risk=(Risk(RiskKind.DANGER, ("not safe",)),))
ACKNOWLEDGED: Written = {("E-0142", ""): {Posted.ACKNOWLEDGEMENT: DAY}}
STILL_LOOKING: Written = {("E-0142", ""): {Posted.STILL_LOOKING: DAY}}


def case(enquiry: Enquiry, *steps: Introduction, written: Written | None = None) -> Case:
    return Case(enquiry, steps, written or {})


def step(state: State, asked: date, **more: date) -> Introduction:
    return Introduction("E-0142", "S-0001", state, asked, **more)  # type: ignore[arg-type]  # only days are named


def matters(found: Case, on: date = DAY) -> list[Matter]:
    return [job.matter for job in jobs_of(found, on)]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (case(ENQUIRY), [Matter.REPLY]),
        (case(replace(ENQUIRY, received=date(2026, 11, 16))), [Matter.LATE_REPLY]),
        (case(ENQUIRY, written=ACKNOWLEDGED), [Matter.ASK]),
        (case(replace(ENQUIRY, needs=()), written=ACKNOWLEDGED), [Matter.TRIAGE]),
        (case(WORRYING), [Matter.SAFETY]),
        (case(WORRYING, step(State.AGREED, DAY)), [Matter.SAFETY]),
        (case(replace(WORRYING, risk_done="rang, safe")), [Matter.REPLY]),
        (case(replace(WORRYING, status=EnquiryStatus.ON_HOLD)), [Matter.SAFETY]),
        (case(replace(WORRYING, status=EnquiryStatus.CLOSED)), []),
        (case(replace(ENQUIRY, status=EnquiryStatus.ON_HOLD)), []),
        (case(replace(ENQUIRY, status=EnquiryStatus.CLOSED)), []),
        (
            case(replace(ENQUIRY, status=EnquiryStatus.WITHDRAWN), step(State.INTRODUCED, date(2026, 1, 1))),
            [],
        ),
        (case(ENQUIRY, step(State.ASKED, DAY), written=ACKNOWLEDGED), []),
        (case(ENQUIRY, step(State.ASKED, date(2026, 11, 16)), written=ACKNOWLEDGED), [Matter.REMIND]),
        (case(ENQUIRY, step(State.ASKED, date(2026, 11, 9)), written=ACKNOWLEDGED), [Matter.NO_ANSWER]),
        (case(ENQUIRY, step(State.ACCEPTED, DAY, answered=DAY), written=ACKNOWLEDGED), [Matter.YES]),
        (
            case(ENQUIRY, step(State.ACCEPTED, DAY, answered=date(2026, 11, 13)), written=ACKNOWLEDGED),
            [Matter.SILENT],
        ),
        (case(ENQUIRY, step(State.AGREED, DAY)), [Matter.CARD]),
        (case(ENQUIRY, step(State.ASKED, DAY)), [Matter.REPLY]),
        (case(replace(ENQUIRY, received=date(2026, 11, 16)), step(State.ASKED, DAY)), [Matter.LATE_REPLY]),
        (case(ENQUIRY, step(State.ACCEPTED, DAY, answered=DAY)), [Matter.YES, Matter.REPLY]),
        (case(ENQUIRY, step(State.DECLINED, DAY)), [Matter.REPLY]),
        (case(ENQUIRY, step(State.REFUSED, DAY)), [Matter.ASK]),
        (case(ENQUIRY, step(State.ASKED, DAY), written=STILL_LOOKING), []),
        (case(ENQUIRY, step(State.DECLINED, DAY), written=ACKNOWLEDGED), [Matter.ASK]),
        (case(ENQUIRY, step(State.ENDED, DAY)), [Matter.CLOSE]),
        (case(ENQUIRY, step(State.INTRODUCED, DAY, introduced=date(2026, 11, 6))), [Matter.FOLLOW_UP]),
        (case(ENQUIRY, step(State.INTRODUCED, DAY, introduced=date(2026, 9, 7))), [Matter.LAST_FOLLOW_UP]),
    ],
)
def test_each_enquiry_brings_its_next_step(found: Case, expected: list[Matter]) -> None:
    assert matters(found) == expected


def test_a_line_says_since_when_and_by_when() -> None:
    written: Written = {("E-0142", "S-0001"): {Posted.REMINDER: date(2026, 11, 12)}, **ACKNOWLEDGED}
    (job,) = jobs_of(case(ENQUIRY, step(State.ASKED, date(2026, 11, 9)), written=written), DAY)
    assert job == Job(
        Matter.NO_ANSWER,
        date(2026, 11, 9),
        date(2026, 11, 16),
        "E-0142",
        "S-0001",
        reminded=date(2026, 11, 12),
    )
    (waiting,) = jobs_of(case(ENQUIRY), DAY)
    assert (waiting.since, waiting.due) == (date(2026, 11, 19), date(2026, 11, 24))


def job(matter: Matter, day: int, reference: str = "") -> Job:
    return Job(matter, date(2026, 11, day), date(2026, 11, day), reference, "S-0001")


def test_a_crowd_for_whom_somebody_is_to_be_asked_becomes_one_line_after_the_first() -> None:
    asking = [
        Job(Matter.ASK, DAY, DAY + timedelta(days=n), f"E-{n:04d}") for n in reversed(range(MOST_TO_ASK + 2))
    ]
    silent = job(Matter.SILENT, 1, "E-0001")
    *singly, crowd = in_order(few_to_ask([*asking, silent]))
    assert singly == [silent, *reversed(asking[2:])]
    assert (crowd.matter, crowd.count, crowd.due) == (Matter.ASK, 2, asking[1].due)
    on_one_day = [replace(each, due=DAY) for each in asking]
    assert in_order(few_to_ask(on_one_day))[-1].count == 2
    one_fewer = asking[1:]
    assert in_order(few_to_ask(one_fewer)) == tuple(reversed(one_fewer))


def test_the_most_pressing_comes_first_and_what_can_wait_is_one_line() -> None:
    found = in_order(
        [
            job(Matter.FOLLOW_UP, 2, "E-2"),
            job(Matter.RECORDS, 1),
            job(Matter.FOLLOW_UP, 1, "E-1"),
            job(Matter.YES, 9, "E-4"),
            job(Matter.YES, 8, "E-5"),
            job(Matter.SAFETY, 19, "E-3"),
        ]
    )
    assert [(each.matter, each.enquiry, each.count) for each in found] == [
        (Matter.SAFETY, "E-3", 1),
        (Matter.YES, "E-5", 1),
        (Matter.YES, "E-4", 1),
        (Matter.FOLLOW_UP, "E-1", 2),
        (Matter.RECORDS, "", 1),
    ]
    assert len({each.key for each in found}) == len(found)


def test_one_follow_up_alone_says_whose_it_is() -> None:
    (only,) = in_order([job(Matter.FOLLOW_UP, 2, "E-2")])
    assert only.key == "follow-up E-2 S-0001"


def test_the_numbers_above() -> None:
    late = replace(ENQUIRY, reference="E-1", received=date(2026, 11, 12))
    cases = (case(ENQUIRY), case(late), case(ENQUIRY, step(State.ASKED, date(2026, 11, 16))))
    assert waiting_figure(cases, DAY) == Figure(3, date(2026, 11, 12), 1)
    answered = case(ENQUIRY, step(State.ASKED, DAY), written=ACKNOWLEDGED)
    assert waiting_figure((*cases, answered), DAY) == Figure(3, date(2026, 11, 12), 1)
    assert asked_figure(cases, DAY) == Figure(1, date(2026, 11, 16), 1)
    assert waiting_figure((), DAY) == asked_figure((), DAY) == Figure()


def test_what_was_asked_for_within_a_year() -> None:
    old = replace(ENQUIRY, received=date(2025, 11, 20))
    cases = {"E-1": ENQUIRY, "E-2": old, "E-3": replace(ENQUIRY, received=DAY + timedelta(days=1))}
    wanted = Casebook.of({**cases, "E-4": ENQUIRY}).wanted(twelve_months_before(DAY), DAY)
    assert asked_for(wanted) == {ADHD: 2, EXAM: 2}
    assert asked_for(((ADHD, ADHD), ())) == {ADHD: 1}


def test_where_there_are_too_few() -> None:
    asked = {"a": 1, "b": 4, "c": 5, "d": 6, "e": 1, "f": 20}
    found = thinnest(asked, {"b": 1, "c": 2, "d": 14, "e": 2, "f": 5})
    assert [each.topic for each in found] == ["a", "b", "f", "c", "e"]
    assert [each.strain for each in found] == [1.0, 1.0, 1.0, 0.625, 0.125]
    assert thinnest({}, {}) == ()
    assert Thin("d", 6, 14).strain < 0.2
