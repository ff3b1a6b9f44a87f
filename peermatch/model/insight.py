"""What a stretch of time shows: who asked for what and who can help, how long each side waited, and how it ended."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain, combinations
from statistics import median

from peermatch.model.insight_period import Period

Pair = tuple[str, str]
"""Two topics, in the order of their ids."""
Days = Callable[[date, date], int]
"""How many working days lie between two days."""
FEW = 2
"""So many supporters, or fewer, are few for something that is asked for."""


class Outcome(StrEnum):
    """How an enquiry stands in the end."""

    INTRODUCED = "introduced"
    OPEN = "open"
    NOT_INTRODUCED = "not-introduced"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Case:
    """What is counted of one enquiry; of one that was erased only its month, groups and outcome."""

    received: date
    topics: frozenset[str] = frozenset()
    headings: frozenset[str] = frozenset()
    outcome: Outcome = Outcome.OPEN
    replied: date | None = None
    introduced: date | None = None
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """One time that a supporter was asked: the days of the steps, as far as they are known."""

    supporter: str
    asked: date
    answered: date | None = None
    agreed: date | None = None
    introduced: date | None = None
    ended: date | None = None
    waits_for_supporter: bool = False
    waits_for_trainee: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is counted from: every enquiry and every asking, of whatever time."""

    cases: tuple[Case, ...] = ()
    asks: tuple[Ask, ...] = ()

    def within(self, period: Period) -> "Facts":
        """Those that came, or were asked, in a stretch of time."""
        return Facts(
            tuple(each for each in self.cases if period.holds(each.received)),
            tuple(each for each in self.asks if period.holds(each.asked)),
        )


@dataclass(frozen=True, slots=True)
class Cover:
    """Who could help with something: may be found by it, is free besides, and would have to be asked again first."""

    able: int = 0
    free: int = 0
    again: int = 0

    def plus(self, other: "Cover") -> "Cover":
        """Both together; they are of different people."""
        return Cover(self.able + other.able, self.free + other.free, self.again + other.again)


class Lack(StrEnum):
    """What a gap is, the worst first."""

    NOBODY = "nobody"
    NO_YES = "no-yes"
    NOBODY_FREE = "nobody-free"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class Demand:
    """One topic, or two together: how many asked for it, and who could help."""

    topics: tuple[str, ...]
    asked: int
    cover: Cover

    @property
    def lack(self) -> Lack | None:
        """What is wrong with it, if anything is."""
        if not self.cover.able:
            return Lack.NO_YES if self.cover.again else Lack.NOBODY
        if not self.cover.free:
            return Lack.NOBODY_FREE
        return Lack.FEW if self.cover.able <= FEW or self.asked >= self.cover.able * 4 else None

    @property
    def strain(self) -> tuple[bool, float, tuple[str, ...]]:
        """By what the widest gap comes first: nobody, then the most askings for each supporter."""
        return self.cover.able > 0, -self.asked / max(self.cover.able, 1), self.topics


_WORST = {lack: place for place, lack in enumerate(Lack)}


def gaps(needs: Iterable[Demand]) -> tuple[Demand, ...]:
    """Where somebody lacks, the worst first; a pair is told only where neither of its topics says it already."""
    every = tuple(needs)
    single = {each.topics[0]: each.lack for each in every if len(each.topics) == 1}
    told = [each for each in every if each.lack and not _said_before(each, single)]
    return tuple(sorted(told, key=lambda e: (_WORST[e.lack or Lack.FEW], len(e.topics), -e.asked, e.topics)))


def _said_before(need: Demand, single: Mapping[str, Lack | None]) -> bool:
    if len(need.topics) == 1:
        return False
    lacks = [single.get(topic) for topic in need.topics]
    return need.lack is Lack.FEW or any(
        lack and _WORST[lack] <= _WORST[need.lack or Lack.FEW] for lack in lacks
    )


class Side(StrEnum):
    """Who is waited for, from one step to the next."""

    REPLY = "reply"
    SUPPORTER = "supporter"
    TRAINEE = "trainee"
    CARD = "card"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Wait:
    """How many working days it took, each time, rising; and how long those take who still wait."""

    side: Side
    days: tuple[int, ...] = ()
    waiting: tuple[int, ...] = ()

    @property
    def usual(self) -> float | None:
        """What half of them took at most."""
        return median(self.days) if self.days else None

    @property
    def longest(self) -> int:
        """The longest of all, of those who still wait too."""
        return max((*self.days, *self.waiting), default=0)


