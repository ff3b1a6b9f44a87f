"""The plan is the best there is, by all four measures, and says so only with a proof."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peermatch.matching.plan import solve
from peermatch.matching.planning.certificate import NotProven, certify
from peermatch.matching.planning.prices import Assigning
from peermatch.matching.planning.problem import Candidates, Problem, Supply
from tests.matching.plan_cases import Case, answer, by_chance

SEEDS = st.integers(0, 2**32)


@settings(max_examples=400, deadline=None)
@given(SEEDS, st.integers(0, 6), st.integers(1, 5), st.sampled_from((1, 3, 6)))
def test_nothing_that_can_be_tried_is_better(seed: int, enquiries: int, supporters: int, most: int) -> None:
    case = by_chance(seed, enquiries, supporters, most)
    assert answer(case.solved()) == case.tried()


@settings(max_examples=150, deadline=None)
@given(SEEDS, st.sampled_from((6, 7)), st.sampled_from((2, 3, 4)))
def test_nothing_is_better_where_equals_crowd(seed: int, enquiries: int, supporters: int) -> None:
    """All scores equal and little room: the load and the order of the list decide."""
    case = by_chance(seed, enquiries, supporters, 4, pins=0.0)
    case = replace(case, gains={r: dict.fromkeys(fit, 5) for r, fit in case.gains.items()})
    assert answer(case.solved()) == case.tried()


@settings(max_examples=100, deadline=None)
@given(SEEDS, SEEDS, st.integers(0, 40), st.integers(1, 30))
def test_the_order_of_input_changes_nothing(
    seed: int, shuffled: int, enquiries: int, supporters: int
) -> None:
    case = by_chance(seed, enquiries, supporters)
    assert case.solved(shuffled) == case.solved()


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.integers(1, 40), st.integers(1, 30))
def test_keeping_all_of_a_plan_keeps_the_plan(seed: int, enquiries: int, supporters: int) -> None:
    case = by_chance(seed, enquiries, supporters, pins=0.0)
    best = case.solved()
    assert answer(replace(case, pinned=dict(best.pairs)).solved()) == answer(best)


def test_nothing_to_do() -> None:
    assert answer(solve([], Case({}, {}, {}).supply)) == (0, 0, Fraction(0), [])
    assert Case({"E-1": {}}, {"S-1": 2}, {"S-1": 0}).solved().pairs == ()
    assert Case({"E-1": {"S-1": 5}}, {"S-1": 0}, {"S-1": 0}).solved().pairs == ()
    assert Case({"E-1": {"S-1": 5}}, {"S-1": 1}, {"S-1": 3}).solved().pairs == ()


def test_being_served_goes_before_any_sum() -> None:
    """One at 10**9 beside one at 0 gives way to two at 0."""
    case = Case(
        {"E-1": {"S-1": 10**9, "S-2": 0}, "E-2": {"S-1": 0}}, {"S-1": 1, "S-2": 1}, {"S-1": 0, "S-2": 0}
    )
    assert case.solved().pairs == (("E-1", "S-2"), ("E-2", "S-1"))
    assert case.solved().total == 0


def test_a_refused_pair_is_not_used_even_when_all_scores_are_zero() -> None:
    """Where nought is the price of a refusal, somebody is given to the one they must not meet."""
    case = Case(
        {"E-1": {"S-2": 0}, "E-2": {"S-2": 0}, "E-3": {}},
        dict.fromkeys(("S-1", "S-2"), 1),
        {"S-1": 0, "S-2": 0},
    )
    assert case.solved().pairs == (("E-1", "S-2"),)


def test_equal_plans_differ_by_the_greatest_load_and_then_by_the_list() -> None:
    even = Case(
        {"E-1": dict.fromkeys(("S-1", "S-2", "S-3"), 5)},
        {"S-1": 1, "S-2": 3, "S-3": 3},
        dict.fromkeys(("S-1", "S-2", "S-3"), 0),
    )
    assert (even.solved().pairs, even.solved().load) == ((("E-1", "S-2"),), Fraction(1, 3))
    busy = replace(even, in_hand={"S-1": 0, "S-2": 1, "S-3": 0})
    assert busy.solved().pairs == (("E-1", "S-3"),)


def test_a_huge_capacity_is_still_compared_exactly() -> None:
    """Loads that differ in the eighteenth digit."""
    case = Case({"E-1": {"S-1": 1, "S-2": 1}}, {"S-1": 10**18, "S-2": 10**18 + 1}, {"S-1": 0, "S-2": 0})
    assert case.solved().pairs == (("E-1", "S-2"),)
    assert case.solved().load == Fraction(1, 10**18 + 1)


def test_a_thousand_enquiries_and_one_supporter() -> None:
    gains = {f"E-{number:04d}": {"S-1": number % 7} for number in range(1000)}
    solution = Case(gains, {"S-1": 3}, {"S-1": 0}).solved()
    assert solution.pairs == (("E-0006", "S-1"), ("E-0013", "S-1"), ("E-0020", "S-1"))
    assert (solution.total, solution.load) == (18, Fraction(1))


def test_one_enquiry_and_a_thousand_supporters() -> None:
    ids = [f"S-{number:04d}" for number in range(1000)]
    capacity = {id: 2 + number % 5 for number, id in enumerate(ids)}
    case = Case({"E-1": dict.fromkeys(ids, 9)}, capacity, dict.fromkeys(ids, 0))
    assert (case.solved().pairs, case.solved().load) == ((("E-1", "S-0004"),), Fraction(1, 6))


@pytest.mark.parametrize("room", [1, 2, 5])
def test_hundreds_of_equals_come_to_an_end_in_order(room: int) -> None:
    """Ties at every cut of every list: each enquiry is given the next place in the order of the ids."""
    ids = [f"S-{number:03d}" for number in range(300)]
    references = [f"E-{number:03d}" for number in range(300)]
    case = Case(
        {r: dict.fromkeys(ids, 7) for r in references}, dict.fromkeys(ids, room), dict.fromkeys(ids, 0)
    )
    solution = case.solved(shuffled=room)
    assert solution.pairs == tuple(zip(references, ids, strict=True))
    assert solution.load == Fraction(1, room)


def test_more_equals_than_places() -> None:
    """Everybody fits everybody, and there are places for a hundred: the first hundred references have them."""
    ids = [f"S-{number:03d}" for number in range(50)]
    references = [f"E-{number:03d}" for number in range(400)]
    case = Case({r: dict.fromkeys(ids, 7) for r in references}, dict.fromkeys(ids, 2), dict.fromkeys(ids, 0))
    pairs = case.solved(shuffled=1).pairs
    assert pairs == tuple((f"E-{number:03d}", f"S-{number // 2:03d}") for number in range(100))


def test_lists_of_equals_are_searched_to_their_end() -> None:
    """More equals than are ever opened one by one, and too few places: the last enquiries stay without anybody."""
    ids = [f"S-{number:03d}" for number in range(530)]
    references = [f"E-{number:03d}" for number in range(533)]
    case = Case({r: dict.fromkeys(ids, 7) for r in references}, dict.fromkeys(ids, 1), dict.fromkeys(ids, 0))
    pairs = case.solved().pairs
    assert pairs == tuple(zip(references[:530], ids, strict=True))


def test_pins_are_kept_and_count_as_given() -> None:
    case = Case(
        {"E-1": {"S-1": 9, "S-2": 1}, "E-2": {"S-1": 9}},
        {"S-1": 1, "S-2": 4},
        {"S-1": 0, "S-2": 0},
        {"E-1": "S-1"},
    )
    assert answer(case.solved()) == (1, 9, Fraction(1), [("E-1", "S-1")])


def test_what_cannot_be_a_plan_is_an_error_of_the_caller() -> None:
    case = Case({"E-1": {"S-1": 9}, "E-2": {"S-1": 9}}, {"S-1": 1, "S-2": 1}, {"S-1": 0, "S-2": 0})
    wrong = (
        {"E-1": "S-2"},
        {"E-3": "S-1"},
        {"E-1": "S-1", "E-2": "S-1"},
    )
    for pinned in wrong:
        with pytest.raises(ValueError, match=r"pinned"):
            replace(case, pinned=pinned).solved()
    with pytest.raises(ValueError, match="twice"):
        solve([*case.candidates(), *case.candidates()], case.supply)
    with pytest.raises(ValueError, match="too large"):
        replace(case, gains={"E-1": {"S-1": 2**60}, "E-2": {"S-2": 0}}).solved()
    one = np.ones(1, np.int64)
    with pytest.raises(ValueError, match="order"):
        Supply(["S-2", "S-1"], np.ones(2, np.int64), np.ones(2, np.int64))
    with pytest.raises(ValueError, match="length"):
        Supply(["S-2", "S-1"], one, one)


def proven(case: Case) -> tuple[Problem, list[int], "np.ndarray[tuple[int], np.dtype[np.int64]]"]:
    """A problem, its best assignment and the prices that prove it."""
    problem = Problem.of(case.candidates(), case.supply, {})
    priced = Assigning(problem).run()
    return problem, priced.given, priced.price


def test_the_certificate_refuses_all_that_is_not_proven() -> None:
    case = Case(
        {"E-1": {"S-1": 9, "S-2": 1}, "E-2": {"S-1": 8}, "E-3": {"S-1": 2}},
        {"S-1": 1, "S-2": 2, "S-3": 1},
        {"S-1": 0, "S-2": 0, "S-3": 0},
    )
    problem, best, price = proven(case)
    full = Fraction(1)
    certify(problem, best, price, full, ())
    assert best == [1, 0, -1]
    wrong = (
        ([1, 0, 0], price, full, "more than there is room"),
        ([1, 0], price, full, "not every enquiry"),
        ([1, 2, -1], price, full, "does not fit"),
        ([1, -1, 0], price, full, "do not prove"),
        ([-1, 0, -1], price, full, "do not prove"),
        (best, price * 0, full, "do not prove"),
        (best, price + 1, full, "do not prove"),
        (best, -price, full, "below 0"),
        (best, price, Fraction(1, 2), "another"),
    )
    for assigned, prices, load, why in wrong:
        with pytest.raises(NotProven, match=why):
            certify(problem, assigned, prices, load, ())


def test_the_certificate_wants_a_reason_for_the_load() -> None:
    """Two equals, one at half and one at a third: a third is the least, and one enquiry alone forces it."""
    case = Case({"E-1": {"S-1": 5, "S-2": 5}, "E-2": {}}, {"S-1": 2, "S-2": 3}, {"S-1": 0, "S-2": 0})
    problem, _, price = proven(case)
    certify(problem, [1, -1], price, Fraction(1, 3), [0])
    for assigned, load, crowd in (
        ([1, -1], Fraction(1, 3), []),
        ([1, -1], Fraction(1, 3), [1]),
        ([0, -1], Fraction(1, 2), [0]),
    ):
        with pytest.raises(NotProven):
            certify(problem, assigned, price, load, crowd)


def test_no_pair_is_looked_at_in_vain() -> None:
    """Of long lists only the beginnings are opened while there is room."""
    size = 4000
    chance = np.random.default_rng(3)
    supply = Supply([f"S-{n:05d}" for n in range(size)], np.full(size, 2), np.zeros(size, np.int64))
    candidates = [
        Candidates(f"E-{n:03d}", np.arange(size, dtype=np.int32), chance.integers(0, 10**9, size))
        for n in range(200)
    ]
    assigning = Assigning(Problem.of(candidates, supply, {}))
    assigning.run()
    assert assigning.opened < 200 * size / 100
    assert solve(candidates, supply).served == 200
