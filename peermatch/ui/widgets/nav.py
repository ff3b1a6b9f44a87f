"""The navigation on the left: screens with their counters, the network's name and its state below."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.tokens import Token
from peermatch.ui.widgets.boxes import Column, Panel, Row, Rule
from peermatch.ui.widgets.buttons import IconButton, Pressable
from peermatch.ui.widgets.text import Look, Phrase, Run, Text
from peermatch.ui.widgets.told_once import NOTHING_NEW
from peermatch.words import tr

WIDTH = 208
NARROW = 64
NARROW_BELOW = 1180
HEIGHT = 36


@dataclass(frozen=True, slots=True)
class Place:
    """One entry: a key for the program, a title for the person, an icon for the narrow form."""

    key: str
    title: str
    icon: str


_AFTER_NINE = {10: "Alt+0", 11: "Ctrl+,"}
"""Ctrl+comma is where other programs keep their settings."""


def keys_to(number: int) -> str:
    """The keys that go to the screen with this number, counted from one; empty if there are none."""
    return f"Alt+{number}" if number <= 9 else _AFTER_NINE.get(number, "")


class NavItem(Pressable):
    """One entry as it is drawn; the current one stands on a soft ground."""

    def __init__(self, theme: Theme, place: Place, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._place = place
        self._number = number
        self._counter = ""
        self._narrow = False
        self._current = False
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._name()

    @property
    def place(self) -> Place:
        """Where it leads."""
        return self._place

    @property
    def current(self) -> bool:
        """Whether it is the screen that is shown."""
        return self._current

    def set_current(self, current: bool) -> None:
        """Show it as the current one: a way to go, not a tick to set, so it is told in words."""
        self._current = current
        self._name()
        self.update()

    def set_counter(self, counter: str) -> None:
        """What waits there: "5", "6 due"."""
        self._counter = f"{int(counter):,}" if counter.isdigit() else counter
        self._name()
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Only the icon, with the words as tooltip."""
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys belong to the list."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """One line high; wide enough for words and counter."""
        if self._narrow:
            return QSize(self._theme.px(40), self._theme.px(HEIGHT))
        words = QFontMetrics(self._theme.font(14, 500)).horizontalAdvance(self._place.title)
        counter = QFontMetrics(self._theme.font(12, 600)).horizontalAdvance(self._counter)
        return QSize(words + counter + self._theme.px(32), self._theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, words or icon, counter."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._current or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("brand_soft" if self._current else "raised"))
            painter.drawRoundedRect(QRectF(self.rect()), self._theme.px(8), self._theme.px(8))
        if self._narrow:
            self._paint_icon(painter)
        else:
            self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        room = self.rect().adjusted(self._theme.px(10), 0, -self._theme.px(10), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        on = self._current
        painter.setPen(self._theme.colour("brand" if on else "ink_2"))
        painter.setFont(self._theme.font(14, 500))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | middle, self._place.title)
        painter.setPen(self._theme.colour("brand" if on else "ink_3"))
        painter.setFont(self._theme.font(12, 600))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | middle, self._counter)

    def _paint_icon(self, painter: QPainter) -> None:
        tone: Token = "brand" if self._current else "ink_2"
        picture = self._theme.pixmap(self._place.icon, tone, 18, self.devicePixelRatio())
        side = self._theme.px(18)
        painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, picture)
        if self._counter:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("brand"))
            dot = self._theme.px(7)
            # With large letters in a small window an entry is hardly higher than its icon: never cut the dot.
            top = max(0, (self.height() - side) // 2 - dot // 2)
            painter.drawEllipse((self.width() + side) // 2, top, dot, dot)

    def _name(self) -> None:
        told = f"{self._place.title}, {self._counter}" if self._counter else self._place.title
        self.setAccessibleName(told)
        keys = keys_to(self._number)
        self.setAccessibleDescription(tr("current screen") if self._current else keys or NOTHING_NEW)
        self.setToolTip(f"{told} ({keys})" if keys else told)


class BrandMark(QWidget):
    """The rounded square beside the program's name."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        theme.changed.connect(self._retheme)
        self._retheme()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Two rings that touch: two people who found each other."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("brand"))
        painter.drawRoundedRect(QRectF(self.rect()), self._theme.px(6), self._theme.px(6))
        unit = self.width() / 20
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.colour("on_brand"), 1.6 * unit))
        for left in (4.2, 8.6):
            painter.drawEllipse(QRectF(left * unit, 6.4 * unit, 7.2 * unit, 7.2 * unit))

    @Slot()
    def _retheme(self) -> None:
        self.setFixedSize(self._theme.px(20), self._theme.px(20))
        self.update()


