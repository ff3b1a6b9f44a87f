"""The page on changeover: the steps of a handing over, who has a key, and which cases are open."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.holders import KeyKind, NetworkKey
from peermatch.services.keys import Keys, KeysChanged, OlderBackup
from peermatch.services.office import Services
from peermatch.ui.screens.duties_changeover_words import (
    INTRO,
    LAST_PERSON,
    Case,
    Step,
    after_words,
    cases_words,
    lock_out_words,
    open_cases,
    people_of,
    steps,
)
from peermatch.ui.screens.duties_page import DutyPage, Lines
from peermatch.ui.screens.emptied import empty
from peermatch.ui.screens.keys_form import KeysForm, Wanted
from peermatch.ui.screens.keys_words import Act, facts_of, role_of, title_of
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Row
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.chip import Chip
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.icon import Icon
from peermatch.ui.widgets.text import SMALL, STRONG, SectionLabel, Text
from peermatch.words import count_of, tr

AT_FIRST = 10
"""Cases that are listed before somebody asks for all."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What the worker reads for the page."""

    keys: tuple[NetworkKey, ...]
    older: tuple[OlderBackup, ...]


class ChangeoverPanel(DutyPage):
    """Keys are added and taken away here as in the settings, in the order of a handing over."""

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        add_key = Button(theme, tr("Add the successor"), kind="primary", icon="plus")
        theme.read_only.bar(add_key)
        settings = Button(theme, tr("All keys and backups"), note=tr("Settings, Who can open it"))
        super().__init__(services, tasks, theme, tr("Changeover"), INTRO, (settings, add_key))
        self.add_key, self.settings = add_key, settings
        self.form = KeysForm(theme, services.keys)
        self.form.hide()
        self.picture = Picture((), ())
        self.shown_steps: tuple[Step, ...] = ()
        self._steps = Card(theme, margins=(18, 14, 18, 14), spacing=10)
        self.keys = Lines(theme)
        self.cases = Lines(theme)
        self.cases_line = Text(theme, "", SMALL)
        self.all_cases = Button(theme, "", kind="quiet", small=True)
        self._all = False
        more = QWidget()
        Row(theme, more).addWidget(self.all_cases, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self.form, self._steps, SectionLabel(theme, tr("Who has a key")), self.keys)
        self.add(SectionLabel(theme, tr("Open cases")), self.cases_line, self.cases, more)
        self.body.addStretch(1)
        self.add_key.clicked.connect(self._add)
        self.settings.clicked.connect(self._to_settings)
        self.form.wanted.connect(self._do)
        self.form.closed.connect(self._cancel)
        self.all_cases.clicked.connect(self._show_all)

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever goes elsewhere leaves no passphrase behind."""
        super().hideEvent(event)
        if not event.spontaneous() and not self.form.held:
            self._close_form()

    def take_focus(self) -> None:
        """Begin with the first thing to do."""
        self.add_key.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> None:
        """Read keys and backups on the worker."""
        self.tasks.run(self, partial(_looked, self.services.keys), self._show, self.show_error)

    @Slot()
    def _add(self) -> None:
        self._open(Act.ADD, None)

    @Slot(str)
    def lock_out(self, key_id: str) -> None:
        """Ask for the passphrase of who does it, and say what follows."""
        key = next((key for key in self.picture.keys if key.id == key_id), None)
        if key is not None:
            self._open(Act.REMOVE, key)
            self.form.confirm.set_text(lock_out_words(key))

    def _open(self, act: Act, key: NetworkKey | None) -> None:
        own = next((key for key in self.picture.keys if key.own), None)
        self.banner.hide()
        self.form.open_for(
            act, key, tr("recovery key") if own and own.kind is KeyKind.PAPER else "passphrase"
        )
        self.bring_into_sight(self.form)

    @Slot(object)
    def _do(self, wanted: Wanted) -> None:
        work = partial(_done_on_worker, self.services.keys, wanted)
        self.tasks.run(self, work, partial(self._done, wanted.act), self._refused)

    def _done(self, act: Act, changed: KeysChanged) -> None:
        self._cancel()
        self.did.emit(changed.done)
        if act is Act.REMOVE:
            self.banner.show_message("success", changed.done.notice, after_words(changed.backups))
        self.look()

    def _refused(self, error: PeerMatchError) -> None:
        self.form.refuse(error.what, error.hint)

    @Slot()
    def _cancel(self) -> None:
        self._close_form()
        self.to_top()
        self.take_focus()

    def _close_form(self) -> None:
        self.form.clear_secrets()
        self.form.hide()

    def _show(self, picture: Picture) -> None:
        self.picture = picture
        self._show_steps(steps(self.services.desk.snapshot, picture.keys, picture.older))
        people = people_of(picture.keys)
        self.keys.put((key.id, self._key_line(key, last=people == (key,))) for key in picture.keys)
        self._show_cases()

    def _show_steps(self, listed: Sequence[Step]) -> None:
        self.shown_steps = tuple(listed)
        empty(self._steps.body)
        for number, step in enumerate(listed, 1):
            self._steps.body.addWidget(StepLine(self.theme, number, step))

    def _key_line(self, key: NetworkKey, *, last: bool) -> QWidget:
        line = KeyLine(self.theme, key, last=last)
        line.wanted.connect(self.lock_out)
        return line

    def _show_cases(self) -> None:
        picture = self.services.desk.snapshot
        found = open_cases(picture, self.services.desk.today)
        shown = found if self._all else found[:AT_FIRST]
        self.cases_line.set_text(cases_words(picture))
        self.cases.put((case.reference, self._case_line(case)) for case in shown)
        left = len(found) - len(shown)
        self.all_cases.set_text(tr("Show {count_of}").format(count_of=count_of(left, "more case")))
        self.all_cases.setVisible(left > 0)

    def _case_line(self, case: Case) -> QWidget:
        line = CaseLine(self.theme, case)
        line.wanted.connect(self._open_case)
        return line

    @Slot(str)
    def _open_case(self, reference: str) -> None:
        self.go.emit("enquiries", reference, "")

    @Slot()
    def _show_all(self) -> None:
        self._all = True
        self._show_cases()

    @Slot()
    def _to_settings(self) -> None:
        self.go.emit("settings", "keys", "")


class StepLine(QWidget):
    """One step with its number; a tick and a word say that it is done."""

    def __init__(self, theme: Theme, number: int, step: Step) -> None:
        super().__init__()
        row = Row(theme, self, spacing=10)
        if step.done:
            row.addWidget(Icon(theme, "circle-check", "good", 18, drop=2), 0, Qt.AlignmentFlag.AlignTop)
        words = Column(theme, spacing=1)
        done = " (done)" if step.done else ""
        words.addWidget(Text(theme, f"{number}. {step.title}{done}", STRONG))
        words.addWidget(Text(theme, step.note, SMALL))
        row.addLayout(words, 1)


class KeyLine(Card):
    """Whose key it is, and the way to take it away; ``wanted`` brings its id."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, key: NetworkKey, *, last: bool) -> None:
        super().__init__(theme, margins=(18, 10, 12, 10), spacing=2)
        self.key = key
        self.setAccessibleName(title_of(key))
        parts: list[QWidget] = [Text(theme, title_of(key), STRONG, wrap=False)]
        if role := role_of(key):
            parts.append(Chip(theme, role, "mute"))
        if key.own:
            parts.append(Chip(theme, tr("used now"), "good"))
        words = QWidget()
        column = Column(theme, words, spacing=2)
        column.addWidget(Flow(theme, parts, gap=8))
        column.addWidget(Text(theme, facts_of(key), SMALL))
        self.button = Button(
            theme, lock_out_words(key), kind="danger", small=True, note=LAST_PERSON if last else ""
        )
        self.button.setAccessibleName(f"{lock_out_words(key)}: {title_of(key)}")
        self.button.setEnabled(not last)
        theme.read_only.bar(self.button)
        self.body.addWidget(Spread(theme, words, self.button) if key.kind is not KeyKind.PAPER else words)
        if last:
            self.body.addWidget(Text(theme, LAST_PERSON, SMALL))
        self.button.clicked.connect(self._pressed)

    @Slot()
    def _pressed(self) -> None:
        self.wanted.emit(self.key.id)


