"""Everybody goes through the gates: the first that refuses each, all that do, and who passes."""

from dataclasses import dataclass
from functools import cache
from typing import TypeGuard

import numpy as np
import numpy.typing as npt

from peermatch.matching.columns import Levels, Mask, Rows
from peermatch.matching.question import Gate, Question
from peermatch.matching.rules import GATES
from peermatch.model.verdict import Code

_FOR_NOW = frozenset({Code.PAUSED, Code.UNAVAILABLE, Code.NO_ROOM, Code.ALREADY_ASKED})
"""What only keeps somebody from this enquiry now; they are able all the same (matching, scarcity)."""

_NONE = len(GATES)
_GONE = _NONE + 1

Patterns = npt.NDArray[np.uint16]
"""Everybody's gates as the bits of a number: few different numbers occur, so each is read only once."""


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """The first gate that refuses each row (as many as there are: none does), and who is able all the same."""

    first: Levels
    able: Mask
    counts: tuple[int, ...]

    @property
    def passing(self) -> Rows:
        """Who may be suggested."""
        rows: Rows = np.flatnonzero(self.first == _NONE)
        return rows

    @property
    def refused(self) -> Rows:
        """Who is refused."""
        rows: Rows = np.flatnonzero(self.first < _NONE)
        return rows


class _Judging:
    """What is known of everybody after some of the gates."""

    __slots__ = ("able", "counts", "first", "left", "open")

    def __init__(self, first: Levels, able: Mask, open: Mask, counts: list[int]) -> None:
        self.first, self.able, self.open, self.counts = first, able, open, counts
        self.left = len(first) - sum(counts)

    def copy(self) -> "_Judging":
        return _Judging(self.first.copy(), self.able.copy(), self.open.copy(), [*self.counts])

    def through(self, place: int, gate: Gate, question: Question) -> None:
        """Close the gate to whom it refuses, and note it as the first of those who came so far."""
        refused = gate.refuses(question)
        if is_mask(refused):
            hit = refused & self.open
            np.subtract(self.first, hit.view(np.uint8) * np.uint8(_NONE - place), out=self.first)
            np.greater(self.open, hit, out=self.open)
            if gate.code not in _FOR_NOW:
                np.greater(self.able, refused, out=self.able)
        elif len(refused):
            here = refused[self.open[refused]]
            self.first[here] = place
            self.open[here] = False
            if gate.code not in _FOR_NOW:
                self.able[refused] = False
        else:
            self.counts.append(0)
            return
        before, self.left = self.left, int(np.count_nonzero(self.open))
        self.counts.append(before - self.left)


def is_mask(refused: Mask | Rows) -> TypeGuard[Mask]:
    """Whether a gate answered with a mask of all, not with rows."""
    return bool(refused.dtype == np.bool_)


def judged(question: Question, gone: Rows) -> Judged:
    """The verdict of all gates on everybody but those who are gone."""
    state = question.today.kept(question.enquiry.programme, lambda: _lasting(question)).copy()
    for place in range(len(state.counts), len(GATES)):
        state.through(place, GATES[place], question)
    counts = np.array(state.counts)
    if len(gone):
        counts -= np.bincount(state.first[gone], minlength=_GONE)[:_NONE]
        state.first[gone] = _GONE
        state.able[gone] = False
    return Judged(state.first, state.able, tuple(counts.tolist()))


def _lasting(question: Question) -> _Judging:
    """The first gates, which answer the same whatever else is asked on the day for the programme."""
    everybody = ~question.nobody()
    first: Levels = np.full(len(question.segment), _NONE, dtype=np.uint8)
    state = _Judging(first, everybody, everybody.copy(), [])
    for place, gate in enumerate(GATES):
        if not gate.lasting:
            break
        state.through(place, gate, question)
    return state


def patterns(question: Question) -> Patterns:
    """All gates that refuse each row, the first as the lowest bit."""
    found: Patterns = np.zeros(len(question.segment), dtype=np.uint16)
    for place, gate in enumerate(GATES):
        refused = gate.refuses(question)
        if is_mask(refused):
            found |= refused.astype(np.uint16) << np.uint16(place)
        else:
            found[refused] |= np.uint16(1 << place)
    return found


@cache
def codes_in(pattern: int) -> tuple[Code, ...]:
    """The codes that a pattern stands for, in the order of the gates."""
    return tuple(gate.code for place, gate in enumerate(GATES) if pattern >> place & 1)
