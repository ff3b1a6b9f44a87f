"""What a plan reaches and what the changes cost, above it; its lines have their room before there is a plan."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.ui.screens.side_by_side import SideBySide
from peermatch.ui.soon import soon
from peermatch.ui.tasks import SLOW_MS
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.boxes import Column, Panel
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.text import HEADING, SMALL, Text
from peermatch.words import tr

WORKING = tr("Working out the plan…")
UNCHANGED = tr("You have changed nothing in this plan.")


class PlanHead(Panel):
    """``undone`` asks to take all changes back. Work is only told of when it lasts."""

    undone = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "canvas", edge="bottom", parent=parent)
        self._said = ("", "", "")
        self._headline = Text(theme, "", HEADING)
        self._reach = Text(theme, "", SMALL)
        self._change = Text(theme, "", SMALL)
        self.undo = Button(
            theme, tr("Undo my changes"), small=True, icon="undo-2", note=tr("Back to the best plan")
        )
        self.undo.bar(UNCHANGED)
        column = Column(theme, self, spacing=2, margins=(20, 14, 20, 10))
        for part in (
            self._headline,
            self._reach,
            SideBySide(theme, self._change, self.undo, first_least=320),
        ):
            column.addWidget(part)
        self._slow = soon(self, self._say_slow, SLOW_MS)
        self.undo.clicked.connect(self.undone)

    def sentences(self) -> str:
        """Everything it says."""
        return " ".join(line.words() for line in (self._headline, self._reach, self._change) if line.words())

    def begin(self) -> None:
        """A plan is being worked out."""
        if not self._slow.isActive():
            self._slow.start()

    def end(self) -> None:
        """It is there, or there is none."""
        self._slow.stop()
        if self._change.words() == WORKING:
            self._change.set_text(self._said[2])

    def show_words(self, headline: str, reach: str, change: str, *, changed: bool) -> None:
        """What the plan reaches; a screen reader hears it when it is another one."""
        said = (headline, reach, change)
        self._headline.set_text(headline)
        self._reach.set_text(reach)
        self._change.set_text(change)
        had_focus = self.undo.hasFocus()
        self.undo.bar("" if changed else UNCHANGED)
        if had_focus and not changed:
            self.focusNextChild()
        if said != self._said and self.isVisible():
            announce(self, " ".join(said))
        self._said = said

    @Slot()
    def _say_slow(self) -> None:
        self._change.set_text(WORKING)
