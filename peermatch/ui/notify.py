"""A notice of the system that something waits: one fixed sentence, only if somebody wished it, and rarely."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from peermatch.errors import PeerMatchError
from peermatch.services.this_computer import preferences
from peermatch.ui.main_window import MainWindow
from peermatch.ui.notify_senders import Send, TrayNotice, Way, over_the_bus, way
from peermatch.ui.tasks import Tasks

if TYPE_CHECKING:
    from peermatch.services.office import Services
    from peermatch.services.today_jobs import Today

EVERY_MS = 15 * 60_000
FROM_HOUR, TO_HOUR = 8, 18

_ASK = "ask"  # the word of `Matter.ASK`, whose module is not loaded for a notice


class Notifier(QObject):
    """Looks every quarter of an hour, and says nothing while somebody works in the window.

    While a network is open it tells of what is new on Today. While it is locked nothing is known but whether
    something was left over: that is told once, on the next working day. What was seen goes when the network locks.
    """

    def __init__(self, window: MainWindow, tasks: Tasks, send: Send, now: Callable[[], datetime]) -> None:
        super().__init__(window)
        self._window, self._tasks, self._send, self._now = window, tasks, send, now
        self._services: Services | None = None
        self._seen: frozenset[str] | None = None
        self._left_over = False
        self._told: date | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        window.opened.connect(self._opened)
        window.covering.connect(self._covering)
        window.closed.connect(self._timer.stop)
        if window.services is not None:
            self._opened(window.services)

    @Slot()
    def look(self) -> None:
        """Is there something that somebody should come for?"""
        if not preferences().told:
            return
        if self._services is None:
            self._remind()
        elif self._tasks.idle:
            of_today = partial(self._services.days.of, self._now().date())
            self._tasks.run(self, of_today, self._read, self._not_read)

    @Slot(object)
    def _opened(self, services: "Services") -> None:
        self._services, self._seen, self._left_over = services, None, False
        self._told = self._now().date()
        self._timer.start()
        self.look()

    @Slot()
    def _covering(self) -> None:
        """The network locks: that something is left over is all that is remembered of it."""
        self._left_over = bool(self._seen)
        self._services, self._seen = None, None

    def _read(self, page: "Today") -> None:
        if self._services is None:
            return
        jobs = told_of(page)
        new = self._seen is not None and bool(jobs - self._seen)
        self._seen = jobs
        if new and not self._window.isActiveWindow():
            self._tell()

    def _remind(self) -> None:
        from peermatch.services.clocks import is_working_day

        now = self._now()
        fresh = self._told is not None and now.date() > self._told and is_working_day(now.date())
        if self._left_over and fresh and FROM_HOUR <= now.hour < TO_HOUR:
            self._tell()

    def _tell(self) -> None:
        self._told = self._now().date()
        self._send()

    def _not_read(self, _error: PeerMatchError) -> None:
        """The network locked meanwhile, or cannot be read, which its own screens say."""


def told_of(page: "Today") -> frozenset[str]:
    """By what the lines of a day are known again; enquiries for which nobody is asked are only counted.

    Beyond the first of them a line stands for many: as some are asked others get lines, and that is no news.
    """
    others = (job.key for job in page.jobs if job.matter != _ASK)
    asking = sum(job.count for job in page.jobs if job.matter == _ASK)
    return frozenset((*others, *(f"{_ASK} {number}" for number in range(asking))))


def sender(window: MainWindow, tasks: Tasks) -> Send:
    """How this computer shows a notice."""
    found = way()
    if found is Way.TRAY:
        return TrayNotice(window)
    return partial(_off_the_window, window, tasks) if found is Way.BUS else partial(_sent, None)


def _off_the_window(window: MainWindow, tasks: Tasks) -> None:
    tasks.run(window, over_the_bus, _sent, _sent)


def _sent(_answer: object) -> None:
    """Nobody waits for it."""
