"""What a window costs until something of it is seen: seconds of a core, measured from outside, for any program.

The screen is Xvfb's, which keeps its picture in a file: the program is not asked and need not know.
"""

from __future__ import annotations

import mmap
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from system_parts import Stopped

PATIENCE_S, PAUSE_S = 60, 0.002
AROUND = 64_000
"""So many bytes on both sides of the middle of the picture are looked at."""
Start = Callable[[str], tuple[Sequence[str], Mapping[str, str]]]
"""The words and settings by which a program is started on a screen."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen that nobody sees: its name, and the picture on it."""

    name: str
    picture: mmap.mmap

    def middle(self) -> bytes:
        """What stands in the middle now."""
        half = len(self.picture) // 2
        return self.picture[half - AROUND : half + AROUND]


def least(start: Start, times: int) -> float:
    """The least that it cost of several starts."""
    return min(once(start) for _ in range(times))


def once(start: Start) -> float:
    """What one start cost until the middle of the screen was painted."""
    with screen() as shown:
        before = shown.middle()
        words, environ = start(shown.name)
        with subprocess.Popen(
            words, env=dict(environ), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as program:
            try:
                end = time.monotonic() + PATIENCE_S
                while shown.middle() == before:
                    if program.poll() is not None or time.monotonic() > end:
                        raise Stopped(f"`{words[0]}` painted nothing.")
                    time.sleep(PAUSE_S)
                return spent(program.pid)
            finally:
                program.terminate()


def spent(pid: int) -> float:
    """Seconds of a core that all threads of a process have used."""
    total = 0
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with suppress(OSError):  # it ended between being listed and being asked
            total += int((thread / "schedstat").read_text(encoding="ascii").split()[0])
    return total / 1e9


@contextmanager
def screen() -> Iterator[Screen]:
    """A screen of its own for one start."""
    read, write = os.pipe()
    with tempfile.TemporaryDirectory() as folder, os.fdopen(read) as told:
        size = ["-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-fbdir", folder]
        words = ["Xvfb", "-displayfd", str(write), *size]
        with subprocess.Popen(words, pass_fds=[write], stderr=subprocess.DEVNULL) as server:
            os.close(write)
            name = told.readline().strip()
            try:
                with (Path(folder) / "Xvfb_screen0").open("rb") as picture:
                    yield Screen(f":{name}", mmap.mmap(picture.fileno(), 0, prot=mmap.PROT_READ))
            finally:
                server.terminate()
