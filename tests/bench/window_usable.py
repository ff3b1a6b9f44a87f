"""A network opened as a person does: passphrase typed, unlocked on the worker, people listed, an enquiry ranked."""

import os
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

SOON = 600.0
"""So many seconds are waited for the slowest network."""
LOOK_MS = 5


def usable(
    folder: Path, passphrase: str, clock: Callable[[], datetime], steps: "Steps | None" = None
) -> dict[str, Any]:
    """The seconds of this process's processor, and by the clock, until each step was painted, and what it then held.

    ``typed`` is when all is loaded that an opening needs: from there on somebody waits. ``steps`` is told of each.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from peermatch.services.doors import Doors
    from peermatch.services.shipped import load_shipped
    from peermatch.ui.application import qt_application, run_window  # before Qt, as when somebody starts it

    from PySide6.QtCore import QTimer  # isort: skip

    app, found = qt_application(), dict[str, Any]()
    QTimer.singleShot(0, app, lambda: found.update(_used(passphrase, steps or Steps())))
    run_window(Doors(load_shipped, clock), folder=folder)
    return found


def _used(passphrase: str, steps: "Steps") -> dict[str, Any]:
    """What somebody does with the window that was just shown, to its end."""
    from PySide6.QtWidgets import QApplication

    from peermatch.ui.main_window import MainWindow

    window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))
    warmed = list[bool]()
    window.warmed.connect(warmed.append)
    try:
        window.resize(1440, 900)
        steps.painted("window", window)
        _wait_for(lambda: bool(warmed))
        steps.painted("typed", window)
        _unlock(window, passphrase)
        steps.painted("unlocked", window)
        window.show_screen("supporters")
        steps.painted("listed", window)
        assert window.services is not None
        picture = window.services.desk.snapshot
        window.show_screen("enquiries", next(iter(picture.enquiries)))
        steps.painted("ranked", window)
        held = _held_now()
        window.lock()
        _wait_for(lambda: window.locked)
    finally:
        window.close()
    return {"people": len(picture.supporters), "marks": steps.cpu, "clock": steps.clock, "held": held}


class Steps:
    """The seconds of each step since this process began: of its processor, and by the clock on the wall."""

    def __init__(self) -> None:
        self.cpu: dict[str, float] = {}
        self.clock: dict[str, float] = {}

    def painted(self, step: str, window: Any) -> None:
        """Let answers arrive and the window be painted; that was this step."""
        from PySide6.QtWidgets import QApplication

        QApplication.processEvents()
        window.grab()
        self.cpu[step], self.clock[step] = time.process_time(), _lived()


def _lived() -> float:
    """Seconds since the system began this process; since Python began it where that is not told."""
    told = Path("/proc/self/stat")
    if not told.exists():
        return time.perf_counter()
    ticks = int(told.read_text("ascii").rpartition(")")[2].split()[19])
    return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")


def _unlock(window: Any, passphrase: str) -> None:
    """Type the passphrase and press Enter; then wait until the network is shown."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QLineEdit

    from peermatch.ui.screens.welcome_unlock import UnlockForm

    form = window.findChildren(UnlockForm)[0]
    line = next(each for each in form.findChildren(QLineEdit) if each.isVisible())
    line.setText(passphrase)
    QTest.keyClick(line, Qt.Key.Key_Return)
    _wait_for(lambda: window.services is not None)


def _wait_for(done: Callable[[], bool]) -> None:
    """As the program waits: asleep until something happens; to go round and round would count as its work."""
    from PySide6.QtCore import QEventLoop, QTimer

    end, loop, timer = time.monotonic() + SOON, QEventLoop(), QTimer()
    timer.timeout.connect(lambda: loop.quit() if done() or time.monotonic() > end else None)
    timer.start(LOOK_MS)
    loop.exec()
    timer.stop()
    if not done():
        raise TimeoutError("the window did not come so far")


def _held_now() -> float:
    """The megabytes that this process holds."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text("utf-8").splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
