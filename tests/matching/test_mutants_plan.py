"""Small changes to the plan that went unnoticed: the ends of long lists, what is settled, and what the proof asks."""

from fractions import Fraction
from random import Random

import numpy as np
import pytest

from peermatch.matching.planning.certificate import NotProven, certify
from peermatch.matching.planning.prices import Assigning
from peermatch.matching.planning.problem import Problem, Supply
from tests.matching.plan_cases import Case, answer

LONG = 600
"""More candidates than are ever opened one by one."""


@pytest.mark.parametrize("worth", [5_000, 20_000])
@pytest.mark.parametrize("fallback", [True, False])
def test_whoever_moves_on_finds_the_best_place_at_the_end_of_a_long_list(worth: int, fallback: bool) -> None:
    """E-A gives way to E-B, who fits whom E-A likes best; of E-A's six hundred only the last three are free."""
    ids = [f"S-{number:03d}" for number in range(LONG)]
    full = [*ids[1 : LONG - 3], "T-1", "T-2", "T-3", "T-4"]
    gains = {f"F-{id}": {id: 10_000} for id in full}
    gains["E-A"] = {id: 10_000 - number for number, id in enumerate(ids)} | dict.fromkeys(ids[-2:], 9_000)
    gains["E-B"] = {"S-000": worth} | dict.fromkeys(full, 1) | ({"U-1": 2} if fallback else {})
    everybody = [*ids, "T-1", "T-2", "T-3", "T-4", "U-1"]
    case = Case(gains, dict.fromkeys(everybody, 1), dict.fromkeys(everybody, 0))
    served, total, load, pairs = answer(case.solved())
    assert dict(pairs) == {f"F-{id}": id for id in full} | {"E-A": ids[-3], "E-B": "S-000"}
    assert (served, total, load) == (
        len(pairs),
        10_000 * len(full) + 10_000 - (LONG - 3) + worth,
        Fraction(1),
    )


def test_whoever_moves_on_finds_a_place_among_many_that_are_worth_little() -> None:
    """The only free one of E-A's hundred is opened together with fifty that nobody would move to."""
    ids = [f"S-{number:03d}" for number in range(100)]
    full = [*ids[1:40], *ids[41:], "T-1", "T-2"]
    gains = {f"F-{id}": {id: 10_000} for id in full}
    gains["E-A"] = {id: 10_000 - number if number <= 50 else 0 for number, id in enumerate(ids)}
    gains["E-B"] = {"S-000": 5_000, "U-1": 2} | dict.fromkeys(full, 1)
    everybody = [*ids, "T-1", "T-2", "U-1"]
    found = Case(gains, dict.fromkeys(everybody, 1), dict.fromkeys(everybody, 0)).solved()
    assert dict(found.pairs) == {f"F-{id}": id for id in full} | {"E-A": "S-040", "E-B": "S-000"}


def test_no_candidate_is_opened_twice() -> None:
    """Two want the one place that both like best, and all their other candidates are taken for good."""
    ids = [f"S-{number:03d}" for number in range(100)]
    gains = {f"F-{id}": {id: 10_000} for id in ids[1:]}
    gains |= {name: {id: 5_000 - number for number, id in enumerate(ids)} for name in ("E-A", "E-B")}
    case = Case(gains, dict.fromkeys(ids, 1), dict.fromkeys(ids, 0))
    assigning = Assigning(Problem.of(case.candidates(), case.supply, {}))
    assigning.run()
    assert len(ids) <= assigning.opened <= 2 * len(ids)


def ring_of(size: int, order: Random) -> Case:
    """Each holds one place and could take the next one; all places have a price, since one more wants a place.

    There are two best plans: all stay, or all move on by one.
    """
    ids = [f"S-{number}" for number in range(size)]
    places = order.sample(ids, size)
    references = [f"E-{number}" for number in range(size)]
    who = order.sample(references, size)
    gains = {who[n]: {places[n]: 5, places[(n + 1) % size]: 5} for n in range(size)}
    gains["E-9"] = {places[size // 2]: 4}
    return Case(gains, dict.fromkeys(ids, 1), dict.fromkeys(ids, 0))


@pytest.mark.parametrize("size", [2, 3, 4, 5, 6, 7])
def test_a_ring_of_any_length_is_found_from_both_sides(size: int) -> None:
    for seed in range(60):
        case = ring_of(size, Random(seed))
        assert answer(case.solved()) == case.tried(), (size, seed)


def test_loads_of_any_size_are_compared_exactly() -> None:
    """Four thousand million people each, nearly all taken: the product of load and capacity needs more than 64 bits."""
    case = Case(
        {"E-1": {"S-1": 7, "S-2": 7}, "E-2": {"S-1": 7}},
        {"S-1": 4_000_000_007, "S-2": 4_000_000_009},
        {"S-1": 3_999_999_500, "S-2": 3_999_999_000},
    )
    assert answer(case.solved()) == case.tried()
    assert case.solved().pairs == (("E-1", "S-2"), ("E-2", "S-1"))


def test_a_load_is_not_proven_where_two_could_share_what_one_was_given() -> None:
    case = Case(
        {each: {"S-1": 5, "S-2": 5} for each in ("E-1", "E-2")}, {"S-1": 2, "S-2": 2}, {"S-1": 0, "S-2": 0}
    )
    problem = Problem.of(case.candidates(), case.supply, {})
    price = Assigning(problem).run().price
    certify(problem, [0, 1], price, Fraction(1, 2), [0])
    for crowd, why in (([0, 1], "a lower load"), ([], "no reason for the load")):
        with pytest.raises(NotProven, match=rf"^The plan is not proven: {why}\.$"):
            certify(problem, [0, 0], price, Fraction(1), crowd)


def test_somebody_without_room_forces_no_load() -> None:
    fit = {"S-1": 5, "S-2": 5, "S-3": 5}
    case = Case({"E-1": fit, "E-2": fit}, {"S-1": 2, "S-2": 2, "S-3": 1}, {"S-1": 0, "S-2": 0, "S-3": 1})
    problem = Problem.of(case.candidates(), case.supply, {})
    with pytest.raises(NotProven, match="a lower load"):
        certify(problem, [0, 0], Assigning(problem).run().price, Fraction(1), [0, 1])


def test_an_id_stands_once() -> None:
    with pytest.raises(ValueError, match=r"^the ids are not in order$"):
        Supply(["S-1", "S-1"], np.ones(2, np.int64), np.ones(2, np.int64))


def corners(order: Random) -> Case:
    """Full places that others could take too, wanted in vain by whoever is settled first; and some that are free."""
    size = order.randint(2, 5)
    full = order.sample([f"S-{number}" for number in range(6)], size)
    gains = {f"E-{n + 1}": {id: 5, **dict.fromkeys(order.sample(full, 1), 5)} for n, id in enumerate(full)}
    free = order.sample(["S-6", "S-7", "S-8"], 3)
    gains |= {"E-0": {order.choice(full): 4}, "E-8": dict.fromkeys(free[:2], 5)}
    gains |= {"E-7": {full[0]: 5, free[2]: 5}} if order.random() < 0.5 else {}
    everybody = sorted({*full, *free})
    return Case(gains, dict.fromkeys(everybody, 1), dict.fromkeys(everybody, 0))


def test_what_can_move_no_more_does_not_hold_up_the_rest() -> None:
    for seed in range(100):
        case = corners(Random(seed))
        assert answer(case.solved(seed)) == case.tried(), seed
