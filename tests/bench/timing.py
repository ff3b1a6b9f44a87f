"""How a measurement is taken and noted down for the table; it reports times and never judges them."""

import os
from collections.abc import Callable, Iterable
from itertools import cycle
from typing import Any, Protocol

QUICK = os.environ.get("PEERMATCH_BENCH") == "quick"
SIZES = (1_000, 10_000) if QUICK else (10_000, 100_000, 1_000_000)
MIDDLE = SIZES[1]
"""Where one size is enough."""


class Benchmark(Protocol):
    """The part of pytest-benchmark's fixture that is used here."""

    extra_info: dict[str, Any]

    def pedantic(
        self, target: Callable[..., Any], *, setup: Callable[[], Any], rounds: int, iterations: int
    ) -> Any:
        """Time exactly so many calls, each after its preparation."""


def take(
    benchmark: Benchmark, target: Callable[..., Any], inputs: Iterable[Any], rounds: int, **notes: object
) -> Any:
    """Time calls with one input after the other, each a tuple of arguments; notes go into the table."""
    turn = cycle(list(inputs))
    benchmark.extra_info.update(notes)
    return benchmark.pedantic(target, setup=lambda: (next(turn), {}), rounds=rounds, iterations=1)
