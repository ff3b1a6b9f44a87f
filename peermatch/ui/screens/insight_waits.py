"""How long each side waits, and how enquiries ended."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from peermatch.model.insight import Insight, Outcome
from peermatch.ui.screens.insight_card import ChartCard
from peermatch.ui.screens.insight_words import (
    OUTCOMES,
    SIDES,
    days_words,
    longest_words,
    outcome_marks,
    waiting_words,
)
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Scroll
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.charts import ChartView
from peermatch.ui.widgets.charts_rows import RowPainter
from peermatch.ui.widgets.table import GridTable
from peermatch.ui.widgets.table_cells import Cell, Heading
from peermatch.ui.widgets.text import HEADING, SMALL, Text
from peermatch.words import tr

NOTE = tr(
    "Counted in working days. What half of them took at most says more than an average: one long wait does not "
    "move it."
)
TITLE = tr("How long people wait")


class WaitsPage(QWidget):
    """Waits as a table, for they are few and want words; outcomes as a chart."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.waits = GridTable(
            theme,
            [
                Heading(tr("From one step to the next"), 3),
                Heading(tr("Half took at most")),
                Heading(tr("Longest")),
                Heading(tr("Now"), 2),
            ],
            name=TITLE,
        )
        card = Card(theme, margins=(20, 16, 20, 16), spacing=10)
        for part in (Text(theme, TITLE, HEADING), Text(theme, NOTE, SMALL), self.waits):
            card.body.addWidget(part)
        chart = ChartView(theme, RowPainter, name=tr("How enquiries ended"))
        headings = [Heading(tr("How it ended"), 2), Heading(tr("Enquiries"))]
        self.outcomes = ChartCard(theme, tr("How enquiries ended"), chart, headings)
        content = QWidget()
        whole = Column(theme, content, spacing=16, margins=(24, 14, 24, 22))
        for each in (card, self.outcomes):
            whole.addWidget(each)
        whole.addStretch(1)
        Column(theme, self, spacing=0).addWidget(Scroll(content, name=tr("Waits and outcomes")))

    def show_insight(self, found: Insight) -> None:
        """These numbers now."""
        self.waits.set_rows(
            [
                (
                    Cell(SIDES[each.side], kind="strong"),
                    Cell(days_words(each.usual)),
                    Cell(longest_words(each)),
                    Cell(waiting_words(each), kind="small"),
                )
                for each in found.waits
            ]
        )
        rows = [(OUTCOMES[each], str(found.outcomes.get(each, 0))) for each in Outcome]
        self.outcomes.show_marks(outcome_marks(found), rows)

    def take_focus(self) -> None:
        """Begin with the waits."""
        self.waits.setFocus(Qt.FocusReason.OtherFocusReason)
