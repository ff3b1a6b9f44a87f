"""What the first page does without is done once it is painted: a little at a time, so that typing is never held up."""

from collections import deque
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Slot

from peermatch.ui.soon import soon


class Afterwards(QObject):
    """Does its steps in their order, each by itself, and what people do comes in between."""

    def __init__(self, steps: Iterable[Callable[[], object]], parent: QObject) -> None:
        super().__init__(parent)
        self._left = deque(steps)
        self._soon = soon(self, self._next)

    @Slot()
    def begin(self) -> None:
        """The page is there: the first step comes as soon as nothing else waits."""
        self._soon.start()

    @Slot()
    def finish(self) -> None:
        """Somebody needs all of it now."""
        while self._left:
            self._left.popleft()()

    @Slot()
    def forget(self) -> None:
        """Nobody needs it any more."""
        self._left.clear()

    @Slot()
    def _next(self) -> None:
        if self._left:
            self._left.popleft()()
            self.begin()
