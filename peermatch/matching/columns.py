"""The register's columns: what the gates and rules ask of all supporters at once."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from peermatch.matching.consents import Ints, Span, hold_spans, match_spans
from peermatch.model.consent import ConsentRules
from peermatch.model.introduction import Introduction
from peermatch.model.organisations import Position
from peermatch.model.people import Supporter, SupporterStatus
from peermatch.model.reference import Reference
from peermatch.model.text import fold_address

Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


Key = TypeVar("Key", bound=Hashable)


class Index(Generic[Key]):
    """Which supporters carry a key: an organisation, an address, a place, a boundary; rows by key."""

    __slots__ = ("_rows", "_size")

    def __init__(self, keys: Iterable[Iterable[Key | None]]) -> None:
        gathered: dict[Key, list[int]] = {}
        self._size = 0
        for row, each in enumerate(keys):
            self._size += 1
            for key in each:
                if key is not None:
                    gathered.setdefault(key, []).append(row)
        self._rows: dict[Key, Ints] = {key: np.array(rows, dtype=np.int64) for key, rows in gathered.items()}

    @property
    def keys(self) -> Iterable[Key]:
        """Every key that somebody carries."""
        return self._rows.keys()

    def rows(self, keys: Iterable[Key]) -> list[int]:
        """The rows that carry one of the keys, each once, in order."""
        return sorted({int(row) for key in keys for row in self._rows.get(key, ())})

    def mask(self, keys: Iterable[Key]) -> Mask:
        """True for whoever carries one of the keys."""
        found = np.zeros(self._size, dtype=np.bool_)
        for key in keys:
            if key in self._rows:
                found[self._rows[key]] = True
        return found

    def values(self, worth: Callable[[Key], float]) -> Floats:
        """What each one's key is worth; 0 for whoever carries none."""
        found = np.zeros(self._size)
        for key, rows in self._rows.items():
            found[rows] = worth(key)
        return found


@dataclass(frozen=True, slots=True)
class Person:
    """A supporter with what is worked out once and kept until their record changes."""

    supporter: Supporter
    addresses: frozenset[str]
    folded_name: str
    position: Position | None
    hold: tuple[Span, ...]
    match: tuple[Span, ...]


def prepare(
    supporter: Supporter, reference: Reference, rules: ConsentRules, columns: dict[str, int]
) -> Person:
    """The supporter with their folded names, their place and the spans of their consent."""
    return Person(
        supporter=supporter,
        addresses=supporter.addresses,
        folded_name=supporter.folded_name,
        position=reference.organisations.position(supporter.organisation, supporter.place),
        hold=hold_spans(supporter, rules),
        match=match_spans(supporter, rules, columns),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """One array or index for each thing that is asked of all supporters."""

    active: Mask
    paused_until: Ints
    available_from: Ints
    available_until: Ints
    capacity: Ints
    shuns_own_organisation: Mask
    shuns_own_specialty: Mask
    programme: Index[str]
    organisation: Index[str]
    specialty: Index[str]
    grade: Index[str]
    language: Index[str]
    prefers: Index[str]
    name: Index[str]
    address: Index[str]
    related_address: Index[str]
    boundary_organisation: Index[str]
    boundary_specialty: Index[str]
    boundary_topic: Index[str]
    position: Index[Position]

    @classmethod
    def of(cls, people: Sequence[Person]) -> "Columns":
        """The columns of these people, in their order; days are ordinals."""
        everybody = [person.supporter for person in people]
        limits = [s.boundaries for s in everybody]
        return cls(
            active=np.array([s.status is SupporterStatus.ACTIVE for s in everybody], dtype=np.bool_),
            paused_until=_days((s.paused_until for s in everybody), date.min),
            available_from=_days((s.available_from for s in everybody), date.min),
            available_until=_days((s.available_until for s in everybody), date.max),
            capacity=np.array([s.capacity for s in everybody], dtype=np.int64),
            shuns_own_organisation=np.array([not b.same_organisation for b in limits], dtype=np.bool_),
            shuns_own_specialty=np.array([not b.same_specialty for b in limits], dtype=np.bool_),
            programme=Index(s.programmes for s in everybody),
            organisation=Index((s.organisation,) for s in everybody),
            specialty=Index((s.specialty,) for s in everybody),
            grade=Index((s.grade,) for s in everybody),
            language=Index([tag.casefold() for tag in s.languages] for s in everybody),
            prefers=Index((s.prefers,) for s in everybody),
            name=Index((person.folded_name or None,) for person in people),
            address=Index(person.addresses for person in people),
            related_address=Index([fold_address(r.to) for r in s.relations] for s in everybody),
            boundary_organisation=Index(b.organisations for b in limits),
            boundary_specialty=Index(b.specialties for b in limits),
            boundary_topic=Index(b.topics for b in limits),
            position=Index((person.position,) for person in people),
        )


def _days(days: Iterable[date | None], unset: date) -> Ints:
    return np.array([(day or unset).toordinal() for day in days], dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Workload:
    """What the introductions say of each supporter; introductions to people not held are left out."""

    in_hand: Ints
    last_asked: Ints
    asked_rows: Ints
    asked_days: Ints
    enquiry: Index[str]

    @classmethod
    def of(cls, introductions: Iterable[Introduction], row_of: Mapping[str, int]) -> "Workload":
        """The workload of everybody who has a row; `last_asked` is 0 for those never asked."""
        known = [each for each in introductions if each.supporter in row_of]
        rows = np.array([row_of[each.supporter] for each in known], dtype=np.int64)
        days = np.array([each.asked.toordinal() for each in known], dtype=np.int64)
        in_hand = np.array([each.in_hand for each in known], dtype=np.bool_)
        last_asked = np.zeros(len(row_of), dtype=np.int64)
        np.maximum.at(last_asked, rows, days)
        enquiries: list[list[str]] = [[] for _ in row_of]
        for each in known:
            enquiries[row_of[each.supporter]].append(each.enquiry)
        return cls(
            in_hand=np.bincount(rows[in_hand], minlength=len(row_of)),
            last_asked=last_asked,
            asked_rows=rows,
            asked_days=days,
            enquiry=Index(enquiries),
        )

    def times_asked(self, after: date, until: date) -> Ints:
        """How often each was asked after one day and up to another."""
        within = (self.asked_days > after.toordinal()) & (self.asked_days <= until.toordinal())
        return np.bincount(self.asked_rows[within], minlength=len(self.in_hand))
