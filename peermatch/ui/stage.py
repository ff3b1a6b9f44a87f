"""The real window without a screen: shown step by step and kept as pictures."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from peermatch.services.office import Doors, Services
from peermatch.services.shipped import shipped_resources
from peermatch.ui.screens.enquiry_reader import LetterReader
from peermatch.ui.screens.paged import PagedScreen
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Scheme, apply_theme
from peermatch.ui.workplace import Workplace

LAYOUT_ROUNDS = 6
READING_MS = 20_000


@dataclass(frozen=True, slots=True)
class View:
    """One screen, or one page of a screen that has several."""

    screen: str
    page: str = ""

    @property
    def name(self) -> str:
        """What its picture is called."""
        return f"{self.screen}-{self.page}" if self.page else self.screen


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
        from peermatch.ui.application import qt_application, write_as_in_britain
        from peermatch.ui.main_window import MainWindow

        self._services, self._on = services, on
        self._clock = services.desk.clock
        services.desk.clock = self._that_day
        self._theme = theme = apply_theme(
            qt_application(), shipped_resources(), Scheme(scheme), round(scale * 100)
        )
        write_as_in_britain()
        self._tasks = Tasks(AtOnce())
        doors = Doors(services.desk.shipped, self._clock)
        self.window = MainWindow(doors, self._tasks, theme, services=services)
        self.window.resize(*size)
        self.window.show()
        self.settle()

    def show(self, screen: str, reference: str = "", supporter: str = "") -> None:
        """Go to a screen as it stands now, at one record if one is named."""
        self.window.renew()
        self.window.show_screen(screen, reference, supporter)
        self.settle()

    def views(self) -> tuple[View, ...]:
        """Every screen of the window and every page of the paged ones, in the order of the navigation."""
        return tuple(self._views())

    def turn_to(self, view: View) -> None:
        """Go to a screen, and to a page of it, as a person does: nothing is read anew."""
        self.window.show_screen(view.screen)
        screen = self._work().screens[view.screen]
        if isinstance(screen, PagedScreen) and view.page:
            screen.turn_to(view.page)
        self.settle()

    def wear(self, size: tuple[int, int], scheme: str, scale: int) -> None:
        """Another size of window and text (in per cent) and other colours, while it stands there."""
        self.window.resize(*size)
        self._theme.set_scale(scale)
        self._theme.choose(Scheme(scheme))
        self.settle()

    def settle(self) -> None:
        """Let answers arrive and layouts come to rest."""
        for _ in range(LAYOUT_ROUNDS):
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)

    def picture(self, path: Path) -> None:
        """Keep what the window shows, once the letters in sight were read."""
        self.settle()
        patience = QDeadlineTimer(READING_MS)
        while not patience.hasExpired() and any(not each.idle for each in self._readers()):
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
        self.settle()
        self.window.grab().save(str(path))

    def _readers(self) -> list[LetterReader]:
        return self.window.findChildren(LetterReader)

    def close(self) -> None:
        """Take the window away and leave the network as open as it was."""
        self.window.release()
        self.window.close()
        self._services.desk.clock = self._clock
        self.settle()

    def _work(self) -> Workplace:
        """The window while its network is open."""
        assert isinstance(self.window.page, Workplace)  # noqa: S101 -- a stage stands on an open network
        return self.window.page

    def _views(self) -> Iterator[View]:
        for key, screen in self._work().screens.items():
            if isinstance(screen, PagedScreen):
                yield from (View(key, page) for page in screen.switch.choices)
            else:
                yield View(key)

    def _that_day(self) -> datetime:
        """The present time of day on the chosen day."""
        now = self._clock()
        return now.replace(year=self._on.year, month=self._on.month, day=self._on.day)
