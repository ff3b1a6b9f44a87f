"""The operating system's own lock on an open file: gone with the process, however it ends."""

import os
import sys

# Windows locks bytes so that nobody else may read them: a byte far behind the text leaves the text readable.
FAR = 1 << 30

if sys.platform == "win32":  # pragma: no cover - Windows only
    import msvcrt

    def try_lock(handle: int) -> bool:
        """Take the lock if it is free."""
        os.lseek(handle, FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def let_go(handle: int) -> None:
        """Give the lock back."""
        os.lseek(handle, FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def try_lock(handle: int) -> bool:
        """Take the lock if it is free."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def let_go(handle: int) -> None:
        """Give the lock back."""
        fcntl.flock(handle, fcntl.LOCK_UN)
