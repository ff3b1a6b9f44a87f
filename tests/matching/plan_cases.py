"""Small and middling plans made by chance, and the answer found by trying everything."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from random import Random

import numpy as np

from peermatch.matching.plan import Solution, solve
from peermatch.matching.planning.problem import Candidates, Supply

Answer = tuple[int, int, Fraction, list[tuple[str, str]]]


@dataclass(frozen=True)
class Case:
    """Who fits which enquiry with what gain, how much everybody takes and has, and what is pinned."""

    gains: Mapping[str, Mapping[str, int]]
    capacity: Mapping[str, int]
    in_hand: Mapping[str, int]
    pinned: Mapping[str, str] = field(default_factory=dict)

    def room(self, id: str) -> int:
        return max(0, self.capacity[id] - self.in_hand[id])

    @property
    def supply(self) -> Supply:
        ids = sorted(self.capacity)
        return Supply(
            ids,
            np.array([self.capacity[id] for id in ids], np.int64),
            np.array([self.in_hand[id] for id in ids], np.int64),
        )

    def candidates(self, shuffled: int | None = None) -> list[Candidates]:
        """What `solve` is given, in the order of the case or in any other."""
        rows = {id: row for row, id in enumerate(sorted(self.capacity))}
        chance = Random(shuffled)
        found = []
        for reference, worth in self.gains.items():
            pairs = list(worth.items())
            if shuffled is not None:
                chance.shuffle(pairs)
            found.append(
                Candidates(
                    reference,
                    np.array([rows[id] for id, _ in pairs], np.int32),
                    np.array([gain for _, gain in pairs], np.int64),
                )
            )
        if shuffled is not None:
            chance.shuffle(found)
        return found

    def solved(self, shuffled: int | None = None) -> Solution:
        return solve(self.candidates(shuffled), self.supply, self.pinned)

    def tried(self) -> Answer:
        """The best of all assignments, compared as matching.md says: one after the other, sharing no code."""
        return min(self._answers(), key=lambda a: (-a[0], -a[1], a[2], a[3]))

    def _answers(self) -> Iterator[Answer]:
        references = sorted(self.gains)
        choices = [
            (self.pinned[r],) if r in self.pinned else (None, *sorted(self.gains[r])) for r in references
        ]
        for chosen in product(*choices):
            pairs = [(r, id) for r, id in zip(references, chosen, strict=True) if id is not None]
            new = [id for _, id in pairs]
            have = {id: self.in_hand[id] + new.count(id) for id in new}
            if all(have[id] <= self.capacity[id] for id in have):
                load = max((Fraction(have[id], self.capacity[id]) for id in have), default=Fraction(0))
                yield len(pairs), sum(self.gains[r][id] for r, id in pairs), load, pairs


def answer(solution: Solution) -> Answer:
    """A solution as `Case.tried` gives it."""
    return solution.served, solution.total, solution.load, list(solution.pairs)


def by_chance(seed: int, enquiries: int, supporters: int, most: int = 3, pins: float = 0.15) -> Case:
    """Any density, capacities from 0, few or many different gains, now and then a pin."""
    chance = Random(seed)
    ids = [f"S-{number}" for number in chance.sample(range(100, 1000), supporters)]
    capacity = {id: chance.randint(0, most) for id in ids}
    in_hand = {id: chance.choice((0, 0, 1, 2)) for id in ids}
    density = chance.random()
    worth = chance.choice(
        ((0,), (700_000_000,), (0, 1), (1, 2, 3), (-3, 0, 7), tuple(range(10**9 - 50, 10**9)))
    )
    gains = {
        f"E-{number}": {id: chance.choice(worth) for id in ids if chance.random() < density}
        for number in chance.sample(range(100, 1000), enquiries)
    }
    case = Case(gains, capacity, in_hand)
    pinned: dict[str, str] = {}
    for reference, fitting in gains.items():
        free = [id for id in fitting if list(pinned.values()).count(id) < case.room(id)]
        if free and chance.random() < pins:
            pinned[reference] = chance.choice(free)
    return Case(gains, capacity, in_hand, pinned)
