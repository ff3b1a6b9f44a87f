"""The program fails with people's words in hand: neither report nor log says one of them, and no core file is left."""

import os
import subprocess
import sys
from pathlib import Path

from tests.faults.program import ROOT
from tests.faults.scene import MARKER, made, readable_in

FAILS = """
import os, sys
from peermatch import app
from peermatch.cli import commands
from peermatch.cli.main import Answer, Call

def info(call: Call) -> Answer:
    services = call.services()
    name = services.desk.snapshot.name
    with services.desk.store.read() as tx:
        if sys.argv[1] == "abort":
            print(name, flush=True)
            os.abort()
        if sys.argv[1] == "statement":
            tx.session.connection().exec_driver_sql("SELECT * FROM nowhere WHERE name = ?", (name,))
        raise ValueError(f"{name} {services.desk.store._key._secret.hex()} cannot be right")

commands.COMMANDS["info"] = info
sys.exit(app.main(sys.argv[2:]))
"""


def fail(how: str, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    scene = made(tmp_path / "scene")
    home = tmp_path / "home"
    home.mkdir()
    environ = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    environ |= {"HOME": str(home), "TMPDIR": str(home), "PYTHONPATH": str(ROOT), "PEERMATCH_TEST": "1"}
    return subprocess.run(
        [sys.executable, "-c", FAILS, how, *scene.words("info")],
        cwd=home,
        env=environ,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_neither_report_nor_log_says_a_word_of_what_was_in_hand(tmp_path: Path) -> None:
    for how, kind in (("value", "ValueError"), ("statement", "OperationalError")):
        place = tmp_path / how
        place.mkdir()
        done = fail(how, place)
        assert done.returncode == 1
        assert kind in done.stderr
        assert MARKER not in done.stdout + done.stderr
        assert str(tmp_path) not in done.stderr
        (log,) = place.rglob("peermatch.log")
        said = log.read_text("utf-8")
        assert kind in said
        assert str(tmp_path) not in said
        assert "SELECT" not in said + done.stderr
        assert readable_in(place / "home", place / "scene" / "north west.peermatch") == ()


def test_an_abort_leaves_no_core_file(tmp_path: Path) -> None:
    done = fail("abort", tmp_path)
    assert MARKER in done.stdout
    assert done.returncode == -6
    assert sorted(path.name for path in (tmp_path / "home").iterdir() if "core" in path.name) == []
    assert readable_in(tmp_path / "home") == ()
