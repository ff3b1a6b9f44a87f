"""Who is not suggested and why: counted on a card, and on request everybody with a sentence."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from peermatch.model.enquiry import Enquiry
from peermatch.model.verdict import Shortlist, WhatIf
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.clock_words import count_of
from peermatch.ui.screens.shortlist_facts import code_words, counts, ordinal
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Row, Tiles
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.fields import Choice
from peermatch.ui.widgets.queue_list import QueueRow, QueueView
from peermatch.ui.widgets.text import HEADING, SMALL, STRONG, TINY, Text

EVERYBODY = ""


class WhyNotCard(Card):
    """Counts in two columns, and what one change would do; ``wanted_all`` asks for the list."""

    wanted_all = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._names: tuple[tuple[WhatIf, str], ...] = ()
        self._lines: tuple[str, ...] = ()
        head = Row(theme)
        self._heading = Text(theme, "", STRONG)
        self.show_all = Button(theme, "Show all", kind="quiet", small=True, note="Everybody, with the reason")
        head.addWidget(self._heading, 1)
        head.addWidget(self.show_all)
        self._tiles = Tiles(theme, columns=2, least=180, spacing=18, row_spacing=4)
        self._changes = Text(theme, "", TINY)
        self.body.addLayout(head)
        self.body.addWidget(self._tiles)
        self.body.addSpacing(4)
        self.body.addWidget(self._changes)
        self.show_all.clicked.connect(self.wanted_all)
        theme.cover.changed.connect(self._recover)

    def lines(self) -> tuple[str, ...]:
        """The counts as they stand."""
        return self._lines

    def what_if(self) -> str:
        """What one change would do, in words."""
        return self._changes.words()

    def show_refused(
        self, shortlist: Shortlist, enquiry: Enquiry, snapshot: Snapshot, changes: tuple[WhatIf, ...]
    ) -> None:
        """Count those who are not suggested."""
        number = len(shortlist.refused)
        self._heading.set_text(f"{count_of(number, 'person is', 'people are')} not suggested")
        lines = tuple(f"{n} · {code_words(code, enquiry, snapshot)}" for code, n in counts(shortlist))
        if lines != self._lines:
            self._lines = lines
            self._tiles.set_tiles([Text(self._theme, line, SMALL) for line in lines])
        self._names = tuple((c, snapshot.supporters[c.supporter].shown_name) for c in changes)
        self._recover()

    @Slot()
    def _recover(self) -> None:
        said = [
            f"If {self._theme.cover.shown(name)} {change.change}, they would come {ordinal(change.place)}."
            for change, name in self._names
        ]
        self._changes.set_text("\n".join(said))
        self._changes.setVisible(bool(said))


class WhyNotList(QWidget):
    """Everybody who is not suggested: ``back`` returns, ``opened`` shows somebody's record."""

    back = Signal()
    opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = Column(theme, self, spacing=10, margins=(18, 18, 6, 18))
        head = Row(theme, margins=(0, 0, 12, 0))
        self.return_button = Button(theme, "Back", kind="quiet", small=True, icon="arrow-left")
        self._heading = Text(theme, "", HEADING)
        head.addWidget(self.return_button)
        head.addWidget(self._heading, 1)
        self._column.addLayout(head)
        self.filter: Choice | None = None
        self._filters: tuple[tuple[str, str], ...] = ()
        self.list = QueueView(theme, name="Who is not suggested")
        self._column.addWidget(self.list, 1)
        self._rows: tuple[tuple[str, QueueRow], ...] = ()
        self.return_button.clicked.connect(self.back)
        self.list.opened.connect(self.opened)

    def show_refused(self, shortlist: Shortlist, enquiry: Enquiry, snapshot: Snapshot) -> None:
        """Everybody with the sentence of the first reason, in the order of the reasons."""
        number = len(shortlist.refused)
        self._heading.set_text(f"{count_of(number, 'person is', 'people are')} not suggested")
        found = counts(shortlist)
        order = [code for code, _ in found]
        everyone = sorted(shortlist.refused, key=lambda r: (order.index(r.code), r.supporter))
        self._rows = tuple(
            (
                r.code.value,
                QueueRow(r.supporter, snapshot.supporters[r.supporter].shown_name, r.text, covered=True),
            )
            for r in everyone
        )
        choices = [(c.value, f"{n} · {code_words(c, enquiry, snapshot)}") for c, n in found]
        self._set_filters(((EVERYBODY, f"All {number}"), *choices))
        self._filter()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc steps back."""
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        else:
            super().keyPressEvent(event)

    def _set_filters(self, choices: tuple[tuple[str, str], ...]) -> None:
        if choices == self._filters:
            return
        kept = self.filter.current() if self.filter else EVERYBODY
        if self.filter is not None:
            self._column.removeWidget(self.filter)
            self.filter.deleteLater()
        self._filters = choices
        self.filter = Choice(self._theme, choices, name="Show one reason")
        if kept in dict(choices):
            self.filter.set_current(kept)
        self.filter.chosen.connect(self._filter)
        self._column.insertWidget(1, self.filter, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot()
    def _filter(self) -> None:
        taken = self.filter.current() if self.filter else EVERYBODY
        self.list.set_rows([row for code, row in self._rows if taken in (EVERYBODY, code)])
