"""The cells of a calm table: what stands in them, how a model hands them out, and how each is painted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from peermatch.ui.theme import Theme
from peermatch.ui.tokens import Token
from peermatch.ui.widgets.chip import ChipKind, chip_size, paint_chip
from peermatch.ui.widgets.lines import draw_lines, height_of
from peermatch.words import tr

CellKind = Literal["text", "strong", "small", "yes", "no", "chip", "button"]
Index = QModelIndex | QPersistentModelIndex
SIDE = 14
TO_DO = tr("What can be done")
ABOVE = 11

# kind -> text size, weight, colour
FACES: dict[str, tuple[float, int, Token]] = {
    "text": (14, 400, "ink"),
    "strong": (14, 700, "ink"),
    "small": (12.5, 400, "ink_2"),
    "yes": (14, 700, "good"),
    "no": (14, 400, "ink_3"),
    "button": (13, 500, "brand"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place: words with quieter ones below, a chip, or a button (``pressed`` tells)."""

    text: str = ""
    sub: str = ""
    kind: CellKind = "text"
    chip: ChipKind = "mute"


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its title and its share of the width."""

    title: str
    share: int = 1


class TableModel(QAbstractTableModel):
    """The cells, row by row."""

    def __init__(self, headings: Sequence[Heading], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.headings = tuple(headings)
        self.rows: tuple[tuple[Cell, ...], ...] = ()

    def set_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Show these rows instead."""
        self.beginResetModel()
        self.rows = tuple(tuple(row) for row in rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # as above
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of the cell; screen readers hear its heading and its row as well."""
        cell = self.cell(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (cell.text, cell.sub) if part)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            row = self.rows[index.row()][0].text
            return f"{self.headings[index.column()].title}, {row}".strip(", ")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """The titles of the columns; screen readers hear what can be done in one without, and whose row it is."""
        across = orientation == Qt.Orientation.Horizontal
        if across and role == Qt.ItemDataRole.DisplayRole:
            return self.headings[section].title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return (self.headings[section].title or TO_DO) if across else self.rows[section][0].text
        return None

    def cell(self, index: Index) -> Cell:
        """What stands there."""
        return self.rows[index.row()][index.column()]


class CellPainter(QStyledItemDelegate):
    """Paints the cells and measures how high a row must be."""

    def __init__(
        self, theme: Theme, model: TableModel, ring_wanted: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._ring_wanted = ring_wanted
        self._theme = theme
        self._model = model
        self.side: float = SIDE
        self._known: dict[tuple[Cell, int, float], tuple[QSize, QSize]] = {}

    def forget(self) -> None:
        """Measure again: the words or their size have changed."""
        self._known.clear()

    def height(self, cell: Cell, width: int) -> int:
        """The height of a cell in a column of that width."""
        return sum(size.height() for size in self._sizes(cell, width)) + 2 * self._theme.px(ABOVE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell, its line below and the ring when the keyboard is on it."""
        rect = QRect(option.rect)
        state = QStyle.StateFlag(option.state)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = self._model.cell(index)
        self._paint_cell(painter, cell, rect)
        if index.row() < self._model.rowCount() - 1:
            painter.setPen(QPen(self._theme.colour("line"), 1))
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if state & QStyle.StateFlag.State_HasFocus and self._ring_wanted():
            self._paint_ring(painter, rect)
        painter.restore()

    def _paint_cell(self, painter: QPainter, cell: Cell, rect: QRect) -> None:
        side = self._theme.px(self.side)
        room = rect.adjusted(side, 0, -side, 0)
        main, sub = self._sizes(cell, rect.width())
        top = room.top() + (room.height() - main.height() - sub.height()) // 2
        first = QRect(room.left(), top, room.width(), main.height())
        if cell.kind == "chip":
            pill = QRect(first.topLeft(), main)
            paint_chip(painter, self._theme, pill, cell.text, cell.chip)
        else:
            self._paint_words(painter, cell, first)
        if cell.sub:
            painter.setPen(self._theme.colour("ink_3"))
            below = QRect(room.left(), top + main.height(), room.width(), sub.height())
            draw_lines(painter, below, cell.sub, self._theme.font(12))

    def _paint_words(self, painter: QPainter, cell: Cell, rect: QRect) -> None:
        size, weight, tone = FACES[cell.kind]
        painter.setPen(self._theme.colour(tone))
        if cell.kind == "yes":
            side = self._theme.px(14)
            tick = self._theme.pixmap("check", "good", 14, self._ratio())
            painter.drawPixmap(rect.left(), rect.center().y() - side // 2 + self._theme.px(1.5), tick)
            rect = rect.adjusted(side + self._theme.px(4), 0, 0, 0)
        draw_lines(painter, rect, cell.text, self._theme.font(size, weight))

    def _paint_ring(self, painter: QPainter, rect: QRect) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inside = rect.adjusted(3, 3, -4, -4)
        painter.setPen(QPen(self._theme.colour("focus_edge"), 1))
        painter.drawRoundedRect(inside.adjusted(-2, -2, 2, 2), 8, 8)
        painter.setPen(QPen(self._theme.colour("focus"), 2))
        painter.drawRoundedRect(inside, 7, 7)

    def _ratio(self) -> float:
        view = self.parent()
        return view.devicePixelRatio() if isinstance(view, QWidget) else 1.0

    def _sizes(self, cell: Cell, width: int) -> tuple[QSize, QSize]:
        """How large its words are; many cells say the same, and a table gets its width in several steps."""
        key = cell, width, self.side
        if key not in self._known:
            self._known[key] = self._measured(cell, max(20, width - 2 * self._theme.px(self.side)))
        return self._known[key]

    def _measured(self, cell: Cell, room: int) -> tuple[QSize, QSize]:
        sub = QSize(0, 0)
        if cell.sub:
            sub = QSize(room, height_of(self._theme.font(12), cell.sub, room))
        if cell.kind == "chip":
            return chip_size(self._theme, cell.text, room), sub
        size, weight, _ = FACES[cell.kind]
        less = self._theme.px(18) if cell.kind == "yes" else 0
        return QSize(room, height_of(self._theme.font(size, weight), cell.text, room - less)), sub
