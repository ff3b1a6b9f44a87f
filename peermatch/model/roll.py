"""The roll: of each supporter what lists show, sort and search, and nothing of a topic, a need or a consent."""

import json
import re
import struct
import unicodedata
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, pairwise, starmap
from typing import Any

from peermatch.model.people import Supporter, SupporterStatus
from peermatch.model.texts import Texts

STATUSES = tuple(SupporterStatus)
_STATUS = {each: place for place, each in enumerate(STATUSES)}
_DUMPS: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_LOADS: Callable[[str], Any] = json.JSONDecoder().decode
_BESIDE_WORDS = re.compile(r"[^a-z0-9]+")
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
    known: str = ""
    """The name that they go by, if there is one."""


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
        known,
    )


SAID = ("grade", "specialty", "organisation", "place")
_TEXTS = ("id", "name", "key", "also", "known")
_HEAD = struct.Struct("<7I")


def lines_of(people: Iterable[Supporter]) -> bytes:
    """The lines of a band as bytes: column after column, words that come again and again by their number."""
    return packed(line_of(each) for each in people)


def packed(lines: Iterable[Line]) -> bytes:
    """The same from lines that were read before.

    How many there are and how long each part is; the length of each text, column by column; their numbers of words,
    line by line; their statuses; the texts, column by column; the words.
    """
    several, words = tuple(lines), {None: 0}
    columns = [[getattr(each, name) for each in several] for name in _TEXTS]
    codes = [words.setdefault(getattr(each, name), len(words)) for each in several for name in SAID]
    told = _DUMPS(list(words)[1:])
    texts = [part.encode("utf-8", "surrogatepass") for part in (*map("".join, columns), told)]
    lengths = struct.pack(
        f"<{len(_TEXTS) * len(several)}I", *(len(text) for column in columns for text in column)
    )
    numbers = struct.pack(f"<{len(SAID) * len(several)}I", *codes)
    statuses = bytes([_STATUS[each.status] for each in several])
    return b"".join((_HEAD.pack(len(several), *map(len, texts)), lengths, numbers, statuses, *texts))


