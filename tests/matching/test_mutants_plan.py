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


def test_of_many_equals_and_one_better_behind_them_the_better_is_found() -> None:
    """E-Z takes the place that E-A has; the next best for E-A stands last, behind more equals than are opened first."""
    equals = dict.fromkeys((f"S-{number:02d}" for number in range(49)), 5)
    gains = {
        "E-A": equals | {"T-1": 6, "T-2": 10},
        "E-Z": {"T-2": 100} | dict.fromkeys((f"U-{number:02d}" for number in range(60)), 0),
    }
    everybody = sorted({id for fit in gains.values() for id in fit})
    found = Case(gains, dict.fromkeys(everybody, 1), dict.fromkeys(everybody, 0)).solved()
    assert (found.pairs, found.total) == ((("E-A", "T-1"), ("E-Z", "T-2")), 106)


def test_whoever_moves_on_may_take_the_second_place_of_somebody() -> None:
    """T has one place left, S has none: E-Z takes it from E-A, who moves in beside E-F."""
    gains = {"E-A": {"S": 9, "T": 5}, "E-F": {"T": 9}, "E-Z": {"S": 10, "X": 1, "Y": 1}}
    case = Case(gains, {"S": 1, "T": 2, "X": 0, "Y": 0}, dict.fromkeys("STXY", 0))
    assert Assigning(Problem.of(case.candidates(), case.supply, {})).run().given == [1, 1, 0]
    assert answer(case.solved()) == (3, 24, Fraction(1), [("E-A", "T"), ("E-F", "T"), ("E-Z", "S")])


def test_of_a_long_list_no_more_than_five_hundred_and_twelve_are_opened() -> None:
    """Only the last three of E-A's three thousand are free: after 512 the rest is searched whole."""
    ids = [f"S-{number:04d}" for number in range(3_000)]
    full = [*ids[1:-3], "T-1", "T-2"]
    gains = {f"F-{id}": {id: 10_000} for id in full}
    gains["E-A"] = {id: 10_000 - number for number, id in enumerate(ids)}
    gains["E-B"] = {"S-0000": 5_000} | dict.fromkeys(full, 1) | dict.fromkeys((f"V-{n}" for n in range(9)), 0)
    everybody = sorted({*ids, *gains["E-B"]})
    case = Case(gains, dict.fromkeys(everybody, 1), dict.fromkeys(everybody, 0))
    assigning = Assigning(Problem.of(case.candidates(), case.supply, {}))
    given = assigning.run().given
    assert [everybody[row] for row in given[:2]] == ["S-2997", "S-0000"]
    assert assigning.opened == 512 + 8


def test_prices_are_whole_numbers_also_where_nobody_has_room() -> None:
    """What is not whole is not compared exactly: two would no longer be seen to be worth the same."""
    case = Case({"E-1": {"S-1": 699_999_999, "S-2": 699_999_998}}, {"S-1": 0, "S-2": 1}, {"S-1": 0, "S-2": 0})
    priced = Assigning(Problem.of(case.candidates(), case.supply, {})).run()
    assert priced.given == [1]
    assert priced.price.dtype == np.dtype(np.int64)
    assert int(priced.price[1]) == 0


@pytest.mark.parametrize(("gains", "fits"), [
    ([0, 2**59 - 2], True), ([0, 2**59 - 1], False), ([2**60 - 1], True), ([2**60], False),
    ([1 - 2**60], True), ([-(2**60)], False), ([-(2**58), 2**58 - 2], True), ([-(2**58), 2**58 - 1], False),
])  # fmt: skip
def test_gains_are_refused_from_where_their_sums_would_no_longer_be_exact(
    gains: list[int], fits: bool
) -> None:
    """Of one enquiry: its own gain, and twice the greatest difference and one more, stay below 2**60."""
    everybody = [f"S-{number}" for number in range(len(gains))]
    case = Case(
        {"E-1": dict(zip(everybody, gains, strict=True))},
        dict.fromkeys(everybody, 1),
        dict.fromkeys(everybody, 0),
    )
    if fits:
        assert answer(case.solved()) == (1, gains[-1], Fraction(1), [("E-1", everybody[-1])])
    else:
        with pytest.raises(ValueError, match=r"^the gains are too large to be added up$"):
            case.solved()


def test_somebody_is_served_also_where_that_is_worth_less_than_nothing() -> None:
    """Two at -3 go before one at -3, and -3 goes before -9."""
    gains = {"E-1": {"S-1": -3, "S-2": -9}, "E-2": {"S-1": -9, "S-2": -3}}
    case = Case(gains, {"S-1": 1, "S-2": 1}, {"S-1": 0, "S-2": 0})
    assert answer(case.solved()) == (2, -6, Fraction(1), [("E-1", "S-1"), ("E-2", "S-2")])


