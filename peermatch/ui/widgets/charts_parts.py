"""The parts of a whole on one band, each with its words and its number below, beside a sample of its colour."""

from PySide6.QtCore import QRect, QRectF, QSize, Slot
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QStyleOptionViewItem, QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.charts import ChartView, Index, Mark, MarkPainter, width_of
from peermatch.ui.widgets.lines import draw_lines, height_of

BAND, SAMPLE, AIR = 16, 12, 4
WORDS = (12.5, 400)


class PartBand(QWidget):
    """The band alone, for the eye; the list below says the same in words."""

    def __init__(self, theme: Theme, chart: ChartView) -> None:
        super().__init__()
        self._theme, self._chart = theme, chart
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._retheme)
        self._retheme()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Part after part, with a line between two."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        path = QPainterPath()
        path.addRoundedRect(whole, whole.height() / 2, whole.height() / 2)
        painter.setClipPath(path)
        painter.fillRect(whole, self._theme.colour("raised"))
        left = whole.left()
        for mark in self._chart.marks():
            for bar in mark.bars:
                part = QRectF(left, whole.top(), whole.width() * bar.share, whole.height())
                painter.fillRect(part, self._theme.colour(bar.tone))
                painter.fillRect(
                    QRectF(part.right() - 1, part.top(), 1, part.height()), self._theme.colour("surface")
                )
                left = part.right()
        painter.setPen(QPen(self._theme.colour("line_strong"), 1))
        painter.drawPath(path)

    @Slot()
    def _retheme(self) -> None:
        self.setFixedHeight(self._theme.px(BAND))
        self.update()


class PartPainter(MarkPainter):
    """Paints what each part of the band is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A line each."""
        return QSize(1, self._high(self.marks.marks[index.row()], width_of(self, option.rect.width())))

    def high(self, width: int) -> int:
        """All lines."""
        return sum(self._high(each, width) for each in self.marks.marks)

    def _high(self, mark: Mark, width: int) -> int:
        room = width - self._indent()
        return max(
            self.theme.px(24),
            height_of(self.theme.font(*WORDS), self._said(mark), room) + 2 * self.theme.px(AIR),
        )

    def _indent(self) -> int:
        return self.theme.px(SAMPLE) + self.theme.px(12)

    @staticmethod
    def _said(mark: Mark) -> str:
        return f"{mark.label}: {mark.figures}"

    def draw(self, painter: QPainter, rect: QRect, mark: Mark) -> None:
        """The colour, the words, the number."""
        theme, side = self.theme, self.theme.px(SAMPLE)
        font = theme.font(*WORDS)
        room = rect.width() - self._indent()
        high = height_of(font, self._said(mark), room)
        top = rect.top() + (rect.height() - high) // 2
        if mark.bars:
            sample = QRectF(rect.left() + theme.px(4), rect.top() + (rect.height() - side) / 2, side, side)
            painter.setPen(QPen(theme.colour("line_strong"), 1))
            painter.setBrush(theme.colour(mark.bars[0].tone))
            painter.drawRoundedRect(sample, 3, 3)
        painter.setPen(theme.colour("ink_2"))
        draw_lines(painter, QRect(rect.left() + self._indent(), top, room, high), self._said(mark), font)
