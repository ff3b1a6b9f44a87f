"""Every reader of foreign bytes gives a value or a sentence, whatever it is given; `dev.py faults` tries thousands."""

import json
import subprocess
import sys

from tests.faults.program import ROOT

NUMBER = 400


def test_changed_files_are_a_value_or_a_sentence_within_bounds() -> None:
    words = [sys.executable, "-m", "tests.attacks.fuzzing", str(NUMBER), "1"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["reader"] for each in found] == ["store.keys", ".pmbackup", ".eml", ".mbox", "portable file"]
    assert [each["faults"] for each in found if each["faults"]] == []
    assert {each["number"] for each in found} == {NUMBER}
    assert all(each["taken"] + each["refused"] == NUMBER for each in found)
    assert sum(each["refused"] for each in found) > NUMBER
