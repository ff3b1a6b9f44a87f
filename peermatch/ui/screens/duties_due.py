"""The page on what is due for erasure: nothing is ticked; keep back with a reason, or erase what is ticked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done
from peermatch.model.enquiry import Requester
from peermatch.model.erasure import ErasurePreview
from peermatch.model.retention import Due
from peermatch.model.rights import Case, Subject, SubjectKind
from peermatch.services.erasure import Erasure
from peermatch.services.office import Services
from peermatch.services.retention import ClockJumped
from peermatch.services.withdrawal import StopLetter
from peermatch.ui.locking.forms import Values, fill
from peermatch.ui.screens.duties_due_line import DueLine, Record, button_of, by_record
from peermatch.ui.screens.duties_erase import AT_LENGTH, EraseForm
from peermatch.ui.screens.duties_keep import KeepForm, Keeping
from peermatch.ui.screens.duties_letters import ErasedLetters
from peermatch.ui.screens.duties_page import DutyPage, Lines
from peermatch.ui.screens.duties_words import name_of
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Row
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.states import EmptyState
from peermatch.ui.widgets.text import SectionLabel
from peermatch.words import tr

INTRO = tr(
    "What the schedule says has been kept long enough. Nothing goes by itself: tick what may go, and read what "
    "follows before you erase it. Counts for statistics stay, without anybody in them."
)
NOTHING = tr("Nothing is due.")
NOTHING_NOTE = tr("Letters, people and old introductions come here when they have been kept long enough.")
ERASE = tr("Erase ticked records")
TICK_FIRST = tr("Tick a record first.")
CLOCK = tr("The clock is right")
AT_FIRST, FEW, MORE = 8, 3, 50
"""Lines that are listed before somebody asks for more, of those kept back at least, and how many come then."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is due, and the letters that earlier erasures left."""

    due: Sequence[Due]
    letters: Mapping[int, StopLetter]


NOTHING_WAITS = Waiting((), {})


