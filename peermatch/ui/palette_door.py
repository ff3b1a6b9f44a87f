"""The way to the palette: it is built when somebody first wants it, so that the window stands sooner."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.services.office import Services
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme

if TYPE_CHECKING:
    from peermatch.ui.palette import Palette


class PaletteDoor(QObject):
    """``go`` asks for a screen, at a record or page; ``command`` for a step, by its key in `palette_goals`."""

    go = Signal(str, str, str)
    command = Signal(str)

    def __init__(self, services: Services, tasks: Tasks, theme: Theme, over: QWidget) -> None:
        super().__init__(over)
        self._services, self._tasks, self._theme, self._over = services, tasks, theme, over
        self.palette: Palette | None = None

    @Slot()
    def open(self) -> None:
        """Show it over the window."""
        from peermatch.ui.palette import Palette

        if self.palette is None:
            self.palette = Palette(self._services, self._tasks, self._theme, self._over)
            self.palette.go.connect(self.go)
            self.palette.command.connect(self.command)
        self.palette.open()

    @Slot()
    def put_away(self) -> None:
        """Whatever the window shows next is not covered by it."""
        if self.palette is not None:
            self.palette.put_away()
