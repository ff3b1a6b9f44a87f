"""Many people in columns with what is looked up in them: by characteristic, by day, by id."""

from bisect import bisect_left
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import numpy as np

from peermatch.matching.columns import (
    Column,
    Facts,
    Ints,
    Levels,
    Mask,
    Rows,
    Table,
    joined_table,
    new_rows,
    taken_table,
)
from peermatch.matching.columns import joined as joined_facts
from peermatch.matching.columns import taken as taken_facts
from peermatch.matching.consents import levels_on
from peermatch.matching.workload import Workload
from peermatch.model.dates import twelve_months_before
from peermatch.model.packed import STATUSES
from peermatch.model.people import SupporterStatus
from peermatch.model.spans import VALID

T = TypeVar("T")
_KEPT = 256
"""A session asks for today, about few programmes, from few places; more would only take up memory."""
_DAYS_KEPT = 2
_NOWHERE = slice(0, 0)


@dataclass(frozen=True, slots=True, eq=False)
class Day:
    """What follows from a day alone: the level of each course of consent, and whom the first gates refuse.

    `of_links` is filled in topic by topic, as they are asked for.
    """

    levels: Levels
    of_links: Levels
    not_active: Mask
    paused: Mask
    unavailable: Mask
    times_asked: Ints
    filled: set[int] = field(default_factory=set)
    _kept: dict[str, Any] = field(default_factory=dict)

    def kept(self, programme: str, make: Callable[[], T]) -> T:
        """What follows from the day and a programme; few programmes are ever asked about."""
        found: T | None = self._kept.get(programme)
        if found is None:
            found = make()
            if len(self._kept) >= _DAYS_KEPT:
                self._kept.clear()
            self._kept[programme] = found
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """People sorted by id, with their workload and whom they must never meet; it never changes."""

    facts: Facts
    slices: dict[int, slice]
    work: Workload
    barred: Table
    # What follows from the above alone, kept for the next question; it changes no answer.
    _days: dict[int, Day] = field(default_factory=dict)
    _kept: dict[Hashable, list[Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, facts: Facts, work: Workload, barred: Table) -> "Segment":
        """The segment of these people."""
        starts = facts.links.starts.tolist()
        stretches = zip(facts.links.topics.tolist(), starts, starts[1:], strict=False)
        return cls(facts, {topic: slice(start, end) for topic, start, end in stretches}, work, barred)

    def __len__(self) -> int:
        return len(self.facts.people.id)

    def with_work(self, work: Workload) -> "Segment":
        """The same people with another workload."""
        return Segment(self.facts, self.slices, work, self.barred)

    def taken(self, rows: Rows) -> "Segment":
        """These people alone; their rows rise."""
        barred = taken_table(self.barred, new_rows(len(self), rows))
        return Segment.of(taken_facts(self.facts, rows), self.work.taken(rows), barred)

    def joined(self, other: "Segment") -> "Segment":
        """The people of both, sorted by id; nobody stands in both."""
        ids = np.concatenate((self.facts.people.id, other.facts.people.id))
        row_of = np.empty(len(ids), dtype=np.intp)
        row_of[np.argsort(ids, kind="stable")] = np.arange(len(ids))
        ours, theirs = row_of[: len(self)], row_of[len(self) :]
        return Segment.of(
            joined_facts(self.facts, other.facts, ours, theirs),
            self.work.joined(other.work, ours, theirs),
            joined_table(self.barred, other.barred, ours, theirs),
        )

    def id(self, row: int) -> str:
        """Who stands in a row."""
        raw: bytes = self.facts.people.id[row]
        return raw.decode("utf-8", "surrogatepass")

    def place_of(self, id: str) -> int:
        """The first row whose id is not before this one."""
        ids, raw = self.facts.people.id, id.encode("utf-8", "surrogatepass")
        if len(raw) > ids.itemsize:
            return bisect_left(ids, raw)
        return int(np.searchsorted(ids, np.array(raw, dtype=ids.dtype)))

    def row_of(self, id: str) -> int | None:
        """In which row somebody stands."""
        row = self.place_of(id)
        return row if row < len(self) and self.id(row) == id else None

    def day(self, on: date) -> Day:
        """What follows from the day."""
        known = self._days.get(on.toordinal())
        if known is None:
            known = self._day(on)
            if len(self._days) >= _DAYS_KEPT:
                self._days.clear()
            self._days[on.toordinal()] = known
        return known

    def standing(self, topic: int, on: date) -> tuple[Column, Levels]:
        """Who lists a topic, rising, and at which level it counts for each on a day."""
        day, links = self.day(on), self.facts.links
        where = self.slices.get(topic, _NOWHERE)
        rows = links.rows[where]
        if topic not in day.filled:
            day.of_links[where] = day.levels[self.facts.people.first_course[rows] + links.courses[where]]
            day.filled.add(topic)
        return rows, day.of_links[where]

    def kept(self, name: Hashable, make: Callable[[], T]) -> T:
        """What was worked out under this name before, or is now."""
        found: list[T] | None = self._kept.get(name)
        if found is None:
            found = [make()]
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[name] = found
        return found[0]

    def distinct(self, column: str) -> Ints:
        """The different codes in one column of people."""
        codes: Column = getattr(self.facts.people, column)
        return self.kept(("distinct", column), lambda: np.flatnonzero(np.bincount(codes)))

    def carrying(self, column: str, codes: list[int], flag: int = 0) -> Rows:
        """Who carries one of these codes in a column of people; with a flag, only of those who bear it."""
        if not codes:
            return np.zeros(0, dtype=np.intp)
        rows, starts = self.kept((column, flag), lambda: self._postings(column, flag))
        found = [rows[starts[code] : starts[code + 1]] for code in codes if code + 1 < len(starts)]
        return np.concatenate(found).astype(np.intp) if found else np.zeros(0, dtype=np.intp)

    def _postings(self, column: str, flag: int) -> tuple[Column, Ints]:
        """The rows in the order of their codes, and where those of each code begin."""
        flags = self.facts.people.flags
        rows = np.flatnonzero(flags & flag) if flag else np.arange(len(self))
        codes: Column = getattr(self.facts.people, column)[rows]
        order = np.argsort(codes, kind="stable")
        starts = np.concatenate(([0], np.cumsum(np.bincount(codes))))
        return rows[order].astype(np.uint32), starts

    def nobody(self) -> Mask:
        """A mask that is false for everybody."""
        return np.zeros(len(self), dtype=np.bool_)

    def marked(self, rows: Column) -> Mask:
        """A mask that is true for these rows alone."""
        mask = self.nobody()
        mask[rows] = True
        return mask

    def _day(self, on: date) -> Day:
        people, tables, day = self.facts.people, self.facts.tables, on.toordinal()
        levels = levels_on(self.facts.courses, day)
        active = people.status == STATUSES.index(SupporterStatus.ACTIVE)
        late, early = tables.leaving, tables.starting
        unavailable = self.marked(early.rows[early.values[0] > day])
        unavailable[late.rows[late.values[0] < day]] = True
        paused = self.marked(tables.paused.rows[tables.paused.values[0] > day])
        times = self.work.times_asked(twelve_months_before(on).toordinal(), day)
        not_active = ~(active & (levels[people.first_course] == VALID))
        for mask in (not_active, paused, unavailable):
            mask.setflags(write=False)
        of_links = np.zeros(len(self.facts.links.rows), dtype=np.uint8)
        return Day(levels, of_links, not_active, paused, unavailable, times)
