"""Charts for people: painted marks that arrow keys walk through, each of which a screen reader says in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from peermatch.ui.theme import Theme
from peermatch.ui.tokens import Token
from peermatch.ui.widgets.focus import NO_RING
from peermatch.words import tr

Index = QModelIndex | QPersistentModelIndex
KEYS = tr("Arrow keys walk through it. The same numbers stand in the table.")


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: how long it is between 0 and 1, of which so much is full; the rest is drawn in outline."""

    share: float
    full: float
    tone: Token


@dataclass(frozen=True, slots=True)
class Mark:
    """One place of a chart: its label, the figures beside it, all of it in words, and its bars."""

    label: str
    figures: str
    words: str
    bars: tuple[Bar, ...] = ()


class MarkModel(QAbstractListModel):
    """The marks, in order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.marks: tuple[Mark, ...] = ()

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.marks = tuple(marks)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        """How many there are."""
        return 0 if parent.isValid() else len(self.marks)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What it says, for the ear and where somebody points at it."""
        said = (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        )
        return self.marks[index.row()].words if role in said else None


class MarkPainter(QStyledItemDelegate):
    """What the painters of all charts share: the marks, the ring around the current one, and bars."""

    radius = 6.0

    def __init__(self, theme: Theme, marks: MarkModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme, self.marks = theme, marks

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One mark, and the ring where the keyboard is."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, state = QRect(option.rect), QStyle.StateFlag(option.state)
        self.draw(painter, rect, self.marks.marks[index.row()])
        view = self.parent()
        if state & QStyle.StateFlag.State_HasFocus and isinstance(view, ChartView) and view.ring_wanted():
            self._ring(painter, QRectF(rect))
        painter.restore()

    def draw(self, painter: QPainter, rect: QRect, mark: Mark) -> None:
        """Paint a mark within a rectangle."""

    def high(self, width: int) -> int:
        """How high the whole chart is at a width."""
        return 0

    def bar(self, painter: QPainter, track: QRect, bar: Bar) -> None:
        """A bar on its track: solid as far as it is full, in outline beyond."""
        whole = QRectF(track)
        radius = min(whole.height() / 2, self.theme.px(self.radius))
        painter.setPen(QPen(self.theme.colour("line"), 1))
        painter.setBrush(self.theme.colour("raised"))
        painter.drawRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        for share, solid in ((bar.share, False), (bar.full, True)):
            if share > 0 and (solid or bar.share > bar.full):
                length = max(whole.height(), whole.width() * min(1.0, share))
                shape = QRectF(whole.left(), whole.top(), length, whole.height())
                painter.setPen(Qt.PenStyle.NoPen if solid else QPen(self.theme.colour(bar.tone), 1.5))
                painter.setBrush(self.theme.colour(bar.tone if solid else "surface"))
                edge = 0.0 if solid else 0.75
                painter.drawRoundedRect(shape.adjusted(edge, edge, -edge, -edge), radius, radius)

    def _ring(self, painter: QPainter, rect: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = self.theme.px(6)
        painter.setPen(QPen(self.theme.colour("focus_edge"), 1))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.setPen(QPen(self.theme.colour("focus"), 2))
        painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), radius, radius)


class ChartView(QListView):
    """A chart as a list of marks: as high as it must be, without scroll bars; Tab goes past."""

    def __init__(self, theme: Theme, painter: type[MarkPainter], *, name: str, beside: bool = False) -> None:
        super().__init__()
        self._marks = MarkModel(self)
        self._painter = painter(theme, self._marks, self)
        self._keys_used = False
        self.setModel(self._marks)
        self.setItemDelegate(self._painter)
        self.setFlow(QListView.Flow.LeftToRight if beside else QListView.Flow.TopToBottom)
        self.setAccessibleName(name)
        self.setAccessibleDescription(KEYS)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("bare", True)
        self.setProperty(NO_RING, True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        theme.changed.connect(self._retheme)

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Show these marks; the current one stays where it was."""
        at = self.currentIndex().row()
        self._marks.set_marks(marks)
        if 0 <= at < len(marks):
            self.setCurrentIndex(self._marks.index(at))
        self._fit()

    def marks(self) -> tuple[Mark, ...]:
        """What is shown."""
        return self._marks.marks

    def ring_wanted(self) -> bool:
        """Whether the keyboard was used last, so that the focus must be seen."""
        return self._keys_used and self.hasFocus()

    def sizeHint(self) -> QSize:
        """As high as all of it."""
        return QSize(self.minimumWidth(), self.maximumHeight())

    def minimumSizeHint(self) -> QSize:
        """It may be narrow; then it is higher."""
        return QSize(0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys of both ways walk, whichever way the marks stand."""
        self._keys_used = True
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        wanted = self.currentIndex().row() + step
        self.setCurrentIndex(self._marks.index(max(0, min(wanted, len(self._marks.marks) - 1))))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first mark becomes current when the keyboard enters."""
        self._keys_used = event.reason() != Qt.FocusReason.MouseFocusReason
        if not self.currentIndex().isValid() and self._marks.marks:
            self.setCurrentIndex(self._marks.index(0))
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes with the keyboard."""
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(max(1, self._painter.high(self.viewport().width())))
        self.scheduleDelayedItemsLayout()

    @Slot()
    def _retheme(self) -> None:
        self._fit()
        self.viewport().update()


def width_of(painter: QObject, fallback: int) -> int:
    """The width that a painter's chart has just now."""
    view = painter.parent()
    return view.viewport().width() if isinstance(view, ChartView) else fallback
