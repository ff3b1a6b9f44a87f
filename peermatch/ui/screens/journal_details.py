"""One line of the journal: what, when, by whom, what it changed for those who ask, and the way back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.services.journal import Details
from peermatch.services.journal_fields import Changed, Changes
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.emptied import empty
from peermatch.ui.screens.journal_labels import ASK_FIRST, NOTHING, WIPED, moment_words, utc_words
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.covered import CoveredLabel
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.tab_order import come_as_laid_out
from peermatch.ui.widgets.text import BODY, LABEL, SMALL, STRONG, TINY, TITLE, SectionLabel, Text
from peermatch.words import tr


class JournalDetails(QWidget):
    """``back_wanted`` asks to undo or do again, ``changes_wanted`` to see what was changed.

    ``record_wanted`` asks to go to a record, ``lines_wanted`` for all lines about it.
    """

    back_wanted = Signal(int)
    changes_wanted = Signal(int)
    record_wanted = Signal(str)
    lines_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._details: Details | None = None
        self.title = Text(theme, "", TITLE)
        self.when = Text(theme, "", BODY)
        self.utc = Text(theme, "", TINY)
        self.who = Text(theme, "", BODY)
        self.back = Button(theme, tr("Undo"), icon="undo-2")
        theme.read_only.bar(self.back)
        self.why_not = Text(theme, "", SMALL)
        self.records = Flow(theme, gap=8)
        self.show_changes = Button(theme, tr("Show what it changed"), small=True, icon="eye")
        self.hide_changes = Button(theme, tr("Hide it again"), small=True, icon="eye-off")
        self.ask_first = Text(theme, ASK_FIRST, SMALL)
        self.nothing = Text(theme, NOTHING, SMALL)
        self._changes = QWidget()
        self._fields = Column(theme, self._changes, spacing=10)
        self._lay_out()
        self.back.clicked.connect(self._go_back)
        self.show_changes.clicked.connect(self._ask_for_changes)
        self.hide_changes.clicked.connect(self.forget_changes)

    def _lay_out(self) -> None:
        theme = self._theme
        column = Column(theme, self, spacing=12, margins=(20, 16, 20, 20))
        column.addWidget(self.title)
        facts = Card(theme, margins=(18, 14, 18, 14), spacing=6)
        for label, parts in ((tr("When"), (self.when, self.utc)), (tr("By"), (self.who,))):
            facts.body.addWidget(SectionLabel(theme, label))
            for part in parts:
                facts.body.addWidget(part)
        facts.body.addWidget(self.records)
        column.addWidget(facts)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.why_not)
        changed = Card(theme, margins=(18, 14, 18, 14), spacing=10)
        changed.body.addWidget(SectionLabel(theme, tr("What it changed")))
        for each in (self.nothing, self.ask_first, self._changes):
            changed.body.addWidget(each)
        changed.body.addWidget(Flow(theme, (self.show_changes, self.hide_changes), gap=8))
        column.addWidget(changed)
        column.addStretch(1)

    @property
    def line(self) -> int:
        """The number of the line that is shown; 0 for none."""
        return self._details.told.seq if self._details else 0

    def show_details(self, details: Details, snapshot: Snapshot) -> None:
        """Another line, or the same one as it stands now."""
        told, same = details.told, self.line == details.told.seq
        self._details = details
        self.title.set_text(told.words)
        self.when.set_text(moment_words(told.at))
        self.utc.set_text(tr("{utc_words} · line {seq}").format(utc_words=utc_words(told.utc), seq=told.seq))
        self.who.set_text(told.who)
        held = frozenset(
            each for each in told.records if each in snapshot.enquiries or each in snapshot.supporters
        )
        self._show_records(told.records, held)
        back = details.back
        self.back.set_text(tr("Do again") if back.again else tr("Undo"))
        self.back.setVisible(back.seq is not None)
        self.why_not.set_text(back.why_not)
        self.why_not.setVisible(back.seq is None)
        if not same:
            self.forget_changes()
        self.nothing.setVisible(not details.changed)

    def show_fields(self, changes: Changes) -> None:
        """What the line changed; nobody sees it who did not ask."""
        empty(self._fields)
        if changes.wiped or not changes.fields:
            self._fields.addWidget(Text(self._theme, WIPED if changes.wiped else NOTHING, BODY))
        record = ""
        for change in changes.fields:
            if change.record != record:
                record = change.record
                self._fields.addWidget(Text(self._theme, record, STRONG))
            self._fields.addWidget(self._field(change))
        self._show(open_=True)

    def shown_fields(self) -> bool:
        """Whether what was changed can be read now."""
        return not self._changes.isHidden()

    @Slot()
    def forget_changes(self) -> None:
        """Hide what was changed, and let go of it."""
        empty(self._fields)
        self._show(open_=False)

    def _show(self, *, open_: bool) -> None:
        offered = self._details is not None and self._details.changed
        focused = self.show_changes.hasFocus() or self.hide_changes.hasFocus()
        for part in (self._changes, self.hide_changes):
            part.setVisible(open_)
        for part in (self.ask_first, self.show_changes):
            part.setVisible(offered and not open_)
        if focused:
            (self.hide_changes if open_ else self.show_changes).setFocus()

    def _field(self, change: Changed) -> QWidget:
        box = QWidget()
        column = Column(self._theme, box, spacing=2)
        column.addWidget(Text(self._theme, change.field, LABEL))
        for word, value in (("was", change.before), ("now", change.after)):
            said = (
                CoveredLabel(self._theme, value, BODY) if value else Text(self._theme, tr("nothing"), SMALL)
            )
            column.addWidget(Text(self._theme, word, TINY))
            column.addWidget(said)
        return box

    def _show_records(self, records: Sequence[str], held: frozenset[str]) -> None:
        buttons = []
        for record in records:
            if record in held:
                go = Button(self._theme, tr("Go to {record}").format(record=record), small=True)
                go.setProperty("record", record)
                go.clicked.connect(self._go)
                buttons.append(go)
        for record in records:
            lines = Button(
                self._theme, tr("All about {record}").format(record=record), kind="quiet", small=True
            )
            lines.setProperty("record", record)
            lines.clicked.connect(self._look_for)
            buttons.append(lines)
        self.records.set_widgets(buttons)
        self.records.setVisible(bool(buttons))
        come_as_laid_out(self)

    @Slot()
    def _go(self) -> None:
        self.record_wanted.emit(str(self.sender().property("record")))

    @Slot()
    def _look_for(self) -> None:
        self.lines_wanted.emit(str(self.sender().property("record")))

    @Slot()
    def _go_back(self) -> None:
        self.back_wanted.emit(self.line)

    @Slot()
    def _ask_for_changes(self) -> None:
        self.changes_wanted.emit(self.line)
