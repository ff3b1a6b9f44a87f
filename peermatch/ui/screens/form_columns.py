"""The left side of a form that is taken in: what each column means, and what the whole form was about."""

import re
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.consent import Wording
from peermatch.model.form import DayOrder, FormMapping, Meaning, Sheet
from peermatch.ui.screens.form_words import MEANINGS, MONTHS, ORDERS, column_of, key_of
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.fields import Choice, InlineField
from peermatch.ui.widgets.text import SectionLabel
from peermatch.words import tr

SHOWN = 60
EXAMPLES = 2
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)")


class FormColumns(QWidget):
    """``changed`` comes when anything is meant differently."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._sheet = Sheet((), ())
        self._mapping = FormMapping({})
        self.meanings: dict[str, Choice] = {}
        self._fields: list[QWidget] = []
        self.wording = Choice(theme, (), name=tr("Wording that the form showed"))
        self.months = Choice(theme, MONTHS, name=tr("A yes holds for"))
        self.order = Choice(theme, ORDERS, name=tr("How days are written"))
        self._order_field = InlineField(
            theme,
            tr("How days are written"),
            self.order,
            hint=tr("A day like 3/4/2026 can be read in two ways."),
        )
        self._body = Column(theme, self, spacing=14, margins=(20, 14, 16, 24))
        self._body.addWidget(InlineField(theme, tr("Wording that the form showed"), self.wording))
        self._body.addWidget(InlineField(theme, tr("A yes holds for"), self.months))
        self._body.addWidget(self._order_field)
        self._body.addWidget(SectionLabel(theme, tr("What each question means")))
        self._body.addStretch(1)
        for choice in (self.wording, self.months, self.order):
            choice.chosen.connect(self._say)

    def show_form(
        self, sheet: Sheet, mapping: FormMapping, wordings: Sequence[Wording], usual: str, ask_order: bool
    ) -> None:
        """Show a form that was read, with what was guessed."""
        self._sheet, self._mapping = sheet, mapping
        self.show_wordings(wordings, mapping.wording, usual)
        self.months.set_current(str(mapping.months) if str(mapping.months) in dict(MONTHS) else "12")
        self.order.set_current(mapping.day_order.value if mapping.day_order else "")
        self.ask_order(ask_order)
        for field in self._fields:
            self._body.removeWidget(field)
            field.deleteLater()
        self._fields, self.meanings = [], {}
        unread = Meaning.NOTHING
        for place, heading in sorted(
            enumerate(sheet.headings), key=lambda each: mapping.columns[each[1]].meaning is unread
        ):
            self._add(place, heading)

    def show_wordings(self, wordings: Sequence[Wording], chosen: str, usual: str) -> None:
        """The versions that the form may have shown; the one that was chosen stays so while there is such a one."""
        self.wording.clear()
        for each in wordings:
            self.wording.addItem(each.id, each.id)
        held = {each.id for each in wordings}
        self.wording.set_current(chosen if chosen in held else usual)
        self.wording.updateGeometry()

    def ask_order(self, asked: bool) -> None:
        """Ask how days are written, only where they do not say so by themselves."""
        self._order_field.setVisible(asked)

    def mapping(self, before: FormMapping) -> FormMapping:
        """How the form is to be read now; what was said about words and people stays."""
        columns = {
            heading: column_of(choice.current(), self._mapping.columns.get(heading))
            for heading, choice in self.meanings.items()
        }
        order = self.order.current() if self._order_field.isVisibleTo(self) else ""
        return replace(
            before,
            columns=columns,
            wording=self.wording.current() if self.wording.count() else "",
            months=int(self.months.current()),
            day_order=DayOrder(order) if order else None,
        )

    def _add(self, place: int, heading: str) -> None:
        choice = Choice(self._theme, MEANINGS, name=heading)
        choice.set_current(key_of(self._mapping.columns[heading]))
        choice.chosen.connect(self._say)
        given = [cell for cell in self._sheet.column(place) if cell][:EXAMPLES]
        hint = " · ".join(_DAY.sub(r"\1 \2", cell).replace("\n", " ")[:SHOWN] for cell in given) or tr(
            "nobody answered this"
        )
        field = InlineField(self._theme, heading, choice, hint=hint)
        self._body.insertWidget(self._body.count() - 1, field)
        self.meanings[heading] = choice
        self._fields.append(field)

    @Slot()
    def _say(self) -> None:
        self.changed.emit()
