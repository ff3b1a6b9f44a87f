"""What is copied from the window: marked as a secret, and cleared after half a minute, at lock and at the end."""

import shutil
import sys
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QMimeData, QObject, QProcess, Slot
from PySide6.QtGui import QClipboard, QGuiApplication

from peermatch.ui.pasteboard import conceal, nothing_to_add
from peermatch.ui.soon import soon

KEPT_MS = 30_000
WINDOWS_FORMAT = 'application/x-qt-windows-mime;value="{}"'
# Windows' history and cloud, and every clipboard program that asks before it keeps something:
# https://learn.microsoft.com/windows/win32/dataxchg/clipboard-formats#cloud-clipboard-and-clipboard-history-formats
FOR_WINDOWS = {
    "ExcludeClipboardContentFromMonitorProcessing": b"1",
    "CanIncludeInClipboardHistory": bytes(4),
    "CanUploadToCloudClipboard": bytes(4),
}
FOR_LINUX = {"x-kde-passwordManagerHint": b"secret"}
OURS = "application/x-peermatch"
ALONE = ("offscreen", "minimal")
"""Screens whose clipboard no other program can reach, and that do not tell whose it is."""
MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


def concealing(platform: str = sys.platform) -> Callable[[], None]:
    """What is left to do once something was copied: on macOS the mark is put on the pasteboard itself."""
    if platform != "darwin":
        return nothing_to_add
    from peermatch.ui.locking.macos import Runtime

    return partial(conceal, Runtime())


def marks(platform: str = sys.platform) -> dict[str, bytes]:
    """The formats by which a system is told that this is nobody's business, and one by which we know our own."""
    if platform == "win32":
        found = {WINDOWS_FORMAT.format(name): value for name, value in FOR_WINDOWS.items()}
    else:
        found = {} if platform == "darwin" else FOR_LINUX  # macOS is told by `conceal`
    return {**found, OURS: b"1"}


class ClipboardKeeper(QObject):
    """Follows the clipboard of the whole program, so that no button and no Ctrl+C is forgotten.

    Only what this program put there is marked and cleared: what somebody else copied since stays.
    """

    def __init__(
        self,
        clipboard: QClipboard | None = None,
        *,
        kept_ms: int = KEPT_MS,
        parent: QObject | None = None,
        conceal: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._conceal = conceal or concealing()
        self._clipboard = clipboard or QGuiApplication.clipboard()
        self._rests: Callable[[], bool] = bool
        self._timer = soon(self, self.clear, kept_ms)
        self._clipboard.dataChanged.connect(self._changed)

    @property
    def waiting(self) -> bool:
        """Whether something of ours is there and will be cleared."""
        return self._timer.isActive()

    def rest_while(self, nothing_secret: Callable[[], bool]) -> None:
        """While nothing secret can be copied, such as on the page of a fault, what is copied stays."""
        self._rests = nothing_secret

    @Slot()
    def clear(self) -> None:
        """Take away what is still ours, from the clipboard and from the selection of the mouse."""
        self._timer.stop()
        for mode in MODES:
            if self._is_ours(mode):
                self._clipboard.clear(mode)
                _clear_wayland(mode)

    @Slot()
    def _changed(self) -> None:
        """Something was copied, here or elsewhere."""
        self._timer.stop()
        if self._rests() or not self._we_copied():
            return
        held = _held(self._clipboard)
        if held is None or not held.formats():
            return
        if held.hasFormat(OURS):
            self._timer.start()
        else:
            self._clipboard.setMimeData(marked(held))
            self._conceal()

    def _we_copied(self) -> bool:
        return self._clipboard.ownsClipboard() or QGuiApplication.platformName() in ALONE

    def _is_ours(self, mode: QClipboard.Mode) -> bool:
        if mode is QClipboard.Mode.Selection:
            return self._clipboard.supportsSelection() and self._clipboard.ownsSelection()
        held = _held(self._clipboard)
        return held is not None and held.hasFormat(OURS)


def marked(held: QMimeData) -> QMimeData:
    """The same, with the marks of a secret."""
    made = QMimeData()
    for name in held.formats():
        made.setData(name, held.data(name))
    for name, value in marks().items():
        made.setData(name, value)
    return made


def _held(clipboard: QClipboard) -> QMimeData | None:
    """What is there; an empty clipboard holds nothing at all, whatever the stub of Qt says."""
    return clipboard.mimeData()


def _clear_wayland(mode: QClipboard.Mode) -> None:
    """On Wayland a window without the focus may not clear the clipboard; a small program of the system may."""
    tool = shutil.which("wl-copy") if QGuiApplication.platformName() == "wayland" else None
    if tool is not None:
        only = ["--primary"] if mode is QClipboard.Mode.Selection else []
        QProcess.startDetached(tool, ["--clear", *only])
