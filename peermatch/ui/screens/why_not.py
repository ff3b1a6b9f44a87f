"""Who is not suggested and why: counted on a card, and on request everybody with a sentence."""

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from peermatch.model.enquiry import Enquiry
from peermatch.model.explanation import Explanation
from peermatch.model.verdict import Code, Refusal, Shortlist, WhatIf
from peermatch.services.grounds import Grounds
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.kept_apart import (
    KEPT_APART,
    LOOK_FIRST,
    counts_told,
    is_veiled,
    refused_told,
    told_as,
)
from peermatch.ui.screens.shortlist_facts import ALSO_WORDS, code_words, ordinal
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Row, Tiles
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.fields import Choice
from peermatch.ui.widgets.queue_list import QueueRow, QueueView
from peermatch.ui.widgets.text import HEADING, SMALL, STRONG, TINY, Text
from peermatch.words import count_of, tr

EVERYBODY = ""
NEXT_LINE = "\u2028"
"""Begins a new line within the words of a painted row."""
HOW = tr("Press a person, or Space, to see what it rests on. Enter shows their record.")
AT_MOST = 500
"""Rows: nobody reads more, and the list measures each of them."""


def explained(found: Explanation, *, revealed: bool) -> str:
    """A refusal in full, line by line: the sentence, the facts, what else refuses, and what would change it."""
    others = dict.fromkeys(told_as(code, revealed=revealed) for code in found.codes[1:])
    also = ", ".join(ALSO_WORDS[code] for code in others)
    lines = list(dict.fromkeys((found.sentence, *found.rests_on)))
    lines += [tr("Also: {also}").format(also=also)] if also else []
    then = tr(" They would then come {ordinal}.").format(ordinal=ordinal(found.place)) if found.place else ""
    lines.append(
        tr("What would change it: {change}{then}").format(change=found.change, then=then)
        if then
        else found.change
    )
    return NEXT_LINE.join(lines)


class WhyNotCard(Card):
    """Counts in two columns, and what one change would do; ``wanted_all`` asks for the list."""

    wanted_all = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._names: tuple[tuple[WhatIf, str], ...] = ()
        self._lines: tuple[str, ...] = ()
        head = Row(theme)
        self._heading = Text(theme, "", STRONG)
        self.show_all = Button(
            theme, tr("Show all"), kind="quiet", small=True, note=tr("Everybody, with the reason")
        )
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
        self,
        shortlist: Shortlist,
        enquiry: Enquiry,
        snapshot: Snapshot,
        changes: tuple[WhatIf, ...],
        *,
        revealed: bool,
    ) -> None:
        """Count those who are not suggested; ``revealed`` says that who wrote is in sight."""
        number = len(shortlist.refused)
        self._heading.set_text(
            tr("{count_of} not suggested").format(count_of=count_of(number, "person is", "people are"))
        )
        counts = counts_told(shortlist, revealed=revealed)
        lines = tuple(f"{n} · {code_words(code, enquiry, snapshot)}" for code, n in counts)
        if lines != self._lines:
            self._lines = lines
            self._tiles.set_tiles([Text(self._theme, line, SMALL) for line in lines])
        self._names = tuple((c, snapshot.supporters[c.supporter].shown_name) for c in changes)
        self._recover()

    @Slot()
    def _recover(self) -> None:
        said = [
            tr("If {shown} {change}, they would come {ordinal}.").format(
                shown=self._theme.cover.shown(name), change=change.change, ordinal=ordinal(change.place)
            )
            for change, name in self._names
        ]
        self._changes.set_text("\n".join(said))
        self._changes.setVisible(bool(said))


