"""The pages of the help in one place: a list, and the page beside it; all of it works without a network."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent

from peermatch.ui.help_door import help_book
from peermatch.ui.help_html import html_of
from peermatch.ui.help_pages import CONTENTS
from peermatch.ui.help_sheet import HelpText
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Panel
from peermatch.ui.widgets.columns import Columns, Pane
from peermatch.ui.widgets.queue_list import QueueRow, QueueView
from peermatch.ui.widgets.seen import ReadWhenSeen
from peermatch.ui.widgets.text import SMALL, Text
from peermatch.words import tr

NOTE = tr("F1 opens the page of what you are looking at, from anywhere.")


class HelpList(ReadWhenSeen):
    """Read when somebody first looks."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.current = ""
        side = Panel(theme, "raised", edge="right")
        self.view = QueueView(theme, name=tr("Pages of the help"))
        self.text = HelpText(theme)
        column = Column(theme, side, spacing=4, margins=(8, 12, 9, 0))
        note = Column(theme, margins=(8, 0, 8, 4))
        note.addWidget(Text(theme, NOTE, SMALL))
        column.addLayout(note)
        column.addWidget(self.view, 1)
        page = Panel(theme, "canvas")
        Column(theme, page, margins=(22, 16, 22, 16)).addWidget(self.text)
        self._columns = Columns(
            theme, [Pane(side, 330, 250), Pane(page, 0, 420)], fold=(tr("Pages"), tr("Page"))
        )
        Column(theme, self, spacing=0).addWidget(self._columns)
        self.view.chosen.connect(self.show_page)
        self.view.opened.connect(self._open)
        self.text.wanted.connect(self._follow)
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
        """The titles, in the order of the letters."""
        book = help_book()
        pages = sorted((book[key] for key in book if key != CONTENTS), key=lambda page: page.title)
        self.view.set_rows([QueueRow(page.key, page.title) for page in pages])
        if not self.current and pages:
            self.view.set_current(pages[0].key)

    @Slot(str)
    def show_page(self, key: str) -> None:
        """One page beside the list."""
        self.current = key
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
