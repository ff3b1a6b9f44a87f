"""Runs the program again and again, each time in a fork of a process that has loaded it already.

It reads one JSON line a run from standard input and answers with one. A fork puts its own output into files, is told of
the fault by the library that stands before the system's calls, and then is the program: the same `main` with words.
Run as ``python -m tests.faults.serving FOLDER``; the folder takes what the forks say.
"""

import ctypes
import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from peermatch import app
from peermatch.cli.commands import COMMANDS
from peermatch.cli.main import run
from peermatch.services.shipped import Shipped, load_sense, load_shipped
from tests.faults.fault import Fault, Mode
from tests.faults.looking import look

LONGEST_S = 90


def serve(folder: Path) -> None:
    """Answer until nobody asks any more."""
    shipped = load_shipped()
    load_sense()
    import peermatch.store.network  # the heavy half of the program, which every command needs

    assert peermatch.store.network.SUFFIX
    for line in sys.stdin:
        asked = json.loads(line)
        sys.stdout.write(json.dumps(one_run(asked, folder, shipped)) + "\n")
        sys.stdout.flush()


def one_run(asked: dict[str, Any], folder: Path, shipped: Shipped) -> dict[str, Any]:
    """Fork, wait, and tell how it ended."""
    for name in ("out", "err", "ended", "book"):
        (folder / name).write_bytes(b"")
    pid = os.fork()
    if pid == 0:
        in_the_fork(asked, folder, shipped)
    hung = waited(pid, asked.get("kill_after"))
    ended = [json.loads(line) for line in (folder / "ended").read_text("utf-8").splitlines()]
    return {
        "killed": hung == signal.SIGKILL,
        "hung": hung == signal.SIGALRM,
        "codes": [each["code"] for each in ended if "code" in each],
        "looks": [each["look"] for each in ended if "look" in each],
        "calls": sum(each.get("calls", 0) for each in ended),
        "reached": sum(each.get("reached", 0) for each in ended),
        "out": (folder / "out").read_text("utf-8", "replace"),
        "err": (folder / "err").read_text("utf-8", "replace"),
    }


def waited(pid: int, kill_after: float | None) -> int:
    """The signal by which the fork ended, 0 where it came to its end; kill -9 after some seconds if that is asked."""
    if kill_after is not None:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
        signal.sigtimedwait({signal.SIGCHLD}, kill_after)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        os.kill(pid, signal.SIGKILL)  # one that has ended already is a child still, and does not mind
    _, status = os.waitpid(pid, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def in_the_fork(asked: dict[str, Any], folder: Path, shipped: Shipped) -> None:
    """Be the program, for each command in turn; a fault of it is reported as the program reports it."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
    signal.alarm(LONGEST_S)
    out, err = (os.open(folder / name, os.O_WRONLY | os.O_APPEND) for name in ("out", "err"))
    ended = os.open(folder / "ended", os.O_WRONLY | os.O_APPEND)
    null = os.open(os.devnull, os.O_RDWR)
    for place in range(3):
        os.dup2(null, place)
    for words in asked["warm"]:
        one_command(words, shipped)
    os.dup2(out, 1)
    os.dup2(err, 2)
    sys.excepthook = app.report_fault
    try:
        armed = Armed(Fault.read(asked["fault"]), asked["watched"], folder / "book")
        with_rights(asked)
        for words in asked["commands"]:
            code = one_command(words, shipped)
            armed.note(f"done {code}")
            tell(ended, {"code": code})
        tell(ended, {"calls": armed.disarmed(), "reached": reached()})
        if asked.get("look"):
            tell(ended, {"look": asdict(look(Path(asked["look"]), asked["secret"], shipped))})
    finally:
        kind, error, trace = sys.exc_info()
        if kind is not None and error is not None:
            app.report_fault(kind, error, trace)
            tell(ended, {"code": 1})
        os._exit(0)


def with_rights(asked: dict[str, Any]) -> None:
    """The mask for new files, and nobody's rights where a file must be able to refuse."""
    os.umask(asked.get("umask", 0o077))
    if asked.get("nobody") and os.geteuid() == 0:
        os.setegid(65534)
        os.seteuid(65534)


def one_command(words: list[str], shipped: Shipped) -> int:
    """The exit code of one command."""
    try:
        code = run(words, COMMANDS, lambda: shipped)
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return code


def tell(handle: int, what: dict[str, object]) -> None:
    """Say something past everything that could be made to fail."""
    os.write(handle, json.dumps(what).encode() + b"\n")


def reached() -> int:
    """How often a door to another computer was opened or tried since the program was loaded."""
    return int(ctypes.CDLL(None).calls_reached()) if "LD_PRELOAD" in os.environ else 0


class Armed:
    """The fault, from now on; without the library nothing is made to fail and nothing is counted."""

    def __init__(self, fault: Fault, watched: list[str], book: Path) -> None:
        self._library: ctypes.CDLL | None = ctypes.CDLL(None) if "LD_PRELOAD" in os.environ else None
        if self._library is None or fault.mode is Mode.OFF:
            self._library = None
            return
        handle = os.open(book, os.O_WRONLY | os.O_APPEND)
        folders = "\n".join(watched).encode()
        arm: Callable[..., object] = self._library.calls_arm
        arm(int(fault.mode), ctypes.c_long(fault.point), fault.error, int(fault.calls), handle, folders)

    def note(self, text: str) -> None:
        """Write into the book that a command was confirmed."""
        if self._library is not None:
            self._library.calls_note(text.encode())

    def disarmed(self) -> int:
        """How many calls there were; from now on nothing fails."""
        if self._library is None:
            return 0
        counted = int(self._library.calls_counted())
        self._library.calls_arm(int(Mode.OFF), ctypes.c_long(-1), 0, 0, -1, b"")
        return counted


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
