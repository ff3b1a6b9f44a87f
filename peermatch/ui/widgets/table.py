"""A calm table: header, rows of words, chips and buttons; walked by arrow keys and read cell by cell."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QTableView,
    QWidget,
)

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.chip import SIDE as CHIP_SIDE
from peermatch.ui.widgets.chip import TEXT_SIZE, WEIGHT
from peermatch.ui.widgets.focus import NO_RING
from peermatch.ui.widgets.lines import draw_lines, height_of, longest_word, whole_line
from peermatch.ui.widgets.table_cells import ABOVE, FACES, SIDE, Cell, CellPainter, Heading, TableModel

__all__ = ["Cell", "GridTable", "Heading"]

Measure = Callable[[QFont, str], int]
Wish = tuple[int, int]
"""How wide the words of a column are when each stands alone, and when each cell stands on one line."""
TIGHT_SIDE = 6
TWO_LINES = 0.64


class TableHeader(QHeaderView):
    """The titles of the columns in small capitals, on as many lines as they need."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.side: float = SIDE
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)

    def font_of_titles(self) -> QFont:
        """The look of a section label."""
        font = self._theme.font(12, 600)
        font.setCapitalization(QFont.Capitalization.AllUppercase)
        return font

    def high(self) -> int:
        """The height of the highest title."""
        rooms = (self.sectionSize(number) - 2 * self._theme.px(self.side) for number in range(self.count()))
        heights = (
            height_of(self.font_of_titles(), self._title(n), max(20, room)) for n, room in enumerate(rooms)
        )
        return max(heights, default=0) + 2 * self._theme.px(ABOVE)

    def paintSection(self, painter: QPainter, rect: QRect, number: int) -> None:
        """One title and the line below."""
        painter.save()
        painter.setPen(self._theme.colour("ink_3"))
        side, font, title = self._theme.px(self.side), self.font_of_titles(), self._title(number)
        room = rect.adjusted(side, 0, -side, 0)
        spare = room.height() - height_of(font, title, room.width())
        draw_lines(painter, room.adjusted(0, spare // 2, 0, 0), title, font)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def _title(self, number: int) -> str:
        return str(self.model().headerData(number, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole))


class GridTable(QTableView):
    """``GridTable(theme, [Heading("Lived experience", 3), ...], name="Consent")``; it is as high as its rows.

    Arrow keys walk through the cells, Tab goes past; Enter, Space or a click on a button cell gives
    ``pressed(row, column)``.
    """

    pressed = Signal(int, int)

    def __init__(
        self, theme: Theme, headings: Sequence[Heading], *, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cells = TableModel(headings, self)
        self._drawn = CellPainter(theme, self._cells, self.ring_wanted, self)
        self._header = TableHeader(theme, self)
        self._keys_used = False
        self._wishes: tuple[Wish, ...] | None = None
        self._fitted = -1
        self.setModel(self._cells)
        self.setItemDelegate(self._drawn)
        self.setHorizontalHeader(self._header)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self._header.setMinimumSectionSize(1)
        self.setAccessibleName(name)
        self.setProperty("bare", True)
        self.setProperty(NO_RING, True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        theme.changed.connect(self._retheme)

    def set_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Show these rows; the current cell stays where it was."""
        at = self.currentIndex()
        if self._fitted >= 0 and self._cells.rows == tuple(tuple(row) for row in rows):
            return
        self._cells.set_rows(rows)
        self._forget()
        if at.isValid() and at.row() < len(rows):
            self.setCurrentIndex(self._cells.index(at.row(), at.column()))
        self._fit()

    def cell(self, row: int, column: int) -> Cell:
        """What stands in that place."""
        return self._cells.rows[row][column]

    def ring_wanted(self) -> bool:
        """Whether the keyboard was used last, so that the focus must be seen."""
        return self._keys_used and self.hasFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space press a button cell."""
        self._keys_used = True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._press(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """So does a click."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._press(self.indexAt(event.position().toPoint()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over buttons."""
        super().mouseMoveEvent(event)
        over = self.indexAt(event.position().toPoint())
        button = over.isValid() and self._cells.cell(over).kind == "button"
        self.setCursor(Qt.CursorShape.PointingHandCursor if button else Qt.CursorShape.ArrowCursor)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first cell becomes current when the keyboard enters."""
        self._keys_used = event.reason() != Qt.FocusReason.MouseFocusReason
        if self._keys_used and not self.currentIndex().isValid() and self._cells.rows:
            self.setCurrentIndex(self._cells.index(0, 0))
        super().focusInEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew and let the rows be as high as their words; of another height nothing follows."""
        super().resizeEvent(event)
        if self.viewport().width() != self._fitted:
            self._fit()

    def sizeHint(self) -> QSize:
        """As high as all rows."""
        return QSize(self._least_width(), self.maximumHeight())

    def minimumSizeHint(self) -> QSize:
        """Wide enough that no word is cut."""
        return QSize(self._least_width(), 0)

    def _press(self, index: QModelIndex) -> None:
        if index.isValid() and self._cells.cell(index).kind == "button" and self._cells.cell(index).text:
            self.pressed.emit(index.row(), index.column())

    def _least_width(self) -> int:
        return sum(least + 2 * self._theme.px(TIGHT_SIDE) for least, _ in self._wished())

    def _wished(self) -> tuple[Wish, ...]:
        """What each column wishes without its sides, measured once for these rows and this size of text."""
        if self._wishes is None:
            self._wishes = tuple(self._wish(column) for column in range(self._cells.columnCount()))
        return self._wishes

    def _wish(self, column: int) -> Wish:
        font, title = self._header.font_of_titles(), self._cells.headings[column].title
        narrow = longest_word(font, title.upper())
        wide = max(narrow, int(whole_line(font, title) * TWO_LINES))
        cells = {row[column] for row in self._cells.rows}  # many say the same
        least = (self._width_of(cell, longest_word) for cell in cells)
        whole = (self._width_of(cell, whole_line) for cell in cells)
        return max((narrow, *least)), max((wide, *whole))

    def _width_of(self, cell: Cell, measure: Measure) -> int:
        if cell.kind == "chip":
            return measure(self._theme.font(TEXT_SIZE, WEIGHT), cell.text) + 2 * self._theme.px(CHIP_SIDE) + 2
        size, weight, _ = FACES[cell.kind]
        tick = self._theme.px(20) if cell.kind == "yes" else 0
        main = measure(self._theme.font(size, weight), cell.text) + tick
        return max(main, measure(self._theme.font(12), cell.sub))

    def _share_out(self, room: int) -> list[int]:
        """Each column gets its narrowest width and an equal part of the rest, until it has what it wishes.

        Those that lack least come first, so that what one leaves goes to the longer ones.
        """
        wishes = self._wished()
        columns = range(len(wishes))
        loose = sum(least + 2 * self._theme.px(SIDE) for least, _ in wishes)
        side = SIDE if loose <= room else TIGHT_SIDE
        self._drawn.side = self._header.side = side
        widths = [least + 2 * self._theme.px(side) for least, _ in wishes]
        lack = [whole - least for least, whole in wishes]
        spare = max(0, room - sum(widths))
        for done, column in enumerate(sorted(columns, key=lack.__getitem__)):
            given = min(spare // (len(wishes) - done), lack[column])
            widths[column] += given
            spare -= given
        shares = [heading.share for heading in self._cells.headings]
        for column in columns:
            widths[column] += spare * shares[column] // max(1, sum(shares))
        widths[-1] += max(0, room - sum(widths))
        return widths

    def _forget(self) -> None:
        self._wishes = None
        self._drawn.forget()

    def _fit(self) -> None:
        self._fitted = self.viewport().width()
        widths = self._share_out(self._fitted)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        high = self._header.high()
        self._header.setFixedHeight(high)
        high += self._room_for_bar(sum(widths) > self._fitted)
        for number, row in enumerate(self._cells.rows):
            tallest = max(
                self._drawn.height(cell, self.columnWidth(column)) for column, cell in enumerate(row)
            )
            self.setRowHeight(number, tallest)
            high += tallest
        self.setFixedHeight(high)

    def _room_for_bar(self, sideways: bool) -> int:
        """Of very large text in a small window the columns may be wider than what is seen: they go sideways."""
        never, when = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setHorizontalScrollBarPolicy(when if sideways else never)
        return self.horizontalScrollBar().sizeHint().height() if sideways else 0

    @Slot()
    def _retheme(self) -> None:
        self._forget()
        self._fit()
        self.updateGeometry()
        self.viewport().update()
