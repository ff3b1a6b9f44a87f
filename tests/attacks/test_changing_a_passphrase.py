"""A change of passphrase that is killed: one of the two opens the network, and everybody else always does."""

import json
import os
import subprocess
import sys

from tests.faults.program import ROOT
from tests.store.saving import Saved

EVERY = 6


def test_killed_at_any_step_one_of_the_two_opens_it_and_the_others_always(saved: Saved) -> None:
    words = [sys.executable, "-m", "tests.attacks.changing", str(saved.folder), saved.recovery, str(EVERY)]
    done = subprocess.run(
        words, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) > 8
    assert [each for each in found if not each["paper"]] == []
    assert [each for each in found if each["old"] == each["new"]] == []
    assert {each["new"] for each in found} == {False, True}
    assert not found[-1]["killed"]
    assert found[-1]["new"]
