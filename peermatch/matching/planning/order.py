"""Of equally good plans the one whose sorted list of pairs comes first: enquiries are settled one by one, in order.

For each, the supporters with smaller ids are tried in turn: one is possible when others can move along a ring of tight
pairs and free places that ends where the enquiry came from. Both ends are searched at the same time, a step each. A
failed search has found a part that no ring crosses, now or ever after, since settling only takes possibilities away:
that part gets a label of its own, and no later search crosses it. So failures cost little in all.
"""

from collections.abc import Iterator
from typing import TypeAlias

import numpy as np

from peermatch.matching.planning.flow import NOBODY, Flow
from peermatch.matching.planning.problem import Ints, Rows
from peermatch.matching.planning.tight import Tight

Moves: TypeAlias = list[tuple[int, int]]
_NOTHING_LEFT = -1


class Ordering:
    """One run over a best plan; ``bound`` is how many each supporter may have."""

    def __init__(self, tight: Tight, flow: Flow, bound: Ints) -> None:
        self.tight, self.flow = tight, flow
        self.settled = [False] * len(flow.given)
        self._left = bound.copy()  # places that no settled enquiry has
        # The open end, which is free places and the unserved, has the label 0; nothing passes where no place is left.
        self.label: Ints = np.where(bound > 0, 0, _NOTHING_LEFT)
        self._labels = 1
        self._reverse: _Reverse | None = None

    def run(self) -> None:
        """Settle all; the flow is then the first of the best plans."""
        for enquiry in range(len(self.flow.given)):
            self._settle(enquiry)
            row = self.flow.given[enquiry]
            self.settled[enquiry] = True
            if row != NOBODY:
                self._left[row] -= 1
                if not self._left[row]:
                    self.label[row] = _NOTHING_LEFT

    def _settle(self, enquiry: int) -> None:
        """Give an enquiry to the smallest id that some best plan gives it."""
        origin = self.flow.given[enquiry]
        rows = self.tight.choices(enquiry)
        if origin != NOBODY:
            rows = rows[: np.searchsorted(rows, origin)]
        home = 0 if origin == NOBODY else int(self.label[origin])
        for row in rows[self.label[rows] == home].tolist():
            if self.label[row] != home:
                continue  # a search just before has found that no ring goes there
            ring = _Ring(self, enquiry, row, home)
            moves = ring.search()
            if moves is not None:
                self.flow.move([(enquiry, row), *moves])
                return
            self.label[ring.closed] = self._labels
            self._labels += 1
            home = 0 if origin == NOBODY else int(self.label[origin])

    def who_might_have(self, row: int) -> list[int]:
        """The enquiries that some best plan may give to a supporter."""
        if self._reverse is None:
            choices = (self.tight.choices(each) for each in range(len(self.flow.given)))
            self._reverse = _Reverse([each[self.label[each] >= 0] for each in choices], len(self.label))
        return self._reverse.of(row)

    def movable(self, row: int) -> Iterator[int]:
        """The enquiries of a supporter that are not settled."""
        return (each for each in self.flow.held_by(row) if not self.settled[each])


class _Reverse:
    """The pairs that are still possible, by supporter."""

    def __init__(self, choices: list[Rows], rows: int) -> None:
        enquiries = len(choices)
        sizes = np.fromiter((len(each) for each in choices), np.int64, enquiries)
        flat = np.concatenate([np.empty(0, np.int32), *choices])
        self._enquiries = np.repeat(np.arange(enquiries, dtype=np.int32), sizes)[
            np.argsort(flat, kind="stable")
        ]
        self._begin = np.concatenate(([0], np.cumsum(np.bincount(flat, minlength=rows))))

    def of(self, row: int) -> list[int]:
        found: list[int] = self._enquiries[self._begin[row] : self._begin[row + 1]].tolist()
        return found


