"""What the forms on data protection share: fields with their faults, one button that does it, and a way out."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.built_late import BuiltLate
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.fields import InlineField
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.text import HEADING, SMALL, Text
from peermatch.words import tr


class DutyForm(BuiltLate, Card):
    """``wanted`` brings what was written, once everything is there; ``closed`` comes from Cancel or Esc.

    Fill `_build`, which calls `lay_out` with the fields, `faults` and `answer`; call `begin` to open it.
    """

    wanted = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, ground="raised", margins=(20, 16, 20, 18), spacing=10)
        self._theme = theme
        self.hide()

    def _build(self) -> None:
        theme = self._theme
        self.title, self.note = Text(theme, "", HEADING), Text(theme, "", SMALL)
        self.banner = Banner(theme, "error", "", dismissible=False)
        self.confirm, self.cancel = Button(theme, "", kind="primary"), Button(theme, tr("Cancel"))
        theme.read_only.bar(self.confirm)
        self._buttons = Flow(theme, (self.confirm, self.cancel), gap=8)
        self.confirm.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.closed)

    def lay_out(self, fields: Mapping[str, InlineField]) -> None:
        """Put the fields in order; Enter in a line of them does what the button does."""
        self.fields = fields
        parts: tuple[QWidget, ...] = (self.title, self.note, self.banner, *fields.values(), self._buttons)
        for part in parts:
            self.body.addWidget(part)
        self.banner.hide()
        for field in fields.values():
            own = [field.editor] if isinstance(field.editor, QLineEdit) else []
            for line in (*own, *self.lines_of(field.editor)):
                line.returnPressed.connect(self.submit)

    def lines_of(self, editor: QWidget) -> tuple[QLineEdit, ...]:
        """The lines within an editor of several parts in which Enter does it too."""
        return ()

    def begin(self, title: str, act: str, note: str = "") -> None:
        """Open it, without faults and with the words of what it does."""
        self.title.set_text(title)
        self.note.set_text(note)
        self.note.setVisible(bool(note))
        self.confirm.set_text(act)
        for part in self.fields.values():
            part.set_error("")
        self.banner.hide()
        self.hold(False)
        self.show()
        self.take_focus()

    def take_focus(self) -> None:
        """Put the keyboard on the first field."""
        first = next(iter(self.fields.values())).editor
        (first.focusProxy() or first).setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, what: str, hint: str) -> None:
        """Say why it was not done; what was typed stays, and the keyboard comes back to the button."""
        self.hold(False)
        self.banner.show_message("error", what, hint)
        if self.isVisible():
            self.confirm.setFocus(Qt.FocusReason.OtherFocusReason)

    def hold(self, held: bool) -> None:
        """While it is being done nothing is changed or pressed twice."""
        for part in (*(field.editor for field in self.fields.values()), self.confirm, self.cancel):
            part.setEnabled(not held)

    def faults(self) -> dict[str, str]:
        """What is wrong now, by field."""
        return {}

    def close_up(self) -> None:
        """Put it away; what was typed goes."""
        self.hide()

    def answer(self) -> object:
        """What was written; asked only when nothing is wrong."""
        return None

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
        self.wanted.emit(self.answer())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape and self.cancel.isEnabled():
            self.closed.emit()
        else:
            super().keyPressEvent(event)
