"""Holding a network: one process at a time, told from another computer's by what ``store.lock`` says."""

import contextlib
import os
import socket
from dataclasses import dataclass
from pathlib import Path

from peermatch.errors import BadInput, HeldElsewhere
from peermatch.store.oslock import let_go, try_lock
from peermatch.store.system_refusal import refusal_of_system

LOCK = "store.lock"
LONGEST_TEXT = 1024
LONGEST_FIELD = 80


class HeldByAnotherComputer(HeldElsewhere):
    """Another computer's name stands in the lock; only a person knows whether it is still at work."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a network: process number, computer, and program with its version."""

    pid: str
    host: str
    app: str

    def text(self) -> bytes:
        """What ``store.lock`` says while it is held."""
        return f"pid {self.pid}\nhost {self.host}\napp {self.app}\n".encode()

    @classmethod
    def read(cls, text: bytes) -> "Holder":
        """The holder of a lock file; what is not there or not plain is empty."""
        lines = text.decode("utf-8", "replace").splitlines()
        said = dict(line.split(" ", 1) for line in lines if " " in line)
        return cls(*(_plain(said.get(name, "")) for name in ("pid", "host", "app")))


class Hold:
    """The network's lock while this process has it; let go by ``release`` or by the end of the process."""

    __slots__ = ("_handle",)

    def __init__(self, handle: int) -> None:
        self._handle = handle

    @classmethod
    def acquire(cls, folder: Path, app: str, *, break_foreign: bool = False) -> "Hold":
        """Take the lock, or HeldElsewhere with who and where.

        The text of a process that died on this computer does not matter, for its lock is gone. Another
        computer's text does: its lock may not reach us, so a person decides (``break_foreign``).
        """
        handle = _open(folder)
        try:
            mine = Holder(str(os.getpid()), socket.gethostname(), app)
            if not try_lock(handle):
                raise _held(folder, Holder.read(_text(handle)))
            last = Holder.read(_text(handle))
            if last.host and last.host != mine.host and not break_foreign:
                raise _held_far(folder, last)
            _say(handle, mine.text())
        except OSError as error:
            os.close(handle)
            raise refusal_of_system(error, f"{LOCK} could not be taken") from None
        except HeldElsewhere:
            os.close(handle)
            raise
        return cls(handle)

    def release(self) -> None:
        """Let go; a second time does nothing. An empty text says that it was done in good order.

        A disk that does not take the empty text keeps nobody from letting go: the lock ends with the open file.
        """
        if self._handle < 0:
            return
        handle, self._handle = self._handle, -1
        try:
            with contextlib.suppress(OSError):
                _say(handle, b"")
            with contextlib.suppress(OSError):
                let_go(handle)
        finally:
            with contextlib.suppress(OSError):
                os.close(handle)


def _open(folder: Path) -> int:
    if not folder.is_dir():
        raise BadInput(f"There is no network at {folder}.", "Check the name of the folder.")
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        return os.open(folder / LOCK, flags, 0o600)
    except OSError as error:
        raise refusal_of_system(error, f"The network {folder.name} could not be opened") from None


def _text(handle: int) -> bytes:
    os.lseek(handle, 0, os.SEEK_SET)
    return os.read(handle, LONGEST_TEXT)


def _say(handle: int, text: bytes) -> None:
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, text)
    os.fsync(handle)


def _held(folder: Path, by: Holder) -> HeldElsewhere:
    who = f"{by.app or 'another program'} (process {by.pid or 'unknown'}) on {by.host or 'this computer'}"
    return HeldElsewhere(
        f"The network {folder.name} is already open in {who}.", "Close it there and try again."
    )


def _held_far(folder: Path, by: Holder) -> HeldByAnotherComputer:
    return HeldByAnotherComputer(
        f"The network {folder.name} may still be open on {by.host} in {by.app or 'PeerMatch'}.",
        f"Close it on {by.host} first, or open it here if you are sure that it is closed there.",
    )


def _plain(text: str) -> str:
    return "".join(sign for sign in text[:LONGEST_FIELD] if sign.isprintable())
