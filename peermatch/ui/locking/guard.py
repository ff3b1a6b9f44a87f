"""Watches over an open network: locks the window when nobody is there, and clears what was copied."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from peermatch.ui.clipboard import ClipboardKeeper
from peermatch.ui.locking.idle import IdleWatch
from peermatch.ui.locking.signals import SystemSignals
from peermatch.ui.main_window import MainWindow

if TYPE_CHECKING:
    from peermatch.services.office import Services

BEFORE_ANY = 600


class Guard(QObject):
    """Joins the window with what asks it to lock; all of it rests while no network is open."""

    def __init__(self, window: MainWindow, signals: SystemSignals, clipboard: ClipboardKeeper) -> None:
        super().__init__(window)
        self._window, self._signals, self._clipboard = window, signals, clipboard
        self._services: Services | None = None
        self.idle = IdleWatch(self._limit, self)
        for asks in (self.idle, signals):
            asks.lock_wanted.connect(window.lock_because)
        self.idle.nearing.connect(window.warn)
        self.idle.back.connect(window.heed)
        clipboard.rest_while(self._shows_a_fault)
        window.opened.connect(self._opened)
        window.covering.connect(self._covering)
        window.locked_now.connect(signals.rest)
        window.closed.connect(self.stop)
        if not window.locked and window.services is not None:
            self._opened(window.services)

    def stop(self) -> None:
        """The window is closed."""
        self.idle.stop()
        self._signals.stop()
        self._clipboard.clear()

    def _shows_a_fault(self) -> bool:
        """What is copied there holds no name and is meant for a message to somebody else."""
        return self._window.shows_fault

    def _limit(self) -> int:
        return self._services.lock_rules.idle_seconds if self._services is not None else BEFORE_ANY

    @Slot(object)
    def _opened(self, services: "Services") -> None:
        self._services = services
        self.idle.start()
        self._signals.watch()

    @Slot()
    def _covering(self) -> None:
        """The pages go: nothing that was copied from them stays behind."""
        self._services = None
        self.idle.stop()
        self._clipboard.clear()
