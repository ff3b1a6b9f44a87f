"""The focus ring: two pixels of yellow with a dark edge around whatever the keyboard would act on."""

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from peermatch.ui.theme import Theme
    from peermatch.ui.widgets.ring import RingFrame

RING_RADIUS = "ringRadius"
NO_RING = "noRing"
TEXT_FIELDS = ("QLineEdit", "QAbstractSpinBox", "QTextEdit", "QPlainTextEdit")
"""By name, as Qt knows them: the first page does without most of these classes."""


class FocusRing(QObject):
    """Puts the ring on what has the focus: always in text fields, elsewhere unless the mouse put it there."""

    def __init__(self, theme: "Theme", app: QApplication) -> None:
        super().__init__(theme)
        self._theme = theme
        self._frame: RingFrame | None = None
        self._watched: QWidget | None = None
        self._by_keys = self._rests = False
        app.focusChanged.connect(self._moved)

    def frame(self) -> "RingFrame | None":
        """The ring that is shown now, if any."""
        alive = self._frame is not None and shiboken6.isValid(self._frame)
        return self._frame if alive else None

    def rest(self) -> None:
        """Show no ring yet: the first page is painted before what paints the ring is loaded."""
        self._rests = True

    def begin(self) -> None:
        """Show it from now on, and where the keyboard is already."""
        self._rests, now = False, self._watched
        if now is not None and shiboken6.isValid(now) and (self._by_keys or _typed_in(now)):
            self._show_on(now)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The first key pressed after a click brings the ring back."""
        if event.type() == QEvent.Type.KeyPress and isinstance(watched, QWidget):
            self._by_keys = True
            self._show_on(watched)
        return False

    @Slot(QWidget, QWidget)
    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = new
        if new is None or new.property(NO_RING):
            self._hide()
            return
        new.installEventFilter(self)
        if old is not None or QGuiApplication.mouseButtons().value:
            self._by_keys = not QGuiApplication.mouseButtons().value
        if self._by_keys or _typed_in(new):
            self._show_on(new)
        else:
            self._hide()

    def _show_on(self, widget: QWidget) -> None:
        if self._rests:
            return
        frame = self.frame()
        if frame is None:
            from peermatch.ui.widgets.ring import RingFrame

            frame = self._frame = RingFrame(self._theme, widget.window())
        frame.setWidget(widget)
        frame.update()

    def _hide(self) -> None:
        frame = self.frame()
        if frame is not None:
            frame.setWidget(None)  # type: ignore[arg-type]  # Qt's way to take the ring away


def _typed_in(widget: QWidget) -> bool:
    return any(map(widget.inherits, TEXT_FIELDS)) and not widget.property("readOnly")
