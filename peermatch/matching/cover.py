"""How topics, and pairs of them, are covered on a day: who can help, who is free, who must be asked again first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from peermatch.matching.columns import Ints, Levels, Mask, Rows
from peermatch.matching.question import NeedView, views
from peermatch.matching.register import Register
from peermatch.matching.segment import Segment
from peermatch.matching.supply import present, segments
from peermatch.model.enquiry import Importance, Need
from peermatch.model.insight import Cover, Pair
from peermatch.model.spans import NEVER, VALID

Bits: TypeAlias = npt.NDArray[np.uint64]
"""A line for each topic with a bit for each person: a thousand pairs are counted as fast as ten masks are made."""
WORD = 64
BLOCK = 512
"""So many pairs are counted at once; of a national network that takes six megabytes."""


class _Day(NamedTuple):
    """Some people on a day, topic by topic: who can help, who is free to, and who is known to have it at all."""

    able: Bits
    free: Bits
    known: Bits

    def counts(self, pairs: Rows) -> Ints:
        """For each pair of topics, by their lines, how many have both: in the three ways."""
        found: Ints = np.empty((len(pairs), len(self)), dtype=np.int64)
        for start in range(0, len(pairs), BLOCK):
            ones, twos = pairs[start : start + BLOCK].T
            for way, bits in enumerate(self):
                both = np.bitwise_count(bits[ones] & bits[twos])
                found[start : start + BLOCK, way] = both.sum(axis=1, dtype=np.int64)
        return found


def covers(register: Register, pairs: Iterable[Pair], on: date) -> Mapping[Pair, Cover]:
    """For each pair of topics how many who share both can help, are free to, and must be asked for their yes first.

    A topic by itself is a pair with itself. Who withdrew consent to a topic is not known to have it.
    """
    wanted = tuple(dict.fromkeys(pairs))
    return dict(zip(wanted, _covers(register, wanted, on), strict=True))


def _covers(register: Register, pairs: Sequence[Pair], on: date) -> Iterator[Cover]:
    """Whoever has both at the least level that counts as known, but not both at the best, must be asked again."""
    topics = tuple(dict.fromkeys(topic for pair in pairs for topic in pair))
    line = {topic: number for number, topic in enumerate(topics)}
    places: Rows = np.array([(line[one], line[two]) for one, two in pairs], dtype=np.intp).reshape(-1, 2)
    total: Ints = np.zeros((len(pairs), len(_Day._fields)), dtype=np.int64)
    for day in _days(register, topics, on):
        total += day.counts(places)
    return (Cover(able, free, known - able) for able, free, known in total.tolist())


def matchable(register: Register, on: date) -> tuple[str, ...]:
    """Those who may be found by something on a day, and are neither on a break nor away; by id."""
    found: list[str] = []
    for start, segment in segments(register):
        day, links = segment.day(on), segment.facts.links
        here = ~(day.not_active | day.paused | day.unavailable) & present(register, segment, start)
        levels = day.levels[segment.facts.people.first_course[links.rows] + links.courses]
        able = segment.marked(links.rows[levels == VALID])
        found += [segment.id(row) for row in np.flatnonzero(here & able).tolist()]
    return tuple(sorted(found))


def _days(register: Register, topics: tuple[str, ...], on: date) -> Iterator[_Day]:
    seen = tuple(views(register, [Need(topic, Importance.ESSENTIAL) for topic in topics]))
    for start, segment in segments(register):
        day = segment.day(on)
        room = segment.work.in_hand < segment.facts.people.capacity
        here = ~day.not_active & present(register, segment, start)
        free = here & room & ~(day.paused | day.unavailable)
        found = _Day(*(_no_bits(len(seen), len(segment)) for _ in _Day._fields))
        for number, view in enumerate(seen):
            levels = _levels(register, segment, view, on)
            _mark(found.able[number], here & (levels == VALID))
            _mark(found.free[number], free & (levels == VALID))
            _mark(found.known[number], here & (levels >= NEVER))
        yield found


def _levels(register: Register, segment: Segment, view: NeedView, on: date) -> Levels:
    """The best level at which each meets a topic; unknown for whoever has none of it."""
    best: Levels = np.zeros(len(segment), dtype=np.uint8)
    for choice in view.choices[: view.meeting]:
        rows, levels = segment.standing(register.words.known(choice.term), on)
        best[rows] = np.maximum(best[rows], levels)
    return best


def _no_bits(lines: int, people: int) -> Bits:
    return np.zeros((lines, -(-people // WORD)), dtype=np.uint64)


def _mark(line: Bits, mask: Mask) -> None:
    packed: npt.NDArray[np.uint8] = np.packbits(mask)
    line.view(np.uint8)[: len(packed)] = packed
