"""The plan for all who wait: the program, the exact solvers of others, and one after the other by hand."""

import tracemalloc
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec

import pytest

from peermatch.matching.engine import STANDARD
from peermatch.matching.plan import solve
from peermatch.matching.planning.offers import Offers
from peermatch.matching.planning.problem import Candidates, Supply
from tests.bench.asking import WAITING, enquiries
from tests.bench.engines import PROGRAM
from tests.bench.network import DAY, chunked, people
from tests.bench.plans import Outcome, by_hand, by_ortools, by_scipy, offers, pairs_of
from tests.bench.timing import QUICK, Benchmark, take
from tests.matching.real_reference import REAL

Solver = Callable[[Sequence[Candidates], Supply], Outcome]
SHAPES = (
    ((50, 200), (500, 500), (500, 2_000))
    if QUICK
    else ((500, 500), (2_000, 2_000), (5_000, 5_000), (2_000, 20_000), (10_000, 100_000))
)
MOST_PAIRS = {"scipy sparse": 5_000_000, "OR-tools": 60_000_000}
"""More would take all the memory of an ordinary computer."""


def by_program(candidates: Sequence[Candidates], supply: Supply) -> Outcome:
    """The plan with its proof."""
    solution = solve(candidates, supply)
    given = Counter(supporter for _, supporter in solution.pairs)
    return Outcome(solution.served, solution.total, max(given.values(), default=0))


SOLVERS: dict[str, Solver] = {PROGRAM: by_program, "by hand, in order": by_hand}
SOLVERS |= {"scipy sparse": by_scipy} if find_spec("scipy") else {}
SOLVERS |= {"OR-tools": by_ortools} if find_spec("ortools") else {}


@cache
def waiting(shape: tuple[int, int]) -> tuple[list[Candidates], Supply]:
    """So many enquiries and so many supporters, and whom the ranking suggests."""
    asked, count = shape
    return offers(chunked(people(REAL, count)).register(REAL), enquiries(REAL, asked, WAITING))


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: "x".join(map(str, shape)))
@pytest.mark.parametrize("name", SOLVERS)
def test_plan(benchmark: Benchmark, name: str, shape: tuple[int, int]) -> None:
    candidates, supply = waiting(shape)
    pairs = pairs_of(candidates)
    notes = {"group": "plan", "engine": name, "shape": f"{shape[0]:,} x {shape[1]:,}", "pairs": pairs}
    if pairs > MOST_PAIRS.get(name, pairs):
        benchmark.extra_info.update(notes, too_large=True)
        take(benchmark, len, [(candidates,)], 1)
        return
    rounds = 3 if pairs < 5_000_000 or name == PROGRAM else 1
    outcome: Outcome = take(benchmark, SOLVERS[name], [(candidates, supply)], rounds, **notes)
    best = by_program(candidates, supply)
    benchmark.extra_info.update(served=outcome.served, total=outcome.total, most_new=outcome.most_new)
    same = (outcome.served, outcome.total) == (best.served, best.total)
    assert same or (name == "by hand, in order" and outcome.served <= best.served)
    if name == PROGRAM:
        benchmark.extra_info["megabytes"] = memory_of(candidates, supply)


def memory_of(candidates: Sequence[Candidates], supply: Supply) -> float:
    """The most that solving takes beside what it was given."""
    tracemalloc.start()
    solve(candidates, supply)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 2**20


def test_scoring_for_a_plan(benchmark: Benchmark) -> None:
    """What comes before: the whole shortlist of one who waits, as the plan is given it."""
    _, count = SHAPES[-2]
    register = chunked(people(REAL, count)).register(REAL)
    row_of = {register.id(row): row for row in range(len(register))}
    asked = enquiries(REAL, 20, WAITING)

    def score(number: int) -> int:
        return len(Offers.of(register, asked[number], DAY, STANDARD, row_of).supporters)

    inputs = [(number,) for number in range(len(asked))]
    take(benchmark, score, inputs, len(asked), group="scoring", engine=PROGRAM, size=count)