class CaseLine(Card):
    """One case that is open; ``wanted`` brings its reference."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, case: Case) -> None:
        super().__init__(theme, margins=(18, 6, 12, 6))
        self.case = case
        self.setAccessibleName(f"{case.reference}: {case.words}")
        self.button = Button(theme, tr("Open"), small=True)
        self.button.setAccessibleName(tr("Open {reference}").format(reference=case.reference))
        words = QWidget()
        row = Row(theme, words, spacing=10)
        row.addWidget(Text(theme, case.reference, STRONG, wrap=False))
        row.addWidget(Text(theme, case.words, SMALL), 1)
        end = Flow(theme, (Chip(theme, case.waits, "mute"), self.button), gap=10)
        self.body.addWidget(Spread(theme, words, end))
        self.button.clicked.connect(self._pressed)

    @Slot()
    def _pressed(self) -> None:
        self.wanted.emit(self.case.reference)


def _looked(keys: Keys) -> Picture:
    """On the worker."""
    return Picture(keys.every(), keys.older_backups())


def _done_on_worker(keys: Keys, wanted: Wanted) -> KeysChanged:
    """On the worker: who asks is asked who they are first."""
    keys.confirm(wanted.own)
    if wanted.act is Act.ADD:
        return keys.add(wanted.name, wanted.role, wanted.passphrase)
    return keys.remove(wanted.key.id if wanted.key else "")