def waits(facts: Facts, on: date, days: Days) -> tuple[Wait, ...]:
    """Each side's waiting, in the order of the steps."""
    spells: dict[Side, list[tuple[date, date | None]]] = {side: [] for side in Side}
    for side, start, end in (*_of_cases(facts.cases), *_of_asks(facts.asks)):
        spells[side].append((start, end))
    return tuple(_wait(side, each, on, days) for side, each in spells.items())


_Spell = tuple[Side, date, date | None]
"""Who was waited for, from a day up to another; none while the waiting goes on."""


def _wait(side: Side, spells: Sequence[tuple[date, date | None]], on: date, days: Days) -> Wait:
    over = (days(start, end) for start, end in spells if end is not None)
    waiting = (days(start, on) for start, end in spells if end is None)
    return Wait(side, tuple(sorted(over)), tuple(sorted(waiting)))


def _of_cases(cases: Iterable[Case]) -> Iterator[_Spell]:
    for each in cases:
        still = each.outcome is Outcome.OPEN
        if not each.erased and (each.replied or still):
            yield Side.REPLY, each.received, each.replied
        if not each.erased and (each.introduced or still):
            yield Side.WHOLE, each.received, each.introduced


def _of_asks(asks: Iterable[Ask]) -> Iterator[_Spell]:
    for each in asks:
        if each.answered or each.waits_for_supporter:
            yield Side.SUPPORTER, each.asked, each.answered
        if each.answered and (each.agreed or each.waits_for_trainee):
            yield Side.TRAINEE, each.answered, each.agreed
        if each.agreed and each.introduced:
            yield Side.CARD, each.agreed, each.introduced


class Share(StrEnum):
    """How often somebody was asked."""

    NEVER = "never"
    NONE = "none"
    ONE = "one"
    SOME = "some"
    MANY = "many"


_MANY = 4


@dataclass(frozen=True, slots=True)
class Load:
    """How the work is shared by those who take part: who was asked how often, and how many helped."""

    people: Mapping[str, Share]
    helped: int = 0
    most_in_hand: int = 0

    def of(self, share: Share) -> int:
        """How many were asked so often."""
        return list(self.people.values()).count(share)


def load(people: Iterable[str], facts: Facts, period: Period, in_hand: Mapping[str, int]) -> Load:
    """Who of these was asked how often in a stretch of time, and how many of all were introduced to somebody."""
    ever = {each.supporter for each in facts.asks}
    times = Counter(each.supporter for each in facts.asks if period.holds(each.asked))
    helped = {e.supporter for e in facts.asks if e.introduced is not None and period.holds(e.introduced)}
    shares = {one: _share(times[one]) if one in ever else Share.NEVER for one in people}
    return Load(shares, len(helped), max((in_hand.get(one, 0) for one in shares), default=0))


def _share(times: int) -> Share:
    if times >= _MANY:
        return Share.MANY
    return (Share.NONE, Share.ONE, Share.SOME, Share.SOME)[times]


@dataclass(frozen=True, slots=True)
class Insight:
    """The whole of it, in true numbers: for the coordinator's own screen."""

    period: Period
    on: date
    enquiries: int
    introduced: int
    erased: int
    topics: tuple[Demand, ...]
    headings: tuple[Demand, ...]
    pairs: tuple[Demand, ...]
    months: tuple[tuple[Period, int], ...]
    outcomes: Mapping[Outcome, int]
    waits: tuple[Wait, ...]
    load: Load

    @property
    def gaps(self) -> tuple[Demand, ...]:
        """Where somebody lacks, the worst first."""
        return gaps((*self.topics, *self.pairs))

    def wait(self, side: Side) -> Wait:
        """How long one side was waited for."""
        return next(each for each in self.waits if each.side is side)


def asked_topics(cases: Iterable[Case]) -> Counter[str]:
    """How many enquiries asked for each topic."""
    return Counter(topic for each in cases for topic in each.topics)


def asked_headings(cases: Iterable[Case]) -> Counter[str]:
    """How many enquiries asked for something under each heading; those that were erased are among them."""
    return Counter(heading for each in cases for heading in each.headings)


def asked_pairs(cases: Iterable[Case], above: Callable[[str], Sequence[str]]) -> Counter[Pair]:
    """How many asked for both of two topics; not where one stands above the other, which says nothing."""
    asked = Counter(pair for each in cases for pair in combinations(sorted(each.topics), 2))
    higher = {topic: above(topic) for topic in frozenset(chain.from_iterable(asked))}
    beside = {p: times for p, times in asked.items() if p[0] not in higher[p[1]] and p[1] not in higher[p[0]]}
    return Counter(beside)


def in_gap_order(needs: Iterable[Demand]) -> tuple[Demand, ...]:
    """The widest gap first."""
    return tuple(sorted(needs, key=lambda each: each.strain))
