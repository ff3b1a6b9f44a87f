"""The page for when something went wrong: note it first, then a checklist with the hours that are left."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done
from peermatch.model.incidents import Incident
from peermatch.services.incidents import Incidents
from peermatch.services.office import Services
from peermatch.ui.screens.duties_breach_open import BreachForm, NewIncident
from peermatch.ui.screens.duties_breach_words import (
    CONTAIN,
    INTRO,
    NOTHING,
    NOTHING_NOTE,
    Act,
    asked_for,
    clock_words,
    exposed_words,
    moment_words,
    report_words,
    share_left,
    told_words,
)
from peermatch.ui.screens.duties_page import DutyPage, Lines
from peermatch.ui.screens.duties_request_words import STAGES
from peermatch.ui.screens.duties_step import Answered, HalfStep, StepForm
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Row
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.chip import Chip
from peermatch.ui.widgets.covered import CoveredLabel
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.icon import Icon
from peermatch.ui.widgets.states import EmptyState, Meter
from peermatch.ui.widgets.text import BODY, SMALL, STRONG, Text
from peermatch.words import count_of, tr

KEYS = "keys"
FIRST = tr("First decide about the report, and note who was told.")


class BreachPanel(DutyPage):
    """Everything is noted as it is done; nothing is sent from here. ``learned`` brings all that was read."""

    learned = Signal(object)

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        new = Button(theme, tr("Something went wrong"), kind="primary", icon="plus")
        super().__init__(services, tasks, theme, tr("If something went wrong"), INTRO, (new,))
        self.new = new
        theme.read_only.bar(new)
        self.incidents: tuple[Incident, ...] = ()
        self.form, self.step = BreachForm(theme, services.desk), StepForm(theme)
        self.half = HalfStep(self.step, self.ask)
        self.lines, self.closed_lines = Lines(theme, spacing=12), Lines(theme)
        self.empty = EmptyState(theme, "life-buoy", NOTHING, NOTHING_NOTE)
        self.show_closed = Button(theme, "", kind="quiet", small=True)
        below = QWidget()
        Row(theme, below).addWidget(self.show_closed, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self.form, self.step, self.empty, self.lines, below, self.closed_lines)
        self.body.addStretch(1)
        self.closed_lines.hide()
        self.new.clicked.connect(self._open_form)
        self.form.wanted.connect(self._note)
        self.step.wanted.connect(self._take)
        for form in (self.form, self.step):
            form.closed.connect(self._cancel)
        self.show_closed.clicked.connect(self._toggle_closed)
        self._show(())

    @property
    def count(self) -> int:
        """How many are open."""
        return sum(1 for incident in self.incidents if not incident.closed)

    def take_focus(self) -> None:
        """Go on with what is open, else begin with the first thing to do."""
        self.begin_in((self.form, self.step), self.new)

    def read(self) -> None:
        """Read them on the worker, with the hours that are left now."""
        self.tasks.run(self, self.services.incidents.every, self._show, self.show_error)

    def _show(self, incidents: tuple[Incident, ...]) -> None:
        self.incidents = incidents
        self.learned.emit(incidents)
        opened = [incident for incident in incidents if not incident.closed]
        closed = [incident for incident in incidents if incident.closed]
        self.lines.put((incident.id, self._card(incident)) for incident in opened)
        self.closed_lines.put((incident.id, self._card(incident)) for incident in closed)
        self.empty.setVisible(not opened)
        self.show_closed.setVisible(bool(closed))
        self._name_closed()
        self.half.come_back([incident.id for incident in opened])

    def _card(self, incident: Incident) -> QWidget:
        card = IncidentCard(self.theme, incident)
        card.wanted.connect(self.ask)
        card.keys_wanted.connect(self._to_keys)
        return card

    @Slot()
    def _toggle_closed(self) -> None:
        self.closed_lines.setVisible(self.closed_lines.isHidden())
        self._name_closed()

    def _name_closed(self) -> None:
        closed = len(self.incidents) - self.count
        hidden = self.closed_lines.isHidden()
        self.show_closed.set_text(
            tr("Show {count_of}").format(count_of=count_of(closed, "closed one"))
            if hidden
            else tr("Hide what is closed")
        )

    @Slot()
    def _open_form(self) -> None:
        half_typed = bool(self.step.draft())
        self.open_instead(self.form, self.form.open_for, self.step, half_typed=half_typed)

    @Slot(str, str)
    def ask(self, act: str, id: str) -> None:
        """Ask for what a step needs."""
        incident = next((incident for incident in self.incidents if incident.id == id), None)
        if self.form.typed or self.step.draft():
            self.in_the_way(self.form if self.form.typed else self.step)
        elif incident is not None:
            self.banner.hide()
            self.form.close_up()
            self.step.open_for(asked_for(Act(act), incident), self.services.desk.clock())
            self.bring_into_sight(self.step)

    @Slot(object)
    def _note(self, new: NewIncident) -> None:
        work = partial(self.services.incidents.open, new.noticed, new.what, new.exposed)
        self.tasks.run(self, work, self._done, self._refused)

    @Slot(object)
    def _take(self, answered: Answered) -> None:
        work = partial(_done_on_worker, self.services.incidents, answered)
        self.tasks.run(self, work, self._done, self._refused)

    def _done(self, done: Done) -> None:
        self._cancel()
        self.did.emit(done)
        self.look()

    def _refused(self, error: PeerMatchError) -> None:
        self.refuse_in((self.form, self.step), error)

    @Slot()
    def _cancel(self) -> None:
        self.leave((self.form, self.step))

    @Slot()
    def _to_keys(self) -> None:
        self.go.emit("settings", KEYS, "")


class IncidentCard(Card):
    """One incident: when it was noticed, how much time is left, and what is done and still to do."""

    wanted = Signal(str, str)
    keys_wanted = Signal()

    def __init__(self, theme: Theme, incident: Incident) -> None:
        super().__init__(theme, margins=(18, 14, 18, 14), spacing=10)
        self._theme, self.incident = theme, incident
        self.setAccessibleName(f"{incident.id}: {clock_words(incident)}")
        self.buttons: dict[Act, Button] = {}
        self.keys = Button(theme, tr("Change keys"), small=True, note=tr("Settings, Who can open it"))
        noticed = tr("{id} · noticed on {moment_words}").format(
            id=incident.id, moment_words=moment_words(incident.noticed)
        )
        self.clock = Chip(theme, clock_words(incident), STAGES[incident.stage])
        self.body.addWidget(Spread(theme, Text(theme, noticed, STRONG), self.clock))
        if not (incident.closed or incident.reported or incident.not_reported):
            left = share_left(incident)
            self.body.addWidget(Meter(theme, left, tone="risk" if left < 1 / 3 else "wait"))
        self.body.addWidget(CoveredLabel(theme, incident.what, BODY))
        if incident.closed:
            self.body.addWidget(CoveredLabel(theme, incident.outcome, SMALL))
        else:
            self._checklist()
        self.keys.clicked.connect(self.keys_wanted)

    def _checklist(self) -> None:
        incident = self.incident
        decided = bool(incident.reported or incident.not_reported)
        told = bool(incident.told) or not incident.exposed
        self._item(tr("1. Contain it"), CONTAIN, False, (self.keys,))
        self._item(tr("2. See whose data it is"), exposed_words(incident), bool(incident.exposed), ())
        report = () if incident.reported else (self._step(Act.REPORTED, tr("Note the report")),)
        if not decided:
            report = (*report, self._step(Act.NOT_REPORTED, tr("No report is needed")))
        self._item(tr("3. Report it within 72 hours"), report_words(incident), decided, report)
        tell = (
            self._step(Act.TOLD, tr("Change who was told") if incident.told else tr("Note who was told")),
        )
        self._item(tr("4. Tell the people"), told_words(incident), bool(incident.told), tell)
        close = self._step(Act.CLOSE, tr("It is dealt with"), note="" if decided and told else FIRST)
        close.bar("" if decided and told else FIRST)
        self._item(tr("5. Learn from it"), "" if decided and told else FIRST, False, (close,))

    def _item(self, title: str, note: str, done: bool, buttons: tuple[Button, ...]) -> None:
        theme, line = self._theme, QWidget()
        row = Row(theme, line, spacing=10)
        if done:
            row.addWidget(Icon(theme, "circle-check", "good", 18, drop=2), 0, Qt.AlignmentFlag.AlignTop)
        words = Column(theme, spacing=3)
        words.addWidget(Text(theme, f"{title} (done)" if done else title, STRONG))
        if note:
            words.addWidget(CoveredLabel(theme, note, SMALL) if done else Text(theme, note, SMALL))
        if buttons:
            words.addWidget(Flow(theme, buttons, gap=8))
        row.addLayout(words, 1)
        self.body.addWidget(line)

    def _step(self, act: Act, words: str, *, note: str = "") -> Button:
        button = Button(self._theme, words, small=True, note=note)
        button.setAccessibleName(f"{words}: {self.incident.id}")
        self._theme.read_only.bar(button)
        button.setProperty("act", act.value)
        button.clicked.connect(self._pressed)
        self.buttons[act] = button
        return button

    @Slot()
    def _pressed(self) -> None:
        self.wanted.emit(str(self.sender().property("act")), self.incident.id)


def _done_on_worker(incidents: Incidents, step: Answered) -> Done:
    """On the worker."""
    act = Act(step.act)
    if act is Act.REPORTED:
        return incidents.reported(step.id, step.moment, step.words)
    if act is Act.NOT_REPORTED:
        return incidents.not_reported(step.id, step.words, step.day)
    return (incidents.told if act is Act.TOLD else incidents.close)(step.id, step.words, step.day)
