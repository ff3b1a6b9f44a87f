"""A search line that offers what it finds as chips below it, and a text that is edited where it stands."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from peermatch.ui.screens.chip_row import ChipRow, ChipSpec
from peermatch.ui.screens.finding import Folds, Option, find
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Row
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.fields import LineField
from peermatch.ui.widgets.focus_keeper import LEFT
from peermatch.ui.widgets.text import SMALL, TINY, Text
from peermatch.words import tr

FREE = "typed:"


class Finder(QWidget):
    """Type, then Enter takes the first that fits; arrows or Tab reach the others, Esc closes.

    ``picked`` brings the key. With ``free`` words ("the person “{}”") what was typed may be taken as it is: the key
    is then ``typed:`` and the text. ``keys`` tells what stands there already and is not offered again.
    """

    picked = Signal(str)
    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        options: Callable[[], Sequence[Option]],
        *,
        name: str,
        free: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._options, self._free = options, free
        self._folds = Folds()
        column = Column(theme, self, spacing=6)
        self.line = LineField(theme, name=name, placeholder=name)
        self.line.setAcceptDrops(False)
        self._found = ChipRow(theme)
        self._nothing = Text(theme, tr("Nothing is called that. Try other words."), TINY)
        for part in (self.line, self._found, self._nothing):
            column.addWidget(part)
        self._nothing.hide()
        self._found.hide()
        self.line.textEdited.connect(self._search)
        self.line.returnPressed.connect(self._take_first)
        self._found.pressed.connect(self._take)

    def open(self) -> None:
        """Begin with an empty line that has the focus."""
        self.line.set_value("")
        self._search("")
        self.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_away(self) -> str:
        """Close without a word to anybody: what was typed, to go on with it later."""
        typed = "" if self.isHidden() else self.line.text()
        self.hide()
        return typed

    def go_on(self, typed: str) -> None:
        """Open with what was typed before; the keyboard stays where it is."""
        self.line.set_value(typed)
        self._search(typed)
        self.show()

    def offered(self) -> tuple[str, ...]:
        """The keys of what was found."""
        return self._found.keys()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, Down goes to what was found."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        elif event.key() == Qt.Key.Key_Down and self._found.widgets():
            self._found.widgets()[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    @Slot(str)
    def _search(self, typed: str) -> None:
        specs = [
            ChipSpec(o.key, o.shown, "suggested") for o in find(self._options(), typed, folds=self._folds)
        ]
        if self._free and typed.strip():
            specs.append(ChipSpec(FREE + typed.strip(), self._free.format(typed.strip()), "suggested"))
        self._found.set_chips(specs)
        self._found.setVisible(bool(specs))
        self._nothing.setVisible(bool(typed.strip()) and not specs)

    @Slot()
    def _take_first(self) -> None:
        if self.offered():
            self._take(self.offered()[0])

    @Slot(str)
    def _take(self, key: str) -> None:
        self.line.set_value("")
        self._search("")
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.picked.emit(key)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()


class EditableText(QWidget):
    """Words that wrap, with a way to change them in place: ``committed`` brings what was written."""

    committed = Signal(str)

    def __init__(self, theme: Theme, *, name: str, nothing: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nothing = nothing
        column = Column(theme, self, spacing=4)
        self._shown = QWidget()
        line = Row(theme, self._shown, spacing=6)
        self._words = Text(theme, nothing, SMALL)
        self.change = Button(theme, tr("Change"), kind="quiet", small=True, note=name)
        self.change.setAccessibleName(tr("Change: {name}").format(name=name))
        theme.read_only.bar(self.change)
        line.addWidget(self._words, 1)
        line.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        self.line = LineField(theme, name=name, placeholder=nothing)
        self.line.setAcceptDrops(False)
        column.addWidget(self._shown)
        column.addWidget(self.line)
        self.line.hide()
        self.change.clicked.connect(self._open)
        self.line.committed.connect(self._commit)
        self.line.editingFinished.connect(self._close)
        self._kept = self._sent = ""

    def set_value(self, text: str) -> None:
        """What is kept; typing that is under way stays."""
        self._kept = text
        self._words.set_text(text or self._nothing)
        if self.line.isHidden():
            self.line.set_value(text)

    def value(self) -> str:
        """What is shown."""
        return self._kept

    def give_back(self) -> None:
        """What was written last could not be kept: it stands in the line again, to be kept once that is possible."""
        sent, self._sent = self._sent, ""
        if sent and sent != self._kept and self.line.isHidden():
            stayed = self.change.hasFocus()  # whoever went on keeps the keyboard where they are
            self._show_line()
            self.line.setText(sent)
            if stayed:
                self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def let_go(self) -> None:
        """What was written last is kept, or belongs to what is not shown any more."""
        self._sent = ""

    @Slot(str)
    def _commit(self, text: str) -> None:
        self._sent = text
        self.committed.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes without a change."""
        if event.key() == Qt.Key.Key_Escape and self.line.isVisible():
            self.line.set_value(self._kept)
            self._close()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _open(self) -> None:
        self._show_line()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_line(self) -> None:
        self.line.set_value(self._kept)
        self._shown.hide()
        self.line.show()

    @Slot()
    def _close(self) -> None:
        back = self.line.hasFocus()
        self.line.setProperty(LEFT, not back)
        self.line.hide()
        self._shown.show()
        if back:
            self.change.setFocus(Qt.FocusReason.OtherFocusReason)
