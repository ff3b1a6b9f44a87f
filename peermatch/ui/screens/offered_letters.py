"""Letters that lie ready, one at a time: a button for each, and the letter to read and copy below."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QHideEvent

from peermatch.model.enquiry import Enquiry
from peermatch.services.introductions import LetterDraft
from peermatch.services.snapshot import Snapshot
from peermatch.services.withdrawal import StopLetter
from peermatch.ui.screens.letter_sheet import LetterSheet
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.tab_order import come_as_laid_out
from peermatch.ui.widgets.text import SMALL, STRONG, Text
from peermatch.words import tr

NOTE_SENT = tr("I have sent it")
NOTE_SENT_NOTE = tr("Notes that it was sent today. It is offered no more, and the note can be taken back.")
NO_ADDRESS = tr("Find a safe way to reach them first: something in their letter worried us.")


@dataclass(frozen=True, slots=True)
class Offered:
    """One letter: by what it is known, the button that opens it, and who reads it, in words and safely reached.

    ``hidden`` is the enquiry whose address is read only after a look that the journal notes; "" where it may be read.
    ``noted``: that it was sent is noted here.
    """

    key: str
    button: str
    draft: LetterDraft
    who: str = ""
    safe: str = ""
    hidden: str = ""
    noted: bool = False


class OfferedLetters(Card):
    """``reveal_wanted`` asks for the look at an enquirer's address; nothing is sent from here.

    ``sent`` brings the letter of which somebody notes that they have sent it, of those that are noted here.
    """

    reveal_wanted = Signal(str)
    sent = Signal(str)

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__(theme, margins=(14, 12, 14, 14), spacing=8)
        self._theme = theme
        self._offers: dict[str, Offered] = {}
        self.current = ""
        self.buttons: dict[str, Button] = {}
        self.note = Text(theme, "", SMALL)
        self._row = Flow(theme, gap=8)
        self.sheet = LetterSheet(theme)
        self.sheet.hide()
        self.note_sent = Button(theme, NOTE_SENT, small=True, icon="check", note=NOTE_SENT_NOTE)
        theme.read_only.bar(self.note_sent)
        self.note_sent.hide()
        for part in (
            Text(theme, title, STRONG),
            self.note,
            self._row,
            self.sheet,
            Flow(theme, (self.note_sent,)),
        ):
            self.body.addWidget(part)
        self.sheet.wanted.connect(self._reveal)
        self.note_sent.clicked.connect(self._noted)
        self.hide()

    def offer(self, letters: Sequence[Offered], note: str) -> None:
        """Offer these; without a letter there is nothing to show. What is open stays open."""
        listed = {each.key: each for each in letters}
        self.note.set_text(note)
        if listed == self._offers and not self.isHidden():
            return
        self._offers, self.current = listed, ""
        self.buttons = {key: self._button(each) for key, each in listed.items()}
        self._row.set_widgets(list(self.buttons.values()))
        come_as_laid_out(self)
        self.sheet.hide()
        self.note_sent.hide()
        self.setVisible(bool(listed))

    def reword(self, offered: Offered) -> None:
        """Other words on the button of one that is offered."""
        if offered.key in self._offers:
            self._offers[offered.key] = offered
            self.buttons[offered.key].set_text(offered.button)

    def forget(self) -> None:
        """Nothing of what was offered stays."""
        self._offers, self.current, self.buttons = {}, "", {}
        self._row.set_widgets(())
        self.sheet.forget()
        self.hide()

    def address_revealed(self, reference: str) -> None:
        """The look was noted: show the address."""
        if reference and reference == self._hidden():
            self.sheet.to.set_shown(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """An address that was revealed is hidden again."""
        super().hideEvent(event)
        if not event.spontaneous() and self._hidden():
            self.sheet.to.set_shown(False)

    def open_letter(self, key: str) -> None:
        """Show one of them to read and copy."""
        if key not in self._offers:
            return
        self.current, each = key, self._offers[key]
        self.sheet.show_letter(each.draft, each.who, shown=not each.hidden, safe=each.safe)
        self.sheet.show()
        self.note_sent.setVisible(each.noted)
        self._tell_open()

    def _tell_open(self) -> None:
        """Which letter is open is seen, and heard at its button."""
        for key, button in self.buttons.items():
            button.set_shown(shown=key == self.current)

    def _hidden(self) -> str:
        return self._offers[self.current].hidden if self.current in self._offers else ""

    def _button(self, offered: Offered) -> Button:
        button = Button(self._theme, offered.button, small=True, icon="mail")
        button.setProperty("letter", offered.key)
        button.clicked.connect(self._pressed)
        return button

    @Slot()
    def _pressed(self) -> None:
        self.open_letter(str(self.sender().property("letter")))

    @Slot()
    def _noted(self) -> None:
        if self.current:
            self.sent.emit(self.current)

    @Slot()
    def _reveal(self) -> None:
        if self._hidden():
            self.reveal_wanted.emit(self._hidden())


def trainee_of(reference: str) -> str:
    """Who reads a letter, in words that name nobody."""
    return tr("the trainee of {reference}").format(reference=reference)


def safe_way(enquiry: Enquiry | None, agreed: str = "") -> str:
    """How to reach an enquirer safely: as agreed; where their letter worried us and nothing is, not at all yet."""
    return agreed or (NO_ADDRESS if enquiry is not None and enquiry.risk else "")


def to_trainee(key: str, found: StopLetter, picture: Snapshot) -> Offered:
    """A letter to whoever holds a card; of who gave no yes yet, the address is hidden."""
    letter, enquiry = found.letter, picture.enquiries.get(found.letter.enquiry)
    agreed = enquiry is not None and enquiry.consent is not None
    return Offered(
        key=key,
        button=tr("Letter to {trainee_of}").format(trainee_of=trainee_of(letter.enquiry)),
        draft=LetterDraft(letter.recipient, letter.subject, letter.body),
        who=trainee_of(letter.enquiry),
        safe=safe_way(enquiry, found.safely),
        hidden="" if agreed else letter.enquiry,
    )
