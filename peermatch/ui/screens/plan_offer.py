"""The card below the queue that leads to the plan for all who wait."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Panel
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.text import STRONG, TINY, Text
from peermatch.words import tr

FEWEST = 2
"""One enquiry needs no plan: its own shortlist says it all."""


class PlanOffer(Panel):
    """``wanted`` comes from its button."""

    wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "raised", edge="right", parent=parent)
        self._worth_it = self._gives_way = False
        card = Card(theme)
        self._heading = Text(theme, "", STRONG)
        note = tr("Finds whom to ask for each, so that most are served and the work is shared.")
        self.propose = Button(
            theme, tr("Propose a plan"), small=True, note=tr("Nobody is asked by this press")
        )
        card.body.addWidget(self._heading)
        card.body.addWidget(Text(theme, note, TINY))
        card.body.addSpacing(4)
        card.body.addWidget(self.propose, 0, Qt.AlignmentFlag.AlignLeft)
        Column(theme, self, margins=(12, 0, 13, 12)).addWidget(card)
        self.propose.clicked.connect(self.wanted)

    def heading(self) -> str:
        """What it offers."""
        return self._heading.words()

    def show_number(self, number: int) -> None:
        """Offer it while there are enquiries to plan."""
        self._heading.set_text(tr("Plan all {number} together").format(number=number))
        self._worth_it = number >= FEWEST
        self._appear()

    def give_way(self, wanted: bool) -> None:
        """Leave the room to the queue, or take it again."""
        self._gives_way = wanted
        self._appear()

    def _appear(self) -> None:
        self.setVisible(self._worth_it and not self._gives_way)


class QueueWithOffer(QWidget):
    """The queue, and the offer below it."""

    def __init__(self, theme: Theme, queue: QWidget, offer: PlanOffer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = Column(theme, self, spacing=0)
        column.addWidget(queue, 1)
        column.addWidget(offer)
