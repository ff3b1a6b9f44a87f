"""The sheet of help at the right edge: beside the screen where there is room, over it where there is not."""

from typing import Any

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QTextBrowser, QWidget

from peermatch.ui.help_html import contents_html, html_of
from peermatch.ui.help_pages import CONTENTS, HelpBook, HelpPage
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.boxes import Column, Panel, Row
from peermatch.ui.widgets.buttons import Button, IconButton
from peermatch.ui.widgets.text import HEADING, Text
from peermatch.words import tr

WIDTH = 372
ROOM_BESIDE = 1060
"""What the window must have left, so that no screen has to fold because of the help."""
NAME = tr("Help")


class HelpText(QTextBrowser):
    """Read-only words with links; it opens no address and loads nothing. ``wanted`` brings the page of a link."""

    wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("bare", True)
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName(tr("Page of the help"))
        self.anchorClicked.connect(self._follow)

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:
        """Nothing is ever fetched, from the disk or from elsewhere."""
        return None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """With Alt the arrows belong to the sheet, which knows the way back."""
        if event.modifiers() == Qt.KeyboardModifier.AltModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    @Slot(QUrl)
    def _follow(self, link: QUrl) -> None:
        self.wanted.emit(link.toString())


class HelpSheet(Panel):
    """Pages of the help over a window's page. Esc or F1 puts it away, and the keyboard is where it was before."""

    keys_wanted = Signal()

    def __init__(self, theme: Theme, book: HelpBook, over: QWidget, *, keys: bool = False) -> None:
        super().__init__(theme, "surface", edge="left", parent=over)
        self._book, self._over = book, over
        self._page = book[CONTENTS]
        self._trail: list[str] = []
        self._before: QWidget | None = None
        self._beside = False
        self.text = HelpText(theme)
        self.back = IconButton(theme, "arrow-left", tr("Back to the page before"))
        self.contents = Button(theme, tr("All pages"), kind="quiet", small=True)
        self.keys = Button(theme, tr("All keys"), kind="quiet", small=True, note=tr("Opens with ?"))
        self.cross = IconButton(theme, "x", tr("Close the help"))
        self.setAccessibleName(NAME)
        self._lay_out(keys=keys)
        self._connect()
        self.hide()

    def _lay_out(self, *, keys: bool) -> None:
        head = Row(self._theme, spacing=4, margins=(16, 8, 8, 0))
        head.addWidget(self.back)
        head.addWidget(Text(self._theme, NAME, HEADING, wrap=False), 1)
        for part in (self.contents, self.keys, self.cross):
            head.addWidget(part)
        column = Column(self._theme, self, spacing=4, margins=(1, 0, 0, 8))
        column.addLayout(head)
        words = Row(self._theme, margins=(7, 0, 4, 0))
        words.addWidget(self.text)
        column.addLayout(words, 1)
        self.keys.setVisible(keys)  # only now: without a parent it would be a window of its own for a moment

    def _connect(self) -> None:
        self.text.wanted.connect(self._follow)
        self.back.clicked.connect(self._go_back)
        self.contents.clicked.connect(self._show_contents)
        self.keys.clicked.connect(self._to_keys)
        self.cross.clicked.connect(self.put_away)
        self._theme.changed.connect(self._redraw)
        self._over.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]  # there is one

    @property
    def page(self) -> HelpPage:
        """What is shown."""
        return self._page

    @property
    def beside(self) -> bool:
        """Whether the screen stands beside it and not below it."""
        return self._beside

    def open_at(self, *keys: str) -> None:
        """Show the first of these pages that there is, and give it the keyboard."""
        self._trail.clear()
        if self.isHidden():
            self._before = self.window().focusWidget()
        self._show_page(self._book.nearest(*keys))
        self._fit(shown=True)
        self.show()
        self.raise_()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        announce(self.text, f"{NAME}: {self._page.title}")

    def follow(self, *keys: str) -> None:
        """The window went elsewhere: its page is shown, and the keyboard stays where it is."""
        if self.isVisible() and self._page is not self._book.nearest(*keys):
            self._trail.clear()
            self._show_page(self._book.nearest(*keys))

    @Slot()
    def put_away(self) -> None:
        """Go, and give the keyboard back."""
        if self.isHidden():
            return
        focused = QApplication.focusWidget()
        inside = focused is None or self.isAncestorOf(focused)
        before, self._before = self._before, None
        self._close()
        if inside and before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, Alt and the left arrow go back."""
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        elif event.key() == Qt.Key.Key_Left and alt:
            self._go_back()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As high as what it stands over."""
        if event.type() == QEvent.Type.Resize:
            self._fit(shown=not self.isHidden())
        return super().eventFilter(watched, event)

    # Pages.

    def _show_page(self, page: HelpPage) -> None:
        self._page = page
        self._draw()
        self.text.verticalScrollBar().setValue(0)
        self.back.setEnabled(bool(self._trail))
        self.back.setVisible(bool(self._trail))
        self.text.setAccessibleName(f"{NAME}: {page.title}")

    def _draw(self) -> None:
        document = self.text.document()
        document.setDefaultFont(self._theme.font(13.5))
        document.setDocumentMargin(self._theme.px(10))
        document.setIndentWidth(self._theme.px(22))
        if self._page.key == CONTENTS:
            self.text.setHtml(contents_html(self._page, self._book.lists(), self._theme))
        else:
            self.text.setHtml(html_of(self._page, self._theme))

    @Slot(str)
    def _follow(self, key: str) -> None:
        if key in self._book:
            self._trail.append(self._page.key)
            self._show_page(self._book[key])
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self.text, f"{NAME}: {self._page.title}")

    @Slot()
    def _go_back(self) -> None:
        if self._trail:
            page = self._book[self._trail.pop()]
            self._show_page(page)
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show_contents(self) -> None:
        self._follow(CONTENTS)

    @Slot()
    def _to_keys(self) -> None:
        self.put_away()
        self.keys_wanted.emit()

    # Its place.

    @Slot()
    def _redraw(self) -> None:
        self._draw()
        self._fit(shown=not self.isHidden())

    def _fit(self, *, shown: bool) -> None:
        """At the right edge; what it stands over gives it room where it has any to give."""
        room, wide = self._over.rect(), self._theme.px(WIDTH)
        self._beside = shown and room.width() - wide >= self._theme.px(ROOM_BESIDE)
        layout = self._over.layout()
        if layout is not None:
            margins = layout.contentsMargins()
            margins.setRight(wide if self._beside else 0)
            layout.setContentsMargins(margins)
        wide = min(wide, room.width())
        self.setGeometry(QRect(room.right() + 1 - wide, 0, wide, room.height()))

    def _close(self) -> None:
        self.hide()
        self._fit(shown=False)

    @Slot(QWidget, QWidget)
    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Over a screen it never hides what has the keyboard."""
        away = new is not None and new is not self and not self.isAncestorOf(new)
        if self.isVisible() and not self._beside and away:
            self._before = None
            self._close()

    @Slot()
    def _retheme(self) -> None:
        """Its width is set with its place."""
