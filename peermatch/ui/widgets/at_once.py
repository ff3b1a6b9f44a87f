"""Much that changes within a part of the window is laid out once, not once for each thing that changes."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QWidget


def has_keyboard(part: QWidget) -> bool:
    """Whether the keyboard is within a part, or will be as soon as its window is in front again."""
    held: QWidget | None = part.window().focusWidget()
    return held is not None and (held is part or part.isAncestorOf(held))


@contextmanager
def at_once(part: QWidget) -> Iterator[None]:
    """Change what stands within ``part``; nothing is painted before the end.

    Each thing that is put into a part that can be seen is shown by a turn of its own, and each time Qt lays out all
    that stands around it: six cards with their chips were laid out seven times over. Within a part that is hidden it
    waits. A part that has the keyboard stays as it is, for to hide it would give the keyboard away.
    """
    hides = part.isVisible() and not has_keyboard(part)
    if hides:
        part.hide()
    try:
        yield
    finally:
        if hides:
            part.show()
