"""Reads the rows of a vocabulary file field by field, and gathers every fault instead of only the first."""

import tomllib
from collections.abc import Iterable, Mapping
from typing import Protocol, TypeVar

from peermatch.errors import BadInput, Fault


class Identified(Protocol):
    """A value that is known by its id."""

    @property
    def id(self) -> str:
        """The id, which other files rely on."""


Item = TypeVar("Item", bound=Identified)


class Row:
    """One row, its place in the file, and the list that its faults are added to."""

    __slots__ = ("_faults", "fields", "place")

    def __init__(self, fields: Mapping[str, object], place: str, faults: list[Fault]) -> None:
        self.fields = fields
        self.place = place
        self._faults = faults

    def fault(self, key: str, text: str) -> None:
        """Notes what is wrong with one field of this row."""
        self._faults.append(Fault(f"{self.place}.{key}" if key else self.place, text))

    def only(self, known: frozenset[str]) -> None:
        """Notes each field that nobody knows: a slip in its name would otherwise be lost without a word."""
        for key in self.fields:
            if key not in known:
                self.fault(key, "this field is not known")

    def required(self, key: str) -> str:
        """A text that must be there."""
        value = self.text(key)
        if not value and isinstance(self.fields.get(key, ""), str):
            self.fault(key, "this field is missing or empty")
        return value

    def text(self, key: str) -> str:
        """A text, empty when left out."""
        value = self.fields.get(key, "")
        if isinstance(value, str):
            return value
        self.fault(key, "this must be text")
        return ""

    def flag(self, key: str) -> bool:
        """Yes or no, no when left out."""
        value = self.fields.get(key, False)
        if isinstance(value, bool):
            return value
        self.fault(key, "this must be true or false")
        return False

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty when left out."""
        value = self.fields.get(key, ())
        if isinstance(value, (list, tuple)) and all(isinstance(each, str) for each in value):
            return tuple(value)
        self.fault(key, "this must be a list of texts")
        return ()

    def number(self, key: str) -> float | None:
        """A number, or nothing when left out."""
        value = self.fields.get(key)
        if value is None:
            return None
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return float(value)
        self.fault(key, "this must be a number")
        return None

    def order(self, key: str) -> int:
        """A whole number that must be there."""
        value = self.fields.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self.fault(key, "this must be a whole number")
        return 0

    def children(self, key: str) -> list["Row"]:
        """The rows within this row (``related`` of a characteristic)."""
        return rows_of(self.fields.get(key, ()), f"{self.place}.{key}", self._faults)


def rows_of(value: object, place: str, faults: list[Fault]) -> list[Row]:
    """Each entry of a list as a row; whatever is no row is a fault."""
    if not isinstance(value, (list, tuple)):
        faults.append(Fault(place, "this must be a list"))
        return []
    rows = []
    for number, entry in enumerate(value):
        if isinstance(entry, Mapping) and all(isinstance(key, str) for key in entry):
            rows.append(Row(entry, f"{place}[{number}]", faults))
        else:
            faults.append(Fault(f"{place}[{number}]", "this must be a table of fields"))
    return rows


class Document:
    """One vocabulary file (TOML) and all that is wrong with it."""

    __slots__ = ("_tables", "_what", "faults")

    def __init__(self, text: str, what: str) -> None:
        self._what = what
        self.faults: list[Fault] = []
        try:
            self._tables: Mapping[str, object] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise self._refusal((Fault("", f"this is not a TOML file: {error}"),)) from error

    def rows(self, key: str) -> list[Row]:
        """The rows under one heading, such as ``[[term]]``."""
        return rows_of(self._tables.get(key, ()), key, self.faults)

    def _refusal(self, faults: tuple[Fault, ...]) -> BadInput:
        return BadInput(f"The list of {self._what} cannot be used.", "Put right what is listed.", faults)

    def finish(self) -> None:
        """Raises all faults at once, if there are any."""
        if self.faults:
            raise self._refusal(tuple(self.faults))


def by_id(items: Iterable[Item], place: str, faults: list[Fault]) -> dict[str, Item]:
    """The items under their ids; an id used twice is a fault."""
    found: dict[str, Item] = {}
    for number, item in enumerate(items):
        if item.id in found:
            faults.append(Fault(f"{place}[{number}].id", f"{item.id} is used twice"))
        found.setdefault(item.id, item)
    return found
