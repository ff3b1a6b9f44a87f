"""The letter with what was found in it: topics on a coloured ground, cues of danger underlined, quoted words grey."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from peermatch.model.enquiry import Enquiry
from peermatch.model.letter import Part, PartKind, Passage
from peermatch.services.incoming import Draft
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.letter import LetterView, Span, utf16_spans
from peermatch.ui.widgets.states import EmptyState
from peermatch.ui.widgets.text import TINY, Text
from peermatch.words import tr

QUIET_KINDS = (PartKind.QUOTED, PartKind.SIGNATURE)


class MarkedLetter(LetterView):
    """Adds what must not be told by colour alone: a wavy line under cues of danger, and grey quoted words."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, most_lines=30, private=True, parent=parent)
        self._risky: list[Span] = []
        self._quiet: list[Span] = []
        theme.changed.connect(self._dress)
        theme.cover.changed.connect(self._dress)

    def set_findings(self, risky: Sequence[Passage], parts: Sequence[Part]) -> None:
        """Underline these passages and take back those parts."""
        text = self._letter
        self._risky = utf16_spans(text, [(p.start, p.end) for p in risky])
        self._quiet = utf16_spans(text, [(p.start, p.end) for p in parts if p.kind in QUIET_KINDS])
        self._dress()

    def risky_words(self) -> list[str]:
        """The underlined passages; none while the letter is covered."""
        return [
            selection.cursor.selectedText() for selection in self._selections(self._risky, self._underline())
        ]

    @Slot()
    def _dress(self) -> None:
        quiet = QTextCharFormat()
        quiet.setForeground(self._theme.colour("ink_3"))
        self.setExtraSelections(
            [*self._selections(self._quiet, quiet), *self._selections(self._risky, self._underline())]
        )

    def _underline(self) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setUnderlineColor(self._theme.colour("risk"))
        look.setForeground(self._theme.colour("risk"))
        look.setFontWeight(600)
        return look

    def _selections(self, spans: Sequence[Span], look: QTextCharFormat) -> list[QTextEdit.ExtraSelection]:
        return [] if self.covered else [self._selection(start, end, look) for start, end in spans]

    def _selection(self, start: int, end: int, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
        found = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        found.cursor = cursor
        found.format = look
        return found


class LetterCard(QWidget):
    """The letter on its card, or why there is none; the line below tells what the marks mean."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = Column(theme, self, spacing=6)
        self._card = Card(theme, margins=(14, 12, 14, 12))
        self.view = MarkedLetter(theme)
        self._card.body.addWidget(self.view)
        self._legend = Text(theme, "", TINY)
        self._none = EmptyState(theme, "mail", tr("No letter is kept."))
        for part in (self._card, self._legend, self._none):
            column.addWidget(part)

    def show_letter(self, enquiry: Enquiry, draft: Draft | None) -> None:
        """The letter, with its marks once it was read."""
        text = draft.letter.text if draft else enquiry.letter or ""
        self._card.setVisible(bool(text.strip()))
        self._none.setVisible(not text.strip())
        self._none.set_words(tr("No letter is kept."), _why_none(enquiry))
        proposal = draft.proposal if draft else None
        topics = proposal.topics if proposal else ()
        risky = proposal.risk_passages if proposal else ()
        self.view.set_letter(text, [(p.start, p.end) for topic in topics for p in topic.passages])
        self.view.set_findings(risky, draft.letter.parts if draft else ())
        self._legend.set_text(_legend(bool(topics), bool(risky)))
        self._legend.setVisible(bool(topics or risky) and bool(text.strip()))
        self.view.setAccessibleDescription(self._legend.words())


def _why_none(enquiry: Enquiry) -> str:
    if enquiry.channel == "email":
        return tr("It seemed to be about somebody else. Ask that person to write, or to agree to be named.")
    return tr("This enquiry came without one. Its details stand under Details.")


def _legend(topics: bool, risky: bool) -> str:
    marked = [tr("marked: what the topics below come from")] if topics else []
    lined = [tr("wavy line: check for safety")] if risky else []
    return " · ".join([*marked, *lined]).capitalize()
