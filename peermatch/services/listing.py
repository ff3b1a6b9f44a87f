"""Everybody as a long list needs them on one day: who could be matched, who was never asked, found by which topics.

All of it is answered from the columns that matching reads, for everybody at once; no record is made for it. What
somebody took back counts as unknown here as there.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from peermatch.matching.columns import Column, Levels, Mask, Rows
from peermatch.matching.register import Register
from peermatch.matching.segment import Segment
from peermatch.model.characteristics import Vocabulary
from peermatch.model.roll import Columns, Roll
from peermatch.model.spans import UNKNOWN, VALID
from peermatch.model.texts import Texts
from peermatch.services.snapshot import Snapshot

Numbers = Sequence[int]
"""Numbers of lines of the roll."""


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """In which row of the register's columns each of the roll's columns stands; neither changes for a single person."""

    ids: Column
    columns: Columns
    rows: Rows

    @classmethod
    def of(cls, register: Register, roll: Roll) -> "_Known":
        ids = register.columns.facts.people.id
        wanted = _raw(roll.columns.ids)
        if np.array_equal(ids, wanted):  # the roll stands in the order of ids: nobody need be looked for
            return cls(ids, roll.columns, np.arange(len(ids)))
        rows: Rows = ids.searchsorted(wanted) if len(ids) else np.zeros(len(wanted), dtype=np.intp)
        rows[rows == len(ids)] = -1
        if len(ids):
            rows[ids[rows] != wanted] = -1
        return cls(ids, roll.columns, rows)

    def now(self, register: Register) -> Rows:
        """The same where a few have changed since the register's columns were written."""
        if not register.gone:
            return self.rows
        moved = np.flatnonzero(np.isin(self.rows, np.array(sorted(register.gone), dtype=np.intp)))
        rows = self.rows.copy()
        rows[moved] = _rows(register, (self.columns.ids[place] for place in moved.tolist()))
        return rows

    def holds_for(self, register: Register, roll: Roll) -> bool:
        """Whether it is still true after a change."""
        return self.ids is register.columns.facts.people.id and self.columns is roll.columns


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """The roll of one picture on one day; ``able`` and ``fresh`` hold a 1 for each number of whom they are true."""

    snapshot: Snapshot
    on: date
    roll: Roll
    able: bytes
    fresh: bytes
    _rows: Rows
    _known: _Known

    @classmethod
    def of(cls, snapshot: Snapshot, on: date, before: "Listing | None" = None) -> "Listing":
        """The list as it stands; one from before it spares what did not change."""
        roll, register = snapshot.supporters.roll, snapshot.register
        known = before._known if before and before._known.holds_for(register, roll) else None
        known = known or _Known.of(register, roll)
        rows = np.concatenate((known.now(register), _rows(register, (line.id for line in roll.lines))))
        able, fresh = (_by_number(masks, rows) for masks in _standing(register, on))
        return cls(snapshot, on, roll, able.tobytes(), (able & fresh).tobytes(), rows, known)

    @property
    def matchable(self) -> int:
        """How many could be matched on the day."""
        return self.able.count(1) - sum(self.able[number] for number in self.roll.gone)

    def found_by(self, topic: str) -> frozenset[int]:
        """The numbers of those who can be found by a topic or one below it."""
        found = [rows for id, rows in self._topics() if self._vocabulary.meets(id, topic)]
        return frozenset(np.flatnonzero(_by_number(self._marked(found), self._rows)).tolist())

    def topics(self, numbers: Numbers) -> Mapping[str, int]:
        """How many of these can be found by each topic, and by each heading above one."""
        among = self._marked([self._rows[np.array(numbers, dtype=np.intp)]])
        rows_of: dict[str, list[Rows]] = {}
        for id, rows in self._topics():
            there = rows[among[rows]]
            for above in (id, *self._vocabulary.broader(id)) if len(there) else ():
                rows_of.setdefault(above, []).append(there)
        return {id: self._many(rows) for id, rows in rows_of.items()}

    def said(self, name: str, numbers: Numbers) -> Counter[str | None]:
        """How many of these have each grade, specialty, organisation or place."""
        return self.roll.counted(name, numbers)

    @property
    def _vocabulary(self) -> Vocabulary:
        return self.snapshot.reference.vocabulary

    def _topics(self) -> Iterable[tuple[str, Rows]]:
        """Each topic that is listed, and by whom it may be said so."""
        register, first = self.snapshot.register, 0
        for segment in register.segments:
            shown = _shown(segment, self.on)
            for code, where in segment.slices.items():
                rows = segment.facts.links.rows[where][shown[where]]
                if len(rows):
                    yield register.words.text(code), rows.astype(np.intp) + first
            first += len(segment)

    def _marked(self, several: Collection[Rows]) -> Mask:
        """True for these rows of all segments; of nobody's, which stand as -1, for the last."""
        mask = np.zeros(sum(map(len, self.snapshot.register.segments)) + 1, dtype=np.bool_)
        for rows in several:
            mask[rows] = True
        mask[-1] = False
        return mask

    def _many(self, several: Sequence[Rows]) -> int:
        return len(several[0]) if len(several) == 1 else int(np.count_nonzero(self._marked(several)))


def _raw(ids: Texts) -> Column:
    """Ids as the register keeps them."""
    even = ids.even
    if even is not None:
        return np.frombuffer(even, f"S{len(even) // len(ids)}")
    return np.array([id.encode("utf-8", "surrogatepass") for id in ids], dtype=np.bytes_)


def _rows(register: Register, ids: Iterable[str]) -> Rows:
    """In which row each stands; -1 for whoever is not held."""
    found = (register.row_of(id) for id in ids)
    return np.array([-1 if row is None else row for row in found], dtype=np.intp)


def _by_number(mask: Mask, rows: Rows) -> Mask:
    """What is true of rows, for the numbers of the roll; the last of the mask stands for nobody."""
    found: Mask = mask[rows]
    return found


def _standing(register: Register, on: date) -> tuple[Mask, Mask]:
    """Of each row: whether they could be matched, and whether they were never asked; and false for nobody."""
    able, fresh = [], []
    for segment in register.segments:
        day, people, work = segment.day(on), segment.facts.people, segment.work
        room = work.in_hand < people.capacity
        away = day.not_active | day.paused | day.unavailable
        able.append(~away & room & _found(segment, on))
        asked = np.zeros(len(segment), dtype=np.bool_)
        asked[work.rows] = True
        fresh.append(~asked)
    nobody = np.zeros(1, dtype=np.bool_)
    return np.concatenate((*able, nobody)), np.concatenate((*fresh, nobody))


def _levels(segment: Segment, on: date) -> Levels:
    """At which level each topic that somebody lists counts on a day."""
    links = segment.facts.links
    found: Levels = segment.day(on).levels[segment.facts.people.first_course[links.rows] + links.courses]
    return found


def _found(segment: Segment, on: date) -> Mask:
    """Who may be found by anything."""
    return segment.marked(segment.facts.links.rows[_levels(segment, on) == VALID])


def _shown(segment: Segment, on: date) -> Mask:
    """Of each topic that somebody lists, whether a list may say so: what they took back is unknown."""
    kept = segment.day(on).levels[segment.facts.people.first_course] != UNKNOWN
    shown: Mask = (_levels(segment, on) != UNKNOWN) & kept[segment.facts.links.rows]
    return shown
