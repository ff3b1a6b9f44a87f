"""The proof of a plan, checked without trust in how it was found: by weak duality nothing better can exist."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from peermatch.matching.planning.problem import Ints, Problem, Rows


class NotProven(AssertionError):
    """A plan does not stand up to its proof: an error in this program, never in what came in."""


def certify(
    problem: Problem, given: Sequence[int], price: Ints, load: Fraction, crowd: Sequence[int]
) -> None:
    """Refuse a plan that breaks a rule or that is not proven the best.

    ``given`` is each enquiry's supporter, below 0 for nobody. ``price``: whatever the prices are, no plan is worth more
    than all prices of places plus what each enquiry could earn at most after them; this one is worth that much.
    ``load``: the greatest load; ``crowd``: enquiries of which all the best plans serve all, more than their candidates
    could take with every load below ``load``; nobody where a pin or the prices force that load already.
    """
    counts = np.bincount([row for row in given if row >= 0], minlength=len(problem.room))
    _hold(bool((counts <= problem.room).all()), "a supporter is given more than there is room for")
    _hold(len(given) == len(problem.references), "not every enquiry is answered")
    _hold(bool((price >= 0).all()), "a price is below 0")
    earned = [_earned(problem, price, enquiry) for enquiry in range(len(given))]
    worth = sum(problem.lift + _gain(problem, enquiry, row) for enquiry, row in enumerate(given) if row >= 0)
    paid = np.flatnonzero((price > 0) & (problem.room > 0))
    bound = sum(earned) + sum(int(price[row]) * int(problem.room[row]) for row in paid.tolist())
    _hold(worth == bound, "the prices do not prove the number served and the sum")
    _hold(load == _greatest(problem, counts), "the greatest load is another")
    if load > problem.least and not len(paid):
        everybody = [_best(problem, price, enquiry, earned[enquiry]) for enquiry in crowd]
        _hold(bool(everybody) and min(earned[enquiry] for enquiry in crowd) > 0, "no reason for the load")
        # numpy's own way to take each once would first load its masked arrays, which nobody here has
        each_once = np.flatnonzero(np.bincount(np.concatenate(everybody)))
        _hold(len(set(crowd)) > _below(problem, load, each_once), "a lower load")


def _hold(true: bool, what: str) -> None:
    if not true:
        raise NotProven(f"The plan is not proven: {what}.")


def _earned(problem: Problem, price: Ints, enquiry: int) -> int:
    """The most that an enquiry could earn after prices; 0 unserved."""
    if not len(problem.gains[enquiry]):
        return 0
    return max(0, problem.lift + int((problem.gains[enquiry] - price[problem.supporters[enquiry]]).max()))


def _gain(problem: Problem, enquiry: int, row: int) -> int:
    """What a pair is worth; a pair that was refused is nowhere to be found."""
    (places,) = np.nonzero(problem.supporters[enquiry] == row)
    _hold(len(places) == 1, "a pair that does not fit")
    return int(problem.gains[enquiry][places[0]])


def _greatest(problem: Problem, counts: Ints) -> Fraction:
    rows = np.flatnonzero(counts).tolist()
    loads = {(int(problem.taken[row] + counts[row]), int(problem.capacity[row])) for row in rows}
    return max([problem.least, *(Fraction(*each) for each in loads)])


def _best(problem: Problem, price: Ints, enquiry: int, earned: int) -> Rows:
    """Those whom an enquiry has in some best plan, if in any."""
    worth = problem.gains[enquiry] - price[problem.supporters[enquiry]]
    best: Rows = problem.supporters[enquiry][worth == earned - problem.lift]
    return best


def _below(problem: Problem, load: Fraction, rows: Rows) -> int:
    """How many enquiries these supporters could take together with every load below a given one."""
    total = 0
    for row in rows.tolist():
        # The greatest whole number below load x capacity.
        most = -(-load.numerator * int(problem.capacity[row]) // load.denominator) - 1
        total += min(max(most - int(problem.taken[row]), 0), int(problem.room[row]))
    return total
