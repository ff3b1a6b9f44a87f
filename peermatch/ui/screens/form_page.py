"""The page on which a volunteer form is taken in: its columns on the left, what it would change on the right."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from peermatch.errors import BadInput, PeerMatchError
from peermatch.model.changes import Done
from peermatch.model.consent import Wording
from peermatch.model.form import FormMapping, FormPreview, FormRow, Sheet, Standing
from peermatch.services.form_people import LEAVE_OUT
from peermatch.services.form_told import told
from peermatch.services.forms import LARGEST
from peermatch.services.office import Services
from peermatch.ui.screens.form_columns import FormColumns
from peermatch.ui.screens.form_questions import FormQuestions
from peermatch.ui.screens.form_remembered import RememberedForms
from peermatch.ui.screens.form_words import (
    CHOOSE_FILE,
    LEAVE_NOTE,
    NOTE,
    NOTHING_NOTE,
    NOTHING_YET,
    STANDINGS,
    TITLE,
    WRITE_WORDING,
    button_words,
    leave_words,
    problems_words,
)
from peermatch.ui.soon import soon
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column, Panel, Scroll
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.columns import Columns, Pane
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.states import EmptyState
from peermatch.ui.widgets.table import Cell, GridTable, Heading
from peermatch.ui.widgets.text import HEADING, SMALL, STRONG, Text
from peermatch.words import tr

SOON_MS = 150
SHOWN_ROWS = 300
SHOWN_FAULTS = 30


class FormPage(QWidget):
    """``did``: a form was taken in; ``closed``: back to the list; ``wordings_wanted``: to where they are written."""

    did = Signal(Done)
    closed = Signal()
    wordings_wanted = Signal()

    def __init__(
        self, services: Services, tasks: Tasks, theme: Theme, choose_file: Callable[[QWidget], Path | None]
    ) -> None:
        super().__init__()
        self._services, self._tasks, self._theme, self._choose_file = services, tasks, theme, choose_file
        self._sheet, self._mapping, self._source = Sheet((), ()), FormMapping({}), ""
        self._told: dict[str, object] = {}
        self._can_wait: tuple[str, ...] = ()
        self._wordings: tuple[Wording, ...] = ()
        self.columns = FormColumns(theme)
        self.questions = FormQuestions(theme, services.forms)
        self.banner = Banner(theme, "error", "", dismissible=False)
        self.pick = Button(theme, CHOOSE_FILE, icon="upload")
        self.take = Button(theme, "", kind="primary")
        self.back = Button(theme, tr("Back to the list"))
        self.write = Button(theme, WRITE_WORDING, small=True)
        self.leave = Button(theme, "", note=LEAVE_NOTE)
        theme.read_only.bar(self.take)
        self.summary, self.problems = Text(theme, "", STRONG), Text(theme, "", SMALL)
        self.file = Text(theme, "", SMALL)
        headings = [
            Heading(tr("Row"), 1),
            Heading(tr("Who"), 3),
            Heading(tr("What changes"), 4),
            Heading("", 2),
        ]
        self.rows = GridTable(theme, headings, name=tr("Answers"))
        self.remembered = RememberedForms(services, tasks, theme)
        self._empty = QWidget()
        empty = Column(theme, self._empty, spacing=14, margins=(20, 14, 20, 24))
        empty.addWidget(EmptyState(theme, "file-text", NOTHING_YET, NOTHING_NOTE), 1)
        empty.addWidget(self.remembered)
        self._lay_out()
        self._soon = soon(self, self._look, SOON_MS)
        self.pick.clicked.connect(self._pick)
        self.take.clicked.connect(self._take)
        self.back.clicked.connect(self._leave)
        self.write.clicked.connect(self.wordings_wanted)
        self.leave.clicked.connect(self._leave_out)
        self.remembered.did.connect(self.did)
        self.remembered.failed.connect(self.show_error)
        self.columns.changed.connect(self._soon.start)
        self.questions.answered.connect(self._soon.start)

    def open(self) -> None:
        """Begin with choosing a file."""
        self.banner.hide()
        self._pages.setCurrentWidget(self._empty)
        self.remembered.look()
        self.pick.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self, file: Path) -> None:
        """Read a file of answers, and show what it would change."""
        self._source = file.name
        forms = self._services.forms

        told = self._told

        def work() -> tuple[Sheet, FormMapping]:
            sheet = forms.read(_bytes(file))
            return sheet, forms.untold(sheet, told) or forms.guess(sheet)

        self._tasks.run(self, work, self._show_form, self.show_error)

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody comes back, perhaps from writing a wording."""
        super().showEvent(event)
        self.renew()

    def renew(self) -> None:
        """Offer the wordings that are kept now; everything else stays as it was said."""
        kept = self._services.desk.snapshot.wordings
        if self._sheet.headings and kept != self._wordings:
            chosen, newest = self.columns.mapping(self._mapping).wording, kept[-1].id if kept else ""
            self._wordings = kept
            self.columns.show_wordings(kept[::-1], chosen, newest)
            self._look()

    def draft(self) -> dict[str, object]:
        """How a form that is not taken in yet was being read; its answers are not kept."""
        if not self._sheet.headings:
            return self._told
        return {"source": self._source, **self._services.forms.told(self._sheet, self._mapping)}

    def take_draft(self, told: dict[str, object]) -> None:
        """The same form is to be chosen again; its columns are as they were."""
        self.open()
        self._told = told
        said = tr("The columns of {file} are kept as you had them.").format(file=told.get("source", ""))
        self.banner.show_message("info", said, tr("Choose the file again to go on."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc steps back."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def show_error(self, error: PeerMatchError) -> None:
        """Say what is wrong with the file, or why nothing was written."""
        faults = getattr(error, "faults", ())
        more = " ".join(map(str, faults[:3]))
        self.banner.show_message("error", error.what, f"{error.hint} {more}".strip())
        self.take.setEnabled(True)

    def _lay_out(self) -> None:
        head = Panel(self._theme, "canvas", edge="bottom")
        above = Column(self._theme, head, spacing=8, margins=(20, 12, 20, 12))
        above.addWidget(Text(self._theme, TITLE, HEADING))
        above.addWidget(Text(self._theme, NOTE, SMALL))
        above.addWidget(self.file)
        above.addWidget(Flow(self._theme, (self.pick, self.back), gap=8))
        above.addWidget(self.banner)
        self.banner.hide()
        self.file.hide()
        right = QWidget()
        body = Column(self._theme, right, spacing=14, margins=(20, 14, 20, 24))
        table = Card(self._theme, margins=(4, 4, 4, 8))
        table.body.addWidget(self.rows)
        body.addWidget(self.summary)
        body.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignLeft)
        body.addWidget(self.problems)
        body.addWidget(self.write, 0, Qt.AlignmentFlag.AlignLeft)
        body.addWidget(self.questions)
        body.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeft)
        body.addWidget(table)
        body.addStretch(1)
        panes = [
            Pane(Scroll(self.columns, name=tr("Questions of the form")), 360, 280),
            Pane(Scroll(right, name=tr("What would change")), 0, 460),
        ]
        both = Columns(self._theme, panes, fold=(tr("Questions"), tr("Changes")))
        self._pages = QStackedWidget()
        for page in (self._empty, both):
            self._pages.addWidget(page)
        self._both = both
        column = Column(self._theme, self, spacing=0)
        column.addWidget(head)
        column.addWidget(self._pages, 1)

    @Slot()
    def _leave(self) -> None:
        self._forget()
        self.closed.emit()

    def _forget(self) -> None:
        self._sheet, self._mapping, self._told = Sheet((), ()), FormMapping({}), {}

    @Slot()
    def _pick(self) -> None:
        file = self._choose_file(self)
        if file is not None:
            self.read(file)

    def _show_form(self, answer: tuple[Sheet, FormMapping]) -> None:
        self._sheet, self._mapping = answer
        self.banner.hide()
        self.file.set_text(self._source)
        self.file.show()
        self._wordings = self._services.desk.snapshot.wordings
        wordings = self._services.wordings.every(self._services.desk.today)
        self.columns.show_form(
            self._sheet,
            self._mapping,
            tuple(each.wording for each in wordings),
            self._services.wordings.usual(wordings),
            self._services.forms.needs_day_order(self._sheet, self._mapping),
        )
        self._pages.setCurrentWidget(self._both)
        self._look()

    @Slot()
    def _look(self) -> None:
        self._mapping = self.questions.mapping(self.columns.mapping(self._mapping))
        self.columns.ask_order(self._services.forms.needs_day_order(self._sheet, self._mapping))
        sheet, mapping, source = self._sheet, self._mapping, self._source
        forms, today = self._services.forms, self._services.desk.today
        self._tasks.run(
            self, lambda: forms.preview(sheet, mapping, source, today), self._show_preview, self.show_error
        )

    def _show_preview(self, preview: FormPreview) -> None:
        self.summary.set_text(told(preview))
        shown = [f"• {fault}" for fault in preview.faults[:SHOWN_FAULTS]]
        more = len(preview.faults) - len(shown)
        lines = [
            problems_words(preview),
            *shown,
            *([tr("and {more} more").format(more=more)] if more > 0 else []),
        ]
        self.problems.set_text("\n".join(lines) if preview.faults else "")
        self.problems.setVisible(bool(preview.faults))
        self.write.setVisible(not self._wordings)
        self._can_wait = preview.can_wait
        self.leave.set_text(leave_words(preview))
        self.leave.setVisible(bool(preview.can_wait))
        self.questions.ask(preview)
        self.take.set_text(button_words(preview))
        able = preview.count(Standing.NEW) + preview.count(Standing.CHANGED) > 0
        self.take.setEnabled(able and not preview.faults and not self._theme.read_only.reason)
        self.rows.set_rows([self._cells(row) for row in preview.rows[:SHOWN_ROWS]])
        announce(self.summary, f"{told(preview)} {problems_words(preview)}".strip())

    def _cells(self, row: FormRow) -> list[Cell]:
        words, chip = STANDINGS[row.standing]
        covered = self._theme.cover.on
        who = (row.supporter.id or "covered") if covered else (row.supporter.name or tr("no name"))
        what = ", ".join(row.changes) or row.remark
        sub = row.remark if row.changes else ""
        return [
            Cell(str(row.number)),
            Cell(who, "" if covered else row.supporter.id, "strong"),
            Cell(what, sub),
            Cell(words, kind="chip", chip=chip),
        ]

    @Slot()
    def _leave_out(self) -> None:
        """What is in order can come in today; the rest comes with the same file once it is mended."""
        people = {**self._mapping.people, **dict.fromkeys(self._can_wait, LEAVE_OUT)}
        self._mapping = replace(self._mapping, people=people)
        self._look()
        # The button goes; what is left is told from the top.
        self.pick.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _take(self) -> None:
        self.banner.hide()
        self.take.setEnabled(False)
        sheet, mapping, source = self._sheet, self._mapping, self._source
        forms, today = self._services.forms, self._services.desk.today
        self._tasks.run(
            self, lambda: forms.take_in(sheet, mapping, source, today), self._taken_in, self._not_taken_in
        )

    def _not_taken_in(self, error: PeerMatchError) -> None:
        self.show_error(error)
        self.take.setFocus(Qt.FocusReason.OtherFocusReason)

    def _taken_in(self, done: Done) -> None:
        self._forget()
        self.did.emit(done)
        self.closed.emit()


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as source:
            return source.read(LARGEST + 1)
    except OSError as error:
        raise BadInput(
            tr("{name} could not be read: {strerror}.").format(name=file.name, strerror=error.strerror),
            tr("Choose another file."),
        ) from error
