"""Writing a small file so that a crash or a full disk leaves the old one or the new one, whole."""

import contextlib
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from peermatch.store.system_refusal import refusal_of_system

# Virus scanners hold a fresh file for a moment on Windows: access denied, sharing violation, lock violation.
PASSING = frozenset({5, 32, 33})
PATIENCE_S = 2.5
PAUSE_S = 0.05


def write_atomic(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path``, readable by its owner only, on the disk when this returns."""
    import tempfile  # with the compressions and chance that it can do; whoever only reads does without

    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
        fresh = Path(name)
        try:
            with os.fdopen(handle, "wb") as target:
                target.write(data)
                target.flush()
                sync_file(target.fileno())
            patiently(lambda: fresh.replace(path))
        except BaseException:
            with contextlib.suppress(OSError):
                fresh.unlink()
            raise
        sync_folder(path.parent)
    except OSError as error:
        raise refusal_of_system(error, f"{path.name} could not be written") from None


def sync_file(handle: int) -> None:
    """Have the file's bytes on the disk itself; on macOS fsync alone stops at the drive's cache."""
    if sys.platform == "darwin":  # pragma: no cover - macOS only
        import fcntl

        fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
    else:
        os.fsync(handle)


def sync_folder(folder: Path) -> None:
    """Have a rename on the disk; Windows has no such call and does it by itself."""
    if sys.platform != "win32":  # pragma: no branch - the other way is Windows only
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def patiently(action: Callable[[], object], patience_s: float = PATIENCE_S) -> None:
    """Do it, and again for a while where Windows says that something else is holding the file just now."""
    deadline = time.monotonic() + patience_s
    while True:
        try:
            action()
        except OSError as error:
            if getattr(error, "winerror", None) not in PASSING or time.monotonic() >= deadline:
                raise
        else:
            return
        time.sleep(PAUSE_S)
