"""A slow ranker in plain Python, written from the rules alone, that the engine is compared with."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from peermatch.model.consent import ConsentRecord, Wording
from peermatch.model.enquiry import Enquiry
from peermatch.model.introduction import Introduction
from peermatch.model.network import Barred
from peermatch.model.people import Supporter
from peermatch.model.reference import Reference
from peermatch.model.text import fold_name

IN_HAND = {"asked", "accepted", "agreed", "introduced"}


@dataclass(frozen=True)
class Ranked:
    """One who is suggested, with the points by rule in the order of needs and wishes, and the terms behind them."""

    supporter: str
    score: float
    rare: bool
    points: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Answer:
    """What the rules say of an enquiry."""

    suggested: tuple[Ranked, ...]
    refused: tuple[tuple[str, tuple[str, ...]], ...]
    ambiguous: bool


@dataclass(frozen=True)
class World:
    """Everything that the rules may look at."""

    reference: Reference
    supporters: tuple[Supporter, ...]
    introductions: tuple[Introduction, ...]
    barred: tuple[Barred, ...]
    wordings: tuple[Wording, ...]

    # ------------------------------------------------------------------ the vocabulary, read from its rows

    def above(self, id: str) -> list[str]:
        """What is broader, nearest first, the group last."""
        found: list[str] = []
        terms = self.reference.vocabulary.terms
        while id in terms:
            id = terms[id].broader
            found.append(id)
        return found

    def meets(self, characteristic: str, need: str) -> bool:
        return characteristic == need or need in self.above(characteristic)

    def strength(self, a: str, b: str) -> float:
        terms = self.reference.vocabulary.terms
        both = [(a, b), (b, a)]
        return max(
            (s for x, y in both if x in terms for other, s in terms[x].related if other == y), default=0.0
        )

    def closeness_of(self, characteristic: str, need: str) -> float:
        if self.meets(characteristic, need):
            return 1.0
        above = self.above(need)
        steps = above.index(characteristic) + 1 if characteristic in above else None
        return max(self.strength(characteristic, need), 0.5**steps if steps else 0.0)

    # ------------------------------------------------------------------------------------------ consent

    def last(
        self, records: Iterable[ConsentRecord], purpose: str, topic: str | None, on: date
    ) -> ConsentRecord | None:
        exact = [
            r for r in records if r.purpose.value == purpose and r.characteristic == topic and r.given <= on
        ]
        given_last = [r for r in exact if r.given == max(x.given for x in exact)]
        return given_last[-1] if given_last else None

    def standing(self, who: Supporter, purpose: str, topic: str | None, on: date) -> str:
        record = self.last(who.consents, purpose, topic, on)
        if record is None and topic is not None:
            for broader in self.above(topic)[:-1]:
                candidate = self.last(who.consents, purpose, broader, on)
                if candidate is not None and any(
                    w.id == candidate.wording and w.covers_narrower for w in self.wordings
                ):
                    record = candidate
                    break
        if record is None:
            return "never"
        if record.withdrawn is not None and record.withdrawn <= on:
            return "withdrawn"
        return "ended" if record.expires is not None and on >= record.expires else "valid"

    def topics(self, who: Supporter, on: date, standings: str) -> list[str]:
        """Listed characteristics whose `match` stands in one of these ways."""
        return [c for c in who.characteristics if self.standing(who, "match", c, on) in standings.split()]

    # ---------------------------------------------------------------------------------- people and places

    def at_one(self, a: str | None, b: str | None) -> bool:
        return a is not None and b is not None and bool(self.kin(a) & self.kin(b))

    def kin(self, id: str) -> set[str]:
        organisations = self.reference.organisations
        if id in organisations.sites:
            id = organisations.sites[id].organisation
        found = {id}
        while True:
            more = {s for each in found for s in organisations.organisations[each].successors} - found
            if not more:
                return found
            found |= more

    def is_person(self, who: Supporter, name: str | None, addresses: Iterable[str | None]) -> bool:
        own = {a.strip().lower() for a in (who.email, *who.other_emails) if a and a.strip()}
        if own & {a.strip().lower() for a in addresses if a and a.strip()}:
            return True
        return bool(name and fold_name(name)) and fold_name(name or "") == fold_name(who.name)


def answer(world: World, enquiry: Enquiry, on: date) -> Answer:
    """Everybody suggested or refused, by the letter of the rules and the standard weights."""
    verdicts = {who.id: _codes(world, enquiry, who, on) for who in world.supporters}
    few = _rare(world, enquiry, on, verdicts)
    ranked = [
        _rank(world, enquiry, who, on, who.id in few) for who in world.supporters if not verdicts[who.id]
    ]
    ranked.sort(key=lambda each: (-round(each.score, 9), _last_asked(world, each.supporter), each.supporter))
    refused = tuple((id, tuple(codes)) for id, codes in sorted(verdicts.items()) if codes)
    close = len(ranked) > 1 and round(ranked[0].score - ranked[1].score, 9) <= 0.02
    return Answer(tuple(ranked), refused, close)


def _last_asked(world: World, id: str) -> tuple[bool, date]:
    asked = [i.asked for i in world.introductions if i.supporter == id]
    return (True, max(asked)) if asked else (False, date.min)


def _rare(world: World, enquiry: Enquiry, on: date, verdicts: dict[str, list[str]]) -> set[str]:
    found: set[str] = set()
    for need in enquiry.needs:
        able = {
            who.id
            for who in world.supporters
            if set(verdicts[who.id]) <= {"paused", "unavailable", "no_room", "already_asked"}
            and any(world.meets(c, need.characteristic) for c in world.topics(who, on, "valid"))
        }
        if len(able) in (1, 2):
            found |= able
    return found


def _codes(world: World, enquiry: Enquiry, who: Supporter, on: date) -> list[str]:
    checks: dict[str, Callable[[World, Enquiry, Supporter, date], bool]] = {
        "not_active": _not_active,
        "paused": lambda w, e, s, d: s.paused_until is not None and d < s.paused_until,
        "unavailable": _unavailable,
        "other_programme": lambda w, e, s, d: e.programme not in s.programmes,
        "same_person": _same_person,
        "excluded_by_enquirer": _excluded,
        "power_relation": _power,
        "own_boundary": _boundary,
        "already_asked": _already,
        "no_room": lambda w, e, s, d: _in_hand(w, s) >= s.capacity,
    }
    codes = [code for code, check in checks.items() if check(world, enquiry, who, on)]
    last = _of_the_last_four(world, enquiry, who, on)
    return [*codes, last] if last else codes


def _not_active(world: World, enquiry: Enquiry, who: Supporter, on: date) -> bool:
    return who.status.value != "active" or world.standing(who, "hold", None, on) != "valid"


def _unavailable(world: World, enquiry: Enquiry, who: Supporter, on: date) -> bool:
    early = who.available_from is not None and on < who.available_from
    late = who.available_until is not None and on > who.available_until
    return early or late


def _same_person(world: World, enquiry: Enquiry, who: Supporter, on: date) -> bool:
    requester = enquiry.requester
    return world.is_person(who, requester.name, (requester.email, *requester.other_emails))


def _excluded(world: World, enquiry: Enquiry, who: Supporter, on: date) -> bool:
    exclusions = enquiry.exclusions
    return (
        who.id in exclusions.supporters
        or any(world.is_person(who, entry, (entry,)) for entry in exclusions.people)
        or any(world.at_one(who.organisation, each) for each in exclusions.organisations)
        or (who.specialty is not None and who.specialty in exclusions.specialties)
    )


def _power(world: World, enquiry: Enquiry, who: Supporter, on: date) -> bool:
    requester = enquiry.requester
    theirs = {a.strip().lower() for a in (requester.email, *requester.other_emails) if a and a.strip()}
    return any(
        r.to.strip().lower() in theirs and r.start <= on and (r.until is None or on <= r.until)
        for r in who.relations
    )


def _boundary(world: World, enquiry: Enquiry, who: Supporter, on: date) -> bool:
    limits = who.boundaries
    specialty = enquiry.specialty
    return (
        (not limits.same_organisation and world.at_one(who.organisation, enquiry.organisation))
        or (not limits.same_specialty and specialty is not None and who.specialty == specialty)
        or any(world.at_one(each, enquiry.organisation) for each in limits.organisations)
        or (specialty is not None and specialty in limits.specialties)
        or any(
            topic == need.characteristic or topic in world.above(need.characteristic)
            for topic in limits.topics
            for need in enquiry.needs
        )
    )


def _already(world: World, enquiry: Enquiry, who: Supporter, on: date) -> bool:
    requester = enquiry.requester
    theirs = {a.strip().lower() for a in (requester.email, *requester.other_emails) if a and a.strip()}
    asked = any(i.enquiry == enquiry.reference and i.supporter == who.id for i in world.introductions)
    return asked or any(b.supporter == who.id and b.enquirer.strip().lower() in theirs for b in world.barred)


def _in_hand(world: World, who: Supporter) -> int:
    return sum(i.supporter == who.id and i.state.value in IN_HAND for i in world.introductions)


def _of_the_last_four(world: World, enquiry: Enquiry, who: Supporter, on: date) -> str | None:
    essential = [n.characteristic for n in enquiry.needs if n.importance.value == "essential"]

    def all_met(standings: str) -> bool:
        topics = world.topics(who, on, standings)
        return all(any(world.meets(c, need) for c in topics) for need in essential)

    if not all_met("valid ended never"):
        return "essential_not_shared"
    if not all_met("valid ended"):
        return "consent_missing"
    if not all_met("valid"):
        return "consent_ended"
    if not any(_closeness(world, who, n.characteristic, on) > 0 for n in enquiry.needs):
        return "nothing_in_common"
    return None


def _closeness(world: World, who: Supporter, need: str, on: date) -> float:
    return max((world.closeness_of(c, need) for c in world.topics(who, on, "valid")), default=0.0)


def _rank(world: World, enquiry: Enquiry, who: Supporter, on: date, rare: bool) -> Ranked:
    weighted: list[tuple[str, Fraction, float]] = [
        (
            n.importance.value,
            Fraction(3 if n.importance.value == "essential" else 1),
            _closeness(world, who, n.characteristic, on),
        )
        for n in sorted(enquiry.needs, key=lambda n: n.importance.value != "essential")
    ]
    weighted += [(rule, Fraction(1, 2), value) for rule, value in _wishes(world, enquiry, who)]
    total = sum((weight for _, weight, _ in weighted), Fraction(0))
    exact = [(rule, weight * Fraction(value) / total) for rule, weight, value in weighted]
    m = sum((points for _, points in exact), Fraction(0))
    load = _load(world, who, on)
    named = [(rule, float(p)) for rule, p in exact]
    return Ranked(who.id, float(m - m * load), rare, (*named, ("load", float(-m * load))))


def _load(world: World, who: Supporter, on: date) -> Fraction:
    day = on - timedelta(days=1) if (on.month, on.day) == (2, 29) else on
    year_ago = date(day.year - 1, day.month, day.day)
    k = sum(i.supporter == who.id and year_ago < i.asked <= on for i in world.introductions)
    busy = min(Fraction(1), Fraction(_in_hand(world, who), who.capacity))
    return Fraction(6, 100) * busy + Fraction(4, 100) * min(Fraction(1), Fraction(k, 6))


def _wishes(world: World, enquiry: Enquiry, who: Supporter) -> list[tuple[str, float]]:
    wishes = enquiry.preferences
    found: list[tuple[str, float]] = []
    if wishes.specialty.value != "any":
        found.append(("specialty", _specialty(world, enquiry, who)))
    if wishes.grade.value != "any":
        found.append(("grade", _grade(world, enquiry, who)))
    if wishes.place.value != "any":
        found.append(("place", _place(world, enquiry, who)))
    if wishes.language is not None:
        found.append(("language", float(wishes.language.lower() in [tag.lower() for tag in who.languages])))
    if wishes.contact is not None:
        found.append(("contact", float(who.prefers == wishes.contact)))
    return found


def _specialty(world: World, enquiry: Enquiry, who: Supporter) -> float:
    if who.specialty is None or enquiry.specialty is None:
        return 0.0
    known = world.reference.specialties
    mine, theirs = known.specialties[who.specialty], known.specialties[enquiry.specialty]
    shared = [known.similarity_groups[g].strength for g in mine.similar if g in theirs.similar]
    same = 1.0 if mine.id == theirs.id else max(shared, default=0.0)
    return same if enquiry.preferences.specialty.value == "same" else 1.0 - same


def _grade(world: World, enquiry: Enquiry, who: Supporter) -> float:
    if who.grade is None or enquiry.grade is None:
        return 0.0
    mine = world.reference.grades.grades[who.grade]
    theirs = world.reference.grades.grades[enquiry.grade]
    if enquiry.preferences.grade.value == "senior":
        return float(mine.order > theirs.order)
    return float(
        mine.id == theirs.id
        or mine.id in theirs.equivalent
        or theirs.id in mine.equivalent
        or mine.order == theirs.order
    )


def _place(world: World, enquiry: Enquiry, who: Supporter) -> float:
    organisations = world.reference.organisations
    mine = organisations.position(who.organisation, who.place)
    theirs = organisations.position(enquiry.organisation, enquiry.place)
    if mine is None or theirs is None:
        return 0.0
    km = 6371.0088 * _angle(*(math.radians(x) for x in (*mine, *theirs)))
    near = 1.0 if km <= 15 else 0.0 if km >= 60 else 1.0 - (km - 15) / 45
    return near if enquiry.preferences.place.value == "near" else 1.0 - near


def _angle(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The angle between two places, by the cross and dot products of their directions."""
    across = math.hypot(
        math.cos(lat2) * math.sin(lon2 - lon1),
        math.cos(lat1) * math.sin(lat2) - math.sin(lat1) * math.cos(lat2) * math.cos(lon2 - lon1),
    )
    along = math.sin(lat1) * math.sin(lat2) + math.cos(lat1) * math.cos(lat2) * math.cos(lon2 - lon1)
    return math.atan2(across, along)
