"""One enquiry put to some people on one day: what gates and rules may look at, and what they answer."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from peermatch.matching.columns import Column, Facts, Floats, Levels, Mask, Rows
from peermatch.matching.register import Register
from peermatch.matching.segment import Day, Segment
from peermatch.model.characteristics import Vocabulary
from peermatch.model.enquiry import Enquiry, Importance, Need
from peermatch.model.policy import Policy
from peermatch.model.reference import Reference
from peermatch.model.spans import VALID
from peermatch.model.verdict import Code


@dataclass(frozen=True, slots=True)
class Choice:
    """A term that brings some closeness to a need, and the words for one who has it."""

    term: str
    closeness: float
    text: str


@dataclass(frozen=True, slots=True)
class NeedView:
    """A need with the terms that come close to it, closest first; so many of them, the first, meet it."""

    need: Need
    choices: tuple[Choice, ...]
    meeting: int

    @property
    def essential(self) -> bool:
        """Whether nobody may be suggested who does not meet it."""
        return self.need.importance is Importance.ESSENTIAL


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """An enquiry, a day and a policy, with the people who are asked about, row by row."""

    register: Register
    segment: Segment
    enquiry: Enquiry
    on: date
    policy: Policy
    needs: tuple[NeedView, ...]
    # The least level at which each meets all that is essential, and who shares a term; made when first asked for.
    _least: list[Levels] = field(default_factory=list)
    _sharing: dict[str, Column] = field(default_factory=dict)

    @property
    def reference(self) -> Reference:
        """The lists that the rules look things up in."""
        return self.register.reference

    @property
    def facts(self) -> Facts:
        """The people's columns."""
        return self.segment.facts

    @property
    def today(self) -> Day:
        """What follows from the day alone."""
        return self.segment.day(self.on)

    def word(self, column: Column, row: int) -> str | None:
        """The word that stands in a column of codes."""
        code = int(column[row])
        return self.register.words.text(code) if code else None

    def nobody(self) -> Mask:
        """A mask that is false for everybody."""
        return self.segment.nobody()

    def standing(self, term: str) -> tuple[Column, Levels]:
        """Who lists a term, rising, and at which level it counts for each."""
        return self.segment.standing(self.register.words.known(term), self.on)

    def sharing(self, term: str) -> Column:
        """Who may be found by a term: those whose consent to it is valid."""
        known: Column | None = self._sharing.get(term)
        if known is None:
            rows, levels = self.standing(term)
            known = self._sharing[term] = rows[np.flatnonzero(levels == VALID)]
        return known

    def course(self, term: str, row: int) -> int:
        """By which course of consent somebody lists a term that they do list; all courses count on together."""
        links, people = self.facts.links, self.facts.people
        where = self.segment.slices[self.register.words.known(term)]
        place = where.start + int(links.rows[where].searchsorted(np.uint32(row)))
        return int(people.first_course[row]) + int(links.courses[place])

    def levels(self, term: str, rows: Column) -> Levels:
        """How much a term counts for each of these rows (narrow numbers); 0 for whoever does not list it."""
        listing, levels = self.standing(term)
        if not len(listing):
            return np.zeros(len(rows), dtype=np.uint8)
        places = np.minimum(listing.searchsorted(rows), len(listing) - 1)
        here: Levels = levels[places] * (listing[places] == rows)
        return here

    def met(self, view: NeedView, row: int) -> int:
        """The best level among somebody's characteristics that meet a need."""
        rows = np.array([row], dtype=np.uint32)
        levels = [int(self.levels(each.term, rows)[0]) for each in view.choices[: view.meeting]]
        return max(levels, default=0)

    def all_essential_met(self, at_least: int) -> Mask:
        """Who meets every essential need when consent of this level or better is counted."""
        if not self._least:
            self._least.append(self._least_level())
        met: Mask = self._least[0] >= at_least
        return met

    def _least_level(self) -> Levels:
        least: Levels = np.full(len(self.segment), VALID, dtype=np.uint8)
        essential = {view.need.characteristic: view for view in self.needs if view.essential}
        for view in essential.values():
            met: Levels = np.zeros(len(self.segment), dtype=np.uint8)
            for choice in view.choices[: view.meeting]:
                rows, levels = self.standing(choice.term)
                met[rows] = np.maximum(met[rows], levels) if view.meeting > 1 else levels
            np.minimum(least, met, out=least)
        return least

    def nearest(self, view: NeedView, rows: Rows) -> Column:
        """The number (from 1) of the choice by which each of these rows comes closest to a need; 0 is none."""
        numbers = np.min_scalar_type(len(view.choices))
        # The closest is written last and stays.
        backwards = [(number, view.choices[number - 1].term) for number in range(len(view.choices), 0, -1)]
        if len(rows) > _FEW:
            everybody = np.zeros(len(self.segment), dtype=numbers)
            for number, term in backwards:
                everybody[self.sharing(term)] = number
            of_rows: Column = everybody[rows]
            return of_rows
        few: Column = np.zeros(len(rows), dtype=numbers)
        narrow = rows.astype(np.uint32)
        for number, term in backwards:
            few[self.levels(term, narrow) == VALID] = number
        return few

    def codes(self, texts: Iterable[str]) -> list[int]:
        """The codes of those of these words that are known."""
        return [code for text in dict.fromkeys(texts) if (code := self.register.words.known(text))]

    def at_one_with(self, organisations: Iterable[str]) -> list[int]:
        """The codes of those organisations that are at one with one of these."""
        family = self.reference.organisations.family
        members = self.segment.kept("families", self._families)
        found = {
            code for each in organisations for member in family(each) for code in members.get(member, ())
        }
        return sorted(found)

    def _families(self) -> dict[str, list[int]]:
        """Of which organisations' families something is a member: the codes of those organisations."""
        named = set(self.facts.tables.away_organisation.values[0].tolist())
        members: dict[str, list[int]] = {}
        for code in {*self.segment.distinct("organisation").tolist(), *named} - {0}:
            for member in self.reference.organisations.family(self.register.words.text(code)):
                members.setdefault(member, []).append(code)
        return members

    def worth(self, column: str, value: Callable[[str], float]) -> Floats:
        """By code, what each word that stands in a column of people is worth; no word is worth nothing."""
        table = np.zeros(len(self.register.words) + 1)
        for code in self.segment.distinct(column).tolist():
            if code:
                table[code] = value(self.register.words.text(code))
        return table


