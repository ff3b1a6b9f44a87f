"""Panes beside each other that give way in small windows: first narrower, then one steps behind a switch."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.segmented import Segmented
from peermatch.words import tr

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
    the turns from left to right. ``show_main()`` brings the others back, after a row was chosen. Where not even the
    others fit beside each other, each takes a turn of its own if ``alone`` names all of them from left to right.
    """

    def __init__(
        self,
        theme: Theme,
        panes: Sequence[Pane],
        *,
        fold: tuple[str, str] = (tr("List"), tr("Details")),
        aside: int = 0,
        alone: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._panes = tuple(panes)
        self._folded = False
        self._aside = aside
        keys = (ASIDE, MAIN) if aside == 0 else (MAIN, ASIDE)
        self._switch = Segmented(theme, list(zip(keys, fold, strict=True)), name=tr("Show"), parent=self)
        self._switch.set_current(MAIN)
        self._switch.chosen.connect(self._arrange)
        self._one_by_one = Segmented(
            theme,
            [(str(number), name) for number, name in enumerate(alone or fold)],
            name=tr("Show"),
            parent=self,
        )
        self._may_stand_alone = bool(alone)
        self._one_by_one.set_current(self._main_alone())
        self._one_by_one.chosen.connect(self._arrange)
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
        self._one_by_one.set_current(self._main_alone())
        self._arrange()

    @Slot()
    def show_aside(self) -> None:
        """Show the first pane, where only one of them has room."""
        self._switch.set_current(ASIDE)
        self._one_by_one.set_current(str(self._aside))
        self._arrange()

    def sizeHint(self) -> QSize:
        """All panes as wide as they wish."""
        wide = sum(max(self._wish(pane), self._least(pane)) for pane in self._panes)
        return QSize(wide, max(pane.widget.sizeHint().height() for pane in self._panes))

    def minimumSizeHint(self) -> QSize:
        """The widest of the turns."""
        panes = [(pane,) for pane in self._panes]
        turns = panes if self._may_stand_alone else (self._first(), self._others())
        return QSize(max(self._least_of(turn) for turn in turns), self._theme.px(240))

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
        self._folded = len(self._panes) > 1 and self._least_of(self._panes) > self.width()
        alone = self._folded and self._may_stand_alone and self._least_of(self._others()) > self.width()
        shown = self._turn(alone=alone) if self._folded else self._panes
        self._switch.setVisible(self._folded and not alone)
        self._one_by_one.setVisible(alone)
        top = self._place(self._one_by_one if alone else self._switch) if self._folded else 0
        left = 0
        for pane, width in zip(shown, self._share_out(shown), strict=True):
            pane.widget.setGeometry(QRect(left, top, width, self.height() - top))
            left += width
        for pane in self._panes:
            pane.widget.setVisible(pane in shown)

    def _turn(self, *, alone: bool) -> tuple[Pane, ...]:
        if alone:
            return (self._panes[int(self._one_by_one.current())],)
        return self._first() if self._switch.current() == ASIDE else self._others()

    def _first(self) -> tuple[Pane, ...]:
        return (self._panes[self._aside],)

    def _others(self) -> tuple[Pane, ...]:
        return tuple(pane for number, pane in enumerate(self._panes) if number != self._aside)

    def _main_alone(self) -> str:
        """Which pane stands for the others: the first of them."""
        return str(1 if self._aside == 0 and len(self._panes) > 1 else 0)

    def _place(self, switch: Segmented) -> int:
        air = self._theme.px(8)
        switch.move(self._theme.px(16), air)
        switch.resize(switch.sizeHint())
        return switch.height() + 2 * air

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
        """A list beside a record is as wide as the person of this computer likes it."""
        share = self._theme.lists / 100 if pane is self._panes[self._aside] else 1
        return self._theme.px(pane.width * share)

    def _least_of(self, panes: Sequence[Pane]) -> int:
        return sum(self._least(pane) for pane in panes)

    def _least(self, pane: Pane) -> int:
        return max(self._theme.px(pane.least), pane.widget.minimumSizeHint().width())

    @Slot()
    def _retheme(self) -> None:
        self.updateGeometry()
        self._arrange()
