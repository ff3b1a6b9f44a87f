"""Everybody who can answer: the program and its alternatives, each made ready for a network of a size."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from peermatch.matching.engine import match
from peermatch.matching.register import Register
from peermatch.model.enquiry import Enquiry
from peermatch.model.reference import Reference
from tests.bench.asking import SHOWN, Asked, enquiries, plainly
from tests.bench.columns import Columns, columns_of
from tests.bench.filing import Library
from tests.bench.frames import Pandas, Polars
from tests.bench.loop import Loop, Person, Said, persons
from tests.bench.network import DAY, LARGEST, Chunked, People, chunked, copied, people
from tests.bench.sparse import Sparse
from tests.bench.sql import Sql

Answer = Callable[[Enquiry, Asked], Said]
PROGRAM = "PeerMatch"


@dataclass
class Stand:
    """A network of a size in all the forms that are asked for, each made when it first is."""

    reference: Reference
    size: int
    folder: Path
    _asked: dict[str, Asked] = field(default_factory=dict)

    @property
    def copies(self) -> int:
        """How many times everybody stands in it."""
        return max(1, self.size // LARGEST)

    @cached_property
    def people(self) -> People:
        """Those who were made one by one."""
        return people(self.reference, min(self.size, LARGEST))

    @cached_property
    def chunked(self) -> Chunked:
        """Everybody as the store keeps them for matching."""
        return chunked(self.people, self.copies)

    @cached_property
    def register(self) -> Register:
        """Everybody as the program keeps them."""
        return self.chunked.register(self.reference)

    @cached_property
    def persons(self) -> list[Person]:
        """Everybody as objects."""
        found = persons(self.people)
        if self.copies == 1:
            return found
        return [
            replace(person, supporter=replace(person.supporter, id=copied(person.supporter.id, copy)))
            for copy in range(self.copies)
            for person in found
        ]

    @cached_property
    def columns(self) -> Columns:
        """Everybody as columns of numbers."""
        columns = columns_of(self.persons[: len(self.people.supporters)])
        return columns.times(self.copies) if self.copies > 1 else columns

    @cached_property
    def enquiries(self) -> Sequence[Enquiry]:
        """What is asked, always the same."""
        return enquiries(self.reference, 40)

    def plainly(self, enquiry: Enquiry) -> Asked:
        """An enquiry in plain words, looked up once."""
        if enquiry.reference not in self._asked:
            self._asked[enquiry.reference] = plainly(self.reference, enquiry)
        return self._asked[enquiry.reference]

    def engine(self, name: str) -> Answer:
        """One that answers from this network."""
        if name == PROGRAM:
            return program(self.register)
        others: dict[str, Callable[[], Callable[[Asked], Said]]] = {
            "plain Python loop": lambda: Loop(self.persons),
            "SQL in memory (sqlite3)": lambda: Sql(sqlite3.connect(":memory:"), self.columns),
            "SQL in SQLCipher": lambda: Sql(Library.with_key(self.folder).connection, self.columns),
            "pandas": lambda: Pandas(self.columns),
            "polars (one thread)": lambda: Polars(self.columns),
            "scipy sparse matrix": lambda: Sparse(self.columns),
        }
        other = others[name]()
        return lambda _enquiry, asked: other(asked)


NEEDED = {"pandas": "pandas", "polars (one thread)": "polars", "scipy sparse matrix": "scipy"}


def names() -> list[str]:
    """Those who can answer on this computer, the program first."""
    always = [PROGRAM, "plain Python loop", "SQL in memory (sqlite3)", "SQL in SQLCipher"]
    return always + [name for name, library in NEEDED.items() if find_spec(library)]


def program(register: Register, on: date = DAY) -> Answer:
    """What the program does when an enquiry is opened: the first with their reasons, and the counts of all gates."""

    def answer(enquiry: Enquiry, _asked: Asked) -> Said:
        shortlist = match(register, enquiry, on)
        first = tuple((each.supporter, each.score) for each in shortlist.suggested[:SHOWN])
        counts = {code.value: count for code, count in shortlist.counts}
        return Said(first, len(shortlist.suggested), counts)

    return answer


def differing(one: Said, two: Said) -> str:
    """Where two answers differ, in a word; nothing where they say the same."""
    if one.suggested != two.suggested or dict(one.refused) != dict(two.refused):
        return "counts"
    if [id for id, _ in one.first] != [id for id, _ in two.first]:
        return "order"
    pairs = zip(one.first, two.first, strict=True)
    return "" if all(abs(mine - theirs) < 1e-9 for (_, mine), (_, theirs) in pairs) else "scores"
