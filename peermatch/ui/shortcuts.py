"""The keys of the window, as data: bound in one place and shown in one sheet."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Row, Scroll
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.chip import Chip
from peermatch.ui.widgets.text import SMALL, TITLE, SectionLabel, Text
from peermatch.words import tr


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys and what they do."""

    keys: str
    does: str


EVERYWHERE = (
    Keys(tr("Alt+1 … Alt+9, Alt+0"), tr("go to a screen, as they stand on the left")),
    Keys("Ctrl+,", "settings"),
    Keys("Ctrl+K", tr("search, go to or do anything")),
    Keys("Ctrl+N", tr("new enquiry")),
    Keys("Ctrl+Z", tr("undo the last step")),
    Keys("Ctrl+Shift+Z", tr("do again what was undone")),
    Keys("F8", tr("cover names, or show them again")),
    Keys("Ctrl+L", tr("lock the network")),
    Keys("F1", tr("help for this screen, or put it away")),
    Keys(tr("Alt+←"), tr("in the help: the page before")),
    Keys("?", tr("this sheet")),
    Keys(tr("Esc"), tr("step back")),
    Keys(tr("Tab"), tr("to the next control")),
)
IN_LISTS = (
    Keys(tr("↑ ↓ or J K"), tr("walk through the list")),
    Keys(tr("Enter"), tr("open what is chosen")),
    Keys("Ctrl+F", tr("search in the list")),
    Keys(tr("Delete"), tr("take a chip away")),
)
IN_THE_PLAN = (
    Keys("P", tr("pin a pair, or let it go")),
    Keys(tr("Delete"), tr("rule a pair out")),
)
WITH_LETTERS = (
    Keys(tr("Drop a file"), tr("anywhere on the window: a new enquiry")),
    Keys("Ctrl+V", tr("paste a letter, on the Enquiries screen")),
)
SHEET = (
    (tr("Everywhere"), EVERYWHERE),
    (tr("In lists"), IN_LISTS),
    (tr("In the plan"), IN_THE_PLAN),
    (tr("With letters"), WITH_LETTERS),
)


class ShortcutSheet(QWidget):
    """All keys at a glance; Esc or the button leads back."""

    closed = Signal()

    def __init__(self, theme: Theme, sections: Sequence[tuple[str, Sequence[Keys]]] = SHEET) -> None:
        super().__init__()
        self._close = Button(theme, tr("Back"), shortcut="", note=tr("Esc"))
        page = QWidget()
        outer = Row(theme, page, margins=(24, 24, 24, 24))
        card = Card(theme, margins=(28, 24, 28, 24), spacing=10)
        card.setMaximumWidth(theme.px(640))
        head = Row(theme)
        head.addWidget(Text(theme, tr("Keys"), TITLE), 1)
        head.addWidget(self._close)
        card.body.addLayout(head)
        for title, keys in sections:
            card.body.addSpacing(theme.px(6))
            card.body.addWidget(SectionLabel(theme, title))
            for each in keys:
                card.body.addLayout(_line(theme, each))
        outer.addWidget(card, 100, Qt.AlignmentFlag.AlignTop)
        outer.addStretch(1)
        Column(theme, self).addWidget(Scroll(page, name=tr("Keys")))
        self._close.clicked.connect(self._leave)

    def take_focus(self) -> None:
        """Begin with the way back."""
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _leave(self) -> None:
        self.closed.emit()


def _line(theme: Theme, keys: Keys) -> Row:
    line = Row(theme, spacing=12)
    chip = Chip(theme, keys.keys)
    chip.setMinimumWidth(theme.px(150))
    line.addWidget(chip)
    line.addWidget(Text(theme, keys.does, SMALL), 1)
    return line
