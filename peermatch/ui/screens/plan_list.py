"""The enquiries of a plan on the left: whom it gives them, or why nobody."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Panel, Row
from peermatch.ui.widgets.queue_list import QueueRow, QueueView
from peermatch.ui.widgets.text import TINY, SectionLabel, Text
from peermatch.words import tr

HOW = tr("Enter shows the letter first. P pins or unpins a pair, Delete rules it out.")


class PlanView(QueueView):
    """``pinned`` and ``ruled_out`` bring the row on which P or Delete was pressed."""

    pinned = Signal(str)
    ruled_out = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """P pins, Delete rules out; the other keys are those of any list."""
        alone = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.key() == Qt.Key.Key_P and alone:
            self.pinned.emit(self.current())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.ruled_out.emit(self.current())
        else:
            super().keyPressEvent(event)


class PlanList(Panel):
    """The rows with their heading."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "raised", edge="right", parent=parent)
        column = Column(theme, self, spacing=8, margins=(0, 14, 1, 12))
        head = Row(theme, margins=(12, 0, 12, 0))
        self._heading = SectionLabel(theme, tr("Waiting"))
        head.addWidget(self._heading, 1)
        column.addLayout(head)
        self.view = PlanView(theme, name=tr("The plan"))
        inset = Row(theme, margins=(8, 0, 8, 0))
        inset.addWidget(self.view)
        column.addLayout(inset, 1)
        foot = Row(theme, margins=(12, 0, 12, 0))
        foot.addWidget(Text(theme, HOW, TINY))
        column.addLayout(foot)

    def show_rows(self, rows: Sequence[QueueRow], current: str) -> None:
        """These rows; place and focus stay."""
        self._heading.set_text(tr("Waiting · {rows}").format(rows=len(rows)))
        if self.view.rows() != tuple(rows) or self.view.current() != current:
            self.view.set_rows(rows, current=current)
