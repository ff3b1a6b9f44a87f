"""The pages of the help and the documents in one place: a list, the page beside it, and both as a PDF to keep."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done, Touched
from peermatch.services.guide import Guide
from peermatch.ui.choosers import Choosers
from peermatch.ui.help_door import help_book
from peermatch.ui.help_html import html_of
from peermatch.ui.help_sheet import HelpText
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.widgets.boxes import Column, Panel, Row
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.columns import Columns, Pane
from peermatch.ui.widgets.queue_list import QueueRow, QueueView
from peermatch.ui.widgets.seen import ReadWhenSeen
from peermatch.ui.widgets.text import SMALL, Text
from peermatch.words import tr

NOTE = tr("F1 opens the page of what you are looking at, from anywhere.")
SAVE_GUIDE, SAVE_DOCUMENT = tr("Save the guide as PDF"), tr("Save this document as PDF")
GUIDE_FILE = "peermatch-guide.pdf"


class HelpList(ReadWhenSeen):
    """Read when somebody first looks. ``did`` says that a PDF was saved."""

    did = Signal(Done)

    def __init__(self, tasks: Tasks, theme: Theme, choosers: Choosers) -> None:
        super().__init__()
        self._tasks, self._theme, self._choosers = tasks, theme, choosers
        self.current = ""
        self.banner = Banner(theme, "error", "")
        self.save_guide = Button(theme, SAVE_GUIDE, kind="quiet", small=True)
        self.save_document = Button(theme, SAVE_DOCUMENT, kind="quiet", small=True)
        side = Panel(theme, "raised", edge="right")
        self.view = QueueView(theme, name=tr("Pages of the help"))
        self.text = HelpText(theme)
        column = Column(theme, side, spacing=4, margins=(8, 12, 9, 0))
        note = Column(theme, margins=(8, 0, 8, 4))
        note.addWidget(Text(theme, NOTE, SMALL))
        column.addLayout(note)
        column.addWidget(self.view, 1)
        foot = Row(theme, margins=(8, 4, 8, 10))
        foot.addWidget(self.save_guide)
        foot.addStretch(1)
        column.addLayout(foot)
        page = Panel(theme, "canvas")
        beside = Column(theme, page, margins=(22, 16, 22, 16))
        beside.addWidget(self.banner)
        beside.addWidget(self.text, 1)
        below = Row(theme)
        below.addWidget(self.save_document)
        below.addStretch(1)
        beside.addLayout(below)
        self.banner.hide()
        self.save_document.hide()
        self._columns = Columns(
            theme, [Pane(side, 330, 250), Pane(page, 0, 420)], fold=(tr("Pages"), tr("Page"))
        )
        Column(theme, self, spacing=0).addWidget(self._columns)
        self.view.chosen.connect(self.show_page)
        self.view.opened.connect(self._open)
        self.text.wanted.connect(self._follow)
        self.save_guide.clicked.connect(self._save_guide)
        self.save_document.clicked.connect(self._save_document)
        theme.changed.connect(self._draw)

    def take_focus(self) -> None:
        """Begin in the list."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc steps back from a page to the list."""
        if event.key() == Qt.Key.Key_Escape and self.text.hasFocus():
            self._columns.show_aside()
            self.take_focus()
        else:
            super().keyPressEvent(event)

    def read(self) -> None:
        """The titles, in the order of the letters; the documents stand under a heading of their own."""
        rows = [
            QueueRow(page.key, page.title, heading="" if number else title)
            for title, pages in help_book().lists().items()
            for number, page in enumerate(pages)
        ]
        self.view.set_rows(rows)
        if not self.current and rows:
            self.view.set_current(rows[0].key)

    def show_error(self, error: PeerMatchError) -> None:
        """Say it above the page."""
        self.banner.show_message("error", error.what, error.hint)

    @Slot(str)
    def show_page(self, key: str) -> None:
        """One page beside the list."""
        self.current = key
        self.save_document.setVisible(key in help_book().documents)
        self.banner.hide()
        self._draw()
        self.text.verticalScrollBar().setValue(0)

    @Slot(str)
    def _open(self, key: str) -> None:
        self.show_page(key)
        self._columns.show_main()
        self.text.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(str)
    def _follow(self, key: str) -> None:
        if key in help_book():
            self.view.set_current(key)
            self._open(key)

    @Slot()
    def _draw(self) -> None:
        book = help_book()
        if self.current in book:
            document = self.text.document()
            document.setDefaultFont(self._theme.font(14))
            document.setIndentWidth(self._theme.px(22))
            document.setDocumentMargin(self._theme.px(10))
            self.text.setHtml(html_of(book[self.current], self._theme))
            self.text.setAccessibleName(tr("Help: {title}").format(title=book[self.current].title))

    @Slot()
    def _save_guide(self) -> None:
        self._save(GUIDE_FILE, "")

    @Slot()
    def _save_document(self) -> None:
        self._save(f"peermatch-{self.current}.pdf", self.current)

    def _save(self, name: str, document: str) -> None:
        place = self._choosers.place(self, Path.home() / name)
        if place is not None:
            self.banner.hide()
            self._tasks.run(self, partial(Guide().save, place, document), self._saved, self.show_error)

    def _saved(self, file: Path) -> None:
        self.did.emit(Done(Touched(), tr("Saved as {name}.").format(name=file.name)))