class Said:
    """What each line says of one thing, by the number of its word."""

    __slots__ = ("codes", "words")

    def __init__(self, codes: "array[int]", words: Sequence[str | None]) -> None:
        self.codes, self.words = codes, words

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, place: int) -> str | None:
        return self.words[self.codes[place]]

    def __iter__(self) -> Iterator[str | None]:
        return map(self.words.__getitem__, self.codes)


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The lines of many people, column by column; it never changes."""

    ids: Texts
    names: Texts
    keys: Texts
    also: Texts
    """What else leads to them."""
    known: Texts
    statuses: bytes
    said: Mapping[str, Said]
    _by_id: Sequence[int]
    """The places in the order of ids; nothing where that is the order in which they stand."""
    _spelt: list[list[str]] = field(default_factory=list)
    _order: list[Sequence[int]] = field(default_factory=list)

    @classmethod
    def of(cls, parts: Iterable[bytes]) -> "Columns":
        """From the bytes of bands, in their order."""
        bands = _Bands()
        for part in parts:
            bands.add(part)
        ids, names, keys, also, known = map(bands.column, range(len(_TEXTS)))
        spoken = tuple(bands.words)
        rising = all(starmap(str.__lt__, pairwise(ids)))
        return cls(
            ids,
            names,
            keys,
            also,
            known,
            bytes(bands.statuses),
            {name: Said(bands.codes[number :: len(SAID)], spoken) for number, name in enumerate(SAID)},
            () if rising else array("I", sorted(range(len(ids)), key=list(ids).__getitem__)),
        )

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def order(self) -> Sequence[int]:
        """The places by name."""
        if not self._order:
            keys = list(self.keys)
            self._order.append(array("I", sorted(range(len(keys)), key=keys.__getitem__)))
        return self._order[0]

    @property
    def spelt(self) -> Sequence[str]:
        """All keys at hand, for whoever types: to look through them is quicker than to make them."""
        if not self._spelt:
            self._spelt.append(list(self.keys))
        return self._spelt[0]

    def place(self, id: str) -> int | None:
        """Where somebody stands; None for whoever is not held."""
        ids, by_id = self.ids, self._by_id
        if by_id:
            number = bisect_left(by_id, id, key=ids.__getitem__)
            place = by_id[number] if number < len(by_id) else len(ids)
        else:
            place = bisect_left(ids, id)
        return place if place < len(ids) and ids[place] == id else None

    def line(self, place: int) -> Line:
        """One of them."""
        grade, specialty, organisation, town = (self.said[name][place] for name in SAID)
        return Line(
            self.ids[place],
            self.names[place],
            self.keys[place],
            STATUSES[self.statuses[place]],
            grade,
            specialty,
            organisation,
            town,
            self.also[place],
            self.known[place],
        )


class _Numbers(dict[str | None, int]):
    """Gives each word the next number when it first comes."""

    def __missing__(self, word: str | None) -> int:
        number = self[word] = len(self)
        return number


class _Bands:
    """Bands put together as they come: of a whole network, not two of them need be in memory at once."""

    __slots__ = ("_lengths", "_texts", "codes", "statuses", "words")

    def __init__(self) -> None:
        self.words, self.codes, self.statuses = _Numbers({None: 0}), array("I"), bytearray()
        self._lengths = [array("I") for _ in _TEXTS]
        self._texts = [bytearray() for _ in _TEXTS]

    def add(self, part: bytes) -> None:
        """One band more."""
        people, *sizes = _HEAD.unpack_from(part)
        counts = (*(4 * people for _ in _TEXTS), 4 * len(SAID) * people, people, *sizes)
        cuts = (part[start:end] for start, end in pairwise(accumulate(counts, initial=_HEAD.size)))
        for lengths in self._lengths:
            lengths.frombytes(next(cuts))
        codes = array("I", next(cuts))
        self.statuses += next(cuts)
        for text in self._texts:
            text.extend(next(cuts))
        words = _LOADS(next(cuts).decode("utf-8", "surrogatepass"))
        known = [0, *map(self.words.__getitem__, words)]
        self.codes.extend(map(known.__getitem__, codes))

    def column(self, number: int) -> Texts:
        """One of the columns of texts; it is put together once."""
        text, self._texts[number] = self._texts[number], bytearray()
        return Texts(text.decode("utf-8", "surrogatepass"), self._lengths[number])


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
        rows = {place for id in leaving if (place := self.columns.place(id)) is not None}
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

    def known(self, number: int) -> str:
        """The name that they go by, if there is one."""
        behind = number - len(self.columns)
        return self.columns.known[number] if behind < 0 else self.lines[behind].known

    def also(self, number: int) -> str:
        """What else leads to them."""
        behind = number - len(self.columns)
        return self.columns.also[number] if behind < 0 else self.lines[behind].also

    def status(self, number: int) -> SupporterStatus:
        """Where one stands with the network."""
        behind = number - len(self.columns)
        return STATUSES[self.columns.statuses[number]] if behind < 0 else self.lines[behind].status

    def said(self, name: str) -> Said | Sequence[str | None]:
        """What each line says of a grade, specialty, organisation or place, by its number."""
        column = self.columns.said[name]
        return [*column, *(getattr(each, name) for each in self.lines)] if self.lines else column

    def counted(self, name: str, numbers: Iterable[int]) -> Counter[str | None]:
        """How many of these say each word there is of a grade, specialty, organisation or place."""
        said = self.said(name)
        if not isinstance(said, Said):
            return Counter(map(said.__getitem__, numbers))
        found = Counter(map(said.codes.__getitem__, numbers))
        return Counter({said.words[code]: count for code, count in found.items()})

    def count(self, *statuses: SupporterStatus) -> int:
        """How many stand at one of these."""
        codes, columns = {_STATUS[each] for each in statuses}, self.columns.statuses
        base = sum(map(columns.count, codes)) - sum(columns[place] in codes for place in self.gone)
        return base + sum(each.status in statuses for each in self.lines)

    def number(self, id: str) -> int | None:
        """The number of somebody's line; None for whoever is not held."""
        place = self.columns.place(id)
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
        keys, first = self.columns.spelt, len(self.columns)
        found = among
        for word in wanted:
            if self.lines:
                found = [n for n in found if word in (keys[n] if n < first else self.lines[n - first].key)]
            else:
                found = [n for n in found if word in keys[n]]
        return found
