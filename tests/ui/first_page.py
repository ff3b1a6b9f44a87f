"""The program as somebody starts it, in a process of its own: what it has loaded when the first page is painted.

It prints the names of the modules at that moment, and once more when all that comes after has been loaded.
"""

import json
import os
import sys

from PySide6.QtCore import QTimer

from peermatch.app import main
from peermatch.ui.application import qt_application
from peermatch.ui.main_window import MainWindow


class Watch:
    """Follows the window from its first painting to the end of what is loaded then."""

    def __init__(self) -> None:
        self.app = qt_application()
        self.said: list[list[str]] = []
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
            self.said.append(sorted(sys.modules))
            self.window().close()

    def painted(self) -> None:
        """The first page is on the screen."""
        self.said.append(sorted(sys.modules))
        self.timer.start(20)


if __name__ == "__main__":
    watch = Watch()
    del os.environ["QT_QPA_PLATFORM"]  # Qt has its screen; without one the program opens no window
    os.environ["DISPLAY"] = "none"
    code = main([])
    sys.stdout.write(json.dumps(watch.said))
    sys.exit(code)
