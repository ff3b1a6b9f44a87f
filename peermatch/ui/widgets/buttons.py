"""Buttons that Space and Enter press: plain, primary, quiet and dangerous ones, and the two-line offer."""

from typing import Literal

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.tokens import Token
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.focus import RING_RADIUS
from peermatch.ui.widgets.marks import mark
from peermatch.ui.widgets.text import SMALL, STRONG, Text
from peermatch.ui.widgets.told_once import NOTHING_NEW, besides
from peermatch.words import tr

ButtonKind = Literal["plain", "primary", "quiet", "link", "danger"]
ICON_TOKEN: dict[str, Token] = {
    "plain": "ink_2",
    "primary": "on_brand",
    "quiet": "brand",
    "link": "brand",
    "danger": "risk",
}


SHOWN_NOW = tr("shown now")


class Pressable(QPushButton):
    """A push button that Enter presses too, not only Space; the ground of every button here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Return press it outside dialogs as well, where Qt does not."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


class Button(Pressable):
    """A button in the words of what it does: ``Button(theme, "Ask Amina", kind="primary", small=True)``.

    ``shortcut`` is bound and told in the tooltip; ``note`` is the tooltip and what a screen reader adds.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        kind: ButtonKind = "plain",
        small: bool = False,
        wide: bool = False,
        icon: str = "",
        shortcut: str = "",
        note: str = "",
    ) -> None:
        super().__init__(text.replace("&", "&&"))
        self._theme = theme
        self._kind: ButtonKind = kind
        self._icon_name = icon
        self.setProperty("kind", kind)
        self.setProperty("small", small)
        self.setProperty("wide", wide)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(
            QSizePolicy.Policy.Preferred if wide else QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed
        )
        self.setAccessibleName(text)
        self._explain(note, shortcut)
        theme.changed.connect(self._retheme)
        self._retheme()

    def set_text(self, text: str) -> None:
        """Other words, for the eye and for the ear."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)

    def set_kind(self, kind: ButtonKind) -> None:
        """Make it the primary action, or no longer."""
        self._kind = kind
        mark(self, "kind", kind)
        self._retheme()

    def set_shown(self, *, shown: bool) -> None:
        """Of buttons that each open something below them: whether what it opens is what stands there now."""
        if shown is not bool(self.property("shown")):
            mark(self, "shown", shown)
            self._tell(SHOWN_NOW if shown else self._note)

    def bar(self, reason: str) -> None:
        """It cannot be pressed, and says why; without a reason it can be pressed again."""
        self.setEnabled(not reason)
        self._tell(reason or self._note)

    def _explain(self, note: str, shortcut: str) -> None:
        if shortcut:
            self.setShortcut(shortcut)
        self._note = f"{note} ({shortcut})" if note and shortcut else note or shortcut
        self._tell(self._note)

    def _tell(self, words: str) -> None:
        self.setAccessibleDescription(besides(self.accessibleName(), words) if words else "")
        self.setToolTip(words)  # last: whoever bars the whole network hears of this

    @Slot()
    def _retheme(self) -> None:
        if self._icon_name:
            picture = self._theme.pixmap(self._icon_name, ICON_TOKEN[self._kind], 16, self.devicePixelRatio())
            gap = self._theme.px(4)
            self.setIcon(QIcon(_with_air(picture, gap)))
            self.setIconSize(QSize(self._theme.px(16) + gap, self._theme.px(16)))


def _with_air(picture: QPixmap, gap: int) -> QPixmap:
    """The picture with room at its end; Qt leaves too little between icon and words."""
    ratio = picture.devicePixelRatio()
    wider = QPixmap(picture.width() + round(gap * ratio), picture.height())
    wider.setDevicePixelRatio(ratio)
    wider.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wider)
    painter.drawPixmap(0, 0, picture)
    painter.end()
    return wider


class IconButton(Pressable):
    """A picture that can be pressed; ``name`` is its tooltip and what a screen reader says."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        name: str,
        *,
        tone: Token = "ink_2",
        size: float = 16,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = icon
        self._tone: Token = tone
        self._size = size
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)
        self.setAccessibleDescription(NOTHING_NEW)
        self.setToolTip(name)
        theme.changed.connect(self._retheme)
        self._retheme()

    def sizeHint(self) -> QSize:
        """At least 24 pixels each way, whatever the picture."""
        side = max(28, self._size + 12)
        return QSize(self._theme.px(side), self._theme.px(side))

    def minimumSizeHint(self) -> QSize:
        """Never smaller."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, on a soft ground while the mouse is over it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("brand_soft"))
            painter.drawRoundedRect(self.rect(), self._theme.px(8), self._theme.px(8))
        picture = self._theme.pixmap(self._icon_name, self._tone, self._size, self.devicePixelRatio())
        side = self._theme.px(self._size)
        painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, picture)

    def set_tone(self, tone: Token) -> None:
        """Another colour: that of the ground it stands on has changed."""
        self._tone = tone
        self.update()

    @Slot()
    def _retheme(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()


class Offer(Pressable):
    """A wide button with a bold line and a quiet one below: the choices on the welcome page."""

    def __init__(self, theme: Theme, title: str, note: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(title)
        self.setAccessibleDescription(note)
        self.setProperty("kind", "offer")
        self.setProperty(RING_RADIUS, 8)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._lines = Column(theme, self, spacing=0, margins=(15, 11, 15, 11))
        for words in (Text(theme, title, STRONG), Text(theme, note, SMALL)):
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._lines.addWidget(words)

    def sizeHint(self) -> QSize:
        """As large as its two lines need."""
        return self._lines.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """The narrowest form in which no word is cut."""
        return self._lines.minimumSize()

    def hasHeightForWidth(self) -> bool:
        """Its lines wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high the wrapped lines are."""
        return self._lines.totalHeightForWidth(width)
