"""By what the journal is looked through: a record, a person at the keys, a kind of work, a day."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from peermatch.services.journal import Wanted
from peermatch.services.journal_words import Kind
from peermatch.ui.screens.day_field import WRITE_IT, DayField
from peermatch.ui.screens.journal_labels import EVERYTHING, KINDS
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.built_late import BuiltInTime
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.fields import Choice, InlineField, LineField
from peermatch.ui.widgets.flow import Flow
from peermatch.words import in_words, tr

ANYBODY = ("", tr("Anybody"))
SHOW = tr("Show the lines")


class JournalFilters(BuiltInTime, QWidget):
    """``changed``: something else is wanted. ``finished``: show the lines, where both have no room together.

    Built when somebody first looks for something: until then everything is wanted.
    """

    changed = Signal()
    finished = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._people: tuple[str, ...] = ()
        self.alone = False
        """Whether the lines have given way to it, for there is no room for both."""

    def _build(self) -> None:
        theme = self._theme
        self.record = LineField(theme, name=tr("Record"), placeholder=tr("E-0142 or S-0003"))
        self.day = DayField(theme, name=tr("Day"))
        self.kind = Choice(theme, KINDS, name=tr("Kind of work"))
        self.person = Choice(theme, (ANYBODY,), name=tr("Person"))
        self._day_field = InlineField(theme, tr("Day"), self.day)
        parts = (
            InlineField(theme, tr("Record"), self.record),
            self._day_field,
            InlineField(theme, tr("Kind of work"), self.kind),
            InlineField(theme, tr("Person"), self.person),
        )
        for line in (self.record, self.day):
            line.setFixedWidth(theme.px(150))
        self.done = Button(theme, SHOW, kind="primary", small=True)
        column = Column(theme, self, spacing=8)
        column.addWidget(Flow(theme, parts, gap=10, line_gap=8))
        column.addWidget(Flow(theme, (self.done,)))
        self.done.setVisible(self.alone)
        self._list_people()
        self.done.clicked.connect(self.finished)
        for line in (self.record, self.day):
            line.returnPressed.connect(self.finished)
        self.record.committed.connect(self._change)
        self.day.committed.connect(self._change)
        self.kind.chosen.connect(self._change)
        self.person.chosen.connect(self._change)

    def wanted(self) -> Wanted:
        """What is looked for now; a day that cannot be read is none."""
        if not self.standing:
            return Wanted()
        kind = self.kind.current()
        return Wanted(
            record=self.record.text().strip(),
            person=self.person.current(),
            kind=None if kind == EVERYTHING else Kind(kind),
            day=self.day.day(),
        )

    def words(self) -> str:
        """What is looked for, in few words; nothing where everything is shown."""
        if not self.standing:
            return ""
        wanted = self.wanted()
        kind = dict(KINDS)[self.kind.current()].lower() if wanted.kind else ""
        day = in_words(wanted.day) if wanted.day else ""
        return ", ".join(part for part in (wanted.record, kind, wanted.person, day) if part)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the lines, where they have given way."""
        if event.key() == Qt.Key.Key_Escape and self.alone:
            self.finished.emit()
        else:
            super().keyPressEvent(event)

    def know(self, people: Sequence[str]) -> None:
        """Everybody who wrote a line; who was chosen stays chosen."""
        known, self._people = self._people, tuple(people)
        if self.standing and known != self._people:
            self._list_people()

    def _list_people(self) -> None:
        chosen = self.person.current()
        self.person.clear()
        for key, text in (ANYBODY, *((name, name) for name in self._people)):
            self.person.addItem(text, key)
        self.person.set_current(chosen if chosen in self._people else "")
        self.person.updateGeometry()

    def stand_alone(self, alone: bool) -> None:
        """Whether there is room for the lines beside it; where there is none, a button leads to them."""
        self.alone = alone
        if self.standing:
            self.done.setVisible(alone)

    def show_record(self, record: str) -> None:
        """Look for one record alone."""
        self.empty()
        self.record.set_value(record)
        self._change()

    def empty(self) -> None:
        """Look for nothing in particular; nobody is told."""
        self.record.set_value("")
        self.day.set_value("")
        self.kind.set_current(EVERYTHING)
        self.person.set_current("")

    @Slot()
    def _change(self) -> None:
        self._day_field.set_error(WRITE_IT if self.day.wrong() else "")
        self.changed.emit()
