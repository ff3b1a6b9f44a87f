"""A list of rows with a name, a chip and quiet lines; painted, so that a thousand rows are quick."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.focus import NO_RING
from peermatch.ui.widgets.painted_list import AT_ONCE, PaintedList
from peermatch.ui.widgets.queue_painter import QueueDelegate
from peermatch.ui.widgets.queue_rows import MadeRows, QueueModel, QueueRow, keys_of, place_of

__all__ = ["MadeRows", "QueueModel", "QueueRow", "QueueView"]

Index = QModelIndex | QPersistentModelIndex


class QueueView(PaintedList):
    """The list: ``chosen`` brings the key of the row that became current, ``opened`` that of Enter.

    A double click opens as well. Arrows or J and K walk; after ``set_rows`` the row stays current and the
    list stays where it was. After ``set_several`` a click or the space bar ticks rows: ``picked`` says so.
    ``scrolled``: other rows may be in sight than before.
    """

    chosen = Signal(str)
    opened = Signal(str)
    picked = Signal()
    scrolled = Signal()

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = QueueModel(theme, self)
        self._painter = QueueDelegate(theme, self._rows, self)
        self._quiet = False
        self._keys_used = False
        self.setModel(self._rows)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("bare", True)
        self.setProperty(NO_RING, True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.doubleClicked.connect(self._open)
        self.clicked.connect(self._pick)
        self.verticalScrollBar().valueChanged.connect(self.scrolled)
        theme.changed.connect(self._retheme)
        theme.cover.changed.connect(self.viewport().update)

    def set_rows(self, rows: Sequence[QueueRow], *, current: str = "") -> None:
        """Show these rows; nobody is told that the current one was set again."""
        key, place, stood = current or self.current(), self.verticalScrollBar().value(), self._standing()
        self._quiet = True
        self._rows.set_rows(rows)
        self.scheduleDelayedItemsLayout()
        self.set_current(key)
        self._quiet = False
        if len(rows) <= AT_ONCE:
            self.verticalScrollBar().setValue(place)
        else:
            self.executeDelayedItemsLayout()
            self._stand(*stood)
        if self.hasFocus():
            self._begin()
        if self.was_seen:
            self.scrolled.emit()

    def _begin(self) -> None:
        """The keyboard is here: without a current row there would be no ring, and nothing to read out."""
        if self._rows.rows and not self.currentIndex().isValid():
            self._quiet = True
            self.setCurrentIndex(self._rows.index(0))
            self._quiet = False

    def set_several(self, on: bool) -> None:
        """Begin or end to choose rows together; nothing is ticked at the beginning."""
        self._rows.picks = set() if on else None
        self._retheme()

    def picks(self) -> tuple[str, ...]:
        """The keys of the ticked rows that are still there, from above."""
        ticked = self._rows.picks
        return tuple(key for key in keys_of(self._rows.rows) if key in ticked) if ticked else ()

    def rows(self) -> Sequence[QueueRow]:
        """What is shown."""
        return self._rows.rows

    def current(self) -> str:
        """The key of the current row, or ""."""
        index = self.currentIndex()
        return self._rows.rows[index.row()].key if index.isValid() else ""

    def set_current(self, key: str) -> None:
        """Make that row current, if it is there."""
        place = place_of(self._rows.rows, key)
        if place is not None:
            self.setCurrentIndex(self._rows.index(place))

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
            self.scrolled.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The current row stays in sight where words wrap anew, or something below takes room such as the undo bar."""
        current = self.currentIndex()
        seen = self.was_seen and self.visualRect(current).intersects(QRect(QPoint(), event.oldSize()))
        super().resizeEvent(event)
        if seen:
            self.executeDelayedItemsLayout()
            self.scrollTo(current)

    def in_sight(self) -> tuple[str, ...]:
        """The keys of the rows that somebody sees now, from above."""
        if not self.was_seen or not self.isVisible():
            return ()
        view, found = self.viewport().rect(), []
        first = self.indexAt(QPoint(view.width() // 2, 0)).row()
        for number in range(max(0, first), len(self._rows.rows)):
            if not self.visualRect(self._rows.index(number)).intersects(view):
                break
            found.append(self._rows.rows[number].key)
        return tuple(found)

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
