"""The keyboard is always somewhere: what is barred or goes away while it has the keyboard hands it on nearby."""

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QWidget

from peermatch.ui.soon import soon
from peermatch.ui.widgets.tab_order import stop_within

SHOWN_MS = 20
LEFT = "left"
"""The property of a part that goes away because somebody has gone on to another: the keyboard is where they want it."""


class FocusKeeper(QObject):
    """Qt lets the keyboard go when a group is barred, such as the buttons of a step while it is being kept.

    Where a part is hidden it hands the keyboard to whatever Tab would have come to, which may be the navigation.
    Whoever works without a mouse would then have to begin anew at the top. Once the group can be used again, its first
    control has the keyboard; where the group went away, that which stands nearest.
    """

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._app = app
        self._around: list[QWidget] = []
        self._barred: QWidget | None = None
        self._given: QWidget | None = None
        self._shown = soon(self, self._give_back, SHOWN_MS)
        app.focusChanged.connect(self._moved)

    @property
    def waiting(self) -> bool:
        """Whether the keyboard is still to be handed on."""
        return bool(self._around)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The group that was barred can be used again, or has gone."""
        if event.type() in (QEvent.Type.EnabledChange, QEvent.Type.Hide):
            self._soon()
        return False

    @Slot(QWidget, QWidget)
    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
        self._forget()
        lost = old is not None and shiboken6.isValid(old) and (new is None or not old.isVisible())
        left = new is not None and old is not None and bool(old.property(LEFT))
        if lost and not left and old is not None and self._app.activeWindow() is not None:
            self._lost(old, new)

    def _lost(self, old: QWidget, given: QWidget | None) -> None:
        self._around, self._given = [old, *_above(old)], given
        self._barred = next((each for each in reversed(self._around) if not each.isEnabled()), None)
        if self._barred is None:
            self._soon()
        else:
            self._barred.installEventFilter(self)

    def _soon(self) -> None:
        """After what is happening now: buttons may be made anew, and Qt shows them a moment later."""
        self._shown.start()

    @Slot()
    def _give_back(self) -> None:
        now, around = self._app.focusWidget(), self._around
        if now is self._given and self._app.activeWindow() is not None:
            _hand_on(now, around)
        self._forget()

    def _forget(self) -> None:
        if self._barred is not None and shiboken6.isValid(self._barred):
            self._barred.removeEventFilter(self)
        self._barred = self._given = None
        self._around = []


def _hand_on(now: QWidget | None, around: list[QWidget]) -> None:
    """To the nearest part that has something to press, unless what has the keyboard is within it."""
    for each in around:
        if not shiboken6.isValid(each) or not each.isVisible():
            continue
        if now is not None and each.isAncestorOf(now):
            return
        if (stop := stop_within(each)) is not None:
            stop.setFocus(Qt.FocusReason.OtherFocusReason)
            return


def _above(part: QWidget) -> list[QWidget]:
    found, above = [], part.parentWidget()
    while above is not None:
        found.append(above)
        above = above.parentWidget()
    return found
