"""The button that puts a field into a letter: a menu below it, searched by typing, walked with the arrows."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from peermatch.model.letter_kinds import FIELD
from peermatch.ui.screens.finding import Option, find
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.fields import LineField
from peermatch.ui.widgets.queue_list import QueueRow, QueueView
from peermatch.ui.widgets.text import TINY, Text
from peermatch.words import tr

INSERT = tr("Insert a field")
SEARCH = tr("Search the fields of this letter")
NOTHING = tr("No field of this letter is called that.")
WIDTH, HIGHEST = 340, 320
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class FieldMenu(Card):
    """``picked`` brings the field; ``left`` comes from Esc. It lies over what stands below its ``button``."""

    picked = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, over: QWidget) -> None:
        super().__init__(theme, margins=(10, 10, 10, 10), spacing=6, parent=over)
        self._over = over
        self._ids: tuple[str, ...] = ()
        self.button = Button(theme, INSERT, small=True, icon="plus", note="Ctrl+I")
        self.line = LineField(theme, name=SEARCH, placeholder=SEARCH)
        self.view = QueueView(theme, name=tr("Fields of this letter"))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._nothing = Text(theme, NOTHING, TINY)
        for part in (self.line, self.view, self._nothing):
            self.body.addWidget(part)
        self.setAccessibleName(INSERT)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._search)
        self.line.returnPressed.connect(self._take_current)
        self.view.clicked.connect(self._take_current)
        self.button.clicked.connect(self.open)
        self.hide()

    def set_fields(self, ids: Iterable[str]) -> None:
        """The fields that this letter has."""
        self._ids = tuple(ids)
        self.button.setVisible(bool(self._ids))
        self.hide()

    @property
    def offered(self) -> tuple[str, ...]:
        """The fields that are shown."""
        return tuple(row.key for row in self.view.rows())

    @Slot()
    def open(self) -> None:
        """All of them, below the button; typing narrows them."""
        if self.isVisible():
            self.left.emit()
            return
        self.line.set_value("")
        self._search()
        self.show()
        self._place()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot()
    def _search(self) -> None:
        typed = self.line.text().strip()
        every = [Option(id, FIELD[id].label, (FIELD[id].note,)) for id in self._ids]
        found = [each.key for each in find(every, typed, len(every))] if typed else list(self._ids)
        self.view.set_rows([QueueRow(id, FIELD[id].label, FIELD[id].note) for id in found])
        self._nothing.setVisible(not found)
        self.view.setVisible(bool(found))
        if found:
            self.view.set_current(found[0])
        self._place()

    def _place(self) -> None:
        """As high as its lines need, below the button and within what it lies over."""
        px = self._theme.px
        width = min(px(WIDTH), self._over.width())
        lines = sum(self.view.sizeHintForRow(row) for row in range(len(self.view.rows())))
        self.view.setFixedHeight(min(lines + px(4), px(HIGHEST)))
        below = self.button.mapTo(self._over, QPoint(0, self.button.height() + px(4)))
        left = max(0, min(below.x(), self._over.width() - width))
        self.setGeometry(left, below.y(), width, self.body.totalSizeHint().height())

    def _walk(self, step: int) -> None:
        keys = self.offered
        if keys:
            now = keys.index(self.view.current()) if self.view.current() in keys else 0
            self.view.set_current(keys[max(0, min(len(keys) - 1, now + step))])
            self.view.scrollTo(self.view.currentIndex())
            announce(self.line, str(self.view.currentIndex().data()))

    @Slot()
    def _take_current(self) -> None:
        if self.view.current() in self._ids:
            self.picked.emit(
                self.view.current()
            )  # who takes it takes the keyboard too, wherever it was before
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows walk through the list while the line keeps the keyboard; whoever goes elsewhere has finished."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()), 0)
            if step:
                self._walk(step)
                return True
        if watched is self.line and event.type() == QEvent.Type.FocusOut:
            self.hide()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the words."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            self.hide()
        else:
            super().keyPressEvent(event)
