"""Which signals this computer gives: chosen once, when the window is made."""

import sys

from PySide6.QtWidgets import QWidget

from peermatch.ui.locking.signals import SystemSignals


def system_signals(window: QWidget, platform: str = sys.platform) -> SystemSignals:
    """The signals of the system that the program runs on; they live as long as the window."""
    if platform == "win32":
        from peermatch.ui.locking.windows import WindowsSignals

        return WindowsSignals(window)
    if platform == "darwin":
        from peermatch.ui.locking.macos import MacSignals

        return MacSignals(window)
    from peermatch.ui.locking.bus import bus_signals

    return bus_signals(window)