_NOWHERE = slice(0, 0)
_FEW = 64
"""Up to so many people are looked up one by one."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition that refuses: for whom (a mask of all, or rows of a few), and the sentence for one row.

    ``lasting``: it looks at nothing but the day and the programme.
    """

    code: Code
    refuses: Callable[[Question], Mask | Rows]
    sentence: Callable[[Question, int], str]
    lasting: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One part of the score: its weight, the value in 0..1 of each row asked about, and the words for one row.

    ``tax`` is the share of the weighted mean that it takes away instead (load). No words, no reason: a part
    that gives nothing may stay silent.
    """

    rule: str
    text: Callable[[int], str | None]
    weight: float = 0.0
    values: Floats | None = None
    tax: Floats | None = None


Rule = Callable[[Question, Rows], Sequence[Part]]
"""A rule: the parts that it adds to the score of each of these rows."""


def questions(register: Register, enquiry: Enquiry, on: date, policy: Policy) -> Iterator[Question]:
    """The enquiry put to each segment of the register, in the order in which rows count."""
    needs = tuple(views(register, enquiry.needs))
    for segment in register.segments:
        yield Question(register, segment, enquiry, on, policy, needs)


def views(register: Register, needs: Iterable[Need]) -> Iterator[NeedView]:
    """Each need with the terms that come close to it; each is looked up once for all questions."""
    vocabulary = register.reference.vocabulary
    for need in needs:
        asked_for = need.characteristic
        known: tuple[tuple[Choice, ...], int] | None = register.looked_up.get(asked_for)
        if known is None:
            choices = _choices(vocabulary, asked_for)
            known = choices, sum(vocabulary.meets(choice.term, asked_for) for choice in choices)
            if vocabulary.knows(asked_for):
                register.looked_up[asked_for] = known
        yield NeedView(need, *known)


def _choices(vocabulary: Vocabulary, need: str) -> tuple[Choice, ...]:
    """The terms that come close to a need: itself, those that meet it, then the others, closest first."""
    below = vocabulary.narrower(need)
    meeting = [need] if vocabulary.is_term(need) else []
    meeting += [term for term in vocabulary.terms if term in below]
    asked = vocabulary.label(need)
    met = [
        Choice(term, 1.0, f"Shares {vocabulary.label(term)}" + (f", part of {asked}" if term != need else ""))
        for term in meeting
    ]
    partial: dict[str, Choice] = {}
    for steps, term in enumerate(vocabulary.broader_terms(need), start=1):
        partial[term] = Choice(term, 0.5**steps, f"Shares {vocabulary.label(term)}, broader than {asked}")
    for term, strength in vocabulary.related(need).items():
        if term not in partial or strength > partial[term].closeness:
            partial[term] = Choice(term, strength, f"Shares {vocabulary.label(term)}, related to {asked}")
    others = [choice for choice in partial.values() if choice.term not in meeting]
    return (*met, *sorted(others, key=lambda choice: (-choice.closeness, choice.term)))
