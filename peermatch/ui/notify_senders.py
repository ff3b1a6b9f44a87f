"""The two ways in which a system shows a notice; each is given one fixed sentence and nothing else."""

import os
import sys
from collections.abc import Callable, Mapping
from enum import StrEnum

from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from peermatch.ui.soon import soon

TITLE, WORDS = "PeerMatch", "Something needs you."
PATIENCE_S = 2.0
SHOWN_MS = 20_000
# https://specifications.freedesktop.org/notification-spec/latest/protocol.html
BUS_NAME, BUS_PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
SHAPE = "susssasa{sv}i"
BY_THE_SERVER = -1
Send = Callable[[], None]


def over_the_bus(address: str = "SESSION") -> None:
    """Linux: the desktop shows it, and keeps no copy of it once it is gone; on the worker, for it may have to wait.

    Qt cannot say "unsigned", which this call needs, so the small library is used that the keychain uses too.
    """
    from jeepney import DBusAddress, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    try:
        with open_dbus_connection(bus=address) as bus:
            desktop = DBusAddress(BUS_PATH, bus_name=BUS_NAME, interface=BUS_NAME)
            hints = {"transient": ("b", True)}
            no_buttons: list[str] = []
            words = (TITLE, 0, "", TITLE, WORDS, no_buttons, hints, BY_THE_SERVER)
            bus.send_and_get_reply(new_method_call(desktop, "Notify", SHAPE, words), timeout=PATIENCE_S)
    except (OSError, TimeoutError):
        return  # no desktop that shows notices: a notice is a comfort and nothing rests on it


class TrayNotice:
    """Windows and macOS: an icon in the tray for as long as the notice is shown."""

    def __init__(self, window: QWidget, shown_ms: int = SHOWN_MS) -> None:
        self._icon = QSystemTrayIcon(QApplication.windowIcon(), window)
        self._icon.setToolTip(TITLE)
        self._icon.messageClicked.connect(window.activateWindow)
        self._gone = soon(self._icon, self._icon.hide, shown_ms)

    def __call__(self) -> None:
        """Show it."""
        self._icon.show()
        self._icon.showMessage(TITLE, WORDS)
        self._gone.start()


class Way(StrEnum):
    """How a computer shows a notice."""

    BUS = "bus"
    TRAY = "tray"
    NONE = "none"


def way(platform: str = sys.platform, environment: Mapping[str, str] = os.environ) -> Way:
    """Linux asks the desktop over its bus, where there is one; the others have a tray of their own."""
    if platform in ("win32", "darwin"):
        return Way.TRAY
    return Way.BUS if "DBUS_SESSION_BUS_ADDRESS" in environment else Way.NONE
