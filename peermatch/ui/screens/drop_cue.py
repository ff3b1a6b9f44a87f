"""What is seen while a letter is dragged over a screen: that it may be let go anywhere."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from peermatch.ui.theme import Theme

WORDS = "Drop the letter here. It is read on this computer."


class DropCue(QWidget):
    """Lies over its parent, lets the mouse through, and is hidden until ``lift``."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(WORDS)
        self.hide()

    def lift(self) -> None:
        """Show it over everything."""
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A veil, a dashed edge, and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(self._theme.colour("brand_soft"))
        veil.setAlpha(235)
        painter.fillRect(self.rect(), veil)
        edge = QPen(self._theme.colour("brand"), self._theme.px(2), Qt.PenStyle.DashLine)
        painter.setPen(edge)
        air = self._theme.px(16)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(air, air, -air, -air), air, air)
        painter.setPen(self._theme.colour("brand"))
        painter.setFont(self._theme.font(18, 700))
        middle = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        painter.drawText(self.rect().adjusted(air, air, -air, -air), middle, WORDS)
