"""Several enquiries at once: tick them in the queue, then put them on hold or close them in one step."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from peermatch.model.changes import Done
from peermatch.services.enquiries import Aside
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.queue_list import QueueView
from peermatch.ui.widgets.text import SMALL_STRONG, Text
from peermatch.words import tr

HOW = tr("Tick them with a click or the space bar.")


class SeveralBar(QWidget):
    """``wanted`` brings the references and how they are to be put away; Esc or Cancel ends it with nothing done.

    ``turned`` says whether rows are being chosen; ``start`` stands where the queue wants it.
    """

    wanted = Signal(object, object)
    turned = Signal(bool)

    def __init__(self, theme: Theme, view: QueueView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.start = Button(theme, tr("Choose several"), kind="quiet", small=True)
        self.chosen = Text(theme, "", SMALL_STRONG)
        self.hold = Button(theme, tr("Put on hold"), small=True)
        self.beyond = Button(
            theme, tr("Out of scope"), small=True, note=tr("Close them: they are not for peer support")
        )
        self.spam = Button(theme, tr("Spam"), small=True, note=tr("Close them as spam"))
        self.cancel = Button(theme, tr("Cancel"), kind="quiet", small=True)
        theme.read_only.bar(self.start, self.hold, self.beyond, self.spam)
        column = Column(theme, self, spacing=6)
        column.addWidget(self.chosen)
        column.addWidget(Flow(theme, (self.hold, self.beyond, self.spam, self.cancel), gap=6))
        self.start.clicked.connect(self._begin)
        self.cancel.clicked.connect(self._cancel)
        for button, how in (
            (self.hold, Aside.HOLD),
            (self.beyond, Aside.OUT_OF_SCOPE),
            (self.spam, Aside.SPAM),
        ):
            button.setProperty("how", how.value)
            button.clicked.connect(self._act)
        view.picked.connect(self.count)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), view)
        self._escape.setContext(Qt.ShortcutContext.WidgetShortcut)
        self._escape.setEnabled(False)
        self._escape.activated.connect(self._cancel)
        self._on = False
        self.hide()

    @property
    def on(self) -> bool:
        """Whether rows are being chosen."""
        return self._on

    def end(self) -> None:
        """No more choosing: it was done, or nobody wants to."""
        if self.on:
            self._turn(on=False)

    def done(self, done: Done) -> None:
        """Something was done: where it was done to all that are ticked, the choosing is over."""
        ticked = frozenset(self._view.picks())
        if ticked and ticked <= done.touched.enquiries:
            self.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends it."""
        if event.key() == Qt.Key.Key_Escape and self.on:
            self._cancel()
        else:
            super().keyPressEvent(event)

    @Slot()
    def count(self) -> None:
        """How many are ticked now; what is gone from the queue counts no more."""
        if self.on:
            number = len(self._view.picks())
            self.chosen.set_text(tr("{number} chosen").format(number=number) if number else HOW)
            for button in (self.hold, self.beyond, self.spam):
                button.setEnabled(bool(number))
            announce(self._view, self.chosen.words())

    def _turn(self, *, on: bool) -> None:
        self._view.set_several(on)
        self._escape.setEnabled(on)
        self._on = on
        self.setVisible(on)
        self.start.setVisible(not on)
        self.turned.emit(on)

    @Slot()
    def _begin(self) -> None:
        self._turn(on=True)
        self.count()
        self._view.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _cancel(self) -> None:
        self.end()
        self.start.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _act(self) -> None:
        self.wanted.emit(self._view.picks(), Aside(str(self.sender().property("how"))))
