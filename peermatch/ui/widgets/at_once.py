"""Much that changes within a part of the window is laid out once, not once for each thing that changes."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QWidget


@contextmanager
def at_once(part: QWidget) -> Iterator[None]:
    """Change what stands within ``part``; nothing is painted before the end.

    Each thing that is put into a part that can be seen is shown by a turn of its own, and each time Qt lays out all
    that stands around it: six cards with their chips were laid out seven times over. Within a part that is hidden it
    waits. A part that has the keyboard stays as it is, for to hide it would give the keyboard away.
    """
    held: QWidget | None = part.window().focusWidget()  # also while another program is in front
    hides = part.isVisible() and not (held is not None and (held is part or part.isAncestorOf(held)))
    if hides:
        part.hide()
    try:
        yield
    finally:
        if hides:
            part.show()
