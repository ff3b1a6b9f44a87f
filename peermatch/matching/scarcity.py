"""Which two people together cover what nobody meets alone."""

from datetime import date
from itertools import combinations

import numpy as np

from peermatch.matching.columns import Rows
from peermatch.matching.question import NeedView, Question
from peermatch.matching.register import Register
from peermatch.matching.shortlists import Answer
from peermatch.model.enquiry import Enquiry
from peermatch.model.verdict import Shortlist


def best_pair(register: Register, enquiry: Enquiry, on: date, shortlist: Shortlist) -> tuple[str, str] | None:
    """The two suggested people, highest in the list, who together meet all that is needed.

    None where somebody meets everything alone, or where no two cover it.
    """
    answer = Answer.to(register, enquiry, on, shortlist.policy)
    standings = answer.standings
    rows = standings.rows[standings.first(len(standings))]
    first_with = _first_with(answer, rows)
    everything = frozenset(view.need.characteristic for view in answer.questions()[0].needs)
    pairs = [
        (first_with[one], first_with[two])
        for one, two in combinations(first_with, 2)
        if one | two == everything
    ]
    if everything in first_with or not pairs:
        return None
    upper, lower = min(pairs, key=lambda pair: (sum(pair), pair))
    return register.id(int(rows[upper])), register.id(int(rows[lower]))


def _first_with(answer: Answer, rows: Rows) -> dict[frozenset[str], int]:
    """The highest place at which just these needs are met, leaving out whoever meets no more than one before."""
    needs = list(dict.fromkeys(view.need.characteristic for view in answer.questions()[0].needs))
    met = _met(answer, rows)
    patterns, firsts = np.unique(met, axis=0, return_index=True)
    found: dict[frozenset[str], int] = {}
    for first, pattern in sorted(zip(firsts.tolist(), patterns.tolist(), strict=True)):
        shared = frozenset(need for need, has in zip(needs, pattern, strict=True) if has)
        if not any(shared <= before for before in found):
            found[shared] = first
    return found


def _met(answer: Answer, rows: Rows) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """A line for each row, a place for each different need: whether it is met with valid consent."""
    different = {view.need.characteristic: view for view in answer.questions()[0].needs}
    met = np.zeros((len(rows), len(different)), dtype=np.bool_)
    start = 0
    for question in answer.questions():
        inside = (rows >= start) & (rows < start + len(question.segment))
        for place, view in enumerate(different.values()):
            met[inside, place] = _meeting(question, view)[rows[inside] - start]
        start += len(question.segment)
    return met


def _meeting(question: Question, view: NeedView) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    mask = question.nobody()
    for choice in view.choices[: view.meeting]:
        mask[question.sharing(choice.term)] = True
    return mask
