"""The form that puts a backup back: it is opened first, says what would be different, and asks then."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from peermatch.model.restoring import Difference, those_who_go, told
from peermatch.services.backups import Kept
from peermatch.ui.screens.backup_words import GO, OPENS_WITH, PROGRESS, button_of, heading_of
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.covered import CoveredLabel
from peermatch.ui.widgets.fields import InlineField, SecretField
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.text import BODY, HEADING, SMALL, STRONG, Text
from peermatch.words import tr

MOST_NAMED = 12


class BackupRestore(Card):
    """``looked`` brings what was typed, ``wanted`` the yes after what would be different was read."""

    looked = Signal(str)
    wanted = Signal()
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, ground="raised", margins=(20, 16, 20, 18), spacing=10)
        self.kept: Kept | None = None
        self._title = Text(theme, "", HEADING)
        self.secret = SecretField(theme, name=tr("Passphrase or recovery key"))
        self.field = InlineField(theme, tr("Passphrase or recovery key"), self.secret, hint=OPENS_WITH)
        self.banner = Banner(theme, "error", "", dismissible=False)
        self.compare = Button(theme, tr("See what would be different"), kind="primary")
        self.go = Button(theme, "", kind="danger")
        self.cancel = Button(theme, tr("Cancel"), note=tr("Nothing changes (Esc)"))
        self.progress = Text(theme, PROGRESS, SMALL)
        self._told = QWidget()
        self._shown: tuple[Text, ...] = ()
        self._lines = Column(theme, self._told, spacing=6)
        buttons = Flow(theme, (self.compare, self.go, self.cancel), gap=8)
        for part in (self._title, self.banner, self.field, self._told, buttons, self.progress):
            self.body.addWidget(part)
        self.compare.clicked.connect(self._compare)
        self.secret.returnPressed.connect(self._compare)
        self.go.clicked.connect(self._go)
        self.cancel.clicked.connect(self.closed)
        self.hide()

    def open_for(self, kept: Kept) -> None:
        """Ask for a secret of its day."""
        self.kept = kept
        self._title.set_text(heading_of(kept))
        self.go.set_text(button_of(kept))
        self.field.set_error("")
        self.banner.hide()
        self._show_step(compared=False)
        self._put(())
        self.hold(False)
        self.secret.clear()
        self.show()
        self.secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_up(self) -> None:
        """Nothing typed, and no name, stays in a form that is not looked at."""
        self.secret.clear()
        self._put(())
        self.kept = None
        self.hide()

    def show_difference(self, difference: Difference) -> None:
        """Say what would be different, and offer to do it; the keyboard stands on Cancel, not on the danger."""
        self.secret.clear()
        self.hold(False)
        people = those_who_go(difference)
        lines: list[Text] = [Text(self._theme, line, BODY) for line in told(difference)]
        if people:
            lines.append(Text(self._theme, tr("Supporters who will go:"), STRONG))
            lines += [CoveredLabel(self._theme, person) for person in people[:MOST_NAMED]]
        if len(people) > MOST_NAMED:
            lines.append(
                Text(self._theme, tr("and {people} more").format(people=len(people) - MOST_NAMED), BODY)
            )
        if not difference.nothing:
            lines.append(Text(self._theme, GO, SMALL))
        self._put(lines)
        self._show_step(compared=True)
        self.go.setVisible(not difference.nothing)
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, what: str, hint: str) -> None:
        """Say why it could not be opened or put back."""
        self.hold(False)
        self.banner.show_message("error", what, hint)
        if self.field.isVisible():
            self.secret.setFocus(Qt.FocusReason.OtherFocusReason)
            self.secret.selectAll()

    def hold(self, held: bool) -> None:
        """While something is under way nothing can be pressed twice."""
        for part in (self.secret, self.compare, self.go, self.cancel):
            part.setEnabled(not held)
        self.progress.setVisible(held)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape and self.cancel.isEnabled():
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def lines(self) -> list[str]:
        """What is said, line by line."""
        return [line.words() for line in self._shown]

    def _show_step(self, *, compared: bool) -> None:
        self.field.setVisible(not compared)
        self.compare.setVisible(not compared)
        self.go.setVisible(compared)
        self._told.setVisible(compared)

    def _put(self, lines: Sequence[Text]) -> None:
        for old in self._shown:
            self._lines.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown = tuple(lines)
        for line in lines:
            self._lines.addWidget(line)

    @Slot()
    def _compare(self) -> None:
        typed = self.secret.text()
        self.field.set_error("" if typed.strip() else tr("Type the passphrase or the recovery key."))
        if typed.strip() and self.compare.isEnabled():
            self.banner.hide()
            self.hold(True)
            self.looked.emit(typed)

    @Slot()
    def _go(self) -> None:
        self.banner.hide()
        self.hold(True)
        self.wanted.emit()
