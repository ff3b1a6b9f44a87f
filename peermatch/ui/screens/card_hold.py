"""The calm ten seconds before a card leaves: nothing is recorded and nothing is out until they are over."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.boxes import Column, Row
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.icon import Icon
from peermatch.ui.widgets.states import Meter
from peermatch.ui.widgets.text import SMALL, STRONG, Text
from peermatch.words import tr

HOLD_MS = 10_000
TICK_MS = 250
NOTHING_YET = tr("Nothing has left yet, and nothing is recorded. Esc takes it back.")
TAKEN_BACK = tr("Taken back: nothing left, and nothing is recorded.")
SECOND, SECONDS = tr("{what} in 1 second."), tr("{what} in {n} seconds.")


class HoldStrip(Card):
    """``taken_back``: nothing happens. When the time is over, or somebody does not want to wait, it is done."""

    taken_back = Signal()

    def __init__(self, theme: Theme, hold_ms: int = HOLD_MS, parent: QWidget | None = None) -> None:
        super().__init__(theme, ground="raised", margins=(14, 10, 14, 10), spacing=8, parent=parent)
        self._hold_ms = hold_ms
        self._what = ""
        self._go: Callable[[], None] | None = None
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._left = Text(theme, "", STRONG)
        self._meter = Meter(theme, height=4)
        self.undo = Button(theme, tr("Undo"), kind="primary", icon="undo-2", note=tr("Nothing leaves (Esc)"))
        self.now = Button(theme, "", note=tr("Do not wait any longer"))
        words = Column(theme, spacing=2)
        words.addWidget(self._left)
        words.addWidget(Text(theme, NOTHING_YET, SMALL))
        row = Row(theme, spacing=10)
        row.addWidget(Icon(theme, "clock", "wait", 18), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        for button in (self.undo, self.now):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)
        self.body.addWidget(self._meter)
        self.undo.clicked.connect(self.take_back)
        self.now.clicked.connect(self._over)
        self.hide()

    @property
    def waiting(self) -> bool:
        """Whether something is held."""
        return self._go is not None

    def words(self) -> str:
        """What it says."""
        return self._left.words()

    def hold(self, what: str, now: str, go: Callable[[], None]) -> None:
        """Do it when the time is over: ``what`` begins the sentence, ``now`` is what does it at once."""
        self._what, self._go = what, go
        self.now.set_text(now)
        self._since.start()
        if self._hold_ms <= 0:
            self._over()
            return
        self._show_left()
        self.show()
        self._timer.start()
        self.undo.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, f"{self.words()} {NOTHING_YET}")

    @Slot()
    def take_back(self) -> None:
        """Nothing happens."""
        if self.waiting:
            self._end()
            announce(self, TAKEN_BACK)
            self.taken_back.emit()

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z means this, as long as one looks at it, and not the step before."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _undoes(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and Ctrl+Z take it back."""
        if self.waiting and (event.key() == Qt.Key.Key_Escape or _undoes(event)):
            self.take_back()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _tick(self) -> None:
        if self._since.elapsed() >= self._hold_ms:
            self._over()
        else:
            self._show_left()

    def _show_left(self) -> None:
        gone = self._since.elapsed()
        left = max(1, -(-(self._hold_ms - gone) // 1000))
        words = SECOND if left == 1 else SECONDS
        self._left.set_text(words.format(what=self._what, n=left))
        self._meter.set_share(min(1.0, gone / max(self._hold_ms, 1)))

    @Slot()
    def _over(self) -> None:
        go = self._go
        self._end()
        if go is not None:
            go()

    def _end(self) -> None:
        self._timer.stop()
        self._go = None
        self.hide()


def _undoes(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Undo)
