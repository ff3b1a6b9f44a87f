"""Whose a folder is on Windows, tried on a stand-in for its lists that does what ``icacls`` promises."""

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from peermatch.errors import SystemRefused
from peermatch.store.windows_access import SYSTEM, _run, owner_alone

ME = "S-1-5-21-1004336348-1177238915-682003330-512"
EVERYBODY = "*S-1-1-0"


class Lists:
    """The rights of folders: who may do what, and whether the parent's list is taken over."""

    def __init__(self, said: str = f'"TRUST\\\\alder","{ME}"\r\n') -> None:
        self._said = said
        self.rights = {EVERYBODY: "(OI)(CI)R", "*S-1-5-32-545": "(OI)(CI)RX"}
        self.asked: list[Sequence[str]] = []

    def run(self, words: Sequence[str]) -> str:
        self.asked.append(words)
        if words[0].endswith("whoami.exe"):
            return self._said
        options = list(words[2:])
        if "/inheritance:r" in options:
            self.rights.clear()
        for grant in options[options.index("/grant:r") + 1 :]:
            if not grant.startswith("/"):
                who, _, what = grant.rpartition(":")
                self.rights[who] = what
        return ""


def test_the_owner_and_the_system_alone_have_rights_which_what_is_within_takes_over() -> None:
    lists = Lists()
    owner_alone(Path("C:/Networks/a b.peermatch"), lists.run)
    assert lists.rights == {f"*{ME}": "(OI)(CI)F", SYSTEM: "(OI)(CI)F"}
    assert all("System32" in words[0] and words[0].endswith(".exe") for words in lists.asked)
    assert lists.asked[-1][1] == str(Path("C:/Networks/a b.peermatch"))


@pytest.mark.parametrize("said", ["", "alder", '"TRUST\\\\alder","S-1-5-21-x"', '"a","*S-1-1-0"'])
def test_nothing_is_changed_while_it_is_not_known_who_is_signed_in(said: str) -> None:
    lists = Lists(said)
    with pytest.raises(SystemRefused, match="who is signed in"):
        owner_alone(Path("x"), lists.run)
    assert EVERYBODY in lists.rights


def test_a_program_that_refuses_or_is_not_there_is_one_sentence() -> None:
    assert _run((sys.executable, "-c", "print('said', end='')")) == "said"
    umlaut = "import sys; sys.stdout.buffer.write(b'M\\x81ller')"  # as a console of Western Europe has it
    assert _run((sys.executable, "-c", umlaut)) == "M\ufffdller"
    for words in ((sys.executable, "-c", "raise SystemExit(5)"), ("no-such-program-here",)):
        with pytest.raises(SystemRefused, match="could not be kept for you alone"):
            _run(words)
