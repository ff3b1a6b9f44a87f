"""What is made to go wrong: one value for each way, and the library that does it, built by the system's compiler."""

import errno
import shutil
import subprocess
from dataclasses import asdict, dataclass
from enum import IntEnum, IntFlag
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_name("calls.c")


class Mode(IntEnum):
    """What the library does, by its own numbers."""

    OFF = 0
    COUNT = 1
    ONCE = 2
    STICKY = 3
    KILL = 4
    GONE = 5
    RECORD = 6


class Calls(IntFlag):
    """Which calls count: changes, reads, or only those that a full disk refuses."""

    CHANGES = 1
    READS = 2
    ROOM = 4


@dataclass(frozen=True)
class Fault:
    """One fault: at which call it comes, and what it is."""

    mode: Mode = Mode.OFF
    point: int = -1
    error: int = errno.EIO
    calls: Calls = Calls.CHANGES

    @classmethod
    def read(cls, said: dict[str, Any]) -> "Fault":
        return cls(Mode(said["mode"]), said["point"], said["error"], Calls(said["calls"]))

    def said(self) -> dict[str, Any]:
        return asdict(self)


NOTHING = Fault()
COUNTED = Fault(Mode.COUNT)
RECORDED = Fault(Mode.RECORD)


def built(folder: Path) -> Path | None:
    """The library, or None where this computer has no C compiler or does not load libraries in this way."""
    compiler = next((found for name in ("cc", "gcc", "clang") if (found := shutil.which(name))), None)
    if compiler is None:
        return None
    library = folder / "calls.so"
    words = [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE), "-ldl"]
    done = subprocess.run(words, capture_output=True, check=False, timeout=60)
    return library if done.returncode == 0 and library.is_file() else None


def once(point: int, calls: Calls = Calls.CHANGES) -> Fault:
    """The disk fails at one call and then works again."""
    return Fault(Mode.ONCE, point, errno.EIO, calls)


def full(point: int) -> Fault:
    """The disk is full from one call on: what needs room is refused, what frees it is not."""
    return Fault(Mode.STICKY, point, errno.ENOSPC, Calls.ROOM)


def killed(point: int) -> Fault:
    """The process is killed before one call."""
    return Fault(Mode.KILL, point)


def gone(point: int) -> Fault:
    """The network's folder is taken away before one call."""
    return Fault(Mode.GONE, point, calls=Calls.CHANGES | Calls.READS)
