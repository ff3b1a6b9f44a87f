"""Paints the rows of a list as the design shows them, and knows how high each is without laying it out."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from peermatch.ui.theme import Theme
from peermatch.ui.tokens import Token
from peermatch.ui.widgets.chip import chip_size, paint_chip
from peermatch.ui.widgets.lines import Ruler
from peermatch.ui.widgets.painted_list import PaintedList
from peermatch.ui.widgets.queue_rows import QueueModel, QueueRow

Look = tuple[float, int]
HEADING, TITLE, SUMMARY, STATE = (12, 600), (14, 700), (12.5, 400), (12, 400)
"""Size and weight of the parts of a row."""
MOST_HEIGHTS = 4_000
"""So many heights are kept: whoever drags a pane asks for those of every width."""
TICK = 26
"""Room before the words of a row for the box that says whether it is chosen."""
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class RowPlaces:
    """Where the parts of a row stand, and how high it is."""

    title: QRect
    chip: QRect
    summary: QRect
    state: QRect
    height: int
    heading: QRect


class QueueDelegate(QStyledItemDelegate):
    """Paints a row as the design shows it."""

    def __init__(self, theme: Theme, model: QueueModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model
        self._heights: dict[tuple[QueueRow, int], int] = {}
        self._chips: dict[tuple[str, int], QSize] = {}
        self._rulers: dict[tuple[float, int], Ruler] = {}

    def forget(self) -> None:
        """Measure again: the text size has changed."""
        for known in (self._heights, self._chips, self._rulers):
            known.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the wrapped words need at the view's width."""
        view = self.parent()
        if isinstance(view, PaintedList) and not view.was_seen:
            return QSize(self._theme.px(160), self._theme.px(64))
        width = view.viewport().width() if isinstance(view, QListView) else 280
        row = self._model.rows[index.row()]
        key = (row, width)
        if key not in self._heights:
            if len(self._heights) >= MOST_HEIGHTS:
                self._heights.clear()
            self._heights[key] = self._places(row, QRect(0, 0, width, 0)).height
        return QSize(self._theme.px(160), self._heights[key])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, edge, words and chip."""
        row = self._model.rows[index.row()]
        rect = QRect(option.rect)
        state = QStyle.StateFlag(option.state)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        air = self._theme.px(4)
        places = self._places(row, rect)
        inside = rect.adjusted(air, places.heading.height() + air, -air, -air)
        self._paint_ground(painter, inside, state)
        self._words(painter, places.heading, row.heading, HEADING, "ink_3")
        self._words(painter, places.title, self._model.shown_title(row), TITLE, "ink")
        self._words(painter, places.summary, row.summary, SUMMARY, "ink_2")
        self._words(painter, places.state, row.state, STATE, "ink_3")
        if row.chip:
            paint_chip(painter, self._theme, places.chip, row.chip, row.chip_kind)
        if self._model.picks is not None:
            self._paint_tick(painter, places.title, on=row.key in self._model.picks)
        painter.restore()

    def _paint_tick(self, painter: QPainter, title: QRect, *, on: bool) -> None:
        side, theme = self._theme.px(18), self._theme
        top = title.top() + (title.height() - side) // 2
        box = QRect(title.left() - theme.px(TICK), top, side, side)
        painter.setPen(QPen(theme.colour("brand" if on else "line_strong"), 1))
        painter.setBrush(theme.colour("brand" if on else "surface"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(4), theme.px(4))
        if on:
            inset = (side - theme.px(14)) // 2
            tick = theme.pixmap("check", "on_brand", 14, painter.device().devicePixelRatio())
            painter.drawPixmap(box.left() + inset, box.top() + inset, tick)

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        theme = self._theme
        frame = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = theme.px(10)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(theme.colour("brand"), 1))
            painter.setBrush(theme.colour("surface"))
            painter.drawRoundedRect(frame, radius, radius)
            self._paint_edge(painter, frame, radius)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.setBrush(theme.colour("surface"))
            painter.drawRoundedRect(frame, radius, radius)
        view = self.parent()
        if state & QStyle.StateFlag.State_HasFocus and isinstance(view, PaintedList) and view.ring_wanted():
            self._ring(painter, frame, radius)

    def _paint_edge(self, painter: QPainter, frame: QRectF, radius: int) -> None:
        path = QPainterPath()
        path.addRoundedRect(frame, radius, radius)
        painter.save()
        painter.setClipPath(path)
        edge = QRectF(frame.left(), frame.top(), self._theme.px(4), frame.height())
        painter.fillRect(edge, self._theme.colour("brand"))
        painter.restore()

    def _ring(self, painter: QPainter, frame: QRectF, radius: int) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.colour("focus_edge"), 1))
        painter.drawRoundedRect(frame.adjusted(-3.5, -3.5, 3.5, 3.5), radius + 3, radius + 3)
        painter.setPen(QPen(self._theme.colour("focus"), 2))
        painter.drawRoundedRect(frame.adjusted(-2, -2, 2, 2), radius + 2, radius + 2)

    def _words(self, painter: QPainter, rect: QRect, text: str, look: Look, tone: Token) -> None:
        if text:
            painter.setPen(self._theme.colour(tone))
            self._ruler(look).draw(painter, rect, text)

    def _ruler(self, look: Look) -> Ruler:
        if look not in self._rulers:
            self._rulers[look] = Ruler(self._theme.font(*look))
        return self._rulers[look]

    def _chip(self, text: str, width: int) -> QSize:
        key = (text, width)
        if key not in self._chips:
            self._chips[key] = chip_size(self._theme, text, width)
        return self._chips[key]

    def _places(self, row: QueueRow, rect: QRect) -> RowPlaces:
        px = self._theme.px
        left, width = rect.left() + px(16), max(px(60), rect.width() - px(32))
        if self._model.picks is not None:
            left, width = left + px(TICK), width - px(TICK)
        chip = self._chip(row.chip, width) if row.chip else QSize(0, 0)
        words = self._ruler(TITLE).whole(row.title)
        beside = words + chip.width() + px(8) <= width
        room = width - (chip.width() + px(8) if beside and row.chip else 0)
        title_high = self._ruler(TITLE).height_of(row.title, room)
        heading = QRect(left, rect.top() + px(10), width, 0)
        if row.heading:
            heading.setHeight(self._ruler(HEADING).height_of(row.heading, width) + px(10))
        top = rect.top() + heading.height() + px(13)
        if beside:
            first = max(title_high, chip.height())
            title = QRect(left, top + (first - title_high) // 2, room, title_high)
            chip_top = top + (first - chip.height()) // 2
            chip_rect = QRect(QPoint(left + width - chip.width(), chip_top), chip)
        else:
            title = QRect(left, top, width, title_high)
            chip_rect = QRect(QPoint(left, top + title_high + px(4)), chip)
            first = title_high + px(4) + chip.height()
        below = self._below(row, title, chip_rect, QRect(left, top + first, width, 0), rect.top())
        return replace(below, heading=heading)

    def _below(self, row: QueueRow, title: QRect, chip: QRect, line: QRect, start: int) -> RowPlaces:
        px = self._theme.px
        bottom = line.top()
        summary = state = QRect(line.left(), bottom, line.width(), 0)
        if row.summary:
            high = self._ruler(SUMMARY).height_of(row.summary, line.width())
            summary = QRect(line.left(), bottom + px(2), line.width(), high)
            bottom = summary.bottom() + 1
        if row.state:
            high = self._ruler(STATE).height_of(row.state, line.width())
            state = QRect(line.left(), bottom + px(3), line.width(), high)
            bottom = state.bottom() + 1
        return RowPlaces(title, chip, summary, state, bottom + px(14) - start, QRect())
