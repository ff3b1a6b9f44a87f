"""Layouts and plain surfaces whose margins, gaps and widths follow the text size."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QScrollArea, QScrollBar, QWidget

from peermatch.ui.theme import Theme
from peermatch.words import tr

Margins = tuple[float, float, float, float]
NONE: Margins = (0, 0, 0, 0)


class Box(QBoxLayout):
    """A row or column with the design's spacing; use ``Row`` and ``Column``."""

    def __init__(
        self,
        theme: Theme,
        direction: QBoxLayout.Direction,
        spacing: float,
        margins: Margins,
        parent: QWidget | None,
    ) -> None:
        if parent is None:
            super().__init__(direction)
        else:
            super().__init__(direction, parent)
        self._theme = theme
        self._gap = spacing
        self._margins = margins
        theme.changed.connect(self._retheme)
        self._retheme()

    def set_margins(self, margins: Margins) -> None:
        """Other margins, where it stands within other margins now."""
        self._margins = margins
        self._retheme()

    @Slot()
    def _retheme(self) -> None:
        self.setSpacing(self._theme.px(self._gap))
        left, top, right, bottom = (self._theme.px(length) for length in self._margins)
        self.setContentsMargins(left, top, right, bottom)


class Column(Box):
    """Things below each other. Margins are left, top, right, bottom at 100 %."""

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, spacing: float = 8, margins: Margins = NONE
    ) -> None:
        super().__init__(theme, QBoxLayout.Direction.TopToBottom, spacing, margins, parent)


class Row(Box):
    """Things beside each other."""

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, spacing: float = 8, margins: Margins = NONE
    ) -> None:
        super().__init__(theme, QBoxLayout.Direction.LeftToRight, spacing, margins, parent)


class Tiles(QWidget):
    """Columns that become fewer, in even rows, where there is little room: fact tiles, why-not lines."""

    def __init__(
        self,
        theme: Theme,
        *,
        columns: int,
        least: float,
        spacing: float = 12,
        row_spacing: float | None = None,
        shares: Sequence[int] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._most = columns
        self._least = least
        self._shares = tuple(shares) or (1,) * columns
        self._gaps = (spacing, spacing if row_spacing is None else row_spacing)
        self._tiles: list[QWidget] = []
        self._shown = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        theme.changed.connect(self._retheme)
        self._retheme()

    def set_tiles(self, tiles: Sequence[QWidget]) -> None:
        """Show these; earlier ones are let go."""
        for tile in self._tiles:
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._tiles = list(tiles)
        self._place(self._fitting())

    def minimumSizeHint(self) -> QSize:
        """Room for the widest single tile; the others can go below."""
        wide = max((tile.minimumSizeHint().width() for tile in self._tiles), default=0)
        return QSize(wide, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Choose the number of columns whenever the width changes."""
        if event.type() == QEvent.Type.Resize and self._fitting() != self._shown:
            self._place(self._fitting())
        return super().event(event)

    @Slot()
    def _retheme(self) -> None:
        self._grid.setHorizontalSpacing(self._theme.px(self._gaps[0]))
        self._grid.setVerticalSpacing(self._theme.px(self._gaps[1]))
        self._place(self._fitting())

    def _fitting(self) -> int:
        each = self._theme.px(self._least) + self._theme.px(self._gaps[0])
        most = max(1, min(self._most, (self.width() + self._theme.px(self._gaps[0])) // each))
        if most == self._most or not self._tiles:
            return most
        return -(-len(self._tiles) // -(-len(self._tiles) // most))

    def _place(self, columns: int) -> None:
        self._shown = columns
        for index, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, index // columns, index % columns)
        for column in range(self._most):
            self._grid.setColumnStretch(column, self._shares[column] if column < columns else 0)


class Panel(QFrame):
    """A plain ground with at most one edge line: ``Panel(theme, "raised", edge="right", width=288)``."""

    def __init__(
        self,
        theme: Theme,
        ground: str = "surface",
        *,
        edge: str = "",
        width: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._design_width = width
        self.setProperty("panel", ground)
        if edge:
            self.setProperty("edge", edge)
        theme.changed.connect(self._retheme)
        Panel._retheme(self)

    @Slot()
    def _retheme(self) -> None:
        if self._design_width is not None:
            self.setFixedWidth(self._theme.px(self._design_width))


class Rule(QFrame):
    """A thin line between two parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("rule", True)
        self.setFixedHeight(1)


class Scroll(QScrollArea):
    """Scrolls one widget up and down; its words wrap to the width, so nothing ever scrolls sideways.

    Qt measures what is scrolled as soon as it is handed over, and whatever was measured is dressed anew each time that
    something above it gets a place: a page that is still being built took three times as long. So it is handed over
    when this area is shown, which is when it has its width; what stands on a hidden page never is.

    With ``squeezes`` the content is never wider than what is seen of it: its tables go sideways by themselves.
    """

    def __init__(
        self,
        content: QWidget,
        *,
        name: str = tr("Page"),
        squeezes: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._content, ground = content, QWidget()
        # Qt has both already; to hand them over PySide6 would first make every class of widget that it knows.
        ground.setObjectName("qt_scrollarea_viewport")
        bar = QScrollBar(Qt.Orientation.Vertical, self)
        self.setViewport(ground)
        self.setVerticalScrollBar(bar)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        bar.rangeChanged.connect(self._reachable)
        content.setParent(ground)
        self._least, self._squeezes = 0, squeezes
        if squeezes:
            content.setMinimumWidth(1)
        ground.setAutoFillBackground(False)

    def widget(self) -> QWidget:
        """What is scrolled."""
        return self._content

    def event(self, event: QEvent) -> bool:
        """Take the content in when it is about to be seen; it has its width by then, or Qt would choose one first."""
        if event.type() == QEvent.Type.Show:
            self._take_in()
        done = super().event(event)
        if event.type() == QEvent.Type.Resize and super().widget() is None:
            self._content.resize(self.viewport().size())
        return done

    def _take_in(self) -> None:
        if super().widget() is None:
            self.setWidget(self._content)
            self._content.setAutoFillBackground(False)
            self._fit()

    def ensureWidgetVisible(self, child: QWidget, xmargin: int = 50, ymargin: int = 50) -> None:
        """Scroll to a part of the content."""
        self._take_in()
        super().ensureWidgetVisible(child, xmargin, ymargin)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the area at least as wide as its content's narrowest form."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    @Slot(int, int)
    def _reachable(self, low: int, high: int) -> None:
        """Tab reaches it only while there is something to scroll."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if high > low else Qt.FocusPolicy.NoFocus)

    def minimumSizeHint(self) -> QSize:
        """As wide as the narrowest form of its content."""
        return super().minimumSizeHint().expandedTo(QSize(self._least, 0))

    def _fit(self) -> None:
        least = self._content.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        if not self._squeezes:
            self.setMinimumWidth(least)
        elif least != self._least:
            self._least = least
            self.updateGeometry()
