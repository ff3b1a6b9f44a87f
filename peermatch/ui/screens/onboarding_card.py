"""How a supporter stands with the network: the way in step by step, a pause, leaving, and the letter for each."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done
from peermatch.model.onboarding import Noted, Stage, Way
from peermatch.model.people import Supporter, SupporterStatus
from peermatch.services.office import Services
from peermatch.services.onboarding import StandingLetter
from peermatch.services.step_letters import Case
from peermatch.ui.locking.forms import Values
from peermatch.ui.screens.letter_sheet import LetterSheet
from peermatch.ui.screens.onboarding_forms import CheckForm, LeavePanel, Pause, PauseForm
from peermatch.ui.screens.onboarding_lines import CheckLines
from peermatch.ui.screens.onboarding_words import about, leaving_words, steps_of, title_of
from peermatch.ui.screens.sent_line import SentLine
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.states import StepBar
from peermatch.ui.widgets.text import HEADING, SMALL, Text
from peermatch.words import tr

SHOW_LETTER, HIDE_LETTER = tr("Show the letter"), tr("Hide the letter")
_ON_THE_WAY = (SupporterStatus.APPLIED, SupporterStatus.CHECKED)


@dataclass(frozen=True, slots=True)
class _Read:
    """What the worker reads for one person."""

    way: Way
    by: str


def read(services: Services, id: str) -> _Read:
    """On the worker."""
    return _Read(services.onboarding.way(id), services.onboarding.usual_name())


class OnboardingCard(Card):
    """``did``: a step was committed; ``failed``: it was refused; ``consent_wanted``: to record a yes to the record."""

    did = Signal(Done)
    failed = Signal(object)
    consent_wanted = Signal()

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        super().__init__(theme, margins=(14, 12, 14, 14), spacing=10)
        self._services, self._tasks = services, tasks
        self._person: Supporter | None = None
        self._read = _Read(Way(), "")
        self._title, self._about = Text(theme, "", HEADING), Text(theme, "", SMALL)
        self.steps = StepBar(theme)
        self.lines = CheckLines(theme)
        self.check_form, self.pause_form, self.leave_panel = (
            CheckForm(theme),
            PauseForm(theme),
            LeavePanel(theme),
        )
        self.activate = Button(theme, tr("Make active"), kind="primary", small=True)
        self.letter_button = Button(theme, SHOW_LETTER, small=True, icon="mail")
        self.pause_button = Button(theme, tr("Pause …"), small=True, icon="pause")
        self.resume = Button(theme, tr("End the pause"), small=True)
        self.leave_button = Button(theme, tr("They leave …"), kind="quiet", small=True)
        self.return_button = Button(theme, tr("Take in again"), small=True, icon="user-plus")
        self.sheet, self.sent = LetterSheet(theme), SentLine(theme)
        self._letter: StandingLetter | None = None
        theme.read_only.bar(
            self.activate, self.pause_button, self.resume, self.leave_button, self.return_button
        )
        self._lay_out(theme)
        self._connect()

    def _lay_out(self, theme: Theme) -> None:
        buttons = (
            self.activate,
            self.letter_button,
            self.pause_button,
            self.resume,
            self.return_button,
            self.leave_button,
        )
        for part in (
            self._title,
            self._about,
            self.steps,
            self.lines,
            self.check_form,
            Flow(theme, buttons, gap=8),
            self.pause_form,
            self.leave_panel,
            self.sheet,
            self.sent,
        ):
            self.body.addWidget(part)
        self.sheet.hide()

    def _connect(self) -> None:
        self.lines.note_wanted.connect(self._open_check)
        self.lines.away_wanted.connect(self._take_away)
        self.lines.consent_wanted.connect(self.consent_wanted)
        self.check_form.wanted.connect(self._note)
        self.check_form.closed.connect(self._close)
        self.pause_form.wanted.connect(self._pause)
        self.pause_form.closed.connect(self._close)
        self.leave_panel.confirmed.connect(self._leave)
        self.leave_panel.closed.connect(self._close)
        self.activate.clicked.connect(self._activate)
        self.letter_button.clicked.connect(self._toggle_letter)
        self.pause_button.clicked.connect(self._open_pause)
        self.resume.clicked.connect(self._resume)
        self.leave_button.clicked.connect(self._open_leave)
        self.return_button.clicked.connect(self._return)
        self.sent.pressed.connect(self._note_sent)
        self._theme.cover.changed.connect(self._cover)

    @property
    def on_the_way(self) -> bool:
        """Whether it is what matters most on the record."""
        return self._person is not None and self._person.status in _ON_THE_WAY

    def show_person(self, person: Supporter) -> None:
        """Somebody as they stand now; what is noted of them comes from the worker a moment later."""
        if self._person is None or self._person.id != person.id:
            self._put_away()
            self._read = _Read(Way(), "")
        elif self._person.status is not person.status:
            self._hide_letter()
        self._person = person
        self._show()
        if not self.sheet.isHidden():
            self._read_letter(self._show_again)
        work = partial(read, self._services, person.id)
        self._tasks.run(self, work, partial(self._learnt, person.id), self._refused)

    def _learnt(self, id: str, found: _Read) -> None:
        if self._person is not None and self._person.id == id:
            self._read = found
            self._show()

    def _show(self) -> None:
        person, way, on = self._person, self._read.way, self._today()
        if person is None:
            return
        on_the_way, active = self.on_the_way, person.status is SupporterStatus.ACTIVE
        gate = self._services.desk.snapshot.gate(person, on)
        self._title.set_text(title_of(person.status))
        self._about.set_text(about(person, way, on))
        if on_the_way:
            self.steps.set_steps(steps_of(person, way, gate, on))
            self.lines.show_way(person, way, gate, on)
        self.steps.setVisible(on_the_way)
        self.lines.setVisible(on_the_way)
        paused = person.paused_until is not None and on < person.paused_until
        self.activate.setVisible(on_the_way)
        why = self._services.onboarding.why_not(person, way, on) if on_the_way else ""
        self.activate.bar(f"{self._shown_name()} {why}." if why else "")
        self.pause_button.setVisible(active and not paused)
        self.resume.setVisible(active and paused)
        self.leave_button.setVisible(person.status is not SupporterStatus.LEFT)
        self.return_button.setVisible(person.status is SupporterStatus.LEFT)
        self.letter_button.setVisible(person.status is not SupporterStatus.CHECKED)

    # Steps.

    @Slot(object)
    def _open_check(self, stage: Stage) -> None:
        self._put_away()
        self.check_form.open_for(stage, self._today(), self._read.by)

    def draft(self) -> Values:
        """A check or a pause that somebody is about to note."""
        if self._person is None or (self.check_form.isHidden() and self.pause_form.isHidden()):
            return {}
        pausing = self.check_form.isHidden()
        form = self.pause_form if pausing else self.check_form
        stage = "" if pausing else self.check_form.stage.value
        return {"id": self._person.id, "stage": stage, "values": form.values()}

    def take_draft(self, values: Values) -> None:
        """Put it back, for the person who is shown."""
        if values["stage"]:
            self._open_check(Stage(values["stage"]))
            self.check_form.take_values(values["values"])
        else:
            self._open_pause()
            self.pause_form.take_values(values["values"])

    @Slot(object)
    def _note(self, noted: Noted) -> None:
        service = self._services.onboarding
        work = partial(service.note, self._id, noted.stage, noted.day, noted.by, self._today())
        self._tasks.run(self, work, partial(self._checked, noted), self._refused)

    def _checked(self, noted: Noted, done: Done) -> None:
        """The keyboard goes on to the next check, else to what makes them active."""
        self._put_away()
        self._read = replace(self._read, way=Way((*self._read.way.noted, noted)))
        self.did.emit(done)
        following = self.lines.next_open(noted.stage) or self.activate
        following.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _take_away(self, stage: Stage) -> None:
        self._run(partial(self._services.onboarding.take_away, self._id, stage))

    @Slot()
    def _activate(self) -> None:
        self._run(partial(self._services.onboarding.activate, self._id, self._today()))

    @Slot()
    def _open_pause(self) -> None:
        self._put_away()
        self.pause_form.open_for(self._shown_name())

    @Slot(object)
    def _pause(self, pause: Pause) -> None:
        self._run(partial(self._services.onboarding.pause, self._id, pause.until, self._today()))

    @Slot()
    def _resume(self) -> None:
        self._run(partial(self._services.onboarding.pause, self._id, None, self._today()))

    @Slot()
    def _open_leave(self) -> None:
        self._put_away()
        self.leave_panel.open_for(
            self._shown_name(), leaving_words(self._services.onboarding.leaving(self._id))
        )

    @Slot()
    def _leave(self) -> None:
        self._run(partial(self._services.onboarding.leave, self._id, self._today()))

    @Slot()
    def _return(self) -> None:
        self._run(partial(self._services.onboarding.come_back, self._id, self._today()))

    def _run(self, work: partial[Done]) -> None:
        self._tasks.run(self, work, self._done, self._refused)

    def _done(self, done: Done) -> None:
        before = self._person.status if self._person is not None else None
        self._put_away()
        self.did.emit(done)
        if self._person is not None and self._person.status is not before:
            self._write_to_them()

    def _write_to_them(self) -> None:
        """Whoever became active, left or came back is written to: the letter is open already."""
        self.letter_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._toggle_letter()

    def _refused(self, error: PeerMatchError) -> None:
        for form in (self.check_form, self.pause_form):
            if not form.isHidden():
                form.show_error(error)
                return
        self.failed.emit(error)

    # The letter.

    @Slot()
    def _toggle_letter(self) -> None:
        if self.sheet.isHidden():
            self._read_letter(self._show_letter)
        else:
            self._hide_letter()

    def _read_letter(self, ready: Callable[[str, StandingLetter | None], None]) -> None:
        work = partial(self._services.onboarding.letter, self._id, self._today())
        self._tasks.run(self, work, partial(ready, self._id), self._refused)

    def _show_again(self, id: str, letter: StandingLetter | None) -> None:
        """As it stands now, unless somebody has put it away meanwhile."""
        if not self.sheet.isHidden():
            self._show_letter(id, letter)

    def _show_letter(self, id: str, letter: StandingLetter | None) -> None:
        if letter is not None and id == self._id:
            self._letter = letter
            self.sheet.show_letter(letter.draft, self._shown_name(), shown=True)
            self.sheet.show()
            self.sent.show_sent(letter.sent)
            self.letter_button.set_text(HIDE_LETTER)

    def _hide_letter(self) -> None:
        self._letter = None
        self.sheet.forget()
        self.sent.hide()
        self.letter_button.set_text(SHOW_LETTER)

    @Slot()
    def _note_sent(self) -> None:
        if self._letter is not None:
            case = Case(supporter=self._id, day=self._letter.day)
            note = self._services.letter_texts.by_hand.note
            work = partial(note, self._letter.letter, case, self._today())
            self._tasks.run(self, work, self._noted, self._refused)

    def _noted(self, done: Done) -> None:
        """The letter stays open, and the press that was pressed goes."""
        self.letter_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.did.emit(done)

    # What all have in common.

    def _today(self) -> date:
        """The day by the clock when something is pressed: a record may stay open over midnight."""
        return self._services.desk.today

    @property
    def _id(self) -> str:
        return self._person.id if self._person is not None else ""

    def _shown_name(self) -> str:
        return self._theme.cover.shown(self._person.first_name) if self._person is not None else ""

    @Slot()
    def _close(self) -> None:
        opened_by: dict[QWidget, QWidget] = {
            self.pause_form: self.pause_button,
            self.leave_panel: self.leave_button,
            self.check_form: self.lines.button_of(self.check_form.stage),
        }
        back = next((button for part, button in opened_by.items() if not part.isHidden()), None)
        self._put_away()
        if back is not None:
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _cover(self) -> None:
        """What names somebody in its own words is put away; the rest is shown anew."""
        self.pause_form.hide()
        self.leave_panel.hide()
        self._show()

    def _put_away(self) -> None:
        """Nothing half done stays open."""
        for part in (self.check_form, self.pause_form, self.leave_panel):
            part.hide()
        self._hide_letter()
