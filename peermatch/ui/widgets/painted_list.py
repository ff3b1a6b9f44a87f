"""A list that places its rows itself: those near what is seen are measured, and a long list costs what a screen costs.

Qt's own list must know the height of every row before it shows the first. Here the rows that nobody has come near yet
are taken to be as high as rows usually are; they are measured before they come into sight, and what is seen stays where
it is meanwhile. Keys, clicks and what a screen reader hears are those of Qt's list.
"""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QSinglePointEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

from peermatch.ui.widgets.row_heights import RowHeights

Index = QModelIndex | QPersistentModelIndex
Action = QAbstractItemView.CursorAction
Hint = QAbstractItemView.ScrollHint
AT_ONCE = 200
"""Lists of so many rows are measured whole, so that their scroll bar is exact from the beginning."""
SAMPLE = 40
"""So many rows at the beginning of a longer one say how high a row usually is."""
NOWHERE = -1
MOVES = frozenset({QEvent.Type.MouseMove, QEvent.Type.HoverEnter, QEvent.Type.HoverMove})
LEAVES = frozenset({QEvent.Type.Leave, QEvent.Type.HoverLeave})


class PaintedList(QListView):
    """Its delegate knows how high a row is (``sizeHint``) and paints it."""

    was_seen = False
    """Whether it has been shown, and so has a width of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heights = RowHeights()
        self._hover = NOWHERE
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def ring_wanted(self) -> bool:
        """Whether the keyboard was used last, so that the focus must be seen."""
        return False

    # Where the rows are.

    def doItemsLayout(self) -> None:
        """Measure anew. A short list stays at its height, a long one at the row that stood above."""
        model: QAbstractItemModel | None = self.model()  # Qt asks before there is one
        count, stood = model.rowCount() if model is not None else 0, self._standing()
        known = range(count if count <= AT_ONCE else SAMPLE)
        measured = {number: self.sizeHintForRow(number) for number in (known if self.was_seen else known[:1])}
        usual = round(sum(measured.values()) / len(measured)) if measured else 0
        self._heights = RowHeights(count, usual)
        if self.was_seen:
            self._heights.measure(measured)
        QAbstractItemView.doItemsLayout(self)
        if count > AT_ONCE:
            self._stand(*stood)

    def updateGeometries(self) -> None:
        """How far one can scroll."""
        bar, high = self.verticalScrollBar(), self.viewport().height()
        bar.setSingleStep(self._heights.of(0))
        bar.setPageStep(high)
        bar.setRange(0, max(0, self._heights.total - high))
        self.horizontalScrollBar().setRange(0, 0)
        QAbstractItemView.updateGeometries(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew where the width is another."""
        QAbstractItemView.resizeEvent(self, event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
        else:
            self._come_near()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Other rows come near."""
        super().scrollContentsBy(dx, dy)
        self._come_near()

    def visualRect(self, index: Index) -> QRect:
        """Where a row stands in what is seen."""
        heights, number = self._placed(), index.row()
        if not (index.isValid() and number < heights.count):
            return QRect()
        top = heights.top(number) - self.verticalScrollBar().value()
        return QRect(0, top, self.viewport().width(), heights.of(number))

    def indexAt(self, place: QPoint) -> QModelIndex:
        """Which row stands there."""
        number = self._placed().at(place.y() + self.verticalScrollBar().value())
        inside = number != NOWHERE and 0 <= place.x() < self.viewport().width()
        return self.model().index(number, 0) if inside else QModelIndex()

    def scrollTo(self, index: Index, hint: Hint = Hint.EnsureVisible) -> None:
        """Bring a row into sight."""
        if not index.isValid():
            return
        self._placed()
        self._come_near(index.row())
        place, area, bar = self.visualRect(index), self.viewport().rect(), self.verticalScrollBar()
        if hint == Hint.EnsureVisible and area.contains(place):
            self.viewport().update(place)
            return
        above = place.top() < area.top()
        if hint == Hint.PositionAtTop or (hint == Hint.EnsureVisible and above):
            bar.setValue(bar.value() + place.top())
        elif hint == Hint.PositionAtCenter:
            bar.setValue(bar.value() + place.top() - int((area.height() - place.height()) / 2))
        else:
            bar.setValue(bar.value() + min(place.top(), place.bottom() - area.height() + 1))

    def _placed(self) -> RowHeights:
        """The heights, measured anew first where something has changed."""
        self.executeDelayedItemsLayout()
        return self._heights

    def _standing(self) -> tuple[int, int]:
        """The row that stands above, and how far it has gone out of sight."""
        value = self.verticalScrollBar().value()
        number = max(0, self._heights.at(value))
        return number, value - self._heights.top(number)

    def _stand(self, number: int, beyond: int) -> None:
        """Have a row stand above again."""
        if number < self._heights.count:
            self._come_near(number)
            self.verticalScrollBar().setValue(self._heights.top(number) + beyond)
        self._come_near()

    def _come_near(self, number: int = NOWHERE) -> None:
        """Measure the rows in sight and a page beside them, or those around a row; what is seen stays where it is."""
        heights, high = self._heights, self.viewport().height()
        if not self.was_seen or not heights.count:
            return
        stood, beyond = self._standing()
        learned = False
        while True:
            top = heights.top(stood) + beyond if number == NOWHERE else heights.top(number)
            near = heights.between(top - high, top + 2 * high)
            new = {each: self.sizeHintForRow(each) for each in near if each not in heights}
            if not new:
                break
            heights.measure(new)
            learned = True
        if learned:
            bar = self.verticalScrollBar()
            bar.setRange(0, max(0, heights.total - high))
            bar.setValue(heights.top(stood) + beyond)
            self.viewport().update()

    # What keys and the mouse do.

    def moveCursor(self, action: Action, keys: Qt.KeyboardModifier) -> QModelIndex:
        """To which row a key leads; a page is as much as fits beside the row that is left."""
        heights, here = self._placed(), self.currentIndex()
        if not heights.count:
            return QModelIndex()
        if not here.isValid():
            return self.model().index(0, 0)
        return self.model().index(self._next(action, here.row(), heights), 0)

    def _next(self, action: Action, here: int, heights: RowHeights) -> int:
        last, high = heights.count - 1, self.viewport().height()
        if action in (Action.MoveUp, Action.MovePrevious):
            return max(0, here - 1)
        if action in (Action.MoveDown, Action.MoveNext):
            return min(last, here + 1)
        if action == Action.MoveHome:
            return 0
        if action == Action.MoveEnd:
            return last
        self._come_near(here)
        if action == Action.MovePageUp:
            above = heights.at(max(0, heights.top(here + 1) - high - 1)) + 1
            return max(0, min(above if heights.top(here + 1) > high else 0, here - 1))
        if action == Action.MovePageDown:
            below = heights.at(min(heights.total - 1, heights.top(here) + high))
            fits = last if heights.top(here) + high >= heights.total else below - 1
            return min(last, max(fits, here + 1))
        return here

    def setSelection(self, area: QRect, how: QItemSelectionModel.SelectionFlag) -> None:
        """Choose the rows from one place to another."""
        heights, value, found = self._placed(), self.verticalScrollBar().value(), QItemSelection()
        ends = sorted(heights.at(each + value) for each in (area.top(), area.bottom()))
        if NOWHERE not in ends:
            first, last = (self.model().index(each, 0) for each in ends)
            found.select(first, last)
        self.selectionModel().select(found, how)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Where chosen rows are seen."""
        area, found = self.viewport().rect(), QRegion()
        for part in range(selection.count()):
            rows = selection.at(part)
            place = self.visualRect(rows.topLeft()).united(self.visualRect(rows.bottomRight()))
            found = found.united(place.intersected(area))
        return found

    # What is seen and heard.

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows that are in sight."""
        heights, value, area = self._placed(), self.verticalScrollBar().value(), event.rect()
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain, current, focused = option.state, self.currentIndex(), self.hasFocus()
        painter = QPainter(self.viewport())
        for number in heights.between(area.top() + value, area.bottom() + value):
            index = self.model().index(number, 0)
            state = plain
            if self.selectionModel().isSelected(index):
                state |= QStyle.StateFlag.State_Selected
            if focused and index == current:
                state |= QStyle.StateFlag.State_HasFocus
            if number == self._hover:
                state |= QStyle.StateFlag.State_MouseOver
            option.state = state
            option.rect = self.visualRect(index)
            self.itemDelegate().paint(painter, option, index)
        painter.end()

    def viewportEvent(self, event: QEvent) -> bool:
        """Over which row the mouse is."""
        if event.type() in MOVES and isinstance(event, QSinglePointEvent):
            self._hover = self.indexAt(event.position().toPoint()).row()
        elif event.type() in LEAVES:
            self._hover = NOWHERE
        return super().viewportEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """A screen reader hears which row is current."""
        QAbstractItemView.currentChanged(self, current, previous)
        if current.isValid() and self.hasFocus():
            self._tell(QAccessible.Event.Focus, current.row())

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """And which is chosen."""
        for rows, what in (
            (selected, QAccessible.Event.SelectionAdd),
            (deselected, QAccessible.Event.SelectionRemove),
        ):
            if not rows.isEmpty():
                self._tell(what, rows.at(0).top())
        QAbstractItemView.selectionChanged(self, selected, deselected)

    def _tell(self, what: QAccessible.Event, number: int) -> None:
        if QAccessible.isActive():
            event = QAccessibleEvent(self, what)
            event.setChild(number)
            QAccessible.updateAccessibility(event)
