"""Upright bars beside each other, a month each, with the month's letter below."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QStyleOptionViewItem

from peermatch.ui.widgets.charts import Index, Mark, MarkPainter, width_of
from peermatch.ui.widgets.lines import height_of
from peermatch.words import tr

HIGH, WIDEST, FOOT = 124, 22, (12.0, 400)
_WORDS = tr("Mg")


class MonthPainter(MarkPainter):
    """Paints the months from left to right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All are equally wide."""
        width = width_of(self, option.rect.width())
        return QSize(max(1, width // max(1, len(self.marks.marks))), self.high(width))

    def high(self, width: int) -> int:
        """The bars, the figure above the highest, and the letters below."""
        return self.theme.px(HIGH) + 2 * self._foot()

    def _foot(self) -> int:
        return height_of(self.theme.font(*FOOT), _WORDS, self.theme.px(200)) + self.theme.px(2)

    def draw(self, painter: QPainter, rect: QRect, mark: Mark) -> None:
        """The bar, its number above it, its month below."""
        theme, foot = self.theme, self._foot()
        wide = min(theme.px(WIDEST), rect.width() * 3 // 5)
        ground = rect.bottom() - foot
        share = mark.bars[0].share if mark.bars else 0.0
        high = round(theme.px(HIGH) * share) if share else 0
        left = rect.left() + (rect.width() - wide) // 2
        if high:
            painter.fillPath(
                _upright(QRectF(left, ground - high, wide, high)), theme.colour(mark.bars[0].tone)
            )
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.left(), ground, rect.right(), ground)
        painter.setFont(theme.font(*FOOT))
        painter.setPen(theme.colour("ink_2"))
        above = QRect(rect.left(), ground - high - foot, rect.width(), foot)
        painter.drawText(above, Qt.AlignmentFlag.AlignCenter, mark.figures)
        painter.setPen(theme.colour("ink_3"))
        below = QRect(rect.left(), ground + 1, rect.width(), foot)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, mark.label)


def _upright(bar: QRectF) -> QPainterPath:
    """Round above, straight below."""
    path, radius = QPainterPath(), min(4.0, bar.height())
    path.addRoundedRect(bar, radius, radius)
    path.addRect(QRectF(bar.left(), bar.bottom() - radius, bar.width(), radius))
    path.setFillRule(Qt.FillRule.WindingFill)
    return path
