"""The gaps, worst first: what nobody has, has said yes to, or is free for; and the way to what would help."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.characteristics import Vocabulary
from peermatch.model.insight import Demand, Insight, Lack
from peermatch.ui.screens.emptied import empty
from peermatch.ui.screens.insight_words import LACKS, gap_words, topic_words
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Scroll
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.chip import Chip, ChipKind
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.states import EmptyState
from peermatch.ui.widgets.table import GridTable
from peermatch.ui.widgets.table_cells import Cell, Heading
from peermatch.ui.widgets.text import HEADING, SMALL, Text
from peermatch.words import count_of, tr

FIRST = 12
"""So many of a kind are shown before somebody asks for all."""
INTRO = tr(
    "What was asked for in this time and is hard to answer, the worst first. It is the list to recruit by. Nobody's "
    "name stands here."
)
ENOUGH = tr("There is somebody for everything that was asked for.")
ENOUGH_NOTE = tr("Topics that nobody has, has said yes to, or is free for will stand here, the worst first.")
_CHIPS: dict[Lack, ChipKind] = {
    Lack.NOBODY: "risk",
    Lack.NO_YES: "wait",
    Lack.NOBODY_FREE: "wait",
    Lack.FEW: "mute",
}
_WAYS = {Lack.NO_YES: (tr("Ask again"), "consent"), Lack.NOBODY_FREE: (tr("See supporters"), "supporters")}


class LackCard(Card):
    """All gaps of one kind; ``wanted`` brings the screen on which something can be done about one."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, lack: Lack, gaps: Sequence[Demand], vocabulary: Vocabulary) -> None:
        super().__init__(theme, margins=(20, 14, 20, 14), spacing=8)
        self._lack = lack
        way = _WAYS.get(lack)
        headings = [Heading(tr("Experience"), 3), Heading(tr("Asked for")), Heading(tr("What would help"), 4)]
        self.table = GridTable(theme, [*headings, Heading("")] if way else headings, name=LACKS[lack])
        self._rows = [self._cells(each, vocabulary) for each in gaps]
        self.table.set_rows(self._rows[:FIRST])
        self.more = Button(theme, tr("Show all {gaps:,}").format(gaps=len(gaps)), kind="quiet", small=True)
        self.table.pressed.connect(self._pressed)
        self.more.clicked.connect(self._show_all)
        count = Chip(theme, count_of(len(gaps), "gap"), _CHIPS[lack])
        self.body.addWidget(Spread(theme, Text(theme, LACKS[lack], HEADING, wrap=False), count))
        self.body.addWidget(self.table)
        if len(gaps) > FIRST:
            self.body.addWidget(Flow(theme, (self.more,)))

    @Slot()
    def _show_all(self) -> None:
        self.table.set_rows(self._rows)
        self.more.hide()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _cells(self, gap: Demand, vocabulary: Vocabulary) -> list[Cell]:
        together = tr("the two together") if len(gap.topics) == 2 else ""
        cells = [
            Cell(topic_words(gap, vocabulary), together, "strong"),
            Cell(count_of(gap.asked, "time")),
            Cell(gap_words(gap), kind="small"),
        ]
        way = _WAYS.get(self._lack)
        return [*cells, Cell(way[0], kind="button")] if way else cells

    @Slot(int, int)
    def _pressed(self, _row: int, _column: int) -> None:
        self.wanted.emit(_WAYS[self._lack][1])


class GapsPage(QWidget):
    """``wanted`` brings the screen on which something can be done."""

    wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.cards: list[LackCard] = []
        self._gaps: tuple[Demand, ...] | None = None
        self.intro = Text(theme, INTRO, SMALL)
        self.nothing = EmptyState(theme, "circle-check", ENOUGH, ENOUGH_NOTE)
        content = QWidget()
        whole = Column(theme, content, spacing=16, margins=(24, 14, 24, 22))
        self._lists = Column(theme, spacing=16)
        whole.addWidget(self.intro)
        whole.addLayout(self._lists)
        whole.addWidget(self.nothing)
        whole.addStretch(1)
        self._scroll = Scroll(content, name=tr("Gaps"))
        Column(theme, self, spacing=0).addWidget(self._scroll)

    def show_insight(self, found: Insight, vocabulary: Vocabulary) -> None:
        """These gaps now; what has not changed stays as it is, and so does the keyboard."""
        gaps = found.gaps
        if gaps == self._gaps:
            return
        inside = any(each.table.hasFocus() for each in self.cards)
        empty(self._lists)
        self._gaps, self.cards = gaps, []
        for lack in Lack:
            here = [each for each in gaps if each.lack is lack]
            if here:
                card = LackCard(self._theme, lack, here, vocabulary)
                card.wanted.connect(self.wanted)
                self.cards.append(card)
                self._lists.addWidget(card)
        self.intro.setVisible(bool(gaps))
        self.nothing.setVisible(not gaps)
        if inside:
            self.take_focus()

    def take_focus(self) -> None:
        """Begin with the worst."""
        if self.cards:
            self.cards[0].table.setFocus(Qt.FocusReason.OtherFocusReason)
