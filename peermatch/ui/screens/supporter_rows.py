"""The rows of the supporters' list: made as they come into sight, so that a hundred thousand cost what a screen costs.

A short list wraps its words, and each row is as high as it must be. In a long one all rows are equally high, and what
has no room ends in dots: the record beside the list says it whole, and so does the row to a screen reader.
"""

from collections.abc import Callable, Sequence
from typing import overload

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyleOptionViewItem, QWidget

from peermatch.model.roll import Roll
from peermatch.ui.theme import Theme
from peermatch.ui.tokens import Token
from peermatch.ui.widgets.queue_list import MadeRows, QueueModel, QueueRow, QueueView
from peermatch.ui.widgets.queue_painter import SUMMARY, TITLE, Look, QueueDelegate, RowPlaces
from peermatch.ui.widgets.queue_rows import place_of

MANY = 400
"""Networks of more people have rows that are all equally high."""
LONGEST_CHIP = "consent withdrawn"
Index = QModelIndex | QPersistentModelIndex


class RollKeys(Sequence[str]):
    """The ids of some lines of the roll."""

    def __init__(self, roll: Roll, numbers: Sequence[int]) -> None:
        self._roll, self._numbers = roll, numbers

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[str, ...]: ...
    def __getitem__(self, place: int | slice) -> str | tuple[str, ...]:
        if isinstance(place, slice):
            return tuple(map(self._roll.id, self._numbers[place]))
        return self._roll.id(self._numbers[place])

    def index(self, id: str, start: int = 0, stop: int | None = None) -> int:
        """Where somebody stands among these."""
        number = self._roll.number(id)
        if number is None:
            raise ValueError(id)
        return self._numbers.index(number, start, len(self) if stop is None else stop)


class RollRows(MadeRows):
    """The rows of some lines of the roll."""

    def __init__(self, roll: Roll, numbers: Sequence[int], make: Callable[[str], QueueRow]) -> None:
        keys = RollKeys(roll, numbers)
        super().__init__(keys, lambda place: make(keys[place]))


class RollModel(QueueModel):
    """In a long list the whole row is told to whoever rests upon it: what is painted may be cut."""

    even = False

    def set_rows(self, rows: Sequence[QueueRow]) -> None:
        """Show these rows instead: others in as many places, all equally high, are only painted."""
        if self.even and len(rows) == len(self.rows):
            self.rows = rows
        else:
            super().set_rows(rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row for the painter, one spoken line for screen readers."""
        told = role == Qt.ItemDataRole.ToolTipRole and self.even
        return super().data(index, Qt.ItemDataRole.DisplayRole if told else role)


class RollDelegate(QueueDelegate):
    """Paints a row; in a long list on two lines, whatever it says."""

    def __init__(self, theme: Theme, rows: RollModel, parent: QObject | None = None) -> None:
        super().__init__(theme, rows, parent)
        self._rows = rows

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its words need, or as high as every row."""
        if not self._rows.even:
            return super().sizeHint(option, index)
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else 280
        return QSize(self._theme.px(160), self._even(QueueRow("", ""), QRect(0, 0, width, 0)).height)

    def _places(self, row: QueueRow, rect: QRect) -> RowPlaces:
        return self._even(row, rect) if self._rows.even else super()._places(row, rect)

    def _even(self, row: QueueRow, rect: QRect) -> RowPlaces:
        """Two lines: the chip stands beside the name, or beside what is below it where a long name needs the room."""
        px = self._theme.px
        left, width = rect.left() + px(16), max(px(60), rect.width() - px(32))
        chip = self._chip(row.chip or LONGEST_CHIP, width)
        taken = chip.width() + px(8) if row.chip else 0
        beside = self._ruler(TITLE).whole(row.title) + taken <= width
        high, below = self._ruler(TITLE).pitch, self._ruler(SUMMARY).pitch
        first, second = max(high, chip.height()), max(below, chip.height())
        top = rect.top() + px(13)
        under = top + first + px(2)
        title = QRect(left, top + (first - high) // 2, width - taken * beside, high)
        summary = QRect(
            left, under + (0 if beside else second - below) // 2, width - taken * (not beside), below
        )
        line, room = (top, first) if beside else (under, second)
        place = QPoint(left + width - chip.width(), line + (room - chip.height()) // 2)
        height = under + second + px(8) - rect.top()
        return RowPlaces(title, QRect(place, chip), summary, QRect(), height, QRect())

    def _words(self, painter: QPainter, rect: QRect, text: str, look: Look, tone: Token) -> None:
        if self._rows.even and text:
            metrics = QFontMetrics(self._theme.font(*look))
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() - 2)
        super()._words(painter, rect, text, look, tone)


class RollView(QueueView):
    """The list over the roll."""

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name=name, parent=parent)
        self._rows = self._roll = RollModel(theme, self)
        self._painter = RollDelegate(theme, self._roll, self)
        self.setModel(self._roll)
        self.setItemDelegate(self._painter)

    def set_even(self, on: bool) -> None:
        """Whether all rows are equally high."""
        if on != self._roll.even:
            self._roll.even = on
            self.scheduleDelayedItemsLayout()

    def set_rows(self, rows: Sequence[QueueRow], *, current: str = "") -> None:
        """Show these rows; nobody is told that the current one was set again."""
        super().set_rows(rows, current=current)
        self.viewport().update()

    def set_current(self, key: str) -> None:
        """Make that row current; no row where it is not there."""
        place = place_of(self._roll.rows, key)
        self.setCurrentIndex(QModelIndex() if place is None else self._roll.index(place))
