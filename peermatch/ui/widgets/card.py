"""Cards: rounded surfaces that hold what belongs together; one of several can be the chosen one."""

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.tokens import Token
from peermatch.ui.widgets.boxes import Column, Margins
from peermatch.ui.widgets.focus import RING_RADIUS

RADIUS = 12


def paint_card(
    painter: QPainter,
    theme: Theme,
    rect: QRectF,
    ground: Token,
    *,
    selected: bool = False,
    radius: int = RADIUS,
) -> None:
    """Draw the surface and its edge; the chosen one has a brand edge of two pixels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = 2.0 if selected else 1.0
    painter.setPen(QPen(theme.colour("brand" if selected else "line"), width))
    painter.setBrush(theme.colour(ground))
    corner = theme.px(radius) - width / 2
    painter.drawRoundedRect(rect.adjusted(width / 2, width / 2, -width / 2, -width / 2), corner, corner)


class Card(QFrame):
    """A surface with a ``body`` column. ``selectable`` cards take the focus and report ``pressed``."""

    pressed = Signal()

    def __init__(
        self,
        theme: Theme,
        *,
        ground: Token = "surface",
        margins: Margins = (14, 12, 14, 12),
        spacing: float = 4,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ground: Token = ground
        self._selected = False
        self._selectable = selectable
        self.body = Column(theme, self, spacing=spacing, margins=margins)
        self.setProperty(RING_RADIUS, RADIUS)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        if selectable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self._retheme)

    @property
    def selected(self) -> bool:
        """Whether it is the chosen one."""
        return self._selected

    def set_selected(self, selected: bool) -> None:
        """Show it as the chosen one, or no longer."""
        self._selected = selected
        self.setAccessibleDescription("selected" if selected else "")
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter choose it."""
        chooses = event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self._selectable and chooses:
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """So does a click on its ground."""
        if self._selectable and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()
        super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The surface and its edge."""
        paint_card(QPainter(self), self._theme, QRectF(self.rect()), self._ground, selected=self._selected)

    @Slot()
    def _retheme(self) -> None:
        self.update()
