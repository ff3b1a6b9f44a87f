"""Python's own import in its place again, which PySide6 replaces by one that reads the source of every module.

PySide6 looks for ``from __feature__ import ...`` in what is imported after it, our database library included, and keeps
the lines of each file that it has read: a third of a second and some tens of megabytes for something nobody here uses.
"""

import builtins

import PySide6.QtCore  # noqa: F401 -- it has put its own import there by now


def use_plain_imports() -> None:
    """What PySide6 itself calls from its import is what was there before it came, or its plainest one."""
    plain = getattr(builtins, "__orig_import__", None)
    if plain is not None:
        builtins.__import__ = plain
