"""The order of the suggested: best score first, then the longest unasked, then by id; only as far as it is read."""

from dataclasses import dataclass, field

import numpy as np

from peermatch.matching.columns import Column, Floats, Ints, Rows
from peermatch.matching.register import Register

_DIGITS = 9
"""Scores that differ by less than 1e-9 count as equal (matching, order)."""

_NEAR = 2e-9
"""Two scores further apart than this are never equal after rounding."""

_AT_ONCE = 64
_BELOW = 128


@dataclass(frozen=True, slots=True, eq=False)
class Standings:
    """Who passed: row, score, the day last asked (0 is never) and the place among all ids."""

    rows: Rows
    scores: Floats
    asked: Column
    ids: Ints
    _known: list[Rows] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.rows)

    def first(self, count: int) -> Rows:
        """Which stand first, in order, at least so many where there are; as places in the columns here."""
        if not self._known or len(self._known[0]) < min(count, len(self)):
            order = self._best(_AT_ONCE) if count <= _AT_ONCE else self._sorted(np.arange(len(self)))
            self._known[:] = [order]
        return self._known[0]

    def before(self, score: float, asked: int, id: int) -> int:
        """How many stand before somebody with this score, last asked on this day, in this place among ids."""
        apart = self.scores - score
        near = np.flatnonzero(np.abs(apart) <= _NEAR)
        level, own = _rounded(self.scores[near]), round(score, _DIGITS)
        equal = near[level == own]
        longer = (self.asked[equal] < asked) | ((self.asked[equal] == asked) & (self.ids[equal] < id))
        return int((apart > _NEAR).sum() + (level > own).sum() + longer.sum())

    def _best(self, count: int) -> Rows:
        if len(self) <= 4 * count:
            return self._sorted(np.arange(len(self)))[:count]
        last = np.partition(self.scores, len(self) - count)[len(self) - count]
        # One difference for both questions: rounded in two ways, somebody could fall between them.
        apart = self.scores - last
        above = np.flatnonzero(apart > _NEAR)
        near = np.flatnonzero(np.abs(apart) <= _NEAR)
        scores = self.scores[near]
        if not (scores == last).all():
            level, own = _rounded(scores), round(float(last), _DIGITS)
            above, near = np.concatenate((above, near[level > own])), near[level == own]
        missing = count - len(above)
        if len(near) > missing:
            by_turn = self.asked[near].astype(np.int64) << 40 | self.ids[near]
            near = near[np.argpartition(by_turn, missing - 1)[:missing]]
        return self._sorted(np.concatenate((above, near)))

    def _sorted(self, places: Rows) -> Rows:
        order = np.lexsort((self.ids[places], self.asked[places], -_rounded(self.scores[places])))
        found: Rows = places[order]
        return found


def _rounded(scores: Floats) -> Floats:
    """Rounded as Python does it, which is exact; few different scores occur."""
    different, which = np.unique(scores, return_inverse=True)
    rounded: Floats = np.array([round(each, _DIGITS) for each in different.tolist()])[which]
    return rounded


def id_places(register: Register, rows: Rows, segment: int) -> Ints:
    """By what rows of one segment sort as their ids do, among all of the register."""
    if segment == 0:
        own: Ints = (2 * rows.astype(np.int64) + 1) * _BELOW
        return own
    return 2 * register.changed.places[rows].astype(np.int64) * _BELOW + rows
