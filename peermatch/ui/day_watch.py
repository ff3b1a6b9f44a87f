"""Notices that another day has begun: what a window shows that stays open over midnight is of today again."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from peermatch.services.desk import Desk
from peermatch.ui.soon import soon

EVERY_MS = 60 * 1000


class DayWatch(QObject):
    """Calls ``then`` when it is another day than when it was looked last."""

    def __init__(self, desk: Desk, then: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._then, self._day = desk, then, desk.today
        self._again = soon(self, self.look, EVERY_MS)
        self._again.start()

    @Slot()
    def look(self) -> None:
        """The clock of the computer says it; a timer stands still while the computer sleeps."""
        self._again.start()
        before, self._day = self._day, self._desk.today
        if self._day != before:
            self._then()
