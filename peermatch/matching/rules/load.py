"""Whoever is busy, or was asked often of late, stands a little lower."""

from collections.abc import Sequence

import numpy as np

from peermatch.matching.columns import Rows
from peermatch.matching.question import Part, Question


def parts(question: Question, rows: Rows) -> Sequence[Part]:
    """The share of the score that introductions in hand and askings in twelve months take away."""
    policy = question.policy
    in_hand, capacity = question.segment.work.in_hand, question.facts.people.capacity
    asked = question.today.times_asked
    # Capacity 0 never passes the gate of room; 1 stands in for it so that nothing is divided by zero.
    busy = np.minimum(1.0, in_hand[rows] / np.maximum(capacity[rows], 1))
    often = np.minimum(1.0, asked[rows] / policy.asked_limit)

    def text(row: int) -> str:
        return f"{in_hand[row]} of {capacity[row]} introductions in hand, {_times(int(asked[row]))}"

    return (Part("load", text, tax=policy.load_in_hand * busy + policy.load_asked * often),)


def _times(asked: int) -> str:
    if asked == 0:
        return "not asked in twelve months"
    return f"asked {'once' if asked == 1 else f'{asked} times'} in twelve months"
