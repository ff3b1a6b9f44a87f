"""Panes beside each other that give way in small windows: first narrower, then one steps behind a switch."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.segmented import Segmented

ASIDE = "aside"
MAIN = "main"


@dataclass(frozen=True, slots=True)
class Pane:
    """One pane: its wished width at 100 % (0 takes what is left) and the least it can live with."""

    widget: QWidget
    width: float = 0
    least: float = 260


class Columns(QWidget):
    """``Columns(theme, [Pane(queue, 288, 230), Pane(letter), Pane(people, 520)], fold=("Queue", "Rest"))``.

    When not even the least widths fit, the pane number ``aside`` and the others take turns; ``fold`` names
    the turns from left to right. ``show_main()`` brings the others back, after a row was chosen.
    """

    def __init__(
        self,
        theme: Theme,
        panes: Sequence[Pane],
        *,
        fold: tuple[str, str] = ("List", "Details"),
        aside: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._panes = tuple(panes)
        self._folded = False
        self._aside = aside
        keys = (ASIDE, MAIN) if aside == 0 else (MAIN, ASIDE)
        self._switch = Segmented(theme, list(zip(keys, fold, strict=True)), name="Show", parent=self)
        self._switch.set_current(MAIN)
        self._switch.chosen.connect(self._arrange)
        for pane in panes:
            pane.widget.setParent(self)
        theme.changed.connect(self._retheme)

    @property
    def folded(self) -> bool:
        """Whether the first pane and the others take turns now."""
        return self._folded

    @Slot()
    def show_main(self) -> None:
        """Show the others rather than the first pane, where only one of them has room."""
        self._switch.set_current(MAIN)
        self._arrange()

    @Slot()
    def show_aside(self) -> None:
        """Show the first pane, where only one of them has room."""
        self._switch.set_current(ASIDE)
        self._arrange()

    def sizeHint(self) -> QSize:
        """All panes as wide as they wish."""
        wide = sum(max(self._wish(pane), self._least(pane)) for pane in self._panes)
        return QSize(wide, max(pane.widget.sizeHint().height() for pane in self._panes))

    def minimumSizeHint(self) -> QSize:
        """The wider of the two turns."""
        turns = (sum(self._least(pane) for pane in turn) for turn in (self._first(), self._others()))
        return QSize(max(turns), self._theme.px(240))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """A pane has changed what it needs."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._arrange()
        return super().event(event)

    @Slot()
    def _arrange(self) -> None:
        least = sum(self._least(pane) for pane in self._panes)
        self._folded = len(self._panes) > 1 and least > self.width()
        shown = self._turn() if self._folded else self._panes
        self._switch.setVisible(self._folded)
        top = self._place_switch() if self._folded else 0
        left = 0
        for pane, width in zip(shown, self._share_out(shown), strict=True):
            pane.widget.setGeometry(QRect(left, top, width, self.height() - top))
            left += width
        for pane in self._panes:
            pane.widget.setVisible(pane in shown)

    def _turn(self) -> tuple[Pane, ...]:
        return self._first() if self._switch.current() == ASIDE else self._others()

    def _first(self) -> tuple[Pane, ...]:
        return (self._panes[self._aside],)

    def _others(self) -> tuple[Pane, ...]:
        return tuple(pane for number, pane in enumerate(self._panes) if number != self._aside)

    def _place_switch(self) -> int:
        air = self._theme.px(8)
        self._switch.move(self._theme.px(16), air)
        self._switch.resize(self._switch.sizeHint())
        return self._switch.height() + 2 * air

    def _share_out(self, panes: Sequence[Pane]) -> list[int]:
        """Between least and wish for all, what is left for the pane without a wish (or the last one)."""
        least = [self._least(pane) for pane in panes]
        wished = [max(self._wish(pane), low) for pane, low in zip(panes, least, strict=True)]
        lacking = max(1, sum(wished) - sum(least))
        part = max(0.0, min(1.0, (self.width() - sum(least)) / lacking))
        widths = [low + int((high - low) * part) for low, high in zip(least, wished, strict=True)]
        greedy = next((number for number, pane in enumerate(panes) if not pane.width), len(panes) - 1)
        widths[greedy] += self.width() - sum(widths)
        return widths

    def _wish(self, pane: Pane) -> int:
        return self._theme.px(pane.width)

    def _least(self, pane: Pane) -> int:
        return max(self._theme.px(pane.least), pane.widget.minimumSizeHint().width())

    @Slot()
    def _retheme(self) -> None:
        self.updateGeometry()
        self._arrange()
