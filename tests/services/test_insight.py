"""Insight in true numbers: demand and supply, gaps, waits, load and outcomes of a network that people worked in."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from peermatch.errors import BadInput
from peermatch.model.consent import Purpose
from peermatch.model.enquiry import EnquiryStatus
from peermatch.model.insight import Cover, Demand, Facts, Insight, Lack, Outcome, Share, Side
from peermatch.model.insight_period import Period, months_to
from peermatch.model.introduction import Step
from peermatch.model.letter import Scope
from peermatch.model.rights import Subject, SubjectKind
from peermatch.services.insight_facts import facts_of
from peermatch.services.office import Doors, Services
from peermatch.services.sample import sample_letters
from tests.networks import ADHD, DAY, EXAM, JO, NETWORK, PASSPHRASE, yes
from tests.services.conftest import Make
from tests.services.figures_world import BUSY, GAY, LTFT, SECOND_PART, asked

YEAR = months_to(DAY, 12)


@pytest.fixture(scope="module")
def busy(doors: Doors, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("busy") / "busy.peermatch"
    opened = doors.create(folder, BUSY, PASSPHRASE, with_recovery=False).services
    yield opened
    opened.lock()


@pytest.fixture(scope="module")
def found(busy: Services) -> Insight:
    return busy.figures.insights.of(YEAR, DAY)


def of(demands: tuple[Demand, ...], *topics: str) -> Demand:
    return next(each for each in demands if each.topics == topics)


def test_demand_and_supply_are_the_true_numbers(found: Insight) -> None:
    assert found.enquiries == 44
    assert of(found.topics, ADHD) == Demand((ADHD,), 32, Cover(12, 12, 0))
    assert of(found.topics, EXAM) == Demand((EXAM,), 12, Cover(18, 18, 0))
    assert of(found.topics, GAY).lack is Lack.NOBODY
    assert of(found.pairs, ADHD, EXAM) == Demand((ADHD, EXAM), 12, Cover(0, 0, 0))
    assert [each.topics[0] for each in found.topics] == [GAY, LTFT, ADHD, EXAM]
    assert of(found.headings, "neuro").asked == 32
    assert [(each.lack, each.topics) for each in found.gaps] == [
        (Lack.NOBODY, (GAY,)),
        (Lack.NOBODY, (LTFT,)),
        (Lack.NOBODY, (ADHD, EXAM)),
    ]


def test_a_shorter_time_counts_its_own_alone(busy: Services) -> None:
    later = busy.figures.insights.of(SECOND_PART, DAY)
    assert (later.enquiries, [each.topics[0] for each in later.topics]) == (12, [ADHD, EXAM])
    assert [count for _, count in later.months] == [4, 3, 3, 2]


def test_of_a_stretch_of_time_the_cases_are_taken_and_every_asking(busy: Services) -> None:
    whole = facts_of(busy.desk)
    assert 0 < len(whole.within(SECOND_PART).cases) < len(whole.cases)
    assert facts_of(busy.desk, SECOND_PART) == Facts(whole.within(SECOND_PART).cases, whole.asks)


def test_months_add_up_and_the_last_may_be_short(found: Insight) -> None:
    assert sum(count for _, count in found.months) == found.enquiries
    assert found.months[0][0] == Period(date(2025, 12, 1), date(2025, 12, 31))
    assert found.months[-1][0] == Period(date(2026, 11, 1), DAY)


def test_waits_load_and_outcomes(found: Insight) -> None:
    assert found.wait(Side.SUPPORTER).days == (1, 2)
    assert found.wait(Side.SUPPORTER).waiting == (4,)
    assert found.wait(Side.WHOLE).days == (5, 6)
    assert (found.wait(Side.TRAINEE).days, found.wait(Side.TRAINEE).usual) == ((), None)
    assert found.outcomes == {Outcome.INTRODUCED: 2, Outcome.NOT_INTRODUCED: 42}
    assert (found.load.of(Share.SOME), found.load.of(Share.ONE), found.load.of(Share.NEVER)) == (1, 1, 37)
    assert (found.load.helped, found.load.most_in_hand) == (1, 1)


def test_a_time_that_is_none_is_refused(busy: Services) -> None:
    for start, end, why in (
        (DAY, DAY - timedelta(days=1), "after the last"),
        (DAY, DAY + timedelta(days=1), "not over yet"),
        (date(1990, 1, 1), DAY, "ten years"),
    ):
        with pytest.raises(BadInput, match=why):
            busy.figures.insights.of(Period(start, end), DAY)


def test_each_gap_says_what_would_help(make: Make) -> None:
    ended = yes(Purpose.MATCH, "neuro.autism", date(2025, 9, 12))
    said_no = replace(yes(Purpose.MATCH, GAY), withdrawn=DAY)
    old = replace(JO, consents=(yes(Purpose.HOLD), ended))
    away = replace(
        JO,
        id="S-0004",
        email=None,
        characteristics=(LTFT, GAY),
        paused_until=DAY + timedelta(days=9),
        consents=(yes(Purpose.HOLD), yes(Purpose.MATCH, LTFT), said_no),
    )
    wanted = (asked(1, DAY, "neuro.autism"), asked(2, DAY, LTFT), asked(3, DAY, GAY), asked(4, DAY, EXAM))
    here = make(replace(NETWORK, supporters=(old, away), enquiries=wanted))
    told = here.figures.insights.of(YEAR, DAY)
    lacks = {each.topics[0]: (each.lack, each.cover) for each in told.gaps}
    assert lacks["neuro.autism"] == (Lack.NO_YES, Cover(0, 0, 1))
    assert lacks[LTFT] == (Lack.NOBODY_FREE, Cover(1, 0, 0))
    assert lacks[GAY] == (Lack.NOBODY, Cover(0, 0, 0)), "what was withdrawn is not known"
    assert lacks[EXAM] == (Lack.NOBODY, Cover(0, 0, 0))


def test_the_steps_of_today_are_waits(services: Services) -> None:
    services.letters.acknowledged("E-0142", DAY)
    services.introductions.ask("E-0142", "S-0001", DAY)
    services.introductions.take(Step.ACCEPT, "E-0142", "S-0001", DAY)
    told = services.figures.insights.of(YEAR, DAY)
    assert told.wait(Side.REPLY).days == (1,)
    assert told.wait(Side.TRAINEE).waiting == (0,)
    agreed = services.introductions.take(Step.ENQUIRER_AGREES, "E-0142", "S-0001", DAY)
    assert services.figures.insights.of(YEAR, DAY).wait(Side.TRAINEE).days == (0,)
    services.journal.take_back(agreed.undo or 0)
    assert services.figures.insights.of(YEAR, DAY).wait(Side.TRAINEE).days == ()


def test_the_erased_are_counted_by_month_and_heading(services: Services) -> None:
    before = services.figures.insights.of(YEAR, DAY)
    services.enquiries.set_status("E-0142", EnquiryStatus.CLOSED, DAY)
    services.erasure.erase(Subject(SubjectKind.ENQUIRER, "E-0142"), DAY)
    told = services.figures.insights.of(YEAR, DAY)
    assert (told.enquiries, told.erased) == (before.enquiries, 1)
    assert of(told.topics, ADHD).asked == of(before.topics, ADHD).asked - 1
    assert of(told.headings, "neuro").asked == of(before.headings, "neuro").asked


def test_an_erased_supporter_leaves_how_the_enquiry_ended(ready: Services) -> None:
    ready.introductions.take(Step.STOP, "E-0142", "S-0001", DAY)
    ready.enquiries.set_status("E-0143", EnquiryStatus.WITHDRAWN, DAY)
    before = ready.figures.insights.of(YEAR, DAY)
    ready.erasure.erase(Subject(SubjectKind.SUPPORTER, "S-0001"), DAY)
    told = ready.figures.insights.of(YEAR, DAY)
    assert told.outcomes == before.outcomes == {Outcome.OPEN: 2, Outcome.WITHDRAWN: 1}
    assert told.wait(Side.SUPPORTER) == before.wait(Side.SUPPORTER)


def test_what_looked_like_spam_is_no_enquiry(services: Services) -> None:
    draft = services.enquiries.draft(sample_letters()[8].raw)
    assert draft.proposal.scope is Scope.SPAM
    services.enquiries.receive(draft, DAY)
    assert services.figures.insights.of(YEAR, DAY).enquiries == 3


def test_nothing_of_it_is_a_name(found: Insight) -> None:
    assert "Zqx" not in repr(found)
