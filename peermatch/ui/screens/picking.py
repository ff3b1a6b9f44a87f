"""Choosing one or several things from a long list: chips for what is taken, a search line for the rest."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.ui.screens.chip_row import ChipRow, ChipSpec
from peermatch.ui.screens.finder import Finder
from peermatch.ui.screens.finding import Option
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column


class Picked(QWidget):
    """``keys()`` are those taken, in order; with ``single`` the search line is there only while nothing is taken."""

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        options: Callable[[], Sequence[Option]],
        label: Callable[[str], str],
        *,
        name: str,
        single: bool = False,
    ) -> None:
        super().__init__()
        self._options, self._label, self._single = options, label, single
        self._keys: tuple[str, ...] = ()
        self._chips = ChipRow(theme)
        self.finder = Finder(theme, self._left, name=name)
        column = Column(theme, self, spacing=6)
        column.addWidget(self._chips)
        column.addWidget(self.finder)
        self.setFocusProxy(self.finder.line)
        self.finder.picked.connect(self._take)
        self.finder.closed.connect(self._show)
        self._chips.removed.connect(self._let_go)
        self._show()

    def keys(self) -> tuple[str, ...]:
        """What is taken."""
        return self._keys

    def set_keys(self, keys: Sequence[str]) -> None:
        """Take exactly these; nobody is told."""
        self._keys = tuple(dict.fromkeys(keys))
        self.finder.line.set_value("")
        self._show()

    def _left(self) -> Sequence[Option]:
        return [option for option in self._options() if option.key not in self._keys]

    @Slot(str)
    def _take(self, key: str) -> None:
        self._keys = (key,) if self._single else (*self._keys, key)
        self._show()
        self.changed.emit()

    @Slot(str)
    def _let_go(self, key: str) -> None:
        self._keys = tuple(each for each in self._keys if each != key)
        self._show()
        self.changed.emit()

    @Slot()
    def _show(self) -> None:
        specs = [ChipSpec(k, self._label(k), "helpful", removable=True, pressable=False) for k in self._keys]
        self._chips.set_chips(specs)
        self._chips.setVisible(bool(specs))
        taken = self._chips.chip(self._keys[0]) if self._single and self._keys else None
        self.setFocusProxy(taken or self.finder.line)  # the keyboard must not go to a line that is hidden
        self.finder.setVisible(taken is None)
