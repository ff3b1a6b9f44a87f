"""What ``resources/suggest`` says about how people write, read once into plain values."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from peermatch.errors import BadInput, Fault
from peermatch.matching.suggesting.patterns import Language
from peermatch.matching.suggesting.words import Stemmer, phrase

FILES = ("grammar", "ordinary", "risk", "scope", "stated", "topics")
"""The names of the files in ``resources/suggest``, without their ending."""

Table: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Cues:
    """The tables of all files by name, and the language that their phrases are written in."""

    tables: Mapping[str, Table]
    language: Language

    @classmethod
    def parse(cls, texts: Mapping[str, str]) -> "Cues":
        """The cues from the texts of their files, each under its name without the ending."""
        missing = tuple(Fault(name, "this file is missing") for name in FILES if name not in texts)
        if missing:
            raise BadInput("Part of the word lists is missing.", "Install the program again.", missing)
        tables = {name: _table(name, texts[name]) for name in FILES}
        grammar = tables["grammar"]
        stemmer = Stemmer({base: strings(grammar, "irregular", base) for base in table(grammar, "irregular")})
        classes = {
            name: frozenset(
                each for member in words(grammar, "classes", name) for each in _single(member, stemmer)
            )
            for name in table(grammar, "classes")
        }
        small = frozenset(words(grammar, "small"))
        common = frozenset(stemmer.stem(each) for each in (*small, *words(grammar, "common")))
        return cls(tables, Language(stemmer, classes, small, common))


def _single(member: str, stemmer: Stemmer) -> tuple[str, ...]:
    stems = phrase(member, stemmer)
    return stems if len(stems) == 1 else ()


def _table(name: str, text: str) -> Table:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        faults = (Fault(name, f"this is not a TOML file: {error}"),)
        raise BadInput("The word lists cannot be used.", "Put right what is listed.", faults) from error


def _at(tables: Table, path: tuple[str, ...]) -> object:
    value: object = tables
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def table(tables: Table, *path: str) -> Table:
    """A table within a table; empty when it is not there."""
    value = _at(tables, path)
    return value if isinstance(value, Mapping) else {}


def strings(tables: Table, *path: str) -> tuple[str, ...]:
    """A list of texts; empty when it is not there."""
    value = _at(tables, path)
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def words(tables: Table, *path: str) -> tuple[str, ...]:
    """The words of a text; none when it is not there."""
    value = _at(tables, path)
    return tuple(value.split()) if isinstance(value, str) else ()


def number(tables: Table, *path: str, default: float) -> float:
    """A number, or what to take when it is not there."""
    value = _at(tables, path)
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else default
