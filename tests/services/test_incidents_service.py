"""What went wrong: fixed in time from the first line, reported or not with a reason, told, and closed."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import DatabaseError

from peermatch.errors import BadInput, Refused
from peermatch.model.incidents import Incident
from peermatch.model.requests import Stage
from peermatch.model.rights import Subject, SubjectKind
from peermatch.services.office import Services
from tests.networks import DAY, clock

NOW = clock()
NOTICED = datetime(2026, 11, 19, 22, 15, tzinfo=UTC)
EXPOSED = (Subject(SubjectKind.SUPPORTER, "S-0001"), Subject(SubjectKind.ENQUIRER, "E-0142"))


def opened(services: Services) -> Incident:
    services.incidents.open(NOTICED, " A card went to the wrong person. ", EXPOSED)
    return services.incidents.get("I-0001")


def test_an_incident_from_its_noticing_to_its_end(services: Services) -> None:
    found = opened(services)
    assert (found.noticed, found.what, found.exposed) == (
        NOTICED,
        "A card went to the wrong person.",
        EXPOSED,
    )
    assert (found.hours_left, found.state) == (60, "Decide about the ICO within 60 hours")
    services.incidents.reported("I-0001", NOW, " IC-123 ")
    services.incidents.told("I-0001", "Both were told.", DAY)
    services.incidents.close("I-0001", "Addresses are read out before a card leaves.", DAY)
    (closed,) = services.incidents.every()
    assert (closed.reported, closed.report_reference, closed.told, closed.told_what, closed.closed) == (
        NOW,
        "IC-123",
        DAY,
        "Both were told.",
        DAY,
    )
    assert closed.state == "Closed on 20 November 2026"
    lines = [(line.action, line.object, line.detail) for line in services.upkeep.journal(4)]
    assert lines == [
        (action, "I-0001 S-0001 E-0142", day)
        for action, day in (
            ("incident-close", "2026-11-20"),
            ("incident-told", "2026-11-20"),
            ("incident-reported", "2026-11-20"),
            ("incident-open", ""),
        )
    ]


def test_when_it_was_noticed_is_kept_in_universal_time_and_is_not_edited(services: Services) -> None:
    there = timezone(timedelta(hours=5))
    services.incidents.open(datetime(2026, 11, 20, 3, 15, 59, 999, tzinfo=there), "x")
    assert services.incidents.get("I-0001").noticed == datetime(2026, 11, 19, 22, 15, 59, tzinfo=UTC)
    with pytest.raises(DatabaseError, match="noticed is not edited"), services.desk.store.write("test") as tx:
        tx.session.connection().exec_driver_sql("UPDATE incident SET noticed = '2026-11-20T09:00:00+00:00'")
    services.incidents.not_reported("I-0001", "Nobody can have seen it.", DAY)
    assert services.incidents.get("I-0001").noticed == datetime(2026, 11, 19, 22, 15, 59, tzinfo=UTC)


def test_a_moment_without_a_zone_is_one_of_this_place(services: Services) -> None:
    services.incidents.open(datetime(2026, 7, 1, 12, 0), "x")  # noqa: DTZ001 - as somebody types it
    assert services.incidents.get("I-0001").noticed == datetime(2026, 7, 1, 11, 0, tzinfo=UTC)
    assert services.incidents.get("I-0001").stage is Stage.LATE


def test_bad_input_is_said_and_nothing_is_kept(services: Services) -> None:
    with pytest.raises(BadInput, match="not come yet"):
        services.incidents.open(NOW + timedelta(seconds=1), "x")
    with pytest.raises(BadInput, match="Something is missing"):
        services.incidents.open(NOW, " ")
    with pytest.raises(BadInput, match="no supporter E-0142"):
        services.incidents.open(NOW, "x", [Subject(SubjectKind.SUPPORTER, "E-0142")])
    steps: tuple[Callable[[], object], ...] = (
        lambda: services.incidents.reported("I-0001", NOW),
        lambda: services.incidents.told("I-1", "x", DAY),
        lambda: services.incidents.close("R-0001", "x", DAY),
        lambda: services.incidents.not_reported("", "x", DAY),
    )
    for step in steps:
        with pytest.raises(BadInput, match="There is no incident"):
            step()
    assert services.incidents.every() == ()


def test_who_was_exposed_counts_once(services: Services) -> None:
    services.incidents.open(NOTICED, "x", (*EXPOSED, *EXPOSED))
    assert services.incidents.get("I-0001").exposed == EXPOSED


def test_it_is_reported_once_and_within_time(services: Services) -> None:
    opened(services)
    for moment in (NOTICED - timedelta(seconds=1), NOW + timedelta(minutes=1)):
        with pytest.raises(BadInput, match="before the incident or has not come"):
            services.incidents.reported("I-0001", moment)
    services.incidents.not_reported("I-0001", "It seemed small.", DAY)
    services.incidents.reported("I-0001", NOW)
    found = services.incidents.get("I-0001")
    assert (found.reported, found.not_reported) == (NOW, "")
    with pytest.raises(Refused, match="reported on 20 November 2026 already"):
        services.incidents.reported("I-0001", NOW)
    with pytest.raises(Refused, match="reported on 20 November 2026 already"):
        services.incidents.not_reported("I-0001", "no", DAY)


def test_it_is_not_closed_before_it_is_decided_and_told(services: Services) -> None:
    opened(services)
    with pytest.raises(Refused, match="neither reported"):
        services.incidents.close("I-0001", "done", DAY)
    services.incidents.not_reported("I-0001", "The letter came back unopened.", DAY)
    with pytest.raises(Refused, match="not noted whether"):
        services.incidents.close("I-0001", "done", DAY)
    with pytest.raises(BadInput, match="noticed on 19 November 2026"):
        services.incidents.told("I-0001", "nobody", date(2026, 11, 18))
    services.incidents.told("I-0001", "Nobody: nothing was seen.", DAY)
    services.incidents.close("I-0001", "done", DAY)
    steps: tuple[Callable[[], object], ...] = (
        lambda: services.incidents.reported("I-0001", NOW),
        lambda: services.incidents.told("I-0001", "x", DAY),
        lambda: services.incidents.not_reported("I-0001", "x", DAY),
        lambda: services.incidents.close("I-0001", "x", DAY),
    )
    for step in steps:
        with pytest.raises(Refused, match="closed on 20 November 2026 already"):
            step()


def test_where_nobody_was_exposed_nobody_is_told(services: Services) -> None:
    services.incidents.open(NOTICED, "A stick was lost; it was encrypted.")
    services.incidents.not_reported("I-0001", "It was encrypted.", DAY)
    services.incidents.close("I-0001", "done", DAY)
    assert services.incidents.get("I-0001").stage is Stage.CLOSED


def test_open_ones_stand_first(services: Services) -> None:
    for hours in (3, 50, 2):
        services.incidents.open(NOW - timedelta(hours=hours), "x")
    services.incidents.not_reported("I-0002", "no", DAY)
    assert [each.id for each in services.incidents.every()] == ["I-0001", "I-0003", "I-0002"]
    services.incidents.close("I-0002", "done", DAY)
    services.incidents.not_reported("I-0001", "no", DAY)
    assert [each.id for each in services.incidents.every()] == ["I-0003", "I-0001", "I-0002"]


def test_a_step_on_an_incident_can_be_taken_back(services: Services) -> None:
    opened(services)
    before = services.incidents.every()
    services.upkeep.undo(services.incidents.told("I-0001", "both", DAY))
    assert services.incidents.every() == before
    assert services.upkeep.check().damage == ()
