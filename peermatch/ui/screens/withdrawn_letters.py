"""The letters that follow from a withdrawal: to whoever holds a card, and to the supporter that it is done."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QHideEvent

from peermatch.services.introductions import LetterDraft
from peermatch.services.snapshot import Snapshot
from peermatch.services.withdrawal import StopLetter
from peermatch.ui.screens.letter_sheet import LetterSheet
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.text import SMALL, STRONG, Text

TITLE = "Letters that follow from a withdrawal"
NOTE = (
    "Whoever holds a card should be told that it must not be used any more. Each letter is drafted and stands with "
    "its introduction too; send it from your own mailbox. Nothing leaves from here."
)
NO_LETTER = "Nobody holds a card that says what is withdrawn, so there is nobody to write to."
THEM = "them"
DONE = "Tell {name} that it is done"
HOLDER = "Letter to the trainee of {reference}"
NO_ADDRESS = "Find a safe way to reach them first: something in their letter worried us."


class WithdrawnLetters(Card):
    """One letter at a time; ``reveal_wanted`` asks for the look at an enquirer's address that the journal notes."""

    reveal_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, margins=(14, 12, 14, 14), spacing=8)
        self._theme = theme
        self._letters: dict[str, StopLetter] = {}
        self._in_sight: frozenset[str] = frozenset()
        self._worrying: frozenset[str] = frozenset()
        self._to_them: LetterDraft | None = None
        self._open = ""
        self.buttons: dict[str, Button] = {}
        self._note = Text(theme, NOTE, SMALL)
        self._row = Flow(theme, gap=8)
        self.sheet = LetterSheet(theme)
        for part in (Text(theme, TITLE, STRONG), self._note, self._row, self.sheet):
            self.body.addWidget(part)
        self.sheet.to.wanted.connect(self._reveal)
        self.hide()

    def show_letters(
        self, letters: Sequence[StopLetter], picture: Snapshot, to_them: LetterDraft | None, first_name: str
    ) -> None:
        """Offer these; without a letter there is nothing to show."""
        listed = {each.letter.enquiry: each for each in letters}
        if (listed, to_them) == (self._letters, self._to_them) and not self.isHidden():
            return
        self._letters, self._to_them, self._open = listed, to_them, ""
        held = picture.enquiries
        self._in_sight = frozenset(r for r in listed if r in held and held[r].consent is not None)
        self._worrying = frozenset(r for r in listed if r in held and held[r].risk)
        self._note.set_text(NOTE if listed else NO_LETTER)
        named = [(key, HOLDER.format(reference=key)) for key in listed]
        if to_them is not None:
            named.append((THEM, DONE.format(name=first_name)))
        self.buttons = {key: self._button(key, words) for key, words in named}
        self._row.set_widgets(list(self.buttons.values()))
        self.sheet.hide()
        self.setVisible(bool(named))

    def forget(self) -> None:
        """Another record: nothing of this one stays."""
        self._letters, self._to_them, self._open = {}, None, ""
        self.buttons = {}
        self._row.set_widgets(())
        self.sheet.show_letter(LetterDraft(None, "", ""), "", shown=False)
        self.hide()

    def address_revealed(self, reference: str) -> None:
        """The look was noted: show the address."""
        if reference == self._open:
            self.sheet.to.set_shown(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """An address that was revealed is hidden again."""
        super().hideEvent(event)
        if not event.spontaneous() and self._open not in (THEM, *self._in_sight):
            self.sheet.to.set_shown(False)

    def _button(self, key: str, words: str) -> Button:
        button = Button(self._theme, words, small=True, icon="mail")
        button.setProperty("letter", key)
        button.clicked.connect(self._pressed)
        return button

    @Slot()
    def _pressed(self) -> None:
        self.open_letter(str(self.sender().property("letter")))

    def open_letter(self, key: str) -> None:
        """Show one of them to read and copy."""
        self._open = key
        if key == THEM and self._to_them is not None:
            self.sheet.show_letter(self._to_them, "", shown=True)
        elif key in self._letters:
            found = self._letters[key]
            letter = found.letter
            draft = LetterDraft(letter.recipient, letter.subject, letter.body)
            safe = found.safely or (NO_ADDRESS if key in self._worrying else "")
            shown = key in self._in_sight
            self.sheet.show_letter(draft, f"the trainee of {key}", shown=shown, safe=safe)
        self.sheet.show()

    @Slot()
    def _reveal(self) -> None:
        if self._open in self._letters:
            self.reveal_wanted.emit(self._open)
