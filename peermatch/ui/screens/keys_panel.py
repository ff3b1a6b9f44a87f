"""Who can open this network: every key with its person, and the changes of keys, each with what follows from it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done
from peermatch.model.holders import KeyKind, NetworkKey
from peermatch.services.keychain import ThisComputer
from peermatch.services.keys import KeysChanged, OlderBackup
from peermatch.services.office import Services
from peermatch.ui.choosers import Choosers
from peermatch.ui.screens.keys_card import KeyCard
from peermatch.ui.screens.keys_computer import ComputerCard
from peermatch.ui.screens.keys_form import KeysForm, Wanted
from peermatch.ui.screens.keys_words import INTRO, STATE, Act, left_words, older_words
from peermatch.ui.screens.recovery_sheet import RecoverySheet
from peermatch.ui.soon import soon
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column, Row, Scroll
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.seen import ReadWhenSeen
from peermatch.ui.widgets.stack import Stack
from peermatch.ui.widgets.tab_order import come_as_laid_out
from peermatch.ui.widgets.text import SMALL, TINY, TITLE, Text
from peermatch.words import tr

WIDEST = 860
OLDER_ACTION = tr("Delete older backups")
OLDER_HINT = tr("Worth doing if somebody whose key was changed or removed can still reach this folder.")
CANCEL_SHEET = tr("Cancel, nothing changes")


@dataclass(frozen=True, slots=True)
class Picture:
    """What the page shows."""

    keys: tuple[NetworkKey, ...]
    older: tuple[OlderBackup, ...]
    computer: ThisComputer | None = None
    state: str = ""


class KeysPanel(ReadWhenSeen):
    """``did``: a change of keys was committed."""

    did = Signal(Done)

    def __init__(
        self, services: Services, tasks: Tasks, theme: Theme, choosers: Choosers | None = None
    ) -> None:
        super().__init__()
        self._services, self._tasks, self._theme = services, tasks, theme
        self._choosers = choosers or Choosers()
        self._picture = Picture((), ())
        self.add = Button(theme, tr("Add a person"), kind="primary", icon="plus")
        self.rotate = Button(theme, tr("Encrypt with a new key"))
        self.sheet_wanted = Button(theme, tr("Make a recovery sheet"))
        theme.read_only.bar(self.add, self.rotate, self.sheet_wanted)
        self.banner = Banner(theme, "error", "")
        self.older = Banner(theme, "wait", "", action=OLDER_ACTION, dismissible=False)
        self.form = KeysForm(theme, services.keys)
        self.cards: list[KeyCard] = []
        self.computer = ComputerCard(theme)
        self.state = Text(theme, "", TINY)
        self.sheet: RecoverySheet | None = None
        self._stack = Stack()
        self._reveal = soon(self, self._show_form)  # once the form has its height it is scrolled to
        self._list = QWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        theme = self._theme
        buttons = Flow(theme, (self.sheet_wanted, self.rotate, self.add), gap=10)
        head = Spread(theme, Text(theme, tr("Who can open this network"), TITLE), buttons)
        page, self._inner = QWidget(), QWidget()
        self._inner.setMaximumWidth(theme.px(WIDEST))
        outer = Row(theme, page, margins=(20, 16, 20, 20))
        outer.addWidget(self._inner, 100)
        outer.addStretch(1)
        body = Column(theme, self._inner, spacing=12)
        above: tuple[QWidget, ...] = (head, Text(theme, INTRO, SMALL), self.banner, self.form)
        for part in (*above, self._list, self.computer, self.older, self.state):
            body.addWidget(part)
        body.addStretch(1)
        self._rows = Column(theme, self._list, spacing=10)
        self._scroll = Scroll(page, name=tr("Keys"))
        self._stack.addWidget(self._scroll)
        Column(theme, self, spacing=0).addWidget(self._stack)
        for hidden in (self.banner, self.form, self.older, self.sheet_wanted, self.computer, self.state):
            hidden.hide()

    def _connect(self) -> None:
        for button, act in ((self.add, Act.ADD), (self.rotate, Act.ROTATE), (self.sheet_wanted, Act.SHEET)):
            button.setProperty("act", act.value)
            button.clicked.connect(self._pressed)
        self.older.setProperty("act", Act.FORGET.value)
        self.older.acted.connect(self._pressed)
        self.computer.wanted.connect(self.ask)
        self.form.wanted.connect(self._do)
        self.form.closed.connect(self._leave_form)

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever goes elsewhere leaves no passphrase behind."""
        super().hideEvent(event)
        if not event.spontaneous() and not self.form.held:
            self._close_form()

    def take_focus(self) -> None:
        """Begin with the first thing to do."""
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> None:
        """Read keys and backups on the worker."""
        self._tasks.run(self, partial(_looked, self._services), self._show, self.show_error)

    def show_error(self, error: PeerMatchError) -> None:
        """Say it above the keys."""
        self.banner.show_message("error", error.what, error.hint)

    @Slot()
    def _show_form(self) -> None:
        top = self._inner.y() + self.form.y() - self._theme.px(16)
        self._scroll.verticalScrollBar().setValue(top)

    @Slot()
    def _pressed(self) -> None:
        self.ask(str(self.sender().property("act")), "")

    @Slot(str, str)
    def ask(self, act: str, key_id: str) -> None:
        """Open the form for one change."""
        own = next((key for key in self._picture.keys if key.own), None)
        secret = tr("recovery key") if own and own.kind is KeyKind.PAPER else "passphrase"
        key = next((key for key in self._picture.keys if key.id == key_id), None)
        self.banner.hide()
        self.form.open_for(Act(act), key, secret)
        self._reveal.start()

    def _show(self, picture: Picture) -> None:
        self._picture = picture
        people = [key for key in picture.keys if key.kind is KeyKind.PERSON]
        for card in self.cards:
            self._rows.removeWidget(card)
            card.hide()
            card.deleteLater()
        here = picture.computer.key if picture.computer else None
        cards = [key for key in picture.keys if key.id != here]
        self.cards = [KeyCard(self._theme, key, last_person=people == [key]) for key in cards]
        if picture.computer:
            own = next((key.id for key in picture.keys if key.own), None)
            self.computer.show_state(picture.computer, used=here is not None and here == own)
        self.computer.setVisible(picture.computer is not None)
        self.state.set_text(STATE.format(words=picture.state))
        self.state.setVisible(bool(picture.state))
        for card in self.cards:
            self._rows.addWidget(card)
            card.wanted.connect(self.ask)
        come_as_laid_out(self._list)
        self.sheet_wanted.setVisible(all(key.kind is not KeyKind.PAPER for key in picture.keys))
        self.older.setVisible(bool(picture.older))
        if picture.older:
            self.older.show_message("wait", older_words(picture.older), OLDER_HINT, action=OLDER_ACTION)

    @Slot(object)
    def _do(self, wanted: Wanted) -> None:
        work = partial(_done_on_worker, self._services, wanted)
        self._tasks.run(self, work, partial(self._done, wanted.act), self._refused)

    def _done(self, act: Act, result: "KeysChanged | Done | str") -> None:
        self._leave_form()
        if isinstance(result, str):
            self._show_sheet(result)
            return
        changed = result if isinstance(result, KeysChanged) else None
        if changed and changed.left:
            self.banner.show_message("wait", left_words(changed.left))
        self.did.emit(changed.done if changed else result)
        self.look()

    def _refused(self, error: PeerMatchError) -> None:
        self.form.refuse(error.what, error.hint)

    @Slot()
    def _leave_form(self) -> None:
        """The keyboard never stays on what is hidden, nor goes to whatever Qt takes to be next."""
        self._close_form()
        if self.isVisible():
            self.take_focus()

    def _close_form(self) -> None:
        self.form.clear_secrets()
        self.form.hide()

    def _show_sheet(self, key: str) -> None:
        """The sheet is shown first; it counts once two of its groups were typed back."""
        folder, name = self._services.folder, self._services.desk.snapshot.name
        self.sheet = RecoverySheet(
            self._tasks, self._theme, self._choosers, folder, name, key, leave=CANCEL_SHEET
        )
        self.sheet.finished.connect(self._keep_sheet)
        self.sheet.left.connect(self._close_sheet)
        self._stack.addWidget(self.sheet)
        self._stack.setCurrentWidget(self.sheet)
        self.sheet.take_focus()

    @Slot()
    def _keep_sheet(self) -> None:
        if self.sheet is None:
            return
        work: Callable[[], KeysChanged] = partial(
            self._services.keys.set_recovery, "-".join(self.sheet.groups)
        )
        self._close_sheet()
        self._tasks.run(self, work, partial(self._done, Act.SHEET), self.show_error)

    @Slot()
    def _close_sheet(self) -> None:
        if self.sheet is not None:
            self._stack.removeWidget(self.sheet)
            self.sheet.deleteLater()
            self.sheet = None
        self.take_focus()


