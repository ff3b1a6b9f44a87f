"""What became of many letters that came in at once: each one said, what could not be read first."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from peermatch.model.mail import MailState
from peermatch.ui.screens.enquiry_intake import Arrived
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.banner import BannerKind
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.flow import Flow
from peermatch.ui.widgets.queue_list import QueueRow, QueueView
from peermatch.ui.widgets.text import HEADING, SMALL, Text
from peermatch.words import count_of, tr

PLACED_CHIPS: dict[MailState | None, str] = {
    MailState.JOINED: tr("kept with it"),
    MailState.WAITING: tr("to place"),
    MailState.ASIDE: tr("set aside"),
}
UNDO = tr("All new ones came in one step: Undo takes them away together.")


def summary(arrived: Arrived) -> str:
    """All of them in one line."""
    placed = sum(1 for each in arrived.received if each.state is not None)
    known = len(arrived.received) - arrived.new - placed
    parts = [count_of(arrived.new, "new enquiry", "new enquiries")]
    parts += [tr("{placed} kept beside them").format(placed=placed)] if placed else []
    parts += [tr("{known} here already").format(known=known)] if known else []
    parts += (
        [tr("{problems} not taken in").format(problems=len(arrived.problems))] if arrived.problems else []
    )
    return f"{count_of(arrived.count, 'letter', 'letters')}: {', '.join(parts)}."


def told(arrived: Arrived) -> tuple[BannerKind, str, str] | None:
    """What must be said beside the notice: what could not be read, or that nothing was new."""
    if arrived.problems:
        name, error = arrived.problems[0]
        others = len(arrived.problems) - 1
        more = tr(" {others} more could not be read.").format(others=others) if others else ""
        return "error", f"{name}: {error.what}{more}", error.hint
    if arrived.kept and not arrived.new:
        return "info", arrived.done.notice, ""
    if not arrived.done.touched.enquiries:
        return "info", arrived.done.notice, tr("Nothing was added.")
    return None


def rows_of(arrived: Arrived) -> tuple[QueueRow, ...]:
    """A row each: what was not taken in with the reason, what was here, what is new; names of files can be covered."""
    refused = [
        QueueRow(f"{number} ", name, error.what, error.hint, tr("not taken in"), "risk", covered=True)
        for number, (name, error) in enumerate(arrived.problems)
    ]
    known: list[QueueRow] = []
    new: list[QueueRow] = []
    for number, (name, each) in enumerate(zip(arrived.names, arrived.received, strict=True)):
        chip = "new" if each.new else PLACED_CHIPS.get(each.state, tr("here already"))
        row = QueueRow(f"r{number} {each.reference}", name, each.done.notice, chip=chip, covered=True)
        (new if each.new else known).append(row)
    return (*refused, *known, *new)


class ArrivalReport(QWidget):
    """``wanted`` brings the reference of a letter to look at, ``closed`` puts the page away."""

    wanted = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = Column(theme, self, spacing=12, margins=(4, 0, 0, 0))
        self.title = Text(theme, "", HEADING)
        self.note = Text(theme, "", SMALL)
        self.list = QueueView(theme, name=tr("What became of the letters"))
        self.show_it = Button(theme, tr("Show this enquiry"), small=True)
        self.close_it = Button(theme, tr("Done"), kind="primary", small=True)
        column.addWidget(self.title)
        column.addWidget(self.note)
        column.addWidget(self.list, 1)
        column.addWidget(Flow(theme, (self.close_it, self.show_it)))
        self.list.chosen.connect(self._follow)
        self.list.opened.connect(self._open)
        self.show_it.clicked.connect(self._open_current)
        self.close_it.clicked.connect(self.closed)

    def show_report(self, arrived: Arrived) -> None:
        """Each of them, with the first row chosen."""
        rows = rows_of(arrived)
        self.title.set_text(summary(arrived))
        self.note.set_text(UNDO if arrived.new > 1 else "")
        self.note.setVisible(arrived.new > 1)
        self.list.set_rows(rows, current=rows[0].key if rows else "")
        self._follow(self.list.current())
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, summary(arrived))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    @Slot(str)
    def _follow(self, key: str) -> None:
        self.show_it.setEnabled(bool(_reference(key)))

    @Slot(str)
    def _open(self, key: str) -> None:
        if _reference(key):
            self.wanted.emit(_reference(key))

    @Slot()
    def _open_current(self) -> None:
        self._open(self.list.current())


def _reference(key: str) -> str:
    return key.partition(" ")[2]
