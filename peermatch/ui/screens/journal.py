"""The journal: what happened, by whom, what can be taken back, and whether its chain is whole."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFocusEvent, QResizeEvent, QShowEvent

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done, Touched
from peermatch.services.checking import Checked
from peermatch.services.journal import Details, Journal, Page, Wanted
from peermatch.services.journal_fields import Changes
from peermatch.services.office import Services
from peermatch.ui.choosers import Choosers
from peermatch.ui.keys import bind
from peermatch.ui.screen import Screen, TopItems
from peermatch.ui.screens.journal_details import JournalDetails
from peermatch.ui.screens.journal_filters import JournalFilters
from peermatch.ui.screens.journal_labels import CHECKING, PROVED, chain_words, rows
from peermatch.ui.screens.journal_paper import journal_page
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.watching import FileWatch
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column, Panel, Scroll
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.columns import Columns, Pane
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.queue_list import QueueView
from peermatch.ui.widgets.stack import Stack
from peermatch.ui.widgets.states import EmptyState
from peermatch.ui.widgets.text import SMALL, Text
from peermatch.words import tr

PRINT_NOTE = tr("The lines that are listed, on paper; covered names stay covered")
LOWEST = 90
LOW = 430
"""Below this height the fields to look by and the lines have no room together: the one gives way to the other."""
FIND, PUT_AWAY = tr("Find lines"), tr("Show everything")
NONE_FOUND = tr("No line fits.")
NONE_NOTE = tr("Look for another record, person, kind or day, or show everything.")


class JournalScreen(Screen):
    """Lines of a hundred at a time, newest first; nothing of what they changed is shown before somebody asks."""

    title = tr("Journal")

    def __init__(
        self, services: Services, tasks: Tasks, theme: Theme, choosers: Choosers | None = None
    ) -> None:
        super().__init__(services, tasks, theme)
        self._choosers = choosers or Choosers()
        self._stale, self._read_once = True, False
        self._watch: FileWatch | None = None
        self._page = Page((), False)
        self._newer: list[int | None] = []
        self._below: int | None = None
        self.banner = Banner(theme, "error", "")
        self.chain = Text(theme, chain_words(None, services.desk.today), SMALL)
        self.check = Button(theme, tr("Check now"), small=True, icon="shield-check")
        self.finder = Button(
            theme, FIND, small=True, icon="search", note=tr("By record, person, kind or day (Ctrl+F)")
        )
        self.print = Button(theme, tr("Print …"), small=True, icon="printer", note=PRINT_NOTE)
        self.filters = JournalFilters(theme)
        self.shown = Button(theme, "", kind="link", small=True, note=tr("Look for something else (Ctrl+F)"))
        self.list = QueueView(theme, name=tr("What happened"))
        self.newer = Button(theme, tr("Newer"), small=True)
        self.older = Button(theme, tr("Older"), small=True)
        self.details = JournalDetails(theme)
        self.empty = EmptyState(theme, "scroll-text", NONE_FOUND, NONE_NOTE)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        theme = self.theme
        head = Panel(theme, "canvas", edge="bottom")
        above = Column(theme, head, spacing=10, margins=(20, 12, 20, 12))
        above.addWidget(Spread(theme, self.chain, Flow(theme, (self.finder, self.print, self.check), gap=8)))
        above.addWidget(self.shown, 0, Qt.AlignmentFlag.AlignLeft)
        above.addWidget(self.filters)
        above.addWidget(self.banner)
        left = Panel(theme, "raised", edge="right")
        lines = Column(theme, left, spacing=8, margins=(8, 8, 9, 12))
        lines.addWidget(self.list, 1)
        lines.addWidget(Flow(theme, (self.newer, self.older), gap=8))
        right = Panel(theme, "canvas")
        self._scroll = Scroll(self.details, name=tr("The line"))
        Column(theme, right).addWidget(self._scroll)
        self.columns = Columns(
            theme, [Pane(left, 460, 300), Pane(right, 0, 380)], fold=(tr("What happened"), tr("Details"))
        )
        self._stack = Stack()
        for part in (self.columns, self.empty):
            self._stack.addWidget(part)
        column = Column(theme, self, spacing=0)
        column.addWidget(head)
        column.addWidget(self._stack, 1)
        self.columns.show_aside()
        if self.services.viewed is not None:
            self.check.hide()
            self.chain.set_text(PROVED)
        self._fit()
        for hidden in (self.filters, self.shown, self.banner, self.newer, self.older, self.details):
            hidden.hide()

    def _connect(self) -> None:
        self.filters.changed.connect(self._look_anew)
        self.filters.finished.connect(self._fold)
        self.shown.clicked.connect(self._search)
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(self._opened)
        self.newer.clicked.connect(self._go_newer)
        self.older.clicked.connect(self._go_older)
        self.check.clicked.connect(self._check)
        self.print.clicked.connect(self._print)
        self.theme.changed.connect(self._fit)
        self.finder.clicked.connect(self._find)
        self.details.back_wanted.connect(self._take_back)
        self.details.changes_wanted.connect(self._ask_for_changes)
        self.details.record_wanted.connect(self._go_to)
        self.details.lines_wanted.connect(self._look_for)
        bind(self, (("Ctrl+F", self._search),))

    @Slot()
    def _fit(self) -> None:
        """In a low window there is room for the fields to look by, or for the lines."""
        self._stack.setMinimumHeight(self.theme.px(LOWEST))
        low = self.height() < self.theme.px(LOW)
        self.filters.stand_alone(low)
        self._stack.setVisible(not (low and self.filters.isVisibleTo(self)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A notice above may have taken room, or given it back."""
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fold(self) -> None:
        """What is looked for stays in sight as words; the lines have the room."""
        if not self.filters.alone:
            return
        words = self.filters.words()
        self.filters.hide()
        self.shown.set_text(tr("Only {words}: change").format(words=words))
        self.shown.setVisible(bool(words))
        self.finder.set_text(PUT_AWAY if words else FIND)
        self._fit()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self, watch: FileWatch) -> None:
        """Tell how the looks at file and chain end; without one, as on a backup, nothing is checked here."""
        self._watch = watch
        watch.began.connect(self._checking)
        watch.checked.connect(self._checked)
        if watch.last is not None:
            self._checked(watch.last)
        if watch.looking:
            self._checking()

    # What the window asks of every screen.

    def refresh(self, touched: Touched) -> None:
        """Something happened: read it now, or when somebody looks."""
        self._stale = True
        if self.isVisible():
            self._read()

    def open_at(self, reference: str = "", supporter: str = "") -> None:
        """Show all lines about one record."""
        self._show_filters()
        self.filters.show_record(reference or supporter)
        self._fold()

    def top_items(self) -> TopItems:
        """What is in the bar above."""
        return TopItems(
            note=tr("Nothing here can be changed or removed; a step that is undone is a line of its own.")
        )

    def leave(self) -> None:
        """What was shown on request is hidden again."""
        self.details.forget_changes()

    def show_error(self, error: PeerMatchError) -> None:
        """Say it above the list."""
        self.banner.show_message("error", error.what, error.hint)

    def showEvent(self, event: QShowEvent) -> None:
        """Only what is looked at is read; the keyboard begins in the list."""
        super().showEvent(event)
        if event.spontaneous():
            return
        if self._stale:
            self._read()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard begins in the list, or with the search where nothing is listed."""
        super().focusInEvent(event)
        nothing = self._read_once and not self._page.lines
        fields = self.filters.isVisible() and (nothing or not self._stack.isVisible())
        (self.filters.record if fields else self.list).setFocus(event.reason())

    # The list.

    def _read(self) -> None:
        self._stale = False
        work = partial(_looked, self.services.journal, self.filters.wanted(), self._below)
        self.tasks.run(self, work, self._show, self.show_error)

    @Slot()
    def _look_anew(self) -> None:
        self._newer, self._below = [], None
        self._read()

    def _show(self, found: tuple[Page, tuple[str, ...]]) -> None:
        self._page, people = found
        self._read_once = True
        self.banner.hide()
        self.filters.know(people)
        self.newer.setVisible(bool(self._newer))
        self.older.setVisible(self._page.more)
        current = self.list.current()
        known = {str(line.seq) for line in self._page.lines}
        first = current if current in known else next((str(line.seq) for line in self._page.lines), "")
        self.list.set_rows(rows(self._page.lines, self.services.desk.today), current=first)
        self._stack.setCurrentWidget(self.columns if first else self.empty)
        if first:
            self._chosen(first)

    @Slot()
    def _go_older(self) -> None:
        self._newer.append(self._below)
        self._below = self._page.lines[-1].seq
        self._read()

    @Slot()
    def _go_newer(self) -> None:
        self._below = self._newer.pop()
        self._read()

    @Slot()
    def _find(self) -> None:
        """Show the fields to look by, or put them away with what was looked for."""
        if self.filters.isHidden() and self.shown.isHidden():
            self._search()
        else:
            self.filters.hide()
            self.shown.hide()
            self.finder.set_text(FIND)
            self._fit()
            if self.filters.wanted() != Wanted():
                self.filters.empty()
                self._look_anew()

    @Slot()
    def _search(self) -> None:
        self._show_filters()
        self.filters.record.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.record.selectAll()

    def _show_filters(self) -> None:
        self.filters.show()
        self.shown.hide()
        self.finder.set_text(PUT_AWAY)
        self._fit()

    # One line.

    @Slot(str)
    def _chosen(self, key: str) -> None:
        if key:
            work = partial(self.services.journal.details, int(key))
            self.tasks.run(self, work, self._show_details, self.show_error)

    @Slot(str)
    def _opened(self, key: str) -> None:
        """Enter goes on to the line itself."""
        self.columns.show_main()
        ways = (self.details.back, self.details.show_changes, *self.details.records.findChildren(Button))
        first = next((way for way in ways if way.isVisible()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_details(self, details: Details) -> None:
        if str(details.told.seq) == self.list.current():
            self.details.show_details(details, self.services.desk.snapshot)
            self.details.show()

    @Slot(int)
    def _ask_for_changes(self, seq: int) -> None:
        work = partial(self.services.journal.changes, seq)
        self.tasks.run(self, work, partial(self._show_changes, seq), self.show_error)

    def _show_changes(self, seq: int, changes: Changes) -> None:
        if seq == self.details.line and self.isVisible():
            self.details.show_fields(changes)

    @Slot(int)
    def _take_back(self, seq: int) -> None:
        self.tasks.run(self, partial(self.services.journal.take_back, seq), self._done, self._refused)

    def _done(self, done: Done) -> None:
        self._stale = True
        self.did.emit(done)
        if self._stale:
            self._read()

    def _refused(self, error: PeerMatchError) -> None:
        self.show_error(error)
        self._chosen(self.list.current())

    @Slot(str)
    def _go_to(self, record: str) -> None:
        if record in self.services.desk.snapshot.enquiries:
            self.go.emit("enquiries", record, "")
        else:
            self.go.emit("supporters", "", record)

    @Slot(str)
    def _look_for(self, record: str) -> None:
        self.open_at(record)

    @Slot()
    def _print(self) -> None:
        """The lines that are listed; what they changed is never on paper."""
        theme, today = self.theme, self.services.desk.today
        page = journal_page(self._page.lines, self.filters.words(), theme.cover, today)
        try:
            self._choosers.printed(self, page)
        except PeerMatchError as error:
            self.show_error(error)

    # The chain.

    @Slot()
    def _check(self) -> None:
        if self._watch is not None:
            self._watch.look()

    @Slot()
    def _checking(self) -> None:
        self.chain.set_text(CHECKING)
        self.check.bar(CHECKING)

    @Slot(object)
    def _checked(self, found: Checked) -> None:
        had = self.check.hasFocus()
        self.chain.set_text(chain_words(found, self.services.desk.today))
        self.check.bar("")
        if had:
            self.check.setFocus(Qt.FocusReason.OtherFocusReason)


def _looked(journal: Journal, wanted: Wanted, below: int | None) -> tuple[Page, tuple[str, ...]]:
    """On the worker."""
    return journal.page(wanted, below), journal.people()
