"""A network opened as a person does: passphrase typed, unlocked on the worker, people listed, an enquiry ranked."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SOON = 600.0
"""So many seconds are waited for the slowest network."""


def usable(folder: Path, passphrase: str, doors: Any) -> dict[str, Any]:
    """The CPU seconds of this process at which each step was painted, and what memory it then held."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from peermatch.services.shipped import shipped_resources
    from peermatch.ui.application import qt_application
    from peermatch.ui.collecting import CollectHere
    from peermatch.ui.main_window import MainWindow
    from peermatch.ui.tasks import Tasks
    from peermatch.ui.theme import Scheme, apply_theme

    collecting = CollectHere()  # as the program does: garbage is looked for by the window's thread alone
    collecting.rest()
    theme = apply_theme(qt_application(), shipped_resources(), Scheme.LIGHT)
    window = MainWindow(doors, Tasks(), theme, folder=folder)
    window.warmed.connect(collecting.begin)
    window.resize(1440, 900)
    window.show()
    marks = {"window": _painted(window)}
    _unlock(window, passphrase)
    marks["unlocked"] = _painted(window)
    window.show_screen("supporters")
    marks["listed"] = _painted(window)
    assert window.services is not None
    picture = window.services.desk.snapshot
    reference = next(iter(picture.enquiries))
    window.show_screen("enquiries", reference)
    marks["ranked"] = _painted(window)
    held = _held_now()
    people = len(picture.supporters)
    window.lock()
    _wait_for(lambda: window.locked)
    window.close()  # as the program ends: what is still asked for when Qt goes can start no clock any more
    collecting.stop()
    return {"people": people, "marks": marks, "held": held}


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
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    end = time.monotonic() + SOON
    while not done() and time.monotonic() < end:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)


def _painted(window: Any) -> float:
    """Let answers arrive and the window be painted; the CPU seconds by then."""
    from PySide6.QtWidgets import QApplication

    QApplication.processEvents()
    window.grab()
    return time.process_time()


def _held_now() -> float:
    """The megabytes that this process holds."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text("utf-8").splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
