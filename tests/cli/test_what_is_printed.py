"""What reaches the terminal: no sign that steers it, and a sentence where the output is full or gone."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from peermatch.cli.main import Answer, run, tell

HOSTILE = "Amina\x1b[2J\u202e Rahman\x9b31m"
ROOT = Path(__file__).resolve().parents[2]


def answered(*arguments: str) -> int:
    answer = Answer({"name": HOSTILE}, (HOSTILE, "second line"))
    return run(arguments, {"info": lambda call: answer})


def test_a_name_steers_no_terminal(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert answered("info") == 0
    assert capfdbinary.readouterr().out.decode() == "Amina[2J Rahman31m\nsecond line\n"


def test_json_keeps_the_name_and_steers_no_terminal(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert answered("info", "--json") == 0
    out = capfdbinary.readouterr().out.decode()
    assert json.loads(out) == {"name": HOSTILE}
    assert not set("\x1b\u202e\x9b") & set(out)


def test_messages_steer_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    tell(HOSTILE)
    assert capsys.readouterr().err == "Amina[2J Rahman31m\n"


def test_words_that_are_no_text_are_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert answered("info", "--network", "caf\udce9") == 2
    assert "no readable text" in capsys.readouterr().err


@pytest.mark.parametrize("full_disk", [path for path in (Path("/dev/full"),) if path.exists()])
def test_a_full_disk_under_the_output_is_said(tmp_path: Path, full_disk: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("I failed my exam twice and would like to talk to somebody.", encoding="utf-8")
    with full_disk.open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "peermatch", "suggest", str(letter), "--json"],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            check=False,
            text=True,
            encoding="utf-8",
        )
    assert ended.returncode == 1
    assert "could not be written" in ended.stderr
    assert "Traceback" not in ended.stderr
