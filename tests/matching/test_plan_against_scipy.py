"""Middling plans against another exact solver, which is asked for every measure anew; it shares no code with ours."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from peermatch.matching.plan import solve
from peermatch.matching.planning.problem import Candidates, Supply
from tests.matching.plan_cases import Answer, Case, answer, by_chance

REFUSED = -(2.0**50)
SERVED = 2.0**40
SEEDS = st.integers(0, 2**32)


def worth(case: Case, allowed: dict[str, set[str | None]], places: dict[str, int]) -> float:
    """The most that can be had when each enquiry may have these (None: nobody) and each supporter so many.

    Being served counts 2**40; all is whole and below 2**53, so that nothing is rounded.
    """
    columns = [id for id in sorted(places) for _ in range(places[id])]
    references = sorted(case.gains)
    table = np.full((len(references), len(columns) + len(references)), REFUSED)
    for row, reference in enumerate(references):
        for column, id in enumerate(columns):
            if id in allowed[reference]:
                table[row, column] = SERVED + case.gains[reference][id]
        if None in allowed[reference]:
            table[row, len(columns) :] = 0
    rows, chosen = linear_sum_assignment(table, maximize=True)
    return float(table[rows, chosen].sum())


def places_below(case: Case, load: Fraction) -> dict[str, int]:
    """How many more each may have without a load above this."""
    return {
        id: min(case.room(id), max(0, load.numerator * size // load.denominator - case.in_hand[id]))
        if size
        else 0
        for id, size in case.capacity.items()
    }


def by_scipy(case: Case) -> Answer:
    """All four measures, each by trying: the least load by its value, the list by settling one after the other."""
    allowed: dict[str, set[str | None]] = {r: {None, *fit} for r, fit in case.gains.items()}
    best = worth(case, allowed, {id: case.room(id) for id in case.capacity})
    loads = {
        Fraction(case.in_hand[id] + more, size)
        for id, size in case.capacity.items()
        for more in range(1, case.room(id) + 1)
    }
    load = next(
        (each for each in sorted(loads) if worth(case, allowed, places_below(case, each)) == best),
        Fraction(1),
    )
    pairs = []
    for reference in sorted(case.gains):
        for id in (*sorted(case.gains[reference]), None):
            if worth(case, allowed | {reference: {id}}, places_below(case, load)) == best:
                allowed[reference] = {id}
                pairs += [(reference, id)] if id is not None else []
                break
    total = sum(case.gains[reference][id] for reference, id in pairs)
    return len(pairs), total, load if pairs else Fraction(0), pairs


@settings(max_examples=120, deadline=None)
@given(SEEDS, st.integers(1, 18), st.integers(1, 12), st.sampled_from((1, 3, 6)))
def test_another_solver_finds_the_same_plan(seed: int, enquiries: int, supporters: int, most: int) -> None:
    case = by_chance(seed, enquiries, supporters, most, pins=0.0)
    assert answer(case.solved()) == by_scipy(case)


@settings(max_examples=25, deadline=None)
@given(SEEDS, st.integers(40, 120), st.integers(10, 90))
def test_another_solver_finds_as_many_and_the_same_sum(seed: int, enquiries: int, supporters: int) -> None:
    case = by_chance(seed, enquiries, supporters, 3, pins=0.0)
    solution = case.solved()
    allowed: dict[str, set[str | None]] = {r: {None, *fit} for r, fit in case.gains.items()}
    best = worth(case, allowed, {id: case.room(id) for id in case.capacity})
    assert solution.served * SERVED + solution.total == best


@pytest.mark.parametrize(
    ("enquiries", "supporters", "top"), [(70, 60, 1_000), (60, 70, 20), (120, 100, 10**9)]
)
def test_another_solver_finds_the_same_sum_where_everybody_wants_everybody(
    enquiries: int, supporters: int, top: int
) -> None:
    """One place each: whoever has one is asked again and again to move on, while the prices rise."""
    gains = np.random.default_rng(enquiries).integers(0, top, (enquiries, supporters))
    supply = Supply(
        [f"S-{n:03d}" for n in range(supporters)],
        np.ones(supporters, np.int64),
        np.zeros(supporters, np.int64),
    )
    rows = np.arange(supporters, dtype=np.int32)
    solution = solve([Candidates(f"E-{n:03d}", rows, own) for n, own in enumerate(gains)], supply)
    assert solution.served == min(enquiries, supporters)
    assert solution.total == gains[linear_sum_assignment(gains, maximize=True)].sum()
