"""What is due of one person's record, or one case, as a line: who, what and why now, and what can be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.retention import Due, Item
from peermatch.model.rights import Case, Subject
from peermatch.ui.screens.duties_erase import erase_words
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.chip import Chip
from peermatch.ui.widgets.covered import CoveredLabel
from peermatch.ui.widgets.fields import Tick
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.text import SMALL, Text
from peermatch.words import count_of, in_words, tr

LEFT = frozenset({Item.INTRODUCTIONS, Item.CONSENT})
"""What stays of somebody who was erased, until its own time is over."""


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that is due of one person's record."""

    subject: Subject | Case
    items: tuple[Due, ...]

    @property
    def kept_back(self) -> bool:
        """Whether somebody said that it stays."""
        return any(each.kept_back is not None for each in self.items)

    @property
    def letter(self) -> bool:
        """Whether it is a letter, which is counted with those that wait to be sent."""
        return all(each.item is Item.LETTER for each in self.items)

    @property
    def left(self) -> bool:
        """Whether the person was erased before, and only what was left of them is due."""
        return all(each.item in LEFT for each in self.items)


def button_of(records: Sequence[Record]) -> str:
    """The button that erases these, in the words of what it does."""
    if len(records) == 1:
        return erase_words(records[0].subject, left=records[0].left)
    return tr("Erase {count_of}").format(count_of=count_of(len(records), "record"))


def by_record(due: Sequence[Due]) -> tuple[Record, ...]:
    """One record for each person, in the order of the list."""
    found: dict[Subject | Case, list[Due]] = {}
    for each in due:
        found.setdefault(each.subject, []).append(each)
    return tuple(Record(subject, tuple(items)) for subject, items in found.items())


def due_words(due: date, today: date) -> str:
    """Since when it is due."""
    days = (today - due).days
    return tr("due today") if days <= 0 else tr("due for {count_of}").format(count_of=count_of(days, "day"))


def kept_words(record: Record) -> str:
    """Why it stays, since when and until when."""
    kept = next((each.kept_back for each in record.items if each.kept_back is not None), None)
    if kept is None:
        return ""
    until = tr(" until {in_words}").format(in_words=in_words(kept.until)) if kept.until else ""
    return tr("Kept back since {in_words}{until}: {reason}").format(
        in_words=in_words(kept.since), until=until, reason=kept.reason
    )


class DueLine(Card):
    """One record: who, what is due and why now; ``ticked`` brings who and whether."""

    ticked = Signal(object, bool)
    keep_wanted = Signal(object)
    release_wanted = Signal(object)

    def __init__(self, theme: Theme, record: Record, name: str, today: date, parent: QWidget) -> None:
        super().__init__(theme, margins=(18, 10, 12, 10), spacing=4, parent=parent)
        self.record = record
        self.tick = Tick(theme, record.subject.id)
        self.tick.setAccessibleName(tr("Erase {id}").format(id=record.subject.id))
        self.keep = Button(theme, tr("Keep back"), small=True)
        self.keep.setAccessibleName(tr("Keep back {id}").format(id=record.subject.id))
        self.release = Button(theme, tr("Keep back no longer"), small=True)
        self.release.setAccessibleName(tr("Keep back no longer: {id}").format(id=record.subject.id))
        theme.read_only.bar(self.keep, self.release)
        who: list[QWidget] = [] if record.kept_back else [self.tick]
        if record.kept_back:
            who.append(Text(theme, record.subject.id, wrap=False))
        if name:
            who.append(CoveredLabel(theme, name, wrap=False))
        oldest = min(each.due for each in record.items)
        who.append(Chip(theme, due_words(oldest, today), "mute" if record.kept_back else "wait"))
        self.body.addWidget(Spread(theme, Flow(theme, who, gap=10), self._button(), parent=self))
        words = QWidget(self)
        lines = Column(theme, words, spacing=2, margins=(0 if record.kept_back else 28, 0, 0, 0))
        for each in record.items:
            lines.addWidget(Text(theme, each.sentence, SMALL))
        if record.kept_back:
            lines.addWidget(Text(theme, kept_words(record), SMALL, tone="ink"))
        self.body.addWidget(words)
        self.setAccessibleName(f"{record.subject.id}: {record.items[0].sentence}")
        self.tick.toggled.connect(self._toggled)
        self.keep.clicked.connect(self._keep)
        self.release.clicked.connect(self._release)

    def _button(self) -> QWidget:
        """A person is kept back, and their cases with them; a case is not kept back by itself."""
        if isinstance(self.record.subject, Case):
            return QWidget()
        return self.release if self.record.kept_back else self.keep

    @Slot(bool)
    def _toggled(self, on: bool) -> None:
        self.ticked.emit(self.record.subject, on)

    @Slot()
    def _keep(self) -> None:
        self.keep_wanted.emit(self.record.subject)

    @Slot()
    def _release(self) -> None:
        self.release_wanted.emit(self.record.subject)
