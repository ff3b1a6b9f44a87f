"""The painted focus ring, loaded when the keyboard first is somewhere."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFocusFrame, QProxyStyle, QStyle, QStyleHintReturn, QStyleOption, QWidget

from peermatch.ui.tokens import Token
from peermatch.ui.widgets.focus import RING_RADIUS

if TYPE_CHECKING:
    from peermatch.ui.theme import Theme

GAP = 4


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
        whole = QRectF(self._in_sight())
        self._ring(painter, whole.adjusted(0.5, 0.5, -0.5, -0.5), "focus_edge", 1, self._radius() + 3.5)
        self._ring(painter, whole.adjusted(2, 2, -2, -2), "focus", 2, self._radius() + 2)

    def _in_sight(self) -> QRect:
        """Beside the edge of what is shown it comes closer, so that no side is cut; what scrolls goes up and down."""
        ground = self.parentWidget()
        if ground is None:
            return self.rect()
        left, right = max(0, -self.x()), max(0, self.geometry().right() + 1 - ground.width())
        return self.rect().adjusted(left, 0, -right, 0)

    def _ring(self, painter: QPainter, rect: QRectF, tone: Token, width: int, radius: float) -> None:
        painter.setPen(QPen(self._theme.colour(tone), width))
        painter.drawRoundedRect(rect, radius, radius)

    def _radius(self) -> float:
        widget = self.widget()
        own = widget.property(RING_RADIUS)
        design = float(own) if own is not None else 8.0
        return min(self._theme.px(design), (self.height() - 2 * GAP) / 2)
