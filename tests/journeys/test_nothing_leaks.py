"""Marked words in every field, every screen shown, a fault, a lock: none of them is anywhere but in the locked file."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.leaking import MARK

ROOT = Path(__file__).resolve().parents[2]
HOMES = (
    "HOME",
    "TMPDIR",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_RUNTIME_DIR",
    "XDG_STATE_HOME",
)


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A person's whole home after the work."""
    home = tmp_path_factory.mktemp("home")
    home.chmod(0o700)
    ended = subprocess.run(
        [sys.executable, "-m", "tests.journeys.leaking", str(home / "our.peermatch")],
        cwd=ROOT,
        env={**os.environ, **dict.fromkeys(HOMES, str(home)), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return home, ended


def spellings() -> Iterator[bytes]:
    """The mark as it might lie on a disk."""
    for text in (MARK, MARK.upper(), MARK.capitalize()):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            yield text.encode(encoding)
        for shift in range(3):
            yield base64.b64encode(b" " * shift + text.encode())[4 if shift else 0 : -4]


def holding(home: Path, wanted: tuple[bytes, ...]) -> list[str]:
    """The files below a folder in which any of the words can be read."""
    files = [path for path in home.rglob("*") if path.is_file()]
    assert len(files) > 2
    return [
        str(path.relative_to(home)) for path in files if any(each in path.read_bytes() for each in wanted)
    ]


def test_no_file_of_the_person_holds_a_word(
    worked: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    assert holding(worked[0], tuple(spellings())) == []
    assert holding(worked[0], (b"SQLite format 3",)) == []


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    for number, text in enumerate(spellings()):
        (tmp_path / str(number)).write_bytes(b"before" + text + b"after")
    assert len(holding(tmp_path, tuple(spellings()))) == number + 1


def test_no_title_argument_or_report_holds_a_word(
    worked: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    home, ended = worked
    said = json.loads(ended.stdout)
    assert "PeerMatch" in " ".join(said["titles"])
    assert MARK not in ended.stdout.lower()
    assert "went wrong" in ended.stderr
    assert MARK not in ended.stderr.lower()
    (log,) = home.rglob("peermatch.log")
    written = log.read_text("utf-8")
    assert "fault ValueError" in written
    assert "after [removed]" in written
