"""Banners: what happened and what to do, on the screen that asked; and the bar that offers to undo."""

from typing import Literal

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.tokens import Token
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.boxes import Column, Row
from peermatch.ui.widgets.built_late import BuiltInTime
from peermatch.ui.widgets.buttons import Button, IconButton
from peermatch.ui.widgets.card import paint_card
from peermatch.ui.widgets.icon import Icon
from peermatch.ui.widgets.text import Look, Text
from peermatch.words import tr

BannerKind = Literal["info", "wait", "risk", "error", "success"]

# kind -> ground, words, icon
FACES: dict[str, tuple[Token, Token, str]] = {
    "info": ("brand_soft", "brand", "info"),
    "wait": ("wait_soft", "wait", "clock"),
    "risk": ("risk_soft", "risk", "triangle-alert"),
    "error": ("risk_soft", "risk", "circle-alert"),
    "success": ("good_soft", "good", "circle-check"),
}


class Banner(BuiltInTime, QFrame):
    """One sentence on a coloured ground, perhaps with one action; screen readers hear it when it is shown.

    ``acted`` comes from the action button, ``dismissed`` after the cross (the banner hides itself). Every page has one,
    and few are ever seen.
    """

    acted = Signal()
    dismissed = Signal()

    def __init__(
        self,
        theme: Theme,
        kind: BannerKind,
        what: str,
        hint: str = "",
        *,
        action: str = "",
        dismissible: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kind: BannerKind = kind
        self._words = (what, hint, action)
        self._dismissible = dismissible
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(self.sentence())
        theme.changed.connect(self._retheme)

    def _build(self) -> None:
        theme, (_, tone, icon), (what, hint, action) = self._theme, FACES[self._kind], self._words
        row = Row(theme, self, spacing=10, margins=(14, 8, 8, 8))
        self._icon = Icon(theme, icon, tone, 18)
        self._what = Text(theme, what, Look(14, 600, tone))
        self._hint = Text(theme, hint, Look(13, 400, "ink"))
        self._action = Button(theme, action, small=True)
        self._cross = IconButton(theme, "x", tr("Dismiss"), tone=tone)
        words = Column(theme, spacing=2)
        words.addWidget(self._what)
        words.addWidget(self._hint)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        row.addWidget(self._action, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._cross, 0, Qt.AlignmentFlag.AlignVCenter)
        for part, wanted in ((self._hint, hint), (self._action, action), (self._cross, self._dismissible)):
            if not wanted:
                part.hide()
        self._action.clicked.connect(self.acted)
        self._cross.clicked.connect(self.dismiss)

    @property
    def kind(self) -> BannerKind:
        """What sort of message it is."""
        return self._kind

    def sentence(self) -> str:
        """Everything it says, as a screen reader hears it."""
        what, hint, _ = self._words
        return f"{what} {hint}".strip()

    def show_message(self, kind: BannerKind, what: str, hint: str = "", *, action: str = "") -> None:
        """Say something else and come back if it was dismissed."""
        self._kind, self._words = kind, (what, hint, action)
        self.setAccessibleName(self.sentence())
        if self.standing:
            self._dress()
        self.build()
        if self.isVisible():
            self._say()
        self.show()
        self.update()

    def _dress(self) -> None:
        _, tone, icon = FACES[self._kind]
        what, hint, action = self._words
        self._icon.set_icon(icon, tone)
        self._what.set_text(what)
        self._what.set_tone(tone)
        self._cross.set_tone(tone)
        self._hint.set_text(hint)
        self._hint.setVisible(bool(hint))
        self._action.set_text(action)
        self._action.setVisible(bool(action))

    @Slot()
    def dismiss(self) -> None:
        """Hide it."""
        self.hide()
        self.dismissed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """A screen reader hears it the moment it appears."""
        super().showEvent(event)
        if not event.spontaneous():
            self._say()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The coloured ground; its edge tells it apart in high contrast."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, words, _ = FACES[self._kind]
        edge = self._theme.colour(words)
        edge.setAlpha(90)
        painter.setPen(edge)
        painter.setBrush(self._theme.colour(ground))
        radius = self._theme.px(10)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _say(self) -> None:
        announce(self, self.sentence(), urgent=self._kind in ("risk", "error"))

    @Slot()
    def _retheme(self) -> None:
        self.update()


class UndoBar(QFrame):
    """What was just done, and a way back, or again. It stays until it is dismissed or something newer is offered."""

    undone = Signal()
    redone = Signal()
    dismissed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        row = Row(theme, self, spacing=10, margins=(14, 8, 8, 8))
        self._text = Text(theme, "")
        self._undo = Button(theme, tr("Undo"), small=True, icon="undo-2", note=tr("Undo the last step"))
        self._redo = Button(theme, tr("Do again"), small=True, note=tr("Do again what was undone"))
        self._cross = IconButton(theme, "x", tr("Dismiss"))
        row.addWidget(Icon(theme, "check", "good", 18), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._text, 1)
        row.addWidget(self._undo)
        row.addWidget(self._redo)
        row.addWidget(self._cross)
        self._undo.clicked.connect(self._take_back)
        self._redo.clicked.connect(self._do_again)
        self._cross.clicked.connect(self._dismiss)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        theme.changed.connect(self._retheme)
        self.hide()

    def offer(self, text: str, *, undo: bool = True, redo: bool = False) -> None:
        """Tell what was done; ``undo=False`` when it cannot be taken back, ``redo`` when it can be done again."""
        self._text.set_text(text)
        self._undo.setVisible(undo)
        self._redo.setVisible(redo)
        self.setAccessibleName(text)
        self.show()
        offered = tr("Undo is offered.") if undo else tr("It can be done again.") if redo else ""
        announce(self, f"{text} {offered}".rstrip())

    def text(self) -> str:
        """What it says."""
        return self._text.words()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A card with a strong edge."""
        paint_card(QPainter(self), self._theme, QRectF(self.rect()), "surface", selected=True, radius=10)

    @Slot()
    def _take_back(self) -> None:
        self.hide()
        self.undone.emit()

    @Slot()
    def _do_again(self) -> None:
        self.hide()
        self.redone.emit()

    @Slot()
    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()

    @Slot()
    def _retheme(self) -> None:
        self.update()
