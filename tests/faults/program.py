"""The real program as the harness drives it: one loaded process, a fork for each run, a home of its own."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.fault import NOTHING, Fault, built
from tests.faults.looking import Look

ROOT = Path(__file__).resolve().parents[2]
NO_COMPILER = "this computer has no C compiler, so no call of the system was made to fail"


@dataclass(frozen=True)
class Ended:
    """How a run ended: the exit code of each command that came to its end, and what was said."""

    killed: bool
    hung: bool
    codes: tuple[int, ...]
    looks: tuple[Look, ...]
    calls: int
    reached: int
    out: str
    err: str

    @property
    def clear(self) -> bool:
        """Whether what went wrong was said in a sentence, and not as a fault of the program."""
        failed = any(self.codes)
        return (
            "Traceback" not in self.err
            and "something went wrong" not in self.err
            and (not failed or "peermatch: " in self.err or "Damage was found." in self.out)
        )


@dataclass(frozen=True)
class Ask:
    """One run: commands in order, the fault, who runs it, and what is looked at afterwards in the same fork.

    ``warm`` are commands before it, whose words nobody hears, so that every module is loaded that nobody may read.
    """

    commands: Sequence[Sequence[str]]
    fault: Fault = NOTHING
    watched: tuple[Path, ...] = ()
    look: Path | None = None
    secret: str = ""
    kill_after: float | None = None
    umask: int = 0o077
    nobody: bool = False
    warm: Sequence[Sequence[str]] = ()

    def said(self) -> dict[str, Any]:
        return {
            "commands": [list(words) for words in self.commands],
            "fault": self.fault.said(),
            "watched": [str(path) for path in self.watched],
            "look": str(self.look) if self.look else None,
            "secret": self.secret,
            "kill_after": self.kill_after,
            "umask": self.umask,
            "nobody": self.nobody,
            "warm": [list(words) for words in self.warm],
        }


class Program:
    """The loaded program; ``bench`` is its work folder, with ``home`` and ``tmp`` of its own."""

    def __init__(self, bench: Path) -> None:
        self.bench = bench
        self.home, self.temporary, self._said = (bench / name for name in ("home", "tmp", "said"))
        for folder in (self.home, self.temporary, self._said):
            folder.mkdir(parents=True, exist_ok=True)
        self.preloaded = built(self._said)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.serving", str(self._said)],
            cwd=ROOT,
            env=self.environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    @property
    def environ(self) -> dict[str, str]:
        """The settings of its processes."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
        own = {"HOME": str(self.home), "PEERMATCH_TEST": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        own |= {"TMPDIR": str(self.temporary), "SQLITE_TMPDIR": str(self.temporary)}
        return kept | own | ({"LD_PRELOAD": str(self.preloaded)} if self.preloaded else {})

    def run(self, ask: Ask) -> Ended:
        """Run it in a fork, and wait for its end."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(ask.said()) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        looks = tuple(Look(**{**each, "broken": tuple(each["broken"])}) for each in answer.pop("looks"))
        return Ended(looks=looks, codes=tuple(answer.pop("codes")), **answer)

    @property
    def book(self) -> bytes:
        """What the last recorded run changed, call by call."""
        return (self._said / "book").read_bytes()

    def close(self) -> None:
        """End the loaded process."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)
        self._process.stdout.close()


@contextmanager
def loaded() -> Iterator[Program]:
    """The program for as long as it is needed, in a folder that others may enter, so that rights are what is tried."""
    bench = Path(tempfile.mkdtemp(prefix="peermatch-faults-"))
    bench.chmod(0o755)
    program = Program(bench)
    try:
        yield program
    finally:
        program.close()
        shutil.rmtree(bench, ignore_errors=True)
