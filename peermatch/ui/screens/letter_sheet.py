"""A letter to read and copy: to whom, subject, words, and a button for each."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from peermatch.services.introductions import LetterDraft
from peermatch.ui.screens.recipient_line import RecipientLine
from peermatch.ui.screens.shortlist_facts import description_words
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column, Rule
from peermatch.ui.widgets.built_late import BuiltLate
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.letter import LetterView
from peermatch.ui.widgets.text import SMALL, SMALL_STRONG, TINY, Phrase, Text
from peermatch.words import tr


class LetterSheet(BuiltLate, QWidget):
    """Shows a letter as it stands in the outbox; nothing is sent from here. ``wanted`` asks to see the address."""

    wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._draft: LetterDraft | None = None

    def _build(self) -> None:
        theme = self._theme
        column = Column(theme, self, spacing=10)
        card = Card(theme, margins=(20, 16, 20, 16), spacing=8)
        self.few = Banner(theme, "wait", "", dismissible=False)
        self.few.hide()
        self.to = RecipientLine(theme)
        self._subject = Phrase(theme, [])
        self.letter = LetterView(theme, most_lines=None)
        for part in (self.to, self._subject, Rule(), self.letter):
            card.body.addWidget(part)
        self.copy_text = Button(theme, tr("Copy the letter"), small=True, icon="copy")
        self.copy_subject = Button(theme, tr("Copy the subject"), small=True)
        self.copy_address = Button(theme, tr("Copy the address"), small=True)
        self._copied = Text(theme, "", TINY, wrap=False)
        column.addWidget(self.few)
        column.addWidget(card)
        column.addWidget(Flow(theme, [self.copy_text, self.copy_subject, self.copy_address, self._copied]))
        self.copy_text.clicked.connect(self._copy_text)
        self.copy_subject.clicked.connect(self._copy_subject)
        self.copy_address.clicked.connect(self._copy_address)
        self.to.changed.connect(self._follow)
        self.to.wanted.connect(self.wanted)
        theme.cover.changed.connect(self._cover)

    def show_letter(
        self, draft: LetterDraft, who: str, *, shown: bool, safe: str = "", fits: int | None = None
    ) -> None:
        """A letter, and whether its address may be read; ``fits`` is how few it describes, where that must be said."""
        if fits is not None:
            self.few.show_message("wait", *description_words(fits))
        self.few.setVisible(fits is not None)
        if draft != self._draft:
            self._copied.set_text("")
        self._draft = draft
        self._subject.set_runs([(tr("Subject: "), SMALL), (draft.subject, SMALL_STRONG)])
        self.to.show_recipient(who, draft.recipient, shown=shown, safe=safe)
        self._cover()

    def forget(self) -> None:
        """Nothing of a letter stays, and it is put away."""
        if self.standing:
            self.show_letter(LetterDraft(None, "", ""), "", shown=False)
        self.hide()

    @Slot()
    def _cover(self) -> None:
        if self._draft is not None:
            covered = self._theme.cover.on
            self.letter.set_letter(
                tr("Covered while names are covered (F8).") if covered else self._draft.text
            )

    @Slot()
    def _follow(self) -> None:
        self.copy_address.bar("" if self.to.in_sight else tr("Look at the whole address first."))

    @Slot()
    def _copy_text(self) -> None:
        self._copy(self._draft.text if self._draft else "", tr("The letter is copied."))

    @Slot()
    def _copy_subject(self) -> None:
        self._copy(self._draft.subject if self._draft else "", tr("The subject is copied."))

    @Slot()
    def _copy_address(self) -> None:
        self._copy((self._draft.recipient if self._draft else "") or "", tr("The address is copied."))

    def _copy(self, text: str, said: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._copied.set_text(said)
        announce(self, said)
