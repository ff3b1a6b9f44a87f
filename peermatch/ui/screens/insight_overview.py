"""The first page of Insight: what people ask for and who can help, by month, and how the work is shared."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.characteristics import Vocabulary
from peermatch.model.insight import Demand, Insight, Share, Side
from peermatch.ui.screens.insight_card import ChartCard
from peermatch.ui.screens.insight_words import (
    SHARES,
    brief_days,
    days_words,
    demand_marks,
    erased_words,
    help_words,
    load_marks,
    load_words,
    month_marks,
    pairs_words,
    topic_words,
)
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Scroll, Tiles
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.charts import ChartView
from peermatch.ui.widgets.charts_months import MonthPainter
from peermatch.ui.widgets.charts_parts import PartBand, PartPainter
from peermatch.ui.widgets.charts_rows import RowHead, RowPainter
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.segmented import Segmented
from peermatch.ui.widgets.table_cells import Heading
from peermatch.ui.widgets.text import HERO, SMALL, SectionLabel, Text
from peermatch.words import tr

FIRST = 9
"""So many lines are shown before somebody asks for all."""
KINDS = (("topics", tr("Topics")), ("headings", tr("Headings")), ("pairs", tr("Two together")))
ORDER = tr("Ordered by the widest gap.")
NOBODY = tr(
    "Nobody asked for anything in this time. Choose a longer one, or note what is needed with each enquiry: "
    "it is counted here."
)
NO_PAIRS = tr("No enquiry asked for two topics in this time.")


class DemandCard(ChartCard):
    """Topics, headings or pairs: asked for, and able to help today."""

    def __init__(self, theme: Theme) -> None:
        chart = ChartView(theme, RowPainter, name=tr("What people ask for, and who can help"))
        self.head = RowHead(theme, chart, (tr("Asked for"), tr("Able to help today")))
        headings = [
            Heading(tr("What"), 3),
            Heading(tr("Asked for")),
            Heading(tr("Can help")),
            Heading(tr("Free today")),
        ]
        super().__init__(theme, tr("What people ask for, and who can help"), chart, headings, self.head)
        self.kind = Segmented(theme, KINDS, name=tr("What is counted"))
        self.more = Button(theme, "", kind="quiet", small=True)
        self.before.addWidget(Flow(theme, (self.kind,)))
        self.body.insertWidget(self.body.count() - 1, Flow(theme, (self.more,)))
        self._found: Insight | None = None
        self._vocabulary: Vocabulary | None = None
        self._all = False
        self.kind.chosen.connect(self._narrow)
        self.more.clicked.connect(self._show_all)

    def show_insight(self, found: Insight, vocabulary: Vocabulary) -> None:
        """These numbers now."""
        self._found, self._vocabulary = found, vocabulary
        self._fill()

    def _demands(self) -> tuple[Demand, ...]:
        if self._found is None:
            return ()
        kinds = {"topics": self._found.topics, "headings": self._found.headings, "pairs": self._found.pairs}
        return kinds[self.kind.current()]

    def _fill(self) -> None:
        if self._found is None or self._vocabulary is None:
            return
        demands, vocabulary = self._demands(), self._vocabulary
        shown = demands if self._all else demands[:FIRST]
        rows = [
            (
                topic_words(each, vocabulary),
                str(each.asked),
                help_words(each).split(",")[0],
                str(each.cover.free),
            )
            for each in shown
        ]
        pairs = pairs_words(self._found.gaps, vocabulary) if self.kind.current() == "topics" else ""
        nothing = NO_PAIRS if self.kind.current() == "pairs" else NOBODY
        note = f"{ORDER}{pairs}{erased_words(self._found)}" if demands else nothing
        self.show_marks(demand_marks(shown, vocabulary), rows, note)
        self.head.fit()
        self.more.set_text(tr("Show all {demands}").format(demands=len(demands)))
        self.more.setVisible(len(shown) < len(demands))

    @Slot(str)
    def _narrow(self, _kind: str) -> None:
        self._all = False
        self._fill()

    @Slot()
    def _show_all(self) -> None:
        self._all = True
        self._fill()
        self.chart.setFocus(Qt.FocusReason.OtherFocusReason)


class KeyFigures(Card):
    """Three numbers with their words."""

    LABELS = (tr("Enquiries"), tr("Introduced"), tr("First reply"))

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, margins=(20, 16, 20, 16), spacing=4)
        self.figures = tuple(Text(theme, "", HERO, wrap=False) for _ in self.LABELS)
        self.notes = tuple(Text(theme, "", SMALL) for _ in self.LABELS)
        tiles = Tiles(theme, columns=3, least=120, spacing=12)
        tiles.set_tiles([self._tile(theme, number) for number in range(len(self.LABELS))])
        self.body.addWidget(tiles)

    def _tile(self, theme: Theme, number: int) -> QWidget:
        tile = QWidget()
        column = Column(theme, tile, spacing=1)
        label = SectionLabel(theme, self.LABELS[number])
        for part in (label, self.figures[number], self.notes[number]):
            column.addWidget(part)
        column.addStretch(1)
        return tile

    def show_insight(self, found: Insight) -> None:
        """These numbers now."""
        reply = found.wait(Side.REPLY)
        usual = "–" if reply.usual is None else brief_days(reply.usual)
        said = tr("none yet")
        if reply.usual is not None:
            said = tr("half had one {part}{days_words}").format(
                part="within " if reply.usual >= 1 else "", days_words=days_words(reply.usual)
            )
        values = (f"{found.enquiries:,}", f"{found.introduced:,}", usual)
        notes = (tr("in this time"), tr("to a supporter"), said)
        for number, (value, note) in enumerate(zip(values, notes, strict=True)):
            self.figures[number].set_text(value)
            self.notes[number].set_text(note)
        parts = zip(self.LABELS, values, notes, strict=True)
        self.setAccessibleName("; ".join(f"{label}: {value}, {note}" for label, value, note in parts))


class OverviewPage(QWidget):
    """Two columns; with little room they go below each other."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.demand, self.figures = DemandCard(theme), KeyFigures(theme)
        months = ChartView(theme, MonthPainter, name=tr("Enquiries by month"), beside=True)
        self.months = ChartCard(
            theme, tr("Enquiries by month"), months, [Heading(tr("Month"), 2), Heading(tr("Enquiries"))]
        )
        parts = ChartView(theme, PartPainter, name=tr("How the work is shared"))
        self.band = PartBand(theme, parts)
        self.sentence = Text(theme, "", SMALL)
        headings = [Heading(tr("Supporters"), 2), Heading(tr("How many"))]
        self.load = ChartCard(theme, tr("How the work is shared"), parts, headings, self.band)
        self.load.before.addWidget(self.sentence)
        right = QWidget()
        column = Column(theme, right, spacing=16)
        for card in (self.figures, self.months, self.load):
            column.addWidget(card)
        column.addStretch(1)
        left = QWidget()
        beside = Column(theme, left, spacing=16)
        beside.addWidget(self.demand)
        beside.addStretch(1)
        tiles = Tiles(theme, columns=2, least=400, spacing=16, shares=(5, 4))
        tiles.set_tiles((left, right))
        content = QWidget()
        whole = Column(theme, content, spacing=16, margins=(24, 14, 24, 22))
        whole.addWidget(tiles)
        whole.addStretch(1)
        Column(theme, self, spacing=0).addWidget(Scroll(content, name=tr("Overview")))

    def show_insight(self, found: Insight, vocabulary: Vocabulary) -> None:
        """These numbers now."""
        self.demand.show_insight(found, vocabulary)
        self.figures.show_insight(found)
        marks = month_marks(found.months)
        self.months.show_marks(marks, [_two(mark.words) for mark in marks])
        self.sentence.set_text(load_words(found.load))
        shares = [(SHARES[each][0], str(found.load.of(each))) for each in Share]
        self.load.show_marks(load_marks(found.load), shares)

    def take_focus(self) -> None:
        """Begin with the largest gap."""
        card = self.demand
        first = card.table if card.as_table else card.chart
        (card.kind.segments()[0] if first.isHidden() else first).setFocus(Qt.FocusReason.OtherFocusReason)


def _two(words: str) -> tuple[str, str]:
    month, _, count = words.partition(": ")
    return month, count.split()[0]
