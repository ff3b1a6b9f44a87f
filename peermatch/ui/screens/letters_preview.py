"""The right side of the page on letters: how a letter reads, with invented people in it."""

from peermatch.model.letter_kinds import Letter
from peermatch.ui.screens.letters_case import LetterCase
from peermatch.ui.screens.letters_words import INVENTED, LEFT_OUT, READER
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Panel, Rule
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.letter import LetterView
from peermatch.ui.widgets.text import SMALL, SMALL_STRONG, TINY, Phrase, SectionLabel, Text
from peermatch.words import tr


class LetterPreview(Panel):
    """It changes with every key; a screen reader reads it when it goes there."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "raised", edge="left")
        self._reader = SectionLabel(theme, "")
        self._subject = Phrase(theme, [])
        self.letter = LetterView(theme, name=tr("Preview of the letter"), most_lines=200)
        card = Card(theme, margins=(18, 14, 18, 14), spacing=8)
        for part in (self._subject, Rule(), self.letter):
            card.body.addWidget(part)
        card.body.addStretch(1)
        column = Column(theme, self, spacing=8, margins=(18, 16, 18, 16))
        column.addWidget(self._reader)
        self.case = LetterCase(theme)
        column.addWidget(card, 1)
        column.addWidget(Text(theme, f"{INVENTED} {LEFT_OUT}", TINY))
        column.addWidget(self.case)

    def show_words(self, letter: Letter, subject: str, text: str) -> None:
        """The letter as it would be written now."""
        self._reader.set_text(READER[letter.side])
        self._subject.set_runs([(tr("Subject: "), SMALL), (subject, SMALL_STRONG)])
        self.letter.set_letter(text)
