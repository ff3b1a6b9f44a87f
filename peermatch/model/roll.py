"""The roll: of each supporter what lists show, sort and search, and nothing of a topic, a need or a consent."""

import json
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain
from operator import itemgetter
from typing import Any

from peermatch.model.people import Supporter, SupporterStatus

STATUSES = tuple(SupporterStatus)
_STATUS = {each: place for place, each in enumerate(STATUSES)}
_DUMPS: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_LOADS: Callable[[str], Any] = json.JSONDecoder().decode
_BESIDE_WORDS = re.compile(r"[^a-z0-9]+")
_FIRST: Callable[[tuple[int, str]], int] = itemgetter(0)
_BETWEEN = "\n"
"""Stands before what somebody is also called: it sorts before every letter, and no folded word holds it."""


def fold(text: str) -> str:
    """Words without case, accents and punctuation, as a list is searched and sorted."""
    if text.isascii():
        return " ".join(_BESIDE_WORDS.sub(" ", text.lower()).split())
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(kept.split())


@dataclass(frozen=True, slots=True)
class Line:
    """One supporter in a list; ``key`` is the name, then the id and the name they go by, folded."""

    id: str
    name: str
    key: str
    status: SupporterStatus
    grade: str | None
    specialty: str | None
    organisation: str | None
    place: str | None
    also: str
    """What else leads to them: the name that they go by, and what stands before the @ of their addresses."""


def line_of(person: Supporter) -> Line:
    """What lists need of a record."""
    known = person.known_as or ""
    boxes = (each.partition("@")[0] for each in (person.email, *person.other_emails) if each)
    return Line(
        person.id,
        person.name,
        f"{fold(person.name)}{_BETWEEN}{fold(f'{person.id} {known}')}",
        person.status,
        person.grade,
        person.specialty,
        person.organisation,
        person.place,
        " ".join(" ".join((known, *boxes)).split()),
    )


SAID = ("grade", "specialty", "organisation", "place")


def lines_of(people: Iterable[Supporter]) -> bytes:
    """The lines of a band as bytes: column after column, words that come again and again by their number."""
    return packed(line_of(each) for each in people)


