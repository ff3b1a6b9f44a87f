"""A supporter's whole record as bytes and back, and a band of them in one body: quick to keep, quick to read one.

A record is a JSON array in the order of `Supporter`, with days as ordinals and choices by their place among the
choices. Consent stands last, in runs: acts that share their days, way, wording and proof are told once, followed by
what each is for. A body is

    header   2s magic b"PR" | B version | x | I people | I bytes of the roll
    the lines of the roll (see `model.roll`), and behind them one I for the bytes of each record and the records

The lines and the records are pressed (zlib), each for themselves: the lines of everybody are read at once, and their
records hardly ever. To decipher and to hold what is not pressed would cost five times as much.
"""

import json
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from hashlib import blake2b
from itertools import accumulate, pairwise
from typing import Any

from peermatch.model.consent import ConsentRecord, Method, Purpose
from peermatch.model.people import Boundaries, Channel, Relation, Supporter, SupporterStatus
from peermatch.model.roll import Columns, line_of, lines_of, packed

VERSION = 2
"""Rises whenever the layout changes."""

PURPOSES, METHODS, STATUSES, CHANNELS = tuple(Purpose), tuple(Method), tuple(SupporterStatus), tuple(Channel)
_PURPOSE, _METHOD, _STATUS, _CHANNEL = (
    {each: place for place, each in enumerate(choices)} for choices in (PURPOSES, METHODS, STATUSES, CHANNELS)
)
_MAGIC = b"PR"
_HEADER = struct.Struct("<2sBxII")
_PRESSED = 4
"""How hard it is pressed: more costs twice the time for a tenth of the bytes."""
_DUMPS: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_LOADS: Callable[[str], Any] = json.JSONDecoder().decode
_USUAL = Boundaries()
_DAY = date.fromordinal


def origin() -> str:
    """What bodies depend on besides the people in them; where it differs, they are made anew."""
    values = (Supporter, ConsentRecord, Boundaries, Relation)
    shapes = [[each.name for each in fields(value)] for value in values]
    said = _DUMPS([VERSION, shapes, PURPOSES, METHODS, STATUSES, CHANNELS])
    return blake2b(said.encode(), digest_size=16).hexdigest()


def encode(person: Supporter) -> bytes:
    """A record as bytes; equal records are equal bytes."""
    said = [
        person.id,
        person.name,
        person.known_as,
        person.pronouns,
        person.email,
        person.other_emails,
        person.phone,
        None if person.prefers is None else _CHANNEL[person.prefers],
        person.languages,
        person.grade,
        person.specialty,
        person.organisation,
        person.place,
        person.programmes,
        _STATUS[person.status],
        _number(person.paused_until),
        _number(person.available_from),
        _number(person.available_until),
        person.capacity,
        _limits(person.boundaries),
        [(each.to, each.kind, each.start.toordinal(), _number(each.until)) for each in person.relations],
        person.characteristics,
        _runs(person),
        person.notes,
    ]
    return _DUMPS(said).encode("utf-8", "surrogatepass")


def decode(body: bytes) -> Supporter:
    """The record that was made into these bytes."""
    (
        id, name, known_as, pronouns, email, other_emails, phone, prefers, languages, grade, specialty,
        organisation, place, programmes, status, paused, start, end, capacity, limits, relations, topics, runs, notes,
    ) = _LOADS(body.decode("utf-8", "surrogatepass"))  # fmt: skip
    return Supporter(
        id,
        name,
        known_as,
        pronouns,
        email,
        tuple(other_emails),
        phone,
        None if prefers is None else CHANNELS[prefers],
        tuple(languages),
        grade,
        specialty,
        organisation,
        place,
        tuple(programmes),
        STATUSES[status],
        None if paused is None else _DAY(paused),
        None if start is None else _DAY(start),
        None if end is None else _DAY(end),
        capacity,
        _USUAL if limits is None else Boundaries(limits[0], limits[1], *map(tuple, limits[2:])),
        tuple(Relation(to, kind, _DAY(day), _day(until)) for to, kind, day, until in relations),
        tuple(topics),
        tuple(_consents(runs, topics)),
        notes,
    )


