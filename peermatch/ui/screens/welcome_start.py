"""Starting a network: its name, who decides about the data, and a passphrase that stands."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from peermatch.errors import BadInput, PeerMatchError
from peermatch.model.text import one_line
from peermatch.services.doors import Doors
from peermatch.ui.screens.welcome_notice import Notice
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.fields import InlineField, LineField, SecretField, StrengthMeter, Tick
from peermatch.ui.widgets.text import SMALL, TINY, Look, Text
from peermatch.words import tr

if TYPE_CHECKING:
    from peermatch.services.keychain import KeychainLook
    from peermatch.services.office import NewNetwork

SHEET = tr(
    "Next you save a recovery sheet. Without passphrase and sheet nobody can open the file, and neither can we."
)
CONTROLLER_HINT = tr("Your deanery, trust or association. It stands in every consent.")
EMPTY_STRENGTH = tr("15 characters or more. A few words are easiest to keep in mind.")
REMEMBER = tr("Remember on this computer")
REMEMBER_NOTE = tr("kept in the system's keychain; you can turn it off")
LOOK_MS = 50
HEADLINE = Look(17, 700, "ink")


class StartForm(QWidget):
    """``created`` brings the new network with its recovery key; what is wrong is said beside each field at once.

    Whether this computer may remember the network is asked only where it has a keychain, which nobody waits for.
    """

    created = Signal(object)

    def __init__(self, doors: Doors, tasks: Tasks, theme: Theme) -> None:
        super().__init__()
        self._doors, self._tasks, self._theme = doors, tasks, theme
        self._name = LineField(theme, name=tr("Name of the network"))
        self._controller = LineField(theme, name=tr("Who decides about the data"))
        self._secret = SecretField(theme)
        self._suggest = Button(theme, tr("Suggest six words"), kind="link", small=True)
        self._strength = StrengthMeter(theme, aside=self._suggest)
        self._remember: Tick | None = None
        self._keychain = doors.keychain_look
        self._look: KeychainLook | None = None
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_MS)
        self._looking.timeout.connect(self._look_again)
        self._create = Button(theme, tr("Create"), kind="primary", wide=True)
        self._progress = Text(theme, tr("Making the keys. This takes a moment."), SMALL)
        self.fields = {
            "name": InlineField(theme, tr("Name"), self._name),
            "controller": InlineField(
                theme, tr("Who decides about the data"), self._controller, hint=CONTROLLER_HINT
            ),
            "passphrase": InlineField(theme, tr("Passphrase"), self._secret),
        }
        self._column = column = Column(theme, self, spacing=12)
        column.addWidget(Text(theme, tr("Start your network"), HEADLINE))
        self._notice = Notice(theme, column, dismissible=False)
        for part in (
            *self.fields.values(),
            self._strength,
            self._create,
            self._progress,
            Text(theme, SHEET, TINY),
        ):
            column.addWidget(part)
        column.addStretch(1)
        self._progress.hide()
        self._judge("")
        self._secret.textChanged.connect(self._judge)
        self._suggest.clicked.connect(self._suggest_words)
        self._create.clicked.connect(self._submit)
        for line in (self._name, self._controller, self._secret):
            line.returnPressed.connect(self._submit)

    @property
    def remember(self) -> Tick:
        """Whether this computer shall open it by itself; made where there is a keychain that could."""
        if self._remember is None:
            self._remember = Tick(self._theme, REMEMBER, REMEMBER_NOTE)
            self._remember.hide()
            self._column.insertWidget(self._column.indexOf(self._create), self._remember)
            QWidget.setTabOrder(self._suggest, self._remember)
        return self._remember

    def take_focus(self) -> None:
        """Begin with the name."""
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Soon find out whether there is a keychain; the page is painted first."""
        super().showEvent(event)
        if self._look is None:
            self._looking.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever goes elsewhere does not need to know."""
        super().hideEvent(event)
        if self._looking.isActive() and not event.spontaneous():
            self._looking.stop()
            if self._look is not None:
                self._look.stop()
                self._look = None

    @Slot()
    def _look_again(self) -> None:
        if self._look is None:
            self._look = self._keychain()
        elif not self._look.waiting:
            self._looking.stop()
            if self._look.found:
                self.remember.show()

    def show_progress(self, busy: bool) -> None:
        """Say that keys are being made, when that takes longer than a blink."""
        self._progress.setVisible(busy and not self._create.isEnabled())

    def faults(self) -> dict[str, str]:
        """What is wrong now, by field."""
        found = {}
        if not one_line(self._name.text()):
            found["name"] = tr("Give your network a name.")
        if not one_line(self._controller.text()):
            found["controller"] = tr("Say which organisation decides about the data.")
        try:
            self._doors.check_passphrase(self._secret.text())
        except BadInput as error:
            found["passphrase"] = str(error) if self._secret.text() else tr("Choose a passphrase.")
        return found

    @Slot(str)
    def _judge(self, typed: str) -> None:
        if not typed:
            self._strength.show_strength(0.0, EMPTY_STRENGTH)
            return
        found = self._doors.strength(typed)
        advice = f" {found.advice.rstrip('.')}." if found.advice else ""
        self._strength.show_strength((found.score + 1) / 5, f"{found.words.capitalize()}.{advice}")

    @Slot()
    def _suggest_words(self) -> None:
        self._secret.setText(self._doors.suggest_passphrase())
        show = self._secret.show_button
        if isinstance(show, QAbstractButton):
            show.setChecked(True)
        self._secret.setCursorPosition(0)

    @Slot()
    def _submit(self) -> None:
        faults = self.faults()
        for key, field in self.fields.items():
            field.set_error(faults.get(key, ""))
        if faults or not self._create.isEnabled():
            if faults:
                self.fields[next(iter(faults))].editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._notice.hide()
        self._hold(True)
        name = one_line(self._name.text())
        controller = one_line(self._controller.text())
        remember = self._remember is not None and self._remember.isChecked()
        work = partial(self._made_of, name, controller, self._secret.text(), remember)
        self._tasks.run(self, work, self._done, self._refused)

    def _made_of(self, name: str, controller: str, passphrase: str, remember: bool) -> "NewNetwork":
        """On the worker: the place is chosen there, because it looks at the disk."""
        from peermatch.model.network import Network

        network = Network(name=name, controller=controller)
        folder = self._doors.offered_folder(name)
        return self._doors.create(folder, network, passphrase, with_recovery=True, remember=remember)

    def _done(self, made: "NewNetwork") -> None:
        self._secret.clear()
        self.created.emit(made)

    def _refused(self, error: PeerMatchError) -> None:
        self._hold(False)
        self._notice.show_message("error", error.what, error.hint)

    def _hold(self, held: bool) -> None:
        fields = (self._name, self._controller, self._secret)
        for part in (*fields, self._suggest, self._remember, self._create):
            if part is not None:
                part.setEnabled(not held)
        self._progress.hide()
