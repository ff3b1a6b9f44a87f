"""The queue on the left of the enquiries: what waits, oldest first, and on request what does not."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from peermatch.model.enquiry import Enquiry
from peermatch.model.letter import Proposal
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.enquiry_facets import LABELS, RESTING
from peermatch.ui.screens.enquiry_several import SeveralBar
from peermatch.ui.screens.enquiry_waiting import Order, Waiting
from peermatch.ui.screens.enquiry_words import queue_row
from peermatch.ui.screens.facet_row import FacetRow
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Panel, Row
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.queue_list import MadeRows, QueueRow, QueueView
from peermatch.ui.widgets.stack import Stack
from peermatch.ui.widgets.states import EmptyState
from peermatch.ui.widgets.text import TINY, SectionLabel, Text
from peermatch.words import tr

Known = dict[str, tuple[tuple[object, ...], QueueRow]]
"""The rows that were made, each with what it was made from."""
WITH_SOMEBODY, AT_REST = tr("With somebody now"), tr("On hold or closed")


class Pictured(NamedTuple):
    """What rows are made from."""

    snapshot: Snapshot
    proposals: Mapping[str, Proposal]
    on: date
    current: str
    fitting: frozenset[str]

    def says_as(self, other: "Pictured | None") -> bool:
        """Whether the same row of both would say the same: a picture's parts are never changed, only replaced."""
        if other is None:
            return False
        now, then = self.snapshot, other.snapshot
        same = now.reference is then.reference and now.introductions is then.introductions
        same = same and now.enquiries is then.enquiries and self.on == other.on
        return same and (self.proposals, self.fitting) == (other.proposals, other.fitting)


class Listed(NamedTuple):
    """The references that are listed: those that wait, those who are with somebody, and those that rest."""

    waiting: Sequence[str] = ()
    met: Sequence[str] = ()
    rest: Sequence[str] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """All of them from above."""
        return (*self.waiting, *self.met, *self.rest)

    @property
    def headings(self) -> Mapping[int, str]:
        """Above which places a heading begins another part."""
        met, rest = len(self.waiting), len(self.waiting) + len(self.met)
        found = {met: WITH_SOMEBODY} if self.met else {}
        return {**found, rest: AT_REST} if self.rest else found


class QueuePanel(Panel):
    """The list with its heading; ``chosen`` brings the reference, ``wanted_new`` asks for a first letter."""

    chosen = Signal(str)
    wanted_new = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "raised", edge="right", parent=parent)
        self.setAccessibleName(tr("Queue"))
        self._theme = theme
        self._all = self._met = False
        self.waiting = Waiting()
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
        self.list.clicked.connect(self._clicked)
        self.list.opened.connect(self._opened)
        self._empty.acted.connect(self.wanted_new)
        self._more.clicked.connect(self._toggle)
        self.facets.chosen.connect(self._again)
        self._pictured: Pictured | None = None
        self._shows: tuple[Listed, Pictured] | None = None
        self._known: Known = {}

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
        if self._pictured and self._pictured.snapshot.reference is not snapshot.reference:
            self._known.clear()
        self._pictured = pictured = Pictured(snapshot, proposals, on, current, fitting)
        order = self.waiting.order(snapshot)
        anybody = bool(order.waiting or order.met)
        self._heading.set_text(tr("Waiting for you · {shown}").format(shown=len(order.waiting)))
        self.facets.show_counts({**order.counts, RESTING: order.rest if self._all else 0}, LABELS)
        listed = self._listed(order, current)
        self._list(listed, pictured)
        self._stack.setCurrentWidget(self.list if any(listed) else self._empty)
        if not anybody:
            self.several.end()
        self.several.count()
        self.several.start.setVisible(anybody and not self.several.on)
        self._more.setVisible(bool(order.rest))
        self._more.set_text(
            tr("Hide those that rest")
            if self._all
            else tr("Show {rest} on hold or closed").format(rest=f"{order.rest:,}")
        )

    def _listed(self, order: Order, current: str) -> Listed:
        """What the facets let through; the chosen one in any case."""
        chosen, lets = order.picture.enquiries.get(current), self.facets.lets
        rest = order.resting() if self._all else (current,) if chosen and not chosen.open else ()
        waiting, met = order.waiting, order.met
        if self.facets.current:
            waiting, met = (
                tuple(e for e in part if e.reference == current or lets(order.part(e)))
                for part in (waiting, met)
            )
            rest = tuple(each for each in rest if each == current or lets(RESTING))
        return Listed([each.reference for each in waiting], [each.reference for each in met], rest)

    def _list(self, listed: Listed, pictured: Pictured) -> None:
        """Show these; a list that says what it said stays as it is."""
        shows, self._shows = self._shows, (listed, pictured)
        same = shows is not None and shows[0] == listed and pictured.says_as(shows[1])
        chosen = self.list.current() if self.list.selectionModel().hasSelection() else ""
        if not same or chosen != pictured.current:
            make = partial(_row, listed.keys, listed.headings, pictured, self._known)
            self.list.set_rows(MadeRows(listed.keys, make), current=pictured.current)
        if not pictured.current:  # a new one is begun: the keyboard keeps its place, but none of them is open
            self.list.clearSelection()

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        self._opened(self.list.rows()[index.row()].key)

    @Slot(str)
    def _opened(self, key: str) -> None:
        """Away from a new one, back to a row at which the keyboard stands already."""
        if self._pictured is not None and not self._pictured.current:
            self.list.chosen.emit(key)

    @Slot()
    def _toggle(self) -> None:
        self._all = not self._all
        self._again()

    @Slot()
    def _again(self) -> None:
        if self._pictured is not None:
            self.show_queue(*self._pictured)


def _row(
    keys: Sequence[str], headings: Mapping[int, str], shown: Pictured, known: Known, place: int
) -> QueueRow:
    """One row; a heading parts those that wait from those with somebody, and from those that rest.

    It knows nothing of the list that shows it: in a ring of such two, neither would ever go.
    """
    row = _said(shown.snapshot.enquiries[keys[place]], shown, known)
    return replace(row, heading=headings[place]) if place in headings else row


def _said(enquiry: Enquiry, shown: Pictured, known: Known) -> QueueRow:
    """Made anew only where what it says may have changed: each letter that was read asks for all of them."""
    snapshot, reference = shown.snapshot, enquiry.reference
    asked, proposal = snapshot.introductions_of(reference), shown.proposals.get(reference)
    fits = reference in shown.fitting
    says = (enquiry, asked, proposal, shown.on, fits)
    found = known.get(reference)
    if found is None or found[0] != says:
        row = queue_row(enquiry, asked, proposal, snapshot.reference.vocabulary, shown.on, fits=fits)
        found = known[reference] = (says, row)
    return found[1]
