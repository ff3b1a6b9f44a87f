"""The letters that follow from a withdrawal: to whoever holds a card, and to the supporter that it is done."""

from collections.abc import Sequence

from peermatch.services.introductions import LetterDraft
from peermatch.services.snapshot import Snapshot
from peermatch.services.withdrawal import StopLetter
from peermatch.ui.screens.offered_letters import Offered, OfferedLetters, to_trainee
from peermatch.ui.theme import Theme
from peermatch.words import tr

TITLE = tr("Letters that follow from a withdrawal")
NOTE = tr(
    "Whoever holds a card should be told that it must not be used any more. Each letter is drafted and stands with "
    "its introduction too; send it from your own mailbox. Nothing leaves from here."
)
NO_LETTER = tr("Nobody holds a card that says what is withdrawn, so there is nobody to write to.")
THEM = "them"
DONE = tr("Tell {name} that it is done")


class WithdrawnLetters(OfferedLetters):
    """What to send once it is withdrawn."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, TITLE)

    def show_letters(
        self, letters: Sequence[StopLetter], picture: Snapshot, to_them: LetterDraft | None, first_name: str
    ) -> None:
        """Offer these; without a letter there is nothing to show."""
        offers = offers_of(letters, picture)
        if to_them is not None:
            offers.append(Offered(THEM, DONE.format(name=first_name), to_them))
        self.offer(offers, NOTE if letters else NO_LETTER)


def offers_of(letters: Sequence[StopLetter], picture: Snapshot) -> list[Offered]:
    """A letter to each trainee who holds a card; of who gave no yes yet, the address is hidden."""
    held = {each.letter.enquiry: each for each in letters}
    return [to_trainee(reference, each, picture) for reference, each in held.items()]
