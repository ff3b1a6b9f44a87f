"""No attempt to reach another computer, in a day's work, with hostile letters, and where there is no network at all."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.faults.day import Stage
from tests.faults.fault import built
from tests.faults.program import ROOT, Ask

REMOTE = (
    b"From: x@example.org\r\nTo: y@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: text/html; charset="utf-8"\r\n\r\n'
    b'<html><head><link rel="stylesheet" href="http://127.0.0.1:9/a.css"><meta http-equiv="refresh" '
    b'content="0;url=http://127.0.0.1:9/"></head><body background="http://127.0.0.1:9/b.png">'
    b'<img src="http://127.0.0.1:9/c.png"><script src="http://127.0.0.1:9/d.js"></script>'
    b'<iframe src="file:///etc/hostname"></iframe><p>I failed an exam.</p></body></html>\r\n'
)
ENTITIES = (
    b"From: x@example.org\r\nSubject: y\r\nContent-Type: message/external-body; access-type=URL;\r\n"
    b' URL="http://127.0.0.1:9/"\r\n\r\nContent-Type: text/plain\r\n\r\nI failed an exam.\r\n'
)
KNOCKS = """
import socket
try:
    socket.create_connection(("127.0.0.1", 9), timeout=1)
except OSError:
    print("refused")
"""


def test_a_days_work_opens_no_door_to_another_computer(stage: Stage) -> None:
    stage.put_back(stage.start.place)
    ended = stage.done(stage.work.day())
    assert ended.reached == 0
    assert len(ended.codes) == 12


def test_hostile_letters_are_read_without_a_network_at_all(stage: Stage) -> None:
    scene = stage.put_back(stage.start.place)
    post = scene.place / "hostile"
    post.mkdir()
    (post / "remote.eml").write_bytes(REMOTE)
    (post / "outside.eml").write_bytes(ENTITIES)
    ended = stage.program.run(Ask([["suggest", str(path)] for path in sorted(post.iterdir())]))
    assert (ended.codes, ended.reached) == ((0, 0), 0)
    assert "127.0.0.1" not in ended.out
    done = stage.program.run(
        Ask([scene.words("import", "enquiries", post)], look=scene.network, secret=scene.recovery)
    )
    assert (done.codes, done.reached, done.looks[0].check) == ((0,), 0, 0)


def test_the_count_would_see_an_attempt(tmp_path: Path) -> None:
    library, told = built(tmp_path), tmp_path / "told"
    environ = {"LD_PRELOAD": str(library), "CALLS_TELL": str(told)} if library else {}
    words = [sys.executable, "-c", KNOCKS]
    done = subprocess.run(
        words, env=environ, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout == "refused\n"
    assert (told.read_text("utf-8") if library else "2\n") == "2\n"


def test_it_works_where_there_is_no_network(stage: Stage) -> None:
    scene = stage.put_back(stage.start.place)
    alone = shutil.which("unshare")
    words = [sys.executable, "-m", "peermatch", *scene.words("ask", "E-0142", "S-0001")]
    apart = [alone, "--user", "--map-root-user", "--net", *words] if alone and may_part(alone) else words
    done = subprocess.run(
        apart, cwd=ROOT, env=stage.program.environ, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert stage.looked().check == 0


def may_part(alone: str) -> bool:
    """Whether this computer lets a program have a network of its own, with nothing in it."""
    words = [alone, "--user", "--map-root-user", "--net", "true"]
    return subprocess.run(words, capture_output=True, check=False, timeout=60).returncode == 0
