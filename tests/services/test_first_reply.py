"""The first word to a trainee: the same for Today's clock and for Insight, whatever became of the asking."""

from dataclasses import replace
from datetime import date

import pytest

from peermatch.model.enquiry import Enquiry, EnquiryStatus
from peermatch.model.insight import Side
from peermatch.model.insight_period import months_to
from peermatch.model.introduction import Introduction, State, Step
from peermatch.model.posted import NO_LETTERS, Posted
from peermatch.services.first_reply import first_reply, told_on
from peermatch.services.insight_facts import facts_of
from peermatch.services.office import Services
from peermatch.services.today_jobs import Matter
from tests.networks import DAY, ENQUIRY, NETWORK
from tests.services.conftest import Make

PAIR = ("E-0142", "S-0001")
ASKED, SAID_YES, NOTED, SENT, OVER = (date(2026, 10, day) for day in (5, 7, 9, 12, 30))
LONG_AGO = replace(ENQUIRY, received=date(2026, 10, 1))


def step(state: State, **days: date) -> Introduction:
    return Introduction(*PAIR, state, ASKED, **days)  # type: ignore[arg-type]  # only days are named


@pytest.mark.parametrize(
    ("found", "agreed", "expected"),
    [
        (step(State.ASKED), {}, None),
        (step(State.ACCEPTED, answered=SAID_YES), {}, None),
        (step(State.DECLINED, answered=SAID_YES), {}, None),
        (step(State.LAPSED, ended=OVER), {}, None),
        (step(State.STOPPED, answered=SAID_YES, ended=OVER), {}, None),
        (step(State.STOPPED, answered=SAID_YES, ended=OVER), {PAIR: NOTED}, NOTED),
        (step(State.STOPPED, answered=SAID_YES, introduced=SENT, ended=OVER), {}, SENT),
        (step(State.AGREED, answered=SAID_YES), {PAIR: NOTED}, NOTED),
        (step(State.AGREED, answered=SAID_YES), {}, SAID_YES),
        (step(State.AGREED), {}, ASKED),
        (step(State.REFUSED, answered=SAID_YES, ended=OVER), {}, OVER),
        (step(State.INTRODUCED, answered=SAID_YES, introduced=SENT), {PAIR: NOTED}, NOTED),
        (step(State.INTRODUCED, answered=SAID_YES, introduced=SENT), {("E-0142", "S-0002"): NOTED}, SENT),
        (step(State.ENDED, introduced=SENT, ended=OVER), {}, SENT),
    ],
)
def test_asking_a_supporter_is_no_word_to_the_trainee(
    found: Introduction, agreed: dict[tuple[str, str], date], expected: date | None
) -> None:
    assert told_on(found, agreed) == expected
    assert first_reply(NO_LETTERS, [found], agreed) == expected
    earlier = {Posted.STILL_LOOKING: ASKED, Posted.ACKNOWLEDGEMENT: OVER}
    assert first_reply(earlier, [found], agreed) == ASKED


def waits(services: Services) -> tuple[bool, bool]:
    """Whether the enquiry waits for a first reply: as Today says it, and as the numbers of Insight say it."""
    on_today = {
        job.enquiry
        for job in services.days.of(DAY).jobs
        if job.matter in (Matter.REPLY, Matter.LATE_REPLY) and job.enquiry == PAIR[0]
    }
    (case,) = facts_of(services.desk).cases
    return bool(on_today), case.replied is None


def of_one(make: Make, enquiry: Enquiry, *steps: Introduction) -> Services:
    """A network as it comes from elsewhere: no first reply was ever noted in it."""
    return make(replace(NETWORK, enquiries=(enquiry,), introductions=steps))


@pytest.mark.parametrize(
    ("found", "waiting"),
    [
        (step(State.ASKED), True),
        (step(State.ACCEPTED, answered=SAID_YES), True),
        (step(State.DECLINED, answered=SAID_YES), True),
        (step(State.LAPSED, ended=OVER), True),
        (step(State.AGREED, answered=SAID_YES), False),
        (step(State.REFUSED, answered=SAID_YES, ended=OVER), False),
        (step(State.INTRODUCED, answered=SAID_YES, introduced=SENT), False),
        (step(State.ENDED, answered=SAID_YES, introduced=SENT, ended=OVER), False),
        (step(State.STOPPED, answered=SAID_YES, introduced=SENT, ended=OVER), False),
    ],
)
def test_today_and_insight_say_the_same_of_a_network_without_noted_replies(
    make: Make, found: Introduction, waiting: bool
) -> None:
    services = of_one(make, LONG_AGO, found)
    assert waits(services) == (waiting, waiting)
    assert services.days.of(DAY).waiting.count == waiting
    told = services.figures.insights.of(months_to(DAY, 12), DAY).wait(Side.REPLY)
    assert (len(told.waiting), len(told.days)) == (int(waiting), int(not waiting))


@pytest.mark.parametrize("over", [EnquiryStatus.CLOSED, EnquiryStatus.WITHDRAWN, EnquiryStatus.ON_HOLD])
def test_what_is_closed_waits_for_no_first_reply_though_none_was_noted(
    make: Make, over: EnquiryStatus
) -> None:
    for steps in ((), (step(State.DECLINED, answered=SAID_YES),), (step(State.LAPSED, ended=OVER),)):
        services = of_one(make, replace(LONG_AGO, status=over), *steps)
        assert services.days.of(DAY).waiting.count == 0
        assert waits(services)[0] is False


def test_an_introduction_that_was_stopped_after_the_trainees_yes_was_word_enough(ready: Services) -> None:
    assert (PAIR[0], "") not in ready.letters.written()
    before = ready.days.of(DAY).waiting.count
    ready.introductions.take(Step.STOP, *PAIR, DAY)
    assert ready.days.of(DAY).waiting.count == before
    case = next(each for each in facts_of(ready.desk).cases if each.received == ENQUIRY.received)
    assert case.replied is not None
