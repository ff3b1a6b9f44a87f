"""What comes after the first page, loaded before somebody needs it: on the worker, in the order of need, in steps."""

import importlib
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Slot

from peermatch.ui.tasks import Tasks

PAGES = (
    "peermatch.ui.workplace",
    "peermatch.ui.screens.today",
    "peermatch.services.today",
    "peermatch.ui.screens.enquiries",
    "peermatch.ui.screens.supporters",
)
"""What every opening of a network needs."""
LATER = (
    "peermatch.ui.screens.introductions",
    "peermatch.ui.screens.consents",
    "peermatch.ui.screens.duties",
    "peermatch.ui.screens.settings",
    "peermatch.ui.screens.resources",
    "peermatch.ui.screens.insight",
    "peermatch.ui.screens.journal",
    "peermatch.ui.screens.plan",
    "peermatch.ui.locking.half_typed",
)
"""What somebody may want next; nobody waits for it."""
PAUSE_MS = 250


def load_page(name: str) -> None:
    """Read the code of a page of an open network; nothing of it is built. A second time does nothing."""
    importlib.import_module(name)


class Ahead(QObject):
    """Loads one page after the other, and waits while the worker has something else to do."""

    def __init__(self, tasks: Tasks, ready: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._tasks, self._ready = tasks, ready
        self._left = [*PAGES, *LATER]
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._go_on)

    def begin(self, _answer: object) -> None:
        """Once the store is ready; what is wrong with that is told when a network is opened."""
        self._next(None)

    def _next(self, _answer: object) -> None:
        if not self._left:
            self._ready()
        elif self._tasks.idle:
            self._tasks.run(self, partial(load_page, self._left.pop(0)), self._next, self._next)
        else:
            self._timer.start()

    @Slot()
    def _go_on(self) -> None:
        self._next(None)
