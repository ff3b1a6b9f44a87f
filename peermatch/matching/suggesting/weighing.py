"""How likely something is, from what the words of a letter say and what its sentences seem to mean: learned weights.

The weights are those of plain logistic regression on invented letters that the sentence model had not been trained on
(``packaging/tune.py``), so that they trust the model no more than it deserves on a letter that is new to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from peermatch.matching.suggesting.arrays import Arrays, Floats

_NONE = 1e-4
"""What is left when no sentence comes near a topic at all, so that its logarithm exists."""
_FARTHEST = -10.0
_SURE = 0.9999


@dataclass(frozen=True, slots=True)
class Clue:
    """What speaks for one topic: how strongly the words do, whether that is enough alone, and each sentence's share.

    ``shares`` are logarithms; sentences about somebody else are left out.
    """

    words: float
    is_said: bool
    shares: Sequence[float]


@dataclass(frozen=True, slots=True)
class Alarm:
    """What speaks for danger: the sentences' scores, and the points and plainness of the signs in words."""

    scores: Floats
    points: int
    is_plain: bool
    is_enough: bool


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of each clue, the last one standing alone: for a topic that is needed, one that is useful, danger."""

    needed: Floats
    useful: Floats
    danger: Floats

    @classmethod
    def of(cls, arrays: Arrays) -> "Weights":
        """The weights of a file; their number is fixed by `clues` and `alarms`."""
        return cls(
            arrays.floats("weights.needed", 8),
            arrays.floats("weights.useful", 8),
            arrays.floats("weights.danger", 6),
        )

    def topics(self, found: Sequence[Clue]) -> tuple[Floats, Floats]:
        """For each topic how likely it is needed, and how likely needed or at least helpful."""
        rows = clues(found)
        return likely(rows, self.needed), likely(rows, self.useful)

    def of_danger(self, alarm: Alarm) -> float:
        """How likely a person must look at a letter today."""
        return float(likely(alarms([alarm]), self.danger)[0])


def clues(found: Sequence[Clue]) -> Floats:
    """A row of seven numbers for each topic."""
    whole = np.array([_together(each.shares) for each in found])
    place = np.argsort(np.argsort(-whole, kind="stable"), kind="stable")
    rows = [
        (
            each.words if each.is_said else 0.0,
            float(each.is_said),
            0.0 if each.is_said else each.words,
            together,
            max([_FARTHEST, *each.shares]),
            np.log1p(behind),
            together if each.is_said else 0.0,
        )
        for each, together, behind in zip(found, whole, place, strict=True)
    ]
    return np.array(rows, dtype=np.float32).reshape(-1, 7)


def alarms(found: Sequence[Alarm]) -> Floats:
    """A row of five numbers for each letter."""
    rows = [
        (
            float(each.scores.max(initial=_FARTHEST)),
            _any(each.scores),
            float(each.is_plain),
            float(min(each.points, 6)),
            float(each.is_enough),
        )
        for each in found
    ]
    return np.array(rows, dtype=np.float32).reshape(-1, 5)


def _together(shares: Sequence[float]) -> float:
    """How near all sentences together come to a topic: as if each were one chance to be about it."""
    missed = -np.log1p(-np.minimum(np.exp(np.array(shares, dtype=np.float64)), _SURE)).sum()
    return float(np.log(missed + _NONE))


def _any(scores: Floats) -> float:
    """The odds, as a logarithm, that any of the sentences tells of danger."""
    none = -np.logaddexp(0.0, scores.astype(np.float64)).sum()
    some = min(-np.expm1(none), 1 - 1e-9)
    return float(np.log(some + 1e-9) - np.log1p(-some))


def likely(rows: Floats, weights: Floats) -> Floats:
    """How likely each row makes it, by weights of which the last one stands alone."""
    shares: Floats = 1.0 / (1.0 + np.exp(-(rows @ weights[:-1] + weights[-1])))
    return shares
