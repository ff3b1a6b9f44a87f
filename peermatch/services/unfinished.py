"""Notes of files that are being written: what a killed process left beside their places goes at the next opening."""

import os
import re
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from peermatch import paths
from peermatch.store.oslock import try_lock

PART = ".part"
_NOTE = "writing-"
_SIGN = re.compile(r"[0-9a-f]{8}")
_LONGEST = 64 * 1024


@contextmanager
def noted(folder: Path) -> Iterator[str]:
    """A sign for the names of parts that are written into a folder; noted on this computer until they are done.

    The note is locked by whoever writes, so a note that nobody holds is one of a process that was killed.
    """
    sign = secrets.token_hex(4)
    note = _notes() / f"{_NOTE}{sign}"
    handle = _written(note, folder)
    try:
        yield sign
    finally:
        if handle is not None:
            os.close(handle)
            _gone(note)


def clear_unfinished() -> None:
    """Remove the parts that a killed process left; where their folder cannot be reached, the note waits for it."""
    for note in _notes().glob(f"{_NOTE}*"):
        with suppress(OSError):
            sign, folder = note.name.removeprefix(_NOTE), _left(note)
            if folder is not None and _SIGN.fullmatch(sign):
                _clear(folder, sign)
                _gone(note)


def _notes() -> Path:
    return paths.data_folder()


def _written(note: Path, folder: Path) -> int | None:
    """The locked note; a computer that cannot keep one is no reason not to write."""
    handle = None
    try:
        paths.make_private(note.parent)
        handle = os.open(note, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try_lock(handle)
        os.write(handle, os.fsencode(folder.resolve()))
        os.fsync(handle)
    except OSError:
        if handle is not None:
            os.close(handle)
            _gone(note)
        return None
    return handle


def _left(note: Path) -> Path | None:
    """The folder that a note names, if nobody holds the note any more."""
    if not _ours(note):
        return None
    handle = os.open(note, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    try:
        return Path(os.fsdecode(os.read(handle, _LONGEST))) if try_lock(handle) else None
    finally:
        os.close(handle)


def _clear(folder: Path, sign: str) -> None:
    """Remove what has this sign; what is no plain file of this person's own stays."""
    for part in list(folder.iterdir()) if folder.is_absolute() else []:
        if part.name.startswith(".") and part.name.endswith(f".{sign}{PART}") and _ours(part):
            part.unlink(missing_ok=True)


def _ours(path: Path) -> bool:
    found = path.lstat()
    return stat.S_ISREG(found.st_mode) and (not hasattr(os, "getuid") or found.st_uid == os.getuid())


def _gone(note: Path) -> None:
    with suppress(OSError):
        note.unlink(missing_ok=True)
