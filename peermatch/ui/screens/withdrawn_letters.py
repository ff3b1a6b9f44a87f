"""The letters that follow from a withdrawal: to whoever holds a card, and to the supporter that it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Slot

from peermatch.services.consent import Withdrawal
from peermatch.services.introductions import LetterDraft
from peermatch.services.snapshot import Snapshot
from peermatch.services.withdrawal import StopLetter
from peermatch.ui.screens.offered_letters import Offered, OfferedLetters, to_trainee
from peermatch.ui.theme import Theme
from peermatch.words import tr

TITLE = tr("Letters that follow from a withdrawal")
NOTE = tr(
    "Whoever holds a card should be told that it must not be used any more. Each letter is drafted here; send it "
    "from your own mailbox, then note it. Nothing leaves from here."
)
NO_LETTER = tr("Nobody holds a card that says what is withdrawn, so there is nobody to write to.")
ALL_SENT = tr("Everybody who holds a card has been told.")
THEM = "them"
DONE = tr("Tell {name} that it is done")


class WithdrawnLetters(OfferedLetters):
    """What to send once it is withdrawn; ``sent`` brings the number of a letter, or ``THEM``."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, TITLE)
        self._told = False
        self._to_them: tuple[Offered, ...] = ()
        self._name = ""
        theme.cover.changed.connect(self._cover)

    def set_told(self, told: bool) -> None:
        """Whether it was noted today that the supporter was told: then the press for it goes."""
        self._told = told
        self._show_press()

    def open_letter(self, key: str) -> None:
        """The one to the supporter is noted once."""
        super().open_letter(key)
        self._show_press()

    def _show_press(self) -> None:
        if self.current != THEM:
            return
        if self._told and self.note_sent.hasFocus():
            self.buttons[THEM].setFocus(Qt.FocusReason.OtherFocusReason)
        self.note_sent.setVisible(not self._told)

    def begin(self, to_them: LetterDraft, first_name: str) -> None:
        """Something was withdrawn just now: the supporter is told, too."""
        self._name = first_name
        self._to_them = (Offered(THEM, self._done(), to_them, noted=True),)

    def _done(self) -> str:
        return DONE.format(name=self._theme.cover.shown(self._name))

    @Slot()
    def _cover(self) -> None:
        """The name in the press for their letter, or dots; what is open stays open."""
        self._to_them = tuple(replace(each, button=self._done()) for each in self._to_them)
        for each in self._to_them:
            self.reword(each)

    def show_letters(self, letters: Mapping[int, StopLetter], told: bool, picture: Snapshot) -> None:
        """Offer those that nobody has sent yet; without a letter there is nothing to show. ``told``: any was sent."""
        waiting = (replace(to_trainee(str(n), each, picture), noted=True) for n, each in letters.items())
        self.offer((*waiting, *self._to_them), NOTE if letters else ALL_SENT if told else NO_LETTER)

    def forget(self) -> None:
        """Nothing of what was offered stays."""
        super().forget()
        self._to_them, self._name = (), ""


def holders_words(withdrawal: Withdrawal) -> str:
    """Who is to be told of a withdrawal, in a sentence."""
    if withdrawal.to_tell:
        said = tr("They hold a card already and should be told: {sent}.")
        return said.format(sent=", ".join(withdrawal.to_tell))
    if withdrawal.told:
        return ALL_SENT
    return NO_LETTER if withdrawal.sent else tr("Nobody holds a card.")


def offers_of(letters: Sequence[StopLetter], picture: Snapshot) -> list[Offered]:
    """A letter to each trainee who holds a card; of who gave no yes yet, the address is hidden."""
    held = {each.letter.enquiry: each for each in letters}
    return [to_trainee(reference, each, picture) for reference, each in held.items()]
