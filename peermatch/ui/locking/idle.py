"""Locking when nobody has used the window for a while, with a warning a minute before."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QDateTime, QElapsedTimer, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow

from peermatch.words import tr

USE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
        QEvent.Type.DragMove,
    }
)
WARNED_BEFORE_MS = 60_000
LONGEST_TICK_MS = 2_000
MINUTE = 60


class IdleWatch(QObject):
    """``lock_wanted`` says why; ``nearing`` comes once, so many seconds before, and ``back`` when it was heeded.

    Use is what reaches the windows of this program: work elsewhere does not keep a network open. Two clocks are
    read, for the steady one stands still on some systems while the computer sleeps.
    """

    lock_wanted = Signal(str)
    nearing = Signal(int)
    back = Signal()

    def __init__(self, limit_s: Callable[[], int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._limit_s = limit_s
        self._since = QElapsedTimer()
        self._wall = 0
        self._warned = False
        self._windows: list[QWindow] = []
        self._tick = QTimer(self)
        self._tick.timeout.connect(self._look)
        # Input passes through the window's own object before it reaches a widget: few events, and those of dialogs too.
        self._app = QGuiApplication.instance()
        if isinstance(self._app, QGuiApplication):
            self._app.focusWindowChanged.connect(self.follow)

    @property
    def watching(self) -> bool:
        """Whether the time is counted."""
        return self._tick.isActive()

    def start(self) -> None:
        """A network is open from now on."""
        self._used()
        self._tick.start(self._step())
        self.follow(QGuiApplication.focusWindow())

    def stop(self) -> None:
        """Nothing is open."""
        self._tick.stop()
        self._warned = False
        for window in self._windows:
            if shiboken6.isValid(window):
                window.removeEventFilter(self)
        self._windows.clear()

    @Slot(QWindow)
    def follow(self, window: QWindow | None) -> None:
        """Notice what is done in this window, as long as the time is counted."""
        if window is not None and self.watching and window not in self._windows:
            window.installEventFilter(self)
            self._windows.append(window)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody is here; the event goes on to where it was meant for."""
        if event.type() in USE and self.watching:
            self._used()
        return False

    def _used(self) -> None:
        self._since.restart()
        self._wall = QDateTime.currentMSecsSinceEpoch()
        if self._warned:
            self._warned = False
            self.back.emit()

    def _step(self) -> int:
        return max(1, min(LONGEST_TICK_MS, self._limit_s() * 1000 // 20))

    @Slot()
    def _look(self) -> None:
        limit = self._limit_s() * 1000
        idle = max(self._since.elapsed(), QDateTime.currentMSecsSinceEpoch() - self._wall)
        left = limit - idle
        if left <= 0:
            self.stop()
            self.lock_wanted.emit(idle_words(limit // 1000))
        elif left <= min(WARNED_BEFORE_MS, limit // 2) and not self._warned:
            self._warned = True
            self.nearing.emit(-(-left // 1000))


def idle_words(seconds: int) -> str:
    """Why it was locked."""
    return tr("Locked after {time_words} without use.").format(time_words=time_words(seconds))


def time_words(seconds: int) -> str:
    """A time as people say it: 10 minutes, 1 minute, 30 seconds."""
    number, unit = (seconds // MINUTE, "minute") if seconds >= MINUTE else (seconds, "second")
    return f"{number} {unit}{'' if number == 1 else 's'}"
