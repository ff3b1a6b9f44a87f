"""The page on requests and complaints: the most pressing first, each with its clock."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done
from peermatch.model.requests import Request, Stage
from peermatch.model.rights import Subject
from peermatch.services.office import Services
from peermatch.services.requests import Requests
from peermatch.ui.screens.duties_page import DutyPage, Lines
from peermatch.ui.screens.duties_request_card import RequestCard
from peermatch.ui.screens.duties_request_open import NewRequest, RequestForm
from peermatch.ui.screens.duties_request_words import INTRO, NOTHING, NOTHING_NOTE, Act, asked_for
from peermatch.ui.screens.duties_step import Answered, HalfStep, StepForm
from peermatch.ui.screens.duties_words import REFERENCE, name_of, not_found_words, subjects_typed
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Row
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.fields import InlineField, LineField
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.states import EmptyState
from peermatch.ui.widgets.text import Text
from peermatch.words import count_of, tr

AT_ONCE = frozenset({Act.ACKNOWLEDGE, Act.RESUME})
"""Steps that need no words: they are done today."""


class RequestsPanel(DutyPage):
    """``held_wanted`` and ``erase_wanted`` bring the person who is to be shown, ``learned`` all that was read."""

    learned = Signal(object)
    held_wanted = Signal(object)
    erase_wanted = Signal(object)

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        new = Button(theme, tr("Note a request"), kind="primary", icon="plus")
        super().__init__(services, tasks, theme, tr("Requests and complaints"), INTRO, (new,))
        self.new = new
        self.requests: tuple[Request, ...] = ()
        self.form, self.step = RequestForm(theme, services.desk), StepForm(theme)
        self.whom = LineField(theme, name=tr("A person on record"), placeholder=REFERENCE)
        self.field = InlineField(theme, tr("A person on record"), self.whom)
        self.held, self.erase = Button(theme, tr("What we hold")), Button(theme, tr("Erase …"), kind="danger")
        theme.read_only.bar(new, self.erase)
        self.half = HalfStep(self.step, self.ask)
        self.lines, self.closed_lines = Lines(theme), Lines(theme)
        self.empty = EmptyState(theme, "scroll-text", NOTHING, NOTHING_NOTE)
        self.show_closed = Button(theme, "", kind="quiet", small=True)
        below = QWidget()
        Row(theme, below).addWidget(self.show_closed, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self.form, self.step, self.empty, self.lines, self._person(), below, self.closed_lines)
        self.body.addStretch(1)
        self.closed_lines.hide()
        self._connect()
        self._show(())

    def _person(self) -> Card:
        theme = self.theme
        card = Card(theme, margins=(18, 12, 18, 12), spacing=8)
        card.body.addWidget(Text(theme, tr("Somebody asks what is held on them, or wants to be erased")))
        card.body.addWidget(self.field)
        card.body.addWidget(Flow(theme, (self.held, self.erase), gap=8))
        return card

    def _connect(self) -> None:
        self.new.clicked.connect(self._open_form)
        self.form.wanted.connect(self._note)
        self.step.wanted.connect(self._take)
        for form in (self.form, self.step):
            form.closed.connect(self._cancel)
        self.held.clicked.connect(self._ask_held)
        self.erase.clicked.connect(self._ask_erase)
        self.whom.returnPressed.connect(self._ask_held)
        self.show_closed.clicked.connect(self._toggle_closed)

    @property
    def count(self) -> int:
        """How many are open."""
        return sum(1 for request in self.requests if not request.closed)

    @property
    def late(self) -> int:
        """How many are late."""
        return sum(1 for request in self.requests if request.stage is Stage.LATE)

    def take_focus(self) -> None:
        """Go on with what is open, else begin with the first thing to do."""
        self.begin_in((self.form, self.step), self.new)

    def read(self) -> None:
        """Read them with their clocks on the worker."""
        work = partial(self.services.requests.every, self.services.desk.today)
        self.tasks.run(self, work, self._show, self.show_error)

    def _show(self, requests: tuple[Request, ...]) -> None:
        self.requests = requests
        self.learned.emit(requests)
        opened = [request for request in requests if not request.closed]
        closed = [request for request in requests if request.closed]
        self.lines.put((request.id, self._card(request)) for request in opened)
        self.closed_lines.put((request.id, self._card(request)) for request in closed)
        self.empty.setVisible(not opened)
        self.show_closed.setVisible(bool(closed))
        self._name_closed()
        self.half.come_back([request.id for request in opened])

    def _card(self, request: Request) -> QWidget:
        desk = self.services.desk
        name = name_of(request.subject, desk.snapshot) if request.subject is not None else ""
        card = RequestCard(self.theme, request, desk.today, name)
        card.wanted.connect(self.ask)
        card.held_wanted.connect(self.held_wanted)
        card.erase_wanted.connect(self.erase_wanted)
        return card

    @Slot()
    def _toggle_closed(self) -> None:
        self.closed_lines.setVisible(self.closed_lines.isHidden())
        self._name_closed()

    def _name_closed(self) -> None:
        closed = len(self.requests) - self.count
        hidden = self.closed_lines.isHidden()
        words = (
            tr("Show {count_of}").format(count_of=count_of(closed, "closed request"))
            if hidden
            else tr("Hide what is closed")
        )
        self.show_closed.set_text(words)

    @Slot()
    def _open_form(self) -> None:
        half_typed = bool(self.step.draft())
        self.open_instead(self.form, self.form.open_for, self.step, half_typed=half_typed)

    @Slot(str, str)
    def ask(self, act: str, id: str) -> None:
        """Take a step at once, or ask for the words that it needs."""
        self.banner.hide()
        request = next((request for request in self.requests if request.id == id), None)
        if request is None:
            return
        if self.form.typed or self.step.draft():
            self.in_the_way(self.form if self.form.typed else self.step)
        elif Act(act) in AT_ONCE:
            self._do(Answered(act, id, "", self.services.desk.clock()))
        else:
            self.form.close_up()
            self.step.open_for(asked_for(Act(act), request), self.services.desk.clock())
            self.bring_into_sight(self.step)

    @Slot(object)
    def _take(self, answered: Answered) -> None:
        self._do(answered)

    def _do(self, answered: Answered) -> None:
        work = partial(_done_on_worker, self.services.requests, answered)
        self.tasks.run(self, work, self._done, self._refused)

    @Slot(object)
    def _note(self, new: NewRequest) -> None:
        work = partial(self.services.requests.open, new.kind, new.received, new.summary, new.subject)
        self.tasks.run(self, work, self._done, self._refused)

    def _done(self, done: Done) -> None:
        was_open = not (self.form.isHidden() and self.step.isHidden())
        self.form.close_up()
        self.step.close_up()
        if was_open:
            self.to_top()
            self.take_focus()
        self.did.emit(done)
        self.look()

    def _refused(self, error: PeerMatchError) -> None:
        self.refuse_in((self.form, self.step), error)

    @Slot()
    def _cancel(self) -> None:
        self.leave((self.form, self.step))

    @Slot()
    def _ask_held(self) -> None:
        self._ask_for(self.held_wanted.emit)

    @Slot()
    def _ask_erase(self) -> None:
        self._ask_for(self.erase_wanted.emit)

    def _ask_for(self, say: Callable[[Subject], None]) -> None:
        found = subjects_typed(self.whom.text(), self.services.desk.snapshot)
        self.field.set_error(not_found_words(found))
        if len(found) == 1:
            self.whom.set_value("")
            say(found[0])
        else:
            self.whom.setFocus(Qt.FocusReason.OtherFocusReason)


def _done_on_worker(requests: Requests, step: Answered) -> Done:
    """On the worker."""
    with_words = {Act.EXTEND: requests.extend, Act.PAUSE: requests.pause, Act.CLOSE: requests.close}
    act = Act(step.act)
    if act in with_words:
        return with_words[act](step.id, step.words, step.day)
    return (
        requests.acknowledge(step.id, step.day)
        if act is Act.ACKNOWLEDGE
        else requests.resume(step.id, step.day)
    )
