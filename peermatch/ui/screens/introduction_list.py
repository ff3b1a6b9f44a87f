"""The list of introductions: those in hand with their clocks, or those that are over."""

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from peermatch.model.introduction import Introduction, State
from peermatch.model.posted import NOTHING_WRITTEN
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.facet_row import FacetRow
from peermatch.ui.screens.introduction_words import (
    STATE_CHIPS,
    in_order,
    key_of,
    letters_of,
    name_of,
    needs_you,
    row,
)
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Panel, Row
from peermatch.ui.widgets.queue_list import QueueView
from peermatch.ui.widgets.segmented import Segmented
from peermatch.ui.widgets.stack import Stack
from peermatch.ui.widgets.states import EmptyState
from peermatch.ui.widgets.text import SectionLabel
from peermatch.words import tr

OPEN, OVER, BOARD = "open", "over", "board"
SHORTER = {State.ASKED: "asked", State.ACCEPTED: tr("said yes")}
PARTS = {state.value: SHORTER.get(state, words) for state, (words, _) in STATE_CHIPS.items()}


class IntroductionList(Panel):
    """``chosen`` brings the key of a row: reference and supporter."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "raised", edge="right", parent=parent)
        self._theme = theme
        self._picture: tuple[Snapshot, date, str] | None = None
        self.written = NOTHING_WRITTEN
        column = Column(theme, self, spacing=10, margins=(0, 14, 1, 12))
        head = Column(theme, spacing=10, margins=(12, 0, 12, 0))
        self._heading = SectionLabel(theme, tr("Introductions"))
        parts = [(OPEN, tr("In hand")), (OVER, tr("Over")), (BOARD, tr("Board"))]
        self.which = Segmented(theme, parts, name=tr("Which introductions"))
        head.addWidget(self.which)
        head.addWidget(self._heading)
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
        self.facets.chosen.connect(self._again)
        theme.cover.changed.connect(self._again)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the list has it."""
        super().resizeEvent(event)
        self.facets.fit_into(self.height())

    def show_list(self, snapshot: Snapshot, on: date, current: str) -> None:
        """List them; the chosen one and the place in the list stay."""
        self._picture = (snapshot, on, current)
        over = self.which.current() == OVER
        listed = in_order(snapshot.introductions, on, over=over, written=self.written)
        due = sum(1 for i in listed if not over and needs_you(i, on, self.written))
        self._heading.set_text(
            tr("Newest first")
            if over
            else tr("Waiting for you · {due} of {listed}").format(due=due, listed=len(listed))
        )
        self.facets.show_counts((i.state.value for i in listed), PARTS)
        listed = tuple(i for i in listed if key_of(i) == current or self.facets.lets(i.state.value))
        rows = [
            row(
                i,
                self._theme.cover.shown(name_of(snapshot, i.supporter)),
                on,
                letters_of(i, self.written),
            )
            for i in listed
        ]
        if list(self.list.rows()) != rows or self.list.current() != current:
            self.list.set_rows(rows, current=current)
        self._stack.setCurrentWidget(self.list if rows else self._empty)

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

    def first(self, snapshot: Snapshot, on: date) -> str:
        """The key of the first row, or nothing."""
        over = self.which.current() == OVER
        listed = in_order(snapshot.introductions, on, over=over, written=self.written)
        return next((key_of(i) for i in listed if self.facets.lets(i.state.value)), "")

    @Slot()
    def _again(self) -> None:
        if self._picture is not None:
            self.show_list(*self._picture)
