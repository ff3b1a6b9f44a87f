"""The form for one change of keys: what follows, what is needed for it, and the passphrase of who does it."""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from peermatch.errors import BadInput
from peermatch.model.holders import NetworkKey, Role
from peermatch.model.text import one_line
from peermatch.services.keys import Keys
from peermatch.ui.screens.keys_words import ROLES, Act, button_of, consequence_of, heading_of
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.built_late import BuiltLate
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.fields import Choice, InlineField, LineField, SecretField, StrengthMeter
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.text import HEADING, SMALL, Text
from peermatch.words import tr

NAMED = frozenset({Act.ADD, Act.NAME})
NEW_PASSPHRASE = frozenset({Act.ADD, Act.CHANGE})
DANGEROUS = frozenset({Act.REMOVE, Act.FORGET, Act.FORBID})
EMPTY_STRENGTH = tr("15 characters or more. A few words are easiest to keep in mind.")
_NOT_THE_SAME = tr("This is not the same. Type it once more, or press show above and read what stands there.")
PROGRESS = tr("Making the backup and the new file. This takes a moment.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the form asks for; the secrets never show themselves."""

    act: Act
    key: NetworkKey | None
    name: str
    role: Role
    passphrase: str = field(repr=False)
    own: str = field(repr=False)


class KeysForm(BuiltLate, Card):
    """``wanted`` brings a complete form, ``closed`` comes from Cancel or Esc."""

    wanted = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme, keys: Keys) -> None:
        super().__init__(theme, ground="raised", margins=(20, 16, 20, 18), spacing=10)
        self._theme, self._keys = theme, keys
        self.act = Act.ADD
        self.key: NetworkKey | None = None

    def _build(self) -> None:
        theme = self._theme
        self._title, self._lines = Text(theme, "", HEADING), Text(theme, "", SMALL)
        self.name = LineField(theme, name=tr("Name"))
        self.role = Choice(theme, [(role.value, text) for role, text in ROLES.items()], name=tr("Role"))
        self.passphrase = SecretField(theme, name=tr("New passphrase"))
        self.again = SecretField(theme, name=tr("The same once more"))
        self.own = SecretField(theme, name=tr("Your passphrase"))
        self.strength = StrengthMeter(theme)
        self.fields = {
            "name": InlineField(theme, tr("Name"), self.name),
            "role": InlineField(theme, tr("Role"), self.role),
            "passphrase": InlineField(theme, tr("New passphrase"), self.passphrase),
            "again": InlineField(theme, tr("The same once more"), self.again),
            "own": InlineField(
                theme, tr("Your own passphrase, or your recovery key if you opened with it"), self.own
            ),
        }
        self.banner = Banner(theme, "error", "", dismissible=False)
        self.progress = Text(theme, PROGRESS, SMALL)
        self.confirm, self.cancel = Button(theme, ""), Button(theme, tr("Cancel"))
        self._lay_out(theme)
        self._connect()

    def _lay_out(self, theme: Theme) -> None:
        fields = self.fields
        above: tuple[QWidget, ...] = (self._title, self._lines, self.banner, fields["name"], fields["role"])
        below = (
            fields["again"],
            fields["own"],
            Flow(theme, (self.confirm, self.cancel), gap=8),
            self.progress,
        )
        for part in above:
            self.body.addWidget(part)
        new = Column(theme, spacing=6)
        new.addWidget(fields["passphrase"])
        new.addWidget(self.strength)
        self.body.addLayout(new)
        for part in below:
            self.body.addWidget(part)
        self.banner.hide()
        self.progress.hide()

    def _connect(self) -> None:
        self.passphrase.textChanged.connect(self._judge)
        self.passphrase.turned.connect(self._ask_again)
        self.confirm.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.closed)
        for line in (self.name, self.passphrase, self.again, self.own):
            line.returnPressed.connect(self.submit)

    def open_for(self, act: Act, key: NetworkKey | None, secret: str) -> None:
        """Show what follows and what is needed; ``secret`` says what has to be typed: passphrase or recovery key."""
        self.act, self.key = act, key
        self._title.set_text(heading_of(act, key))
        self._lines.set_text(consequence_of(act, key))
        self.confirm.set_text(button_of(act, key))
        self.confirm.set_kind("danger" if act in DANGEROUS else "primary")
        shown = {
            "name": act in NAMED,
            "role": act in NAMED,
            "passphrase": act in NEW_PASSPHRASE,
            "again": act in NEW_PASSPHRASE and not self.passphrase.shown,
            "own": act is not Act.NAME,
        }
        for name, visible in shown.items():
            self.fields[name].setVisible(visible)
            self.fields[name].set_error("")
        self.strength.setVisible(shown["passphrase"])
        self.name.set_value(key.name if key else "")
        self.role.set_current((key.holder.role if key and key.holder else Role.COORDINATOR).value)
        self.own.setAccessibleName(tr("Your {secret}").format(secret=secret))
        self.own.setPlaceholderText(tr("your {secret}").format(secret=secret))
        self.clear_secrets()
        self._judge("")
        self.hold(False)
        self.banner.hide()
        self.show()
        self._first().setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_secrets(self) -> None:
        """Nothing typed stays in a field that is not looked at."""
        if self.standing:
            for line in (self.passphrase, self.again, self.own):
                line.clear()

    @property
    def held(self) -> bool:
        """Whether it is being done."""
        return self.standing and not self.cancel.isEnabled()

    def hold(self, held: bool) -> None:
        """While it is being done nothing can be changed or pressed twice."""
        lines = (self.passphrase, self.again, self.own)
        for part in (self.name, self.role, *lines, self.confirm, self.cancel):
            part.setEnabled(not held)
        self.progress.setVisible(held)

    def refuse(self, what: str, hint: str) -> None:
        """Say why it was not done; what was typed stays, and the keyboard comes back to it."""
        self.hold(False)
        self.banner.show_message("error", what, hint)
        line = self.name if self.fields["own"].isHidden() else self.own
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        line.selectAll()

    def faults(self) -> dict[str, str]:
        """What is wrong now, by field."""
        found = {}
        if self.act in NAMED and not one_line(self.name.text()):
            found["name"] = tr("Say whose key this is.")
        if self.act in NEW_PASSPHRASE:
            try:
                self._keys.check_passphrase(self.passphrase.text())
            except BadInput as error:
                found["passphrase"] = str(error) if self.passphrase.text() else tr("Choose a passphrase.")
            if not self.passphrase.shown and self.again.text() != self.passphrase.text():
                found["again"] = _NOT_THE_SAME
        if self.act is not Act.NAME and not self.own.text():
            found["own"] = tr("Type it, so that nobody else changes keys at your computer.")
        return found

    @Slot()
    def submit(self) -> None:
        """Ask for it, once everything is there."""
        if not self.confirm.isEnabled():
            return
        faults = self.faults()
        for key, part in self.fields.items():
            part.set_error(faults.get(key, ""))
        if faults:
            self.fields[next(iter(faults))].editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.banner.hide()
        self.hold(True)
        name, role = one_line(self.name.text()), Role(self.role.current())
        self.wanted.emit(Wanted(self.act, self.key, name, role, self.passphrase.text(), self.own.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape and self.cancel.isEnabled():
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _first(self) -> QLineEdit:
        lines = {"name": self.name, "passphrase": self.passphrase, "own": self.own}
        return next(line for name, line in lines.items() if not self.fields[name].isHidden())

    @Slot(bool)
    def _ask_again(self, shown: bool) -> None:
        """Whoever reads what they type needs not type it twice."""
        self.fields["again"].setVisible(not shown)

    @Slot(str)
    def _judge(self, typed: str) -> None:
        if not typed:
            self.strength.show_strength(0.0, EMPTY_STRENGTH)
            return
        found = self._keys.strength(typed)
        advice = f" {found.advice.rstrip('.')}." if found.advice else ""
        self.strength.show_strength((found.score + 1) / 5, f"{found.words.capitalize()}.{advice}")
