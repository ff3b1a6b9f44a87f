"""The list of introductions: those in hand with their clocks, or those that are over."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from peermatch.model.introduction import Introduction, State
from peermatch.model.posted import NOTHING_WRITTEN, Written
from peermatch.services.people import People
from peermatch.services.snapshot import Snapshot
from peermatch.ui.cover import Cover
from peermatch.ui.screens.facet_row import FacetRow
from peermatch.ui.screens.introduction_order import Lineups
from peermatch.ui.screens.introduction_words import STATE_CHIPS, key_of, letters_of, name_of, needing, row
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Panel, Row
from peermatch.ui.widgets.queue_list import MadeRows, QueueRow, QueueView
from peermatch.ui.widgets.segmented import Segmented
from peermatch.ui.widgets.stack import Stack
from peermatch.ui.widgets.states import EmptyState
from peermatch.ui.widgets.text import SectionLabel
from peermatch.words import tr

OPEN, OVER, BOARD = "open", "over", "board"
SHORTER = {State.ASKED: "asked", State.ACCEPTED: tr("said yes")}
PARTS = {state.value: SHORTER.get(state, words) for state, (words, _) in STATE_CHIPS.items()}


class Said(NamedTuple):
    """What rows are made from."""

    listed: Sequence[Introduction]
    on: date
    covered: bool
    written: Written
    supporters: People

    def same_as(self, other: "Said | None") -> bool:
        """Whether the rows of both say the same: what is read of letters and people is never changed, only replaced."""
        if other is None or self.written is not other.written or self.supporters is not other.supporters:
            return False
        return self[:3] == other[:3]


class IntroductionList(Panel):
    """``chosen`` brings the key of a row: reference and supporter."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "raised", edge="right", parent=parent)
        self._theme = theme
        self._picture: tuple[Snapshot, date, str] | None = None
        self._says: Said | None = None
        self.written = NOTHING_WRITTEN
        self.lineups = Lineups()
        self._current: Introduction | None = None
        column = Column(theme, self, spacing=10, margins=(0, 14, 1, 12))
        head = Column(theme, spacing=10, margins=(12, 0, 12, 0))
        self.heading = SectionLabel(theme, tr("Introductions"))
        parts = [(OPEN, tr("In hand")), (OVER, tr("Over")), (BOARD, tr("Board"))]
        self.which = Segmented(theme, parts, name=tr("Which introductions"))
        head.addWidget(self.which)
        head.addWidget(self.heading)
        self.facets = FacetRow(theme)
        head.addWidget(self.facets)
        column.addLayout(head)
        self.list = QueueView(theme, name=tr("Introductions"))
        self._empty = EmptyState(
            theme,
            "handshake",
            tr("Nobody is asked yet."),
            tr(
                "Choose an enquiry and ask one of the people who could help. They stand here until it is done."
            ),
        )
        self._stack = Stack()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        inset = Row(theme, margins=(8, 0, 8, 0))
        inset.addWidget(self._stack)
        column.addLayout(inset, 1)
        self.list.chosen.connect(self.chosen)
        self.which.chosen.connect(self._again)
        theme.cover.changed.connect(self._again)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the list has it."""
        super().resizeEvent(event)
        self.facets.fit_into(self.height())

    def show_list(self, snapshot: Snapshot, on: date, current: str) -> None:
        """List them; the chosen one and the place in the list stay, in the whole list where it is in no part of it."""
        self._picture = (snapshot, on, current)
        listed = self._lined_up(snapshot, on)
        self.facets.show_counts((i.state.value for i in listed), PARTS)
        if self.facets.current and any(key_of(i) == current and not self.lists(i) for i in listed):
            self.facets.let_go()
            self.facets.show_counts((i.state.value for i in listed), PARTS)
        if self.facets.current:
            listed = tuple(i for i in listed if self.facets.lets(i.state.value))
        self._show_heading(listed, snapshot, on)
        self._list(listed, snapshot, on, current)
        self._stack.setCurrentWidget(self.list if listed else self._empty)

    def _show_heading(self, listed: Sequence[Introduction], snapshot: Snapshot, on: date) -> None:
        """Of the rows that are listed; above none there is no heading."""
        lineup = self.lineups.of(snapshot.introductions, on, self.written)
        due = sum(map(needing(on, self.written), listed)) if self.facets.current else lineup.due
        self.heading.set_text(
            tr("Newest first")
            if self._over
            else tr("Waiting for you · {due} of {listed}").format(due=due, listed=len(listed))
        )
        self.heading.setVisible(bool(listed))

    @property
    def _over(self) -> bool:
        return self.which.current() == OVER

    def _lined_up(self, snapshot: Snapshot, on: date) -> Sequence[Introduction]:
        lineup = self.lineups.of(snapshot.introductions, on, self.written)
        return lineup.over if self._over else lineup.in_hand

    def _list(self, listed: Sequence[Introduction], snapshot: Snapshot, on: date, current: str) -> None:
        """Show these; a list that says what it said stays as it is."""
        says = Said(listed, on, self._theme.cover.on, self.written, snapshot.supporters)
        same, self._says = says.same_as(self._says), says
        before, self._current = self._current, next((i for i in listed if key_of(i) == current), None)
        if not same or self.list.current() != current:
            keys = [key_of(each) for each in listed]
            make = partial(_row, says, snapshot, self._theme.cover)
            self.list.set_rows(MadeRows(keys, make), current=current)
        after = self._current
        if before is not None and after is not None and key_of(before) == key_of(after) and before != after:
            self.list.scrollTo(self.list.currentIndex())  # a step has moved its row

    @Slot()
    def take_keyboard(self) -> None:
        """The card that had it is handed over and gone: it stays at the enquiry, with the next one a key away."""
        if self.list.isVisible():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_where(self, introduction: Introduction) -> None:
        """Turn to the half of the list in which this one stands."""
        self.which.set_current(OPEN if introduction.in_hand else OVER)
        if not self.facets.lets(introduction.state.value):
            self.facets.let_go()

    def lists(self, introduction: Introduction) -> bool:
        """Whether it stands in the half and the part that are shown."""
        return introduction.in_hand != self._over and self.facets.lets(introduction.state.value)

    def first(self, snapshot: Snapshot, on: date) -> str:
        """The key of the first row, or nothing."""
        listed = self._lined_up(snapshot, on)
        return next((key_of(i) for i in listed if self.facets.lets(i.state.value)), "")

    @Slot()
    def _again(self) -> None:
        if self._picture is not None:
            self.show_list(*self._picture)


def _row(says: Said, snapshot: Snapshot, cover: Cover, place: int) -> QueueRow:
    """One row. It knows nothing of the list that shows it: in a ring of such two, neither would ever go."""
    each = says.listed[place]
    name = cover.shown(name_of(snapshot, each.supporter))
    return row(each, name, says.on, letters_of(each, says.written))