def packed(lines: Iterable[Line]) -> bytes:
    """The same from lines that were read before."""
    several, words = tuple(lines), {None: 0}
    codes = [[words.setdefault(getattr(each, name), len(words)) for each in several] for name in SAID]
    return _DUMPS(
        [
            list(words)[1:],
            [each.id for each in several],
            [each.name for each in several],
            [each.key for each in several],
            [_STATUS[each.status] for each in several],
            *codes,
            _BETWEEN.join(each.also for each in several),
        ]
    ).encode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The lines of many people, column by column; it never changes."""

    ids: list[str]
    names: list[str]
    keys: list[str]
    statuses: bytes
    said: Mapping[str, list[str | None]]
    also: Sequence[tuple[int, str]]
    """What else leads to them, a band in one text, and where the band begins: few ever ask, and texts are large."""
    places: dict[str, int]
    _apart: dict[int, list[str]] = field(default_factory=dict)
    _order: list[Sequence[int]] = field(default_factory=list)

    @classmethod
    def of(cls, parts: Iterable[bytes]) -> "Columns":
        """From the bytes of bands, in their order."""
        found = [_LOADS(part.decode("utf-8", "surrogatepass")) for part in parts]
        once: dict[str | None, str | None] = {}
        for words, *_ in found:
            words[:] = [None, *(once.setdefault(word, word) for word in words)]

        def column(number: int) -> list[Any]:
            return list(chain.from_iterable(each[number] for each in found))

        def spoken(number: int) -> list[str | None]:
            return [each[0][code] for each in found for code in each[number]]

        ids = column(1)
        starts = [0, *accumulate(len(each[1]) for each in found)][: len(found)]
        return cls(
            ids,
            column(2),
            column(3),
            bytes(column(4)),
            {name: spoken(number) for number, name in enumerate(SAID, 5)},
            tuple(zip(starts, (each[-1] for each in found), strict=True)),
            {id: place for place, id in enumerate(ids)},
        )

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def order(self) -> Sequence[int]:
        """The places by name."""
        if not self._order:
            self._order.append(sorted(range(len(self.keys)), key=self.keys.__getitem__))
        return self._order[0]

    def line(self, place: int) -> Line:
        """One of them."""
        grade, specialty, organisation, town = (self.said[name][place] for name in SAID)
        status, also = STATUSES[self.statuses[place]], self._also(place)
        return Line(
            self.ids[place],
            self.names[place],
            self.keys[place],
            status,
            grade,
            specialty,
            organisation,
            town,
            also,
        )

    def _also(self, place: int) -> str:
        start, texts = self.also[bisect_right(self.also, place, key=_FIRST) - 1]
        apart = self._apart.get(start)
        if apart is None:
            apart = texts.split(_BETWEEN)
            self._apart.clear()
            self._apart[start] = apart
        return apart[place - start]


@dataclass(frozen=True, slots=True, eq=False)
class Roll:
    """Everybody's line, each under a number: those of the columns, and behind them those who changed since.

    A change makes a new roll and leaves this one alone; the columns are shared.
    """

    columns: Columns
    gone: frozenset[int] = frozenset()
    lines: tuple[Line, ...] = ()
    _ready: list[Sequence[int]] = field(default_factory=list)

    @classmethod
    def of(cls, people: Iterable[Supporter]) -> "Roll":
        """The roll of people who stand in no file."""
        return cls(Columns.of((lines_of(people),)))

    def __len__(self) -> int:
        return len(self.columns) - len(self.gone) + len(self.lines)

    def in_order(self) -> "Roll":
        """The same, put in order now rather than when a list is first shown."""
        _ = self.order
        return self

    def changed(self, held: Mapping[str, Line], gone: Iterable[str]) -> "Roll":
        """The roll after a change of a few people."""
        leaving = {*gone, *held}
        rows = {self.columns.places[id] for id in leaving if id in self.columns.places}
        lines = (*(each for each in self.lines if each.id not in leaving), *held.values())
        return Roll(self.columns, self.gone | rows, lines)

    @property
    def order(self) -> Sequence[int]:
        """The numbers of all lines by name."""
        if not self._ready:
            self._ready.append(self._ordered())
        return self._ready[0]

    def _ordered(self) -> Sequence[int]:
        if not self.gone and not self.lines:
            return self.columns.order
        gone, first = self.gone, len(self.columns)
        found = (
            [number for number in self.columns.order if number not in gone]
            if gone
            else list(self.columns.order)
        )
        for number, line in enumerate(self.lines, first):
            found.insert(bisect_left(found, (line.key, line.id), key=self._by_name), number)
        return found

    def _by_name(self, number: int) -> tuple[str, str]:
        return self.key(number), self.id(number)

    def line(self, number: int) -> Line:
        """Everything of one."""
        behind = number - len(self.columns)
        return self.columns.line(number) if behind < 0 else self.lines[behind]

    def id(self, number: int) -> str:
        """Whose line it is."""
        behind = number - len(self.columns)
        return self.columns.ids[number] if behind < 0 else self.lines[behind].id

    def name(self, number: int) -> str:
        """What they are called."""
        behind = number - len(self.columns)
        return self.columns.names[number] if behind < 0 else self.lines[behind].name

    def key(self, number: int) -> str:
        """What it is sorted and found by."""
        behind = number - len(self.columns)
        return self.columns.keys[number] if behind < 0 else self.lines[behind].key

    def status(self, number: int) -> SupporterStatus:
        """Where one stands with the network."""
        behind = number - len(self.columns)
        return STATUSES[self.columns.statuses[number]] if behind < 0 else self.lines[behind].status

    def said(self, name: str) -> Sequence[str | None]:
        """What each line says of a grade, specialty, organisation or place, by its number."""
        column = self.columns.said[name]
        return [*column, *(getattr(each, name) for each in self.lines)] if self.lines else column

    def count(self, *statuses: SupporterStatus) -> int:
        """How many stand at one of these."""
        codes, columns = {_STATUS[each] for each in statuses}, self.columns.statuses
        base = sum(map(columns.count, codes)) - sum(columns[place] in codes for place in self.gone)
        return base + sum(each.status in statuses for each in self.lines)

    def number(self, id: str) -> int | None:
        """The number of somebody's line; None for whoever is not held."""
        place = self.columns.places.get(id)
        if place is not None and place not in self.gone:
            return place
        first = len(self.columns)
        return next((number for number, each in enumerate(self.lines, first) if each.id == id), None)

    def __iter__(self) -> Iterator[Line]:
        """All lines, in the order in which people were added."""
        kept = (place for place in range(len(self.columns)) if place not in self.gone)
        return chain(map(self.columns.line, kept), self.lines)

    def called(self, typed: str, among: Sequence[int]) -> Sequence[int]:
        """Those among some whose name, id or name they go by holds every word that was typed."""
        wanted = fold(typed).split()
        if not wanted:
            return among
        keys, first = self.columns.keys, len(self.columns)
        found = among
        for word in wanted:
            if self.lines:
                found = [n for n in found if word in (keys[n] if n < first else self.lines[n - first].key)]
            else:
                found = [n for n in found if word in keys[n]]
        return found
