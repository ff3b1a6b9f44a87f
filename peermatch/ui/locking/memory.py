"""Freeing what the pages held as soon as they are gone, and writing over what was freed, as far as that can be asked.

Neither Python nor Qt wipes a text when it is let go: its bytes stay in free memory until something else is put there.
So something else is put there: free places of every size are taken, filled with zeros, and given back.
"""

import ctypes
import gc
import sys
from itertools import repeat
from pathlib import Path

MIB = 1 << 20
# Python keeps small objects in places of 16 to 512 bytes, by sixteens; a text begins at 48.
SMALL = range(512, 32, -16)
BARE = sys.getsizeof(b"")
PLACES = 600_000
"""No more are filled at once: some tens of megabytes for a moment."""
BATCH, FEW = 1024, 32
PAGE = 4096
# What the C library keeps for reuse at once (seven of each size), and what lies between blocks that are in use.
QUICK, QUICK_DEPTH = range(24, 1033, 16), 7
BETWEEN = (65_536, 16_384, 4_096, 2_048, 1_024, 768, 512, 384, 256, 192, 128, 96, 72, 56, 40, 24)
_STATM = Path("/proc/self/statm")


def let_memory_go() -> None:
    """Nothing keeps the records alive after a lock."""
    gc.collect()


def overwrite_freed() -> None:
    """The same, and what they left in free memory is written over: some tenths of a second.

    What cannot be reached in this way is the unused part of a block that something else has taken since, and on
    Windows and macOS the memory of Qt. SECURITY.md says so.
    """
    gc.collect()
    _overwrite_python()
    if sys.platform.startswith("linux"):
        library = ctypes.CDLL(None)
        if hasattr(library, "malloc_trim") and hasattr(library, "sbrk"):
            _overwrite_heap(library)
            library.malloc_trim(0)


def _overwrite_python() -> None:
    """Fill the free places of small objects, the large first: they take up whole free pages at little cost."""
    held: list[bytes | None] = [None] * PLACES
    number = 0
    for size in SMALL:
        begun = _mapped()
        blind = number + MIB * (32 if size == SMALL.start else 1) // size
        while number + BATCH <= PLACES and (_mapped() < begun + MIB if begun else number < blind):
            held[number : number + BATCH] = map(bytes, repeat(size - BARE, BATCH))
            number += BATCH


def _mapped() -> int:
    """How much memory the process has asked for; 0 where the system does not tell it quickly."""
    try:
        with _STATM.open("rb", buffering=0) as told:
            return int(told.read().split()[0]) * PAGE
    except OSError:
        return 0


def _overwrite_heap(library: ctypes.CDLL) -> None:
    """Fill what the C library holds for reuse, then what lies free between blocks, until it asks for more memory."""
    library.sbrk.restype = library.malloc.restype = library.calloc.restype = ctypes.c_void_p
    library.sbrk.argtypes, library.malloc.argtypes = [ctypes.c_ssize_t], [ctypes.c_size_t]
    library.calloc.argtypes, library.free.argtypes = [ctypes.c_size_t] * 2, [ctypes.c_void_p]
    held = []
    for size in QUICK:
        for _ in range(QUICK_DEPTH):
            place = library.malloc(size)
            ctypes.memset(place, 0, size)
            held.append(place)
    for size in BETWEEN:
        top = library.sbrk(0)
        while len(held) < PLACES and library.sbrk(0) == top:
            held += map(library.calloc, repeat(1, FEW), repeat(size, FEW))
    for place in held:
        library.free(place)
