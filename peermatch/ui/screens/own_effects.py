"""What a change of the network's own lists would change in today's shortlists, to be read before it is kept."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from peermatch.services.effects import Effect, Moved
from peermatch.ui.screens.emptied import empty
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.text import HEADING, SMALL, SMALL_STRONG, Phrase, Text
from peermatch.words import count_of, tr

MOST_SHOWN = 12
NOTHING_YET = tr("Nothing is kept yet.")


class EffectsCard(Card):
    """``kept`` comes from the button that goes ahead, ``closed`` from the way back."""

    kept = Signal()
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, ground="raised", margins=(20, 16, 20, 18), spacing=10)
        self.title = Text(theme, "", HEADING)
        self._lines = Column(theme, spacing=6)
        self._more = Text(theme, "", SMALL)
        self.keep = Button(theme, tr("Keep it all the same"), kind="primary")
        self.back = Button(theme, tr("Go back"))
        theme.read_only.bar(self.keep)
        self.body.addWidget(self.title)
        self.body.addWidget(Text(theme, NOTHING_YET, SMALL))
        self.body.addLayout(self._lines)
        self.body.addWidget(self._more)
        self.body.addWidget(Flow(theme, (self.keep, self.back), gap=8))
        self.keep.clicked.connect(self.kept)
        self.back.clicked.connect(self.closed)
        self.hide()

    def show_effects(self, found: Sequence[Effect]) -> None:
        """List them, enquiry by enquiry."""
        self.title.set_text(
            tr("This changes {count_of} today").format(count_of=count_of(len(found), "shortlist"))
        )
        empty(self._lines)
        for each in found[:MOST_SHOWN]:
            runs = [(f"{each.enquiry}  ", SMALL_STRONG), (self.words(each), SMALL)]
            self._lines.addWidget(Phrase(self._theme, runs))
        rest = len(found) - MOST_SHOWN
        self._more.set_text(
            tr("And {count_of}.").format(count_of=count_of(rest, "more", "more")) if rest > 0 else ""
        )
        self._more.setVisible(rest > 0)
        self.show()
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def words(self, effect: Effect) -> str:
        """One enquiry in a sentence or two."""
        said = []
        if effect.goes:
            said.append(
                tr("{join} would not be suggested any more.").format(
                    join=", ".join(self._gone(each) for each in effect.goes)
                )
            )
        if effect.comes:
            names = ", ".join(self._theme.cover.shown(each.name) for each in effect.comes)
            said.append(tr("{names} would be suggested.").format(names=names))
        if effect.other_first:
            said.append(tr("Somebody else would stand first."))
        return " ".join(said) or tr("The order would be another.")

    def _gone(self, moved: Moved) -> str:
        name = self._theme.cover.shown(moved.name)
        return f"{name} ({moved.why})" if moved.why else name

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
