"""Tries the newest backup out in the background, once a month: well after the unlock, and between what people do."""

from PySide6.QtCore import QObject, Signal, Slot

from peermatch.errors import PeerMatchError
from peermatch.services.trial import RestoreTrial, Tried
from peermatch.ui.soon import soon
from peermatch.ui.tasks import Tasks

SOON_MS = 20_000
BETWEEN_MS = 500
BUSY_MS = 5_000


class TrialWatch(QObject):
    """``tried`` brings how it went. Each step waits until the worker has nothing else to do."""

    tried = Signal(object)

    def __init__(self, trial: RestoreTrial, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._trial, self._tasks = trial, tasks
        self._next = soon(self, self.step)

    def start(self) -> None:
        """Begin when the window has shown what it was opened for, where something is due."""
        if self._trial.due:
            self._next.start(SOON_MS)

    @Slot()
    def step(self) -> None:
        """One step, or a little later where somebody waits for the worker."""
        if not self._tasks.idle:
            self._next.start(BUSY_MS)
        else:
            self._tasks.run(self, self._trial.step, self._done, self._failed)

    def _done(self, found: Tried | None) -> None:
        if found is not None:
            self.tried.emit(found)
        elif self._trial.due:
            self._next.start(BETWEEN_MS)

    def _failed(self, _error: PeerMatchError) -> None:
        """Whatever hinders a trial is its result; there is nothing else to tell."""