def _number(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


def _day(number: int | None) -> date | None:
    return None if number is None else _DAY(number)


def _limits(limits: Boundaries) -> list[Any] | None:
    """What somebody does not want; nothing where it is what most people want."""
    if limits == _USUAL:
        return None
    lists = (limits.organisations, limits.specialties, limits.topics)
    return [limits.same_organisation, limits.same_specialty, *lists]


def _runs(person: Supporter) -> list[list[Any]]:
    """Consent in its order; a topic that the person lists stands as its place in their list."""
    places = {topic: place for place, topic in enumerate(person.characteristics)}
    runs: list[list[Any]] = []
    before: object = None
    for each in person.consents:
        shared = (
            each.given, each.expires, each.withdrawn, each.method, each.wording, each.recorded_by, each.evidence,
        )  # fmt: skip
        if shared != before:
            days = (each.given.toordinal(), _number(each.expires), _number(each.withdrawn))
            runs.append([*days, _METHOD[each.method], each.wording, each.recorded_by, each.evidence])
            before = shared
        topic = each.characteristic
        runs[-1] += (_PURPOSE[each.purpose], topic if topic is None else places.get(topic, topic))
    return runs


def _consents(runs: Iterable[list[Any]], topics: Sequence[str]) -> Iterator[ConsentRecord]:
    for given, expires, withdrawn, method, wording, by, evidence, *what in runs:
        first, last, taken = _DAY(given), _day(expires), _day(withdrawn)
        way = METHODS[method]
        for purpose, topic in zip(what[::2], what[1::2], strict=True):
            about = topics[topic] if topic.__class__ is int else topic
            yield ConsentRecord(PURPOSES[purpose], about, first, last, taken, way, wording, by, evidence)


def body_of(people: Sequence[Supporter]) -> bytes:
    """A band in one body, in the order given; equal people in equal order are equal bytes."""
    return _joined([encode(each) for each in people], lines_of(people))


def _joined(records: Sequence[bytes], lines: bytes) -> bytes:
    lengths = struct.pack(f"<{len(records)}I", *map(len, records))
    told = zlib.compress(lines, _PRESSED)
    header = _HEADER.pack(_MAGIC, VERSION, len(records), len(told))
    return b"".join((header, told, zlib.compress(b"".join((lengths, *records)), _PRESSED)))


@dataclass(frozen=True, slots=True)
class Body:
    """A body taken apart as far as no record is needed."""

    people: int
    told: bytes
    pressed: bytes

    @classmethod
    def of(cls, whole: bytes) -> "Body":
        """Bytes that are no body of this version are refused."""
        if len(whole) < _HEADER.size or whole[:3] != _MAGIC + bytes((VERSION,)):
            raise ValueError("these bytes are no records of this version")
        _, _, people, room = _HEADER.unpack_from(whole)
        begin = _HEADER.size + room
        if begin > len(whole):
            raise ValueError("records are shorter than their header says")
        return cls(people, whole[_HEADER.size : begin], whole[begin:])

    def __len__(self) -> int:
        return self.people

    @property
    def lines(self) -> bytes:
        """The lines of the roll."""
        return _unpressed(self.told)

    @property
    def ids(self) -> Sequence[str]:
        """Who is in it, in order."""
        return tuple(Columns.of((self.lines,)).ids)

    def records(self) -> Sequence[bytes]:
        """All records, as bytes."""
        return records_in(self.pressed, self.people)


def records_in(pressed: bytes, people: int) -> Sequence[bytes]:
    """The records of so many people from the part of a body in which they are."""
    whole = _unpressed(pressed)
    if len(whole) < 4 * people:
        raise ValueError("records are shorter than their header says")
    ends = tuple(accumulate(struct.unpack_from(f"<{people}I", whole), initial=4 * people))
    if ends[-1] != len(whole):
        raise ValueError("records are longer or shorter than their header says")
    return [whole[start:end] for start, end in pairwise(ends)]


def _unpressed(part: bytes) -> bytes:
    """Nothing may stand behind what is pressed."""
    reader = zlib.decompressobj()
    try:
        whole = reader.decompress(part)
    except zlib.error:
        raise ValueError("these bytes are no records: they cannot be read") from None
    if not reader.eof or reader.unused_data:
        raise ValueError("records are longer or shorter than they should be")
    return whole


def mended(kept: Body | None, stay: Sequence[str], new: Mapping[str, Supporter]) -> bytes:
    """The body of those who stay, in this order, some of whom are new or changed: as if all were made anew."""
    columns = Columns.of((kept.lines,) if kept else ())
    lines = {id: columns.line(place) for place, id in enumerate(columns.ids)}
    records = dict(zip(columns.ids, kept.records() if kept else (), strict=True))
    lines.update((id, line_of(person)) for id, person in new.items())
    records.update((id, encode(person)) for id, person in new.items())
    return _joined([records[id] for id in stay], packed(lines[id] for id in stay))
