"""Keeps the program's memory, and with it keys and names, out of core dumps, crash reports and other programs."""

import ctypes
import sys
from contextlib import suppress

_PR_SET_DUMPABLE = 4  # prctl(2)
_PT_DENY_ATTACH = 31  # ptrace(2) of macOS
_M_ARENA_MAX = -8  # mallopt(3)
_WITHOUT_HEAP = 1  # WerSetFlags: WER_FAULT_REPORTING_FLAG_NOHEAP


def keep_memory_private() -> None:
    """Ask the system, as far as it can be asked; a system that refuses is no reason not to work.

    It does not protect against an administrator, a swap file or hibernation: SECURITY.md says so.
    """
    with suppress(OSError, AttributeError, ValueError):
        if sys.platform == "win32":
            # The report that Windows may send after a crash must not hold what was in memory.
            ctypes.WinDLL("kernel32").WerSetFlags(_WITHOUT_HEAP)
        else:
            _forbid_core_dumps()
            _forbid_looking_in()
            keep_one_heap()


def keep_one_heap() -> None:
    """All threads take their memory from one place, so that what is free there can be written over at a lock."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, 1)


def _forbid_core_dumps() -> None:
    """A crash writes no memory to disk."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _forbid_looking_in() -> None:
    """Another program of the same person may not attach to this one or read its memory."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    elif sys.platform == "darwin":
        ctypes.CDLL(None).ptrace(_PT_DENY_ATTACH, 0, None, 0)
