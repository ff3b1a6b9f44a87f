"""What happened to one enquiry, in words, newest first: lines of the journal."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.decision import Decision
from peermatch.model.enquiry import Enquiry
from peermatch.model.people import Supporter
from peermatch.services.decisions import Replay
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.clock_words import weekday_words
from peermatch.ui.screens.emptied import empty
from peermatch.ui.screens.enquiry_words import CHANNEL_WORDS
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.text import BODY, TINY, Text
from peermatch.words import tr

if TYPE_CHECKING:
    from peermatch.ui.screens.decision_view import DecisionView


class Line(Protocol):
    """What is used of a line of the journal."""

    @property
    def seq(self) -> int:
        """Its number."""

    @property
    def at(self) -> datetime:
        """When."""

    @property
    def action(self) -> str:
        """What, as the commands are named."""

    @property
    def object(self) -> str:
        """About which records."""

    @property
    def undoes(self) -> int | None:
        """The line that it took back."""


WORDS = {
    "receive": tr("The letter was received"),
    "needs": tr("What they need was set"),
    "change-enquiry": tr("Details were changed"),
    "safe-contact": tr("How to reach them safely was noted"),
    "risk": tr("What was done about safety was noted"),
    "enquirer-consent": tr("Their own yes was recorded"),
    "reveal": tr("Somebody looked at who wrote"),
    "ask": tr("{name} was asked"),
    "accept": tr("{name} said yes"),
    "decline": tr("{name} said no"),
    "lapse": tr("{name} did not answer"),
    "enquirer-agrees": tr("The trainee said yes to {name}"),
    "enquirer-refuses": tr("The trainee said no to {name}"),
    "acknowledge": tr("The first reply was sent"),
    "remind": tr("{name} was reminded"),
    "letter-sent": tr("A letter was sent by hand"),
    "follow-up": tr("They and {name} were asked how it went"),
    "card": tr("{name}'s contact card was handed over"),
    "stop-told": tr("The trainee was told not to use {name}'s details any more"),
    "erased-told": tr("A letter that followed from an erasure was sent"),
    "end": tr("The introduction to {name} ended"),
    "stop": tr("The introduction to {name} was stopped"),
    "watch": tr("It is watched for somebody who fits"),
    "unwatch": tr("It is no longer watched"),
    "status-new": tr("Opened again"),
    "status-triaged": tr("Opened again"),
    "status-on-hold": tr("Put on hold"),
    "status-closed": tr("Closed"),
    "status-withdrawn": tr("Withdrawn at their word"),
    "undo": tr("A step was taken back"),
    "redo": tr("A step was done again"),
}


def sentence(line: Line, supporters: Mapping[str, Supporter], taken_back: frozenset[int]) -> str:
    """One line of the journal as a person would say it."""
    words = WORDS.get(line.action, line.action.replace("-", " ").capitalize())
    ids = [each for each in line.object.split() if each in supporters]
    name = supporters[ids[0]].shown_name if ids else tr("the supporter")
    told = words.format(name=name)
    return tr("{told} (taken back later)").format(told=told) if line.seq in taken_back else told


class HistoryView(QWidget):
    """The lines, each with its day; below an asking, how it was decided. ``compare`` asks for today beside it."""

    compare = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = Column(theme, self, spacing=10)
        self._shown: tuple[tuple[str, str], ...] = ()
        self._decided: tuple[Decision, ...] = ()
        self._views: dict[str, DecisionView] = {}
        self._last: tuple[Enquiry, Sequence[Line], Sequence[Decision], Snapshot, date] | None = None
        theme.cover.changed.connect(self._again)

    def lines(self) -> tuple[tuple[str, str], ...]:
        """What is shown: words and day."""
        return self._shown

    def decision(self, supporter: str) -> "DecisionView | None":
        """How the asking of somebody was decided."""
        return self._views.get(supporter)

    def show_history(
        self,
        enquiry: Enquiry,
        journal: Sequence[Line],
        decisions: Sequence[Decision],
        snapshot: Snapshot,
        on: date,
    ) -> None:
        """The journal's lines about this enquiry, the decisions, and the letter that began it."""
        self._last = (enquiry, journal, decisions, snapshot, on)
        known = {} if self._theme.cover.on else snapshot.supporters
        taken_back = not_standing(journal)
        told = [(sentence(line, known, taken_back), _when(line.at, on)) for line in journal]
        way = CHANNEL_WORDS.get(enquiry.channel or "", "")
        began = (tr("Received {way}").format(way=way).strip(), weekday_words(enquiry.received, on))
        by_line = decided_in(journal, taken_back, decisions)
        self._fill((*told, began), by_line, snapshot)

    def show_replay(self, replay: Replay) -> None:
        """Today beside one of the decisions."""
        view = self._views.get(replay.decision.supporter)
        if view is not None and view.decision == replay.decision:
            view.show_replay(replay)

    def compare_again(self) -> None:
        """A comparison did not come."""
        for view in self._views.values():
            view.compare_again()

    @Slot()
    def _again(self) -> None:
        if self._last is not None:
            self.show_history(*self._last)

    def _fill(
        self, lines: tuple[tuple[str, str], ...], by_line: Mapping[int, Decision], snapshot: Snapshot
    ) -> None:
        for view in self._views.values():
            view.know(snapshot)
        decided = tuple(by_line.values())
        if (lines, decided) == (self._shown, self._decided):
            return
        kept = self._views if decided == self._decided else {}
        self._shown, self._decided = lines, decided
        for view in kept.values():
            self._column.removeWidget(view)
        empty(self._column)
        self._views = {}
        for number, (words, when) in enumerate(lines):
            decision = by_line.get(number)
            self._column.addWidget(self._line(words, when))
            if decision is not None:
                view = kept.get(decision.supporter) or self._view(decision, snapshot)
                self._views[decision.supporter] = view
                self._column.addWidget(view)
        self._column.addStretch(1)

    def _view(self, decision: Decision, snapshot: Snapshot) -> "DecisionView":
        from peermatch.ui.screens.decision_view import DecisionView

        view = DecisionView(self._theme, decision, snapshot)
        view.wanted.connect(self.compare)
        return view

    def _line(self, words: str, when: str) -> QWidget:
        box = QWidget()
        column = Column(self._theme, box, spacing=0)
        column.addWidget(Text(self._theme, words, BODY))
        column.addWidget(Text(self._theme, when, TINY))
        return box


def not_standing(journal: Sequence[Line]) -> frozenset[int]:
    """The lines that were taken back and not done again since."""
    answers = {line.undoes: line.seq for line in journal if line.undoes is not None}

    def stands(seq: int) -> bool:
        return seq not in answers or not stands(answers[seq])

    return frozenset(line.seq for line in journal if not stands(line.seq))


def decided_in(
    journal: Sequence[Line], taken_back: frozenset[int], decisions: Sequence[Decision]
) -> Mapping[int, Decision]:
    """Which line of the journal tells of which decision: the asking of that person which still stands."""
    by_supporter = {each.supporter: each for each in decisions}
    found: dict[int, Decision] = {}
    for number, line in enumerate(journal):
        if line.action == "ask" and line.undoes is None and line.seq not in taken_back:
            named = next((id for id in line.object.split() if id in by_supporter), None)
            if named is not None:
                found[number] = by_supporter[named]
    return found


def _when(moment: datetime, on: date) -> str:
    local = moment.astimezone() if moment.tzinfo else moment
    return f"{weekday_words(local.date(), on)}, {local:%H:%M}"
