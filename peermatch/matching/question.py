"""One enquiry put to the register on one day: what gates and rules may look at, and what they answer."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from peermatch.matching.columns import Columns, Floats, Mask, Person
from peermatch.matching.consents import VALID, Ints, Levels
from peermatch.matching.register import Register
from peermatch.model.characteristics import Vocabulary
from peermatch.model.consent import Purpose, Ruling
from peermatch.model.enquiry import Enquiry, Importance, Need
from peermatch.model.policy import Policy
from peermatch.model.verdict import Code


@dataclass(frozen=True, slots=True)
class Choice:
    """A term that brings some closeness to a need, and the words for one who has it."""

    term: str
    closeness: float
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class NeedView:
    """A need as the supporters answer it: how far it is met, how close each comes, and by which term.

    ``met`` is the best level among the characteristics that meet the need; `VALID` alone may be used.
    """

    need: Need
    choices: tuple[Choice, ...]
    met: Levels
    closeness: Floats
    nearest: Ints

    @property
    def essential(self) -> bool:
        """Whether nobody may be suggested who does not meet it."""
        return self.need.importance is Importance.ESSENTIAL

    def words(self, row: int) -> str | None:
        """The supporter's own characteristic that comes closest; none without valid consent."""
        return self.choices[self.nearest[row]].text if self.closeness[row] > 0 else None


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """An enquiry, a day and a policy, with the register that answers."""

    register: Register
    enquiry: Enquiry
    on: date
    policy: Policy
    needs: tuple[NeedView, ...]

    @classmethod
    def put(cls, register: Register, enquiry: Enquiry, on: date, policy: Policy) -> "Question":
        """The question with each need looked up once."""
        needs = tuple(_view(register, need, on) for need in enquiry.needs)
        return cls(register, enquiry, on, policy, needs)

    @property
    def columns(self) -> Columns:
        """The register's columns."""
        return self.register.columns

    @property
    def day(self) -> int:
        """The day as the columns count days."""
        return self.on.toordinal()

    def person(self, row: int) -> Person:
        """The supporter who stands in a row."""
        return self.register.people[row]

    def ruling(self, row: int, purpose: Purpose, characteristic: str | None = None) -> Ruling:
        """One supporter's consent on the day, with its record."""
        records = self.person(row).supporter.consents
        return self.register.rules.rule(records, purpose, characteristic, self.on)

    def nobody(self) -> Mask:
        """A mask that is false for everybody."""
        return np.zeros(len(self.register), dtype=np.bool_)

    def zeros(self) -> Floats:
        """A value of nothing for everybody."""
        return np.zeros(len(self.register))

    def all_essential_met(self, at_least: int) -> Mask:
        """Who meets every essential need when consent of this level or better is counted."""
        met = ~self.nobody()
        for view in self.needs:
            if view.essential:
                met &= view.met >= at_least
        return met

    def at_one_with(self, organisations: Iterable[str], keys: Iterable[str]) -> list[str]:
        """Those of the keys that are at one with one of the organisations."""
        named = tuple(organisations)
        at_one = self.register.reference.organisations.at_one
        return [key for key in keys if any(at_one(key, each) for each in named)]


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition that refuses: for whom, and the sentence for one of them (by row)."""

    code: Code
    refuses: Callable[[Question], Mask]
    sentence: Callable[[Question, int], str]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One part of the score: its weight, everybody's value in 0..1, and the words for one supporter.

    ``tax`` is the share of the weighted mean that it takes away instead (load). No words, no reason: a part
    that gives nothing may stay silent.
    """

    rule: str
    text: Callable[[int], str | None]
    weight: float = 0.0
    values: Floats | None = None
    tax: Floats | None = None


Rule = Callable[[Question], Sequence[Part]]
"""A rule: the parts that it adds to the score of each supporter."""


def _choices(vocabulary: Vocabulary, need: str) -> tuple[Choice, ...]:
    """The terms that come close to a need: itself, those that meet it, then the others, closest first."""
    below = vocabulary.narrower(need)
    meeting = [need] if vocabulary.is_term(need) else []
    meeting += [term for term in vocabulary.terms if term in below]
    met = [Choice(term, 1.0, vocabulary.label(term)) for term in meeting]
    partial: dict[str, Choice] = {}
    for steps, term in enumerate(vocabulary.broader_terms(need), start=1):
        partial[term] = Choice(term, 0.5**steps, f"{vocabulary.label(term)}, a broader term")
    for term, strength in vocabulary.related(need).items():
        if term not in partial or strength > partial[term].closeness:
            partial[term] = Choice(term, strength, f"{vocabulary.label(term)}, related")
    others = [choice for choice in partial.values() if choice.term not in meeting]
    return (*met, *sorted(others, key=lambda choice: (-choice.closeness, choice.term)))


def _view(register: Register, need: Need, on: date) -> NeedView:
    vocabulary = register.reference.vocabulary
    choices = _choices(vocabulary, need.characteristic)
    column_of = register.column_of
    standing = register.standing(on)[[column_of[choice.term] for choice in choices]]
    meeting = sum(vocabulary.meets(choice.term, need.characteristic) for choice in choices)
    strengths = np.array([choice.closeness for choice in choices])
    closeness = (standing == VALID) * strengths[:, np.newaxis]
    everybody = np.arange(len(register))
    nearest = closeness.argmax(axis=0) if choices else np.zeros(len(register), dtype=np.int64)
    return NeedView(
        need=need,
        choices=choices,
        met=standing[:meeting].max(axis=0, initial=0),
        closeness=closeness[nearest, everybody] if choices else np.zeros(len(register)),
        nearest=nearest,
    )