def test_the_caller_is_told_in_full_what_cannot_be_a_plan() -> None:
    one, two = np.ones(1, np.int64), np.ones(2, np.int64)
    for capacity, in_hand in ((one, two), (two, one)):
        with pytest.raises(ValueError, match=r"^ids, capacity and in_hand are not of one length$"):
            Supply(["S-1", "S-2"], capacity, in_hand)
    case = Case({"E-1": {"S-1": 9}, "E-2": {"S-1": 9}}, {"S-1": 1}, {"S-1": 0})
    for twice in ([*case.candidates(), *case.candidates()], case.candidates()[:1]):
        with pytest.raises(ValueError, match=r"^an enquiry stands twice, or a pinned one is not there$"):
            Problem.of(twice, case.supply, {"E-2": 0})
    with pytest.raises(ValueError, match=r"^more is pinned than there is room for$"):
        Problem.of(case.candidates(), case.supply, {"E-1": 0, "E-2": 0})


def test_a_pin_alone_makes_a_load() -> None:
    """S-1 has two of five with the pin, S-2 one of four with E-2: two fifths is the greatest, and nothing forces it."""
    case = Case(
        {"E-1": {"S-1": 1}, "E-2": {"S-1": 1, "S-2": 1}},
        {"S-1": 5, "S-2": 4},
        {"S-1": 1, "S-2": 0},
        {"E-1": "S-1"},
    )
    assert answer(case.solved()) == (2, 2, Fraction(2, 5), [("E-1", "S-1"), ("E-2", "S-2")])
    problem = Problem.of(case.candidates(), case.supply, {"E-1": 0})
    assert (problem.least, problem.taken.tolist(), problem.references) == (Fraction(2, 5), [2, 0], ("E-2",))


def test_after_places_to_which_no_ring_leads_the_next_ones_are_still_tried() -> None:
    """E-2 and E-3 have S-1 and S-2 between them for good; E-1 may have S-3, since E-4 moves on to S-4.

    E-8 and E-9 want a place in vain, so that all four places have one price.
    """
    nowhere = dict.fromkeys(("X-1", "X-2", "X-3", "X-4"), 1)
    gains = {
        "E-1": dict.fromkeys(("S-1", "S-2", "S-3", "S-4"), 5),
        "E-2": {"S-1": 5, "S-2": 5},
        "E-3": {"S-1": 5, "S-2": 5},
        "E-4": {"S-3": 5, "S-4": 5},
        "E-8": {"S-1": 4} | nowhere,
        "E-9": {"S-3": 4} | nowhere,
    }
    room = dict.fromkeys(("S-1", "S-2", "S-3", "S-4"), 1) | dict.fromkeys(nowhere, 0)
    found = Case(gains, room, dict.fromkeys(room, 0)).solved()
    assert found.pairs == (("E-1", "S-3"), ("E-2", "S-1"), ("E-3", "S-2"), ("E-4", "S-4"))


def test_a_ring_is_found_within_the_third_part_that_was_closed() -> None:
    """E-1 is tried in vain at S-1, S-2 and S-3; then E-5 has S-3, since three others move on by one."""
    gains = {
        "E-1": dict.fromkeys(("S-1", "S-2", "S-3"), 4),
        "E-2": {"S-1": 5},
        "E-3": {"S-2": 5},
        "E-5": {"S-6": 5, "S-3": 5},
        "E-6": {"S-3": 5, "S-4": 5},
        "E-7": {"S-4": 5, "S-5": 5},
        "E-8": {"S-5": 5, "S-6": 5},
    }
    room = dict.fromkeys(("S-1", "S-2", "S-3", "S-4", "S-5", "S-6"), 1)
    found = Case(gains, room, dict.fromkeys(room, 0)).solved()
    rest = [("E-5", "S-3"), ("E-6", "S-4"), ("E-7", "S-5"), ("E-8", "S-6")]
    assert list(found.pairs) == [("E-2", "S-1"), ("E-3", "S-2"), *rest]


def same(ids: str, gain: int) -> dict[str, int]:
    """A gain for each of these, named by one letter."""
    return dict.fromkeys(ids, gain)


