"""Every kind of fault in turn, by the hundred or a few of each, with what was found as one line of JSON each.

Run as ``python -m tests.faults.runs [--quick] [KIND...]``; a kind is a word of `KINDS`.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tests.faults import disk, kills, places, power, tampering
from tests.faults.day import Stage, Step, worked_through
from tests.faults.figures import Figures
from tests.faults.program import ROOT, loaded

ACTS = ["import", "edit", "ask", "card", "backup", "restore", "rotate", "export", "migrate"]
FEW = ["ask"]


@dataclass(frozen=True)
class Size:
    """How many points of each kind."""

    calls: int
    moments: int
    cuts: int
    disk: int
    acts: list[str]
    keys_every: int
    flips: int
    journal: int
    share: int
    migration: int
    readers: int
    lives: int
    places: int
    every: int


FULL = Size(60, 500, 2_000, 60, ACTS, 1, 2_000, 200, 30, 120, 20_000, 200, 99, 1)
QUICK = Size(8, 40, 150, 8, ACTS, 25, 100, 20, 6, 12, 2_000, 10, 99, 1)
SAMPLE = Size(1, 3, 6, 2, FEW, 300, 4, 3, 2, 2, 0, 0, 1, 3)


Work = Callable[[Stage, list[Step], Size], Figures]

KINDS: dict[str, Work] = {
    "calls": lambda stage, steps, size: kills.at_calls(stage, steps[:: size.every], size.calls),
    "moments": lambda stage, steps, size: kills.at_random(stage, steps, size.moments),
    "power": lambda stage, steps, size: power.cuts(stage, steps, size.cuts),
    "once": lambda stage, steps, size: disk.failing_once(stage, size.acts, size.disk),
    "reads": lambda stage, steps, size: disk.failing_reads(stage, size.acts, size.disk),
    "full": lambda stage, steps, size: disk.filling_up(stage, size.acts, size.disk),
    "keys": lambda stage, steps, size: tampering.flips_of_the_keys(stage, size.keys_every),
    "flips": lambda stage, steps, size: tampering.flips_of_the_file(stage, size.flips),
    "backups": lambda stage, steps, size: tampering.flips_of_a_backup(stage, size.flips // 4),
    "journal": lambda stage, steps, size: tampering.flips_of_the_journal(stage, size.journal),
    "files": lambda stage, steps, size: tampering.lost_and_cut(stage, size.every),
    "two": lambda stage, steps, size: places.two_processes(stage, size.places),
    "clocks": lambda stage, steps, size: places.clocks(stage, size.places),
    "folders": lambda stage, steps, size: places.strange_folders(stage, size.places),
    "share": lambda stage, steps, size: places.a_share_that_goes(stage, size.acts[:6], size.share),
    "schema": lambda stage, steps, size: places.schemas(stage, size.migration),
}
WITHOUT_A_STAGE: dict[str, Callable[[Size], Figures]] = {
    "readers": lambda size: readers(size.readers),
    "steps": lambda size: any_steps(size.lives),
}
STEPS = 50


def readers(number: int) -> Figures:
    """Changed files for every reader of foreign bytes, in a process with little memory."""
    figures = Figures("changed files given to the readers of keys, backups, letters and portable files")
    words = [sys.executable, "-m", "tests.attacks.fuzzing", str(number), "2026"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    for line in done.stdout.splitlines():
        tried = json.loads(line)
        figures.points += tried["number"]
        for fault in tried["faults"]:
            figures.count("unclear", f"{tried['reader']}: {fault}")
    if done.returncode != 0:
        figures.count("unclear", f"the readers ended with {done.returncode}: {done.stderr[-500:]}")
    return figures


def any_steps(lives: int) -> Figures:
    """Random steps beside a plain model."""
    from tests.attacks.any_steps import run

    figures = Figures("random steps compared with a plain model")
    try:
        figures.points = run(lives, STEPS)
    except AssertionError as difference:
        figures.count("half", str(difference))
    return figures


def every(stage: Stage, size: Size, names: Iterable[str]) -> Iterator[tuple[Figures, float]]:
    """Each kind's figures with the seconds that it took."""
    wanted = [name for name in KINDS if name in names]
    steps = worked_through(stage) if {"calls", "moments", "power"} & set(wanted) else []
    for name in wanted:
        begun = time.monotonic()
        yield KINDS[name](stage, steps, size), time.monotonic() - begun


def told(figures: Figures, seconds: float) -> bool:
    """Say what was found of one kind; whether all was well."""
    sys.stdout.write(json.dumps(figures.as_json() | {"seconds": round(seconds, 1)}) + "\n")
    sys.stdout.flush()
    return figures.sound


def main(words: list[str]) -> int:
    """Print one line a kind; 1 where something was found."""
    names = [word for word in words if not word.startswith("--")] or [*KINDS, *WITHOUT_A_STAGE]
    size = QUICK if "--quick" in words else FULL
    sound = True
    with loaded() as program:
        for figures, seconds in every(Stage.set_up(program), size, names):
            sound &= told(figures, seconds)
    for name, work in WITHOUT_A_STAGE.items():
        if name in names:
            begun = time.monotonic()
            sound &= told(work(size), time.monotonic() - begun)
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
