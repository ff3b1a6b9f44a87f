"""Withdrawing everything: what follows is listed before it is done, and said after."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from peermatch.ui.screens.offered_letters import Offered, OfferedLetters
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Panel
from peermatch.ui.widgets.built_late import BuiltLate
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.text import SMALL, STRONG, Text
from peermatch.words import tr

TO_COME = tr("Letters that would be written")
TO_COME_NOTE = tr("To whoever holds a card. They would lie ready with the withdrawal, for you to send.")


class WithdrawPanel(BuiltLate, Panel):
    """``confirmed`` comes from the button that names what it does.

    The letters come a moment later, so they stand below the buttons, which never move under somebody's hand.
    """

    confirmed = Signal()
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "raised", edge="top")
        self._theme = theme
        self.letters = OfferedLetters(theme, TO_COME)

    def _build(self) -> None:
        theme = self._theme
        self._title = Text(theme, "", STRONG)
        self._lines = Text(theme, "", SMALL)
        self.confirm = Button(theme, "", kind="danger", small=True)
        theme.read_only.bar(self.confirm)
        self.cancel = Button(theme, tr("Cancel"), small=True)
        column = Column(theme, self, spacing=8, margins=(14, 12, 14, 14))
        buttons = Flow(theme, (self.confirm, self.cancel), gap=8)
        for part in (self._title, self._lines, buttons, self.letters):
            column.addWidget(part)
        self.confirm.clicked.connect(self.confirmed)
        self.cancel.clicked.connect(self.closed)

    def open_for(self, first_name: str, sentences: Sequence[str]) -> None:
        """List what would follow."""
        self._title.set_text(tr("If {first_name} withdraws everything:").format(first_name=first_name))
        self._lines.set_text("\n".join(sentences))
        self.confirm.set_text(tr("Withdraw all of {first_name}'s consent").format(first_name=first_name))
        self.letters.forget()
        self.show()
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_letters(self, letters: Sequence[Offered]) -> None:
        """What would be written, to be read before."""
        self.letters.offer(letters, TO_COME_NOTE)

    def close_up(self) -> None:
        """Nothing of the letters stays in a panel that is not looked at."""
        self.letters.forget()
        self.hide()

    def words(self) -> str:
        """What is listed."""
        return self._lines.words()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
