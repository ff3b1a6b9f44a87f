"""A moment later: for what has to come after the event that is under way."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, SignalInstance


def soon(owner: QObject, then: Callable[[], object] | SignalInstance, milliseconds: int = 0) -> QTimer:
    """A timer that fires once whenever it is started, and goes with its owner.

    ``QTimer.singleShot`` at 0 ms never lets go of what it was to call where its owner goes first (PySide6 6.11): a page
    would stay in memory with all that it shows, long after its network was locked.
    """
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(then)
    return timer
