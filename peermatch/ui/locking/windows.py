"""Sleep, session lock and change of user on Windows, as the window's own messages tell them."""

import ctypes
import sys
from ctypes import wintypes
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QWidget

from peermatch.ui.locking.signals import SESSION, SLEEP, SWITCHED, SystemSignals

# https://learn.microsoft.com/windows/win32/termserv/wm-wtssession-change
WM_WTSSESSION_CHANGE = 0x02B1
WM_POWERBROADCAST = 0x0218
PBT_APMSUSPEND = 0x0004
NOTIFY_FOR_THIS_SESSION = 0
WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT, WTS_SESSION_LOGOFF, WTS_SESSION_LOCK = 0x2, 0x4, 0x6, 0x7
GENERIC = b"windows_generic_MSG"


def reason_of(message: int, parameter: int) -> str:
    """Why a message of Windows asks for a lock; "" for one that does not.

    A screen saver that asks for the password locks the session; one that does not protects nothing, and the time
    without use counts beside it.
    """
    if message == WM_POWERBROADCAST and parameter == PBT_APMSUSPEND:
        return SLEEP
    if message == WM_WTSSESSION_CHANGE and parameter in (WTS_SESSION_LOCK, WTS_SESSION_LOGOFF):
        return SESSION
    if message == WM_WTSSESSION_CHANGE and parameter in (WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT):
        return SWITCHED
    return ""


class WindowsSignals(SystemSignals):
    """Registers the window for the session's changes; the suspension is told to every window.

    Windows waits up to two seconds for the answer to ``PBT_APMSUSPEND``, so the pages are gone before it sleeps; the
    file is closed then or at the latest when the computer wakes up.
    """

    def __init__(self, window: QWidget, library: Any = None) -> None:
        super().__init__(window)
        self._library = library or _session_library()
        self._window = window
        self._registered = 0
        self._filter = _MessageFilter(self)
        window.installEventFilter(self)
        app = QCoreApplication.instance()
        if app is not None:
            app.installNativeEventFilter(self._filter)
        self._register()

    def stop(self) -> None:
        """Listen no longer."""
        app = QCoreApplication.instance()
        if app is not None:
            app.removeNativeEventFilter(self._filter)
        self._window.removeEventFilter(self)
        if self._registered:
            self._library.WTSUnRegisterSessionNotification(wintypes.HWND(self._registered))
            self._registered = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window may be made anew by the system, with another handle."""
        if event.type() == QEvent.Type.WinIdChange:
            self._register()
        return False

    def heard(self, message: int, parameter: int) -> None:
        """One message that Windows sent to the program."""
        reason = reason_of(message, parameter)
        if reason:
            self.lock_wanted.emit(reason)

    def _register(self) -> None:
        handle = int(self._window.winId())
        if handle in (0, self._registered):
            return
        if self._library.WTSRegisterSessionNotification(wintypes.HWND(handle), NOTIFY_FOR_THIS_SESSION):
            self._registered = handle


class _MessageFilter(QAbstractNativeEventFilter):
    """Sees every message before Qt does, and lets all of them pass."""

    def __init__(self, signals: WindowsSignals) -> None:
        super().__init__()
        self._signals = signals

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Only what was sent to a window has a session or a power state in it."""
        if (kind.data() if isinstance(kind, QByteArray) else bytes(kind)) == GENERIC:
            sent = wintypes.MSG.from_address(int(message))
            if sent.message in (WM_WTSSESSION_CHANGE, WM_POWERBROADCAST):
                self._signals.heard(int(sent.message), int(sent.wParam))
        return False, 0


def _session_library() -> Any:
    """Windows' library of terminal sessions; there is none elsewhere."""
    if sys.platform == "win32":
        return ctypes.WinDLL("wtsapi32")
    raise OSError("wtsapi32 is a part of Windows")
