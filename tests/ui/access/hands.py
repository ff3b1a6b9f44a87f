"""Two hands on a keyboard: every key goes to what has the focus, and Tab, arrows and shortcuts find the rest."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QWidget

from peermatch.ui.main_window import MainWindow
from peermatch.ui.tasks import Tasks
from peermatch.ui.widgets.focus_keeper import FocusKeeper
from tests.ui.real_networks import focused, settled, wait_until

Key = Qt.Key
MOST = 250
NAME, DESCRIPTION = QAccessible.Text.Name, QAccessible.Text.Description


def _keeper() -> FocusKeeper:
    app = QApplication.instance()
    found = app.findChild(FocusKeeper) if app is not None else None
    assert isinstance(found, FocusKeeper)
    return found


class Hands:
    """Somebody who works without a mouse, and knows of the window what a screen reader says."""

    def __init__(self, window: MainWindow, tasks: Tasks) -> None:
        self._window, self._tasks = window, tasks
        self._keeper = _keeper()
        self.rest()

    def rest(self) -> None:
        """Wait until the window has answered."""
        wait_until(lambda: self._tasks.idle)
        settled(self._window)
        wait_until(lambda: self._tasks.idle)
        wait_until(lambda: not self._keeper.waiting)
        settled(self._window)

    def hears(self) -> str:
        """What a screen reader says of that which has the keyboard: in a list of the row."""
        part: QWidget = focused()
        if isinstance(part, QListView):
            return str(part.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))
        return QAccessible.queryAccessibleInterface(part).text(NAME)

    def press(self, *keys: str) -> None:
        """Keys together or one after the other: ``press("Ctrl+N")``, ``press("Down", "Enter")``."""
        for each in keys:
            combination = QKeySequence(each)[0]  # type: ignore[index]  # Qt has it; the stub does not say so
            QTest.keyClick(focused(), combination.key(), combination.keyboardModifiers())
            self.rest()

    def write(self, words: str) -> None:
        """Type letter by letter."""
        QTest.keyClicks(focused(), words)
        self.rest()

    def tab_to(self, start: str) -> None:
        """Go on with Tab until something is heard that begins so; ``"Record."`` means these words and no more."""
        heard = [self.hears()]
        while not f"{heard[-1]}.".startswith(start):
            assert len(heard) < MOST, f"Tab never comes to {start!r}: {sorted(set(heard))}"
            QTest.keyClick(focused(), Key.Key_Tab)
            heard.append(self.hears())

    def do(self, start: str) -> None:
        """Go to a button, and press it."""
        self.tab_to(start)
        self.press("Space")

    def walk_to(self, part: str) -> None:
        """Go down a list from its beginning until a row is heard that has these words."""
        self.press("Home")
        seen = [self.hears()]
        while part not in seen[-1]:
            assert len(seen) < MOST, f"no row says {part!r}: {seen[:9]}"
            self.press("Down")
            seen.append(self.hears())
