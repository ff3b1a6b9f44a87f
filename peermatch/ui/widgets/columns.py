"""Panes beside each other that give way in small windows: first narrower, then one steps behind a switch."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from peermatch.services.this_computer import NARROWEST, USUAL, WIDEST
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.handle import Handle
from peermatch.ui.widgets.segmented import Segmented
from peermatch.ui.widgets.tab_order import stop_within, stops
from peermatch.words import tr

ASIDE = "aside"
MAIN = "main"
THREE = 3
INSET = 20


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

    ``handle`` makes the pane ``aside`` wider. Of three panes the last has a line too, ``far``: how wide it is liked
    is kept while the window stands.
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
        self._folded = self._in_turn = False
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
        self.handle = Handle(theme, part=fold[0 if aside == 0 else 1])
        self._far_share = USUAL
        self.far = self._far_handle(alone[-1] if alone else fold[1])
        for number, pane in enumerate(panes):  # Tab comes to the lines where they stand
            if self.far is not None and number == len(panes) - 1:
                self.far.setParent(self)
            pane.widget.setParent(self)
            if number == max(0, aside - 1):
                self.handle.setParent(self)
        self.handle.moved.connect(self._move)
        self.handle.reset.connect(self._reset)
        theme.changed.connect(self._retheme)
        theme.widened.connect(self._retheme)

    def _far_handle(self, part: str) -> Handle | None:
        if len(self._panes) < THREE or self._aside != 0 or not self._panes[-1].width:
            return None
        far = Handle(self._theme, part=part)
        far.moved.connect(self._move_far)
        far.reset.connect(self._reset_far)
        return far

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
        return QSize(wide + self._lines(), max(pane.widget.sizeHint().height() for pane in self._panes))

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
        self._folded = len(self._panes) > 1 and self._least_of(self._panes) + self._lines() > self.width()
        alone = self._folded and self._may_stand_alone and self._least_of(self._others()) > self.width()
        shown = self._turn(alone=alone) if self._folded else self._panes
        self._switch.setVisible(self._folded and not alone)
        self._one_by_one.setVisible(alone)
        top = self._place(self._one_by_one if alone else self._switch) if self._folded else 0
        beside = self._beside(shown)
        self.handle.setVisible(beside)
        far = self.far if len(shown) > 1 and self._panes[-1] in shown else None
        if self.far is not None:
            self.far.setVisible(far is not None)
        line = self._line() * (int(beside) + int(far is not None))
        left = 0
        for pane, width in zip(shown, self._share_out(shown, self.width() - line), strict=True):
            before = beside and self._aside > 0 and pane is self._panes[self._aside]
            left = self._put_handle(self.handle, left, top) if before else left
            if far is not None and pane is self._panes[-1]:
                left = self._put_handle(far, left, top)
            pane.widget.setGeometry(QRect(left, top, width, self.height() - top))
            left += width
            if beside and self._aside == 0 and pane is self._panes[0]:
                left = self._put_handle(self.handle, left, top)
        for pane in self._panes:
            pane.widget.setVisible(pane in shown)
        self._keep_keyboard()

    def _keep_keyboard(self) -> None:
        """The keyboard does not stay in a pane that has no room: whoever pressed a key would not see where."""
        held = QApplication.focusWidget()
        if held is None or held.isVisible() or not (self.isVisible() and self.isAncestorOf(held)):
            return
        if not self._folded:
            self._focus_shown()
            return
        turns = self._switch if self._switch.isVisible() else self._one_by_one
        for segment in turns.segments():
            if segment.isChecked():
                segment.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_shown(self) -> None:
        """All panes have room, and no switch is shown: the keyboard goes to the first stop of a pane."""
        found = (stop_within(pane.widget) for pane in self._panes)
        first = next((each for each in found if each is not None), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _beside(self, shown: Sequence[Pane]) -> bool:
        """Whether the list and what it belongs to both stand there, so that a line parts them."""
        return len(shown) > 1 and self._panes[self._aside] in shown

    def _line(self) -> int:
        """How much room the line takes by which the list is made wider."""
        return self.handle.sizeHint().width() if len(self._panes) > 1 else 0

    def _lines(self) -> int:
        """The same of all lines there are."""
        return self._line() * (1 if self.far is None else 2)

    def _put_handle(self, handle: Handle, left: int, top: int) -> int:
        handle.setGeometry(QRect(left, top, self._line(), self.height() - top))
        return left + self._line()

    def showEvent(self, event: QShowEvent) -> None:
        """Tab comes to the handle between the two that it parts."""
        super().showEvent(event)
        if not self._in_turn:
            self.put_in_turn()
        self._keep_keyboard()

    def put_in_turn(self) -> None:
        """Have Tab come to the line behind the pane on its left, also when that was made anew."""
        if last := list(stops(self._panes[max(0, self._aside - 1)].widget)):
            self._in_turn = True
            QWidget.setTabOrder(last[-1], self.handle)

    @Slot(int)
    def _move(self, by: int) -> None:
        """Make the list so much wider; every list beside a record is as wide as the person likes it."""
        self._theme.set_lists(self._share_for(self._aside, by if self._aside == 0 else -by))

    @Slot(int)
    def _move_far(self, by: int) -> None:
        """Make the last pane so much narrower: it begins further to the right."""
        self._far_share = self._share_for(len(self._panes) - 1, -by)
        self._retheme()

    @Slot()
    def _reset_far(self) -> None:
        self._far_share = USUAL
        self._retheme()

    def _share_for(self, number: int, by: int) -> int:
        """How wide a pane must be wished, in per cent of the design, to become so many pixels wider."""
        wanted = self._panes[number].widget.width() + by
        least, room = [self._least(pane) for pane in self._panes], self.width() - self._lines()
        found = {
            share: self._share_out(self._panes, room, least, (number, share))[number]
            for share in range(NARROWEST, WIDEST + 1)
        }
        return min(found, key=lambda each: abs(found[each] - wanted))

    @Slot()
    def _reset(self) -> None:
        self._theme.set_lists(USUAL)

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
        switch.move(self._theme.px(INSET), air)
        switch.resize(switch.sizeHint())
        return switch.height() + 2 * air

    def _share_out(
        self,
        panes: Sequence[Pane],
        room: int,
        least: Sequence[int] = (),
        share: tuple[int, int] | None = None,
    ) -> list[int]:
        """Between least and wish for all, what is left for the pane without a wish (or the last one)."""
        least = least or [self._least(pane) for pane in panes]
        wished = [max(self._wish(pane, share), low) for pane, low in zip(panes, least, strict=True)]
        lacking = max(1, sum(wished) - sum(least))
        part = max(0.0, min(1.0, (room - sum(least)) / lacking))
        widths = [low + int((high - low) * part) for low, high in zip(least, wished, strict=True)]
        greedy = next((number for number, pane in enumerate(panes) if not pane.width), len(panes) - 1)
        widths[greedy] += room - sum(widths)
        return widths

    def _wish(self, pane: Pane, share: tuple[int, int] | None = None) -> int:
        """A list beside a record is as wide as the person of this computer likes it; ``share`` tries another width."""
        liked = {self._aside: self._theme.lists}
        if self.far is not None:
            liked[len(self._panes) - 1] = self._far_share
        liked |= dict((share,)) if share is not None else {}
        return self._theme.px(pane.width * liked.get(self._panes.index(pane), USUAL) / 100)

    def _least_of(self, panes: Sequence[Pane]) -> int:
        return sum(self._least(pane) for pane in panes)

    def _least(self, pane: Pane) -> int:
        return max(self._theme.px(pane.least), pane.widget.minimumSizeHint().width())

    @Slot()
    def _retheme(self) -> None:
        self.updateGeometry()
        self._arrange()
