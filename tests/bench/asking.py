"""The enquiries of the measurements, and what each alternative is told of one: plain words and numbers, no lookups."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from peermatch.model.enquiry import (
    Enquiry,
    Exclusions,
    GradeWish,
    Importance,
    Need,
    PlaceWish,
    Preferences,
    Requester,
    SpecialtyWish,
)
from peermatch.model.organisations import distance_km
from peermatch.model.people import Channel
from peermatch.model.reference import Reference
from peermatch.model.text import fold_address, fold_name
from tests.bench.network import DAY, TRAINEES, popular, trainee

ESSENTIAL, HELPFUL, WISH = 3.0, 1.0, 0.5
SHOWN = 20
"""So many of the suggested are shown at once."""


ANY = (0, 1, 1, 1, 2)
WAITING = (1, 2, 2)


def enquiries(
    reference: Reference, count: int, essential: Sequence[int] = ANY, seed: int = 11
) -> list[Enquiry]:
    """So many enquiries, with wishes; one of these numbers of topics or groups must be shared, others help."""
    chance = Random(seed)
    terms, often = popular(reference)
    groups = list(reference.vocabulary.groups)
    return [
        _enquiry(
            f"E-{number:05d}", reference, chance, _needs(chance, terms, often.tolist(), groups, essential)
        )
        for number in range(count)
    ]


def _needs(
    chance: Random, terms: list[str], often: list[float], groups: list[str], numbers: Sequence[int]
) -> tuple[Need, ...]:
    topics = list(dict.fromkeys(chance.choices(terms, often, k=chance.randrange(2, 6))))
    essential = chance.choice(numbers)
    return tuple(
        Need(
            chance.choice(groups) if place < essential and chance.random() < 0.15 else topic,
            Importance.ESSENTIAL if place < essential else Importance.HELPFUL,
        )
        for place, topic in enumerate(topics)
    )


def _enquiry(number: str, reference: Reference, chance: Random, needs: tuple[Need, ...]) -> Enquiry:
    organisations = list(reference.organisations.organisations)
    specialties = list(reference.specialties.specialties)
    return Enquiry(
        reference=number,
        received=DAY,
        requester=Requester(
            name=f"Person {chance.randrange(1000)}", email=trainee(chance.randrange(TRAINEES))
        ),
        grade=chance.choice(list(reference.grades.grades)),
        specialty=chance.choice(specialties),
        organisation=chance.choice(organisations),
        needs=needs,
        preferences=_wishes(chance),
        exclusions=Exclusions(
            organisations=tuple(chance.sample(organisations, chance.choice((0, 0, 1, 2)))),
            specialties=tuple(chance.sample(specialties, chance.choice((0, 0, 0, 1)))),
            people=(f"Dr Person {chance.randrange(1000)}",) if chance.random() < 0.2 else (),
        ),
    )


def _wishes(chance: Random) -> Preferences:
    return Preferences(
        specialty=chance.choice(tuple(SpecialtyWish)),
        grade=chance.choice(tuple(GradeWish)),
        place=chance.choice(tuple(PlaceWish)),
        language=chance.choice((None, None, None, "cy")),
        contact=chance.choice((None, None, Channel.PHONE)),
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """A need: its weight, the terms that meet it, and how close each term comes to it."""

    weight: float
    meeting: frozenset[str]
    closeness: Mapping[str, float]

    @property
    def essential(self) -> bool:
        """Whether it must be met."""
        return self.weight == ESSENTIAL


@dataclass(frozen=True, slots=True)
class Wish:
    """A preference: its rule, the column that it looks at, and what each value there is worth (0 if not named)."""

    rule: str
    column: str
    worth: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Asked:
    """An enquiry, said so plainly that any engine can answer it; ``total`` is the sum of all weights."""

    reference: str
    programme: str
    needs: tuple[Wanted, ...]
    wishes: tuple[Wish, ...]
    total: float
    names: frozenset[str]
    addresses: frozenset[str]
    excluded_names: frozenset[str]
    excluded_addresses: frozenset[str]
    excluded_organisations: frozenset[str]
    excluded_specialties: frozenset[str]
    own_organisations: frozenset[str]
    specialty: str | None
    topics: frozenset[str]


def plainly(reference: Reference, enquiry: Enquiry) -> Asked:
    """What an engine has to know of an enquiry, looked up in the lists once."""
    vocabulary, requester, excluded = reference.vocabulary, enquiry.requester, enquiry.exclusions
    # What must be shared goes first, as the reasons do.
    ordered = sorted(enquiry.needs, key=lambda need: need.importance is not Importance.ESSENTIAL)
    wishes = tuple(_plain_wishes(reference, enquiry))
    return Asked(
        reference=enquiry.reference,
        programme=enquiry.programme,
        needs=(needs := tuple(_wanted(reference, need) for need in ordered)),
        wishes=wishes,
        total=sum(need.weight for need in needs) + WISH * len(wishes),
        names=frozenset({requester.folded_name} - {""}),
        addresses=requester.addresses,
        excluded_names=frozenset(fold_name(each) for each in excluded.people) - {""},
        excluded_addresses=frozenset(fold_address(each) for each in excluded.people) - {""},
        excluded_organisations=_at_one(reference, *excluded.organisations),
        excluded_specialties=frozenset(excluded.specialties),
        own_organisations=_at_one(reference, *([enquiry.organisation] if enquiry.organisation else [])),
        specialty=enquiry.specialty,
        topics=frozenset(
            above
            for need in enquiry.needs
            for above in (need.characteristic, *vocabulary.broader(need.characteristic))
        ),
    )


def _at_one(reference: Reference, *named: str) -> frozenset[str]:
    """All organisations and sites at one with one of these."""
    organisations = reference.organisations
    every = (*organisations.organisations, *organisations.sites)
    return frozenset(each for each in every for one in named if organisations.at_one(each, one))


def _wanted(reference: Reference, need: Need) -> Wanted:
    vocabulary, topic = reference.vocabulary, need.characteristic
    closeness = {term: 0.5**step for step, term in enumerate(vocabulary.broader_terms(topic), start=1)}
    for term, strength in vocabulary.related(topic).items():
        closeness[term] = max(strength, closeness.get(term, 0.0))
    meeting = frozenset(term for term in vocabulary.terms if vocabulary.meets(term, topic))
    weight = ESSENTIAL if need.importance is Importance.ESSENTIAL else HELPFUL
    return Wanted(weight, meeting, closeness | dict.fromkeys(meeting, 1.0))


def _plain_wishes(reference: Reference, enquiry: Enquiry) -> Iterator[Wish]:
    wishes = enquiry.preferences
    if wishes.specialty is not SpecialtyWish.ANY:
        yield Wish(
            "specialty", "specialty", _table(reference.specialties.specialties, _alike(reference, enquiry))
        )
    if wishes.grade is not GradeWish.ANY:
        yield Wish("grade", "grade", _table(reference.grades.grades, _graded(reference, enquiry)))
    if wishes.place is not PlaceWish.ANY:
        yield Wish("place", "where", _places(reference, enquiry))
    if wishes.language is not None:
        yield Wish("language", "language", {wishes.language: 1.0})
    if wishes.contact is not None:
        yield Wish("contact", "prefers", {wishes.contact.value: 1.0})


def _table(ids: Mapping[str, object], worth: Callable[[str], float]) -> dict[str, float]:
    return {id: worth(id) for id in ids}


def _alike(reference: Reference, enquiry: Enquiry) -> Callable[[str], float]:
    def worth(id: str) -> float:
        alike = reference.specialties.similarity(id, enquiry.specialty or "")
        return alike if enquiry.preferences.specialty is SpecialtyWish.SAME else 1.0 - alike

    return worth


def _graded(reference: Reference, enquiry: Enquiry) -> Callable[[str], float]:
    grades, senior = reference.grades.grades, enquiry.preferences.grade is GradeWish.SENIOR

    def worth(id: str) -> float:
        mine, theirs = grades[id], grades[enquiry.grade or ""]
        if senior:
            return float(mine.order > theirs.order)
        alike = mine.id in theirs.equivalent or theirs.id in mine.equivalent
        return float(mine.id == theirs.id or alike or mine.order == theirs.order)

    return worth


def _places(reference: Reference, enquiry: Enquiry) -> dict[str, float]:
    """By where somebody is: their organisation, else their town (`where`)."""
    organisations = reference.organisations
    here = organisations.position(enquiry.organisation, enquiry.place)
    worth: dict[str, float] = {}
    for organisation in (None, *organisations.organisations, *organisations.sites):
        for town in (None, "Preston"):
            there = organisations.position(organisation, town)
            if here is not None and there is not None:
                near = min(1.0, max(0.0, (60.0 - distance_km(here, there)) / 45.0))
                far = enquiry.preferences.place is PlaceWish.FAR
                worth[where(organisation, town)] = 1.0 - near if far else near
    return worth


def where(organisation: str | None, town: str | None) -> str:
    """One word for both."""
    return f"{organisation or ''}/{town or ''}"
