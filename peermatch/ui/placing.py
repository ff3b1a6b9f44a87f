"""Where the window stands: as it was left on this computer, and always on a screen that there is."""

from collections.abc import Sequence
from contextlib import suppress

from PySide6.QtCore import QObject, QRect, QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication, QScreen

from peermatch.errors import PeerMatchError
from peermatch.services.this_computer import WindowPlace, choose, preferences
from peermatch.ui.main_window import SMALLEST, MainWindow

SIZE = (1440, 900)
GRIP = 48
"""So much of the upper edge must be on a screen that somebody can take hold of the window."""
TITLE = 40
"""About as high as the system's own frame with the title is, which stands above the window."""


def place_on(screens: Sequence[QRect], left_at: WindowPlace | None) -> QRect:
    """Where the window opens: as it was left where that can be reached, else in the middle of the first screen."""
    first = screens[0]
    if left_at is None:
        return _centred(first, min(SIZE[0], first.width()), min(SIZE[1], first.height()))
    asked = QRect(left_at.left, left_at.top, left_at.width, left_at.height)
    home = max(screens, key=lambda screen: _area(screen.intersected(asked)))
    wide = min(max(asked.width(), SMALLEST[0]), home.width())
    high = min(max(asked.height(), SMALLEST[1]), home.height())
    held = QRect(asked.left(), asked.top(), wide, high)
    edge = home.intersected(QRect(held.left(), held.top(), held.width(), GRIP))
    if edge.width() < GRIP or edge.height() < GRIP or home.top() > held.top():
        return _centred(home if _area(home.intersected(asked)) else first, wide, high)
    return held


def smallest_on(screens: Sequence[QRect], placed: QRect) -> QSize:
    """How small the window may be made: where much is magnified, a whole screen is smaller than it was drawn for.

    1366 by 768 points at 125 % leave 574 in height beside a task bar: nothing may stand where nobody can reach it.
    """
    home = max(screens, key=lambda screen: _area(screen.intersected(placed)))
    return QSize(min(SMALLEST[0], home.width()), min(SMALLEST[1], home.height() - TITLE))


def _centred(screen: QRect, wide: int, high: int) -> QRect:
    wide, high = min(wide, screen.width()), min(high, screen.height())
    left, top = (screen.width() - wide) // 2, (screen.height() - high) // 2
    return QRect(screen.left() + left, screen.top() + top, wide, high)


def _area(part: QRect) -> int:
    return part.width() * part.height() if part.isValid() else 0


class PlaceKeeper(QObject):
    """Puts the window where it was left, and remembers where it stands when it is closed: numbers and nothing else."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.closed.connect(self.keep)

    def restore(self) -> None:
        """Before the window is shown."""
        left_at = preferences().place
        screens = [screen.availableGeometry() for screen in _screens()]
        placed = place_on(screens, left_at)
        self._window.setMinimumSize(smallest_on(screens, placed))
        self._window.setGeometry(placed)
        if left_at is not None and left_at.full:
            self._window.setWindowState(Qt.WindowState.WindowMaximized)

    @Slot()
    def keep(self) -> None:
        """The window closes; a full disk is no reason to say something to somebody who leaves."""
        window = self._window
        full = window.isMaximized() or window.isFullScreen()
        rect = window.normalGeometry() if full else window.geometry()
        with suppress(PeerMatchError):
            place = WindowPlace(rect.left(), rect.top(), rect.width(), rect.height(), full)
            choose(place=place, lists=window.lists)


def _screens() -> list[QScreen]:
    first = QGuiApplication.primaryScreen()
    return [first, *(screen for screen in QGuiApplication.screens() if screen is not first)]
