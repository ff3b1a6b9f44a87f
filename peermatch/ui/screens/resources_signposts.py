"""The page of signposts: a list to search, one service beside it, the yearly check, and a way to say nothing aloud."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QTextDocument
from PySide6.QtWidgets import QWidget

from peermatch.errors import BadInput, PeerMatchError
from peermatch.model.changes import Done
from peermatch.model.signpost_own import ServiceWords
from peermatch.services.office import Services
from peermatch.services.signposts import Book, Listed
from peermatch.ui.choosers import Choosers
from peermatch.ui.locking.forms import Values
from peermatch.ui.screens.resources_form import SignpostForm
from peermatch.ui.screens.resources_list import SignpostList
from peermatch.ui.screens.resources_service import ServiceView
from peermatch.ui.soon import soon
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Scroll
from peermatch.ui.widgets.columns import Columns, Pane
from peermatch.ui.widgets.seen import ReadWhenSeen
from peermatch.ui.widgets.stack import Stack
from peermatch.ui.widgets.states import EmptyState
from peermatch.words import tr

NOTHING = tr("Choose a service on the left.")
NOTHING_NOTE = tr("How to reach it, and when it was checked, will be here. Nobody notes what you look at.")
COVERED = tr("Covered while names are covered (F8).")
"""What the page says while it is covered: less than the title of any service."""
NEW = ServiceWords("", "")


class SignpostsPage(ReadWhenSeen):
    """``did``: a command was committed; ``changed``: what must be checked is another number."""

    did = Signal(Done)
    changed = Signal()

    def __init__(self, services: Services, tasks: Tasks, theme: Theme, choosers: Choosers) -> None:
        super().__init__()
        self._services, self._tasks, self._theme, self._choosers = services, tasks, theme, choosers
        self.book: Book | None = None
        self._wanted, self._busy, self._adding, self._reading = "", False, False, False
        self._draft: Values = {}
        self.list = SignpostList(theme)
        self.view = ServiceView(theme)
        self._form: SignpostForm | None = None
        self._nothing = EmptyState(theme, "life-buoy", NOTHING, NOTHING_NOTE)
        self._view_page = Scroll(self.view, name=tr("Service"))
        self._form_page: Scroll | None = None
        self._revealed: QWidget | None = None
        self._later = soon(self, self._scroll_to)  # once the words about what is wrong have their place
        self._pages = Stack()
        for page in (self._nothing, self._view_page):
            self._pages.addWidget(page)
        # It scrolls where large text leaves no room for the list.
        side = Scroll(self.list, name=tr("List of services"))
        panes = [Pane(side, 370, 270), Pane(self._pages, 0, 480)]
        self._columns = Columns(theme, panes, fold=(tr("List"), tr("Service")))
        self._covered = EmptyState(theme, "eye-off", COVERED)
        self._sides = Stack()
        self._sides.addWidget(self._columns)
        self._sides.addWidget(self._covered)
        Column(theme, self, spacing=0).addWidget(self._sides)
        self._connect()
        self._cover()

    def _connect(self) -> None:
        self.list.chosen.connect(self.choose)
        self.list.opened.connect(self._open)
        self.list.discreet_changed.connect(self._show_service)
        self.list.add_button.clicked.connect(self.add)
        self.list.print_button.clicked.connect(self._print_list)
        self.view.confirmed.connect(self._confirm)
        self.view.corrected.connect(self._correct)
        self.view.reset.connect(self._take_shipped)
        self.view.moved.connect(self._move)
        self.view.printed.connect(self._print_one)
        self._theme.cover.changed.connect(self._cover)

    @property
    def form(self) -> SignpostForm:
        """The form, made when somebody first needs it."""
        if self._form is None:
            self._form = SignpostForm(self._theme, self._services.desk.snapshot.reference)
            self._form.wanted.connect(self._keep)
            self._form.closed.connect(self._cancel)
            self._form.fault_shown.connect(self._reveal)
            inner = QWidget()
            column = Column(self._theme, inner, margins=(22, 16, 22, 20))
            column.addWidget(self._form)
            column.addStretch(1)
            self._form_page = Scroll(inner, name=tr("Edit the service"))
            self._pages.addWidget(self._form_page)
        return self._form

    @property
    def editing(self) -> bool:
        """Whether the form is open."""
        return self._form is not None and not self._form.isHidden()

    def take_focus(self) -> None:
        """Begin in the list, or where somebody types."""
        if self.editing:
            self.form.lines["name"].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> None:
        """Read it on the worker; in the yearly check the keyboard stays, and the next service stands open."""
        work = partial(self._services.signposts.book, self._services.desk.today)
        self._tasks.run(self, work, self._show, self.show_error)

    def _show(self, book: Book) -> None:
        added = book.ids - self.book.ids if self.book and self._adding else frozenset()
        self.book, self._busy, self._adding = book, False, False
        self._reading = True
        self.list.show_book(book, self._services.desk.snapshot.reference.vocabulary)
        self._reading = False
        for id in added:
            self.open_service(id)
        if self._wanted:
            self.open_service(self._wanted)
        if self._draft:
            self._put_back()
        self._show_service()
        self._see_button()
        self.changed.emit()

    def _see_button(self) -> None:
        """What has the keyboard is in sight, however long the service is."""
        if self.view.confirm.hasFocus():
            self._view_page.ensureWidgetVisible(self.view.confirm, 0, self._theme.px(24))

    def open_service(self, id: str) -> None:
        """Show one service, now or once the list was read."""
        self._wanted = "" if self.book else id
        if self.book is not None and self.book.get(id) is not None:
            self.list.show_current(id)
            self.choose(id)
            self._columns.show_main()

    def narrow_to(self, topic: str) -> None:
        """The list for one topic."""
        self.list.narrow_to(topic)
        self._columns.show_aside()

    @Slot()
    def check_next(self) -> None:
        """The yearly check: the list of what is due, and the first of it open."""
        self.list.discreet.setChecked(False)
        self.list.show_due()
        if self.list.shown:
            self.open_service(self.list.shown[0].signpost.id)
            self.view.confirm.setFocus(Qt.FocusReason.TabFocusReason)
            self._see_button()

    def forget(self) -> None:
        """Nobody who comes after sees what was looked at; what is half typed stays."""
        self.list.forget()
        if not self.editing:
            self._pages.setCurrentWidget(self._nothing)

    def show_error(self, error: PeerMatchError) -> None:
        """Say it where somebody looks."""
        if self.editing and isinstance(error, BadInput):
            self.form.refuse_fields(error)
        elif self.editing:
            self.form.refuse(error.what, error.hint)
        else:
            self._pages.setCurrentWidget(self._view_page)
            self.view.banner.show_message("error", error.what, error.hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc steps back from a service to the list."""
        if event.key() == Qt.Key.Key_Escape and self._pages.isAncestorOf(self.window().focusWidget()):
            self._columns.show_aside()
            self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    @Slot(str)
    def choose(self, id: str) -> None:
        """Show a service beside the list."""
        if not self._reading:  # else it is shown once all is read
            self._show_service()
        if not self.editing:
            self._view_page.verticalScrollBar().setValue(0)

    @Slot(str)
    def _open(self, _id: str) -> None:
        self._show_service()
        self._columns.show_main()
        first = self.view.copy_button if self.list.discreet.isChecked() else self.view.confirm
        (first if first.isEnabled() else self.view.copy_button).setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _show_service(self) -> None:
        listed = self._current()
        if self.editing:
            return
        if listed is None or self.book is None:
            self._pages.setCurrentWidget(self._nothing)
            return
        label = self._services.desk.snapshot.reference.vocabulary.label
        topics = [label(topic) for topic in self.book.lists.topics_of(listed.signpost.id)]
        discreet = self.list.discreet.isChecked()
        self.view.show_service(listed, self.book.lists, topics, discreet=discreet)
        self._pages.setCurrentWidget(self._view_page)

    def _current(self) -> Listed | None:
        return self.book.get(self.list.view.current()) if self.book else None

    # What the lead does.

    @Slot()
    def _confirm(self) -> None:
        if (listed := self._current()) is not None and not self._busy:
            self._busy = True
            service, today = self._services.signposts, self._services.desk.today
            self._tasks.run(
                self, partial(service.confirm, listed.signpost.id, today), self.did.emit, self._could_not
            )

    @Slot()
    def _take_shipped(self) -> None:
        if (listed := self._current()) is not None:
            work = partial(self._services.signposts.take_shipped, listed.signpost.id)
            self._tasks.run(self, work, self.did.emit, self.show_error)

    @Slot()
    def _move(self) -> None:
        if (listed := self._current()) is not None:
            service = self._services.signposts
            act = service.stop_offering if listed.offered else service.offer_again
            self._tasks.run(self, partial(act, listed.signpost.id), self.did.emit, self.show_error)

    def _could_not(self, error: PeerMatchError) -> None:
        self._busy = False
        self.show_error(error)

    @Slot()
    def _correct(self) -> None:
        if (listed := self._current()) is not None:
            words = self._services.signposts.words_of(listed)
            self._open_form(listed.signpost.id, words, own=listed.signpost.own)

    @Slot()
    def add(self) -> None:
        """Begin with a service that the program does not know."""
        self._open_form("", NEW, own=True)

    def _open_form(self, id: str, words: ServiceWords, *, own: bool) -> None:
        self.form.open_for(id, words, own=own)
        if self._form_page is not None:
            self._pages.setCurrentWidget(self._form_page)
        self._columns.show_main()
        self._reveal(self.form.title)

    @Slot(object)
    def _keep(self, words: ServiceWords) -> None:
        service, today, form = self._services.signposts, self._services.desk.today, self.form
        work = (
            partial(service.correct, form.id, words, today, form.seen)
            if form.id
            else partial(service.add, words, today)
        )
        self._tasks.run(self, work, self._kept, self.show_error)

    @Slot(object)
    def _reveal(self, part: QWidget) -> None:
        self._revealed = part
        self._later.start()

    @Slot()
    def _scroll_to(self) -> None:
        if self._form_page is not None and self._revealed is not None:
            self._form_page.ensureWidgetVisible(self._revealed, 0, self._theme.px(16))

    def _kept(self, done: Done) -> None:
        self._adding = not self.form.id
        self._cancel()
        self.did.emit(done)

    @Slot()
    def _cancel(self) -> None:
        self.form.close_up()
        self._show_service()
        self.take_focus()

    # Paper, and what nobody else must see.

    @Slot()
    def _print_one(self) -> None:
        if (listed := self._current()) is not None:
            self._print((listed,))

    @Slot()
    def _print_list(self) -> None:
        self._print(self.list.shown)

    def _print(self, listed: tuple[Listed, ...]) -> None:
        discreet = self.list.discreet.isChecked()
        page = QTextDocument()
        page.setHtml(self._services.signposts.page(listed, discreet=discreet))
        if self._choosers.printed(self, page):
            self._view_page.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _cover(self) -> None:
        self._sides.setCurrentWidget(self._covered if self._theme.cover.on else self._columns)

    # What is half typed when the window locks.

    def draft(self) -> Values:
        """The form, where something was typed in it."""
        if self._draft:
            return dict(self._draft)
        return self.form.values() if self.editing and self.form.dirty else {}

    def take_draft(self, values: Values) -> bool:
        """Put it back once the list was read."""
        self._draft = dict(values)
        if self.book is None:
            self.look()
        else:
            self._put_back()
        return bool(values)

    def _put_back(self) -> None:
        values, self._draft = self._draft, {}
        id = str(values["id"])
        listed = self.book.get(id) if self.book and id else None
        if id and listed is None:
            return
        if listed is not None:
            self.list.show_current(id)
            self._correct()
        else:
            self.add()
        self.form.put_back(values)
