"""The page on what is due for erasure: nothing is ticked; keep back with a reason, or erase what is ticked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done
from peermatch.model.dates import in_words
from peermatch.model.erasure import ErasurePreview
from peermatch.model.retention import Due, Item
from peermatch.model.rights import Subject
from peermatch.services.erasure import Erasure
from peermatch.services.office import Services
from peermatch.services.retention import ClockJumped
from peermatch.ui.screens.clock_words import count_of
from peermatch.ui.screens.duties_erase import AT_LENGTH, EraseForm, erase_words
from peermatch.ui.screens.duties_keep import KeepForm, Keeping
from peermatch.ui.screens.duties_page import DutyPage, Lines
from peermatch.ui.screens.duties_words import name_of
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Row
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.chip import Chip
from peermatch.ui.widgets.covered import CoveredLabel
from peermatch.ui.widgets.fields import Tick
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.states import EmptyState
from peermatch.ui.widgets.text import SMALL, SectionLabel, Text

INTRO = (
    "What the schedule says has been kept long enough. Nothing goes by itself: tick what may go, and read what "
    "follows before you erase it. Counts for statistics stay, without anybody in them."
)
NOTHING = "Nothing is due"
NOTHING_NOTE = "Letters, people and old introductions come here when they have been kept long enough."
ERASE = "Erase ticked records"
CLOCK = "The clock is right"
LEFT = frozenset({Item.INTRODUCTIONS, Item.CONSENT})
"""What stays of somebody who was erased, until its own time is over."""
AT_FIRST = 50
"""Lines that are listed before somebody asks for more."""


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that is due of one person's record."""

    subject: Subject
    items: tuple[Due, ...]

    @property
    def kept_back(self) -> bool:
        """Whether somebody said that it stays."""
        return any(each.kept_back is not None for each in self.items)

    @property
    def left(self) -> bool:
        """Whether the person was erased before, and only what was left of them is due."""
        return all(each.item in LEFT for each in self.items)


def button_of(records: Sequence[Record]) -> str:
    """The button that erases these, in the words of what it does."""
    if len(records) == 1:
        return erase_words(records[0].subject, left=records[0].left)
    return f"Erase {count_of(len(records), 'record')}"


def by_record(due: Sequence[Due]) -> tuple[Record, ...]:
    """One record for each person, in the order of the list."""
    found: dict[Subject, list[Due]] = {}
    for each in due:
        found.setdefault(each.subject, []).append(each)
    return tuple(Record(subject, tuple(items)) for subject, items in found.items())


def due_words(due: date, today: date) -> str:
    """Since when it is due."""
    days = (today - due).days
    return "due today" if days <= 0 else f"due for {count_of(days, 'day')}"


def kept_words(record: Record) -> str:
    """Why it stays, since when and until when."""
    kept = next((each.kept_back for each in record.items if each.kept_back is not None), None)
    if kept is None:
        return ""
    until = f" until {in_words(kept.until)}" if kept.until else ""
    return f"Kept back since {in_words(kept.since)}{until}: {kept.reason}"


