"""Things beside each other that go on in the next line when the room ends, like words in a paragraph."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Slot
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from peermatch.ui.theme import Theme


class FlowLayout(QLayout):
    """A wrapping layout; its height follows from its width, so it works inside columns and scroll areas."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8, line_gap: int | None = None) -> None:
        if parent is None:
            super().__init__()
        else:
            super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gaps = (gap, gap if line_gap is None else line_gap)
        self._heights: dict[int, int] = {}
        """How high it is at a width: the layouts around it ask a hundred times before anything changes."""
        self._hints: list[QSize] = []
        self.setContentsMargins(0, 0, 0, 0)

    def invalidate(self) -> None:
        """Something in it has changed what it needs."""
        self._heights.clear()
        self._hints.clear()
        super().invalidate()

    def set_gaps(self, gap: int, line_gap: int) -> None:
        """The room between neighbours and between lines, in pixels."""
        self._gaps = (gap, line_gap)
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        """Called by Qt for each widget that is added."""
        self._items.append(item)

    def widgets(self) -> list[QWidget]:
        """What is laid out, in order."""
        return [widget for item in self._items if (widget := item.widget()) is not None]

    def count(self) -> int:
        """How many things are laid out."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem:
        """The thing at that place; Qt asks one past the end and expects nothing back."""
        return self._items[index] if 0 <= index < len(self._items) else None  # type: ignore[return-value]  # Qt's own contract is "or null"

    def takeAt(self, index: int) -> QLayoutItem:
        """Let go of the thing at that place."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None  # type: ignore[return-value]  # as above

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Yes: narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high all lines are together at that width."""
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), place=False)
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:
        """Put everything into its place."""
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:
        """All in one line, if there were room."""
        return QSize(self._both_hints()[0])

    def minimumSize(self) -> QSize:
        """Room for the widest single thing."""
        return QSize(self._both_hints()[1])

    def _both_hints(self) -> list[QSize]:
        if not self._hints:
            self._hints = [self._wish(), self._least()]
        return self._hints

    def _wish(self) -> QSize:
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in shown) + self._gaps[0] * max(0, len(shown) - 1)
        return self._with_margins(QSize(width, max((size.height() for size in shown), default=0)))

    def _least(self) -> QSize:
        sizes = [item.minimumSize() for item in self._items if not item.isEmpty()]
        return self._with_margins(
            QSize(
                max((size.width() for size in sizes), default=0),
                max((size.height() for size in sizes), default=0),
            )
        )

    def _with_margins(self, size: QSize) -> QSize:
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        margins = self.contentsMargins()
        room = rect.marginsRemoved(margins)
        top = room.top()
        for line in self._lines(room.width()):
            height = max(size.height() for _, size in line)
            if place:
                self._place_line(line, QRect(room.left(), top, room.width(), height))
            top += height + self._gaps[1]
        bottom = top - self._gaps[1] if top > room.top() else top
        return bottom - rect.top() + margins.bottom()

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        used = 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = _fitted(item, width)
            if lines and used + self._gaps[0] + size.width() <= width:
                lines[-1].append((item, size))
                used += self._gaps[0] + size.width()
            else:
                lines.append([(item, size)])
                used = size.width()
        return lines

    def _place_line(self, line: list[tuple[QLayoutItem, QSize]], room: QRect) -> None:
        left = room.left()
        parent = self.parentWidget()
        mirrored = parent is not None and parent.isRightToLeft()
        for item, size in line:
            spot = QRect(QPoint(left, room.top() + (room.height() - size.height()) // 2), size)
            if mirrored:
                spot.moveRight(room.right() - (left - room.left()))
            item.setGeometry(spot)
            left += size.width() + self._gaps[0]


def _fitted(item: QLayoutItem, width: int) -> QSize:
    wished = item.sizeHint()
    across = max(item.minimumSize().width(), min(wished.width(), width))
    down = item.heightForWidth(across) if item.hasHeightForWidth() else wished.height()
    return QSize(across, max(down, item.minimumSize().height()))


class Flow(QWidget):
    """A widget of wrapping children: ``set_widgets([...])`` shows them, ``add(widget)`` adds one."""

    def __init__(
        self,
        theme: Theme,
        widgets: Sequence[QWidget] = (),
        *,
        gap: float = 7,
        line_gap: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._design_gaps = (gap, gap if line_gap is None else line_gap)
        self._flow = FlowLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._retheme)
        self._retheme()
        self.set_widgets(widgets)

    def add(self, widget: QWidget) -> None:
        """One more at the end."""
        self._flow.addWidget(widget)

    def widgets(self) -> list[QWidget]:
        """What is shown, in order."""
        return self._flow.widgets()

    def set_widgets(self, widgets: Sequence[QWidget]) -> None:
        """Show these instead; those that are not among them are let go."""
        kept = set(widgets)
        for widget in self.widgets():
            self._flow.removeWidget(widget)
            if widget not in kept:
                widget.hide()
                widget.deleteLater()
        for widget in widgets:
            self._flow.addWidget(widget)
        self.updateGeometry()

    @Slot()
    def _retheme(self) -> None:
        across, down = self._design_gaps
        self._flow.set_gaps(self._theme.px(across), self._theme.px(down))


GROWS = QSizePolicy.PolicyFlag.GrowFlag.value


class Spread(QWidget):
    """Two things at the two ends of a line; where there is no room, the second goes below the first."""

    def __init__(
        self, theme: Theme, first: QWidget, second: QWidget, *, gap: float = 10, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._line = SpreadLayout(theme, self, (first, second), gap)
        theme.changed.connect(self._retheme)

    @Slot()
    def _retheme(self) -> None:
        self._line.invalidate()
        self.updateGeometry()


class SpreadLayout(FlowLayout):
    """The line of a ``Spread``; what it found out holds until one of the two changes what it needs."""

    def __init__(self, theme: Theme, line: QWidget, parts: tuple[QWidget, QWidget], gap: float) -> None:
        self._known: dict[int, tuple[QRect, QRect]] = {}  # Qt asks for it while the line is being made
        super().__init__(line)
        self._theme = theme
        self._parts = parts
        self._gap = gap
        for part in parts:
            self.addWidget(part)

    def invalidate(self) -> None:
        """One of them has changed what it needs."""
        self._known.clear()
        super().invalidate()

    def heightForWidth(self, width: int) -> int:
        """How high both are at that width."""
        first, second = self._places(width)
        return max(first.bottom(), second.bottom()) + 1

    def setGeometry(self, rect: QRect) -> None:
        """Put both into their places."""
        QLayout.setGeometry(self, rect)
        for part, place in zip(self._parts, self._places(rect.width()), strict=True):
            part.setGeometry(place.translated(rect.topLeft()))

    def _wish(self) -> QSize:
        first, second = (part.sizeHint() for part in self._parts)
        gap = self._theme.px(self._gap)
        return QSize(first.width() + gap + second.width(), max(first.height(), second.height()))

    def _least(self) -> QSize:
        first, second = (part.minimumSizeHint() for part in self._parts)
        return QSize(max(first.width(), second.width()), max(first.height(), second.height()))

    def _places(self, width: int) -> tuple[QRect, QRect]:
        if width not in self._known:
            self._known[width] = self._placed(width)
        return self._known[width]

    def _placed(self, width: int) -> tuple[QRect, QRect]:
        first, second = self._parts
        gap = self._theme.px(self._gap)
        wide = min(second.sizeHint().width(), width)
        room = width - gap - wide
        if room >= min(first.sizeHint().width(), max(width // 2, first.minimumSizeHint().width())):
            return self._beside(room, wide, width)
        fixed = not first.sizePolicy().horizontalPolicy().value & GROWS
        across = min(width, first.sizeHint().width()) if fixed else width
        above = QRect(0, 0, across, _height_at(first, across))
        return above, QRect(0, above.height() + self._theme.px(8), wide, _height_at(second, wide))

    def _beside(self, room: int, wide: int, width: int) -> tuple[QRect, QRect]:
        first, second = self._parts
        across = min(room, max(first.sizeHint().width(), first.minimumSizeHint().width()))
        highs = (_height_at(first, room), _height_at(second, wide))
        tall = max(highs)
        return (
            QRect(0, (tall - highs[0]) // 2, room if first.hasHeightForWidth() else across, highs[0]),
            QRect(width - wide, (tall - highs[1]) // 2, wide, highs[1]),
        )


def _height_at(widget: QWidget, width: int) -> int:
    if widget.hasHeightForWidth():
        return widget.heightForWidth(width)
    layout = widget.layout()
    if layout is not None and layout.hasHeightForWidth():
        return layout.totalHeightForWidth(width)
    return max(widget.sizeHint().height(), widget.minimumSizeHint().height())
