"""Today for a whole network: every line leads on, who is next is the first of the list, and nothing is written."""

from dataclasses import replace
from datetime import date

import pytest

from peermatch.model.asking import first_end
from peermatch.model.enquiry import Exclusions
from peermatch.model.introduction import Step
from peermatch.model.people import SupporterStatus
from peermatch.model.rights import RequestKind
from peermatch.services.due import DUE_WITHIN, due_of
from peermatch.services.office import Services
from peermatch.services.today_jobs import Job, Matter, Thin
from tests.networks import ADHD, AMINA, DAY, ENQUIRY, EXAM, NETWORK, TOM
from tests.services.conftest import Make
from tests.services.desks import AT_RISK

LATER = date(2026, 11, 30)


def matters(services: Services, on: date = DAY) -> list[tuple[Matter, str]]:
    return [(job.matter, job.enquiry) for job in services.days.of(on).jobs]


def job(services: Services, matter: Matter, on: date = DAY) -> Job:
    return next(each for each in services.days.of(on).jobs if each.matter is matter)


def test_risk_stands_before_new_letters_and_nothing_is_written(still: Services) -> None:
    before = still.upkeep.journal()
    page = still.days.of(DAY)
    assert [(each.matter, each.enquiry) for each in page.jobs[:3]] == [
        (Matter.SAFETY, AT_RISK.reference),
        (Matter.REPLY, "E-0142"),
        (Matter.REPLY, "E-0143"),
    ]
    assert page.waiting.count == 3
    assert still.upkeep.journal() == before


def test_a_reply_leads_to_asking_and_asking_to_waiting(services: Services) -> None:
    services.letters.acknowledged("E-0142", DAY)
    first = services.shortlists.of("E-0142", DAY).suggested[0].supporter
    assert job(services, Matter.ASK).next == first
    services.introductions.ask("E-0142", first, DAY)
    assert "E-0142" not in [reference for _, reference in matters(services)]
    assert services.days.of(DAY).asked.count == 1
    overdue = job(services, Matter.NO_ANSWER, LATER)
    assert (overdue.supporter, overdue.next) == (
        first,
        services.shortlists.of("E-0142", LATER).suggested[0].supporter,
    )
    assert overdue.next != first


def test_asking_a_supporter_is_no_answer_to_the_trainee(services: Services) -> None:
    first = services.shortlists.of("E-0142", DAY).suggested[0].supporter
    waiting = services.days.of(DAY).waiting
    services.introductions.ask("E-0142", first, DAY)
    assert (Matter.REPLY, "E-0142") in matters(services)
    assert services.days.of(DAY).waiting == waiting
    services.letters.acknowledged("E-0142", DAY)
    assert [matter for matter, reference in matters(services) if reference == "E-0142"] == []
    assert services.days.of(DAY).waiting.count == waiting.count - 1


def test_a_card_is_ready_since_the_trainees_yes(ready: Services) -> None:
    card = job(ready, Matter.CARD, LATER)
    (noted,) = [line for line in ready.upkeep.journal(about="E-0142") if line.action == "enquirer-agrees"]
    assert (card.enquiry, card.supporter) == ("E-0142", "S-0001")
    assert card.since == noted.at.astimezone().date() == DAY


def test_nobody_is_next_while_somebody_else_is_asked(services: Services) -> None:
    services.letters.acknowledged("E-0142", DAY)
    services.introductions.ask("E-0142", "S-0001", DAY)
    services.introductions.ask("E-0142", "S-0002", LATER)
    assert job(services, Matter.NO_ANSWER, LATER).next == ""
    services.introductions.take(Step.LAPSE, "E-0142", "S-0001", LATER)
    assert [each.matter for each in services.days.of(LATER).jobs if each.enquiry == "E-0142"] == []


def test_where_nobody_fits_that_is_what_is_said(services: Services) -> None:
    services.letters.acknowledged("E-0142", DAY)
    services.enquiries.change("E-0142", exclusions=Exclusions(supporters=("S-0001", "S-0002", "S-0004")))
    assert job(services, Matter.NOBODY).next == ""


