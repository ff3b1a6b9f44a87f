"""Who is rare: the only one, or one of two, able to meet something that is asked for."""

from collections.abc import Sequence

import numpy as np

from peermatch.matching.columns import Mask
from peermatch.matching.question import NeedView, Question

_FEW = 2
_SOME = 256
"""Where a term is shared by many, the first of them show that it is not rare."""


def rare(asked: Sequence[Question], able: Sequence[Mask]) -> set[int]:
    """The rows of those who are the only one, or one of two, able to meet something that is asked for."""
    found: set[int] = set()
    for place in _different(asked):
        meeting: set[int] = set()
        start = 0
        for question, mask in zip(asked, able, strict=True):
            meeting |= {start + row for row in _few(question, question.needs[place], mask)}
            start += len(question.segment)
        if len(meeting) <= _FEW:
            found |= meeting
    return found


def _different(asked: Sequence[Question]) -> list[int]:
    """Where each different need stands first."""
    places: dict[str, int] = {}
    for place, view in enumerate(asked[0].needs):
        places.setdefault(view.need.characteristic, place)
    return list(places.values())


def _few(question: Question, view: NeedView, able: Mask) -> set[int]:
    """Who is able to meet a need; where they are many, only some of them, but too many to be few."""
    meeting: set[int] = set()
    for choice in view.choices[: view.meeting]:
        sharing = question.sharing(choice.term)
        some = sharing[:_SOME]
        if np.count_nonzero(able[some]) <= _FEW:
            some = sharing
        meeting.update(some[np.flatnonzero(able[some])[: _FEW + 1]].tolist())
        if len(meeting) > _FEW:
            break
    return meeting
