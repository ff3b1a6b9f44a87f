"""Relations of a supporter in the editor: to whom, of which kind, from when and until when."""

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.errors import Fault
from peermatch.model.people import RELATION_KINDS, Relation
from peermatch.model.text import one_line
from peermatch.ui.screens.day_field import WRITE_IT, DayField
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.fields import Choice, LineField
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.text import TINY, Text
from peermatch.words import tr

KINDS = tuple((kind, kind) for kind in RELATION_KINDS if kind != "same team")


class RelationLine(QWidget):
    """One relation; ``gone`` asks for its removal."""

    gone = Signal()

    def __init__(self, theme: Theme, relation: Relation | None, today: date) -> None:
        super().__init__()
        self.to = LineField(theme, name=tr("Their e-mail address"), placeholder=tr("their e-mail address"))
        self.kind = Choice(theme, KINDS, name=tr("Kind of relation"))
        self.start, self.until = DayField(theme, name=tr("From")), DayField(theme, name=tr("Until"))
        self._remove = Button(theme, tr("Remove"), kind="quiet", small=True)
        self.to.setMinimumWidth(theme.px(200))
        since, end = (Text(theme, word, TINY, wrap=False) for word in ("from", "until"))
        parts = (self.to, self.kind, since, self.start, end, self.until, self._remove)
        Column(theme, self).addWidget(Flow(theme, parts))
        self.start.set_day(relation.start if relation else today)
        if relation is not None:
            self.to.set_value(relation.to)
            self.kind.set_current("same-team" if relation.kind == "same team" else relation.kind)
            self.until.set_day(relation.until)
        self._remove.clicked.connect(self.gone)

    def wrong(self) -> str:
        """What cannot be kept, if anything."""
        if self.start.day() is None or self.until.wrong():
            return WRITE_IT
        until = self.until.day()
        if until is not None and until < (self.start.day() or until):
            return tr("A relation cannot end before it begins.")
        return "" if one_line(self.to.text()) else tr("Say to whom the relation is, or remove the line.")

    def relation(self) -> Relation:
        """What was written; asked only when nothing is wrong."""
        start = self.start.day() or date.min
        return Relation(one_line(self.to.text()), self.kind.current(), start, self.until.day())


class Relations(QWidget):
    """All relations of one supporter, with a way to add one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._today = date.min
        self.lines: list[RelationLine] = []
        self.add = Button(theme, tr("Add a relation"), small=True, icon="plus")
        self._column = Column(theme, self, spacing=6)
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.setAccessibleName(tr("Relations"))
        self.setFocusProxy(self.add)
        self.add.clicked.connect(self._add_empty)

    def set_relations(self, relations: tuple[Relation, ...], today: date) -> None:
        """Show exactly these."""
        self._today = today
        for line in list(self.lines):
            self._drop(line)
        for relation in relations:
            self._append(relation)

    def relations(self) -> tuple[Relation, ...]:
        """What was written."""
        return tuple(line.relation() for line in self.lines)

    def faults(self) -> tuple[Fault, ...]:
        """Everything that cannot be kept."""
        return tuple(Fault("relations", line.wrong()) for line in self.lines if line.wrong())

    def _append(self, relation: Relation | None) -> RelationLine:
        line = RelationLine(self._theme, relation, self._today)
        line.gone.connect(self._remove)
        self.lines.append(line)
        self._column.insertWidget(len(self.lines) - 1, line)
        return line

    @Slot()
    def _add_empty(self) -> None:
        self._append(None).to.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _remove(self) -> None:
        sender = self.sender()
        if isinstance(sender, RelationLine):
            self._drop(sender)
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop(self, line: RelationLine) -> None:
        self.lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()
