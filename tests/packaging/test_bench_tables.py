"""The figures as tables: what is measured stands in them, and README keeps all that is not between the marks."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import bench
import pytest
from system_parts import Stopped


def measured(group: str, engine: str, median: float, **notes: Any) -> dict[str, Any]:
    """One measurement as the report holds it."""
    extra = {"group": group, "engine": engine, **notes}
    return {"extra_info": extra, "stats": {"median": median, "data": [median] * 19 + [2 * median]}}


def ranked(engine: str, *times: float) -> list[dict[str, Any]]:
    """A ranking at growing sizes."""
    return [measured("ranking", engine, t, size=10**place) for place, t in enumerate(times, start=4)]


def plan_of(engine: str, **notes: Any) -> list[dict[str, Any]]:
    """A plan of two shapes."""
    shapes = (("5 x 5", 100, 0.01), ("9 x 9", 10_000, 0.1))
    known = {"served": 4, "total": 300, "most_new": 2, "megabytes": 3.0}
    return [measured("plan", engine, t, shape=s, pairs=p, **known | notes) for s, p, t in shapes]


EVERYTHING = [
    *ranked(bench.PROGRAM, 0.001, 0.002, 0.01),
    *ranked("plain Python loop", 0.05, 0.5, 5.0),
    measured("day", bench.PROGRAM, 0.02, size=10**5),
    measured("memory", bench.PROGRAM, 0.1, size=10**5, bytes_each=91.2, processes={"100,000": 120.4}),
    measured("agreement", bench.PROGRAM, 9.0, size=3000, agreed=40),
    measured("opening", "packed chunks", 0.08, size=10**5, steps={"the register": 0.05}),
    measured("opening", "all rows as objects", 16.0, size=10**5),
    measured("change", "register", 0.00009),
    measured("file", "with a key", 0.0012, what="commit"),
    measured("file", "without a key", 0.0010, what="commit"),
    measured("vault", "on the journal", 0.003, what="one change"),
    measured("vault", "without a journal", 0.002, what="one change"),
    measured("vault", "backup", 2.0, what="a gigabyte", bytes=10**8),
    measured("vault", "plain copy", 0.5, what="a gigabyte", bytes=10**8),
    *plan_of(bench.PROGRAM),
    *plan_of("by hand, in order", total=200, served=3),
    *plan_of("scipy sparse", too_large=True),
    measured("scoring", bench.PROGRAM, 0.001, size=20_000),
    measured("letters", bench.PROGRAM, 0.001, letters=88, recall=0.9, shown=4.25),
    measured("letters", "one pattern of all names", 0.004, letters=88, recall=0.5, shown=3.0),
]


def text() -> str:
    """All tables."""
    return bench.tables(bench.rows({"benchmarks": EVERYTHING}), "Measured once.")


@pytest.mark.parametrize(
    "line",
    [
        "Measured once.",
        "| PeerMatch | 1.00 ms | 2.00 ms | 10.0 ms | 1.0x | 0.50 |",
        "| plain Python loop | 50.0 ms | 500 ms | 5.0 s | 250x | 1.00 |",
        "| all rows as objects | 16.0 s | 200x |",
        "| of which the register | 50.0 ms |  |",
        "| register | 90.0 µs |",
        "| commit | 1.2 ms | 1.0 ms | 1.2x |",
        "| one change: on the journal | 3.0 ms | 1.5x |",
        "| a gigabyte: backup | 20.0 s | 4.0x |",
        "| scipy sparse | too large | too large |",
        "| sum of scores over by hand | +50.0% | +50.0% |",
        "| served, plan and by hand | 4, 3 | 4, 3 |",
    ],
)
def test_what_was_measured_stands_in_the_tables(line: str) -> None:
    said = text().replace("1.00 ms", "1.0 ms").replace("2.00 ms", "2.0 ms")
    assert line.replace("1.00 ms", "1.0 ms").replace("2.00 ms", "2.0 ms") in said


def test_every_row_of_a_table_is_as_wide_as_its_head() -> None:
    for part in text().split("\n\n"):
        widths = {len(re.findall(r"\|", line)) for line in part.splitlines() if line.startswith("|")}
        assert len(widths) <= 1


def test_what_was_not_measured_is_left_out() -> None:
    few = bench.tables(bench.rows({"benchmarks": ranked(bench.PROGRAM, 0.001)}), "")
    assert "letters" not in few
    assert bench.PROGRAM in few


def test_one_in_twenty_is_slower() -> None:
    assert bench.slow([1.0] * 100) == 1.0
    assert bench.slow([1.0] * 90 + [5.0] * 10) == 5.0
    assert bench.slow([3.0]) == 3.0


def test_figures_go_between_the_marks_and_nowhere_else() -> None:
    before = f"# Title\n\n{bench.BEGIN}\nold\n{bench.END}\n\nRest\n"
    after = bench.between(before, "new")
    assert after == f"# Title\n\n{bench.BEGIN}\nnew\n{bench.END}\n\nRest\n"
    assert bench.between(after, "new") == after


@pytest.mark.parametrize("text", ["", bench.BEGIN, bench.END, f"{bench.END} {bench.BEGIN}"])
def test_without_marks_nothing_is_written(text: str) -> None:
    with pytest.raises(Stopped, match=re.escape(bench.BEGIN)):
        bench.between(text, "new")


def test_the_heading_says_when_and_on_what() -> None:
    said = bench.heading(date(2026, 11, 2), 2)
    assert said.startswith("Measured on 2 November 2026, 2 cores, Python 3.")


def test_only_the_measurements_run() -> None:
    words = bench.words_for(Path("report.json"))
    assert {"tests/bench", "python_files=bench_*.py", "--benchmark-only"} <= set(words)
