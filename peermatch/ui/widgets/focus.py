"""The focus ring: two pixels of yellow with a dark edge around whatever the keyboard would act on."""

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRectF, Slot
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QFocusFrame,
    QLineEdit,
    QPlainTextEdit,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QTextEdit,
    QWidget,
)

from peermatch.ui.tokens import Token

if TYPE_CHECKING:
    from peermatch.ui.theme import Theme

RING_RADIUS = "ringRadius"
NO_RING = "noRing"
GAP = 4
TEXT_FIELDS = (QLineEdit, QAbstractSpinBox, QTextEdit, QPlainTextEdit)


class RingStyle(QProxyStyle):
    """Makes Qt leave room for the whole ring around the control instead of cutting it to its own frame."""

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        """Four pixels on each side: one of air, two of ring, one of edge."""
        if metric in (QStyle.PixelMetric.PM_FocusFrameHMargin, QStyle.PixelMetric.PM_FocusFrameVMargin):
            return GAP
        return super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        result: QStyleHintReturn | None = None,
    ) -> int:
        """No mask, for soft corners; above its neighbours, so that no parent cuts it."""
        if hint == QStyle.StyleHint.SH_FocusFrame_Mask:
            return 0
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        return super().styleHint(hint, option, widget, result)


class RingFrame(QFocusFrame):
    """The painted ring; Qt keeps it around its widget through moving, scrolling and hiding."""

    def __init__(self, theme: "Theme", parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        style = RingStyle("Fusion")
        style.setParent(self)
        self.setStyle(style)
        theme.changed.connect(self.update)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt hides a ring that is out of sight, and leaves it hidden when its control is scrolled into sight."""
        taken = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.Move and self.isHidden():
            self._come_back()
        return taken

    def _come_back(self) -> None:
        widget: QWidget | None = self.widget()
        ground = self.parentWidget()
        if widget is None or ground is None:
            return
        if widget.isVisible() and ground.rect().intersects(self.geometry()):
            self.show()
            self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dark edge outside, yellow inside it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        self._ring(painter, whole.adjusted(0.5, 0.5, -0.5, -0.5), "focus_edge", 1, self._radius() + 3.5)
        self._ring(painter, whole.adjusted(2, 2, -2, -2), "focus", 2, self._radius() + 2)

    def _ring(self, painter: QPainter, rect: QRectF, tone: Token, width: int, radius: float) -> None:
        painter.setPen(QPen(self._theme.colour(tone), width))
        painter.drawRoundedRect(rect, radius, radius)

    def _radius(self) -> float:
        widget = self.widget()
        own = widget.property(RING_RADIUS)
        design = float(own) if own is not None else 8.0
        return min(self._theme.px(design), (self.height() - 2 * GAP) / 2)


class FocusRing(QObject):
    """Puts the ring on what has the focus: always in text fields, elsewhere unless the mouse put it there."""

    def __init__(self, theme: "Theme", app: QApplication) -> None:
        super().__init__(theme)
        self._theme = theme
        self._frame: RingFrame | None = None
        self._watched: QWidget | None = None
        self._by_keys = False
        app.focusChanged.connect(self._moved)

    def frame(self) -> RingFrame | None:
        """The ring that is shown now, if any."""
        alive = self._frame is not None and shiboken6.isValid(self._frame)
        return self._frame if alive else None

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
        frame = self.frame()
        if frame is None:
            frame = self._frame = RingFrame(self._theme, widget.window())
        frame.setWidget(widget)
        frame.update()

    def _hide(self) -> None:
        frame = self.frame()
        if frame is not None:
            frame.setWidget(None)  # type: ignore[arg-type]  # Qt's way to take the ring away


def _typed_in(widget: QWidget) -> bool:
    return isinstance(widget, TEXT_FIELDS) and not widget.property("readOnly")
