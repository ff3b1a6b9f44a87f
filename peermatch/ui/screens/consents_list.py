"""The left side of the consent workbench: headings with counts, a name to look for, and everybody who must be asked."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import islice

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent

from peermatch.ui.keys import bind
from peermatch.ui.screens.chip_row import ChipRow, ChipSpec
from peermatch.ui.screens.consents_words import FACETS, NOBODY, NOBODY_NOTE, Listed, fitting, row
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.boxes import Column, Panel
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.fields import LineField
from peermatch.ui.widgets.queue_list import QueueView
from peermatch.ui.widgets.states import EmptyState
from peermatch.words import count_of, tr

AT_FIRST, MORE = 60, 200
"""Lines that are listed before somebody asks for more or looks for a name, and how many come then."""


class AskList(Panel):
    """``chosen`` brings the id that became current, ``opened`` that of Enter."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "raised", edge="right")
        self.everyone: Mapping[str, Listed] = {}
        self.counts: Mapping[str, int] = {}
        self.shown: tuple[Listed, ...] = ()
        self._most = AT_FIRST
        self.facet = ""
        self._on = date.min
        self.chips = ChipRow(theme)
        self.search = LineField(theme, name=tr("Search by name"), placeholder=tr("Search by name (Ctrl+F)"))
        self.view = QueueView(theme, name=tr("Who must be asked"))
        self._nobody = EmptyState(theme, "shield-check", NOBODY, NOBODY_NOTE)
        column = Column(theme, self, spacing=4, margins=(8, 12, 9, 0))
        top = Column(theme, spacing=8, margins=(4, 0, 4, 4))
        for part in (self.chips, self.search):
            top.addWidget(part)
        column.addLayout(top)
        for filling in (self.view, self._nobody):
            column.addWidget(filling, 1)
        self.more = Button(theme, "", kind="quiet", small=True)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(theme.px(8))
        self.more.clicked.connect(self._show_more)
        self.chips.pressed.connect(self.narrow)
        self.chips.removed.connect(self._widen)
        self.search.textChanged.connect(self._look_for)
        self.view.chosen.connect(self.chosen)
        self.view.opened.connect(self.opened)
        bind(self, (("Ctrl+F", self._go_to_search),))
        for waits in (self._nobody, self.search, self.more):  # until it is known who must be asked
            waits.hide()

    def show_people(self, everyone: Sequence[Listed], counts: Mapping[str, int], on: date) -> None:
        """These now; the list keeps its place, and a heading that nobody stands under any more is given up."""
        self.everyone, self.counts, self._on = {each.id: each for each in everyone}, counts, on
        if not counts.get(self.facet):
            self.facet = ""
        self._refill()

    def show_current(self, id: str) -> None:
        """Make somebody current; a heading or name that hides them is given up."""
        if not any(each.id == id for each in self.shown):
            self.facet = ""
            self.search.set_value("")
            self._refill()
        self._fill(id)
        self.view.set_current(id)
        self.view.scrollTo(self.view.currentIndex())

    @Slot(str)
    def narrow(self, facet: str) -> None:
        """Show one heading alone."""
        self.facet, self._most = facet, AT_FIRST
        self._refill()
        announce(self.view, f"{count_of(len(self.shown), 'person', 'people')}: {FACETS.get(facet, 'all')}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up the name that is looked for."""
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    @Slot()
    def _refill(self) -> None:
        self.shown = fitting(self.everyone.values(), self.facet, self.search.text())
        self.chips.set_chips(self._specs())
        self._fill(self.view.current())
        self.view.setVisible(bool(self.shown))
        self._nobody.setVisible(not self.shown)
        self.search.setVisible(bool(self.everyone))
        if self.everyone:
            self._nobody.set_words(
                tr("Nobody fits all of this."), tr("Take a chip away, or look for another name.")
            )
        else:
            self._nobody.set_words(NOBODY, NOBODY_NOTE)

    def _fill(self, current: str) -> None:
        """Lines for the first of very many, and for who is current: more are made when somebody asks for them."""
        listed = self.shown[: self._most]
        left = len(self.shown) - len(listed)
        behind = (each for each in self.shown[self._most :] if each.id == current)
        listed = (*listed, *islice(behind, 1))
        self.view.set_rows([row(each, self._on) for each in listed])
        self.more.setVisible(left > 0)
        self.more.set_text(tr("Show more: {left} are not listed yet").format(left=f"{left:,}"))

    @Slot()
    def _look_for(self) -> None:
        self._most = AT_FIRST
        self._refill()

    @Slot()
    def _show_more(self) -> None:
        self._most += MORE
        self._fill(self.view.current())

    def _specs(self) -> list[ChipSpec]:
        return [
            ChipSpec(
                key,
                f"{words} · {self.counts[key]:,}",
                "helpful" if key == self.facet else "suggested",
                removable=key == self.facet,
                pressable=key != self.facet,
            )
            for key, words in FACETS.items()
            if self.counts.get(key)
        ]

    @Slot()
    def _widen(self) -> None:
        self.narrow("")

    @Slot()
    def _go_to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