@pytest.mark.parametrize(("gains", "room", "plan"), [
    # 2 must have D, so that the load is 1 anyhow: 1 has A, though C is the least busy.
    ({"1": same("ACD", 5), "2": {"D": 6}}, {"A": 1, "C": 3, "D": 1}, "1A 2D"),
    # Only one can be served, by A, and 1 stands before 2; B has no room.
    ({"1": same("AB", 5), "2": {"A": 5}}, {"A": 1, "B": 0}, "1A"),
    # Two places of C are as busy as one of A: the load is 1 in every plan, and the list decides.
    ({"1": same("ABC", 5), "2": same("ABC", 5)}, {"A": 1, "B": 1, "C": 2}, "1A 2B"),
    # Three of four are served, and the sum is 2 + 1 + 1 whoever has A: 1 has it, and 4 has nobody.
    ({"1": {"A": 2, "B": 1}, "2": {"A": 2, "B": 1}, "3": same("AB", 1), "4": {"A": 2}}, {"A": 1, "B": 2}, "1A 2B 3B"),
    # E is worth 2 to both; whoever goes without it has the first of those worth 1.
    ({"1": {"B": 1, "C": 1, "E": 2}, "2": {"A": 1, "B": 1, "C": 1, "E": 2}}, {"A": 2, "B": 1, "C": 3, "E": 1}, "1B 2E"),
    # 2 can have A alone, so that 1 has B and 3 has C, the first that are left.
    ({"1": same("ABCD", 5), "2": {"A": 5}, "3": same("ACD", 5)}, {"A": 1, "B": 1, "C": 2, "D": 3}, "1B 2A 3C"),
    # Two places and a sum of 1, which 3 alone can bring: 1 stands before 2.
    ({"1": {"A": 0}, "2": {"B": 0}, "3": same("AB", 1)}, {"A": 1, "B": 1}, "1A 3B"),
    # All three places are worth 5 to everybody: 1 has A in the stead of 3, 2 moves on to C, and 4 comes in at B.
    (
        {"1": {"C": 5, "A": 5}, "2": same("BC", 5), "3": {"A": 5}, "4": {"B": 5, "X": 1, "Y": 1, "Z": 1}},
        {"A": 1, "B": 1, "C": 1, "X": 0, "Y": 0, "Z": 0},
        "1A 2C 4B",
    ),
])  # fmt: skip
def test_small_plans_worked_out_by_hand(
    gains: dict[str, dict[str, int]], room: dict[str, int], plan: str
) -> None:
    case = Case(gains, room, dict.fromkeys(room, 0))
    assert [f"{reference}{id}" for reference, id in case.solved().pairs] == plan.split()
    assert answer(case.solved()) == case.tried()


def test_whoever_is_not_served_is_tried_once_more_after_a_place_was_closed() -> None:
    """Of seven five can be served; 1 and 4 may stay without anybody, and 1 stands before 4."""
    gains = {
        "1": {"D": 1, "E": 1, "F": 2},
        "2": {"A": 2, "D": 1, "E": 1},
        "3": {"D": 1, "E": 2},
        "4": {"A": 2, "D": 1, "E": 1},
        "5": {"A": 1, "D": 1, "E": 2},
        "6": {"A": 1, "D": 2},
        "7": {"A": 2, "D": 1},
    }
    room = {"A": 1, "D": 1, "E": 3, "F": 0}
    case = Case(gains, room, dict.fromkeys(room, 0))
    assert case.solved().pairs == (("1", "E"), ("2", "A"), ("3", "E"), ("5", "E"), ("6", "D"))
    assert answer(case.solved()) == case.tried()


@pytest.mark.parametrize(("gains", "room", "plan"), [
    (
        {
            "1": {"A": 6, "B": 4, "C": 5, "D": 4, "E": 4, "F": 6}, "2": {"B": 4, "C": 4, "D": 6, "E": 6, "F": 6},
            "3": {"A": 4, "B": 4, "C": 5, "D": 5, "E": 5, "F": 6}, "4": {"A": 4, "C": 5, "E": 5, "F": 6},
            "5": {"A": 4, "B": 4, "C": 4, "D": 6, "F": 6},
        },
        {"A": 0, "B": 3, "C": 1, "D": 1, "E": 0, "F": 1},
        "1B 2B 3C 4F 5D",
    ),
    (
        {
            "0": {"C": 1}, "1": {"A": 2, "B": 1, "C": 2, "E": 1}, "2": {"B": 2, "C": 2, "F": 2},
            "3": {"A": 1, "B": 2, "C": 2, "D": 2, "F": 2}, "4": {"B": 2, "D": 2}, "5": {"D": 2, "F": 1},
            "6": {"A": 2, "B": 2, "D": 1, "E": 1, "F": 2}, "7": {"C": 2, "D": 2, "F": 1}, "8": {"A": 2, "B": 1},
        },
        {"A": 2, "B": 1, "C": 0, "D": 1, "E": 1, "F": 1},
        "1A 2B 3F 4D 6E 8A",
    ),
])  # fmt: skip
def test_of_many_plans_that_serve_as_many_as_well_the_first_is_found(
    gains: dict[str, dict[str, int]], room: dict[str, int], plan: str
) -> None:
    """In the second, 4 and 5 both want D, and 4 stands first; found once by trying all 155,520 assignments."""
    found = Case(gains, room, dict.fromkeys(room, 0)).solved()
    assert [f"{reference}{id}" for reference, id in found.pairs] == plan.split()
