"""Who is offered to an enquiry: what `match` suggests, as arrays and without its words; the one door to the plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from peermatch.matching.planning.problem import Candidates, Rows
from peermatch.matching.register import Register
from peermatch.matching.shortlists import Answer
from peermatch.model.enquiry import Enquiry
from peermatch.model.policy import Policy
from peermatch.model.verdict import Code

_UNIT = 1e9


@dataclass(frozen=True, slots=True, eq=False)
class Offers:
    """The suggested of one enquiry by row, best first, with scores; where there is nobody, the commonest refusals."""

    enquiry: str
    supporters: Rows
    scores: NDArray[np.float64]
    why_not: tuple[tuple[Code, int], ...]

    @classmethod
    def of(
        cls, register: Register, enquiry: Enquiry, on: date, policy: Policy, row_of: Mapping[str, int]
    ) -> "Offers":
        """What `match` suggests, its scores as they are."""
        answer = Answer.to(register, enquiry, on, policy)
        order = answer.standings.first(len(answer.standings))
        people = register.ids(answer.standings.rows[order])
        return cls(
            enquiry=enquiry.reference,
            supporters=np.fromiter(map(row_of.__getitem__, people), np.int32, len(order)),
            scores=answer.standings.scores[order],
            why_not=() if len(order) else answer.counts,
        )

    def candidates(self, without: Rows) -> Candidates:
        """The pairs of a plan in whole 1e-9, but for those ruled out."""
        kept = ~np.isin(self.supporters, without) if len(without) else slice(None)
        gains = np.rint(self.scores[kept] * _UNIT).astype(np.int64)
        return Candidates(self.enquiry, self.supporters[kept], gains)

    def place(self, row: int) -> int:
        """The place of a supporter in this list, 1 for the first."""
        return int(np.flatnonzero(self.supporters == row)[0]) + 1
