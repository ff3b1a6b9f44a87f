"""What is seen while a letter is dragged over a screen: that it may be let go anywhere."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from peermatch.ui.theme import Theme
from peermatch.words import tr

WORDS = tr("Drop the letter here. It is read on this computer.")


def from_outside(event: QDropEvent) -> bool:
    """Whether it comes from another program: words that are moved within this one are no letter."""
    return event.source() is None


class DropCue(QWidget):
    """Makes its parent take drops: lies over it while something fitting is dragged, then ``dropped`` brings it."""

    dropped = Signal(QMimeData)

    def __init__(self, theme: Theme, parent: QWidget, fits: Callable[[QMimeData], bool]) -> None:
        super().__init__(parent)
        self._theme, self._fits = theme, fits
        parent.setAcceptDrops(True)
        parent.installEventFilter(self)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(WORDS)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Welcome what fits, and hand it on when it is let go."""
        if isinstance(event, QDropEvent) and event.type() in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            return self._over(event)
        if event.type() == QEvent.Type.DragLeave:
            self.hide()
        return False

    def _over(self, event: QDropEvent) -> bool:
        if not from_outside(event) or not self._fits(event.mimeData()):
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self.hide()
            self.dropped.emit(event.mimeData())
        else:
            self._lift()
        return True

    def _lift(self) -> None:
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
