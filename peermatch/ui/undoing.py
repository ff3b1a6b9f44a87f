"""The way back from the last steps and forward again, one press a step, as long as nothing final came between."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done
from peermatch.services.upkeep import Upkeep
from peermatch.ui.tasks import Tasks

MOST = 50
"""Steps that are kept in mind; the journal knows them all."""


class Undoing(QObject):
    """``done`` brings what a step back or forward did, ``failed`` why it could not be made.

    A step that cannot be undone, such as a consent, ends the way back: undo never reaches past it unseen.
    """

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, upkeep: Upkeep, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._upkeep, self._tasks = upkeep, tasks
        self._back: list[Done] = []
        self._again: list[Done] = []
        self._under_way = False

    def take_note(self, done: Done) -> None:
        """A step was done by a person."""
        self._again.clear()
        if done.undo is None:
            self._back.clear()
        else:
            self._back = [*self._back, done][-MOST:]

    def undo(self) -> None:
        """Take the last step back."""
        if self._back and not self._under_way:
            self._run(partial(self._upkeep.undo, self._back[-1]), self._undone)

    def redo(self) -> None:
        """Do again what was undone last."""
        if self._again and not self._under_way:
            self._run(partial(self._upkeep.redo, self._again[-1]), self._redone)

    def _run(self, work: Callable[[], Done], then: Callable[[Done], None]) -> None:
        self._under_way = True
        self._tasks.run(self, work, then, self._failed)

    def _undone(self, done: Done) -> None:
        self._under_way = False
        self._back.pop()
        self._again.append(done)
        self.done.emit(done)

    def _redone(self, done: Done) -> None:
        self._under_way = False
        self._again.pop()
        self._back.append(done)
        self.done.emit(done)

    def _failed(self, error: PeerMatchError) -> None:
        """The world has moved on: neither way leads anywhere now."""
        self._under_way = False
        self._back.clear()
        self._again.clear()
        self.failed.emit(error)
