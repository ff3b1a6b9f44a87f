"""A watch on an enquiry: who fitted already, who fits since, and when it falls silent."""

from dataclasses import replace
from datetime import date

import pytest

from peermatch.errors import BadInput, Refused
from peermatch.model.changes import Touched
from peermatch.model.consent import Method, Purpose
from peermatch.model.enquiry import EnquiryStatus, Risk, RiskKind
from peermatch.model.people import Supporter
from peermatch.model.watch import Fit, Newcomer, Watch
from peermatch.services.office import Services
from peermatch.store import enquiries
from tests.networks import ADHD, AMINA, DAY, EXAM
from tests.services.desks import NIA

REF = "E-0142"
LATER = date(2026, 12, 1)
OLA: Supporter = replace(NIA, id="S-0009", name="Ola Brown", email="ola@example.org")


def new(services: Services, on: date = LATER) -> list[str]:
    """The ids that the watches report."""
    return [each.supporter for fit in services.watches.fitting(on) for each in fit.new]


def test_those_who_fit_already_are_known_and_not_reported(services: Services) -> None:
    done = services.watches.watch(REF, DAY)
    assert done.touched == Touched(enquiries=frozenset({REF}))
    assert done.notice == "E-0142 is watched. You will be told when somebody new fits."
    assert services.watches.watched() == (Watch(REF, DAY, ("S-0001", "S-0004")),)
    assert services.watches.fitting(DAY) == ()


def test_somebody_new_who_meets_everything_is_reported_with_their_place(services: Services) -> None:
    services.watches.watch(REF, DAY)
    services.supporters.add(OLA)
    assert services.watches.fitting(LATER) == (Fit(REF, DAY, (Newcomer("S-0009", 3),)),)


def test_one_more_consent_brings_somebody_in(services: Services) -> None:
    services.watches.watch(REF, DAY)
    tom = services.desk.snapshot.supporter("S-0002")
    services.supporters.change(replace(tom, characteristics=(ADHD, EXAM)))
    assert new(services) == [], "what is listed without consent does not count"
    services.consent.give("S-0002", Purpose.MATCH, EXAM, wording="2026-1", method=Method.EMAIL, on=DAY)
    assert new(services) == ["S-0002"]
    services.consent.withdraw("S-0002", Purpose.MATCH, EXAM, LATER)
    assert new(services) == []


def test_who_is_suggested_and_lacks_a_helpful_need_does_not_fit(services: Services) -> None:
    services.watches.watch(REF, DAY)
    part = replace(OLA, characteristics=(ADHD,))
    services.supporters.add(part)
    assert "S-0009" in [s.supporter for s in services.shortlists.of(REF, LATER).suggested]
    assert new(services) == []


def test_back_from_a_pause_is_new(services: Services) -> None:
    services.supporters.change(replace(AMINA, paused_until=LATER))
    services.watches.watch(REF, DAY)
    assert new(services, DAY) == []
    assert new(services, LATER) == ["S-0001"]


def test_setting_the_watch_again_starts_from_today(services: Services) -> None:
    services.watches.watch(REF, DAY)
    services.supporters.add(OLA)
    services.watches.watch(REF, LATER)
    (watch,) = services.watches.watched()
    assert (watch.since, watch.known) == (LATER, ("S-0001", "S-0004", "S-0009"))
    assert new(services) == []


def test_who_is_asked_is_no_longer_reported(services: Services) -> None:
    services.watches.watch(REF, DAY)
    services.supporters.add(OLA)
    services.introductions.ask(REF, "S-0009", LATER)
    assert new(services) == []


@pytest.mark.parametrize("status", [EnquiryStatus.CLOSED, EnquiryStatus.WITHDRAWN, EnquiryStatus.ON_HOLD])
def test_an_enquiry_that_is_not_open_reports_nothing(services: Services, status: EnquiryStatus) -> None:
    services.watches.watch(REF, DAY)
    services.supporters.add(OLA)
    services.enquiries.set_status(REF, status, LATER)
    assert (services.watches.watched(), services.watches.fitting(LATER)) == ((), ())
    with pytest.raises(Refused, match="cannot be watched"):
        services.watches.watch(REF, LATER)
    services.watches.unwatch(REF)


def test_a_held_enquiry_reports_once_the_risk_is_noted(services: Services) -> None:
    services.watches.watch(REF, DAY)
    services.supporters.add(OLA)
    held = replace(services.desk.snapshot.enquiry(REF), risk=(Risk(RiskKind.DANGER, ("not safe",)),))
    with services.desk.command("change-enquiry", REF) as tx:
        enquiries.change(tx, held)
    services.desk.renew(Touched(enquiries=frozenset({REF})))
    assert services.watches.fitting(LATER) == ()
    assert [each.enquiry for each in services.watches.watched()] == [REF]
    services.enquiries.note_risk(REF, "Rang, safe.")
    assert new(services) == ["S-0009"]


def test_an_enquiry_with_open_risk_is_not_watched(services: Services) -> None:
    with pytest.raises(Refused, match="nobody is suggested"):
        services.watches.watch("E-0144", DAY)
    assert services.watches.watched() == ()


def test_several_watches_report_by_reference(services: Services) -> None:
    for reference in ("E-0143", REF):
        services.watches.watch(reference, DAY)
    services.supporters.add(OLA)
    assert [fit.enquiry for fit in services.watches.fitting(LATER)] == [REF, "E-0143"]


def test_an_enquiry_without_needs_takes_everybody_who_is_suggested(services: Services) -> None:
    services.enquiries.set_needs(REF, (), ())
    services.watches.watch(REF, DAY)
    (watch,) = services.watches.watched()
    assert watch.known == tuple(s.supporter for s in services.shortlists.of(REF, DAY).suggested)


def test_each_step_is_on_the_journal_and_can_be_taken_back(services: Services) -> None:
    first = services.watches.watch(REF, DAY)
    again = services.watches.watch(REF, LATER)
    services.upkeep.undo(again)
    assert services.watches.watched()[0].since == DAY
    stopped = services.watches.unwatch(REF)
    assert services.watches.watched() == ()
    services.upkeep.undo(stopped)
    assert services.watches.watched()[0].known == ("S-0001", "S-0004")
    services.upkeep.undo(first)
    assert services.watches.watched() == ()
    lines = [(line.action, line.object) for line in services.upkeep.journal()][::-1][1:]
    assert lines == [
        ("watch", REF),
        ("watch", REF),
        ("undo", REF),
        ("unwatch", REF),
        ("undo", REF),
        ("undo", REF),
    ]
    assert services.upkeep.check().damage == ()


def test_what_is_not_watched_cannot_be_stopped_and_what_is_not_held_cannot_be_watched(
    services: Services,
) -> None:
    with pytest.raises(Refused, match="not watched"):
        services.watches.unwatch(REF)
    with pytest.raises(BadInput, match="E-9999"):
        services.watches.watch("E-9999", DAY)
    with pytest.raises(Refused, match="not watched"):
        services.watches.unwatch("E-9999")
