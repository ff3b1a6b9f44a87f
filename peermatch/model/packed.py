"""The byte layout of supporters for matching: up to 256 people in one chunk, which numpy reads without a loop.

A chunk holds all that gates, rules and their sentences ask of a person, and nothing else: no name, no address and no
text but the id. Words (ids of organisations, terms, grades, languages ...) stand as codes into `Words`, one table for
the whole network, that only grows; names and addresses as digests of their folded form (`key`), and the enquiries for
which somebody was asked as a shorter digest of the reference (`mark`).

Layout, all numbers little endian, without padding between the parts:

    header   2s magic b"PM" | B version | B bytes of a code, 2 or 4 | H bytes of an id | B bytes of a few, 1 or 4 | x
             | one I for each of COUNTS
    sections in the order of `SECTIONS`, each as many items as its count says, one behind the other

Sections counted by `people` hold one item a person, in the order of the chunk. `courses` are the different histories
of consent (see `model.spans`), person after person, of each the consent to keep the record first; `steps` are theirs,
course after course. `links` are the listed characteristics, person after person: the topic, and which of the
person's own courses (0 is the first) its consent to `match` takes. All other counts are small tables whose first
column is the person's place in the chunk (0 to 255), rising. Days are ordinals (1 January of year 1 is 1).

What stands here follows from the record, from the wordings that cover narrower terms and from what is broader than
what: `origin` says from which, and a chunk of another origin is packed anew.

`outlook`, `settled`, `over` and `agreed` are `model.outlook`, for questions about everybody, in days since 1990 on two
bytes; whoever has a day that does not fit is never settled, and is judged by the record.
"""

import struct
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import blake2b
from itertools import accumulate, pairwise
from json import dumps
from operator import itemgetter, mul
from types import MappingProxyType
from typing import Any

from peermatch.model.characteristics import Vocabulary
from peermatch.model.consent import ConsentRules, Wording
from peermatch.model.introduction import Introduction
from peermatch.model.outlook import Outlook, outlook
from peermatch.model.packed_words import Words
from peermatch.model.people import Channel, Supporter, SupporterStatus
from peermatch.model.spans import Course, Courses
from peermatch.model.text import fold_address, fold_name

VERSION = 4
"""Rises whenever the layout, or how a name or address is folded, changes."""

CHUNK = 256
"""The most people in one chunk: to rewrite one for a changed person is quick, to read all of them too."""

KEY_BYTES = 16
NO_KEY = bytes(KEY_BYTES)
STATUSES = tuple(SupporterStatus)
CHANNELS = (None, *Channel)
SHUNS_ORGANISATION, SHUNS_SPECIALTY, PREFERS_SHIFT = 1, 2, 2
"""The bits of `flags`: not from the own organisation, not from the own specialty, and above them CHANNELS."""
NEVER_ASKED, TOOK_BACK, COUNTED = 1, 2, 4
"""The bits of `outlook`."""
FIRST_DAY = date(1990, 1, 1).toordinal()
NEVER_SETTLED = NO_END = 2**16 - 1

COUNTS = (
    "people", "courses", "steps", "links", "early_end", "paused", "starting", "leaving", "address", "relation",
    "away_organisation", "away_specialty", "away_topic", "agreed", "asked",
)  # fmt: skip
_HEADER = struct.Struct(f"<2sBBHBx{len(COUNTS)}I")
_MAGIC = b"PM"
_MOST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Section:
    """One column: its name, what it counts, and its kind: a letter of `struct`, or `id`, `code`, `few` or `key`.

    A few is a number that is small of nearly everybody.
    """

    name: str
    counted: str
    kind: str


