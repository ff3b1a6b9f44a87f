"""A slow ranker in plain Python, written from the rules alone, that the engine is compared with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from peermatch.model.enquiry import Enquiry
from peermatch.model.people import Supporter
from peermatch.model.policy import Policy
from tests.matching.reference_world import World, kilometres, written

__all__ = ["Answer", "Ranked", "World", "answer", "codes"]

STANDARD = Policy()
FOR_NOW = {"paused", "unavailable", "no_room", "already_asked"}


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


def answer(world: World, enquiry: Enquiry, on: date, policy: Policy = STANDARD) -> Answer:
    """Everybody suggested or refused, by the letter of the rules."""
    verdicts = {who.id: codes(world, enquiry, who, on) for who in world.supporters}
    few = _rare(world, enquiry, on, verdicts)
    ranked = [
        _rank(world, enquiry, who, on, who.id in few, policy)
        for who in world.supporters
        if not verdicts[who.id]
    ]
    ranked.sort(key=lambda each: (-round(each.score, 9), _last_asked(world, each.supporter), each.supporter))
    refused = tuple((id, tuple(codes)) for id, codes in sorted(verdicts.items()) if codes)
    close = len(ranked) > 1 and round(ranked[0].score - ranked[1].score, 9) <= policy.ambiguous
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
            if set(verdicts[who.id]) <= FOR_NOW
            and any(world.meets(c, need.characteristic) for c in world.topics(who, on, "valid"))
        }
        if len(able) in (1, 2):
            found |= able
    return found


def codes(world: World, enquiry: Enquiry, who: Supporter, on: date) -> list[str]:
    """All that refuses somebody, in the order of the table."""
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
        "no_room": lambda w, e, s, d: w.in_hand(s) >= s.capacity,
    }
    found = [code for code, check in checks.items() if check(world, enquiry, who, on)]
    last = _of_the_last_four(world, enquiry, who, on)
    return [*found, last] if last else found


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
    theirs = written(requester.email, *requester.other_emails)
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
    theirs = written(requester.email, *requester.other_emails)
    asked = any(i.enquiry == enquiry.reference and i.supporter == who.id for i in world.introductions)
    return asked or any(b.supporter == who.id and b.enquirer.strip().lower() in theirs for b in world.barred)


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


def _rank(world: World, enquiry: Enquiry, who: Supporter, on: date, rare: bool, policy: Policy) -> Ranked:
    weighted: list[tuple[str, Fraction, float]] = [
        (
            n.importance.value,
            Fraction(policy.essential if n.importance.value == "essential" else policy.helpful),
            _closeness(world, who, n.characteristic, on),
        )
        for n in sorted(enquiry.needs, key=lambda n: n.importance.value != "essential")
    ]
    weighted += [
        (rule, Fraction(policy.preference), value) for rule, value in _wishes(world, enquiry, who, policy)
    ]
    total = sum((weight for _, weight, _ in weighted), Fraction(0))
    exact = [(rule, weight * Fraction(value) / total) for rule, weight, value in weighted]
    m = sum((points for _, points in exact), Fraction(0))
    load = _load(world, who, on, policy)
    named = [(rule, float(p)) for rule, p in exact]
    return Ranked(who.id, float(m - m * load), rare, (*named, ("load", float(-m * load))))


def _load(world: World, who: Supporter, on: date, policy: Policy) -> Fraction:
    day = on - timedelta(days=1) if (on.month, on.day) == (2, 29) else on
    year_ago = date(day.year - 1, day.month, day.day)
    k = sum(i.supporter == who.id and year_ago < i.asked <= on for i in world.introductions)
    busy = min(Fraction(1), Fraction(world.in_hand(who), who.capacity))
    often = min(Fraction(1), Fraction(k, policy.asked_limit))
    return Fraction(policy.load_in_hand) * busy + Fraction(policy.load_asked) * often


def _wishes(world: World, enquiry: Enquiry, who: Supporter, policy: Policy) -> list[tuple[str, float]]:
    wishes = enquiry.preferences
    found: list[tuple[str, float]] = []
    if wishes.specialty.value != "any":
        found.append(("specialty", _specialty(world, enquiry, who)))
    if wishes.grade.value != "any":
        found.append(("grade", _grade(world, enquiry, who)))
    if wishes.place.value != "any":
        found.append(("place", _place(world, enquiry, who, policy)))
    if wishes.language is not None:
        found.append(("language", float(wishes.language.lower() in [tag.lower() for tag in who.languages])))
    if wishes.contact is not None:
        found.append(("contact", float(who.prefers == wishes.contact)))
    return found


def _specialty(world: World, enquiry: Enquiry, who: Supporter) -> float:
    if who.specialty is None or enquiry.specialty is None:
        return 0.0
    groups, rows = world.reference.specialties.similarity_groups, world.reference.specialties.specialties
    similar = [rows[id].similar if id in rows else () for id in (who.specialty, enquiry.specialty)]
    shared = [groups[g].strength for g in similar[0] if g in similar[1]]
    same = 1.0 if who.specialty == enquiry.specialty else max(shared, default=0.0)
    return same if enquiry.preferences.specialty.value == "same" else 1.0 - same


def _grade(world: World, enquiry: Enquiry, who: Supporter) -> float:
    if who.grade is None or enquiry.grade is None:
        return 0.0
    rows = world.reference.grades.grades
    mine, theirs = rows.get(who.grade), rows.get(enquiry.grade)
    if mine is None or theirs is None:
        return float(enquiry.preferences.grade.value == "same" and who.grade == enquiry.grade)
    if enquiry.preferences.grade.value == "senior":
        return float(mine.order > theirs.order)
    return float(
        mine.id == theirs.id
        or mine.id in theirs.equivalent
        or theirs.id in mine.equivalent
        or mine.order == theirs.order
    )


def _place(world: World, enquiry: Enquiry, who: Supporter, policy: Policy) -> float:
    mine = world.where(who.organisation, who.place)
    theirs = world.where(enquiry.organisation, enquiry.place)
    if mine is None or theirs is None:
        return 0.0
    km, full, none = kilometres(mine, theirs), policy.near_km, policy.far_km
    near = 1.0 if km <= full else 0.0 if km >= none else 1.0 - (km - full) / (none - full)
    return near if enquiry.preferences.place.value == "near" else 1.0 - near
