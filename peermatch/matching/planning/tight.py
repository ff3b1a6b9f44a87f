"""All the best plans at once: those that use only pairs whose gain is exactly what the prices say.

With prices that prove the optimum (`certificate`), an assignment is a best one if and only if every pair of it is
tight, every supporter with a price is full, and every enquiry that would gain by being served is served.
"""

import numpy as np

from peermatch.matching.planning.problem import Ints, Problem, Rows, dearest

_KEPT = 256
"""Choices of up to so many supporters are kept; longer ones are worked out again, or they would fill the memory."""


class Tight:
    """The pairs of which all best plans are made."""

    def __init__(self, problem: Problem, price: Ints) -> None:
        self._problem, self._price = problem, price
        self._kept: dict[int, Rows] = {}
        self._must = [False] * len(problem.references)
        self.contested: list[bool] = ((price > 0) & (problem.room > 0)).tolist()
        for enquiry in range(len(problem.references)):
            self._work_out(enquiry)

    def choices(self, enquiry: int) -> Rows:
        """Whom an enquiry may have, in the order of the ids."""
        kept = self._kept.get(enquiry)
        return self._work_out(enquiry) if kept is None else kept

    def must(self, enquiry: int) -> bool:
        """Whether every best plan serves it."""
        return self._must[enquiry]

    def _work_out(self, enquiry: int) -> Rows:
        supporters = self._problem.supporters[enquiry]
        if not len(supporters):
            return supporters
        best, places = dearest(supporters, self._problem.gains[enquiry], self._price)
        self._must[enquiry] = best + self._problem.lift > 0
        chosen = np.sort(supporters[places]) if best + self._problem.lift >= 0 else supporters[:0]
        if len(chosen) <= _KEPT:
            self._kept[enquiry] = chosen
        return chosen
