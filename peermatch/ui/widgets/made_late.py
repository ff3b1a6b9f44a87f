"""A page that is built when somebody first comes to it, so that the screen around it is there at once."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from peermatch.ui.widgets.tab_order import come_whole

Page = TypeVar("Page", bound=QWidget)


class MadeLate(QWidget, Generic[Page]):
    """``made`` is the page, built now if it was not before; ``built`` is None until then; ``came`` brings it once."""

    came = Signal(object)

    def __init__(self, make: Callable[[], Page]) -> None:
        super().__init__()
        self._make = make
        self.built: Page | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    @property
    def made(self) -> Page:
        """The page."""
        if self.built is None:
            self.built = self._make()
            self._column.addWidget(self.built)
            self.came.emit(self.built)
            come_whole(self)
        return self.built

    def make(self) -> None:
        """Build it now, though nobody has come to it."""
        self.made.ensurePolished()

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody comes to it."""
        self.made.show()
        super().showEvent(event)