class DuePanel(DutyPage):
    """``count`` is how many records are due now and not kept back."""

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        erase = Button(theme, ERASE, kind="danger", note="You see first what goes and what stays")
        super().__init__(services, tasks, theme, "Due for erasure", INTRO, (erase,))
        self.erase_button = erase
        self.records: tuple[Record, ...] = ()
        self._ticked: set[Subject] = set()
        self._most = AT_FIRST
        self.form, self.keep = EraseForm(theme), KeepForm(theme)
        self.lines, self.kept = Lines(theme), Lines(theme)
        self.empty = EmptyState(theme, "shield-check", NOTHING, NOTHING_NOTE)
        self.more = Button(theme, "", kind="quiet", small=True)
        self._kept_label = SectionLabel(theme, "Kept back")
        more = QWidget()
        Row(theme, more).addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self.form, self.keep, self.empty, self.lines, more, self._kept_label, self.kept)
        self.body.addStretch(1)
        self._connect()
        self._show(())

    def _connect(self) -> None:
        self.erase_button.clicked.connect(self._look_first)
        self.form.wanted.connect(self._erase)
        self.form.closed.connect(self._cancel)
        self.form.banner.acted.connect(self._confirm_clock)
        self.keep.wanted.connect(self._keep_back)
        self.keep.closed.connect(self._cancel)
        self.more.clicked.connect(self._show_more)

    @property
    def count(self) -> int:
        """How many records wait for a decision."""
        return sum(1 for record in self.records if not record.kept_back)

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever goes elsewhere has decided nothing."""
        super().hideEvent(event)
        if not event.spontaneous() and self.form.cancel.isEnabled():
            self.close_forms()

    def take_focus(self) -> None:
        """Begin with the first line, or with what can be pressed."""
        first = next(iter(self.lines.parts().values()), None)
        if isinstance(first, DueLine):
            first.tick.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_forms(self) -> None:
        """Nothing that was only looked at stays open."""
        self.form.close_up()
        self.keep.close_up()

    def read(self) -> None:
        """Ask on the worker what is due today."""
        self._review(self._show)

    def learn(self) -> None:
        """How many are due."""
        self._review(self._know)

    def _review(self, then: Callable[[Sequence[Due]], None]) -> None:
        work = partial(self.services.retention.review, self.services.desk.today)
        self.tasks.run(self, work, then, self.show_error)

    def _know(self, due: Sequence[Due]) -> None:
        self.records = by_record(due)
        self.changed.emit()

    def ticked(self) -> tuple[Subject, ...]:
        """Who is ticked, in the order of the list."""
        return tuple(record.subject for record in self._chosen())

    def _show(self, due: Sequence[Due]) -> None:
        self._know(due)
        waiting = [record for record in self.records if not record.kept_back]
        kept = [record for record in self.records if record.kept_back]
        self._ticked &= {record.subject for record in waiting}
        shown, left = waiting[: self._most], len(waiting[self._most :])
        self.lines.put((record.subject.id, self._line(record)) for record in shown)
        self.kept.put((record.subject.id, self._line(record)) for record in kept)
        self.empty.setVisible(not waiting)
        self.more.setVisible(left > 0)
        self.more.set_text(f"Show more: {left} are not listed yet")
        self._kept_label.setVisible(bool(kept))
        self._name_button()

    def _line(self, record: Record) -> QWidget:
        name = name_of(record.subject, self.services.desk.snapshot)
        line = DueLine(self.theme, record, name, self.services.desk.today)
        line.tick.setChecked(record.subject in self._ticked)
        line.ticked.connect(self._tick)
        line.keep_wanted.connect(self._ask_why)
        line.release_wanted.connect(self._release)
        return line

    def _name_button(self) -> None:
        chosen = self._chosen()
        self.erase_button.set_text(button_of(chosen) if chosen else ERASE)
        self.erase_button.setEnabled(bool(chosen))

    def _chosen(self) -> tuple[Record, ...]:
        return tuple(record for record in self.records if record.subject in self._ticked)

    @Slot(object, bool)
    def _tick(self, subject: Subject, on: bool) -> None:
        (self._ticked.add if on else self._ticked.discard)(subject)
        self._name_button()

    @Slot()
    def _show_more(self) -> None:
        self._most += AT_FIRST
        self.look()

    @Slot()
    def _look_first(self) -> None:
        self.banner.hide()
        self.keep.close_up()
        chosen = self._chosen()
        work = partial(_previews, self.services.erasure, self.ticked())
        self.tasks.run(self, work, partial(self._looked, chosen), self.show_error)

    def _looked(self, chosen: tuple[Record, ...], previews: tuple[ErasurePreview, ...]) -> None:
        self.form.open_for([record.subject for record in chosen], previews, button_of(chosen))
        self.bring_into_sight(self.form)

    @Slot(object)
    def _erase(self, subjects: tuple[Subject, ...]) -> None:
        work = partial(self.services.retention.apply, subjects, self.services.desk.today)
        self.tasks.run(self, work, self._done, self._not_erased)

    def _not_erased(self, error: PeerMatchError) -> None:
        self.form.refuse(error.what, error.hint, action=CLOCK if isinstance(error, ClockJumped) else "")

    @Slot()
    def _confirm_clock(self) -> None:
        """A person says so; then it can be erased."""
        self.tasks.run(self, self.services.retention.confirm_clock, self._clock_confirmed, self._not_erased)

    def _clock_confirmed(self, done: Done) -> None:
        self.form.banner.hide()
        self.did.emit(done)

    @Slot(object)
    def _ask_why(self, subject: Subject) -> None:
        self.banner.hide()
        self.form.close_up()
        self.keep.open_for(subject, self.services.desk.today)
        self.bring_into_sight(self.keep)

    @Slot(object)
    def _keep_back(self, kept: Keeping) -> None:
        today = self.services.desk.today
        work = partial(self.services.retention.keep_back, kept.subject, kept.reason, kept.until, today)
        self.tasks.run(self, work, self._done, self._not_kept)

    def _not_kept(self, error: PeerMatchError) -> None:
        self.keep.refuse(error.what, error.hint)

    @Slot(object)
    def _release(self, subject: Subject) -> None:
        work = partial(self.services.retention.release, subject, self.services.desk.today)
        self.tasks.run(self, work, self._done, self.show_error)

    def _done(self, done: Done) -> None:
        self._cancel()
        self.banner.hide()
        self.did.emit(done)
        self.look()

    @Slot()
    def _cancel(self) -> None:
        self.close_forms()
        self.to_top()
        self.take_focus()


class DueLine(Card):
    """One record: who, what is due and why now; ``ticked`` brings who and whether."""

    ticked = Signal(object, bool)
    keep_wanted = Signal(object)
    release_wanted = Signal(object)

    def __init__(self, theme: Theme, record: Record, name: str, today: date) -> None:
        super().__init__(theme, margins=(18, 10, 12, 10), spacing=4)
        self.record = record
        self.tick = Tick(theme, record.subject.id)
        self.tick.setAccessibleName(f"Erase {record.subject.id}")
        self.keep = Button(theme, "Keep back", small=True)
        self.keep.setAccessibleName(f"Keep {record.subject.id} back")
        self.release = Button(theme, "Keep back no longer", small=True)
        self.release.setAccessibleName(f"Keep {record.subject.id} back no longer")
        who: list[QWidget] = [] if record.kept_back else [self.tick]
        if record.kept_back:
            who.append(Text(theme, record.subject.id, wrap=False))
        if name:
            who.append(CoveredLabel(theme, name, wrap=False))
        oldest = min(each.due for each in record.items)
        who.append(Chip(theme, due_words(oldest, today), "mute" if record.kept_back else "wait"))
        button = self.release if record.kept_back else self.keep
        self.body.addWidget(Spread(theme, Flow(theme, who, gap=10), button))
        words = QWidget()
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

    @Slot(bool)
    def _toggled(self, on: bool) -> None:
        self.ticked.emit(self.record.subject, on)

    @Slot()
    def _keep(self) -> None:
        self.keep_wanted.emit(self.record.subject)

    @Slot()
    def _release(self) -> None:
        self.release_wanted.emit(self.record.subject)


def _previews(erasure: Erasure, subjects: Sequence[Subject]) -> tuple[ErasurePreview, ...]:
    """On the worker: what would follow, at length for the first of many."""
    return tuple(erasure.preview(subject) for subject in subjects[:AT_LENGTH])
