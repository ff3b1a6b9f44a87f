"""A card with a chart that turns into a table of the same numbers, and back."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.charts import ChartView, Mark
from peermatch.ui.widgets.flow import Spread
from peermatch.ui.widgets.made_late import MadeLate
from peermatch.ui.widgets.table import GridTable
from peermatch.ui.widgets.table_cells import Cell, Heading
from peermatch.ui.widgets.text import HEADING, SMALL, Text
from peermatch.words import tr

TABLE, CHART = tr("Table"), tr("Chart")


class ChartCard(Card):
    """``above`` stands over the chart alone (titles of bars, a band); the table stands without it."""

    def __init__(
        self, theme: Theme, title: str, chart: ChartView, headings: Sequence[Heading], *above: QWidget
    ) -> None:
        super().__init__(theme, margins=(20, 16, 20, 18), spacing=10)
        self._theme = theme
        self.chart = chart
        self.turn = Button(theme, TABLE, small=True, note=tr("{title}: as a table").format(title=title))
        self._table = MadeLate(
            partial(GridTable, theme, headings, name=tr("{title}, as a table").format(title=title))
        )
        self._table.came.connect(self._fill_table)
        self._rows: Sequence[Sequence[str]] = ()
        self.title = Text(theme, title, HEADING)
        self.note = Text(theme, "", SMALL)
        self._above = above
        self._as_table = False
        self.body.addWidget(Spread(theme, self.title, self.turn))
        self.before = Column(theme, spacing=8)
        self.body.addLayout(self.before)
        for part in (*above, chart, self._table, self.note):
            self.body.addWidget(part)
        self._table.hide()
        self.turn.clicked.connect(self._turn)

    @property
    def as_table(self) -> bool:
        """Whether the table is shown."""
        return self._as_table

    @property
    def table(self) -> GridTable:
        """The numbers in words; built when somebody wants to see them."""
        return self._table.made

    @Slot()
    def _fill_table(self) -> None:
        self.table.set_rows([[Cell(text) for text in row] for row in self._rows])

    def show_marks(self, marks: Sequence[Mark], rows: Sequence[Sequence[str]], note: str = "") -> None:
        """The same numbers twice: as marks, and as rows of words."""
        self.chart.set_marks(marks)
        self._rows = rows
        if self._table.built is not None:
            self._fill_table()
        self.note.set_text(note)
        self.note.setVisible(bool(note))
        for part in self._above:
            part.update()
        self._arrange()

    def _arrange(self) -> None:
        """One of the two is seen, where there is anything to see."""
        anything = bool(self.chart.marks())
        self.turn.setVisible(anything)
        self._table.setVisible(anything and self._as_table)
        for part in (self.chart, *self._above):
            part.setVisible(anything and not self._as_table)

    @Slot()
    def _turn(self) -> None:
        self._as_table = not self._as_table
        self._arrange()
        self.turn.set_text(CHART if self._as_table else TABLE)
        shown = self.table if self._as_table else self.chart
        shown.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(
            self,
            tr("{words}: as a {part}").format(
                words=self.title.words(), part="table" if self._as_table else "chart"
            ),
        )
