"""Insight: demand and supply, waits, load and outcomes of a stretch of time, in true numbers for the coordinator."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from peermatch.errors import BadInput
from peermatch.matching.cover import covers, matchable
from peermatch.model.insight import (
    Case,
    Cover,
    Demand,
    Facts,
    Insight,
    Load,
    Outcome,
    Pair,
    asked_headings,
    asked_pairs,
    asked_topics,
    in_gap_order,
    load,
    waits,
)
from peermatch.model.insight_period import Period, cut_by
from peermatch.services.clocks import working_days
from peermatch.services.desk import Desk
from peermatch.services.insight_facts import facts_of
from peermatch.words import tr

LONGEST_DAYS = 366 * 10


class Insights:
    """Looks at a stretch of time; nothing is changed by it, and nothing of it may leave but through `Publishing`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of(self, period: Period, on: date) -> Insight:
        """All of it, with who could help on a day."""
        refuse_period(period, on)
        facts = facts_of(self._desk, period)
        here = facts.within(period)
        topics, headings = asked_topics(here.cases), asked_headings(here.cases)
        picture = self._desk.snapshot
        pairs = asked_pairs(here.cases, picture.reference.vocabulary.broader)
        alone = ((each, each) for each in (*topics, *headings))
        cover = covers(picture.register, (*alone, *pairs), on)
        return Insight(
            period=period,
            on=on,
            enquiries=len(here.cases),
            introduced=sum(1 for each in here.cases if each.outcome is Outcome.INTRODUCED),
            erased=sum(1 for each in here.cases if each.erased),
            topics=_alone(topics, cover),
            headings=_alone(headings, cover),
            pairs=in_gap_order(Demand(pair, times, cover[pair]) for pair, times in pairs.items()),
            months=_by_month(here.cases, period),
            outcomes=Counter(each.outcome for each in here.cases),
            waits=waits(here, on, working_days),
            load=load_of(self._desk, facts, period, on),
        )


def _alone(asked: Counter[str], cover: Mapping[Pair, Cover]) -> tuple[Demand, ...]:
    """What was asked for by itself, with who could help."""
    return in_gap_order(Demand((each,), times, cover[each, each]) for each, times in asked.items())


def load_of(desk: Desk, facts: Facts, period: Period, on: date) -> Load:
    """How the work is shared by those who can be matched on a day."""
    in_hand = Counter(each.supporter for each in desk.snapshot.introductions.in_hand)
    return load(matchable(desk.snapshot.register, on), facts, period, in_hand)


def refuse_period(period: Period, on: date) -> None:
    """A stretch of time that is over, and not without end."""
    if period.start > period.end:
        raise BadInput(tr("The first day is after the last one."), tr("Swap the two days."))
    if period.end > on:
        raise BadInput(tr("That time is not over yet."), tr("Choose a last day that is not in the future."))
    if (period.end - period.start).days > LONGEST_DAYS:
        raise BadInput(tr("That is more than ten years."), tr("Choose a shorter time."))


def _by_month(cases: Iterable[Case], period: Period) -> tuple[tuple[Period, int], ...]:
    """How many came in each month of a stretch of time, where all of them came within it."""
    times = Counter((each.received.year, each.received.month) for each in cases)
    return tuple((part, times[part.start.year, part.start.month]) for part in cut_by(period, 1))
