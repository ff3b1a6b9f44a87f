"""What a plan is made from: who fits each enquiry with what gain, and how much room each supporter has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Rows: TypeAlias = NDArray[np.integer[Any]]

_LARGEST = 2**60
"""Sums of gains stay below this, so that nothing overflows and nothing is rounded."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Those who fit one enquiry: their rows in the supply, each once and in any order, and what each is worth.

    Whoever does not fit is not listed at all: a refused pair has no price. A gain is a score in whole 1e-9.
    """

    enquiry: str
    supporters: Rows
    gains: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Supply:
    """All supporters by row, in the order of their ids: how many they take at once and how many they have."""

    ids: Sequence[str]
    capacity: Ints
    in_hand: Ints

    def __post_init__(self) -> None:
        if not len(self.ids) == len(self.capacity) == len(self.in_hand):
            raise ValueError("ids, capacity and in_hand are not of one length")
        if any(first >= second for first, second in zip(self.ids, self.ids[1:], strict=False)):
            raise ValueError("the ids are not in order")


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """The plan as numbers: what is left to decide once the pinned pairs stand.

    Enquiries stand in the order of their references. ``lift`` is what being served is worth beside the gain: more
    than all differences of gains together, so that the number served goes before the sum (matching.md, plan).
    ``taken`` is in hand plus pinned; ``least`` the greatest load of those who were given somebody by a pin.
    """

    references: tuple[str, ...]
    supporters: tuple[Rows, ...]
    gains: tuple[Ints, ...]
    capacity: Ints
    taken: Ints
    room: Ints
    lift: int
    least: Fraction

    @classmethod
    def of(cls, candidates: Sequence[Candidates], supply: Supply, pinned: Mapping[str, int]) -> "Problem":
        """The problem that the pins (row by reference) leave open; the order of the candidates changes nothing."""
        free = sorted((c for c in candidates if c.enquiry not in pinned), key=lambda each: each.enquiry)
        references = tuple(each.enquiry for each in free)
        if len({*references, *pinned}) != len(candidates):
            raise ValueError("an enquiry stands twice, or a pinned one is not there")
        pins = np.fromiter(pinned.values(), np.int64, len(pinned))
        taken = supply.in_hand + np.bincount(pins, minlength=len(supply.ids))
        if (taken[pins] > supply.capacity[pins]).any():
            raise ValueError("more is pinned than there is room for")
        loads = [Fraction(int(taken[row]), int(supply.capacity[row])) for row in pins.tolist()]
        return cls(
            references=references,
            supporters=tuple(each.supporters for each in free),
            gains=tuple(each.gains for each in free),
            capacity=supply.capacity,
            taken=taken,
            # One more than there are enquiries is as good as any: full then always means at capacity.
            room=np.clip(supply.capacity - taken, 0, len(free) + 1),
            lift=_lift(free),
            least=max(loads, default=Fraction(0)),
        )


def dearest(supporters: Rows, gains: Ints, price: Ints) -> tuple[int, Ints]:
    """The most that any of these pairs leaves after prices (none is below 0), and the places of those that do."""
    most = gains.max()
    top = (gains == most).nonzero()[0]
    free = top[price[supporters[top]] == 0]
    if len(free):  # so it is nearly always, and the rest need not be looked at
        return int(most), free
    worth = gains - price[supporters]
    best = worth.max()
    return int(best), (worth == best).nonzero()[0]


def _lift(candidates: Sequence[Candidates]) -> int:
    """So much that one more served outweighs any change of the sum, with the lowest gain counted as nothing."""
    some = [each.gains for each in candidates if len(each.gains)]
    if not some:
        return 1
    low, high = int(min(gains.min() for gains in some)), int(max(gains.max() for gains in some))
    bonus = (high - low) * len(candidates) + 1
    if bonus * (len(candidates) + 1) >= _LARGEST or max(abs(low), abs(high)) >= _LARGEST:
        raise ValueError("the gains are too large to be added up")
    return bonus - low