def test_a_watch_that_finds_somebody_takes_the_place_of_nobody(services: Services) -> None:
    services.letters.acknowledged("E-0142", DAY)
    services.enquiries.change("E-0142", exclusions=Exclusions(supporters=("S-0001", "S-0002", "S-0004")))
    services.watches.watch("E-0142", DAY)
    services.enquiries.change("E-0142", exclusions=Exclusions(supporters=("S-0002", "S-0004")))
    found = [each for each in services.days.of(DAY).jobs if each.enquiry == "E-0142"]
    assert [(each.matter, each.next) for each in found] == [(Matter.FITS, "S-0001")]


def test_the_clocks_of_the_law_stand_there_too(services: Services) -> None:
    services.requests.open(RequestKind.ACCESS, DAY, "A copy of everything")
    request = job(services, Matter.REQUEST)
    assert (request.count, request.due) == (1, date(2026, 12, 21))
    late = job(services, Matter.LATE_REQUEST, date(2026, 12, 22))
    assert late.count == 1
    assert Matter.REQUEST not in [matter for matter, _ in matters(services, date(2026, 12, 22))]


def test_a_topic_is_thin_by_those_who_may_be_found_by_it_alone(make: Make) -> None:
    back = tuple(replace(c, withdrawn=DAY) if c.characteristic == EXAM else c for c in AMINA.consents)
    people = (replace(AMINA, consents=back), TOM)
    services = make(replace(NETWORK, supporters=people, enquiries=(ENQUIRY,)))
    page = services.days.of(DAY)
    assert page.thin == (Thin(EXAM, 1, 0), Thin(ADHD, 1, 2))
    assert page.never_asked == 2


def test_consent_that_ends_is_one_line_and_one_number(still: Services) -> None:
    page = still.days.of(date(2027, 9, 1))
    (line,) = [each for each in page.jobs if each.matter is Matter.CONSENT]
    assert (line.count, line.due) == (page.ending.count, date(2027, 9, 11))
    assert page.ending.pressing == 0
    after = still.days.of(date(2027, 10, 1)).ending
    never_gave_any = 1
    assert after.pressing == after.count - never_gave_any


@pytest.mark.parametrize("on", [DAY, date(2027, 8, 20), date(2027, 9, 12), date(2028, 2, 1)])
def test_the_number_of_those_whose_consent_ends_is_that_of_a_campaign(
    still: Services, make: Make, on: date
) -> None:
    back = tuple(replace(c, withdrawn=DAY) for c in AMINA.consents)
    alone = tuple(c for c in AMINA.consents if c.characteristic != EXAM)
    wide = replace(AMINA.consents[2], characteristic="neuro", wording="wide")
    kinds = (
        AMINA,
        TOM,
        replace(AMINA, consents=back),
        replace(AMINA, consents=alone),
        replace(AMINA, consents=()),
        replace(TOM, consents=(*TOM.consents[:2], wide)),
        replace(TOM, status=SupporterStatus.LEFT),
    )
    people = tuple(replace(each, id=f"S-{number:04d}") for number, each in enumerate(kinds, start=1))
    wordings = still.desk.snapshot.wordings
    services = make(replace(NETWORK, wordings=wordings, supporters=people, enquiries=()))
    for each in (still, services):
        expected = due_of(each.desk.snapshot, on, on + DUE_WITHIN)
        found = each.days.of(on).ending
        assert found.count == len(expected)
        assert found.pressing == sum(first_end(one.points) < on for one in expected.values())


def test_an_empty_network_has_an_empty_day(make: Make) -> None:
    page = make(replace(NETWORK, supporters=(), enquiries=())).days.of(DAY)
    assert page.jobs == ()
    assert page.thin == ()
    assert (page.waiting.count, page.asked.count, page.ending.count, page.never_asked) == (0, 0, 0, 0)
