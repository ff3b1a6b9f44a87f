"""The door of the frozen program hands nothing of itself on to the programs that it opens."""

import os

import frozen_door
import pytest


def test_other_programs_find_their_own_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/usr/lib/peermatch/_internal")
    monkeypatch.setenv("_PYI_ARCHIVE_FILE", "/usr/lib/peermatch/peermatch")
    frozen_door.leave_others_alone()
    assert "LD_LIBRARY_PATH" not in os.environ
    assert not [name for name in os.environ if name.startswith("_PYI_")]


def test_what_the_person_had_set_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/usr/lib/peermatch/_internal:/opt/own")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/opt/own")
    frozen_door.leave_others_alone()
    assert os.environ["LD_LIBRARY_PATH"] == "/opt/own"
    assert "LD_LIBRARY_PATH_ORIG" not in os.environ
