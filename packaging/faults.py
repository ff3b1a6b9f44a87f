"""Drive the program through faults by the hundred, and set the figures out as the table that SECURITY quotes."""

from __future__ import annotations

import json
import platform
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from system_parts import Stopped

BEGIN, END = "<!-- figures of `dev.py faults` begin -->", "<!-- figures of `dev.py faults` end -->"
Row = Mapping[str, Any]
HEAD = (
    "What was done to it",
    "points",
    "confirmed and lost",
    "half a step",
    "wrong unnoticed",
    "readable",
    "unclear",
)
COUNTED = ("points", "lost", "half", "silent", "plain", "unclear")


def measure(python: Path, environ: Mapping[str, str], root: Path, extra: Sequence[str]) -> int:
    """Run every kind of fault, or those that are named; print the table, and with ``--write`` put it into SECURITY.

    ``--quick`` takes a few of each, some minutes; all of them take an hour or two. 1 where something was found.
    """
    paper = root / "SECURITY.md"
    if "--write" in extra:
        between(paper.read_text(encoding="utf-8"), "")
    words = [str(python), "-m", "tests.faults.runs", *(word for word in extra if word != "--write")]
    with subprocess.Popen(words, cwd=root, env=dict(environ), stdout=subprocess.PIPE, text=True) as process:
        found = list(as_they_come(process.stdout or ()))
    if not found:
        return process.returncode or 1
    text = table(found, heading(date.today()))  # noqa: DTZ011 - the reader's own day
    print(f"\n{text}", flush=True)
    if "--write" in extra:
        paper.write_text(between(paper.read_text(encoding="utf-8"), text), encoding="utf-8")
    return process.returncode


def as_they_come(lines: Any) -> Iterator[Row]:
    """Each kind's figures, said at once, for all of them take long."""
    for line in lines:
        row = json.loads(line)
        print(f"{row['kind']}: {row['points']} in {row['seconds']:.0f} s", flush=True)
        for finding in row["findings"]:
            print(f"  {finding}", flush=True)
        yield row


def heading(day: date) -> str:
    """When, and on what kind of computer."""
    system = f"{platform.system()} on {platform.machine()}"
    return f"On {day.day} {day:%B %Y}, Python {platform.python_version()}, {system}:"


def table(found: Sequence[Row], first: str) -> str:
    """All figures in Markdown, with their sum, and why a kind was not tried."""
    lines = [(str(row["kind"]), *(f"{row[name]:,}" for name in COUNTED)) for row in found]
    total = ("all", *(f"{sum(row[name] for row in found):,}" for name in COUNTED))
    rule = ("---", *("---:" for _ in COUNTED))
    remarks = [f"Not tried: {row['kind']} ({row['remark']})." for row in found if row["remark"]]
    grid = "\n".join(f"| {' | '.join(line)} |" for line in (HEAD, rule, *lines, total))
    return "\n\n".join([first, grid, *remarks])


def between(text: str, figures: str) -> str:
    """The text with these figures between the two marks."""
    start, end = text.find(BEGIN), text.find(END)
    if start < 0 or end < start:
        raise Stopped(
            f"SECURITY.md has no place for the figures: write {BEGIN} and {END} where they shall stand."
        )
    return f"{text[: start + len(BEGIN)]}\n{figures}\n{text[end:]}"
