"""Keeping the window out of task previews, and out of pictures of the screen if that is wished."""

import ctypes
import sys
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QWidget

from peermatch.ui.cover import Cover

if TYPE_CHECKING:
    from peermatch.ui.locking.macos import Runtime

# https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-setwindowdisplayaffinity
WDA_NONE, WDA_MONITOR, WDA_EXCLUDEFROMCAPTURE = 0x0, 0x1, 0x11
# https://learn.microsoft.com/windows/win32/api/dwmapi/ne-dwmapi-dwmwindowattribute
DWMWA_FORCE_ICONIC_REPRESENTATION, DWMWA_HAS_ICONIC_BITMAP, DWMWA_DISALLOW_PEEK = 7, 10, 11
NS_WINDOW_SHARING_NONE, NS_WINDOW_SHARING_READ_ONLY = 0, 1


class Screening(Protocol):
    """What one system can do for the window with this handle."""

    def hide_from_previews(self, handle: int) -> None:
        """Show the icon instead of the content where windows are listed."""

    def hide_from_capture(self, handle: int, hidden: bool) -> None:
        """Leave the window out of screenshots, recordings and shared screens, or let it in again."""


class NoScreening:
    """Linux: neither X11 nor Wayland lets a window refuse; the compositor alone decides."""

    def hide_from_previews(self, handle: int) -> None:
        """Not possible here."""

    def hide_from_capture(self, handle: int, hidden: bool) -> None:
        """Not possible here."""


class WindowsScreening:
    """By the window manager's attributes for previews, by the display affinity for pictures."""

    def __init__(self, user: Any, manager: Any) -> None:
        self._user, self._manager = user, manager

    def hide_from_previews(self, handle: int) -> None:
        """The icon stands for the window in the task bar and in Alt+Tab, and Peek shows an empty frame."""
        yes = ctypes.c_int32(1)
        for attribute in (
            DWMWA_FORCE_ICONIC_REPRESENTATION,
            DWMWA_HAS_ICONIC_BITMAP,
            DWMWA_DISALLOW_PEEK,
        ):
            self._manager.DwmSetWindowAttribute(
                ctypes.c_void_p(handle), attribute, ctypes.byref(yes), ctypes.sizeof(yes)
            )

    def hide_from_capture(self, handle: int, hidden: bool) -> None:
        """Left out since Windows 10 of 2020; black before that."""
        wanted = WDA_EXCLUDEFROMCAPTURE if hidden else WDA_NONE
        done = self._user.SetWindowDisplayAffinity(ctypes.c_void_p(handle), wanted)
        if hidden and not done:
            self._user.SetWindowDisplayAffinity(ctypes.c_void_p(handle), WDA_MONITOR)


class MacScreening:
    """By the sharing type of the window; the pictures in Mission Control stay, for macOS has no switch for them."""

    def __init__(self, runtime: "Runtime") -> None:
        self._runtime = runtime

    def hide_from_previews(self, handle: int) -> None:
        """Not possible here."""

    def hide_from_capture(self, handle: int, hidden: bool) -> None:
        """``handle`` is the view that Qt draws in; its window has the switch."""
        window = self._runtime.send(handle, "window")
        wanted = NS_WINDOW_SHARING_NONE if hidden else NS_WINDOW_SHARING_READ_ONLY
        self._runtime.send(window, "setSharingType:", last=wanted)


def screening(platform: str = sys.platform) -> Screening:
    """What this computer can do."""
    if sys.platform == "win32" and platform == "win32":
        return WindowsScreening(ctypes.WinDLL("user32"), ctypes.WinDLL("dwmapi"))
    if platform == "darwin":
        from peermatch.ui.locking.macos import Runtime

        return MacScreening(Runtime())
    return NoScreening()


class ScreenGuard(QObject):
    """Applies both to the window, again whenever the system makes it anew, and follows the setting."""

    def __init__(self, window: QWidget, cover: Cover, how: Screening | None = None) -> None:
        super().__init__(window)
        self._window, self._cover = window, cover
        self._how = how or screening()
        window.installEventFilter(self)
        cover.capture_changed.connect(self._apply)
        self._apply()

    @Slot()
    def stop(self) -> None:
        """The window is closed: nothing of it is looked at any more."""
        self._window.removeEventFilter(self)
        self._cover.capture_changed.disconnect(self._apply)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A window that was made anew has none of it."""
        if watched is self._window and event.type() == QEvent.Type.WinIdChange:
            self._apply()
        return False

    @Slot()
    def _apply(self) -> None:
        if self._window.internalWinId():
            handle = int(self._window.winId())
            self._how.hide_from_previews(handle)
            self._how.hide_from_capture(handle, self._cover.uncaptured)
