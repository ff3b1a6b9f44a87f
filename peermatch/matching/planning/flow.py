"""Who is given to whom while the best plans are compared: it changes by whole chains of moves only."""

from collections.abc import Iterable, Sequence

import numpy as np

from peermatch.matching.planning.problem import Ints

NOBODY = -1


class Flow:
    """An assignment with what each supporter has and could still take."""

    def __init__(self, enquiries: int, bound: Ints) -> None:
        self.given = [NOBODY] * enquiries
        self.holds: dict[int, dict[int, None]] = {}
        self.spare = bound.copy()

    @classmethod
    def of(cls, given: Sequence[int], bound: Ints) -> "Flow":
        """An assignment that is there already."""
        flow = cls(len(given), bound)
        flow.move((enquiry, row) for enquiry, row in enumerate(given) if row != NOBODY)
        return flow

    def held_by(self, row: int) -> Iterable[int]:
        """The enquiries that a supporter has."""
        return self.holds.get(row, ())

    def move(self, moves: Iterable[tuple[int, int]]) -> None:
        """Give each of these enquiries to another supporter, or to nobody."""
        for enquiry, row in moves:
            before = self.given[enquiry]
            self.given[enquiry] = row
            if before != NOBODY:
                del self.holds[before][enquiry]
                self.spare[before] += 1
            if row != NOBODY:
                self.holds.setdefault(row, {})[enquiry] = None
                self.spare[row] -= 1

    def raise_to(self, bound: Ints) -> None:
        """Let supporters take as many as these; never fewer than they have."""
        counts = np.bincount([row for row in self.given if row != NOBODY], minlength=len(bound))
        self.spare = bound - counts
