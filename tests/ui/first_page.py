"""The program as somebody starts it, in a process of its own: what is there when the first page is painted.

It prints the names of the modules at that moment, and once more when all that comes after has been loaded; where the
keyboard is and what a screen reader says of it then; and what has become of words that were typed at that moment.
"""

import json
import os
import sys
from typing import Any

from peermatch.app import main
from peermatch.ui.application import qt_application  # before Qt itself, as when somebody starts it
from peermatch.ui.main_window import MainWindow

from PySide6.QtCore import QTimer  # isort: skip
from PySide6.QtWidgets import QLineEdit  # isort: skip

TYPED = "Brook Valley"


class Watch:
    """Follows the window from its first painting to the end of what is loaded then."""

    def __init__(self) -> None:
        self.app = qt_application()
        self.said: list[list[str]] = []
        self.field: Any = None
        self.told: dict[str, object] = {}
        self.timer = QTimer()
        self.timer.timeout.connect(self.look)
        self.timer.start(0)
        self.waiting = False

    def window(self) -> MainWindow:
        """The one window."""
        return next(each for each in self.app.topLevelWidgets() if isinstance(each, MainWindow))

    def look(self) -> None:
        """First wait for the painting, then until the worker rests."""
        if not self.waiting:
            self.waiting = True
            self.timer.stop()
            self.window().painted.connect(self.painted)
        elif self.window()._tasks.idle:
            self.timer.stop()
            self.said.append(sorted(sys.modules))
            self.told["kept"] = self.field.text()
            self.told["still there"] = self.app.focusWidget() is self.field
            self.window().close()

    def painted(self) -> None:
        """The first page is on the screen."""
        self.said.append(sorted(sys.modules))
        self.field = self.app.focusWidget()
        self.told["typed in"] = isinstance(self.field, QLineEdit)
        self.read_aloud()
        self.type()
        self.timer.start(20)

    def read_aloud(self) -> None:
        """What a screen reader finds where the keyboard is."""
        from PySide6.QtGui import QAccessible

        found = QAccessible.queryAccessibleInterface(self.field)
        self.told["name"] = found.text(QAccessible.Text.Name)
        self.told["role"] = found.role().name

    def type(self) -> None:
        """Somebody is quick."""
        from PySide6.QtTest import QTest

        QTest.keyClicks(self.field, TYPED)


if __name__ == "__main__":
    watch = Watch()
    del os.environ["QT_QPA_PLATFORM"]  # Qt has its screen; without one the program opens no window
    os.environ["DISPLAY"] = "none"
    code = main([])
    sys.stdout.write(json.dumps([*watch.said, watch.told]))
    sys.exit(code)
