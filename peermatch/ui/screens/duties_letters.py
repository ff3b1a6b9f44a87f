"""The letters that an erasure left: to those who were given the data, until each is sent and taken off the list."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot

from peermatch.services.introductions import LetterDraft
from peermatch.services.snapshot import Snapshot
from peermatch.services.withdrawal import StopLetter
from peermatch.ui.screens.offered_letters import Offered, OfferedLetters, to_trainee
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.flow import Flow
from peermatch.words import tr

TITLE = tr("Letters to send after an erasure")
NOTE = tr(
    "Whoever was given the data of somebody who is erased must be told (UK GDPR article 19). The letters name nobody. "
    "Send each from your own mailbox, then take it off the list. After 30 days it comes up for erasure itself."
)
SENT = tr("It is sent: take it off the list")


class ErasedLetters(OfferedLetters):
    """``sent`` brings the number of a letter that a person has sent."""

    sent = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, TITLE)
        self.done = Button(theme, SENT, small=True, icon="check")
        theme.read_only.bar(self.done)
        self.body.addWidget(Flow(theme, (self.done,), gap=8))
        self.done.hide()
        self.done.clicked.connect(self._done)

    def show_letters(self, letters: Mapping[int, StopLetter], picture: Snapshot) -> None:
        """Offer what waits to be sent."""
        self.offer([_offered(number, each, picture) for number, each in letters.items()], NOTE)
        self.done.setVisible(bool(self.current))

    def open_letter(self, key: str) -> None:
        """Show one of them, and the way to say that it is sent."""
        super().open_letter(key)
        self.done.setVisible(bool(self.current))
        self.done.setAccessibleDescription(self.buttons[key].text() if key in self.buttons else "")

    def forget(self) -> None:
        """Nothing of what was offered stays."""
        super().forget()
        self.done.hide()

    @Slot()
    def _done(self) -> None:
        if self.current:
            self.sent.emit(int(self.current))


def _offered(number: int, found: StopLetter, picture: Snapshot) -> Offered:
    letter = found.letter
    if letter.supporter is None:
        return to_trainee(str(number), found, picture)
    draft = LetterDraft(letter.recipient, letter.subject, letter.body)
    words = tr("Letter to {supporter}, about {enquiry}").format(
        supporter=letter.supporter, enquiry=letter.enquiry
    )
    return Offered(str(number), words, draft, who=letter.supporter)
