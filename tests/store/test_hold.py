"""One process holds a network; the second is told who and where, and a dead one does not stand in the way."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from peermatch.errors import BadInput, HeldElsewhere, SystemRefused
from peermatch.store.hold import LOCK, HeldByAnotherComputer, Hold, Holder

HOLDER = """
import sys
from pathlib import Path
from peermatch.store.hold import Hold
hold = Hold.acquire(Path(sys.argv[1]), "PeerMatch 1.0")
print("held", flush=True)
sys.stdin.readline()
hold.release()
"""

Other = Callable[[Path], "subprocess.Popen[bytes]"]


@pytest.fixture
def another() -> Iterator[Other]:
    """Start a second process that holds a folder."""
    with ExitStack() as stack:

        def start(folder: Path) -> "subprocess.Popen[bytes]":
            process = stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", HOLDER, str(folder)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    cwd=Path.cwd(),
                )
            )
            stack.callback(process.kill)
            assert process.stdout is not None
            assert process.stdout.readline() == b"held\n"
            return process

        yield start


def test_the_lock_says_who_holds_it_and_is_empty_afterwards(tmp_path: Path) -> None:
    hold = Hold.acquire(tmp_path, "PeerMatch 1.0")
    said = (tmp_path / LOCK).read_text("utf-8")
    assert said == f"pid {os.getpid()}\nhost {socket.gethostname()}\napp PeerMatch 1.0\n"
    hold.release()
    assert (tmp_path / LOCK).read_bytes() == b""
    hold.release()
    Hold.acquire(tmp_path, "PeerMatch 1.0").release()


def test_a_second_process_is_refused_with_who_and_where(tmp_path: Path, another: Other) -> None:
    other = another(tmp_path)
    before = (tmp_path / LOCK).read_bytes()
    with pytest.raises(HeldElsewhere) as refusal:
        Hold.acquire(tmp_path, "PeerMatch 1.0")
    assert refusal.value.exit_code == 7
    assert f"already open in PeerMatch 1.0 (process {other.pid}) on {socket.gethostname()}." in str(
        refusal.value
    )
    assert (tmp_path / LOCK).read_bytes() == before
    with pytest.raises(HeldElsewhere):
        Hold.acquire(tmp_path, "PeerMatch 1.0", break_foreign=True)
    assert not isinstance(refusal.value, HeldByAnotherComputer)


def test_the_same_process_does_not_hold_twice(tmp_path: Path) -> None:
    hold = Hold.acquire(tmp_path, "PeerMatch 1.0")
    with pytest.raises(HeldElsewhere, match=str(os.getpid())):
        Hold.acquire(tmp_path, "PeerMatch 1.0")
    hold.release()


def test_after_kill_9_it_opens_at_once(tmp_path: Path, another: Other) -> None:
    other = another(tmp_path)
    os.kill(other.pid, signal.SIGKILL)
    other.wait()
    assert f"pid {other.pid}\n" in (tmp_path / LOCK).read_text("utf-8")
    hold = Hold.acquire(tmp_path, "PeerMatch 1.1")
    assert f"pid {os.getpid()}\n" in (tmp_path / LOCK).read_text("utf-8")
    hold.release()


def test_after_a_good_end_it_opens_at_once(tmp_path: Path, another: Other) -> None:
    other = another(tmp_path)
    other.communicate(b"\n")
    assert (tmp_path / LOCK).read_bytes() == b""
    Hold.acquire(tmp_path, "PeerMatch 1.0").release()


def test_another_computer_s_lock_is_not_broken_but_a_person_may_decide(tmp_path: Path) -> None:
    theirs = Holder("77", "trust-laptop-9", "PeerMatch 1.0").text()
    (tmp_path / LOCK).write_bytes(theirs)
    with pytest.raises(
        HeldByAnotherComputer, match="may still be open on trust-laptop-9 in PeerMatch 1"
    ) as refusal:
        Hold.acquire(tmp_path, "PeerMatch 1.0")
    assert refusal.value.exit_code == 7
    assert (tmp_path / LOCK).read_bytes() == theirs
    hold = Hold.acquire(tmp_path, "PeerMatch 1.0", break_foreign=True)
    assert Holder.read((tmp_path / LOCK).read_bytes()).host == socket.gethostname()
    hold.release()


@pytest.mark.parametrize(
    "text",
    [b"", b"\n\n", b"pid\nhost\n", b"\xff\xfe\x00rubbish", b"host \x1b[2J\n", b"x" * 1_000_000],
    ids=["empty", "lines", "names only", "no text", "control signs", "huge"],
)
def test_rubbish_in_the_lock_stops_nobody(tmp_path: Path, text: bytes) -> None:
    (tmp_path / LOCK).write_bytes(text)
    if text.startswith(b"host "):
        with pytest.raises(HeldByAnotherComputer, match=r"on \[2J in PeerMatch"):
            Hold.acquire(tmp_path, "PeerMatch 1.0")
    else:
        Hold.acquire(tmp_path, "PeerMatch 1.0").release()


def test_a_holder_who_wrote_nothing_is_told_as_far_as_known(tmp_path: Path, another: Other) -> None:
    another(tmp_path)
    (tmp_path / LOCK).write_bytes(b"")
    with pytest.raises(HeldElsewhere, match=r"another program \(process unknown\) on this computer"):
        Hold.acquire(tmp_path, "PeerMatch 1.0")


@pytest.mark.usefixtures("open_umask")
def test_only_its_owner_may_read_the_lock(tmp_path: Path) -> None:
    Hold.acquire(tmp_path, "PeerMatch 1.0").release()
    assert (tmp_path / LOCK).stat().st_mode & 0o777 == 0o600


def test_a_network_that_is_not_there_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no network at"):
        Hold.acquire(tmp_path / "none.peermatch", "PeerMatch 1.0")


def test_a_read_only_folder_is_said(read_only: Path) -> None:
    with pytest.raises(SystemRefused, match="could not be opened: the folder or file is read-only"):
        Hold.acquire(read_only, "PeerMatch 1.0")


def test_a_link_in_place_of_the_lock_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "victim").write_bytes(b"precious")
    (tmp_path / LOCK).symlink_to(tmp_path / "victim")
    with pytest.raises(SystemRefused):
        Hold.acquire(tmp_path, "PeerMatch 1.0")
    assert (tmp_path / "victim").read_bytes() == b"precious"


FULL = """
import resource, sys
from pathlib import Path
from peermatch.errors import PeerMatchError
from peermatch.store.hold import Hold
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
try:
    Hold.acquire(Path(sys.argv[1]), "PeerMatch 1.0")
except PeerMatchError as refusal:
    print(type(refusal).__name__, refusal)
"""


def test_a_disk_that_takes_no_more_is_said_and_the_lock_is_free_again(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path.cwd(),
    )
    assert done.stdout.startswith("SystemRefused store.lock could not be taken: the disk is full.")


def test_a_disk_that_takes_no_more_gives_back_the_handle(tmp_path: Path) -> None:
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        with pytest.raises(SystemRefused, match="disk is full"):
            Hold.acquire(tmp_path, "PeerMatch 1.0")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    Hold.acquire(tmp_path, "PeerMatch 1.0").release()


def test_a_disk_that_fails_keeps_nobody_from_letting_go(tmp_path: Path) -> None:
    hold = Hold.acquire(tmp_path, "PeerMatch 1.0")
    os.close(hold._handle)  # whatever is asked of the file fails from now on
    hold.release()
    hold.release()
    Hold.acquire(tmp_path, "PeerMatch 1.0").release()
