"""The fields of one JSON object, read by kind; what is wrong is noted with its place and reading goes on."""

import math
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import TypeVar

from peermatch.errors import Fault
from peermatch.exchange.json_tree import JsonObject, below, shown
from peermatch.model.dates import parse_day

LARGEST_NUMBER = 2**31 - 1
"""The largest whole number that a file may hold; columns of numbers are no wider."""

MOST_FAULTS = 10_000
"""Nobody reads more; the rest of a file with so many is not looked at."""

Choice = TypeVar("Choice", bound=StrEnum)
Built = TypeVar("Built")
Known = Callable[[str], bool]

_MISSING = "this field is missing"
_NO_DAY = "there is no such day; write it as 2026-11-20"


class Fields:
    """Reads one object; a faulty field gives a stand-in, since the caller raises all faults in the end."""

    __slots__ = ("_asked", "_faults", "_values", "place")

    def __init__(self, values: JsonObject, place: str, faults: list[Fault]) -> None:
        self.place = place
        self._faults = faults
        self._asked: set[str] = set()
        self._values = values

    def fault(self, key: str, text: str) -> None:
        """Notes what is wrong with one field."""
        self._faults.append(Fault(below(self.place, key), text))

    def finish(self) -> None:
        """Notes each field that nobody asked for: a slip in its name would otherwise go unseen."""
        for key in self._values:
            if key not in self._asked:
                self.fault(key, "this field is not known")

    def has(self, key: str) -> bool:
        """Whether a field is written, be it as null."""
        self._asked.add(key)
        return key in self._values

    def raw(self, key: str) -> object:
        """What is written, for a reader of its own."""
        self._asked.add(key)
        return self._values.get(key)

    def text(self, key: str) -> str | None:
        """A text, or nothing when it is null or left out."""
        value = self.raw(key)
        if value is None or isinstance(value, str):
            return value
        self.fault(key, "this must be text")
        return None

    def words(self, key: str, default: str = "") -> str:
        """A text that may be left out but is never null."""
        if not self.has(key):
            return default
        value = self.raw(key)
        if isinstance(value, str):
            return value
        self.fault(key, "this must be text")
        return default

    def required(self, key: str) -> str:
        """A text that must be there and say something."""
        if not self.has(key):
            self.fault(key, _MISSING)
            return ""
        value = self.words(key)
        if isinstance(self.raw(key), str) and not value.strip():
            self.fault(key, "this must not be empty")
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false."""
        if not self.has(key):
            return default
        value = self.raw(key)
        if isinstance(value, bool):
            return value
        self.fault(key, "this must be true or false")
        return default

    def whole(self, key: str, default: int, least: int = 0) -> int:
        """A whole number that is not too small; true and false are none."""
        if not self.has(key):
            return default
        value = self.raw(key)
        if not isinstance(value, int) or isinstance(value, bool):
            self.fault(key, "this must be a whole number")
        elif not least <= value <= LARGEST_NUMBER:
            self.fault(key, f"this must lie between {least} and {LARGEST_NUMBER}")
        else:
            return value
        return default

    def number(self, key: str, default: float) -> float:
        """A number, zero or more."""
        if not self.has(key):
            return default
        value = self.raw(key)
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            self.fault(key, "this must be a number")
        elif not (0 <= value <= LARGEST_NUMBER and math.isfinite(value)):
            self.fault(key, f"this must lie between 0 and {LARGEST_NUMBER}")
        else:
            return float(value)
        return default

    def exactly(self, key: str, value: str | int, text: str) -> None:
        """A field that can only say one thing."""
        written = self.raw(key)
        if not self.has(key):
            self.fault(key, _MISSING)
        elif type(written) is not type(value) or written != value:
            self.fault(key, text)

    def day(self, key: str) -> date | None:
        """A day, or nothing when it is null or left out."""
        value = self.raw(key)
        if value is None:
            return None
        found = parse_day(value) if isinstance(value, str) else None
        if found is None:
            self.fault(key, _NO_DAY)
        return found

    def required_day(self, key: str) -> date:
        """A day that must be there."""
        if self.raw(key) is None:
            self.fault(key, _NO_DAY if self.has(key) else _MISSING)
        return self.day(key) or date.min

    def choice(self, key: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        """One of a few words; required where there is no default."""
        value = self.raw(key)
        stand_in = default or next(iter(kind))
        if not self.has(key):
            if default is None:
                self.fault(key, _MISSING)
            return stand_in
        found = _member(kind, value)
        if found is None:
            self.fault(key, f"this must be one of {', '.join(kind)}")
        return found or stand_in

    def one_of(self, key: str, words: tuple[str, ...]) -> str:
        """One of a few words that must be there."""
        value = self.required(key)
        if value.strip() and value not in words:
            self.fault(key, f"this must be one of {', '.join(words)}")
        return value

    def optional_choice(self, key: str, kind: type[Choice]) -> Choice | None:
        """One of a few words, or nothing when it is null or left out."""
        return None if self.raw(key) is None else self.choice(key, kind)

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(each for _, each in self._placed(key, default))

    def reference(self, key: str, known: Known, what: str) -> str | None:
        """The id of something else, or nothing when it is null or left out."""
        value = self.text(key)
        if value is not None and not known(value):
            self.fault(key, unknown(what, value))
        return value

    def required_reference(self, key: str, known: Known, what: str) -> str:
        """The id of something else that must be there."""
        value = self.required(key)
        if value.strip() and not known(value):
            self.fault(key, unknown(what, value))
        return value

    def references(self, key: str, known: Known, what: str) -> tuple[str, ...]:
        """A list of ids of other things."""
        found = self._placed(key, ())
        self._faults += [Fault(place, unknown(what, each)) for place, each in found if not known(each)]
        return tuple(each for _, each in found)

    def _placed(self, key: str, default: tuple[str, ...]) -> list[tuple[str, str]]:
        """Each text of a list with its place."""
        place = below(self.place, key)
        if not self.has(key):
            return [(place, each) for each in default]
        found = []
        for number, each in enumerate(self._entries(key)):
            if isinstance(each, str):
                found.append((f"{place}[{number}]", each))
            else:
                self._faults.append(Fault(f"{place}[{number}]", "this must be text"))
        return found

    def _entries(self, key: str) -> list[object]:
        value = self.raw(key) if self.has(key) else []
        if isinstance(value, list):
            return value
        self.fault(key, "this must be a list")
        return []

    def rows(self, key: str, build: Callable[["Fields"], Built]) -> tuple[Built, ...]:
        """A list of objects, each read to its last field; where faults are too many the rest is left."""
        place = below(self.place, key)
        found: list[Built] = []
        for number, each in enumerate(self._entries(key)):
            if len(self._faults) >= MOST_FAULTS:
                break
            found.append(read_object(each, f"{place}[{number}]", self._faults, build))
        return tuple(found)

    def child(self, key: str, build: Callable[["Fields"], Built]) -> Built:
        """An object within this one; left out, it is as if it were empty."""
        value = self.raw(key) if self.has(key) else JsonObject()
        return read_object(value, below(self.place, key), self._faults, build)

    def required_child(self, key: str, build: Callable[["Fields"], Built]) -> Built | None:
        """An object that must be there."""
        if self.has(key):
            return self.child(key, build)
        self.fault(key, _MISSING)
        return None

    def optional_child(self, key: str, build: Callable[["Fields"], Built]) -> Built | None:
        """An object, or nothing when it is null or left out."""
        return None if self.raw(key) is None else self.child(key, build)


def read_object(value: object, place: str, faults: list[Fault], build: Callable[[Fields], Built]) -> Built:
    """An object read to its last field; of what is no object only that is said."""
    if not isinstance(value, JsonObject):
        faults.append(Fault(place, "this must be an object with fields"))
        return build(Fields(JsonObject(), place, []))
    fields = Fields(value, place, faults)
    built = build(fields)
    fields.finish()
    return built


def unknown(what: str, value: str) -> str:
    """The sentence for an id that leads nowhere."""
    return f"there is no {what} {shown(value) or '(empty)'}"


def _member(kind: type[Choice], value: object) -> Choice | None:
    try:
        return kind(value) if isinstance(value, str) else None
    except ValueError:
        return None
