"""What happened to one enquiry, in words, newest first: lines of the journal."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from PySide6.QtWidgets import QWidget

from peermatch.model.enquiry import Enquiry
from peermatch.model.people import Supporter
from peermatch.ui.screens.clock_words import weekday_words
from peermatch.ui.screens.emptied import empty
from peermatch.ui.screens.enquiry_words import CHANNEL_WORDS
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.text import BODY, TINY, Text


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
    "receive": "The letter was received",
    "needs": "What they need was set",
    "change-enquiry": "Details were changed",
    "safe-contact": "How to reach them safely was noted",
    "risk": "What was done about safety was noted",
    "enquirer-consent": "Their own yes was recorded",
    "reveal": "Somebody looked at who wrote",
    "ask": "{name} was asked",
    "accept": "{name} said yes",
    "decline": "{name} said no",
    "lapse": "{name} did not answer",
    "enquirer-agrees": "The trainee said yes to {name}",
    "enquirer-refuses": "The trainee said no to {name}",
    "card": "{name}'s contact card was handed over",
    "end": "The introduction to {name} ended",
    "stop": "The introduction to {name} was stopped",
    "status-new": "Opened again",
    "status-triaged": "Opened again",
    "status-on-hold": "Put on hold",
    "status-closed": "Closed",
    "status-withdrawn": "Withdrawn at their word",
    "undo": "A step was taken back",
}


def sentence(line: Line, supporters: Mapping[str, Supporter], taken_back: frozenset[int]) -> str:
    """One line of the journal as a person would say it."""
    words = WORDS.get(line.action, line.action.replace("-", " ").capitalize())
    if line.undoes is not None:
        words = WORDS["undo"]
    ids = [each for each in line.object.split() if each in supporters]
    name = supporters[ids[0]].shown_name if ids else "the supporter"
    told = words.format(name=name)
    return f"{told} (taken back later)" if line.seq in taken_back else told


class HistoryView(QWidget):
    """The lines, each with its day."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = Column(theme, self, spacing=10)
        self._shown: tuple[tuple[str, str], ...] = ()
        self._supporters: Mapping[str, Supporter] = {}
        self._last: tuple[Enquiry, Sequence[Line], date] | None = None
        theme.cover.changed.connect(self._again)

    def lines(self) -> tuple[tuple[str, str], ...]:
        """What is shown: words and day."""
        return self._shown

    def show_history(
        self, enquiry: Enquiry, journal: Sequence[Line], supporters: Mapping[str, Supporter], on: date
    ) -> None:
        """The journal's lines about this enquiry, and the letter that began it."""
        self._supporters = supporters
        self._last = (enquiry, journal, on)
        taken_back = frozenset(line.undoes for line in journal if line.undoes is not None)
        told = [(sentence(line, self._covered(), taken_back), _when(line.at, on)) for line in journal]
        way = CHANNEL_WORDS.get(enquiry.channel or "", "")
        began = (f"Received {way}".strip(), weekday_words(enquiry.received, on))
        self._fill((*told, began))

    def _covered(self) -> Mapping[str, Supporter]:
        return {} if self._theme.cover.on else self._supporters

    def _again(self) -> None:
        if self._last is not None:
            enquiry, journal, on = self._last
            self.show_history(enquiry, journal, self._supporters, on)

    def _fill(self, lines: tuple[tuple[str, str], ...]) -> None:
        if lines == self._shown:
            return
        self._shown = lines
        empty(self._column)
        for words, when in lines:
            self._column.addWidget(self._line(words, when))
        self._column.addStretch(1)

    def _line(self, words: str, when: str) -> QWidget:
        box = QWidget()
        column = Column(self._theme, box, spacing=0)
        column.addWidget(Text(self._theme, words, BODY))
        column.addWidget(Text(self._theme, when, TINY))
        return box


def _when(moment: datetime, on: date) -> str:
    local = moment.astimezone() if moment.tzinfo else moment
    return f"{weekday_words(local.date(), on)}, {local:%H:%M}"
