"""The parts of a list with how many stand in each; a press narrows the list to one of them, another lets it go."""

from collections import Counter
from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.ui.screens.chip_row import ChipRow, ChipSpec
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.boxes import Column
from peermatch.words import tr

WORTH_IT = 8
"""A shorter list is seen at one glance."""
LEAST_HEIGHT = 340
"""In a lower panel the list needs all the room there is."""


class FacetRow(QWidget):
    """``chosen`` comes when another part is wanted: see ``current``, which is empty for the whole list."""

    chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.current = ""
        self._useful, self._room = False, True
        self.chips = ChipRow(theme)
        Column(theme, self).addWidget(self.chips)
        self.chips.pressed.connect(self._press)
        self.chips.removed.connect(self._remove)
        self.hide()

    def show_counts(self, parts: Iterable[str] | Mapping[str, int], labels: Mapping[str, str]) -> None:
        """Count in which part each line stands, unless that is known; a part that has become empty is let go."""
        counts = Counter(parts)
        if not counts[self.current]:
            self.current = ""
        shown = [key for key in labels if counts[key]]
        self.chips.set_chips([self._spec(key, f"{labels[key]} · {counts[key]:,}") for key in shown])
        self._useful = len(shown) > 1 and (counts.total() >= WORTH_IT or bool(self.current))
        if not self._useful:
            self.current = ""
        self._appear()

    def fit_into(self, height: int) -> None:
        """Give way to the list below where there is little room; what narrows it stays in sight."""
        self._room = height >= self._theme.px(LEAST_HEIGHT)
        self._appear()

    def lets(self, part: str) -> bool:
        """Whether lines of a part are wanted."""
        return self.current in ("", part)

    def let_go(self) -> None:
        """The whole list again; nobody is told."""
        self.current = ""

    def _appear(self) -> None:
        self.setVisible(self._useful and (self._room or bool(self.current)))

    def _spec(self, key: str, text: str) -> ChipSpec:
        if key == self.current:
            return ChipSpec(key, text, "helpful", removable=True, pressable=False)
        return ChipSpec(key, text, "suggested", note=tr("Show these alone"))

    @Slot(str)
    def _press(self, key: str) -> None:
        self._choose(key)

    @Slot(str)
    def _remove(self, _key: str) -> None:
        self._choose("")

    def _choose(self, key: str) -> None:
        self.current = key
        self.chosen.emit()
        announce(self, tr("The whole list is shown.") if not key else tr("The list is narrowed."))
