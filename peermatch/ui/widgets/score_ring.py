"""The ring that shows a score between 0 and 100; the reasons always stand beside it."""

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QWidget

from peermatch.ui.theme import Theme
from peermatch.words import tr

SIDE = 44
STROKE = 5


class ScoreRing(QLabel):
    """``ScoreRing(theme, 94)``; a screen reader hears "score 94 of 100"."""

    def __init__(self, theme: Theme, score: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._score = 0
        self.set_score(score)
        theme.changed.connect(self._retheme)
        self._retheme()

    @property
    def score(self) -> int:
        """What it shows."""
        return self._score

    def set_score(self, score: int) -> None:
        """Show another score; anything beyond 0..100 is shown as the nearest end."""
        self._score = max(0, min(100, score))
        self.setText(tr("score {score} of 100").format(score=self._score))
        self.update()

    def sizeHint(self) -> QSize:
        """A square that grows with the text."""
        return QSize(self._theme.px(SIDE), self._theme.px(SIDE))

    def minimumSizeHint(self) -> QSize:
        """Always whole."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The grey circle, the part that is reached, and the number."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        stroke = self._theme.px(STROKE)
        circle = QRectF(self.rect()).adjusted(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2)
        painter.setPen(QPen(self._theme.colour("line"), stroke))
        painter.drawEllipse(circle)
        reached = QPen(self._theme.colour("brand"), stroke, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        painter.setPen(reached)
        painter.drawArc(circle, 90 * 16, -round(self._score / 100 * 360 * 16))
        painter.setPen(self._theme.colour("ink"))
        painter.setFont(self._theme.font(13, 700))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._score))

    @Slot()
    def _retheme(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()
