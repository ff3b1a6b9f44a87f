"""Ranking one enquiry: the program and every alternative on the same people, who must give the same answer."""

import gc
import pickle
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Sized
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from tests.bench.agreement import agreeing
from tests.bench.engines import PROGRAM, Stand, differing, names, program
from tests.bench.loop import persons
from tests.bench.network import DAY, chunked
from tests.bench.timing import MIDDLE, SIZES, Benchmark, take

ROOT = Path(__file__).resolve().parents[2]
ASKED = 12
"""Everybody is asked the same, at every size."""
CHECKED = 3
ROUNDS = 200


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", names())
def test_ranking(benchmark: Benchmark, stand: Callable[[int], Stand], name: str, size: int) -> None:
    here = stand(size)
    inputs = [(enquiry, here.plainly(enquiry)) for enquiry in here.enquiries[:ASKED]]
    mine, engine = here.engine(PROGRAM), here.engine(name)
    # Asked once before, so that what is kept for the day stands; and the same answer, or no figure.
    checked = inputs if name == PROGRAM else inputs[:CHECKED]
    assert [differing(mine(*each), engine(*each)) for each in checked] == [""] * len(checked)
    rounds = ROUNDS if name == PROGRAM else ASKED
    take(benchmark, engine, inputs, rounds, group="ranking", engine=name, size=size)


def test_first_of_a_day(benchmark: Benchmark, stand: Callable[[int], Stand]) -> None:
    """The first answer on a day that nobody has asked about yet."""
    here, days = stand(MIDDLE), count(1)
    enquiry, register = here.enquiries[0], here.register

    def first() -> object:
        return program(register, DAY + timedelta(next(days)))(enquiry, here.plainly(enquiry))

    said = take(benchmark, first, [()], 20, group="day", engine=PROGRAM, size=MIDDLE)
    assert said.first


@pytest.mark.parametrize("name", [PROGRAM, "plain Python loop"])
def test_memory(benchmark: Benchmark, stand: Callable[[int], Stand], name: str) -> None:
    """What the answering side holds for each supporter, beside the time to build it."""
    here = stand(MIDDLE)
    made = chunked(here.people)

    def build() -> Sized:
        return made.register(here.reference) if name == PROGRAM else persons(here.people)

    gc.collect()
    tracemalloc.start()
    kept = build()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    notes = {"bytes_each": held / MIDDLE}
    take(benchmark, build, [()], 3, group="memory", engine=name, size=MIDDLE, **notes)
    assert len(kept) == MIDDLE
    if name == PROGRAM:
        sizes = (MIDDLE, SIZES[-1])
        benchmark.extra_info["processes"] = {
            f"{size:,}": process(stand(size)) for size in dict.fromkeys(sizes)
        }


def process(here: Stand) -> float:
    """The megabytes that a process takes at most which holds this network and answers once."""
    file = here.folder / "packed.pickle"
    file.write_bytes(pickle.dumps(here.chunked))
    words = [sys.executable, "-m", "tests.bench.weigh", str(file)]
    return int(subprocess.check_output(words, cwd=ROOT)) / 2**20


def test_agreement(benchmark: Benchmark) -> None:
    """The program and the loop on forty enquiries among 3,000: every code, every point, the same order."""
    agreed = take(benchmark, agreeing, [(3_000, 40)], 1, group="agreement", engine=PROGRAM, size=3_000)
    benchmark.extra_info.update(agreed=agreed)
    assert agreed == 40
