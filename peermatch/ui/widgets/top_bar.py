"""The bar above each screen: title, chips, a note, the way to the palette, and the one main action."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Panel, Row
from peermatch.ui.widgets.buttons import Button, Pressable
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.text import SMALL, TITLE, Text
from peermatch.words import tr

HEIGHT = 56
SEARCH_WIDTH = 320
SEARCH_HEIGHT = 37
LONG = tr("Search people, enquiries, topics")
SHORT = tr("Search")


class SearchButton(Pressable):
    """Looks like a search field and opens the palette; where there is no room it says only "Search".

    Where even that is too wide it shows no keys: they are told with it.
    """

    def __init__(self, theme: Theme, *, keys: str = "Ctrl K", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._keys = keys
        self._short = self._bare = False
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(LONG)
        self.setAccessibleDescription(tr("Opens with {keys}").format(keys=keys))
        self.setToolTip(f"{LONG} ({keys})")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._retheme)

    def set_short(self, short: bool, *, bare: bool = False) -> None:
        """Say less, for narrow windows; ``bare`` without the keys."""
        self._short, self._bare = short, short and bare
        self._retheme()

    def sizeHint(self) -> QSize:
        """Wide and inviting, or as narrow as "Search" and the keys."""
        return QSize(self.width_when(short=self._short, bare=self._bare), self._theme.px(SEARCH_HEIGHT))

    def width_when(self, *, short: bool, bare: bool = False) -> int:
        """How wide it is in one form or another."""
        words = QFontMetrics(self._theme.font(14)).horizontalAdvance(SHORT if short else LONG)
        if bare:
            return words + self._theme.px(28)
        keys = QFontMetrics(self._theme.font(11)).horizontalAdvance(self._keys)
        needed = words + keys + self._theme.px(60)
        return needed if short else max(needed, self._theme.px(SEARCH_WIDTH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame, grey words, and the keys on a small key cap."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        painter.setPen(QPen(theme.colour("ink_3" if self.underMouse() else "line_strong"), 1))
        painter.setBrush(theme.colour("surface"))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, theme.px(8), theme.px(8))
        room = self.rect().adjusted(theme.px(12), 0, -theme.px(12), 0)
        painter.setPen(theme.colour("ink_3"))
        painter.setFont(theme.font(14))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | middle, SHORT if self._short else LONG)
        if not self._bare:
            self._paint_keys(painter, QRectF(room))

    def _paint_keys(self, painter: QPainter, room: QRectF) -> None:
        theme = self._theme
        painter.setFont(theme.font(11))
        width = painter.fontMetrics().horizontalAdvance(self._keys) + theme.px(12)
        height = theme.px(20)
        cap = QRectF(room.right() - width + 0.5, (self.height() - height) / 2 + 0.5, width, height)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(theme.colour("raised"))
        painter.drawRoundedRect(cap, theme.px(4), theme.px(4))
        painter.setPen(theme.colour("ink_3"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._keys)

    @Slot()
    def _retheme(self) -> None:
        self.updateGeometry()
        self.update()


class TopBar(Panel):
    """``TopBar(theme, "Enquiries", action="New enquiry")``, with the signals ``searched`` and ``acted``."""

    searched = Signal()
    acted = Signal()

    def __init__(
        self, theme: Theme, title: str, *, action: str = "", shortcut: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "surface", edge="bottom", parent=parent)
        self._column = Column(theme, self, spacing=6, margins=(20, 8, 20, 9))
        self._first, self._second = Row(theme, spacing=12), Row(theme, spacing=12)
        self._title = Text(theme, title, TITLE, wrap=False)
        self._chips = Flow(theme, gap=6)
        self._note = Text(theme, "", SMALL)
        self._search = SearchButton(theme)
        self._action = Button(theme, action, shortcut=shortcut)
        self._aside: QWidget | None = None
        self._yielding: QWidget | None = None
        self._column.addLayout(self._first)
        self._column.addLayout(self._second)
        self._first.addWidget(self._title)
        self._first.addStretch(0)
        self._first.addWidget(self._search)
        self._first.addWidget(self._action)
        self._action.setVisible(bool(action))
        self._chips.hide()
        self._search.clicked.connect(self.searched)
        self._action.clicked.connect(self.acted)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._stacked: bool | None = None
        self._retheme()

    @property
    def action(self) -> Button:
        """The main action, to enable, rename or make primary."""
        return self._action

    def add_aside(self, part: QWidget, before: QWidget) -> None:
        """One small thing at the very end, on every screen; what stands before it goes below where room is scarce."""
        self._aside, self._yielding = part, before
        self._first.addWidget(before)
        self._first.addWidget(part)
        self._stacked = None
        self._fit()

    def set_title(self, title: str) -> None:
        """Which screen this is."""
        self._title.set_text(title)

    def set_chips(self, chips: Sequence[QWidget]) -> None:
        """What is open right now: a reference, a state."""
        self._chips.set_widgets(chips)
        self._chips.setVisible(bool(chips))
        self._fit()

    def set_note(self, note: str) -> None:
        """One quiet sentence after the chips."""
        self._note.set_text(note)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the search before any word has to wrap."""
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _retheme(self) -> None:
        super()._retheme()
        self.setMinimumHeight(self._theme.px(HEIGHT))
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Title, the shortest search and action; the rest can go below."""
        size = super().minimumSizeHint()
        search = self._search.width_when(short=True, bare=True)
        parts = [self._title.sizeHint().width(), search, self._action_width()]
        return QSize(sum(parts) + self._theme.px(20 * 2 + 12 * 3), size.height())

    def _fit(self) -> None:
        """Shorten the search first; if that is not enough, chips and note go below the title."""
        around = self._theme.px(20 * 2 + 12 * 5)
        fixed = self._title.sizeHint().width() + self._action_width() + around
        words = QFontMetrics(self._theme.font(SMALL.size)).horizontalAdvance(self._note.words())
        chips = self._chips.sizeHint().width() if not self._chips.isHidden() else 0
        long, short = self._search.width_when(short=False), self._search.width_when(short=True)
        yielding = self._yielding_width()
        self._stack(fixed + yielding + words + chips + short > self.width())
        beside = 0 if self._stacked else words + chips + yielding
        self._search.set_short(
            fixed + beside + long > self.width(), bare=fixed + beside + short > self.width()
        )

    def _stack(self, stacked: bool) -> None:
        if stacked == self._stacked:
            return
        self._stacked = stacked
        for part in filter(None, (self._chips, self._note, self._yielding)):
            self._first.removeWidget(part)
            self._second.removeWidget(part)
        if stacked:
            self._second.addWidget(self._chips)
            self._second.addWidget(self._note, 1)
            if self._yielding is not None:
                self._second.addWidget(self._yielding)
        else:
            self._first.insertWidget(1, self._chips, 0, Qt.AlignmentFlag.AlignVCenter)
            self._first.insertWidget(2, self._note, 1)
            if self._yielding is not None and self._aside is not None:
                self._first.insertWidget(self._first.indexOf(self._aside), self._yielding)

    def _yielding_width(self) -> int:
        part = self._yielding
        return 0 if part is None or part.isHidden() else part.sizeHint().width() + self._theme.px(12)

    def _action_width(self) -> int:
        action = 0 if self._action.isHidden() else self._action.sizeHint().width()
        aside = 0 if self._aside is None else self._aside.sizeHint().width() + self._theme.px(12)
        return action + aside
