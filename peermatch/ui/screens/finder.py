"""A search line that offers what it finds as chips below it, and a text that is edited where it stands."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from peermatch.ui.cover import DOTS
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
HOW = tr("Enter takes the first that is found, Down goes to all that are found, Esc closes.")


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
        self.line.setAccessibleDescription(HOW)
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
    """Words that wrap, with a way to change them in place: ``committed`` brings what was written.

    Whoever keeps it gives each keeping a number: until that one is answered, the words are remembered here.
    ``private`` words are dots while names are covered (F8), also while they are being written.
    """

    committed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        *,
        name: str,
        nothing: str,
        private: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._nothing, self._theme, self._private = nothing, theme, private
        column = Column(theme, self, spacing=4)
        self._shown = QWidget()
        line = Row(theme, self._shown, spacing=6)
        self._words = Text(theme, nothing, SMALL)
        self.change = Button(theme, tr("Change"), kind="quiet", small=True)
        self.change.setAccessibleName(tr("Change: {name}").format(name=name))
        theme.read_only.bar(self.change)
        line.addWidget(self._words, 1)
        line.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        self.line = LineField(theme, name=name, placeholder=nothing)
        self.line.setAcceptDrops(False)
        self._fault = Text(theme, "", TINY, tone="risk")
        for part in (self._shown, self.line, self._fault):
            column.addWidget(part)
        self.line.hide()
        self._fault.hide()
        self.change.clicked.connect(self._open)
        self.line.committed.connect(self._commit)
        self.line.editingFinished.connect(self._close)
        self._kept = ""
        self._sending: str | None = None
        self._sent: dict[int, str] = {}
        theme.cover.changed.connect(self._recover)
        self._recover()

    def set_value(self, text: str) -> None:
        """What is kept; typing that is under way stays."""
        self._kept = text
        self._recover()
        if self.line.isHidden():
            self.line.set_value(text)

    @Slot()
    def _recover(self) -> None:
        covered = self._private and self._theme.cover.on
        self._words.set_text(DOTS if covered and self._kept else self._kept or self._nothing)
        self.line.setEchoMode(LineField.EchoMode.Password if covered else LineField.EchoMode.Normal)

    def value(self) -> str:
        """What is kept."""
        return self._kept

    def fault(self) -> str:
        """Why the words in the line are not kept; empty where all is well."""
        return self._fault.words()

    def mark(self, number: int) -> None:
        """The keeping that begins now has this number; it is of these words if they were written just now."""
        if self._sending is not None:
            self._sent[number] = self._sending

    def give_back(self, number: int, why: str) -> None:
        """Those words could not be kept: they stand in the line again, with the reason, to be kept when it is possible.

        Where newer ones are on their way, these are not needed any more.
        """
        sent = self._sent.pop(number, None)
        if not sent or self._sent or sent == self._kept:
            return
        if self.line.isHidden():
            stayed = self.change.hasFocus()  # whoever went on keeps the keyboard where they are
            self._show_line(sent)
            if stayed:
                self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._show_line(self.line.text())
        self._tell(why)

    def let_go(self, number: int) -> None:
        """Those words are kept."""
        self._sent.pop(number, None)

    def forget(self) -> None:
        """What was written belongs to what is not shown any more."""
        self._sent.clear()
        self._tell("")

    @Slot(str)
    def _commit(self, text: str) -> None:
        self._tell("")
        self._sending = text
        self.committed.emit(text)
        self._sending = None

    def _tell(self, why: str) -> None:
        self._fault.set_text(why)
        self._fault.setVisible(bool(why))
        self.line.setAccessibleDescription(why)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes without a change."""
        if event.key() == Qt.Key.Key_Escape and self.line.isVisible():
            self.line.set_value(self._kept)
            self._close()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _open(self) -> None:
        """What is on its way to be kept is what is changed, and not what it was before."""
        self._show_line(next(reversed(self._sent.values()), self._kept))
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_line(self, text: str) -> None:
        self.line.set_value(self._kept)
        self.line.setText(text)
        self._shown.hide()
        self.line.show()

    @Slot()
    def _close(self) -> None:
        self._tell("")
        back = self.line.hasFocus()
        self.line.setProperty(LEFT, not back)
        self.line.hide()
        self._shown.show()
        if back:
            self.change.setFocus(Qt.FocusReason.OtherFocusReason)
