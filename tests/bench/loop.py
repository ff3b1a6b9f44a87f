"""The plain way: one loop over the people, each gate and each rule asked in turn; it also checks all the others."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest

from peermatch.model.consent import ConsentRules, Purpose, Standing
from peermatch.model.dates import twelve_months_before
from peermatch.model.introduction import Introduction
from peermatch.model.people import Supporter, SupporterStatus
from tests.bench.asking import SHOWN, WISH, Asked, Wanted, where
from tests.bench.network import DAY, WORDINGS, People

LEVELS = {Standing.WITHDRAWN: 0, Standing.NEVER: 1, Standing.ENDED: 2, Standing.VALID: 3}
VALID = LEVELS[Standing.VALID]


@dataclass(frozen=True, slots=True)
class Person:
    """A supporter with what a program that works by loops would keep beside the record for a day."""

    supporter: Supporter
    active: bool
    levels: Mapping[str, int]
    valid: frozenset[str]
    name: str
    addresses: frozenset[str]
    where: str
    in_hand: int
    times_asked: int
    last_asked: date | None
    asked_for: frozenset[str]
    barred_from: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ranked:
    """One who is suggested, with points by rule."""

    id: str
    score: float
    points: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as far as a screen shows it: the first few, how many there are, and how many each gate refused."""

    first: tuple[tuple[str, float], ...]
    suggested: int
    refused: Mapping[str, int]


def persons(network: People, on: date = DAY) -> list[Person]:
    """Everybody, ready for a day."""
    rules = ConsentRules({each.id: each for each in WORDINGS}, network.reference.vocabulary.broader_terms)
    of: dict[str, list[Introduction]] = {}
    for each in network.introductions:
        of.setdefault(each.supporter, []).append(each)
    barred: dict[str, set[str]] = {}
    for pair in network.barred:
        barred.setdefault(pair.supporter, set()).add(pair.enquirer)
    return [_person(rules, who, of.get(who.id, ()), barred.get(who.id, ()), on) for who in network.supporters]


def _person(
    rules: ConsentRules, who: Supporter, theirs: Sequence[Introduction], barred: Iterable[str], on: date
) -> Person:
    levels = {
        topic: LEVELS[rules.rule(who.consents, Purpose.MATCH, topic, on).standing]
        for topic in who.characteristics
    }
    since = twelve_months_before(on)
    return Person(
        supporter=who,
        active=who.status is SupporterStatus.ACTIVE
        and rules.rule(who.consents, Purpose.HOLD, None, on).valid,
        levels=levels,
        valid=frozenset(topic for topic, level in levels.items() if level == VALID),
        name=who.folded_name,
        addresses=who.addresses,
        where=where(who.organisation, who.place),
        in_hand=sum(each.in_hand for each in theirs),
        times_asked=sum(since < each.asked <= on for each in theirs),
        last_asked=max((each.asked for each in theirs), default=None),
        asked_for=frozenset(each.enquiry for each in theirs),
        barred_from=frozenset(barred),
    )


class Loop:
    """Answers by going through everybody."""

    def __init__(self, everybody: Sequence[Person], on: date = DAY) -> None:
        self._everybody, self._on = everybody, on

    def __call__(self, asked: Asked) -> Said:
        """The first few, and how many each gate is the first to refuse."""
        refused: Counter[str] = Counter()
        passing: list[tuple[float, date, str]] = []
        for person in self._everybody:
            code = next(codes(person, asked, self._on), None)
            if code is None:
                score = score_of(person, parts(person, asked))
                passing.append((-score, person.last_asked or date.min, person.supporter.id))
            else:
                refused[code] += 1
        best = nsmallest(SHOWN, passing, key=lambda each: (round(each[0], 9), each[1], each[2]))
        return Said(tuple((id, -score) for score, _, id in best), len(passing), refused)

    def whole(self, asked: Asked) -> tuple[list[Ranked], dict[str, tuple[str, ...]]]:
        """Everybody who is suggested, in order with points, and all codes of everybody else."""
        suggested: list[tuple[tuple[float, date, str], Ranked]] = []
        refused: dict[str, tuple[str, ...]] = {}
        for person in self._everybody:
            id, found = person.supporter.id, tuple(codes(person, asked, self._on))
            if found:
                refused[id] = found
                continue
            points = parts(person, asked)
            score = score_of(person, points)
            taken = (*points, ("load", -load(person) * sum(each for _, each in points)))
            turn = (-round(score, 9), person.last_asked or date.min, id)
            suggested.append((turn, Ranked(id, score, taken)))
        return [each for _, each in sorted(suggested, key=lambda pair: pair[0])], refused


