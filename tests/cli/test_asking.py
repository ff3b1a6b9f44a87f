"""Questions at a real terminal: seen, answered, and never asked where nobody could see or answer them."""

import os
import pty
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from peermatch.cli import asking
from peermatch.errors import BadInput, WrongUse

QUESTION = "Everything will be readable."


@contextmanager
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Somebody's side of a terminal; the program sits at the other."""
    ours, theirs = pty.openpty()
    with (
        os.fdopen(os.dup(theirs), encoding="utf-8") as reads,
        os.fdopen(os.dup(theirs), "w", encoding="utf-8") as writes,
        monkeypatch.context() as patched,
    ):
        patched.setattr("sys.stdin", reads)
        patched.setattr("sys.stderr", writes)
        yield ours
    os.close(theirs)
    os.close(ours)


def asked(**said: object) -> Namespace:
    return Namespace(yes=False, passphrase_file=None, **said)


def test_a_question_is_seen_and_only_yes_is_a_yes(monkeypatch: pytest.MonkeyPatch) -> None:
    with terminal(monkeypatch) as ours:
        os.write(ours, b"YES\n")
        asking.confirm(asked(), QUESTION)
        for other in (b"y\n", b"no\n", b"\n"):
            os.write(ours, other)
            with pytest.raises(WrongUse, match="Nothing was done"):
                asking.confirm(asked(), QUESTION)


def test_a_question_that_nobody_can_see_is_not_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with terminal(monkeypatch), (tmp_path / "log").open("w", encoding="utf-8") as log:
        monkeypatch.setattr("sys.stderr", log)
        for ask in (asking.passphrase, asking.new_passphrase):
            with pytest.raises(WrongUse, match=r"no terminal to ask at\. Use --passphrase-file"):
                ask(asked())
        with pytest.raises(WrongUse, match="Use --yes"):
            asking.confirm(asked(), QUESTION)


def test_a_program_without_streams_asks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    monkeypatch.setattr("sys.stderr", None)
    with pytest.raises(WrongUse, match="no terminal"):
        asking.passphrase(asked())


def test_a_passphrase_from_a_file_keeps_its_spaces_and_loses_one_line_end(tmp_path: Path) -> None:
    file = tmp_path / "words"
    for written, read in ((b"  a b \r\n", "  a b "), (b"a\n\n", "a\n"), ("ä".encode(), "ä"), (b"a\r", "a\r")):
        file.write_bytes(written)
        assert asking.secret_in(str(file)) == read
    file.write_bytes(b"\xff")
    with pytest.raises(BadInput, match="UTF-8"):
        asking.secret_in(str(file))
