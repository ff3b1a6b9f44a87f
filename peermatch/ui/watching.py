"""Looks at the file and the journal in the background: soon after the unlock, then once a day, slice by slice."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from peermatch.errors import PeerMatchError
from peermatch.services.checking import Checked, Checking
from peermatch.ui.soon import soon
from peermatch.ui.tasks import Tasks

SOON_MS = 4_000
BETWEEN_MS = 25
AGAIN_MS = 60 * 60 * 1000
DAY_S = 24 * 60 * 60


class FileWatch(QObject):
    """``checked`` brings what a whole look found, ``began`` says that one has begun.

    Between two slices there is time for what people ask of the worker, so that nobody waits for more than one.
    """

    began = Signal()
    checked = Signal(object)

    def __init__(self, checking: Checking, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._checking, self._tasks = checking, tasks
        self.looking = False
        self._next = soon(self, self._slice)
        self._again = soon(self, self._daily)

    def start(self) -> None:
        """Look soon, when the window has shown what it was opened for."""
        self._again.start(SOON_MS)

    @Slot()
    def look(self) -> None:
        """Look now, unless that is being done."""
        if not self.looking:
            self.looking = True
            self.began.emit()
            self._slice()

    @property
    def last(self) -> Checked | None:
        """What the last whole look found."""
        return self._checking.last

    @Slot()
    def _daily(self) -> None:
        """The clock of the computer says how long ago it was; a timer stands still while the computer sleeps."""
        self._again.start(AGAIN_MS)
        last = self.last
        if last is None or abs((self._checking.now() - last.at).total_seconds()) >= DAY_S:
            self.look()

    @Slot()
    def _slice(self) -> None:
        work = partial(self._checking.step, self._tasks.crowd.others_wait)
        self._tasks.run(self, work, self._seen, self._failed)

    def _seen(self, found: Checked | None) -> None:
        if found is None:
            self._next.start(BETWEEN_MS)
            return
        self.looking = False
        self.checked.emit(found)

    def _failed(self, _error: PeerMatchError) -> None:
        """The disk does not answer, say: the next look tells."""
        self.looking = False
