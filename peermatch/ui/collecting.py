"""Has Python's garbage collected by the window's thread alone.

A cycle of garbage may hold parts of the window. Were it cleared by the worker's thread, Qt would be taken apart there;
then both threads can come to wait for each other for ever (seen once: one held Qt's lock, the other Python's).
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

EVERY_MS = 500


class CollectHere(QObject):
    """From its making to `stop` no garbage is collected but on this thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(EVERY_MS)

    def rest(self) -> None:
        """Collect nothing for now: what is being loaded is no garbage, and to look through it stops the window."""
        self._timer.stop()

    @Slot(bool)
    def begin(self, bare: bool) -> None:
        """Collect again; where nobody's records are in memory yet, never look through what is there by now.

        Modules and classes stay to the end. Of a network nothing may be left out: what it leaves goes at the lock.
        """
        if bare:
            gc.freeze()
        self._timer.start(EVERY_MS)

    @Slot()
    def _look(self) -> None:
        collect_due()

    @Slot()
    def stop(self) -> None:
        """Python may collect by itself again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()


def collect_due() -> None:
    """Collect what Python by itself would have collected by now."""
    full = [made > most for made, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
    if any(full):
        gc.collect(max(generation for generation, due in enumerate(full) if due))
