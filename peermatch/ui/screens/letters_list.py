"""The left side of the page on letters: which way they go, a word to look for, and every letter by the step."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent

from peermatch.services.letter_texts import OnShelf
from peermatch.ui.keys import bind
from peermatch.ui.screens.letters_words import ALL, DIRECTIONS, NOTHING, NOTHING_NOTE, fitting, rows
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.boxes import Column, Panel
from peermatch.ui.widgets.fields import Choice, LineField
from peermatch.ui.widgets.queue_list import QueueView
from peermatch.ui.widgets.states import EmptyState
from peermatch.words import count_of, tr


class LetterList(Panel):
    """``chosen`` brings the id that became current, ``opened`` that of Enter."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "raised", edge="right")
        self._shelf: tuple[OnShelf, ...] = ()
        self._typed: frozenset[str] = frozenset()
        self.shown: tuple[OnShelf, ...] = ()
        self.direction = Choice(theme, DIRECTIONS, name=tr("Which letters"))
        self.search = LineField(theme, name=tr("Search in letters"), placeholder=tr("Search (Ctrl+F)"))
        self.view = QueueView(theme, name=tr("Letters"))
        self._nothing = EmptyState(theme, "mail", NOTHING, NOTHING_NOTE)
        column = Column(theme, self, spacing=4, margins=(8, 12, 9, 0))
        top = Column(theme, spacing=8, margins=(4, 0, 4, 4))
        top.addWidget(self.direction)
        top.addWidget(self.search)
        column.addLayout(top)
        for filling in (self.view, self._nothing):
            column.addWidget(filling, 1)
        self.direction.chosen.connect(self._narrow)
        self.search.textChanged.connect(self._refill)
        self.view.chosen.connect(self.chosen)
        self.view.opened.connect(self.opened)
        bind(self, (("Ctrl+F", self._go_to_search),))
        self._refill()

    def show_letters(self, shelf: Sequence[OnShelf], typed: frozenset[str]) -> None:
        """These now; the list keeps its place."""
        if (tuple(shelf), typed) != (self._shelf, self._typed):
            self._shelf, self._typed = tuple(shelf), typed
            self._refill()

    def show_current(self, id: str) -> None:
        """Make a letter current; a direction or word that hides it is given up."""
        if id not in {each.letter.id for each in self.shown}:
            self.direction.set_current(ALL)
            self.search.set_value("")
            self._refill()
        self.view.set_current(id)
        self.view.scrollTo(self.view.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up the word that is looked for."""
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    @Slot()
    def _narrow(self) -> None:
        self._refill()
        announce(self.view, count_of(len(self.shown), "letter"))

    @Slot()
    def _refill(self) -> None:
        self.shown = fitting(self._shelf, self.direction.current(), self.search.text())
        self.view.set_rows(rows(self.shown, self._typed))
        self.view.setVisible(bool(self.shown))
        self._nothing.setVisible(not self.shown and bool(self._shelf))

    @Slot()
    def _go_to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
