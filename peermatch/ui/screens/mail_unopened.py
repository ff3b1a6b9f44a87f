"""What there is to press when no e-mail program answers: the same card by a way that needs none."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.boxes import Column, Row
from peermatch.ui.widgets.buttons import Button, IconButton
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.icon import Icon
from peermatch.ui.widgets.text import SMALL, STRONG, Text
from peermatch.words import tr

NO_ANSWER = tr("No e-mail program answered on this computer.")
RECORDED = tr("The hand-over is recorded, and the card stands here again.")
NOT_RECORDED = tr("Nothing has left, and nothing is recorded.")
DO_THIS = tr("Save the draft, or copy what you need into a new message.")
ON_CLIPBOARD = tr("{what} is on the clipboard for 30 seconds.")
LOOK_FIRST = tr("Look at the card and its whole address first; then it can leave.")
THE_ADDRESS, THE_SUBJECT = tr("The address"), tr("The subject")


class UnopenedStrip(Card):
    """Each press goes the way of the card itself: it is checked again, and nothing of it is kept in here."""

    saved = Signal()
    address_wanted = Signal()
    subject_wanted = Signal()
    letter_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, ground="raised", margins=(14, 10, 8, 10), spacing=8, parent=parent)
        self._hint = Text(theme, "", SMALL)
        self._news = Text(theme, "", SMALL)
        self.save = Button(theme, tr("Save the draft …"), kind="primary", icon="download", small=True)
        self.address = Button(theme, tr("Copy the address"), icon="copy", small=True)
        self.subject = Button(theme, tr("Copy the subject"), icon="copy", small=True)
        self.letter = Button(theme, tr("Copy the letter"), icon="copy", small=True)
        self._cross = IconButton(theme, "x", tr("Dismiss"))
        words = Column(theme, spacing=2)
        for line in (Text(theme, NO_ANSWER, STRONG), self._hint, self._news):
            words.addWidget(line)
        row = Row(theme, spacing=10)
        row.addWidget(Icon(theme, "mail", "wait", 18), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self._cross, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self.body.addWidget(Flow(theme, [self.save, self.address, self.subject, self.letter]))
        self.save.clicked.connect(self.saved)
        self.address.clicked.connect(self.address_wanted)
        self.subject.clicked.connect(self.subject_wanted)
        self.letter.clicked.connect(self.letter_wanted)
        self._cross.clicked.connect(self.hide)
        self.hide()

    @property
    def offered(self) -> bool:
        """Whether it stands there, and the card with it."""
        return not self.isHidden()

    def sentence(self) -> str:
        """Everything it says."""
        return f"{NO_ANSWER} {self._hint.words()} {self._news.words()}".strip()

    def offer(self, *, recorded: bool, copies: bool) -> None:
        """``copies``: whether the letter may be copied; one whose details stand in a locked file may not."""
        self._hint.set_text(f"{RECORDED if recorded else NOT_RECORDED} {DO_THIS}")
        self._tell("")
        self.letter.setVisible(copies)
        self.setEnabled(True)
        self.show()
        announce(self, self.sentence())

    def copy(self, text: str, what: str) -> None:
        """An address or a subject onto the clipboard, which forgets it soon."""
        QGuiApplication.clipboard().setText(text)
        self._tell(ON_CLIPBOARD.format(what=what))

    def ask_to_look(self) -> None:
        """Nothing leaves unseen: the card or its address is not in sight now."""
        self._tell(LOOK_FIRST)

    def _tell(self, words: str) -> None:
        self._news.set_text(words)
        self._news.setVisible(bool(words))
        if words:
            announce(self, words)
