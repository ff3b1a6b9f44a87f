"""Writing a small file: old or new, never half, private, and patient with what Windows says."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from peermatch.errors import SystemRefused
from peermatch.store.atomic import patiently, write_atomic


def test_it_replaces_the_file_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "store.keys"
    for data in (b"old", b"", b"new" * 100_000):
        write_atomic(path, data)
        assert path.read_bytes() == data
    assert [found.name for found in tmp_path.iterdir()] == ["store.keys"]


@pytest.mark.usefixtures("open_umask")
def test_only_its_owner_may_read_it_whatever_the_umask(tmp_path: Path) -> None:
    path = tmp_path / "store.keys"
    path.write_bytes(b"old")
    path.chmod(0o644)
    write_atomic(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_folder_that_is_not_there_is_the_system_s_refusal(tmp_path: Path) -> None:
    with pytest.raises(SystemRefused, match=r"store\.keys could not be written: No such file"):
        write_atomic(tmp_path / "none" / "store.keys", b"new")


def test_a_read_only_folder_is_said(read_only: Path) -> None:
    with pytest.raises(SystemRefused, match="read-only"):
        write_atomic(read_only / "store.keys", b"new")


def test_what_stands_in_the_way_stays_and_the_fresh_file_goes(tmp_path: Path) -> None:
    path = tmp_path / "store.keys"
    path.mkdir()
    (path / "inside").write_bytes(b"x")
    with pytest.raises(SystemRefused):
        write_atomic(path, b"new")
    assert [found.name for found in tmp_path.iterdir()] == ["store.keys"]


FULL = """
import resource, sys
from pathlib import Path
from peermatch.errors import PeerMatchError
from peermatch.store.atomic import write_atomic
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_atomic(Path(sys.argv[1]), b"x" * 5000)
except PeerMatchError as refusal:
    print(type(refusal).__name__, refusal)
"""


def test_a_disk_that_takes_no_more_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "store.keys"
    write_atomic(path, b"old")
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(path)], capture_output=True, text=True, check=True, cwd=Path.cwd()
    )
    assert done.stdout == (
        "SystemRefused store.keys could not be written: the disk is full. Free some space and try again.\n"
    )
    assert path.read_bytes() == b"old"
    assert [found.name for found in tmp_path.iterdir()] == ["store.keys"]


BUSY = """
import sys
from pathlib import Path
from peermatch.store.atomic import write_atomic
path, n = Path(sys.argv[1]), 0
print("ready", flush=True)
while True:
    n += 1
    write_atomic(path, bytes([n % 256]) * 20_000)
"""


def test_killed_at_any_moment_the_file_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "store.keys"
    write_atomic(path, b"\0" * 20_000)
    for chance in range(5):
        with subprocess.Popen(
            [sys.executable, "-c", BUSY, str(path)], stdout=subprocess.PIPE, cwd=Path.cwd()
        ) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            until = time.perf_counter() + chance * 0.007
            while time.perf_counter() < until:
                path.stat()
            os.kill(writer.pid, signal.SIGKILL)
        data = path.read_bytes()
        assert len(data) == 20_000
        assert len(set(data)) == 1


class Held(OSError):
    """What Windows raises while a virus scanner holds a file."""

    def __init__(self, winerror: int) -> None:
        super().__init__("held")
        self.winerror = winerror


def test_it_waits_for_a_virus_scanner() -> None:
    waits = [5, 32, 33]

    def action() -> None:
        if waits:
            raise Held(waits.pop())

    patiently(action)
    assert waits == []


def test_it_does_not_wait_for_ever() -> None:
    def action() -> None:
        raise Held(32)

    with pytest.raises(Held):
        patiently(action, patience_s=0.1)


@pytest.mark.parametrize("error", [Held(1), OSError("other")])
def test_it_does_not_wait_for_what_will_not_pass(error: OSError) -> None:
    tries = []

    def action() -> None:
        tries.append(1)
        raise error

    with pytest.raises(OSError, match=r"held|other"):
        patiently(action)
    assert tries == [1]
