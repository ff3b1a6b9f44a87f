"""The window as whole processes: until it is painted, until one can work, and how long each screen and key takes."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tests.bench.engines import Stand
from tests.bench.filing import Folder
from tests.bench.timing import MIDDLE, QUICK, Benchmark, take

ROOT = Path(__file__).resolve().parents[2]
MANY = 2_000 if QUICK else 5_000
ROUNDS = 3
SHOWS = {
    "hello": "PySide6's smallest window",
    "first": "the way in, painted",
    "usable": "unlocked, people listed, one enquiry ranked",
}


def asked(folder: Path, *words: str) -> dict[str, Any]:
    """What a process of its own says when it has done this, with a home of its own."""
    own = {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(folder)}
    child = [sys.executable, str(Path(__file__).with_name("window_child.py")), *words]
    said = subprocess.run(child, env={**os.environ, **own}, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(said.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("what", SHOWS)
def test_whole_processes(benchmark: Benchmark, folder: Folder, tmp_path: Path, what: str) -> None:
    words = (what, str(folder.path)) if what == "usable" else (what,)
    said: list[dict[str, Any]] = []
    name = f"{SHOWS[what]}, {MIDDLE:,}" if what == "usable" else SHOWS[what]
    rounds = 1 if what == "usable" else ROUNDS
    take(benchmark, lambda: said.append(asked(tmp_path, *words)), [()], rounds, group="window", engine=name)
    benchmark.extra_info["cpu"] = median(each["cpu"] for each in said)
    benchmark.extra_info["megabytes"] = median(each["megabytes"] for each in said)


def test_screens(benchmark: Benchmark, stand: Callable[[int], Stand], tmp_path: Path) -> None:
    place = Folder.of(stand(MANY).people, tmp_path)
    said: list[dict[str, Any]] = []

    def walk() -> None:
        said.append(asked(tmp_path, "screens", str(place.path)))

    take(benchmark, walk, [()], 1, group="screens", engine="PeerMatch", people=MANY)
    views: dict[str, list[float]] = said[0]["views"]
    benchmark.extra_info["views"] = {
        name: (first / 1000, median(again) / 1000) for name, (first, *again) in views.items()
    }
    benchmark.extra_info["key"] = median(said[0]["keys"]) / 1000
