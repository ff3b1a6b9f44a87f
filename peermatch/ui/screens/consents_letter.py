"""The letter that asks one person again: shown when somebody wants to send it, and noted once it was sent."""

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot

from peermatch.services.introductions import LetterDraft
from peermatch.ui.screens.consents_words import ANSWERED, TO_SEND, Listed
from peermatch.ui.screens.letter_sheet import LetterSheet
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.tab_order import come_as_laid_out
from peermatch.ui.widgets.text import HEADING, SMALL, Text
from peermatch.words import short, tr

TITLE = tr("The letter that asks")
READY = tr("It is ready. Send it from your own mailbox, then say that it was sent. Nothing leaves from here.")
CARE = tr("It names what they told you about themselves: send it the secure way that your organisation uses.")
NO_LETTER = tr(
    "There is no letter to them. Begin a campaign, or add them to the one that runs, and there will be one."
)


class LetterCard(Card):
    """``wanted`` asks for the letter itself, ``sent`` says that a person sent it."""

    wanted = Signal()
    sent = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, margins=(18, 14, 18, 16), spacing=10)
        self._id, self._step = "", ""
        self._note = Text(theme, "", SMALL)
        self._care = Text(theme, CARE, SMALL)
        self.show_button = Button(theme, tr("Show the letter"), small=True, icon="mail")
        self.sent_button = Button(theme, tr("I have sent it"), kind="primary", small=True)
        theme.read_only.bar(self.sent_button)
        self.sheet = LetterSheet(theme)
        head = Spread(
            theme,
            Text(theme, TITLE, HEADING),
            Flow(theme, (self.show_button, self.sent_button), gap=8),
        )
        for part in (head, self._note, self._care, self.sheet):
            self.body.addWidget(part)
        self.show_button.clicked.connect(self._toggle)
        self.sent_button.clicked.connect(self.sent)
        self.sheet.hide()

    def show_person(self, listed: Listed, on: date) -> None:
        """How their letter stands; one that is open stays open while nothing has changed."""
        step = listed.step
        if (listed.id, step) != (self._id, self._step):
            self.put_away()
        self._id, self._step = listed.id, step
        letter = listed.asked.letter if listed.asked else None
        told = (
            tr("It was sent on {short}.").format(short=short(letter.sent))
            if letter is not None and letter.sent
            else READY
        )
        unsent = step == TO_SEND
        answered = step == ANSWERED and letter is not None and letter.sent is None
        self._note.set_text(tr("Everything is answered, so it need not be sent.") if answered else told)
        if letter is None:
            self._note.set_text(NO_LETTER)
        self._care.setVisible(unsent)
        self.sent_button.setVisible(unsent)
        self.show_button.setVisible(letter is not None and not answered)

    def show_letter(self, draft: LetterDraft, who: str) -> None:
        """Here it is, to read and copy."""
        self.sheet.show_letter(draft, who, shown=True)
        self.sheet.show()
        come_as_laid_out(self)  # it was built just now, and Tab comes to it before their answers
        self.show_button.set_text(tr("Hide the letter"))

    def put_away(self) -> None:
        """Nothing of a letter stays on the page."""
        self.sheet.forget()
        self.show_button.set_text(tr("Show the letter"))

    @Slot()
    def _toggle(self) -> None:
        if self.sheet.isHidden():
            self.wanted.emit()
        else:
            self.put_away()
            self.show_button.setFocus(Qt.FocusReason.OtherFocusReason)
