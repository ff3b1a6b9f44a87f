"""A computer whose user may pin no memory, as many are: SQLCipher asks millions of times, and half the time went there.

What is pinned is not what these tests ask about; those of `tests/attacks` look at processes of their own, which may.
"""

import ctypes
import os
import sys

IPC_LOCK = 14
_VERSION_3 = 0x20080522


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Sets(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inherited", ctypes.c_uint32),
    )


def pin_nothing() -> None:
    """Let this process pin no memory, also where it runs as root (capabilities(7), getrlimit(2)); Linux alone."""
    if sys.platform != "linux":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_MEMLOCK, (0, resource.getrlimit(resource.RLIMIT_MEMLOCK)[1]))
    if os.geteuid() != 0:
        return
    system, header, sets = ctypes.CDLL(None), _Header(_VERSION_3, 0), (_Sets * 2)()
    if system.capget(ctypes.byref(header), sets) == 0:
        sets[0].effective &= ~(1 << IPC_LOCK)
        sets[0].permitted &= ~(1 << IPC_LOCK)  # or a test that is nobody for a while gets it back
        system.capset(ctypes.byref(header), sets)
