"""How topics, and pairs of them, are covered on a day: who can help, who is free, who must be asked again first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from peermatch.matching.columns import Levels, Mask
from peermatch.matching.question import NeedView, views
from peermatch.matching.register import Register
from peermatch.matching.segment import Segment
from peermatch.matching.supply import present, segments
from peermatch.model.enquiry import Importance, Need
from peermatch.model.insight import Cover, Pair
from peermatch.model.spans import NEVER, VALID


@dataclass(frozen=True, slots=True, eq=False)
class _Day:
    """Some people on a day: who is there, who has time and room, and how far each may be found by a topic."""

    here: Mask
    free: Mask
    levels: Mapping[str, Levels]


def covers(register: Register, topics: Iterable[str], on: date) -> Mapping[str, Cover]:
    """For each topic how many can help, are free to, and would have to be asked for their yes first.

    Who withdrew consent to a topic is not known to have it.
    """
    wanted = tuple(dict.fromkeys(topics))
    found = dict.fromkeys(wanted, Cover())
    for day in _days(register, wanted, on):
        for topic in wanted:
            found[topic] = found[topic].plus(_cover(day, (topic,)))
    return found


def pair_covers(register: Register, pairs: Iterable[Pair], on: date) -> Mapping[Pair, Cover]:
    """The same for those who share both of two topics."""
    wanted = tuple(dict.fromkeys(pairs))
    found = dict.fromkeys(wanted, Cover())
    for day in _days(register, tuple(dict.fromkeys(topic for pair in wanted for topic in pair)), on):
        for pair in wanted:
            found[pair] = found[pair].plus(_cover(day, pair))
    return found


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
        levels = {each.need.characteristic: _levels(register, segment, each, on) for each in seen}
        here = ~day.not_active & present(register, segment, start)
        yield _Day(here, here & room & ~(day.paused | day.unavailable), levels)


def _levels(register: Register, segment: Segment, view: NeedView, on: date) -> Levels:
    """The best level at which each meets a topic; unknown for whoever has none of it."""
    best: Levels = np.zeros(len(segment), dtype=np.uint8)
    for choice in view.choices[: view.meeting]:
        rows, levels = segment.standing(register.words.known(choice.term), on)
        best[rows] = np.maximum(best[rows], levels)
    return best


def _cover(day: _Day, topics: Iterable[str]) -> Cover:
    """Counted by the least level of all these topics: whoever lacks one lacks the whole."""
    least = np.minimum.reduce([day.levels[topic] for topic in topics])
    again = day.here & (least >= NEVER) & (least < VALID)
    return Cover(
        able=int((day.here & (least == VALID)).sum()),
        free=int((day.free & (least == VALID)).sum()),
        again=int(again.sum()),
    )