class NavList(Panel):
    """All screens. Alt and a figure go to them, arrow keys walk through them, Enter opens; ``chosen`` brings the key.

    ``set_narrow(True)`` shows only icons, for small windows with large text. ``worried``: somebody wants to see to what
    its foot warns of.
    """

    chosen = Signal(str)
    worried = Signal()

    def __init__(self, theme: Theme, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(theme, "surface", edge="right", width=WIDTH, parent=parent)
        self._narrow = False
        self.setAccessibleName(tr("Screens"))
        column = Column(theme, self, spacing=2, margins=(10, 16, 11, 16))
        self._head = QWidget()
        head = Row(theme, self._head, spacing=8, margins=(10, 2, 10, 14))
        head.addWidget(BrandMark(theme))
        self._title = Text(theme, tr("PeerMatch"), Look(15, 700, "ink"), wrap=False)
        head.addWidget(self._title, 1)
        column.addWidget(self._head)
        self._items: list[NavItem] = []
        for number, place in enumerate(places, start=1):
            self._add(theme, place, number, column)
        column.addStretch(1)
        self._foot = QWidget()
        foot = Column(theme, self._foot, spacing=10, margins=(0, 0, 0, 0))
        foot.addWidget(Rule())
        self._foot_text = Phrase(theme, [])
        words = Row(theme, margins=(10, 0, 0, 0))
        words.addWidget(self._foot_text)
        foot.addLayout(words)
        column.addWidget(self._foot)
        self._foot.hide()
        self._worry = IconButton(theme, "triangle-alert", "", tone="wait")
        self._worry.clicked.connect(self.worried)
        self._worry.hide()
        column.addWidget(self._worry, 0, Qt.AlignmentFlag.AlignHCenter)
        self._worries = ""
        self._below: list[QWidget] = []
        """What stands below the quiet lines and needs its room as well."""
        theme.changed.connect(self._follow)
        self._items[0].set_current(True)

    def current(self) -> str:
        """The key of the screen that is shown."""
        return next(item.place.key for item in self._items if item.current)

    def set_current(self, key: str) -> None:
        """Show that screen as the current one; nobody is told."""
        for item in self._items:
            item.set_current(item.place.key == key)

    def set_counter(self, key: str, counter: str) -> None:
        """What waits on that screen; an empty text shows nothing."""
        for item in self._items:
            if item.place.key == key:
                item.set_counter(counter)

    def set_foot(self, runs: Sequence[Run]) -> None:
        """The quiet lines at the bottom: whose network, when it locks, whether it is backed up."""
        self._foot_text.set_runs(runs)
        self._worries = "".join(words for words, look in runs if look.tone == "wait").strip()
        self._worry.setAccessibleName(self._worries)
        self._worry.setAccessibleDescription(NOTHING_NEW)
        self._worry.setToolTip(self._worries)
        self._show_foot()

    def fit_to(self, window: int) -> None:
        """Become narrow in a window of that width (in pixels) if its screen would lack the room."""
        narrow = window < self._theme.px(NARROW_BELOW)
        if narrow != self._narrow:
            self.set_narrow(narrow)

    def set_narrow(self, narrow: bool) -> None:
        """Icons only, or words again."""
        self._narrow = narrow
        self._design_width = NARROW if narrow else WIDTH
        self._title.setVisible(not narrow)
        self._show_foot()
        for item in self._items:
            item.set_narrow(narrow)
        self._retheme()

    @Slot()
    def _follow(self) -> None:
        """Larger text may leave room for the icons alone."""
        window = self.parentWidget()
        if window is not None and window.isVisible():
            self.fit_to(window.width())
        self._show_foot()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where large text needs all the height for the screens, the quiet lines go."""
        super().resizeEvent(event)
        self._show_foot()

    def _show_foot(self) -> None:
        """Where the lines have no room, a sign stands for what one should know: that there is no backup."""
        fits = not self._narrow and bool(self._foot_text.words()) and self._foot_fits()
        self._foot.setVisible(fits)
        self._worry.setVisible(not fits and bool(self._worries))

    def _foot_fits(self) -> bool:
        """Whether the height is enough for everything that stands here and for these lines."""
        parts = [self._head, *self._items, *self._below]
        wanted = [part.sizeHint().height() for part in parts if not part.isHidden()]
        gaps = self._theme.px(2) * len(parts) + 2 * self._theme.px(16)
        foot = self._foot.layout()
        lines = foot.heightForWidth(self.width() - self._theme.px(21)) if foot is not None else 0
        return self.height() >= sum(wanted) + gaps + lines

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys, Home and End move the focus between the entries."""
        focused = [index for index, item in enumerate(self._items) if item.hasFocus()]
        at = focused[0] if focused else 0
        steps = {
            Qt.Key.Key_Up: at - 1,
            Qt.Key.Key_Down: at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._items) - 1,
        }
        target = steps.get(Qt.Key(event.key()))
        if target is None:
            super().keyPressEvent(event)
        else:
            chosen = max(0, min(len(self._items) - 1, target))
            self._items[chosen].setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _pressed(self) -> None:
        sender = self.sender()
        if isinstance(sender, NavItem):
            self._go(sender.place.key)

    @Slot()
    def _shortcut(self) -> None:
        self._go(str(self.sender().property("place")))

    def _go(self, key: str) -> None:
        self.set_current(key)
        self.chosen.emit(key)

    def _add(self, theme: Theme, place: Place, number: int, column: Column) -> None:
        item = NavItem(theme, place, number, self)
        item.clicked.connect(self._pressed)
        column.addWidget(item)
        self._items.append(item)
        if keys := keys_to(number):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setProperty("place", place.key)
            shortcut.activated.connect(self._shortcut)
