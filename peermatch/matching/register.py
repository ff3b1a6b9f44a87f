"""The register: an immutable snapshot of all supporters in columns, which answers any enquiry at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from peermatch.matching.columns import Columns, Index, Mask, Person, Workload, prepare
from peermatch.matching.consents import VALID, Levels, SpanTable
from peermatch.model.consent import ConsentRules, Wording
from peermatch.model.introduction import Introduction
from peermatch.model.network import Barred
from peermatch.model.people import Supporter
from peermatch.model.reference import Reference
from peermatch.model.text import fold_address

_DAYS_KEPT = 4
"""A session asks for today, now and then for another day; more would only take up memory."""


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """Everybody who might be asked, sorted by id; a change makes a new register and leaves this one alone."""

    reference: Reference
    rules: ConsentRules
    people: tuple[Person, ...]
    introductions: tuple[Introduction, ...]
    barred: tuple[Barred, ...]
    row_of: Mapping[str, int]
    column_of: Mapping[str, int]
    supporters: Mapping[str, Supporter]
    columns: Columns
    workload: Workload
    barred_address: Index[str]
    hold: SpanTable
    match: SpanTable
    # What follows from a day alone, kept for the next question on it; it changes no answer.
    _days: dict[int, tuple[Mask, Levels]] = field(default_factory=dict)

    @classmethod
    def build(
        cls,
        reference: Reference,
        supporters: Iterable[Supporter],
        introductions: Iterable[Introduction],
        barred: Iterable[Barred],
        wordings: Iterable[Wording],
    ) -> "Register":
        """The register of these people; the order in which anything is given changes nothing."""
        rules = ConsentRules({each.id: each for each in wordings}, reference.vocabulary.broader_terms)
        people = _prepared(supporters, reference, rules)
        return cls._assembled(reference, rules, people, tuple(introductions), tuple(barred))

    def replaced(
        self,
        *,
        supporters: Iterable[Supporter] = (),
        removed: Iterable[str] = (),
        introductions: Iterable[Introduction] | None = None,
        barred: Iterable[Barred] | None = None,
        wordings: Iterable[Wording] | None = None,
    ) -> "Register":
        """The register after a change: these supporters added or changed, those removed, and whole new lists.

        A list that is not given stays; only what changed is worked out again.
        """
        rules = self.rules
        people = {person.supporter.id: person for person in self.people}
        if wordings is not None:
            rules = ConsentRules({each.id: each for each in wordings}, rules.broader_terms)
            people = _prepared(self.supporters.values(), self.reference, rules)
        people |= _prepared(supporters, self.reference, rules)
        for id in removed:
            people.pop(id, None)
        return self._assembled(
            self.reference,
            rules,
            people,
            self.introductions if introductions is None else tuple(introductions),
            self.barred if barred is None else tuple(barred),
        )

    @classmethod
    def _assembled(
        cls,
        reference: Reference,
        rules: ConsentRules,
        by_id: Mapping[str, Person],
        introductions: tuple[Introduction, ...],
        barred: tuple[Barred, ...],
    ) -> "Register":
        ids = sorted(by_id)
        people = tuple(by_id[id] for id in ids)
        row_of = MappingProxyType({id: row for row, id in enumerate(ids)})
        enquirers: list[list[str]] = [[] for _ in ids]
        for pair in barred:
            if pair.supporter in row_of:
                enquirers[row_of[pair.supporter]].append(fold_address(pair.enquirer))
        return cls(
            reference=reference,
            rules=rules,
            people=people,
            introductions=introductions,
            barred=barred,
            row_of=row_of,
            column_of=MappingProxyType(_column_of(reference)),
            supporters=MappingProxyType({id: by_id[id].supporter for id in ids}),
            columns=Columns.of(people),
            workload=Workload.of(introductions, row_of),
            barred_address=Index(enquirers),
            hold=SpanTable([person.hold for person in people], 1),
            match=SpanTable([person.match for person in people], len(reference.vocabulary.terms)),
        )

    def __len__(self) -> int:
        return len(self.people)

    def held(self, on: date) -> Mask:
        """Whose record may be kept on a day."""
        return self._on(on)[0]

    def standing(self, on: date) -> Levels:
        """The level of each characteristic (in the vocabulary's order) of each supporter on a day."""
        return self._on(on)[1]

    def _on(self, on: date) -> tuple[Mask, Levels]:
        day = on.toordinal()
        known = self._days.get(day)
        if known is None:
            known = (self.hold.levels(day)[0] == VALID, self.match.levels(day))
            if len(self._days) >= _DAYS_KEPT:
                self._days.clear()
            self._days[day] = known
        return known


def _prepared(
    supporters: Iterable[Supporter], reference: Reference, rules: ConsentRules
) -> dict[str, Person]:
    columns = _column_of(reference)
    return {each.id: prepare(each, reference, rules, columns) for each in supporters}


def _column_of(reference: Reference) -> dict[str, int]:
    return {id: column for column, id in enumerate(reference.vocabulary.terms)}
