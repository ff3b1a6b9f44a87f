"""A list of rows with a name, a chip and quiet lines; painted, so that a thousand rows are quick."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from peermatch.ui.theme import Theme
from peermatch.ui.tokens import Token
from peermatch.ui.widgets.chip import ChipKind, chip_size, paint_chip
from peermatch.ui.widgets.focus import NO_RING
from peermatch.ui.widgets.lines import draw_lines, height_of
from peermatch.words import tr

ROW = Qt.ItemDataRole.UserRole
HEADING = (12, 600)
TICK = 26
"""Room before the words of a row for the box that says whether it is chosen."""
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One row: reference or name, a chip, what it is about, how it stands. ``covered``: F8 hides the name.

    A ``heading`` stands above the row and begins a part of the list, such as a day.
    """

    key: str
    title: str
    summary: str = ""
    state: str = ""
    chip: str = ""
    chip_kind: ChipKind = "mute"
    covered: bool = False
    heading: str = ""


class QueueModel(QAbstractListModel):
    """The rows, in order."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows: tuple[QueueRow, ...] = ()
        self.picks: set[str] | None = None
        """The keys of the rows that are chosen together; None where rows are not chosen so."""

    def set_rows(self, rows: Sequence[QueueRow]) -> None:
        """Show these rows instead."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row for the painter, one spoken line for screen readers."""
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.spoken(row)
        if role == Qt.ItemDataRole.CheckStateRole and self.picks is not None:
            return Qt.CheckState.Checked if row.key in self.picks else Qt.CheckState.Unchecked
        return None

    def shown_title(self, row: QueueRow) -> str:
        """The title, or dots while names are covered."""
        return self._theme.cover.shown(row.title) if row.covered else row.title

    def spoken(self, row: QueueRow) -> str:
        """Everything the row says, in one line."""
        picked = "" if self.picks is None else "chosen" if row.key in self.picks else tr("not chosen")
        parts = (row.heading, picked, self.shown_title(row), row.chip, row.summary, row.state)
        return ", ".join(part for part in parts if part)


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

    def forget(self) -> None:
        """Measure again: the text size has changed."""
        self._heights.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the wrapped words need at the view's width."""
        view = self.parent()
        if isinstance(view, QueueView) and not view.was_seen:
            return QSize(self._theme.px(160), self._theme.px(64))
        width = view.viewport().width() if isinstance(view, QListView) else 280
        row = self._model.rows[index.row()]
        key = (row, width)
        if key not in self._heights:
            self._heights[key] = self._places(row, QRect(0, 0, width, 0)).height
        return QSize(self._theme.px(160), self._heights[key])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, edge, words and chip."""
        row = self._model.rows[index.row()]
        rect = QRect(option.rect)
        state = QStyle.StateFlag(option.state)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, air = self._theme, self._theme.px(4)
        places = self._places(row, rect)
        inside = rect.adjusted(air, places.heading.height() + air, -air, -air)
        self._paint_ground(painter, inside, state)
        self._words(painter, places.heading, row.heading, theme.font(*HEADING), "ink_3")
        self._words(painter, places.title, self._model.shown_title(row), theme.font(14, 700), "ink")
        self._words(painter, places.summary, row.summary, theme.font(12.5), "ink_2")
        self._words(painter, places.state, row.state, theme.font(12), "ink_3")
        if row.chip:
            paint_chip(painter, theme, places.chip, row.chip, row.chip_kind)
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
        if state & QStyle.StateFlag.State_HasFocus and isinstance(view, QueueView) and view.ring_wanted():
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

    def _words(self, painter: QPainter, rect: QRect, text: str, font: QFont, tone: Token) -> None:
        painter.setPen(self._theme.colour(tone))
        draw_lines(painter, rect, text, font)

    def _places(self, row: QueueRow, rect: QRect) -> RowPlaces:
        px = self._theme.px
        left, width = rect.left() + px(16), max(px(60), rect.width() - px(32))
        if self._model.picks is not None:
            left, width = left + px(TICK), width - px(TICK)
        title_font, chip = self._theme.font(14, 700), QSize(0, 0)
        if row.chip:
            chip = chip_size(self._theme, row.chip, width)
        words = QFontMetrics(title_font).horizontalAdvance(row.title) + 2
        beside = words + chip.width() + px(8) <= width
        room = width - (chip.width() + px(8) if beside and row.chip else 0)
        title_high = height_of(title_font, row.title, room)
        heading = QRect(left, rect.top() + px(10), width, 0)
        if row.heading:
            heading.setHeight(height_of(self._theme.font(*HEADING), row.heading, width) + px(10))
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
            high = height_of(self._theme.font(12.5), row.summary, line.width())
            summary = QRect(line.left(), bottom + px(2), line.width(), high)
            bottom = summary.bottom() + 1
        if row.state:
            high = height_of(self._theme.font(12), row.state, line.width())
            state = QRect(line.left(), bottom + px(3), line.width(), high)
            bottom = state.bottom() + 1
        return RowPlaces(title, chip, summary, state, bottom + px(14) - start, QRect())


class QueueView(QListView):
    """The list: ``chosen`` brings the key of the row that became current, ``opened`` that of Enter.

    A double click opens as well. Arrows or J and K walk; after ``set_rows`` the row stays current and the
    list stays where it was. After ``set_several`` a click or the space bar ticks rows: ``picked`` says so.
    """

    chosen = Signal(str)
    opened = Signal(str)
    picked = Signal()

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = QueueModel(theme, self)
        self._painter = QueueDelegate(theme, self._rows, self)
        self._quiet = False
        self._keys_used = False
        self.was_seen = False
        self.setModel(self._rows)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("bare", True)
        self.setProperty(NO_RING, True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.doubleClicked.connect(self._open)
        self.clicked.connect(self._pick)
        theme.changed.connect(self._retheme)
        theme.cover.changed.connect(self.viewport().update)

    def set_rows(self, rows: Sequence[QueueRow], *, current: str = "") -> None:
        """Show these rows; nobody is told that the current one was set again."""
        key, place = current or self.current(), self.verticalScrollBar().value()
        self._quiet = True
        self._rows.set_rows(rows)
        self.set_current(key)
        self._quiet = False
        self.verticalScrollBar().setValue(place)

    def set_several(self, on: bool) -> None:
        """Begin or end to choose rows together; nothing is ticked at the beginning."""
        self._rows.picks = set() if on else None
        self._retheme()

    def picks(self) -> tuple[str, ...]:
        """The keys of the ticked rows that are still there, from above."""
        ticked = self._rows.picks or set()
        return tuple(row.key for row in self._rows.rows if row.key in ticked)

    def rows(self) -> tuple[QueueRow, ...]:
        """What is shown."""
        return self._rows.rows

    def current(self) -> str:
        """The key of the current row, or ""."""
        index = self.currentIndex()
        return self._rows.rows[index.row()].key if index.isValid() else ""

    def set_current(self, key: str) -> None:
        """Make that row current, if it is there."""
        for number, row in enumerate(self._rows.rows):
            if row.key == key:
                self.setCurrentIndex(self._rows.index(number))
                return

    def ring_wanted(self) -> bool:
        """Whether the keyboard was used last, so that the focus must be seen."""
        return self._keys_used and self.hasFocus()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell the screen which row is current."""
        super().currentChanged(current, previous)
        if current.isValid() and not self._quiet:
            self.chosen.emit(self._rows.rows[current.row()].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """J and K walk like the arrows, Enter opens."""
        self._keys_used = True
        step = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self._walk(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Space and self._rows.picks is not None:
            self._pick(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first row becomes current when the keyboard enters an untouched list."""
        self._keys_used = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Rows are measured only now: before, the list has no width of its own, and a thousand rows take a second."""
        super().showEvent(event)
        if not self.was_seen:
            self.was_seen = True
            self.scheduleDelayedItemsLayout()
            self.executeDelayedItemsLayout()
            self.scrollTo(self.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _walk(self, step: int) -> None:
        number = self.currentIndex().row() + step
        if 0 <= number < len(self._rows.rows):
            self.setCurrentIndex(self._rows.index(number))

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._rows.rows[index.row()].key)

    @Slot(QModelIndex)
    def _pick(self, index: QModelIndex) -> None:
        if self._rows.picks is not None and index.isValid():
            self._rows.picks ^= {self._rows.rows[index.row()].key}
            self._rows.dataChanged.emit(index, index)
            self.picked.emit()

    @Slot()
    def _retheme(self) -> None:
        self._painter.forget()
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
