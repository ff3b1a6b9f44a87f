"""The queue on the left of the enquiries: what waits, oldest first, and on request what does not."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from peermatch.model.enquiry import Enquiry
from peermatch.model.letter import Proposal
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.enquiry_facets import LABELS, MET, RESTING, turn
from peermatch.ui.screens.enquiry_several import SeveralBar
from peermatch.ui.screens.enquiry_waiting import met, resting, waiting
from peermatch.ui.screens.enquiry_words import queue_row
from peermatch.ui.screens.facet_row import FacetRow
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Panel, Row
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.queue_list import QueueRow, QueueView
from peermatch.ui.widgets.stack import Stack
from peermatch.ui.widgets.states import EmptyState
from peermatch.ui.widgets.text import TINY, SectionLabel, Text
from peermatch.words import tr

Pictured = tuple[Snapshot, Mapping[str, Proposal], date, str, frozenset[str]]
HEADINGS = {MET: tr("With somebody now"), RESTING: tr("On hold or closed"), "": ""}


class QueuePanel(Panel):
    """The list with its heading; ``chosen`` brings the reference, ``wanted_new`` asks for a first letter."""

    chosen = Signal(str)
    wanted_new = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "raised", edge="right", parent=parent)
        self.setAccessibleName(tr("Queue"))
        self._theme = theme
        self._all = self._met = False
        column = Column(theme, self, spacing=8, margins=(0, 14, 1, 12))
        head = Row(theme, margins=(12, 0, 12, 0))
        self._heading = SectionLabel(theme, tr("Waiting for you"))
        head.addWidget(self._heading, 1)
        head.addWidget(Text(theme, tr("oldest first"), TINY, wrap=False))
        column.addLayout(head)
        self.list = QueueView(theme, name=tr("Enquiries waiting for you"))
        self._empty = EmptyState(
            theme,
            "inbox",
            tr("Nobody is waiting."),
            tr("Drop an e-mail on this window, or paste one."),
            action=tr("New enquiry"),
            writes=True,
        )
        self.facets = FacetRow(theme)
        self._stack = Stack()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        parts = Row(theme, margins=(12, 0, 12, 0))
        parts.addWidget(self.facets)
        column.addLayout(parts)
        inset = Row(theme, margins=(8, 0, 8, 0))
        inset.addWidget(self._stack)
        column.addLayout(inset, 1)
        self._more = Button(theme, "", kind="quiet", small=True)
        self.several = SeveralBar(theme, self.list)
        below = Column(theme, margins=(12, 0, 12, 0))
        below.addWidget(Flow(theme, (self._more, self.several.start), gap=4))
        below.addWidget(self.several)
        column.addLayout(below)
        self.list.chosen.connect(self.chosen)
        self._empty.acted.connect(self.wanted_new)
        self._more.clicked.connect(self._toggle)
        self.facets.chosen.connect(self._again)
        self._pictured: Pictured | None = None
        self._known: dict[str, tuple[tuple[object, ...], QueueRow]] = {}

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the list has it."""
        super().resizeEvent(event)
        self.facets.fit_into(self.height())

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes here first begins in the list, and not with what stands above it."""
        super().showEvent(event)
        if not self._met:
            self._met = True
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_queue(
        self,
        snapshot: Snapshot,
        proposals: Mapping[str, Proposal],
        on: date,
        current: str,
        fitting: frozenset[str] = frozenset(),
    ) -> None:
        """List what waits; the chosen one and the place in the list stay. ``fitting``: where a watch found somebody."""
        if self._pictured and self._pictured[0].reference is not snapshot.reference:
            self._known.clear()
        self._pictured = pictured = (snapshot, proposals, on, current, fitting)
        rest, with_somebody = resting(snapshot), met(snapshot)
        shown = waiting(snapshot)
        self._heading.set_text(tr("Waiting for you · {shown}").format(shown=len(shown)))
        below = (*with_somebody, *rest)
        listed = (*shown, *with_somebody, *(e for e in rest if self._all or e.reference == current))
        parts = {e.reference: turn(e, snapshot.introductions_of(e.reference)) for e in listed}
        counted = listed if self._all else (*shown, *with_somebody)
        self.facets.show_counts((parts[e.reference] for e in counted), LABELS)
        listed = tuple(e for e in listed if e.reference == current or self.facets.lets(parts[e.reference]))
        rows = list(self._rows(listed, frozenset(e.reference for e in below), pictured))
        if list(self.list.rows()) != rows or self.list.current() != current:
            self.list.set_rows(rows, current=current)
        self._stack.setCurrentWidget(self.list if rows else self._empty)
        if not (shown or with_somebody):
            self.several.end()
        self.several.count()
        self.several.start.setVisible(bool(shown or with_somebody) and not self.several.on)
        self._more.setVisible(bool(rest))
        self._more.set_text(
            tr("Hide those that rest")
            if self._all
            else tr("Show {rest} on hold or closed").format(rest=len(rest))
        )

    def _rows(
        self, listed: tuple[Enquiry, ...], below: frozenset[str], shown: Pictured
    ) -> Iterator[QueueRow]:
        """Their rows; a heading parts those that wait from those with somebody, and from those that rest."""
        part = ""
        for enquiry in listed:
            row = self._row(enquiry, shown)
            now = (RESTING if not enquiry.open else MET) if enquiry.reference in below else ""
            yield replace(row, heading=HEADINGS[now]) if now != part else row
            part = now

    def _row(self, enquiry: Enquiry, shown: Pictured) -> QueueRow:
        """Made anew only where what it says may have changed: each letter that was read asks for all of them."""
        snapshot, proposals, on, _, fitting = shown
        reference = enquiry.reference
        asked, proposal = snapshot.introductions_of(reference), proposals.get(reference)
        says = (enquiry, asked, proposal, on, reference in fitting)
        known = self._known.get(reference)
        if known is None or known[0] != says:
            lists = snapshot.reference.vocabulary
            row = queue_row(enquiry, asked, proposal, lists, on, fits=reference in fitting)
            known = self._known[reference] = (says, row)
        return known[1]

    @Slot()
    def _toggle(self) -> None:
        self._all = not self._all
        self._again()

    @Slot()
    def _again(self) -> None:
        if self._pictured is not None:
            self.show_queue(*self._pictured)
