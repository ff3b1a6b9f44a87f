"""Random networks at the edges of the rules: ids that nobody knows, days on the line, histories that contradict."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from peermatch.model.barred import Barred
from peermatch.model.characteristics import Term, parse_terms
from peermatch.model.consent import ConsentRecord, Method, Purpose
from peermatch.model.enquiry import Enquiry, Exclusions, Requester
from peermatch.model.introduction import Introduction, State
from peermatch.model.people import Boundaries, Relation, Supporter
from peermatch.model.reference import Reference
from tests.matching.small_reference import SMALL
from tests.strategies import REFERENCES, Chance, World

OWN_TERMS: tuple[Term, ...] = parse_terms(
    [
        {
            "id": "own.seal",
            "label": "Seal",
            "broader": "sea.whale",
            "related": [{"id": "land.horse.foal", "strength": 0.7}],
        },
        {"id": "own.seal.pup", "label": "Pup", "broader": "own.seal"},
        {"id": "own.owl", "label": "Owl", "broader": "land"},
    ]
)
OWN = replace(SMALL, vocabulary=SMALL.vocabulary.extended(OWN_TERMS))
"""The small vocabulary with terms that a network added itself."""

DAYS = (date(2028, 2, 29), date(2029, 2, 28), date(2028, 3, 1), date(2027, 6, 15), date(2027, 6, 15))
STRANGE_TOPICS = ("no.such.term", "sea", "void")
STRANGE = "nobody-knows-it"
NAMES = ("Amina Rahman", "DR Amína  rahman", "prof. Wen Li", "Li Wen", "wen li", "Mx", " ", "Ann Bell")
ADDRESSES = ("t@example.org", " T@Example.ORG", "u@example.org", "U@example.org", "v@example.org", "")


class WideChance(Chance):
    """The same people, troubled on purpose: about one in three by something that lies right on a line."""

    def __init__(self, seed: int, reference: Reference, terms: Sequence[str] = ()) -> None:
        super().__init__(seed, reference, terms)
        self.on = self.one(DAYS)
        self.trouble = self.one((0.03, 0.1, 0.25))
        self.organisations = (*self.organisations, STRANGE)
        self.specialties = (*self.specialties, STRANGE)
        self.grades = (*self.grades, STRANGE)
        self.topics = (*self.topics, *STRANGE_TOPICS)

    def day(self) -> date:
        """A day on, just before or just after the day in question or the one twelve months earlier."""
        back = self.on.replace(year=self.on.year - 1, day=min(self.on.day, 28))
        return self.one((self.on, self.on, back)) + timedelta(days=self.one((-1, 0, 0, 1)))

    def later(self, odds: float) -> date | None:
        return self.day() if self.random.random() < odds else None

    def record(self, topic: str | None) -> ConsentRecord:
        usual = super().record(topic)
        return replace(usual, expires=self.later(0.5), withdrawn=self.later(0.15))

    def consents(self, listed: tuple[str, ...]) -> tuple[ConsentRecord, ...]:
        """Now and then two on one day, and a broader one whose wording covers what is listed."""
        found = list(super().consents(listed))
        for topic in self.some(listed, 2):
            for broader in self.reference.vocabulary.broader_terms(topic)[:2]:
                found.append(replace(self.record(broader), wording=self.one(("wide", "wide", "narrow"))))
        for twin in self.some(found, 2):
            again = replace(twin, expires=self.later(0.5), withdrawn=self.later(0.3))
            found.insert(self.random.randint(0, len(found)), again)
        return tuple(found)

    def supporter(self, id: str) -> Supporter:
        who = super().supporter(id)
        strange = self.some(STRANGE_TOPICS, 1) if self.random.random() < 0.1 else ()
        pairs = [_yes(Purpose.MATCH, topic, self.on) for topic in strange]
        return replace(
            who,
            name=self.one(NAMES),
            email=self.seldom("x@example.org", lambda: self.one(ADDRESSES)),
            languages=self.some(("en", "cy", "EN-gb", "CY"), 2),
            place=self.maybe(("Seaby", "SEA-BY", "millford", " Farhaven ", "somewhere")),
            programmes=self.seldom(
                ("peer-support",), lambda: self.some(("mentoring", "peer-support", "Peer-Support"), 2)
            ),
            characteristics=(*who.characteristics, *strange),
            consents=(*who.consents, *pairs),
        )

    def relation(self) -> Relation:
        return Relation(self.one(ADDRESSES), "supervisor", self.day(), self.later(0.7))

    def boundaries(self) -> Boundaries:
        return replace(super().boundaries(), topics=self.some(self.topics, 2))

    def enquiry(self, needs: int) -> Enquiry:
        usual = super().enquiry(needs)
        requester = Requester(
            name=self.seldom("Tess Trainee", lambda: self.one(NAMES)),
            email=self.one(("t@example.org", "T@example.org ", None)),
            other_emails=self.seldom((), lambda: self.some(ADDRESSES, 2)),
        )
        # What is asked for twice counts twice; what nobody knows is met by nobody.
        twice = (*usual.needs, *usual.needs[:1]) if self.random.random() < 0.2 else usual.needs
        return replace(
            usual,
            requester=requester,
            needs=twice,
            place=self.maybe(("Seaby", "nowhere at all", "sea-by", "Millford")),
            preferences=replace(usual.preferences, language=self.one((None, "EN-GB", "cy"))),
        )

    def exclusions(self) -> Exclusions:
        usual = super().exclusions()
        return replace(usual, people=self.some((*NAMES, *ADDRESSES), 2))

    def introduction(self, ids: Sequence[str]) -> Introduction:
        reference = self.one((REFERENCES[0], *REFERENCES[1:] * 6))
        return Introduction(reference, self.one((*ids, "S-gone")), self.one(tuple(State)), self.day())

    def world(self, people: int, needs: int) -> World:
        made = super().world(people, needs)
        barred = [Barred(self.one(ADDRESSES), who.id) for who in made.supporters]
        return replace(made, on=self.on, barred=self.some(barred, 3))


def _yes(purpose: Purpose, topic: str, on: date) -> ConsentRecord:
    return ConsentRecord(purpose, topic, on, None, None, Method.PAPER, "narrow")


def wide_worlds(reference: Reference, people: int = 12, needs: int = 4) -> st.SearchStrategy[World]:
    """Networks at the edges, of up to so many people."""

    def make(seed: int, how_many: int, needed: int) -> World:
        return WideChance(seed, reference).world(how_many, needed)

    return st.builds(make, st.integers(0, 2**32), st.integers(0, people), st.integers(0, needs))
