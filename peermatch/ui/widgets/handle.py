"""The line between a list and its record: dragged, or moved by the arrow keys, it makes the list wider or narrower."""

from typing import ClassVar

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.focus import RING_RADIUS
from peermatch.words import tr

ACROSS = 9
GRIP = (4, 34)
"""Width and height of the mark in its middle by which one takes hold of it."""
STEP = 16
HOW = tr("Left and right arrow move it. Home gives the usual width back, as a double click does.")


class Handle(QWidget):
    """``part`` is what it makes wider; ``moved`` says by how many pixels to the right, ``reset`` asks for the usual."""

    moved = Signal(int)
    reset = Signal()
    told_as: ClassVar[QAccessible.Role] = QAccessible.Role.Grip

    def __init__(self, theme: Theme, *, part: str) -> None:
        super().__init__()
        self._theme = theme
        self._held_at: float | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setProperty(RING_RADIUS, 4)
        self.setAccessibleName(tr("Width: {part}").format(part=part))
        self.setAccessibleDescription(HOW)
        self.setToolTip(HOW)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Wide enough to be taken hold of."""
        return QSize(self._theme.px(ACROSS), self._theme.px(GRIP[1]))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A short mark in the middle; a line from top to bottom while somebody is about to move it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        near = self.underMouse() or self._held_at is not None
        painter.setBrush(self._theme.colour("brand" if near else "line_strong"))
        middle, wide, high = self.width() / 2, self._theme.px(GRIP[0]), self._theme.px(GRIP[1])
        if near:
            painter.drawRect(QRectF(middle - 1, 0, 2, self.height()))
        painter.drawRoundedRect(
            QRectF(middle - wide / 2, (self.height() - high) / 2, wide, high), wide / 2, wide / 2
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows move it a little, Home puts it back."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self.moved.emit(step * self._theme.px(STEP))
        elif event.key() == Qt.Key.Key_Home:
            self.reset.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Somebody takes hold of it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._held_at = event.position().x()
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It goes with the mouse."""
        if self._held_at is not None and (by := round(event.position().x() - self._held_at)):
            self.moved.emit(by)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It stays there."""
        self._held_at = None
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The usual width."""
        self.reset.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        """It shows that it can be moved."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse has gone elsewhere."""
        super().leaveEvent(event)
        self.update()
