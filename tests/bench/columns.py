"""The same people as plain columns of numbers, from which tables, frames and matrices are filled."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tests.bench.asking import Asked, Wanted
from tests.bench.loop import Person
from tests.bench.network import copied

Numbers: TypeAlias = NDArray[Any]

GATES = (
    "not_active", "paused", "unavailable", "other_programme", "same_person", "excluded_by_enquirer", "power_relation",
    "own_boundary", "already_asked", "no_room", "essential_not_shared", "consent_missing", "consent_ended",
    "nothing_in_common",
)  # fmt: skip
"""In the order in which one of them is the first to refuse."""

FOREVER = 3_000_000
PEOPLE = (
    "active", "paused_until", "since", "until", "organisation", "specialty", "grade", "place", "prefers", "name",
    "shuns_organisation", "shuns_specialty", "capacity", "in_hand", "times_asked", "last_asked",
)  # fmt: skip
PAIRS = (
    "programme", "language", "address", "relation", "away_organisation", "away_specialty", "away_topic", "asked",
    "barred", "link",
)  # fmt: skip
"""Tables of one person (the row) and one word each; `relation` and `link` have numbers beside it."""


class Codes(dict[str, int]):
    """A number for each word, from 1; 0 is no word."""

    def __missing__(self, word: str) -> int:
        self[word] = len(self) + 1
        return self[word]

    def of(self, word: str | None) -> int:
        """The number of a word, a new one where it was never met."""
        return self[word] if word else 0

    def some(self, words: Iterable[str]) -> list[int]:
        """The numbers of those of these words that are known."""
        return sorted(self[word] for word in words if word in self)


@dataclass(frozen=True, slots=True)
class Columns:
    """Everybody: ids, columns of people, and pair tables as columns."""

    ids: Sequence[str]
    people: Mapping[str, Numbers]
    pairs: Mapping[str, tuple[Numbers, ...]]
    codes: Codes

    def times(self, copies: int) -> "Columns":
        """Each person several times over, as in `network.chunked`."""
        count = len(self.ids)
        return Columns(
            ids=[copied(id, copy) for copy in range(copies) for id in self.ids],
            people={name: np.tile(column, copies) for name, column in self.people.items()},
            pairs={
                name: (
                    np.concatenate([rows + copy * count for copy in range(copies)]),
                    *(np.tile(c, copies) for c in rest),
                )
                for name, (rows, *rest) in self.pairs.items()
            },
            codes=self.codes,
        )


def columns_of(everybody: Sequence[Person]) -> Columns:
    """Everybody in columns."""
    codes = Codes()
    people: dict[str, list[int]] = {name: [] for name in PEOPLE}
    pairs: dict[str, list[tuple[int, ...]]] = {name: [] for name in PAIRS}
    for row, person in enumerate(everybody):
        for name, value in _person(person, codes).items():
            people[name].append(value)
        for name, lines in _pairs(person, codes).items():
            pairs[name] += [(row, *line) for line in lines]
    widths = {"relation": 4, "link": 3}
    return Columns(
        ids=[person.supporter.id for person in everybody],
        people={name: np.array(column, np.int32) for name, column in people.items()},
        pairs={
            name: tuple(np.array(lines, np.int32).reshape(-1, widths.get(name, 2)).T.copy())
            for name, lines in pairs.items()
        },
        codes=codes,
    )


def _person(person: Person, codes: Codes) -> dict[str, int]:
    who, limits = person.supporter, person.supporter.boundaries
    return {
        "active": person.active,
        "paused_until": who.paused_until.toordinal() if who.paused_until else 0,
        "since": who.available_from.toordinal() if who.available_from else 0,
        "until": who.available_until.toordinal() if who.available_until else FOREVER,
        "organisation": codes.of(who.organisation),
        "specialty": codes.of(who.specialty),
        "grade": codes.of(who.grade),
        "place": codes.of(person.where),
        "prefers": codes.of(who.prefers.value if who.prefers else None),
        "name": codes.of(person.name),
        "shuns_organisation": not limits.same_organisation,
        "shuns_specialty": not limits.same_specialty,
        "capacity": who.capacity,
        "in_hand": person.in_hand,
        "times_asked": person.times_asked,
        "last_asked": person.last_asked.toordinal() if person.last_asked else 0,
    }


def _pairs(person: Person, codes: Codes) -> dict[str, list[tuple[int, ...]]]:
    who, limits = person.supporter, person.supporter.boundaries

    def named(words: Iterable[str]) -> list[tuple[int, ...]]:
        return [(codes.of(word),) for word in words]

    return {
        "programme": named(who.programmes),
        "language": named(who.languages),
        "address": named(person.addresses),
        "relation": [
            (codes.of(each.to), each.start.toordinal(), each.until.toordinal() if each.until else FOREVER)
            for each in who.relations
        ],
        "away_organisation": named(limits.organisations),
        "away_specialty": named(limits.specialties),
        "away_topic": named(limits.topics),
        "asked": named(person.asked_for),
        "barred": named(person.barred_from),
        "link": [(codes.of(topic), level) for topic, level in person.levels.items()],
    }


@dataclass(frozen=True, slots=True)
class Need:
    """A need in numbers: terms that meet it, and terms with what they bring."""

    weight: float
    essential: bool
    meeting: list[int]
    closeness: dict[int, float]


@dataclass(frozen=True, slots=True)
class Wish:
    """A preference in numbers: the column and what each number there is worth."""

    column: str
    worth: dict[int, float]


@dataclass(frozen=True, slots=True)
class Coded:
    """An enquiry in the numbers of some columns; lists of numbers have the names of the words in `Asked`."""

    needs: tuple[Need, ...]
    wishes: tuple[Wish, ...]
    total: float
    reference: int
    programme: int
    specialty: int
    names: list[int]
    addresses: list[int]
    excluded_names: list[int]
    excluded_addresses: list[int]
    excluded_organisations: list[int]
    excluded_specialties: list[int]
    own_organisations: list[int]
    topics: list[int]


def coded(asked: Asked, codes: Codes) -> Coded:
    """An enquiry in numbers; a word that nobody bears is left out, or -1."""

    def known(word: str | None) -> int:
        return codes.get(word or "", -1)

    lists = {
        field.name: codes.some(getattr(asked, field.name))
        for field in fields(Coded)
        if isinstance(getattr(asked, field.name), frozenset)
    }
    return Coded(
        needs=tuple(_need(need, codes) for need in asked.needs),
        wishes=tuple(
            Wish("place" if w.column == "where" else w.column, _worth(w.worth, codes)) for w in asked.wishes
        ),
        total=asked.total,
        reference=known(asked.reference),
        programme=known(asked.programme),
        specialty=known(asked.specialty),
        **lists,
    )


def _need(need: Wanted, codes: Codes) -> Need:
    return Need(need.weight, need.essential, codes.some(need.meeting), _worth(need.closeness, codes))


def _worth(worth: Mapping[str, float], codes: Codes) -> dict[int, float]:
    return {codes[word]: value for word, value in worth.items() if word in codes}
