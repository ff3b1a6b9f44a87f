"""Every exit code and every manner towards scripts, through the program's own door: a process, as a shell starts it."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from peermatch.services.office import Doors
from peermatch.services.shipped import Shipped
from peermatch.store.kdf import LEAST
from tests.networks import PASSPHRASE, clock

ROOT = Path(__file__).resolve().parents[2]
Started = Callable[..., subprocess.CompletedProcess[bytes]]
AT_THE_DOOR = """
import json, sys
from peermatch.app import main
calls = json.load(sys.stdin)
codes = []
for words in calls:
    try:
        codes.append(main(words))
    except SystemExit as end:
        codes.append(end.code)
print(json.dumps(codes))
"""


@pytest.fixture
def start(folder: Path, secret: Path, tmp_path: Path) -> Started:
    """Start the program on the test's network, with a home of its own; ``settings`` go into its environment."""

    def started(
        *words: object, passphrase: Path = secret, give: bytes | None = None, **settings: str
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*program(), *map(str, words), "--network", str(folder), "--passphrase-file", str(passphrase)],
            env=surroundings(tmp_path, **settings),
            cwd=tmp_path,
            input=give if give is not None else b"",
            capture_output=True,
            check=False,
        )

    return started


def program() -> list[str]:
    return [sys.executable, "-P", "-m", "peermatch"]


def surroundings(home: Path, **settings: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP") if name in os.environ}
    own = {
        "HOME": str(home),
        "LOCALAPPDATA": str(home),
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
    }
    return {**kept, **own, **settings}


def test_done_is_0_and_the_answer_is_utf8_where_the_computer_knows_ascii_alone(start: Started) -> None:
    ended = start(
        "consent", "list", "S-0001", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", NO_COLOR="1"
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert "hold" in ended.stdout.decode("utf-8")
    assert b"\x1b" not in ended.stdout


def test_a_question_without_a_terminal_is_2_and_one_sentence(start: Started, tmp_path: Path) -> None:
    ended = start("export", tmp_path / "portable.json", give=b"yes\n")
    said = ended.stderr.decode("utf-8")
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert said.count("\n") == 1
    assert "There is no terminal to ask at. Use --yes." in said
    assert not (tmp_path / "portable.json").exists()


def test_what_a_command_refuses_has_its_own_code(
    folder: Path, secret: Path, tmp_path: Path, shipped: Shipped
) -> None:
    """Several at the program's door in one process, as each of them begins with what it must load."""
    damaged = Path(shutil.copytree(folder, tmp_path / "damaged.peermatch"))
    held = Path(shutil.copytree(folder, tmp_path / "held.peermatch"))
    file = damaged / "store-000001.db"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    wrong = tmp_path / "wrong"
    wrong.write_text("no such words at all", "utf-8")
    ways = {
        0: ("info", "--network", folder, "--passphrase-file", secret),
        1: ("guide", "/proc/guide.pdf"),
        2: ("match", "--network", folder, "--passphrase-file", secret),
        3: ("ask", "E-0142", "S-0003", "--network", folder, "--passphrase-file", secret),
        4: ("info", "--network", folder, "--passphrase-file", wrong),
        5: ("check", "--network", damaged, "--passphrase-file", secret),
        6: ("match", "E-9999", "--network", folder, "--passphrase-file", secret),
        7: ("info", "--network", held, "--passphrase-file", secret),
    }
    services = Doors(shipped, clock, LEAST).open(held, PASSPHRASE)
    try:
        ended = subprocess.run(
            [sys.executable, "-P", "-c", AT_THE_DOOR],
            env=surroundings(tmp_path),
            input=json.dumps([list(map(str, words)) for words in ways.values()]).encode(),
            capture_output=True,
            check=True,
        )
    finally:
        services.lock()
    assert json.loads(ended.stdout.splitlines()[-1]) == list(ways)
    assert b"Traceback" not in ended.stderr


def test_an_answer_that_nobody_reads_to_its_end_is_no_failure(tmp_path: Path) -> None:
    gone, pipe = os.pipe()
    os.close(gone)
    for word in ("man", "--help"):
        ended = subprocess.run(
            [*program(), word], env=surroundings(tmp_path), stdout=pipe, stderr=subprocess.PIPE, check=False
        )
        assert (ended.returncode, ended.stderr) == (0, b"")
    os.close(pipe)


def test_ctrl_c_is_130_and_nothing_is_half_written(folder: Path, tmp_path: Path) -> None:
    """The program waits for the passphrase at a pipe, so it is known to be at work when it is stopped."""
    pipe, out = tmp_path / "pipe", tmp_path / "portable.json"
    os.mkfifo(pipe)
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    words = ["export", str(out), "--yes", "--network", str(folder), "--passphrase-file", str(pipe)]
    # What runs in the background of a shell is deaf to Ctrl+C, and so would be what it starts.
    hears = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"
    at_a_keyboard = [sys.executable, "-c", hears]
    with (
        subprocess.Popen(
            [*at_a_keyboard, *program(), *words],
            env=surroundings(tmp_path),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as child,
        pipe.open("wb"),
    ):
        child.send_signal(signal.SIGINT)
        said = child.communicate()
    assert (child.returncode, said[0]) == (130, b"")
    assert said[1].decode().strip() == "peermatch: Stopped. Nothing that was not finished is kept."
    assert not out.exists()
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before