class WhyNotView(QueueView):
    """``turned`` brings whoever is to be opened or closed: by a click, or by Space."""

    turned = Signal(str)

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name=name, parent=parent)
        self.clicked.connect(self._turn)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space opens and closes; the other keys are those of any list."""
        if event.key() == Qt.Key.Key_Space:
            self._turn(self.currentIndex())
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _turn(self, index: QModelIndex) -> None:
        if index.isValid():
            self.turned.emit(self.rows()[index.row()].key)


class WhyNotList(QWidget):
    """Everybody who is not suggested: ``back`` returns, ``opened`` shows a record, ``wanted`` asks why in full."""

    back = Signal()
    opened = Signal(str)
    wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = Column(theme, self, spacing=10, margins=(18, 18, 6, 18))
        head = Row(theme, margins=(0, 0, 12, 0))
        self.return_button = Button(theme, tr("Back"), kind="quiet", small=True, icon="arrow-left")
        self._heading = Text(theme, "", HEADING)
        head.addWidget(self.return_button)
        head.addWidget(self._heading, 1)
        self._column.addLayout(head)
        self.filter: Choice | None = None
        self._filters: tuple[tuple[str, str], ...] = ()
        self._how = Text(theme, HOW, TINY)
        self._column.addWidget(self._how)
        self.list = WhyNotView(theme, name=tr("Who is not suggested"))
        self._column.addWidget(self.list, 1)
        self._shown: Grounds | None = None
        self._revealed = False
        self._refused: tuple[Refusal, ...] = ()
        self._open: dict[str, Explanation] = {}
        self.return_button.clicked.connect(self.back)
        self.list.opened.connect(self.opened)
        self.list.turned.connect(self._turn)

    def show_refused(self, grounds: Grounds, *, revealed: bool) -> None:
        """Everybody with the sentence of the first reason, in the order of the reasons; who was open stays so.

        ``revealed`` says that who wrote is in sight: before, nobody is said to have their name or address.
        """
        shortlist, enquiry = grounds.shortlist, grounds.enquiry
        number = len(shortlist.refused)
        self._heading.set_text(
            tr("{count_of} not suggested").format(count_of=count_of(number, "person is", "people are"))
        )
        same = self._shown is not None and self._shown.shortlist.enquiry == shortlist.enquiry
        again, self._open = tuple(self._open) if same else (), {}
        self._shown, self._revealed = grounds, revealed
        counts = counts_told(shortlist, revealed=revealed)
        choices = [(c.value, f"{n} · {code_words(c, enquiry, grounds.snapshot)}") for c, n in counts]
        self._set_filters(((EVERYBODY, tr("All {number}").format(number=number)), *choices))
        self._filter()
        listed = {each.supporter for each in self._refused}
        for id in again:
            if id in listed:
                self.wanted.emit(id)

    def show_explanation(self, found: Explanation) -> None:
        """Open one row in place."""
        self._open[found.supporter] = found
        self._fill()

    def explanation(self, supporter: str) -> Explanation | None:
        """What is told of somebody whose row is open."""
        return self._open.get(supporter)

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
        self.filter = Choice(self._theme, choices, name=tr("Show one reason"))
        if kept in dict(choices):
            self.filter.set_current(kept)
        self.filter.chosen.connect(self._filter)
        self._column.insertWidget(1, self.filter, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot()
    def _filter(self) -> None:
        if self._shown is None:
            return
        shortlist = self._shown.shortlist
        taken = self.filter.current() if self.filter else EVERYBODY
        code = Code(taken) if taken else None
        self._refused = refused_told(self._shown, code, AT_MOST, revealed=self._revealed)
        counts = dict(counts_told(shortlist, revealed=self._revealed))
        number = counts[code] if code else len(shortlist.refused)
        few = (
            tr("These are the first {at_most} of {number}. ").format(at_most=AT_MOST, number=number)
            if number > len(self._refused)
            else ""
        )
        self._how.set_text(f"{few}{HOW}")
        self._fill()

    def _fill(self) -> None:
        if self._shown is not None:
            self.list.set_rows([self._row(each, self._shown) for each in self._refused])

    def _row(self, refusal: Refusal, grounds: Grounds) -> QueueRow:
        found, revealed = self._open.get(refusal.supporter), self._revealed
        words = explained(found, revealed=revealed) if found else refusal.text
        if is_veiled(refusal, grounds, revealed=revealed):
            words = NEXT_LINE.join((KEPT_APART, LOOK_FIRST)) if found else KEPT_APART
        name = grounds.snapshot.supporters[refusal.supporter].shown_name
        return QueueRow(refusal.supporter, name, words, covered=True)

    @Slot(str)
    def _turn(self, supporter: str) -> None:
        if supporter in self._open:
            del self._open[supporter]
            self._fill()
        else:
            self.wanted.emit(supporter)
