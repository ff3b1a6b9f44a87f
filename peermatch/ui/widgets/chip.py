"""Chips: short words on a coloured pill that say what something is; some can be pressed or taken away."""

from typing import Literal

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.tokens import Token
from peermatch.ui.widgets.buttons import Pressable
from peermatch.ui.widgets.focus import RING_RADIUS
from peermatch.words import tr

ChipKind = Literal["essential", "helpful", "suggested", "good", "wait", "risk", "violet", "mute"]

# kind -> ground, words, edge
COLOURS: dict[str, tuple[Token | None, Token, Token | None]] = {
    "essential": ("brand", "on_brand", None),
    "helpful": ("brand_soft", "brand", None),
    "suggested": (None, "ink_2", "line_strong"),
    "good": ("good_soft", "good", None),
    "wait": ("wait_soft", "wait", None),
    "risk": ("risk_soft", "risk", None),
    "violet": ("violet_soft", "violet", None),
    "mute": ("raised", "ink_2", "line"),
}
TEXT_SIZE = 12.5
WEIGHT = 500
SIDE = 11
HEIGHT = 26
CROSS = 20


def paint_chip(
    painter: QPainter, theme: Theme, rect: QRect, text: str, kind: ChipKind, cross: int = 0
) -> None:
    """Draw a chip, also for lists that paint their rows; ``cross`` is the room kept free at the end."""
    ground, words, edge = COLOURS[kind]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius = min(rect.height() / 2, theme.px(HEIGHT / 2))
    pen = QPen(theme.colour(edge)) if edge else QPen(Qt.PenStyle.NoPen)
    if kind == "suggested":
        pen.setDashPattern([3, 2.5])
    painter.setPen(pen)
    painter.setBrush(theme.colour(ground) if ground else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.setPen(theme.colour(words))
    painter.setFont(theme.font(TEXT_SIZE, WEIGHT))
    side = theme.px(SIDE)
    room = rect.adjusted(side, 0, -side - cross, 0)
    align = Qt.AlignmentFlag.AlignLeft if cross else Qt.AlignmentFlag.AlignHCenter
    painter.drawText(room, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, text)
    painter.restore()


def chip_size(theme: Theme, text: str, width: int = 100_000, cross: int = 0) -> QSize:
    """How large a chip is when it may be at most ``width`` wide: long words take a second line."""
    metrics = QFontMetrics(theme.font(TEXT_SIZE, WEIGHT))
    around = 2 * theme.px(SIDE) + cross
    flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
    box = metrics.boundingRect(QRect(0, 0, max(1, width - around), 100_000), int(flags), text)
    lines = max(1, round(box.height() / metrics.lineSpacing()))
    height = theme.px(HEIGHT) + (lines - 1) * metrics.lineSpacing()
    return QSize(box.width() + 2 + around, height)


def _least_width(theme: Theme, text: str, cross: int) -> int:
    metrics = QFontMetrics(theme.font(TEXT_SIZE, WEIGHT))
    longest = max((metrics.horizontalAdvance(word) for word in text.split()), default=0)
    return longest + 4 + 2 * theme.px(SIDE) + cross


class Chip(QLabel):
    """A chip that only tells: ``Chip(theme, "consent ends 3 Dec", "wait")``."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        kind: ChipKind = "mute",
        *,
        note: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._kind: ChipKind = kind
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setToolTip(note)
        self.setAccessibleDescription(note)
        _wrapping(self)
        theme.changed.connect(self._retheme)

    @property
    def kind(self) -> ChipKind:
        """Which colours it wears."""
        return self._kind

    def set_chip(self, text: str, kind: ChipKind) -> None:
        """Tell something else."""
        self._kind = kind
        self.setText(text)
        self._retheme()

    def sizeHint(self) -> QSize:
        """In one line."""
        return chip_size(self._theme, self.text())

    def minimumSizeHint(self) -> QSize:
        """As narrow as its longest word."""
        return QSize(_least_width(self._theme, self.text(), 0), self._theme.px(HEIGHT))

    def hasHeightForWidth(self) -> bool:
        """Long words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high it is at that width."""
        return chip_size(self._theme, self.text(), width).height()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The pill and its words."""
        paint_chip(QPainter(self), self._theme, _pill(self), self.text(), self._kind)

    @Slot()
    def _retheme(self) -> None:
        self.updateGeometry()
        self.update()


class ChipButton(Pressable):
    """A chip that does something. Space, Enter or a click press it; Delete or its cross take it away.

    ``clicked`` comes for a press, ``removed`` for the cross. A chip with only a cross (``removable`` and not
    ``pressable``) is taken away by a press as well.
    """

    removed = Signal()

    def __init__(
        self,
        theme: Theme,
        text: str,
        kind: ChipKind = "mute",
        *,
        removable: bool = False,
        pressable: bool = True,
        note: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = text
        self._kind: ChipKind = kind
        self._removable = removable
        self._pressable = pressable
        self.setAutoDefault(False)
        self.setProperty(RING_RADIUS, HEIGHT / 2)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._name(note)
        _wrapping(self)
        theme.changed.connect(self._retheme)
        if removable and not pressable:
            self.clicked.connect(self.removed)

    @property
    def kind(self) -> ChipKind:
        """Which colours it wears."""
        return self._kind

    def words(self) -> str:
        """What stands on it."""
        return self._words

    def set_chip(self, text: str, kind: ChipKind) -> None:
        """Other words and colours: essential becomes helpful."""
        self._words, self._kind = text, kind
        self._name(self.toolTip())
        self._retheme()

    def sizeHint(self) -> QSize:
        """In one line."""
        return chip_size(self._theme, self._words, cross=self._cross())

    def minimumSizeHint(self) -> QSize:
        """As narrow as its longest word."""
        return QSize(_least_width(self._theme, self._words, self._cross()), self._theme.px(HEIGHT))

    def hasHeightForWidth(self) -> bool:
        """Long words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high it is at that width."""
        return chip_size(self._theme, self._words, width, self._cross()).height()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete and Backspace take it away, where that is possible."""
        if self._removable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the cross removes instead of pressing."""
        on_cross = self._pressable and event.position().x() >= self.width() - self._cross() - self._theme.px(
            4
        )
        if self._removable and on_cross and self.isDown():
            self.setDown(False)
            self.removed.emit()
        else:
            super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The pill, its words and its cross; a darker edge while the mouse is over it."""
        painter = QPainter(self)
        cross = self._cross()
        pill = _pill(self)
        paint_chip(painter, self._theme, pill, self._words, self._kind, cross)
        words = COLOURS[self._kind][1]
        if cross:
            side = self._theme.px(12)
            left = self.width() - self._theme.px(SIDE - 2) - side
            cross_icon = self._theme.pixmap("x", words, 12, self.devicePixelRatio())
            painter.drawPixmap(left, (self.height() - side) // 2, cross_icon)
        if self.underMouse() or self.isDown():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.colour(words), 1))
            radius = min(pill.height() / 2, self._theme.px(HEIGHT / 2))
            painter.drawRoundedRect(QRectF(pill).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _name(self, note: str) -> None:
        self.setToolTip(note)
        only_cross = self._removable and not self._pressable
        self.setAccessibleName(tr("Remove {words}").format(words=self._words) if only_cross else self._words)
        remove = tr("Delete takes it away.") if self._removable else ""
        self.setAccessibleDescription(" ".join(part for part in (note, remove) if part))

    def _cross(self) -> int:
        return self._theme.px(CROSS) if self._removable else 0

    @Slot()
    def _retheme(self) -> None:
        self.updateGeometry()
        self.update()


def _pill(widget: QWidget) -> QRect:
    """Where the pill stands: in the middle of whatever height the row gives."""
    high = min(widget.height(), widget.heightForWidth(widget.width()))
    return QRect(0, (widget.height() - high) // 2, widget.width(), high)


def _wrapping(widget: QWidget) -> None:
    policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)