SECTIONS = (
    Section("id", "people", "id"),
    Section("status", "people", "B"),
    Section("flags", "people", "B"),
    Section("capacity", "people", "few"),
    Section("organisation", "people", "code"),
    Section("specialty", "people", "code"),
    Section("grade", "people", "code"),
    Section("where", "people", "code"),
    Section("programmes", "people", "code"),
    Section("languages", "people", "code"),
    Section("name", "people", "key"),
    Section("outlook", "people", "B"),
    Section("settled", "people", "H"),
    Section("over", "people", "H"),
    Section("course_count", "people", "few"),
    Section("link_count", "people", "few"),
    Section("step_count", "courses", "few"),
    Section("step", "steps", "I"),
    Section("topic", "links", "code"),
    Section("course", "links", "few"),
    Section("early_end.row", "early_end", "B"),
    Section("early_end.course", "early_end", "H"),
    Section("early_end.start", "early_end", "i"),
    Section("early_end.ended", "early_end", "i"),
    Section("paused.row", "paused", "B"),
    Section("paused.until", "paused", "i"),
    Section("starting.row", "starting", "B"),
    Section("starting.day", "starting", "i"),
    Section("leaving.row", "leaving", "B"),
    Section("leaving.day", "leaving", "i"),
    Section("address.row", "address", "B"),
    Section("address.key", "address", "key"),
    Section("relation.row", "relation", "B"),
    Section("relation.key", "relation", "key"),
    Section("relation.start", "relation", "i"),
    Section("relation.until", "relation", "i"),
    Section("away_organisation.row", "away_organisation", "B"),
    Section("away_organisation.code", "away_organisation", "code"),
    Section("away_specialty.row", "away_specialty", "B"),
    Section("away_specialty.code", "away_specialty", "code"),
    Section("away_topic.row", "away_topic", "B"),
    Section("away_topic.code", "away_topic", "code"),
    Section("agreed.row", "agreed", "B"),
    Section("agreed.until", "agreed", "H"),
    Section("agreed.wording", "agreed", "code"),
    Section("agreed.asked", "agreed", "B"),
    Section("asked.row", "asked", "B"),
    Section("asked.enquiry", "asked", "Q"),
    Section("asked.day", "asked", "i"),
    Section("asked.in_hand", "asked", "B"),
)


def key(folded: str) -> bytes:
    """A folded name or address as a digest; nothing (an empty text) is `NO_KEY` and equals nobody's.

    At 128 bits no two different texts that anybody can find share one, so equal digests are equal texts.
    """
    if not folded:
        return NO_KEY
    return blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES).digest()


