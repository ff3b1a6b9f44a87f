"""Freeing what the pages held as soon as they are gone, and giving it back to the system where that can be asked."""

import ctypes
import gc
import sys


def let_memory_go() -> None:
    """Nothing keeps the records alive after a lock; their bytes may stay in freed memory until it is used again.

    On Linux the C library can be told to hand freed pages back, which empties them. Neither Python nor Qt can wipe a
    text, so this makes what is left less and does not make it nothing.
    """
    gc.collect()
    if sys.platform.startswith("linux"):
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
