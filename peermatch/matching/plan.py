"""Many enquiries at once: who is given to whom so that most are served, as well and as evenly as can be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from peermatch.matching.planning.balance import Balanced, Balancing
from peermatch.matching.planning.certificate import certify
from peermatch.matching.planning.flow import Flow
from peermatch.matching.planning.order import Ordering
from peermatch.matching.planning.prices import Assigning, Priced
from peermatch.matching.planning.problem import Candidates, Problem, Supply
from peermatch.matching.planning.tight import Tight

NO_PINS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Solution:
    """The one best plan: pairs of reference and id in order, the sum of their gains, and the greatest load."""

    pairs: tuple[tuple[str, str], ...]
    total: int
    load: Fraction

    @property
    def served(self) -> int:
        """How many enquiries are given somebody."""
        return len(self.pairs)


def solve(candidates: Sequence[Candidates], supply: Supply, pinned: Mapping[str, str] = NO_PINS) -> Solution:
    """The best plan for these enquiries that holds the pinned pairs, exact and proven (matching.md, plan).

    In this order: most served; greatest sum; least greatest load of those who are given somebody; the smallest sorted
    list of pairs. A pin names a pair that fits; anything else is an error of the caller.
    """
    by_reference = {each.enquiry: each for each in candidates}
    row_of = {id: row for row, id in enumerate(supply.ids)} if pinned else {}
    pins = {reference: row_of[id] for reference, id in pinned.items()}
    problem = Problem.of(candidates, supply, pins)
    priced = Assigning(problem).run()
    given, balanced = _first(problem, priced)
    certify(problem, given, priced.price, balanced.load, balanced.crowd)
    rows = pins | {
        reference: row for reference, row in zip(problem.references, given, strict=True) if row >= 0
    }
    return Solution(
        pairs=tuple((reference, supply.ids[row]) for reference, row in sorted(rows.items())),
        total=sum(_gain(by_reference[reference], row) for reference, row in rows.items()),
        load=balanced.load,
    )


def _first(problem: Problem, priced: Priced) -> tuple[list[int], Balanced]:
    """Of all best plans the evenest, and of these the first."""
    tight = Tight(problem, priced.price)
    if any(tight.contested):
        # A place with a price is taken in every best plan, so that somebody is at capacity, whatever else is done.
        balanced = Balanced(Flow.of(priced.given, problem.room), problem.room, Fraction(1), ())
    else:
        balanced = Balancing(problem, tight).run()
    Ordering(tight, balanced.flow, balanced.bound).run()
    return balanced.flow.given, balanced


def _gain(candidates: Candidates, row: int) -> int:
    (gains,) = (candidates.gains[candidates.supporters == row],)
    if len(gains) != 1:
        raise ValueError(f"{candidates.enquiry} is pinned to somebody who does not fit")
    return int(gains[0])
