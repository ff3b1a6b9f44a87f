"""Lines with two bars each: what is asked for, and who can help; where there is little room the bars go below."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Slot
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyleOptionViewItem, QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.charts import ChartView, Index, Mark, MarkPainter, width_of
from peermatch.ui.widgets.lines import draw_lines, height_of, whole_line

LABEL, FIGURES, HEAD = (14.0, 400), (12.5, 400), (12.0, 600)
GAP, AIR, BAR, LEAST_BAR = 12, 8, 12, 60
INSET = 6
"""So far words stand from the edge of their line, where the ring around it is."""


@dataclass(frozen=True, slots=True)
class Columns:
    """From where to where the parts of a line go; ``below``: the bars have a line of their own."""

    label: int
    bars: tuple[tuple[int, int], ...]
    figures: int
    room: int
    below: bool


def columns_of(theme: Theme, marks: Sequence[Mark], width: int) -> Columns:
    """How a width is shared out between the insets; everything is counted from the first one."""
    width = max(1, width - 2 * theme.px(INSET))
    gap = theme.px(GAP)
    label = max((whole_line(theme.font(*LABEL), each.label) for each in marks), default=0)
    figures = max((whole_line(theme.font(*FIGURES), each.figures) for each in marks), default=0)
    label = min(label, width * 36 // 100)
    count = max((len(each.bars) for each in marks), default=1) or 1
    room = (width - label - figures - (count + 1) * gap) // count
    below = room < theme.px(LEAST_BAR)
    start = 0 if below else label + gap
    if below:
        label = width
        room = (width - (count - 1) * gap) // count
    bars = tuple((start + number * (room + gap), room) for number in range(count))
    return Columns(label, bars, 0 if below else start + count * (room + gap), figures, below)


class RowPainter(MarkPainter):
    """Paints the lines one below the other; how a width is shared out is measured once for all of them."""

    _shared: tuple[tuple[tuple[Mark, ...], int, float], Columns] | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the wrapped label needs."""
        columns = self._columns(width_of(self, option.rect.width()))
        return QSize(1, self._high(self.marks.marks[index.row()], columns))

    def high(self, width: int) -> int:
        """All lines."""
        columns = self._columns(width)
        return sum(self._high(each, columns) for each in self.marks.marks)

    def _columns(self, width: int) -> Columns:
        asked = self.marks.marks, width, self.theme.factor
        if self._shared is None or self._shared[0] != asked:
            self._shared = asked, columns_of(self.theme, self.marks.marks, width)
        return self._shared[1]

    def _high(self, mark: Mark, columns: Columns) -> int:
        px, theme = self.theme.px, self.theme
        label = height_of(theme.font(*LABEL), mark.label, columns.label)
        if columns.below:
            figures = height_of(theme.font(*FIGURES), mark.figures, columns.label)
            return label + figures + px(BAR) + px(4) + 2 * px(AIR)
        return max(label, px(24 - 2 * AIR)) + 2 * px(AIR)

    def draw(self, painter: QPainter, rect: QRect, mark: Mark) -> None:
        """Label, bars, figures."""
        theme, px = self.theme, self.theme.px
        columns = self._columns(rect.width())
        rect = rect.adjusted(px(INSET), 0, -px(INSET), 0)
        label = QRect(rect.left(), rect.top() + px(AIR), columns.label, rect.height())
        painter.setPen(theme.colour("ink"))
        draw_lines(painter, label, mark.label, theme.font(*LABEL))
        high = height_of(theme.font(*LABEL), mark.label, columns.label)
        words = height_of(
            theme.font(*FIGURES), mark.figures, max(1, columns.label if columns.below else columns.room)
        )
        painter.setPen(theme.colour("ink_2"))
        if columns.below:
            top = label.top() + high
            figures = QRect(rect.left(), top, columns.label, words)
            bar_top = top + words + px(4)
        else:
            middle = rect.top() + rect.height() // 2
            figures = QRect(rect.left() + columns.figures, middle - words // 2, columns.room, words)
            bar_top = middle - px(BAR) // 2
        draw_lines(painter, figures, mark.figures, theme.font(*FIGURES))
        for (left, wide), bar in zip(columns.bars, mark.bars, strict=False):
            self.bar(painter, QRect(rect.left() + left, bar_top, wide, px(BAR)), bar)


class RowHead(QWidget):
    """The titles above the bars, where the bars are."""

    def __init__(self, theme: Theme, chart: ChartView, titles: Sequence[str]) -> None:
        super().__init__()
        self._theme, self._chart, self._titles = theme, chart, tuple(titles)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._retheme)
        self._retheme()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Small words, as above any column."""
        painter, columns = QPainter(self), self._columns()
        painter.setPen(self._theme.colour("ink_3"))
        for (left, wide), title in zip(columns.bars, self._titles, strict=False):
            draw_lines(
                painter, QRect(self._theme.px(INSET) + left, 0, wide, self.height()), title, self._font()
            )

    def fit(self) -> None:
        """As high as the titles need at this width."""
        columns = self._columns()
        font = self._font()
        heights = [
            height_of(font, title, wide) for (_, wide), title in zip(columns.bars, self._titles, strict=False)
        ]
        self.setFixedHeight(max(heights, default=1))
        self.update()

    def resizeEvent(self, event: object) -> None:
        """Another width."""
        self.fit()

    def _font(self) -> QFont:
        font = self._theme.font(*HEAD)
        font.setCapitalization(QFont.Capitalization.AllUppercase)
        return font

    def _columns(self) -> Columns:
        return columns_of(self._theme, self._chart.marks(), self.width())

    @Slot()
    def _retheme(self) -> None:
        self.fit()