def codes(person: Person, asked: Asked, on: date) -> Iterator[str]:
    """What refuses somebody, in the order of the table."""
    who = person.supporter
    if not person.active:
        yield "not_active"
    if who.paused_until is not None and on < who.paused_until:
        yield "paused"
    if (who.available_from and on < who.available_from) or (who.available_until and on > who.available_until):
        yield "unavailable"
    if asked.programme not in who.programmes:
        yield "other_programme"
    if person.name in asked.names or person.addresses & asked.addresses:
        yield "same_person"
    yield from _apart(person, asked, on)
    if asked.reference in person.asked_for or person.barred_from & asked.addresses:
        yield "already_asked"
    if person.in_hand >= who.capacity:
        yield "no_room"
    missing = _missing(person, asked)
    if missing:
        yield missing


def _apart(person: Person, asked: Asked, on: date) -> Iterator[str]:
    who = person.supporter
    if (
        who.organisation in asked.excluded_organisations
        or who.specialty in asked.excluded_specialties
        or person.name in asked.excluded_names
        or person.addresses & asked.excluded_addresses
    ):
        yield "excluded_by_enquirer"
    if any(each.to in asked.addresses and each.holds(on) for each in who.relations):
        yield "power_relation"
    limits = who.boundaries
    if (
        (not limits.same_organisation and who.organisation in asked.own_organisations)
        or (not limits.same_specialty and asked.specialty and who.specialty == asked.specialty)
        or not asked.own_organisations.isdisjoint(limits.organisations)
        or asked.specialty in limits.specialties
        or not asked.topics.isdisjoint(limits.topics)
    ):
        yield "own_boundary"


def _missing(person: Person, asked: Asked) -> str | None:
    essential = [need for need in asked.needs if need.essential]
    if essential:
        least = min(_level(person, need) for need in essential)
        if least < VALID:
            return ("essential_not_shared", "consent_missing", "consent_ended")[least]
    if not any(not person.valid.isdisjoint(need.closeness) for need in asked.needs):
        return "nothing_in_common"
    return None


def _level(person: Person, need: Wanted) -> int:
    levels = person.levels
    return max((levels[topic] for topic in levels.keys() & need.meeting), default=0)


def parts(person: Person, asked: Asked) -> list[tuple[str, float]]:
    """The points of needs and wishes, before load."""
    total = asked.total
    found = [
        (
            "essential" if need.essential else "helpful",
            need.weight
            * max((need.closeness[t] for t in person.valid & need.closeness.keys()), default=0.0)
            / total,
        )
        for need in asked.needs
    ]
    for wish in asked.wishes:
        worth = wish.worth
        if wish.column == "language":
            value = max((worth.get(tag, 0.0) for tag in person.supporter.languages), default=0.0)
        else:
            value = worth.get(_value(person, wish.column) or "", 0.0)
        found.append((wish.rule, WISH * value / total))
    return found


def _value(person: Person, column: str) -> str | None:
    if column == "where":
        return person.where
    value: str | None = getattr(person.supporter, column)
    return value


def load(person: Person) -> float:
    """The share that being busy takes away."""
    busy = min(1.0, person.in_hand / (person.supporter.capacity or 1))
    return 0.06 * busy + 0.04 * min(1.0, person.times_asked / 6)


def score_of(person: Person, points: Sequence[tuple[str, float]]) -> float:
    """The score that points add up to."""
    mean = sum(each for _, each in points)
    return mean - mean * load(person)
