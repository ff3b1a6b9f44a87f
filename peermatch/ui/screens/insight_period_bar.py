"""Of which time the numbers are: the last months, or days that somebody types."""

from datetime import date

from PySide6.QtCore import Signal, Slot

from peermatch.model.insight_period import Period, months_to
from peermatch.ui.screens.day_field import WRITE_IT, DayField
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Panel
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.fields import InlineField
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.segmented import Segmented
from peermatch.words import tr

OWN = "own"
CHOICES = (("12", tr("12 months")), ("6", tr("6 months")), ("3", tr("3 months")), (OWN, tr("Other days")))
COUNTS = tuple(int(key) for key, _ in CHOICES if key != OWN)
BACKWARDS = tr("This day is before the first one.")
NOT_YET = tr("This day has not come yet.")


class PeriodBar(Panel):
    """``chosen`` brings a `Period`; the ``switch`` stands elsewhere, and this opens where other days are wanted."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, today: date) -> None:
        super().__init__(theme, "canvas")
        self._today = today
        self.period = months_to(today, 12)
        self.switch = Segmented(theme, CHOICES, name=tr("Which time"))
        self.first, self.last = DayField(theme, name=tr("First day")), DayField(theme, name=tr("Last day"))
        self.fields = (
            InlineField(theme, tr("First day"), self.first),
            InlineField(theme, tr("Last day"), self.last),
        )
        self.show_button = Button(theme, tr("Show these days"), small=True)
        column = Column(theme, self, spacing=8, margins=(24, 10, 24, 0))
        column.addWidget(Flow(theme, (*self.fields, self.show_button), gap=12))
        self.hide()
        self.switch.chosen.connect(self._choose)
        self.show_button.clicked.connect(self._show)
        for field in (self.first, self.last):
            field.returnPressed.connect(self._show)

    def renew(self, today: date) -> None:
        """Another day has begun: the last months end with it."""
        if today != self._today:
            self._today = today
            if self.switch.current() != OWN:
                self.period = months_to(today, int(self.switch.current()))

    @Slot(str)
    def _choose(self, key: str) -> None:
        self.setVisible(key == OWN)
        if key == OWN:
            self.first.set_day(self.period.start)
            self.last.set_day(self.period.end)
            self.first.setFocus()
        else:
            self._take(months_to(self._today, int(key)))

    @Slot()
    def _show(self) -> None:
        first, last = self.first.day(), self.last.day()
        late = last is not None and last > self._today
        backwards = first is not None and last is not None and first > last
        self.fields[0].set_error("" if first else WRITE_IT)
        self.fields[1].set_error(
            WRITE_IT if last is None else NOT_YET if late else BACKWARDS if backwards else ""
        )
        if first and last and not late and not backwards:
            self._take(Period(first, last))

    def _take(self, period: Period) -> None:
        self.period = period
        self.chosen.emit(period)