def mark(reference: str) -> int:
    """The number by which an enquiry is known again: it grows with no list of references, and fits into a column.

    Of a million references, two share one once in thirty million networks.
    """
    digest = blake2b(reference.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def origin(wordings: Iterable[Wording], vocabulary: Vocabulary) -> str:
    """What a chunk depends on besides the people in it; where it differs, pack again."""
    wide = sorted(wording.id for wording in wordings if wording.covers_narrower)
    above = {term: vocabulary.broader_terms(term) for term in sorted(vocabulary.terms)} if wide else {}
    said = dumps([VERSION, unicodedata.unidata_version, wide, above], sort_keys=True)
    return blake2b(said.encode(), digest_size=16).hexdigest()


Steps = Mapping[str, Sequence[Introduction]]
"""The introductions of each supporter."""
_NO_STEPS: Steps = MappingProxyType({})


class Packer:
    """Packs people by the rules of consent; new words go into the table that it was given."""

    __slots__ = ("_courses", "_rules", "_words")

    def __init__(self, rules: ConsentRules, words: Words) -> None:
        self._courses, self._rules = Courses(rules), rules
        self._words = words

    def chunks(self, people: Sequence[Supporter], steps: Steps = _NO_STEPS) -> Iterator[bytes]:
        """Everybody, `CHUNK` at a time, in the order given."""
        for start in range(0, len(people), CHUNK):
            yield self.pack(people[start : start + CHUNK], steps)

    def pack(self, people: Sequence[Supporter], steps: Steps = _NO_STEPS) -> bytes:
        """One chunk of up to `CHUNK` people, in the order given, with their introductions in theirs."""
        cells: dict[str, list[Any]] = {section.name: [] for section in SECTIONS}
        for row, person in enumerate(people):
            self._person(cells, row, person)
            self._consent(cells, row, person)
            self._outlook(cells, row, outlook(person, self._rules))
            for each in steps.get(person.id, ()):
                day, busy = each.asked.toordinal(), each.in_hand
                _line(cells, "asked", row, enquiry=mark(each.enquiry), day=day, in_hand=busy)
        return _bytes(cells)

    def _person(self, cells: dict[str, list[Any]], row: int, person: Supporter) -> None:
        code, limits = self._words.code, person.boundaries
        flags = SHUNS_ORGANISATION * (not limits.same_organisation)
        flags |= SHUNS_SPECIALTY * (not limits.same_specialty)
        place = " ".join((person.place or "").split()).casefold()
        cells["id"].append(person.id.encode("utf-8", "surrogatepass"))
        cells["status"].append(STATUSES.index(person.status))
        cells["flags"].append(flags | CHANNELS.index(person.prefers) << PREFERS_SHIFT)
        cells["capacity"].append(min(person.capacity, _MOST))
        cells["organisation"].append(code(person.organisation))
        cells["specialty"].append(code(person.specialty))
        cells["grade"].append(code(person.grade))
        cells["where"].append(self._words.bundle((person.organisation, place)))
        cells["programmes"].append(self._words.bundle(person.programmes))
        cells["languages"].append(self._words.bundle(tuple(tag.casefold() for tag in person.languages)))
        cells["name"].append(key(fold_name(person.name)))
        _day(cells, "paused.until", row, person.paused_until)
        _day(cells, "starting.day", row, person.available_from)
        _day(cells, "leaving.day", row, person.available_until)
        for address in sorted(person.addresses):
            _line(cells, "address", row, key=key(address))
        for relation in person.relations:
            last = (relation.until or date.max).toordinal()
            to = key(fold_address(relation.to))
            _line(cells, "relation", row, key=to, start=relation.start.toordinal(), until=last)
        for each in dict.fromkeys(limits.organisations):
            _line(cells, "away_organisation", row, code=code(each))
        for each in dict.fromkeys(limits.specialties):
            _line(cells, "away_specialty", row, code=code(each))
        for each in dict.fromkeys(limits.topics):
            _line(cells, "away_topic", row, code=code(each))

    def _consent(self, cells: dict[str, list[Any]], row: int, person: Supporter) -> None:
        hold, match = self._courses.of(person.consents, person.characteristics)
        courses: dict[Course, int] = {hold: 0}
        code = self._words.code
        for topic, course in match:
            cells["topic"].append(code(topic))
            cells["course"].append(courses.setdefault(course, len(courses)))
        cells["link_count"].append(len(match))
        cells["course_count"].append(len(courses))
        for course, number in courses.items():
            cells["step_count"].append(len(course.steps))
            cells["step"] += course.steps
            for start, ended in course.endings:
                _line(cells, "early_end", row, course=number, start=start, ended=ended)

    def _outlook(self, cells: dict[str, list[Any]], row: int, seen: Outlook) -> None:
        ends = (each.until for each in seen.agreed)
        fits = all(day is None or _short(day) is not None for day in (*ends, seen.over))
        settled = max(0, seen.settled.toordinal() - FIRST_DAY)
        cells["outlook"].append(
            NEVER_ASKED * seen.never | TOOK_BACK * seen.took_back | COUNTED * seen.counted
        )
        cells["settled"].append(min(settled, NEVER_SETTLED) if fits else NEVER_SETTLED)
        cells["over"].append(_short(seen.over) or 0)
        for each in sorted(seen.agreed, key=lambda each: (each.until or date.max, each.wording)):
            until, wording = _short(each.until) or NO_END, self._words.code(each.wording)
            _line(cells, "agreed", row, until=until, wording=wording, asked=each.asked)


def _short(day: date | None) -> int | None:
    """A day on two bytes; None where there is none, or it does not fit."""
    number = day.toordinal() - FIRST_DAY if day is not None else 0
    return number if 0 < number < NO_END else None


def _day(cells: dict[str, list[Any]], name: str, row: int, day: date | None) -> None:
    if day is not None:
        cells[f"{name.partition('.')[0]}.row"].append(row)
        cells[name].append(day.toordinal())


def _line(cells: dict[str, list[Any]], table: str, row: int, **values: object) -> None:
    cells[f"{table}.row"].append(row)
    for name, value in values.items():
        cells[f"{table}.{name}"].append(value)


def _bytes(cells: dict[str, list[Any]]) -> bytes:
    letters = {"code": _narrowest(cells, "code", "HI"), "few": _narrowest(cells, "few", "BI")}
    widths = {kind: struct.calcsize(f"<{letter}") for kind, letter in letters.items()}
    id_width = max(map(len, cells["id"]), default=1) or 1
    counts = [next(len(cells[s.name]) for s in SECTIONS if s.counted == counted) for counted in COUNTS]
    parts = [_HEADER.pack(_MAGIC, VERSION, widths["code"], id_width, widths["few"], *counts)]
    for section in SECTIONS:
        values = cells[section.name]
        if section.kind == "id":
            parts += [each.ljust(id_width, b"\0") for each in values]
        elif section.kind == "key":
            parts += values
        else:
            letter = letters.get(section.kind, section.kind)
            parts.append(struct.pack(f"<{len(values)}{letter}", *values))
    return b"".join(parts)


def _narrowest(cells: dict[str, list[Any]], kind: str, letters: str) -> str:
    """The first letter that holds all numbers of a kind."""
    highest = max((max(cells[each.name], default=0) for each in SECTIONS if each.kind == kind), default=0)
    return next(letter for letter in letters if highest < 256 ** struct.calcsize(f"<{letter}"))


@dataclass(frozen=True, slots=True)
class Layout:
    """A chunk taken apart without copying: how wide its items are, the counts, and where each section ends.

    Section ``n`` of `SECTIONS` stands from ``ends[n]`` up to ``ends[n + 1]``.
    """

    chunk: bytes
    code_width: int
    id_width: int
    few_width: int
    numbers: tuple[int, ...]
    ends: tuple[int, ...]

    @property
    def people(self) -> int:
        """How many there are."""
        return self.numbers[0]

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each thing that is counted."""
        return dict(zip(COUNTS, self.numbers, strict=True))

    @property
    def sections(self) -> dict[str, memoryview]:
        """The bytes of each section."""
        view, cuts = memoryview(self.chunk), pairwise(self.ends)
        return {each.name: view[start:end] for each, (start, end) in zip(SECTIONS, cuts, strict=True)}

    @property
    def ids(self) -> tuple[str, ...]:
        """Who is in the chunk, in order."""
        raw, width = self.chunk[self.ends[0] : self.ends[1]], self.id_width
        each = (raw[start : start + width].rstrip(b"\0") for start in range(0, len(raw), width))
        return tuple(id.decode("utf-8", "surrogatepass") for id in each)


_SIZES = {"B": 1, "H": 2, "i": 4, "I": 4, "Q": 8, "key": KEY_BYTES}
_COUNTED = itemgetter(*(COUNTS.index(section.counted) for section in SECTIONS))


def layout(chunk: bytes) -> Layout:
    """The parts of a chunk; bytes that are no chunk of this version are refused."""
    if len(chunk) < _HEADER.size or chunk[:3] != _MAGIC + bytes((VERSION,)):
        raise ValueError("these bytes are no chunk of this version")
    _, _, code_width, id_width, few_width, *numbers = _HEADER.unpack_from(chunk)
    sizes = _sizes(code_width, id_width, few_width)
    ends = tuple(accumulate(map(mul, _COUNTED(numbers), sizes), initial=_HEADER.size))
    if ends[-1] != len(chunk):
        raise ValueError("a chunk is longer or shorter than its counts say")
    return Layout(chunk, code_width, id_width, few_width, tuple(numbers), ends)


@cache
def _sizes(code_width: int, id_width: int, few_width: int) -> tuple[int, ...]:
    """How many bytes an item of each section has."""
    sizes = {**_SIZES, "code": code_width, "id": id_width, "few": few_width}
    return tuple(sizes[each.kind] for each in SECTIONS)


def people_in(chunk: bytes) -> int:
    """How many people are in a chunk; bytes that are no chunk of this version are refused."""
    return layout(chunk).people
