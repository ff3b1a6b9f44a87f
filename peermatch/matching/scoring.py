"""The score of each who passed the gates, with the points that it is made of."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from peermatch.matching.columns import Floats, Rows
from peermatch.matching.question import Part, Question
from peermatch.matching.rules import RULES
from peermatch.model.verdict import Reason


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """One score a row asked about, and one array for each part of it."""

    score: Floats
    parts: tuple[tuple[Part, Floats], ...]

    def reasons(self, place: int, row: int) -> tuple[Reason, ...]:
        """The parts in words for the row that was asked about in this place."""
        return tuple(
            Reason(part.rule, float(points[place]), text)
            for part, points in self.parts
            if (text := part.text(row)) is not None
        )


def scored(question: Question, rows: Rows) -> Scores:
    """The scores of these rows, who all passed the gates, with their parts; for as many as are read."""
    parts, total = _parts(question, rows)
    gains = [_gain(part, total, len(rows)) for part in parts]
    mean = _added(gains, len(rows))
    points = [
        gain if part.tax is None else gain - mean * part.tax for part, gain in zip(parts, gains, strict=True)
    ]
    return Scores(_taxed(parts, mean), tuple(zip(parts, points, strict=True)))


def score(question: Question, rows: Rows) -> Floats:
    """The scores alone, the same to the last digit, without keeping what each part gives to so many."""
    parts, total = _parts(question, rows)
    return _taxed(parts, _added((_gain(part, total, len(rows)) for part in parts), len(rows)))


def _taxed(parts: Iterable[Part], mean: Floats) -> Floats:
    """The mean of all gains less what load takes of it."""
    left = mean
    for part in parts:
        if part.tax is not None:
            left = left - mean * part.tax
    return left


def _parts(question: Question, rows: Rows) -> tuple[list[Part], float]:
    """All parts, and their weights together."""
    parts = [part for rule in RULES for part in rule(question, rows)] if len(rows) else []
    # Without a need or a wish nobody is suggested; 1 stands in so that nothing is divided by zero.
    return parts, sum(part.weight for part in parts) or 1.0


def _gain(part: Part, total: float, rows: int) -> Floats:
    return np.zeros(rows) if part.values is None else part.weight * part.values / total


def _added(values: Iterable[Floats], rows: int) -> Floats:
    """Added one after the other, never by np.sum: its order of addition changes with the number of people.

    Nobody's score may depend on who else is there, not even in the last digit.
    """
    return sum(values, np.zeros(rows))
