"""The real window without a screen: shown step by step and kept as pictures."""

import os
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from peermatch.services.office import Doors, Services
from peermatch.services.shipped import shipped_resources
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Scheme, apply_theme

LAYOUT_ROUNDS = 6


class Stage:
    """The main window on an open network, on a chosen day; what it asks of the worker is waited for.

    The services stay the caller's: they are neither locked nor ended here.
    """

    def __init__(
        self,
        services: Services,
        on: date,
        size: tuple[int, int] = (1440, 900),
        scheme: str = "light",
        scale: float = 1.0,
    ) -> None:
        if QApplication.instance() is None:
            os.environ["QT_QPA_PLATFORM"] = "offscreen"
        from peermatch.ui.application import qt_application
        from peermatch.ui.main_window import MainWindow

        self._services, self._on = services, on
        self._clock = services.desk.clock
        services.desk.clock = self._that_day
        theme = apply_theme(qt_application(), shipped_resources(), Scheme(scheme), round(scale * 100))
        self._tasks = Tasks(AtOnce())
        doors = Doors(services.desk.shipped, self._clock)
        self.window = MainWindow(doors, self._tasks, theme, services=services)
        self.window.resize(*size)
        self.window.show()
        self._settle()

    def show(self, screen: str, reference: str = "", supporter: str = "") -> None:
        """Go to a screen as it stands now, at one record if one is named."""
        self.window.renew()
        self.window.show_screen(screen, reference, supporter)
        self._settle()

    def picture(self, path: Path) -> None:
        """Keep what the window shows."""
        self._settle()
        self.window.grab().save(str(path))

    def close(self) -> None:
        """Take the window away and leave the network as open as it was."""
        self.window.release()
        self.window.close()
        self._services.desk.clock = self._clock
        self._settle()

    def _that_day(self) -> datetime:
        """The present time of day on the chosen day."""
        now = self._clock()
        return now.replace(year=self._on.year, month=self._on.month, day=self._on.day)

    def _settle(self) -> None:
        """Let answers arrive and layouts come to rest."""
        for _ in range(LAYOUT_ROUNDS):
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
