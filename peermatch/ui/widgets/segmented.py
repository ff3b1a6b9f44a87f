"""A few choices in one frame of which exactly one is taken, such as Letter, Details, History."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLayout,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.flow import FlowLayout
from peermatch.ui.widgets.focus import RING_RADIUS

HEIGHT = 31
SIDE = 12
RADIUS = 8


class Segment(QRadioButton):
    """One choice, drawn as a part of the frame; for a screen reader it is a radio button."""

    def __init__(self, theme: Theme, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self.setAccessibleName(text)
        self.setProperty(RING_RADIUS, RADIUS)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the words in bold, so that nothing moves when another one is taken."""
        words = QFontMetrics(self._theme.font(13, 600)).horizontalAdvance(self.text())
        return QSize(words + 2 * self._theme.px(SIDE), self._theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        """All of it can be clicked, not only the words."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Soft ground and bold words when taken."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse():
            ground = self._theme.colour("brand_soft" if self.isChecked() else "raised")
            painter.setClipPath(self._inside_frame())
            painter.fillRect(self.rect(), ground)
            painter.setClipping(False)
        painter.setPen(self._theme.colour("brand" if self.isChecked() else "ink"))
        painter.setFont(self._theme.font(13, 600 if self.isChecked() else 500))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())

    def _inside_frame(self) -> QPainterPath:
        parent = self.parentWidget()
        frame = (parent.rect() if parent is not None else self.rect()).translated(-self.pos())
        radius = self._theme.px(RADIUS)
        path = QPainterPath()
        path.addRoundedRect(QRectF(frame).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        return path


class Segmented(QFrame):
    """``Segmented(theme, [("letter", "Letter"), ("history", "History")], name="Show")``.

    Arrow keys move the choice, Tab goes past. ``chosen`` brings the key of what was taken by a person. With ``wraps``
    the choices go on in a second line where there is no room for all of them in one.
    """

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        choices: Sequence[tuple[str, str]],
        *,
        name: str,
        wraps: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._keys = [key for key, _ in choices]
        self._group = QButtonGroup(self)
        self._row: QLayout = FlowLayout(self, gap=0) if wraps else QHBoxLayout(self)
        self._row.setContentsMargins(1, 1, 1, 1)
        self._row.setSpacing(0)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if wraps:
            policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for number, (_, text) in enumerate(choices):
            segment = Segment(theme, text, self)
            self._group.addButton(segment, number)
            self._row.addWidget(segment)
        self._group.button(0).setChecked(True)
        self._stop_at_taken()
        self._group.idToggled.connect(self._toggled)
        theme.changed.connect(self._retheme)

    def current(self) -> str:
        """The key of what is taken now."""
        return self._keys[self._group.checkedId()]

    @property
    def choices(self) -> tuple[str, ...]:
        """The keys of all choices, from left to right."""
        return tuple(self._keys)

    def segments(self) -> list[QAbstractButton]:
        """The choices as radio buttons, from left to right."""
        return self._group.buttons()

    def set_current(self, key: str) -> None:
        """Take that one without telling anybody."""
        self._group.blockSignals(True)
        self._group.button(self._keys.index(key)).setChecked(True)
        self._group.blockSignals(False)
        self._stop_at_taken()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame and the lines between the choices."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("line_strong"), 1))
        painter.setBrush(self._theme.colour("surface"))
        radius = self._theme.px(RADIUS)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    @Slot(int, bool)
    def _toggled(self, number: int, on: bool) -> None:
        if on:
            self._stop_at_taken()
            self.chosen.emit(self._keys[number])

    def _stop_at_taken(self) -> None:
        """Tab stops at what is taken: Qt sees to that only where a person moved the choice."""
        for button in self._group.buttons():
            tab = Qt.FocusPolicy.StrongFocus if button.isChecked() else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(tab)

    @Slot()
    def _retheme(self) -> None:
        for button in self._group.buttons():
            button.updateGeometry()
        self.update()
