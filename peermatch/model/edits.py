"""Two edits of one record: what changed since a form was opened, and a record in which neither edit is lost."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Generic, TypeVar

T = TypeVar("T")
Marks = Mapping[str, str]
"""A mark for each field of a record: another value has another mark, and no mark says what the value is."""


@dataclass(frozen=True, slots=True)
class Merged(Generic[T]):
    """Both edits together: ``theirs`` are fields that only the other one changed, ``both`` those where mine stands."""

    record: T
    theirs: tuple[str, ...]
    both: tuple[str, ...]


def marks(record: Any) -> dict[str, str]:
    """How each field stood: to be kept with a form while somebody edits."""
    return {each.name: _mark(getattr(record, each.name)) for each in fields(record)}


def changed(seen: Marks, now: Any) -> tuple[str, ...]:
    """The fields that are other than they were seen, in the order of the record."""
    return tuple(name for name, mark in marks(now).items() if seen.get(name, mark) != mark)


def merged(seen: Marks, mine: T, now: T) -> Merged[T]:
    """My edit of what I saw, put upon the record as it is now."""
    own = marks(mine)
    moved = [name for name in changed(seen, now) if getattr(mine, name) != getattr(now, name)]
    theirs = tuple(name for name in moved if own[name] == seen[name])
    both = tuple(name for name in moved if own[name] != seen[name])
    record: Any = mine
    return Merged(replace(record, **{name: getattr(now, name) for name in theirs}), theirs, both)


def _mark(value: object) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()[:24]
