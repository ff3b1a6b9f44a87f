"""Measure the program beside the alternatives, and set the figures out as the tables that README quotes."""

from __future__ import annotations

import json
import math
import os
import platform
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from statistics import quantiles
from typing import Any

from system_parts import Stopped

PROGRAM = "PeerMatch"
BEGIN, END = "<!-- figures of `dev.py bench` begin -->", "<!-- figures of `dev.py bench` end -->"
Row = Mapping[str, Any]


def measure(python: Path, environ: Mapping[str, str], root: Path, extra: Sequence[str]) -> int:
    """Run everything in tests/bench that is timed; print the tables, and with ``--write`` put them into README.

    ``--quick`` takes networks a tenth of the size, or less; other words go to pytest.
    """
    readme = root / "README.md"
    if "--write" in extra:
        between(readme.read_text(encoding="utf-8"), "")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        words = [str(python), *words_for(report), *(w for w in extra if w not in ("--quick", "--write"))]
        size = {"PEERMATCH_BENCH": "quick" if "--quick" in extra else "full", "POLARS_MAX_THREADS": "1"}
        code = subprocess.call(words, cwd=root, env={**environ, **size, "QT_QPA_PLATFORM": "offscreen"})
        if code != 0 or not report.is_file() or not report.stat().st_size:
            return code or 1
        found = rows(json.loads(report.read_text(encoding="utf-8")))
    text = tables(found, heading(date.today(), os.cpu_count() or 1))  # noqa: DTZ011 - the reader's own day
    print(f"\n{text}", flush=True)
    if "--write" in extra:
        readme.write_text(between(readme.read_text(encoding="utf-8"), text), encoding="utf-8")
    return 0


def words_for(report: Path) -> list[str]:
    """How pytest is asked: the files that a plain run leaves alone, one after the other, warnings of others let be."""
    only = [
        "-o",
        "python_files=bench_*.py",
        "--benchmark-only",
        "--benchmark-quiet",
        "-W",
        "default",
        "-q",
        "-x",
    ]
    kept = [f"--benchmark-json={report}", f"--benchmark-storage=file://{report.parent}"]
    return ["-m", "pytest", "tests/bench", *only, *kept]


def between(text: str, tables: str) -> str:
    """The text with these tables between the two marks."""
    start, end = text.find(BEGIN), text.find(END)
    if start < 0 or end < start:
        raise Stopped(
            f"README.md has no place for the figures: write {BEGIN} and {END} where they shall stand."
        )
    return f"{text[: start + len(BEGIN)]}\n{tables}\n{text[end:]}"


def heading(day: date, cores: int) -> str:
    """When, and on what kind of computer."""
    system = f"{platform.system()} on {platform.machine()}"
    return (
        f"Measured on {day.day} {day:%B %Y}, {cores} cores, Python {platform.python_version()}, {system}."
        " Medians; only the ratios mean anything elsewhere."
    )


def rows(report: Mapping[str, Any]) -> list[Row]:
    """One row for each measurement: its notes, the median and the slowest of twenty, in seconds."""
    return [
        {**each["extra_info"], "median": each["stats"]["median"], "p95": slow(each["stats"].get("data", []))}
        for each in report["benchmarks"]
    ]


def slow(times: Sequence[float]) -> float:
    """The time that one in twenty exceeds."""
    return quantiles(times, n=20)[-1] if len(times) > 1 else max(times, default=math.nan)


def tables(found: Sequence[Row], first: str) -> str:
    """All that was measured, in Markdown."""
    parts: dict[str, Callable[[list[Row]], str]] = {
        "ranking": ranking,
        "day": lambda some: f"The first answer of a day: {shown(some[0]['median'])}.",
        "memory": memory,
        "agreement": agreement,
        "opening": opening,
        "change": change,
        "file": file,
        "vault": vault,
        "plan": plan,
        "scoring": lambda some: (
            f"Before that: {shown(some[0]['median'])} for the shortlist of one enquiry among {some[0]['size']:,}."
        ),
        "letters": letters,
        "window": window,
        "screens": screens,
    }
    made = [first]
    for group, make in parts.items():
        some = [row for row in found if row["group"] == group]
        if some:
            made.append(make(some))
    return "\n\n".join(made)


