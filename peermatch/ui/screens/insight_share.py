"""Sharing: exactly what will leave, with small numbers hidden, then the files; and what was shared before."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done
from peermatch.model.disclosure import Figure
from peermatch.model.insight_period import Period, months_over, months_to, whole_months
from peermatch.model.insight_report import Cell as Said
from peermatch.model.insight_report import Report, Sheet
from peermatch.services.office import Services
from peermatch.services.publishing import Prepared, Published
from peermatch.ui.choosers import Choosers
from peermatch.ui.screens.emptied import empty
from peermatch.ui.screens.insight_period_bar import COUNTS
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column, Panel, Scroll, Tiles
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.fields import Tick
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.tab_order import come_as_laid_out
from peermatch.ui.widgets.table import GridTable
from peermatch.ui.widgets.table_cells import Cell, Heading
from peermatch.ui.widgets.text import HEADING, SMALL, STRONG, SectionLabel, Text
from peermatch.words import in_words, tr

TITLE = tr("Share these numbers")
FIRST = tr("This is exactly what leaves. Nothing has left yet.")
AGAIN = tr(
    "This time was shared on {day}, so it is shown as it left then: figures that are out do not change."
)
WHOLE = tr("A report ends with a month that is over, so that a later one follows on from it.")
READ_FIRST = tr("Read what leaves to its end first.")
TOO_SHORT = tr("No month of this time is over yet.")
TOO_SHORT_HINT = tr("Choose a longer time above, or share when the month is over.")
NONE_TICKED = tr("Tick at least one kind of file.")
TOO_SMALL = tr("All numbers here are small, so none of them leaves.")
FORMATS = (
    ("pdf", "PDF", tr("to read and print")),
    ("xlsx", tr("Excel"), tr("a sheet for each table")),
    ("csv", "CSV", tr("plain text, a line for each number")),
    ("png", tr("Picture"), tr("for a slide or a page")),
)


class SheetCard(Card):
    """One table as it leaves."""

    def __init__(self, theme: Theme, sheet: Sheet) -> None:
        super().__init__(theme, margins=(20, 14, 20, 14), spacing=8)
        headings = [Heading(tr("What"), 3), *(Heading(each) for each in sheet.columns)]
        self.table = GridTable(theme, headings, name=sheet.title)
        self.table.set_rows([[Cell(e.label), *map(_cell, e.cells)] for e in sheet.lines])
        self.body.addWidget(Text(theme, sheet.title, HEADING))
        note = sheet.note if sheet.lines else TOO_SMALL
        if note:
            self.body.addWidget(Text(theme, note, SMALL))
        if sheet.lines:
            self.body.addWidget(self.table)


def _cell(said: Said) -> Cell:
    return Cell(str(said), kind="no" if isinstance(said, Figure) and said.hidden else "text")


def _told_of(period: Period, on: date) -> Period | None:
    """The months of it that are over; of the last months up to today as many as were chosen."""
    count = next((each for each in COUNTS if period == months_to(on, each)), 0)
    return months_over(on, count) if count else whole_months(period, on)


class SharePage(QWidget):
    """``did`` brings what was done."""

    did = Signal(Done)

    def __init__(self, services: Services, tasks: Tasks, theme: Theme, choosers: Choosers) -> None:
        super().__init__()
        self._services, self._tasks, self._theme, self._choosers = services, tasks, theme, choosers
        self.report: Report | None = None
        self._wanted: Period | None = None
        self.banner = Banner(theme, "error", "")
        self.banner.hide()
        self.times = Text(theme, "", STRONG)
        self.status = Text(theme, FIRST, SMALL)
        self.ticks = {key: Tick(theme, label, note) for key, label, note in FORMATS}
        self.ticks["pdf"].setChecked(True)
        self.read = False
        self.on = Button(theme, tr("Read on"), note=tr("On to the next part of what leaves"))
        self.save = Button(theme, tr("Save the files …"), kind="primary", icon="download")
        theme.read_only.bar(self.save)
        self.before = GridTable(
            theme,
            [Heading(tr("Of which time"), 3), Heading(tr("Shared on"), 2), Heading("")],
            name=tr("Shared before"),
        )
        self._past: tuple[Report, ...] = ()
        self._sheets = Column(theme, spacing=16)
        self._lay_out()
        self.on.clicked.connect(self._read_on)
        self.save.clicked.connect(self._save)
        self.before.pressed.connect(self._look_at)

    def _lay_out(self) -> None:
        theme, content = self._theme, QWidget()
        head = Card(theme, margins=(20, 16, 20, 16), spacing=8)
        kinds = Tiles(theme, columns=4, least=170, spacing=12)
        kinds.set_tiles(tuple(self.ticks.values()))
        for part in (Text(theme, TITLE, HEADING), self.times, self.status, kinds):
            head.body.addWidget(part)
        self.past_card = Card(theme, margins=(20, 14, 20, 14), spacing=8)
        self.past_card.body.addWidget(SectionLabel(theme, tr("Shared before")))
        self.past_card.body.addWidget(self.before)
        whole = Column(theme, content, spacing=16, margins=(24, 14, 24, 22))
        whole.addWidget(self.banner)
        whole.addWidget(head)
        whole.addLayout(self._sheets)
        whole.addWidget(self.past_card)
        whole.addStretch(1)
        self._scroll = Scroll(content, name=tr("Share"))
        self._scroll.verticalScrollBar().valueChanged.connect(self._scrolled)
        foot = Panel(theme, "canvas", edge="top")
        Column(theme, foot, margins=(24, 10, 24, 10)).addWidget(Flow(theme, (self.on, self.save), gap=8))
        page = Column(theme, self, spacing=0)
        page.addWidget(self._scroll, 1)
        page.addWidget(foot)
        self.past_card.hide()

    def prepare(self, period: Period) -> None:
        """Show what would leave for a time, as far as its months are over."""
        self._wanted = _told_of(period, self._services.desk.today)
        self.banner.hide()
        self._tasks.run(self, self._services.figures.publishing.past, self._show_past, self.show_error)
        if self._wanted is None:
            self._nothing()
            self.banner.show_message("info", TOO_SHORT, TOO_SHORT_HINT)
            return
        self._prepare(self._wanted)

    def _prepare(self, period: Period) -> None:
        work = partial(self._services.figures.publishing.prepare, period, self._services.desk.today)
        self._tasks.run(self, work, self._show, self._refused)

    def show_error(self, error: PeerMatchError) -> None:
        """What went wrong, above everything."""
        self.banner.show_message("error", error.what, error.hint)

    def take_focus(self) -> None:
        """Begin with what kind of file."""
        self.ticks["pdf"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: PeerMatchError) -> None:
        self._nothing()
        self.show_error(error)

    def _nothing(self) -> None:
        self.report = None
        empty(self._sheets)
        self.times.set_text("")
        self.status.set_text(FIRST)
        self._set_read(False)

    def _set_read(self, read: bool) -> None:
        """Nothing is saved before it was read to its end, by whatever means."""
        self.read = read
        self.on.setVisible(self.report is not None and not read)
        self.save.bar("" if read else READ_FIRST)

    @Slot()
    def _scrolled(self) -> None:
        bar = self._scroll.verticalScrollBar()
        if self.report is not None and not self.read and bar.value() >= bar.maximum() > 0:
            self._set_read(True)

    @Slot()
    def _read_on(self) -> None:
        """One page on; at the end the keyboard comes to what saves it."""
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.value() + bar.pageStep())
        if bar.value() >= bar.maximum():
            self._set_read(True)
            self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, prepared: Prepared) -> None:
        same, report = prepared.report == self.report, prepared.report
        self.report = report
        self.times.set_text(report.times)
        said = AGAIN.format(day=in_words(report.made)) if prepared.again else f"{FIRST} {WHOLE}"
        self.status.set_text(f"{said} {' '.join(report.rules)}")
        if same:
            return
        self._set_read(prepared.again)
        empty(self._sheets)
        for sheet in report.sheets:
            self._sheets.addWidget(SheetCard(self._theme, sheet))
        come_as_laid_out(self)

    def _show_past(self, past: Sequence[Report]) -> None:
        self._past = tuple(past)
        self.before.set_rows(
            [
                (Cell(each.times), Cell(in_words(each.made)), Cell(tr("Look at it"), kind="button"))
                for each in past
            ]
        )
        self.past_card.setVisible(bool(past))

    @Slot(int, int)
    def _look_at(self, row: int, _column: int) -> None:
        self.banner.hide()
        self._prepare(self._past[row].period)

    @Slot()
    def _save(self) -> None:
        formats = [key for key, tick in self.ticks.items() if tick.isChecked()]
        if self.report is None or not formats:
            self.banner.show_message("info", NONE_TICKED if self.report else TOO_SHORT)
            return
        folder = self._choosers.report(self, Path.home())
        if folder is not None:
            publishing, today = self._services.figures.publishing, self._services.desk.today
            work = partial(publishing.publish, self.report, today, folder, formats)
            self._tasks.run(self, work, self._saved, self.show_error)

    def _saved(self, published: Published) -> None:
        names = ", ".join(path.name for path in published.files)
        self.banner.show_message(
            "success",
            tr("Saved: {names}.").format(names=names),
            tr("In {parent}.").format(parent=published.files[0].parent),
        )
        announce(self, tr("Saved {names}").format(names=names))
        self._tasks.run(self, self._services.figures.publishing.past, self._show_past, self.show_error)
        self.did.emit(published.done)
