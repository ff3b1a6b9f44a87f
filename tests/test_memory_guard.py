"""The program's memory goes into no core dump and is no other program's to read."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from peermatch import app

ROOT = Path(__file__).resolve().parents[1]
ASKS = """
import sys
from peermatch.app import main
try:
    main(["--help"])
except SystemExit:
    pass
"""
TELLS = """
import ctypes, resource
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), file=sys.stderr)
"""
DIES = """
import os, signal
from pathlib import Path
keep = "Zqxmarker" * 1000
os.kill(os.getpid(), signal.SIGABRT)
"""


def ran(script: str, place: Path) -> subprocess.CompletedProcess[str]:
    """A process of its own that has begun as the program begins, in a folder of its own."""
    return subprocess.run(
        [sys.executable, "-c", ASKS + script],
        cwd=place,
        env=dict(os.environ, PYTHONPATH=str(ROOT), HOME=str(place)),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_no_core_dump_and_nobody_may_look_in(tmp_path: Path) -> None:
    if sys.platform == "linux":
        assert ran(TELLS, tmp_path).stderr.split("\n")[-2] == "(0, 0) 0"


def test_a_crash_leaves_no_file(tmp_path: Path) -> None:
    if sys.platform != "win32":
        before = set(tmp_path.rglob("*"))
        assert ran(DIES, tmp_path).returncode == -signal.SIGABRT
        left = [path for path in tmp_path.rglob("*") if path.is_file() and path not in before]
        assert [path for path in left if b"Zqxmarker" in path.read_bytes()] == []
        assert [path for path in left if "core" in path.name] == []


def test_it_is_the_first_thing_that_the_program_does() -> None:
    lines = [line.strip() for line in Path(app.__file__).read_text("utf-8").splitlines()]
    body = lines[next(n for n, line in enumerate(lines) if line.startswith("def main")) :]
    assert body[2] == "keep_memory_private()"