def _looked(services: Services) -> Picture:
    """On the worker."""
    keys = services.keys
    state = services.upkeep.info().state
    return Picture(keys.every(), keys.older_backups(), services.keychain.state(), state)


def _done_on_worker(services: Services, wanted: Wanted) -> KeysChanged | Done | str:
    """On the worker: who asks is asked who they are first; a recovery sheet is only drawn here."""
    keys, key = services.keys, wanted.key.id if wanted.key else ""
    if wanted.act is Act.NAME:
        return keys.name(key, wanted.name, wanted.role)
    keys.confirm(wanted.own)
    acts: dict[Act, Callable[[], KeysChanged | Done | str]] = {
        Act.ADD: partial(keys.add, wanted.name, wanted.role, wanted.passphrase),
        Act.CHANGE: partial(keys.change, key, wanted.passphrase),
        Act.REMOVE: partial(keys.remove, key),
        Act.ROTATE: keys.rotate,
        Act.SHEET: keys.draw_recovery,
        Act.FORGET: keys.forget_older_backups,
        Act.REMEMBER: services.keychain.remember,
        Act.UNREMEMBER: services.keychain.forget,
        Act.ALLOW: partial(services.keychain.allow, True),
        Act.FORBID: partial(services.keychain.allow, False),
    }
    return acts[wanted.act]()
