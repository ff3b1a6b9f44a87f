"""Whether the network that is shown may be changed; where it may not, what would change it cannot be pressed."""

from weakref import WeakSet

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from peermatch.words import tr

VIEWED = tr("This is a backup that is only looked at. Open the network itself to change anything.")
DAMAGED = tr("This network is damaged, so nothing more is written to it. Go back to the newest backup.")


class ReadOnly(QObject):
    """Screens name once what writes; while there is a ``reason`` it stays disabled, whoever would enable it.

    The reason is the tooltip, and what a screen reader adds. The store refuses every step as well.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._reason = ""
        self._writers: WeakSet[QWidget] = WeakSet()
        self._menders: WeakSet[QWidget] = WeakSet()

    @property
    def reason(self) -> str:
        """Why nothing can be changed; empty where it can."""
        return self._reason

    def set_reason(self, reason: str) -> None:
        """Another network, or one that must not be written to any more."""
        self._reason = reason
        if reason:
            for each in list(self._writers):
                self._hold(each)

    def bar(self, *writers: QWidget, mends: bool = False) -> None:
        """These change the network; what ``mends`` puts damage right, so it stays where the network is damaged."""
        self._writers.update(writers)
        if mends:
            self._menders.update(writers)
        if self._reason:
            for each in writers:
                self._hold(each)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whoever enables one of them, or says something else of it, is put right at once."""
        if isinstance(watched, QWidget) and event.type() in (
            QEvent.Type.EnabledChange,
            QEvent.Type.ToolTipChange,
        ):
            self._put(watched)
        return super().eventFilter(watched, event)

    def _hold(self, writer: QWidget) -> None:
        if isValid(writer):
            writer.installEventFilter(self)
            self._put(writer)

    def _put(self, writer: QWidget) -> None:
        if not self._reason or (self._reason == DAMAGED and writer in self._menders):
            return
        if writer.isEnabled():
            writer.setEnabled(False)
        if writer.toolTip() != self._reason:
            writer.setToolTip(self._reason)
        if writer.accessibleDescription() != self._reason:
            writer.setAccessibleDescription(self._reason)
