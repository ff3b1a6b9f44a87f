"""Requests and complaints: each step one line of the journal, refused where it makes no sense, taken back whole."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from peermatch.errors import BadInput, Refused
from peermatch.model.requests import Stage
from peermatch.model.rights import RequestKind, Subject, SubjectKind
from peermatch.services.office import Services
from tests.networks import DAY

CAME = date(2026, 11, 3)
ONE = timedelta(days=1)
AMINA = Subject(SubjectKind.SUPPORTER, "S-0001")
ROBIN = Subject(SubjectKind.ENQUIRER, "E-0142")


def opened(
    services: Services, kind: RequestKind = RequestKind.ACCESS, subject: Subject | None = AMINA
) -> None:
    services.requests.open(kind, CAME, "  everything that you hold  ", subject)


def lines(services: Services) -> list[tuple[str, str, str]]:
    return [(line.action, line.object, line.detail) for line in services.upkeep.journal(100)][::-1][1:]


def test_a_request_from_its_coming_to_its_end(services: Services) -> None:
    done = services.requests.open(RequestKind.ACCESS, CAME, "  everything that you hold  ", AMINA)
    assert done.notice == "R-0001 is noted. Answer by 3 December 2026."
    assert done.touched.supporters == {"S-0001"}
    services.requests.acknowledge("R-0001", date(2026, 11, 4))
    services.requests.pause("R-0001", "Proof of who they are", date(2026, 11, 5))
    assert services.requests.get("R-0001", DAY).stage is Stage.WAITING
    services.requests.resume("R-0001", date(2026, 11, 12))
    extended = services.requests.extend("R-0001", "There are many letters.", date(2026, 12, 10))
    assert extended.notice == "R-0001: Answer by 10 February 2027."
    services.requests.close("R-0001", "All of it was sent.", date(2027, 1, 8))
    (found,) = services.requests.every(date(2027, 1, 9))
    assert found.state == "Closed on 8 January 2027"
    assert (found.summary, found.subject, found.outcome) == (
        "everything that you hold",
        AMINA,
        "All of it was sent.",
    )
    assert (found.acknowledged, found.extended, found.extended_why, found.paused_days, found.paused) == (
        date(2026, 11, 4),
        date(2026, 12, 10),
        "There are many letters.",
        7,
        None,
    )
    about = "R-0001 S-0001"
    assert lines(services) == [
        ("request-open", about, "access"),
        ("request-acknowledge", about, ""),
        ("request-pause", about, ""),
        ("request-resume", about, ""),
        ("request-extend", about, ""),
        ("request-close", about, ""),
    ]


@pytest.mark.parametrize("kind", list(RequestKind))
@pytest.mark.parametrize("subject", [AMINA, ROBIN, None])
def test_each_kind_is_kept_for_either_side_and_for_nobody_known(
    services: Services, kind: RequestKind, subject: Subject | None
) -> None:
    opened(services, kind, subject)
    (found,) = services.requests.every(DAY)
    assert (found.kind, found.subject, found.received) == (kind, subject, CAME)
    assert (found.acknowledge_by is not None) == (kind is RequestKind.COMPLAINT)
    assert (found.due is None) == (kind is RequestKind.COMPLAINT)


def test_a_complaint_is_acknowledged_and_closed(services: Services) -> None:
    opened(services, RequestKind.COMPLAINT, ROBIN)
    assert services.requests.get("R-0001", DAY).state == "Acknowledge by 3 December 2026"
    assert services.requests.acknowledge("R-0001", DAY).touched.enquiries == {"E-0142"}
    assert "without undue delay" in services.requests.get("R-0001", date(2027, 9, 1)).state
    services.requests.close("R-0001", "We were wrong, and said so.", DAY)
    with pytest.raises(Refused, match="closed on 20 November 2026 already"):
        services.requests.acknowledge("R-0001", DAY)


STEPS: tuple[Callable[[Services, str, date], object], ...] = (
    lambda services, id, on: services.requests.acknowledge(id, on),
    lambda services, id, on: services.requests.extend(id, "why", on),
    lambda services, id, on: services.requests.pause(id, "what", on),
    lambda services, id, on: services.requests.resume(id, on),
    lambda services, id, on: services.requests.close(id, "how", on),
)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    "id", ["R-0002", "R-1", "R-00001", "r-0001", "1", "", "R-", "R-٠٠٠١", "R-9999999999999"]
)
def test_an_id_that_is_not_held_is_bad_input(
    services: Services, step: Callable[[Services, str, date], object], id: str
) -> None:
    opened(services)
    before = lines(services)
    with pytest.raises(BadInput, match="There is no request"):
        step(services, id, DAY)
    assert lines(services) == before


@pytest.mark.parametrize("step", STEPS)
def test_no_step_lies_before_the_day_on_which_it_came(
    services: Services, step: Callable[[Services, str, date], object]
) -> None:
    opened(services)
    with pytest.raises(BadInput, match="came on 3 November 2026, which is later"):
        step(services, "R-0001", CAME - ONE)


@pytest.mark.parametrize("step", STEPS)
def test_what_is_closed_stays_closed(
    services: Services, step: Callable[[Services, str, date], object]
) -> None:
    opened(services)
    services.requests.close("R-0001", "Sent.", DAY)
    before = lines(services)
    with pytest.raises(Refused, match="closed on 20 November 2026 already"):
        step(services, "R-0001", DAY)
    assert lines(services) == before


@pytest.mark.parametrize("said", ["", " ", "\n\t"])
def test_what_has_to_be_said_is_said(services: Services, said: str) -> None:
    opened(services)
    with pytest.raises(BadInput, match="Something is missing"):
        services.requests.open(RequestKind.ACCESS, CAME, said)
    for step in (services.requests.extend, services.requests.pause, services.requests.close):
        with pytest.raises(BadInput, match="Something is missing"):
            step("R-0001", said, DAY)
    assert len(lines(services)) == 1


def test_a_request_does_not_come_tomorrow(services: Services) -> None:
    with pytest.raises(BadInput, match="21 November 2026 has not come yet"):
        services.requests.open(RequestKind.ACCESS, DAY + ONE, "all")
    services.requests.open(RequestKind.ACCESS, DAY + ONE, "all", on=DAY + ONE)
    with pytest.raises(BadInput, match="no supporter S-0099"):
        services.requests.open(RequestKind.ACCESS, DAY, "all", Subject(SubjectKind.SUPPORTER, "S-0099"))
    with pytest.raises(BadInput, match="no enquiry S-0001"):
        services.requests.open(RequestKind.ACCESS, DAY, "all", Subject(SubjectKind.ENQUIRER, "S-0001"))
    assert len(services.requests.every(DAY)) == 1


def test_more_time_is_taken_once_and_within_the_first_month(services: Services) -> None:
    opened(services)
    with pytest.raises(Refused, match="until 3 December 2026 only"):
        services.requests.extend("R-0001", "late", date(2026, 12, 4))
    services.requests.extend("R-0001", "many", date(2026, 12, 3))
    with pytest.raises(Refused, match="extended on 3 December 2026 already"):
        services.requests.extend("R-0001", "more", date(2026, 12, 3))


def test_a_complaint_has_no_month_to_extend_and_no_clock_to_stop(services: Services) -> None:
    opened(services, RequestKind.COMPLAINT)
    with pytest.raises(Refused, match="cannot be extended"):
        services.requests.extend("R-0001", "why", DAY)
    with pytest.raises(Refused, match="does not stop"):
        services.requests.pause("R-0001", "what", DAY)


def test_pauses_do_not_overlap_and_do_not_mend_what_is_late(services: Services) -> None:
    opened(services)
    with pytest.raises(Refused, match="runs already"):
        services.requests.resume("R-0001", DAY)
    services.requests.pause("R-0001", "who", date(2026, 11, 10))
    with pytest.raises(Refused, match="since 10 November 2026 already"):
        services.requests.pause("R-0001", "who", date(2026, 11, 11))
    with pytest.raises(BadInput, match="stands since 10 November 2026"):
        services.requests.resume("R-0001", date(2026, 11, 9))
    services.requests.resume("R-0001", date(2026, 11, 20))
    with pytest.raises(BadInput, match="went on again on 20 November 2026"):
        services.requests.pause("R-0001", "who", date(2026, 11, 19))
    services.requests.pause("R-0001", "who", date(2026, 11, 20))
    services.requests.resume("R-0001", date(2026, 11, 21))
    assert services.requests.get("R-0001", DAY).due == date(2026, 12, 14)
    with pytest.raises(Refused, match="late already"):
        services.requests.pause("R-0001", "who", date(2026, 12, 15))


def test_the_pressing_ones_stand_first_and_the_closed_ones_last(services: Services) -> None:
    for kind, came in (
        (RequestKind.ACCESS, date(2026, 11, 2)),
        (RequestKind.ERASURE, date(2026, 10, 1)),
        (RequestKind.COMPLAINT, date(2026, 10, 20)),
        (RequestKind.ACCESS, date(2026, 1, 2)),
    ):
        services.requests.open(kind, came, "all")
    services.requests.close("R-0004", "Sent.", DAY)
    assert [each.id for each in services.requests.every(DAY)] == ["R-0002", "R-0003", "R-0001", "R-0004"]


def test_each_step_can_be_taken_back(services: Services) -> None:
    opened(services)
    before = services.requests.every(DAY)
    for step in (STEPS[0], STEPS[1], STEPS[2], STEPS[4]):
        done = step(services, "R-0001", DAY)
        assert services.requests.every(DAY) != before
        services.upkeep.undo(done)  # type: ignore[arg-type]  # every step returns what it did
        assert services.requests.every(DAY) == before
    assert services.upkeep.check().damage == ()


@pytest.mark.parametrize("on", [date(1, 1, 1), date(9999, 12, 31)])
def test_no_day_is_too_far_for_the_clock(services: Services, on: date) -> None:
    services.requests.open(RequestKind.ACCESS, on, "all", on=on)
    services.requests.open(RequestKind.COMPLAINT, on, "all", on=on)
    services.requests.pause("R-0001", "who", on)
    assert len(services.requests.every(date.max)) == 2
    assert len(services.requests.every(date.min)) == 2


def test_nothing_of_what_was_written_stands_on_a_line_of_the_journal(services: Services) -> None:
    services.requests.open(RequestKind.ACCESS, CAME, "Quirinius Vexley asks", AMINA)
    for step, said in ((services.requests.pause, "Quirinius"), (services.requests.close, "Vexley")):
        step("R-0001", said, DAY)
    assert not any("Quirinius" in part or "Vexley" in part for line in lines(services) for part in line)
