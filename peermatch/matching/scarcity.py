"""How few could meet what is needed: who is rare, and which two together cover what nobody meets alone."""

from collections.abc import Mapping
from datetime import date
from itertools import combinations

import numpy as np

from peermatch.matching.columns import Mask
from peermatch.matching.consents import VALID
from peermatch.matching.question import Question
from peermatch.matching.register import Register
from peermatch.model.enquiry import Enquiry
from peermatch.model.verdict import Code, Shortlist

_PASSING = frozenset({Code.PAUSED, Code.UNAVAILABLE, Code.NO_ROOM, Code.ALREADY_ASKED})
"""What only keeps somebody from this enquiry now; they are able all the same (matching, scarcity)."""

_FEW = 2


def rare(question: Question, refused: Mapping[Code, Mask]) -> Mask:
    """Who is the only one, or one of two, able to meet something that is asked for."""
    able = ~np.logical_or.reduce([mask for code, mask in refused.items() if code not in _PASSING])
    found = question.nobody()
    for view in question.needs:
        meeting = able & (view.met == VALID)
        if meeting.sum() <= _FEW:
            found |= meeting
    return found


def best_pair(register: Register, enquiry: Enquiry, on: date, shortlist: Shortlist) -> tuple[str, str] | None:
    """The two suggested people, highest in the list, who together meet all that is needed.

    None where somebody meets everything alone, or where no two cover it.
    """
    question = Question.put(register, enquiry, on, shortlist.policy)
    first_with: dict[frozenset[int], int] = {}
    for place, each in enumerate(shortlist.suggested):
        row = register.row_of[each.supporter]
        met = frozenset(n for n, view in enumerate(question.needs) if view.met[row] == VALID)
        first_with.setdefault(met, place)
    everything = frozenset(range(len(question.needs)))
    pairs = [
        sorted((first_with[one], first_with[two]))
        for one, two in combinations(first_with, 2)
        if one | two == everything
    ]
    if everything in first_with or not pairs:
        return None
    upper, lower = min(pairs, key=lambda pair: (sum(pair), pair))
    return shortlist.suggested[upper].supporter, shortlist.suggested[lower].supporter
