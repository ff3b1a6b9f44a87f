"""Below a letter: the press that notes it as sent, and once it was, the day."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from peermatch.ui.screens.offered_letters import NOTE_SENT, NOTE_SENT_NOTE
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.text import SMALL, Text
from peermatch.words import in_words, tr


class SentLine(QWidget):
    """``pressed``: somebody says that they have sent it."""

    pressed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.note_sent = Button(theme, NOTE_SENT, small=True, icon="check", note=NOTE_SENT_NOTE)
        theme.read_only.bar(self.note_sent)
        self._said = Text(theme, "", SMALL)
        column = Column(theme, self, spacing=0)
        column.addWidget(Flow(theme, (self.note_sent,)))
        column.addWidget(self._said)
        self.note_sent.clicked.connect(self.pressed)
        self.hide()

    def show_sent(self, day: date | None) -> None:
        """When it was noted; None while it was not."""
        self._said.set_text(tr("Noted as sent on {in_words}.").format(in_words=in_words(day)) if day else "")
        self._said.setVisible(day is not None)
        self.note_sent.setVisible(day is None)
        self.show()

    def words(self) -> str:
        """What it says."""
        return self._said.words()
