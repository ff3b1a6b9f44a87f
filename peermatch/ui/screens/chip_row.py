"""A row of chips that stay the same widgets while their list changes, so that the keyboard keeps its place."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.chip import ChipButton, ChipKind
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.tab_order import come_where_it_stands


@dataclass(frozen=True, slots=True)
class ChipSpec:
    """One chip: what it stands for, what it says, and what can be done with it."""

    key: str
    text: str
    kind: ChipKind = "mute"
    removable: bool = False
    pressable: bool = True
    note: str = ""

    @property
    def identity(self) -> tuple[str, bool, bool, str]:
        """What cannot be changed on a chip that exists."""
        return self.key, self.removable, self.pressable, self.note


class ChipRow(Flow):
    """``pressed`` and ``removed`` bring the key; widgets given as ``head`` and ``tail`` stand before and behind.

    With ``writes`` its chips change the network.
    """

    pressed = Signal(str)
    removed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        tail: Sequence[QWidget] = (),
        parent: QWidget | None = None,
        *,
        head: Sequence[QWidget] = (),
        writes: bool = False,
    ) -> None:
        super().__init__(theme, [*head, *tail], parent=parent)
        self._writes = writes
        self._head, self._tail = list(head), list(tail)
        self._chips: dict[tuple[str, bool, bool, str], ChipButton] = {}

    def set_chips(self, specs: Sequence[ChipSpec]) -> None:
        """Show these; the focus moves to the neighbour of a chip that goes."""
        place = self._focused_place()
        self._chips = {spec.identity: self._chip(spec) for spec in specs}
        shown = self._shown()
        self.set_widgets(shown)
        come_where_it_stands(self, shown)
        if place is not None and self._focused_place() is None and shown:
            shown[min(place, len(shown) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Only now is it known what stands before the row in its window."""
        super().showEvent(event)
        come_where_it_stands(self, self._shown())

    def chip(self, key: str) -> ChipButton | None:
        """The chip that stands for something."""
        return next((chip for identity, chip in self._chips.items() if identity[0] == key), None)

    def keys(self) -> tuple[str, ...]:
        """What is shown, in order."""
        return tuple(identity[0] for identity in self._chips)

    def _shown(self) -> list[QWidget]:
        return [*self._head, *self._chips.values(), *self._tail]

    def _chip(self, spec: ChipSpec) -> ChipButton:
        chip = self._chips.get(spec.identity)
        if chip is not None:
            if (chip.words(), chip.kind) != (spec.text, spec.kind):
                chip.set_chip(spec.text, spec.kind)
            return chip
        chip = ChipButton(
            self._theme,
            spec.text,
            spec.kind,
            removable=spec.removable,
            pressable=spec.pressable,
            note=spec.note,
        )
        chip.setProperty("key", spec.key)
        if self._writes:
            self._theme.read_only.bar(chip)
        if spec.pressable:
            chip.clicked.connect(self._press)
        chip.removed.connect(self._remove)
        return chip

    def _focused_place(self) -> int | None:
        return next((n for n, widget in enumerate(self.widgets()) if widget.hasFocus()), None)

    @Slot()
    def _press(self) -> None:
        self.pressed.emit(str(self.sender().property("key")))

    @Slot()
    def _remove(self) -> None:
        self.removed.emit(str(self.sender().property("key")))
