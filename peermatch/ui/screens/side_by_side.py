"""Two things beside each other while there is room, else below each other."""

from PySide6.QtCore import QEvent, QRect, QSize, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from peermatch.ui.theme import Theme


class SideBySide(QWidget):
    """``SideBySide(theme, heading, order)``: the second stands at the far end.

    ``first_least`` and ``second_width`` (at 100 %) say how wide the two must be to stand side by side; 0 is as wide
    as they wish.
    """

    def __init__(
        self,
        theme: Theme,
        first: QWidget,
        second: QWidget,
        *,
        first_least: float = 0,
        second_width: float = 0,
        gap: float = 12,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._first, self._second = first, second
        self._first_least, self._second_width, self._gap = first_least, second_width, gap
        # Placed by hand: of a widget with a layout Qt asks the layout for the height, which knows only one direction.
        for part in (first, second):
            part.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._retheme)

    @property
    def beside(self) -> bool:
        """Whether they stand side by side now."""
        return self.width() >= self._needed()

    def minimumSizeHint(self) -> QSize:
        """The narrow form: below each other."""
        first, second = self._first.minimumSizeHint(), self._second.minimumSizeHint()
        return QSize(max(first.width(), second.width()), max(first.height(), second.height()))

    def sizeHint(self) -> QSize:
        """Side by side."""
        return QSize(self._needed(), max(self._first.sizeHint().height(), self._second.sizeHint().height()))

    def hasHeightForWidth(self) -> bool:
        """Narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high both are at that width."""
        if width >= self._needed():
            second = self._second_wish()
            first = width - second - self._theme.px(self._gap)
            return max(_height(self._first, first), _height(self._second, second))
        return _height(self._first, width) + self._theme.px(self._gap) + _height(self._second, width)

    def event(self, event: QEvent) -> bool:
        """A part has changed what it needs."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self.updateGeometry()
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the direction."""
        super().resizeEvent(event)
        self._arrange()

    def _second_wish(self) -> int:
        return self._theme.px(self._second_width) if self._second_width else self._second.sizeHint().width()

    def _needed(self) -> int:
        first = self._theme.px(self._first_least) if self._first_least else self._first.sizeHint().width()
        return first + self._theme.px(self._gap) + self._second_wish()

    def _arrange(self) -> None:
        gap, width, second = self._theme.px(self._gap), self.width(), self._second_wish()
        if self.beside:
            first = width - second - gap
            self._put(self._first, QRect(0, 0, _across(self._first, first), self.height()))
            self._put(self._second, QRect(first + gap, 0, second, self.height()))
        else:
            high = _height(self._first, width)
            self._put(self._first, QRect(0, 0, _across(self._first, width), high))
            across = _across(self._second, width)
            self._put(self._second, QRect(0, high + gap, across, _height(self._second, width)))

    def _put(self, part: QWidget, room: QRect) -> None:
        """In the middle of the line where it is lower, unless it is a column of its own."""
        if not self._second_width:
            high = min(room.height(), _height(part, room.width()))
            room = QRect(room.left(), room.top() + (room.height() - high) // 2, room.width(), high)
        part.setGeometry(room)

    @Slot()
    def _retheme(self) -> None:
        self.updateGeometry()
        self._arrange()


def _height(widget: QWidget, width: int) -> int:
    if widget.isHidden():
        return 0
    high = widget.heightForWidth(width) if widget.hasHeightForWidth() else widget.sizeHint().height()
    return max(high, widget.minimumSizeHint().height())


def _across(widget: QWidget, width: int) -> int:
    """Things of a fixed width keep it; the others take the whole line."""
    fixed = widget.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Fixed
    return min(width, widget.sizeHint().width()) if fixed else width
