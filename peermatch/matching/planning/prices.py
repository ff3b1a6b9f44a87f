"""The best number served and sum of scores: shortest augmenting paths (Jonker and Volgenant), made lazy.

Each supporter has a price: what one of their places is worth to those who compete for it. An enquiry takes whoever
leaves it most after the price; where all of those are full, the cheapest chain of moves makes a place. Lists of
candidates are opened only as far as prices demand, so that of millions of pairs few are ever looked at one by one.
At the end the prices prove that nothing better exists (`certificate`).
"""

from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TypeAlias

import numpy as np

from peermatch.matching.planning.problem import Ints, Problem, Rows, dearest

_FIRST, _LAST = 8, 512
"""How many candidates are opened at first, four times as many each next time, and when the rest is searched whole."""
_GLANCE = 32
"""So few candidates are picked out without opening a list."""
_STALE = 6
"""After so many looks at an enquiry's candidates they are put in order again by what they are worth now."""
NOBODY = -1
Offer: TypeAlias = tuple[int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Priced:
    """An optimal assignment (each enquiry's supporter or `NOBODY`) and the prices that prove it."""

    given: list[int]
    price: Ints


class _Opened:
    """The best candidates of one enquiry as far as they were needed, and an upper bound of the gains of the rest.

    ``offers`` are (what it was worth when last looked up, supporter, gain), best first. Prices only rise, so that
    nobody is ever worth more than that, and a search may stop where this is too little.
    """

    __slots__ = ("_gains", "_indexes", "_looks", "_start", "_supporters", "offers", "rest", "whole")

    def __init__(self, supporters: Rows, gains: Ints, start: int) -> None:
        self._supporters, self._gains, self._start = supporters, gains, start
        self._indexes = np.empty(0, np.int64)
        self._looks = 0
        self.offers: list[Offer] = []
        self.rest: int | None = None
        self.whole = False

    def look(self, cost: list[int]) -> list[Offer]:
        """The offers that are open, looked up again now and then."""
        self._looks += 1
        if self._looks % _STALE == 0:
            self.offers = sorted(
                ((gain - cost[supporter], supporter, gain) for _, supporter, gain in self.offers),
                reverse=True,
            )
        return self.offers

    def open_more(self) -> list[Offer]:
        """Open more candidates; those that are new, best first."""
        wanted = len(self.offers) * 4 or _FIRST
        if wanted >= len(self._gains):
            chosen, self.rest = np.arange(len(self._gains)), None
        else:
            chosen = self._best(wanted)
            self.rest = int(self._gains[chosen].min())
            self.whole = wanted >= _LAST
        fresh = np.ones(len(self._gains), np.bool_)
        fresh[self._indexes] = False
        new = chosen[fresh[chosen]]
        new = new[np.argsort(-self._gains[new], kind="stable")]
        self._indexes = np.concatenate((self._indexes, new))
        offers = _as_offers(self._supporters[new], self._gains[new])
        self.offers = sorted(self.offers + offers, reverse=True)
        return offers

    def _best(self, wanted: int) -> Ints:
        """So many of the greatest gain.

        Of equals at the cut each enquiry begins with others, so that they spread, and always with the same, so that
        the next opening holds all of this one and more.
        """
        size = len(self._gains)
        cut = np.partition(self._gains, size - wanted)[size - wanted]
        above, equal = np.flatnonzero(self._gains > cut), np.flatnonzero(self._gains == cut)
        start = self._start % len(equal)
        return np.concatenate((above, equal[start:], equal[:start]))[:wanted]


def _as_offers(supporters: Rows, gains: Ints) -> list[Offer]:
    listed = gains.tolist()
    return list(zip(listed, supporters.tolist(), listed, strict=True))


class Assigning:
    """One run: enquiries are served one after the other, and after each the assignment is the best so far."""

    def __init__(self, problem: Problem) -> None:
        self._problem, self._lift = problem, problem.lift
        # Without room nobody is to be had at any price that somebody would pay: that keeps the pair out.
        highest = max((int(g.max()) for g in problem.gains if len(g)), default=0)
        self._price: Ints = np.where(problem.room > 0, 0, 2 * (problem.lift + highest) + 1)
        self._cost: list[int] = self._price.tolist()  # the same as whole numbers of Python: quick one by one
        self._spare = problem.room.copy()
        self._free: list[bool] = (problem.room > 0).tolist()
        self._given = [NOBODY] * len(problem.references)
        self._gain = [0] * len(problem.references)
        self._holds: dict[int, dict[int, None]] = {}
        self._opened: dict[int, _Opened] = {}
        self._glanced = [False] * len(problem.references)
        # The search that is going on: distances and ways to supporters, and the cheapest end found.
        self._distance: dict[int, int] = {}
        self._way: dict[int, tuple[int, int]] = {}
        self._reached: dict[int, int] = {}
        self._heap: list[tuple[int, int]] = []
        self._limit = 0
        self._end = NOBODY

    def run(self) -> Priced:
        """Serve all; those with the fewest candidates first, which saves about half of the moves."""
        for enquiry in sorted(range(len(self._given)), key=lambda each: len(self._problem.gains[each])):
            if not self._serve_at_once(enquiry):
                self._serve_by_moves(enquiry)
        return Priced(self._given, self._price)

    @property
    def opened(self) -> int:
        """How many pairs were looked at one by one."""
        return sum(len(each.offers) for each in self._opened.values())

    def _serve_at_once(self, enquiry: int) -> bool:
        """Take the best after prices, if one of the equally best has a place left, or nobody is worth the price."""
        supporters, gains = self._problem.supporters[enquiry], self._problem.gains[enquiry]
        if not len(gains):
            return True
        best, places = dearest(supporters, gains, self._price)
        if best + self._lift <= 0:
            return True
        open_places = places[self._spare[supporters[places]] > 0]
        if not len(open_places):
            return False
        place = int(open_places[0])
        self._give(enquiry, int(supporters[place]), int(gains[place]))
        self._fill(int(supporters[place]))
        return True

    def _give(self, enquiry: int, supporter: int, gain: int) -> None:
        self._given[enquiry], self._gain[enquiry] = supporter, gain
        self._holds.setdefault(supporter, {})[enquiry] = None

    def _fill(self, supporter: int) -> None:
        self._spare[supporter] -= 1
        self._free[supporter] = bool(self._spare[supporter] > 0)

    def _start_search(self, enquiry: int) -> None:
        """Begin with the ends that are known: leave the enquiry unserved, or take its best with a free place."""
        self._distance, self._way, self._reached, self._heap = {}, {}, {}, []
        self._limit, self._end = self._lift, ~enquiry
        supporters, gains = self._problem.supporters[enquiry], self._problem.gains[enquiry]
        free = (self._spare[supporters] > 0).nonzero()[0]
        if len(free):  # a free place has no price, and being served is always worth more than not
            place = int(free[gains[free].argmax()])
            self._limit, self._end = -int(gains[place]), int(supporters[place])
            self._way[self._end] = enquiry, int(gains[place])

    def _serve_by_moves(self, enquiry: int) -> None:
        """Find the cheapest chain of moves that ends at a free place or leaves somebody unserved; raise prices."""
        self._start_search(enquiry)
        self._look([(enquiry, 0)])
        done: dict[int, int] = {}
        while self._heap:
            distance, code = heappop(self._heap)
            if distance >= self._limit:
                break
            if code < 0:
                self._look_further(~code)
            elif code not in done:
                done[code] = distance
                self._pass_through(code, distance)
        for supporter, distance in done.items():
            if distance < self._limit:
                self._cost[supporter] += self._limit - distance
                self._price[supporter] = self._cost[supporter]
        self._move(enquiry)

    def _pass_through(self, supporter: int, distance: int) -> None:
        """Go on from a full supporter to each enquiry that they have: it might move on, or be left unserved."""
        from_here = distance - self._cost[supporter]
        self._look([(enquiry, from_here + self._gain[enquiry]) for enquiry in self._holds[supporter]])

    def _look(self, reached: list[tuple[int, int]]) -> None:
        """Set out from enquiries that were reached at a distance to all who might have them instead."""
        self._reached.update(reached)
        self._look_at([(enquiry, base, self._offers(enquiry, base)) for enquiry, base in reached])
        for enquiry, base in reached:
            opened = self._opened.get(enquiry)
            if opened is not None:
                self._look_later(enquiry, base, opened)

    def _offers(self, enquiry: int, base: int) -> list[Offer]:
        """The offers of an enquiry that are open.

        Most are reached once and never again: the first time, if only a few can matter at all, just these are picked
        out and nothing is opened.
        """
        opened = self._opened.get(enquiry)
        if opened is None and not self._glanced[enquiry]:
            self._glanced[enquiry] = True
            supporters, gains = self._problem.supporters[enquiry], self._problem.gains[enquiry]
            near = (gains > base - self._limit).nonzero()[0]
            if len(near) <= _GLANCE:
                near = near[np.argsort(-gains[near], kind="stable")]
                return _as_offers(supporters[near], gains[near])
        return (opened or self._open(enquiry)).look(self._cost)

    def _open(self, enquiry: int) -> _Opened:
        supporters, gains = self._problem.supporters[enquiry], self._problem.gains[enquiry]
        opened = self._opened[enquiry] = _Opened(supporters, gains, 2_654_435_761 * (enquiry + 1))
        opened.open_more()
        return opened

    def _look_later(self, enquiry: int, base: int, opened: _Opened) -> None:
        """Note from what distance on those not yet opened might matter."""
        if opened.rest is not None and base - opened.rest < self._limit:
            heappush(self._heap, (base - opened.rest, ~enquiry))

    def _look_further(self, enquiry: int) -> None:
        """Open more of an enquiry's candidates, or search all the rest at once if many are open already."""
        opened, base = self._opened[enquiry], self._reached[enquiry]
        if opened.whole:
            supporters, gains = self._problem.supporters[enquiry], self._problem.gains[enquiry]
            near = np.flatnonzero(self._price[supporters] - gains < self._limit - base)
            near = near[np.argsort(-gains[near], kind="stable")]
            self._look_at([(enquiry, base, _as_offers(supporters[near], gains[near]))])
            return
        self._look_at([(enquiry, base, opened.open_more())])
        self._look_later(enquiry, base, opened)

    def _look_at(self, reached: list[tuple[int, int, list[Offer]]]) -> None:
        """Note how far it is to whom; a free place or an enquiry left unserved is an end, and no longer way matters."""
        limit, end, lift = self._limit, self._end, self._lift
        distances, way, cost, free, heap = self._distance, self._way, self._cost, self._free, self._heap
        for enquiry, base, offers in reached:
            if base + lift < limit:
                limit, end = base + lift, ~enquiry
            for most, supporter, gain in offers:
                if base - most >= limit:
                    break
                distance = base - gain + cost[supporter]
                if distance >= limit or distance >= distances.get(supporter, limit):
                    continue
                distances[supporter], way[supporter] = distance, (enquiry, gain)
                if free[supporter]:
                    limit, end = distance, supporter
                else:
                    heappush(heap, (distance, supporter))
        self._limit, self._end = limit, end

    def _move(self, first: int) -> None:
        """Make the moves of the way that was found, from its end back to the enquiry that it began with."""
        if self._end >= 0:
            supporter = self._end
            self._fill(supporter)
        elif ~self._end == first:
            return
        else:
            supporter = self._leave(~self._end)
        while supporter != NOBODY:
            enquiry, gain = self._way[supporter]
            before = self._leave(enquiry)
            self._give(enquiry, supporter, gain)
            supporter = before

    def _leave(self, enquiry: int) -> int:
        """Take an enquiry from whoever has it; the supporter, or `NOBODY`."""
        before = self._given[enquiry]
        self._given[enquiry] = NOBODY
        if before != NOBODY:
            del self._holds[before][enquiry]
        return before
