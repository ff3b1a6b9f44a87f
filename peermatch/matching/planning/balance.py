"""Of all the best plans, those whose greatest load is least: everybody's load is raised only when it must be."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from peermatch.matching.planning.flow import NOBODY, Flow
from peermatch.matching.planning.problem import Ints, Problem, Rows
from peermatch.matching.planning.tight import Tight


@dataclass(frozen=True, slots=True, eq=False)
class Balanced:
    """A best plan of the least greatest load, how many each may have with it, and the crowd that forces that load."""

    flow: Flow
    bound: Ints
    load: Fraction
    crowd: tuple[int, ...]


class Balancing:
    """Serves one enquiry after the other below a load that rises as little as possible.

    It is asked only where no place has a price: then every enquiry that can be served has one of its dearest, and
    must. Where an enquiry finds no place, those whom it reached by moving others are all at their bound: these
    supporters can take no more below the load, so that the next least load of one of them is forced.
    """

    def __init__(self, problem: Problem, tight: Tight) -> None:
        self._problem, self._tight = problem, tight
        self._load = problem.least
        self._crowd: tuple[int, ...] = ()
        self._bound = self._bounds()
        self._flow = Flow(len(problem.references), self._bound)

    def run(self) -> Balanced:
        """Serve all."""
        for enquiry in range(len(self._problem.references)):
            choices = self._tight.choices(enquiry)
            if not len(choices):
                continue
            open_rows = choices[self._flow.spare[choices] > 0]
            if len(open_rows):
                self._flow.move([(enquiry, int(open_rows[0]))])
            else:
                self._make_place(enquiry)
        return Balanced(self._flow, self._bound, self._load, self._crowd)

    def _bounds(self) -> Ints:
        """How many more each may have without going above the load."""
        capacity, taken = self._problem.capacity, self._problem.taken
        if int(capacity.max(initial=0)) ** 2 >= 2**62:
            capacity = capacity.astype(object)  # whole numbers of any size
        within = np.asarray(capacity * self._load.numerator // self._load.denominator, np.int64) - taken
        bound: Ints = np.clip(within, 0, self._problem.room)
        return bound

    def _make_place(self, enquiry: int) -> None:
        """Move others on until there is a place for an enquiry; raise the load while there is no way."""
        way = _Way(self._flow, self._tight, enquiry)
        while (place := way.search()) is None:
            self._load = self._next(way.reached)
            self._crowd = tuple(way.crowd)
            self._bound = self._bounds()
            self._flow.raise_to(self._bound)
            way = _Way(self._flow, self._tight, enquiry)
        self._flow.move(way.moves(place))

    def _next(self, rows: list[int]) -> Fraction:
        """The least load that would let one of these take one more; all of them have room, or it would have a price."""
        best = (1, 0)
        for row in rows:
            more = len(self._flow.holds.get(row, ())) + 1
            load = int(self._problem.taken[row]) + more, int(self._problem.capacity[row])
            if load[0] * best[1] < best[0] * load[1]:
                best = load
        return Fraction(*best)


class _Way:
    """A search, near things first, from one enquiry over those who might move to a supporter with a place."""

    def __init__(self, flow: Flow, tight: Tight, enquiry: int) -> None:
        self._flow, self._tight = flow, tight
        self._new = np.ones(len(flow.spare), np.bool_)
        self._into: dict[int, int] = {}
        self.crowd = [enquiry]

    def search(self) -> int | None:
        """The supporter with a place that is reached first."""
        self.reached: list[int] = []
        for enquiry in self.crowd:  # it grows on the way
            rows = self._tight.choices(enquiry)
            rows = rows[self._new[rows]]
            self._new[rows] = False
            found = rows[self._flow.spare[rows] > 0]
            if len(found):
                self._into[int(found[0])] = enquiry
                return int(found[0])
            self._go_on(rows, enquiry)
        return None

    def _go_on(self, rows: Rows, enquiry: int) -> None:
        for row in rows.tolist():
            self._into[row] = enquiry
            self.reached.append(row)
            self.crowd.extend(self._flow.held_by(row))

    def moves(self, place: int) -> list[tuple[int, int]]:
        """Who moves where, from the place back to the first."""
        moves = []
        row = place
        while row != NOBODY:
            enquiry = self._into[row]
            moves.append((enquiry, row))
            row = self._flow.given[enquiry]
        return moves
