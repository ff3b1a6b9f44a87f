"""A page that reads what it shows only when somebody looks at it."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget


class ReadWhenSeen(QWidget):
    """Fill `read`; call `refresh` when something changed, and `look` when it must be read now."""

    def __init__(self) -> None:
        super().__init__()
        self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Only what is looked at is read."""
        super().showEvent(event)
        if self._stale:
            self.look()

    def refresh(self) -> None:
        """Something was done: read it now, or when the page is looked at."""
        self._stale = True
        if self.isVisible():
            self.look()

    def look(self) -> None:
        """Read it now."""
        self._stale = False
        self.read()

    def read(self) -> None:
        """What a page does to read what it shows."""
