"""Random networks for laws: few ids, names and days, so that people meet, clash and expire often.

A network is made by `Chance` from a seed: hypothesis shrinks the number of people and needs, and the odds are set so
that about as many people are suggested as refused, by every gate.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

from peermatch.matching.register import Register
from peermatch.model.barred import Barred
from peermatch.model.consent import ConsentRecord, Method, Purpose, Wording
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
from peermatch.model.introduction import Introduction, State
from peermatch.model.people import Boundaries, Channel, Relation, Supporter, SupporterStatus
from peermatch.model.reference import Reference

T = TypeVar("T")

TODAY = date(2028, 2, 29)
_YEAR_AGO = date(2027, 2, 28)
NEAR_DAYS = (
    *(TODAY + timedelta(days=days) for days in (-400, -30, -1, 0, 1, 30, 400)),
    *(_YEAR_AGO + timedelta(days=days) for days in (-1, 0, 1)),
)
REFERENCES = ("E-1", "E-2", "E-3")
WORDINGS = (
    Wording("narrow", "This and nothing more."),
    Wording("wide", "This and all below.", covers_narrower=True),
)
_NAMES = (
    "Amina Rahman",
    "Dr. AMINA Rahmán",
    "Tom Wood",
    "Mr",
    "Jo Kay",
    "Prof Tom  Wood",
    "Wen Li",
    "Ann Bell",
)
_ADDRESSES = ("a@example.org", "A@Example.org ", "b@example.org", "c@example.org", "d@example.org", " ")


@dataclass(frozen=True)
class World:
    """A random network with one enquiry put to it on one day."""

    reference: Reference
    supporters: tuple[Supporter, ...]
    introductions: tuple[Introduction, ...]
    barred: tuple[Barred, ...]
    enquiry: Enquiry
    on: date

    def register(self) -> Register:
        """The register of this network."""
        return Register.build(self.reference, self.supporters, self.introductions, self.barred, WORDINGS)


class Chance:
    """Makes people and enquiries from one seed, over the terms given (all of the vocabulary if none are)."""

    def __init__(self, seed: int, reference: Reference, terms: Sequence[str] = ()) -> None:
        vocabulary = reference.vocabulary
        self.random = Random(seed)
        self.reference = reference
        self.terms = tuple(terms or vocabulary.terms)
        self.topics = (*self.terms, *dict.fromkeys(vocabulary.group_of(term) for term in self.terms))
        self.organisations = (*reference.organisations.organisations, *reference.organisations.sites)
        self.specialties = tuple(reference.specialties.specialties)
        self.grades = tuple(reference.grades.grades)
        # Not every network is troubled: half of them hold few people whom a gate refuses.
        self.trouble = self.random.choice((0.02, 0.15))

    def one(self, values: Sequence[T]) -> T:
        return self.random.choice(values)

    def some(self, values: Sequence[T], most: int) -> tuple[T, ...]:
        return tuple(self.random.sample(values, self.random.randint(0, min(most, len(values)))))

    def maybe(self, values: Sequence[T], odds: float = 0.7) -> T | None:
        return self.one(values) if self.random.random() < odds else None

    def seldom(self, usual: T, make: Callable[[], T]) -> T:
        """The usual value, but for trouble."""
        return make() if self.random.random() < self.trouble else usual

    def supporter(self, id: str) -> Supporter:
        """A supporter with any consent, boundaries and relations."""
        listed = self.some(self.terms, 5)
        return Supporter(
            id=id,
            name=self.one(_NAMES),
            email=self.maybe(_ADDRESSES),
            other_emails=self.seldom((), lambda: self.some(_ADDRESSES, 2)),
            prefers=self.maybe(tuple(Channel)),
            languages=self.some(("en", "cy", "EN-gb"), 2),
            grade=self.maybe(self.grades),
            specialty=self.maybe(self.specialties),
            organisation=self.maybe(self.organisations),
            place=self.maybe(("Seaby", "millford", "somewhere")),
            programmes=self.seldom(("peer-support",), lambda: self.some(("mentoring", "buddies"), 2)),
            status=self.seldom(SupporterStatus.ACTIVE, lambda: self.one(tuple(SupporterStatus))),
            paused_until=self.seldom(None, self.day),
            available_from=self.seldom(None, self.day),
            available_until=self.seldom(None, self.day),
            capacity=self.one((0, 1, 2, 2, 3, 4, 4, 5)),
            boundaries=self.seldom(Boundaries(), self.boundaries),
            relations=self.seldom((), lambda: (self.relation(), self.relation())),
            characteristics=listed,
            consents=self.consents(listed),
        )

    def consents(self, listed: tuple[str, ...]) -> tuple[ConsentRecord, ...]:
        """Valid ones for most of what is listed, and others in any order."""
        agreed = [topic for topic in listed if self.random.random() < 0.7]
        records = [
            _yes(Purpose.MATCH, topic) if self.random.random() < 0.6 else self.record(topic)
            for topic in agreed
        ]
        records += [self.record(self.one(self.terms)) for _ in range(self.one((0, 0, 1, 3)))]
        records += self.seldom(
            [_yes(Purpose.HOLD, None)], lambda: [self.record(None) for _ in range(self.one((0, 1, 3)))]
        )
        self.random.shuffle(records)
        return tuple(records)

    def record(self, topic: str | None) -> ConsentRecord:
        """A record of consent, valid or not: to be matched for a topic, or (without one) to be kept on record."""
        return ConsentRecord(
            purpose=Purpose.HOLD if topic is None else Purpose.MATCH,
            characteristic=topic,
            given=self.day(),
            expires=self.maybe(NEAR_DAYS, 0.6),
            withdrawn=self.maybe(NEAR_DAYS, 0.2),
            method=Method.FORM,
            wording=self.one(("narrow", "wide", "unlisted")),
        )

    def day(self) -> date:
        return self.one(NEAR_DAYS)

    def relation(self) -> Relation:
        return Relation(self.one(_ADDRESSES), "trainer", self.day(), self.maybe(NEAR_DAYS))

    def boundaries(self) -> Boundaries:
        """Limits of any kind."""
        return Boundaries(
            same_organisation=self.random.random() < 0.5,
            same_specialty=self.random.random() < 0.5,
            organisations=self.some(self.organisations, 1),
            specialties=self.some(self.specialties, 1),
            topics=self.some(self.topics, 1),
        )

    def enquiry(self, needs: int) -> Enquiry:
        """An enquiry with so many needs (terms and groups), and any wishes and exclusions."""
        importance = (Importance.HELPFUL, Importance.HELPFUL, Importance.ESSENTIAL)
        return Enquiry(
            reference=REFERENCES[0],
            received=TODAY,
            requester=Requester(
                name=self.seldom(None, lambda: self.one(_NAMES)),
                email=self.maybe(_ADDRESSES) if self.random.random() < self.trouble else "t@example.org",
                other_emails=self.seldom((), lambda: self.some(_ADDRESSES, 2)),
            ),
            programme=self.seldom("peer-support", lambda: "mentoring"),
            grade=self.maybe(self.grades),
            specialty=self.maybe(self.specialties),
            organisation=self.maybe(self.organisations),
            place=self.maybe(("Seaby", "nowhere at all")),
            needs=tuple(Need(self.one(self.topics), self.one(importance)) for _ in range(needs)),
            preferences=Preferences(
                specialty=self.one(tuple(SpecialtyWish)),
                grade=self.one(tuple(GradeWish)),
                place=self.one(tuple(PlaceWish)),
                language=self.one((None, "en", "CY")),
                contact=self.maybe(tuple(Channel)),
            ),
            exclusions=self.seldom(Exclusions(), self.exclusions),
        )

    def exclusions(self) -> Exclusions:
        """Whom to keep away from."""
        return Exclusions(
            organisations=self.some(self.organisations, 1),
            specialties=self.some(self.specialties, 1),
            supporters=self.some(("S-1", "S-2", "S-404"), 1),
            people=self.some((*_NAMES, *_ADDRESSES), 1),
        )

    def introduction(self, ids: Sequence[str]) -> Introduction:
        """An introduction of somebody in any state, mostly for another enquiry."""
        reference = self.one((REFERENCES[0], *REFERENCES[1:] * 4))
        return Introduction(reference, self.one((*ids, "S-gone")), self.one(tuple(State)), self.day())

    def world(self, people: int, needs: int) -> World:
        """A whole network."""
        ids = tuple(f"S-{number}" for number in self.random.sample(range(1, 99), people))
        introductions = range(self.one((0, people, people * 2)))
        return World(
            reference=self.reference,
            supporters=tuple(self.supporter(id) for id in ids),
            introductions=tuple(self.introduction(ids) for _ in introductions),
            barred=self.some(
                [Barred(self.one((*_ADDRESSES, "T@example.org")), id) for id in (*ids, "S-gone")], 2
            ),
            enquiry=self.enquiry(needs),
            on=self.seldom(TODAY, self.day),
        )


def _yes(purpose: Purpose, topic: str | None) -> ConsentRecord:
    return ConsentRecord(purpose, topic, TODAY - timedelta(days=300), None, None, Method.FORM, "narrow")


def worlds(
    reference: Reference, terms: Sequence[str] = (), people: int = 14, needs: int = 4
) -> st.SearchStrategy[World]:
    """Networks of up to so many people, with an enquiry of up to so many needs."""

    def make(seed: int, how_many: int, needed: int) -> World:
        return Chance(seed, reference, terms).world(how_many, needed)

    return st.builds(make, st.integers(0, 2**32), st.integers(0, people), st.integers(0, needs))
