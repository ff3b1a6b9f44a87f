"""What Windows and macOS tell and can do, as far as it can be known without them: each call, with what it is given."""

import ctypes
from ctypes import wintypes
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from peermatch.services.this_computer import Preferences, prefer, preferences
from peermatch.ui.cover import Cover
from peermatch.ui.locking import screen_guard as guard
from peermatch.ui.locking import windows
from peermatch.ui.locking.bus import BusSignals
from peermatch.ui.locking.macos import REASONS, MacSignals
from peermatch.ui.locking.screen_guard import NoScreening, ScreenGuard, WindowsScreening, screening
from peermatch.ui.locking.signals import SESSION, SLEEP, SWITCHED, SystemSignals
from peermatch.ui.locking.system import system_signals


@pytest.mark.parametrize(
    ("message", "parameter", "reason"),
    [
        (0x02B1, 0x7, SESSION),
        (0x02B1, 0x6, SESSION),
        (0x02B1, 0x2, SWITCHED),
        (0x02B1, 0x4, SWITCHED),
        (0x02B1, 0x8, ""),
        (0x02B1, 0x5, ""),
        (0x02B1, 0x1, ""),
        (0x0218, 0x4, SLEEP),
        (0x0218, 0x7, ""),
        (0x0218, 0x12, ""),
        (0x0010, 0x7, ""),
    ],
)
def test_windows_messages_that_lock(message: int, parameter: int, reason: str) -> None:
    assert windows.reason_of(message, parameter) == reason


class Sessions:
    """Stands for Windows' library of sessions: which windows are registered."""

    def __init__(self) -> None:
        self.registered: list[int] = []

    def WTSRegisterSessionNotification(self, handle: wintypes.HWND, which: int) -> int:
        assert which == 0
        self.registered.append(handle.value or 0)
        return 1

    def WTSUnRegisterSessionNotification(self, handle: wintypes.HWND) -> int:
        self.registered.remove(handle.value or 0)
        return 1


def test_a_message_in_memory_is_read_as_windows_lays_it_out(qapp: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    sessions = Sessions()
    signals = windows.WindowsSignals(window, sessions)
    assert sessions.registered == [int(window.winId())]
    heard: list[str] = []
    signals.lock_wanted.connect(heard.append)
    sent = wintypes.MSG(message=windows.WM_WTSSESSION_CHANGE, wParam=windows.WTS_SESSION_LOCK)
    other = wintypes.MSG(message=0x000F, wParam=windows.WTS_SESSION_LOCK)
    for kind, message in (
        (b"windows_generic_MSG", sent),
        (QByteArray(b"windows_generic_MSG"), sent),
        (b"windows_dispatcher_MSG", sent),
        (b"windows_generic_MSG", other),
    ):
        passed = signals._filter.nativeEventFilter(kind, ctypes.addressof(message))
        assert passed == (False, 0)
    assert heard == [SESSION, SESSION]
    signals.stop()
    assert sessions.registered == []


def test_macos_notifications_that_lock() -> None:
    assert REASONS["com.apple.screenIsLocked"] == SESSION
    assert REASONS["NSWorkspaceWillSleepNotification"] == SLEEP
    assert REASONS["NSWorkspaceSessionDidResignActiveNotification"] == SWITCHED
    assert "com.apple.screenIsUnlocked" not in REASONS
    heard: list[str] = []
    signals = MacSignals.__new__(MacSignals)
    SystemSignals.__init__(signals)
    signals.lock_wanted.connect(heard.append)
    for name in ("com.apple.screenIsLocked", "NSWorkspaceDidWakeNotification", ""):
        signals.heard(name)
    assert heard == [SESSION]


def test_elsewhere_both_say_that_they_are_not_here(qapp: QApplication, qtbot: QtBot) -> None:
    """On a Linux the libraries of the two are missing, and that is an error of the system, not of ours."""
    window = QWidget()
    qtbot.addWidget(window)
    with pytest.raises(OSError, match="part of macOS"):
        system_signals(window, "darwin")
    with pytest.raises(OSError, match="part of Windows"):
        system_signals(window, "win32")
    assert isinstance(system_signals(window, "linux"), BusSignals)


class Called:
    """Stands for a library of Windows: what was called, and what it answers."""

    def __init__(self, answer: int = 1) -> None:
        self.calls: list[tuple[str, int, int]] = []
        self._answer = answer

    def SetWindowDisplayAffinity(self, handle: wintypes.HWND, affinity: int) -> int:
        self.calls.append(("affinity", handle.value or 0, affinity))
        return self._answer

    def DwmSetWindowAttribute(self, handle: wintypes.HWND, attribute: int, value: object, size: int) -> int:
        self.calls.append(("attribute", handle.value or 0, attribute))
        assert size == 4
        return 0


@pytest.mark.parametrize(
    ("answer", "hidden", "calls"),
    [
        (1, True, [guard.WDA_EXCLUDEFROMCAPTURE]),
        (1, False, [guard.WDA_NONE]),
        (0, True, [guard.WDA_EXCLUDEFROMCAPTURE, guard.WDA_MONITOR]),
        (0, False, [guard.WDA_NONE]),
    ],
)
def test_windows_leaves_the_window_out_of_pictures(answer: int, hidden: bool, calls: list[int]) -> None:
    user, manager = Called(answer), Called()
    WindowsScreening(user, manager).hide_from_capture(77, hidden)
    assert user.calls == [("affinity", 77, value) for value in calls]


def test_windows_shows_the_icon_in_previews() -> None:
    user, manager = Called(), Called()
    WindowsScreening(user, manager).hide_from_previews(77)
    assert manager.calls == [("attribute", 77, number) for number in (7, 10, 11)]


class Screens:
    """Notes what the window was asked to do."""

    def __init__(self) -> None:
        self.previews = 0
        self.hidden: list[bool] = []

    def hide_from_previews(self, handle: int) -> None:
        assert handle
        self.previews += 1

    def hide_from_capture(self, handle: int, hidden: bool) -> None:
        self.hidden.append(hidden)


def test_the_window_follows_the_setting_and_a_new_handle(qapp: QApplication, qtbot: QtBot) -> None:
    window, cover, screens = QWidget(), Cover(), Screens()
    qtbot.addWidget(window)
    ScreenGuard(window, cover, screens)
    assert screens.previews == 0
    window.show()
    assert screens.previews > 0
    assert set(screens.hidden) == {False}
    cover.set_uncaptured(True)
    assert screens.hidden[-1] is True
    window.hide()
    window.setWindowFlag(window.windowFlags().Dialog)
    window.show()
    assert screens.hidden[-1] is True
    cover.set_uncaptured(False)
    assert screens.hidden[-1] is False


def test_linux_has_no_switch(qapp: QApplication) -> None:
    how = screening("linux")
    assert isinstance(how, NoScreening)
    how.hide_from_previews(1)
    how.hide_from_capture(1, True)


def test_the_choice_for_this_computer_is_off_until_it_is_made(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "settings.json"
    assert preferences(file) == Preferences(uncaptured=False)
    prefer(Preferences(uncaptured=True), file)
    assert preferences(file).uncaptured
    assert file.stat().st_mode & 0o777 == 0o600
    for text in ("", "[]", "{", '{"uncaptured": "yes"}', '{"uncaptured": 1}', "[" * 40_000):
        file.write_text(text, "utf-8")
        assert preferences(file) == Preferences()