class DuePanel(DutyPage):
    """``count`` is how many records wait for a decision, and letters of an erasure to be sent."""

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        erase = Button(theme, ERASE, kind="danger", note=tr("You see first what goes and what stays"))
        super().__init__(services, tasks, theme, tr("Due for erasure"), INTRO, (erase,))
        self.erase_button = erase
        theme.read_only.bar(erase)
        self.records: tuple[Record, ...] = ()
        self.known = False
        self._ticked: set[Subject | Case] = set()
        self.count = 0
        self._most = AT_FIRST
        self.form, self.keep = EraseForm(theme), KeepForm(theme)
        self.lines, self.kept = Lines(theme), Lines(theme)
        self.empty = EmptyState(theme, "shield-check", NOTHING, NOTHING_NOTE)
        self.more = Button(theme, "", kind="quiet", small=True)
        self._kept_label = SectionLabel(theme, tr("Kept back"))
        more = QWidget()
        Row(theme, more).addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.letters = ErasedLetters(theme)
        below = (self.empty, self.lines, more, self._kept_label, self.kept)
        self.add(self.form, self.keep, self.letters, *below)
        self.body.addStretch(1)
        self._connect()
        for waits in (self.empty, self.more, self._kept_label):  # until it is known what is due
            waits.hide()
        self._name_button()

    def _connect(self) -> None:
        self.erase_button.clicked.connect(self._look_first)
        self.form.wanted.connect(self._erase)
        self.form.closed.connect(self._cancel)
        self.form.acted.connect(self._confirm_clock)
        self.keep.wanted.connect(self._keep_back)
        self.keep.closed.connect(self._cancel)
        self.more.clicked.connect(self._show_more)
        self.letters.sent.connect(self._sent)
        self.letters.reveal_wanted.connect(self._look_at)

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever goes elsewhere has decided nothing."""
        super().hideEvent(event)
        if not event.spontaneous() and not self.form.held:
            self.close_forms()

    def take_focus(self) -> None:
        """Begin with a letter that waits, else with the first line, or with what can be pressed."""
        letter = next(iter(self.letters.buttons.values()), None)
        if letter is not None:
            letter.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        first = next(iter(self.lines.parts().values()), None)
        if isinstance(first, DueLine):
            first.tick.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def resume(self, values: Values) -> None:
        """Somebody was keeping a record back when the window locked: the form is open again."""
        self.keep.open_for(Subject(SubjectKind(values["kind"]), str(values["id"])), self.services.desk.today)
        fill(self.keep.editors(), values["values"])

    def close_forms(self) -> None:
        """Nothing that was only looked at stays open."""
        self.form.close_up()
        self.keep.close_up()

    def read(self) -> None:
        """Ask on the worker what is due today, and which letters wait."""
        self._review(self._show)

    def learn(self) -> None:
        """How many are due: what is shown is read when somebody looks."""
        self._review(self._know)

    def _review(self, then: Callable[[Waiting], None]) -> None:
        self.tasks.run(self, partial(_waiting, self.services), then, self.show_error)

    def _know(self, waiting: Waiting) -> None:
        self.records = by_record(waiting.due)
        undecided = sum(not (each.kept_back or each.letter) for each in self.records)
        # counted once: there may be thousands, and the window asks at every turn
        self.count = len(waiting.letters) + undecided
        self.known = waiting is not NOTHING_WAITS
        self.changed.emit()

    def ticked(self) -> tuple[Subject | Case, ...]:
        """Who is ticked, in the order of the list."""
        return tuple(record.subject for record in self._chosen())

    def _show(self, found: Waiting) -> None:
        self._know(found)
        self.letters.show_letters(found.letters, self.services.desk.snapshot)
        waiting = [record for record in self.records if not record.kept_back]
        kept = [record for record in self.records if record.kept_back]
        self._ticked &= {record.subject for record in waiting}
        back = max(FEW, self._most - len(waiting))
        left = len(waiting[self._most :]) + len(kept[back:])
        self.lines.put(
            (record.subject.id, self._line(record, self.lines)) for record in waiting[: self._most]
        )
        self.kept.put((record.subject.id, self._line(record, self.kept)) for record in kept[:back])
        self.empty.setVisible(not (waiting or found.letters))
        self.more.setVisible(left > 0)
        self.more.set_text(tr("Show more: {left} are not listed yet").format(left=f"{left:,}"))
        self._kept_label.setVisible(bool(kept))
        self._name_button()
        if self.hasFocus():  # somebody came before the list was read
            self.take_focus()

    def _line(self, record: Record, parent: QWidget) -> QWidget:
        name = name_of(record.subject, self.services.desk.snapshot)
        line = DueLine(self.theme, record, name, self.services.desk.today, parent)
        line.tick.setChecked(record.subject in self._ticked)
        line.ticked.connect(self._tick)
        line.keep_wanted.connect(self._ask_why)
        line.release_wanted.connect(self._release)
        return line

    def _name_button(self) -> None:
        chosen = self._chosen()
        self.erase_button.set_text(button_of(chosen) if chosen else ERASE)
        self.erase_button.bar("" if chosen else TICK_FIRST)

    def _chosen(self) -> tuple[Record, ...]:
        return tuple(record for record in self.records if record.subject in self._ticked)

    @Slot(object, bool)
    def _tick(self, subject: Subject | Case, on: bool) -> None:
        (self._ticked.add if on else self._ticked.discard)(subject)
        self._name_button()

    @Slot()
    def _show_more(self) -> None:
        self._most += MORE
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
    def _erase(self, subjects: tuple[Subject | Case, ...]) -> None:
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

    @Slot(int)
    def _sent(self, number: int) -> None:
        work = partial(self.services.erasure.letter_sent, number)
        self.tasks.run(self, work, self._done, self.show_error)

    @Slot(str)
    def _look_at(self, reference: str) -> None:
        work = partial(self.services.enquiries.reveal, reference)
        self.tasks.run(self, work, partial(self._revealed, reference), self.show_error)

    def _revealed(self, reference: str, _who: Requester) -> None:
        self.letters.address_revealed(reference)

    @Slot()
    def _cancel(self) -> None:
        self.close_forms()
        self.to_top()
        self.take_focus()


def _waiting(services: Services) -> Waiting:
    """On the worker."""
    return Waiting(services.retention.review(services.desk.today), services.erasure.letters())


def _previews(erasure: Erasure, subjects: Sequence[Subject | Case]) -> tuple[ErasurePreview, ...]:
    """On the worker: what would follow, at length for the first of many."""
    return tuple(erasure.preview(subject) for subject in subjects[:AT_LENGTH])