def shown(seconds: float) -> str:
    """A time in the unit that reads well."""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{digits(seconds / size)} {unit}"
    return f"{digits(seconds / 1e-6)} µs"


def digits(number: float) -> str:
    """Two figures that matter, or three before the point."""
    return f"{number:.2f}" if number < 1 else f"{number:.1f}" if number < 100 else f"{number:,.0f}"


def ratio(one: float, other: float) -> str:
    """How many times as long (the program is 1.0)."""
    return f"{digits(one / other)}x"


def grid(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    rule = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, rule, *lines))


def by(some: Iterable[Row], key: str, value: str = "median") -> dict[Any, dict[Any, Any]]:
    """By engine, then by something else: one value of each measurement."""
    found: dict[Any, dict[Any, Any]] = {}
    for row in some:
        found.setdefault(row["engine"], {})[row.get(key)] = row.get(value)
    return found


def growth(times: Mapping[int, float]) -> str:
    """By which power of the size the time grows."""
    small, large = min(times), max(times)
    return f"{math.log(times[large] / times[small]) / math.log(large / small):.2f}" if small < large else ""


def ranking(some: list[Row]) -> str:
    """Every engine at every size; the ratio is that at the middle size."""
    times, sizes = by(some, "size"), sorted({row["size"] for row in some})
    middle = sizes[len(sizes) // 2]
    head = [
        "One enquiry, all reasons counted, 20 shown, among",
        *(f"{size:,}" for size in sizes),
        f"ratio at {middle:,}",
        "grows with the power",
    ]
    lines = [
        [
            name,
            *(shown(of[size]) if size in of else "" for size in sizes),
            ratio(of[middle], times[PROGRAM][middle]),
            growth(of),
        ]
        for name, of in times.items()
    ]
    late = ", ".join(f"{shown(row['p95'])} among {row['size']:,}" for row in some if row["engine"] == PROGRAM)
    return f"{grid(head, lines)}\n\nOf the answers of {PROGRAM}, nineteen in twenty came within {late}."


def memory(some: list[Row]) -> str:
    """What is held for each supporter."""
    said = ", ".join(
        f"{row['engine']} {row['bytes_each']:,.0f} bytes (made in {shown(row['median'])})" for row in some
    )
    whole = ", ".join(
        f"{taken:.0f} MB with {size}" for row in some for size, taken in row.get("processes", {}).items()
    )
    return f"Memory for each of {some[0]['size']:,} supporters: {said}. A process that answers takes {whole}."


def agreement(some: list[Row]) -> str:
    """On how many enquiries both said the same."""
    row = some[0]
    return (
        f"Checked first: program and loop agree on {row['agreed']} of 40 enquiries among {row['size']:,}"
        " supporters, in every code, point and place."
    )


def opening(some: list[Row]) -> str:
    """From the key to the first answer."""
    best = min(row["median"] for row in some)
    lines = [[row["engine"], shown(row["median"]), ratio(row["median"], best)] for row in some]
    lines += [
        [f"of which {name}", shown(took), ""] for row in some for name, took in row.get("steps", {}).items()
    ]
    return grid([f"CPU from key to first answer, {some[0]['size']:,}", "time", "ratio"], lines)


def change(some: list[Row]) -> str:
    """After a withdrawal."""
    return grid(["A consent is withdrawn", "time"], [[row["engine"], shown(row["median"])] for row in some])


def file(some: list[Row]) -> str:
    """The same library with and without a key."""
    works: dict[str, dict[str, float]] = {}
    for row in some:
        works.setdefault(row["what"], {})[row["engine"]] = row["median"]
    lines = [
        [
            what,
            shown(of["with a key"]),
            shown(of["without a key"]),
            ratio(of["with a key"], of["without a key"]),
        ]
        for what, of in works.items()
    ]
    return grid(["The encrypted file", "with a key", "without", "ratio"], lines)


def vault(some: list[Row]) -> str:
    """Unlocking, the journal and backups; the last of each kind is what the others are compared with."""
    lines = []
    for what in dict.fromkeys(row["what"] for row in some):
        rows_of = [row for row in some if row["what"] == what]
        each = {
            row["engine"]: row["median"] * (1e9 / row["bytes"] if "bytes" in row else 1.0) for row in rows_of
        }
        plain = list(each.values())[-1]
        lines += [[f"{what}: {name}", shown(took), ratio(took, plain)] for name, took in each.items()]
    return grid(["The vault", "time", "ratio"], lines)


def plan(some: list[Row]) -> str:
    """Every solver on every shape, each with its ratio; then what the plan gains."""
    times, shapes = by(some, "shape"), list(dict.fromkeys(row["shape"] for row in some))
    large = {(row["engine"], row["shape"]) for row in some if row.get("too_large")}
    mine = times[PROGRAM]

    def cell(name: str, shape: str) -> str:
        if (name, shape) in large or shape not in times[name]:
            return "too large"
        return f"{shown(times[name][shape])} ({ratio(times[name][shape], mine[shape])})"

    lines = [[name, *(cell(name, shape) for shape in shapes)] for name in times]
    own = {row["shape"]: row for row in some if row["engine"] == PROGRAM}
    hand = {row["shape"]: row for row in some if row["engine"] == "by hand, in order"}
    lines.append(["pairs to choose from", *(f"{own[shape]['pairs']:,}" for shape in shapes)])
    lines.append(["memory of the solver", *(f"{own[shape]['megabytes']:.1f} MB" for shape in shapes)])
    lines.append(
        ["served, plan and by hand", *(f"{own[s]['served']:,}, {hand[s]['served']:,}" for s in shapes)]
    )
    lines.append(
        ["sum of scores over by hand", *(f"{own[s]['total'] / hand[s]['total'] - 1:+.1%}" for s in shapes)]
    )
    lines.append(
        [
            "most new for one, plan and by hand",
            *(f"{own[s]['most_new']}, {hand[s]['most_new']}" for s in shapes),
        ]
    )
    head = ["Plan after scoring, waiting x supporters", *shapes]
    power = growth({own[s]["pairs"]: mine[s] for s in (shapes[-2], shapes[-1])}) if len(shapes) > 1 else ""
    said = f"From the last shape but one to the last, time grows with the power {power} of the pairs."
    return f"{grid(head, lines)}\n\n{said}"


def letters(some: list[Row]) -> str:
    """Both readers, and how much they find."""
    mine = next(row["median"] for row in some if row["engine"] == PROGRAM)
    lines = [
        [
            row["engine"],
            shown(row["median"]),
            ratio(row["median"], mine),
            f"{row['recall']:.0%}",
            f"{row['shown']:.1f}",
        ]
        for row in some
    ]
    return grid(
        [f"Reading one of {some[0]['letters']} letters", "time", "ratio", "needed topics found", "shown"],
        lines,
    )


def window(some: list[Row]) -> str:
    """Whole processes, each beside the smallest window there is."""
    least = next(row for row in some if row["engine"] == "PySide6's smallest window")
    lines = [
        [
            row["engine"],
            shown(row["cpu"]),
            ratio(row["cpu"], least["cpu"]),
            f"{row['megabytes']:.0f} MB",
            ratio(row["megabytes"], least["megabytes"]),
        ]
        for row in some
    ]
    return grid(["A whole process", "CPU", "ratio", "memory", "ratio"], lines)


def screens(some: list[Row]) -> str:
    """How long a screen takes: when it is first shown, and when somebody comes back."""
    row = some[0]
    lines = [[name, shown(first), shown(again)] for name, (first, again) in row["views"].items()]
    table = grid([f"A screen among {row['people']:,} supporters, CPU", "first time", "coming back"], lines)
    return f"{table}\n\nA key in the search of supporters, until it is painted: {shown(row['key'])}."