class _Ring:
    """A search for a ring that takes an enquiry to a supporter and brings whoever must go back to where it was.

    From the supporter (too many there) forwards and from the origin (one too few there) backwards, until the two meet
    or both come upon the open end, over which anything may pass: free places and enquiries that may stay unserved.
    """

    def __init__(self, ordering: Ordering, enquiry: int, start: int, label: int) -> None:
        self._all, self._enquiry, self._label = ordering, enquiry, label
        self._flow, self._tight = ordering.flow, ordering.tight
        origin = self._flow.given[enquiry]
        self._came: dict[int, tuple[int, int]] = {}  # supporter: who moved there, and from whom
        self._goes: dict[int, tuple[int, int]] = {}  # supporter: who moves from there, and to whom
        self._ahead, self._behind = [start], [origin] if origin != NOBODY else []
        self._seen_ahead, self._seen_behind = {start}, set(self._behind)
        self._out: Moves | None = None  # the moves by which the open end is reached, if it is
        self._back: Moves | None = [] if origin == NOBODY else None
        self._meeting = NOBODY
        self.closed: list[int] = []
        if origin != NOBODY:
            self._look_back(origin)

    def search(self) -> Moves | None:
        """The moves of the others, or None; then ``closed`` is a part that no ring crosses."""
        ahead = behind = 0
        while self._meeting == NOBODY and (self._out is None or self._back is None):
            if self._out is None:
                if ahead == len(self._ahead):
                    self.closed = self._ahead
                    return None
                self._forwards(self._ahead[ahead])
                ahead += 1
            if self._back is None and self._meeting == NOBODY:
                if behind == len(self._behind):
                    self.closed = self._behind
                    return None
                self._backwards(self._behind[behind])
                behind += 1
        return self._moves()

    def _forwards(self, row: int) -> None:
        """Everybody to whom those of one supporter could move."""
        if self._label == 0 and self._flow.spare[row] > 0:
            self._out = self._moves_to(row)
            return
        for enquiry in self._all.movable(row):
            rows = self._inside(self._tight.choices(enquiry))
            if self._label == 0 and self._ends(enquiry, row, rows):
                return
            for new in rows.tolist():
                if new not in self._seen_ahead:
                    self._seen_ahead.add(new)
                    self._came[new] = enquiry, row
                    self._ahead.append(new)
                    if new in self._seen_behind:
                        self._meeting = new
                        return

    def _ends(self, enquiry: int, row: int, rows: Rows) -> bool:
        """Whether the open end is next: an enquiry may stay unserved, or there is a free place to move to."""
        if not self._tight.must(enquiry):
            self._out = [*self._moves_to(row), (enquiry, NOBODY)]
            return True
        free = rows[self._flow.spare[rows] > 0]
        if len(free):
            self._out = [*self._moves_to(row), (enquiry, int(free[0]))]
        return bool(len(free))

    def _inside(self, rows: Rows) -> Rows:
        """Those of a list that a ring may still cross."""
        inside: Rows = rows[self._all.label[rows] == self._label]
        return inside

    def _backwards(self, row: int) -> None:
        """Everybody from whom somebody could move to one supporter."""
        for enquiry in self._all.who_might_have(row):
            if self._all.settled[enquiry]:
                continue
            before = self._flow.given[enquiry]
            if before == NOBODY:
                if self._label == 0:
                    self._back = [(enquiry, row), *self._moves_from(row)]
                    return
            elif self._all.label[before] == self._label and before not in self._seen_behind:
                self._seen_behind.add(before)
                self._goes[before] = enquiry, row
                self._behind.append(before)
                if before in self._seen_ahead:
                    self._meeting = before
                    return
                self._look_back(before)

    def _look_back(self, row: int) -> None:
        """A supporter whose places have no price may have one fewer: the open end leads there."""
        if self._label == 0 and not self._tight.contested[row]:
            self._back = self._moves_from(row)

    def _moves_to(self, row: int) -> Moves:
        moves = []
        while row in self._came:
            enquiry, before = self._came[row]
            moves.append((enquiry, row))
            row = before
        return moves

    def _moves_from(self, row: int) -> Moves:
        moves = []
        while row in self._goes:
            enquiry, after = self._goes[row]
            moves.append((enquiry, after))
            row = after
        return moves

    def _moves(self) -> Moves:
        if self._meeting != NOBODY:
            return self._moves_to(self._meeting) + self._moves_from(self._meeting)
        return (self._out or []) + (self._back or [])
