"""What comes after the first page, loaded before somebody needs it: on the worker, in the order of need, in steps."""

import importlib
from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QObject, Slot

from peermatch.ui.soon import soon
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
    "peermatch.ui.locking.half_typed",
    "peermatch.ui.palette",
    "peermatch.ui.screens.supporter_editor",
    "peermatch.ui.screens.introductions",
    "peermatch.ui.screens.consents",
    "peermatch.ui.screens.duties",
    "peermatch.ui.screens.settings",
    "peermatch.ui.screens.resources",
    "peermatch.ui.screens.insight",
    "peermatch.ui.screens.journal",
    "peermatch.ui.screens.plan",
    "peermatch.ui.screens.form_page",
)
"""What somebody may want next; nobody waits for it."""
REST_MS = 2000
"""So long nothing was asked for before anything of that is loaded."""
PAUSE_MS = 250
Step = Callable[[], object]
Steps = Iterable[Step]


def load_page(name: str) -> None:
    """Read the code of a page of an open network; nothing of it is built. A second time does nothing."""
    importlib.import_module(name)


class Ahead(QObject):
    """Loads one page after the other, and waits while the worker has something else to do.

    What every opening needs comes at once. The rest comes when nobody is waiting: after a rest, and with pauses,
    first of all what a change of the network needs (``changes``).
    """

    def __init__(self, tasks: Tasks, ready: Callable[[], None], changes: Steps, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks, self._ready = tasks, ready
        self._first: list[Step] = [partial(load_page, name) for name in PAGES]
        self._later: list[Step] = [*changes, *(partial(load_page, name) for name in LATER)]
        self._timer = soon(self, self._go_on)

    def begin(self, _answer: object) -> None:
        """Once the store is ready; what is wrong with that is told when a network is opened."""
        self._next(None)

    @Slot(object)
    def rest(self, _opened: object = None) -> None:
        """A network's first page is there: whoever sees it comes first."""
        if not self._first:
            self._timer.start(REST_MS)

    def _next(self, _answer: object) -> None:
        if not self._first:
            self._ready()
            self.rest()
        elif self._tasks.idle:
            self._load(self._first, self._next)
        else:
            self._timer.start(PAUSE_MS)

    def _load(self, steps: list[Step], then: Callable[[object], None]) -> None:
        self._tasks.run(self, steps.pop(0), then, then)

    @Slot()
    def _go_on(self) -> None:
        if self._first:
            self._next(None)
        elif self._later and self._tasks.idle:
            self._load(self._later, self._pause)
        elif self._later:
            self._timer.start(REST_MS)

    def _pause(self, _answer: object) -> None:
        self._timer.start(PAUSE_MS)
