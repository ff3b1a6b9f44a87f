"""Beside the list of Today: three numbers above it, where supporters are too few, and who was never asked."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from peermatch.services.snapshot import Snapshot
from peermatch.services.today_jobs import FEW, Thin
from peermatch.ui.screens.emptied import empty
from peermatch.ui.screens.today_words import thin_words
from peermatch.ui.theme import Theme
from peermatch.ui.tokens import Token
from peermatch.ui.widgets.boxes import Column, Row, Rule
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.flow import Spread
from peermatch.ui.widgets.states import Meter
from peermatch.ui.widgets.text import BODY, FIGURE, HEADING, SMALL, STRONG, SectionLabel, Text
from peermatch.words import tr

ENOUGH = tr("There are enough supporters for all that was asked for this year.")
NOBODY_ASKED = tr("Nothing was asked for yet.")
VAIN = tr("Waiting in vain makes people leave.")


class FigureCard(Card):
    """One number with its label and what it means."""

    def __init__(self, theme: Theme, label: str) -> None:
        super().__init__(theme, margins=(18, 16, 18, 16), spacing=2)
        self._label = label
        self._figure = Text(theme, "", FIGURE, wrap=False)
        self._note = Text(theme, "", SMALL)
        for part in (SectionLabel(theme, label), self._figure, self._note):
            self.body.addWidget(part)
        self.body.addStretch(1)

    def show_figure(self, count: int, note: str) -> None:
        """The number, and the words below it."""
        self._figure.set_text(str(count))
        self._note.set_text(note)
        self.setAccessibleName(f"{self._label}: {count}, {note}")

    def words(self) -> str:
        """What it says, as plain text."""
        return f"{self._figure.words()} {self._note.words()}"


class ThinCard(Card):
    """``see_wanted``: show those who were never asked; ``plan_wanted``: show every gap."""

    see_wanted = Signal()
    plan_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, margins=(18, 16, 18, 16), spacing=12)
        self._theme = theme
        self.body.addWidget(Text(theme, tr("Where we are thin"), HEADING))
        self._lines = Column(theme, spacing=12)
        self.body.addLayout(self._lines)
        self.plan = Button(theme, tr("Plan recruitment"), small=True)
        plan = Row(theme)
        plan.addWidget(self.plan)
        plan.addStretch(1)
        self.body.addLayout(plan)
        self._rule = Rule()
        self._never = Text(theme, "", STRONG)
        self._note = Text(theme, VAIN, SMALL)
        self.see = Button(theme, tr("See who"), small=True)
        self.body.addWidget(self._rule)
        never = Column(theme, spacing=1)
        for part in (self._never, self._note):
            never.addWidget(part)
        self.body.addLayout(never)
        end = Row(theme)
        end.addWidget(self.see)
        end.addStretch(1)
        self.body.addLayout(end)
        self.body.addStretch(1)
        self.see.clicked.connect(self.see_wanted)
        self.plan.clicked.connect(self.plan_wanted)
        self._shown: tuple[tuple[str, Thin], ...] | None = None
        self.show_never(0)

    def words(self) -> tuple[str, ...]:
        """Each topic with its numbers."""
        return tuple(f"{label}: {thin_words(thin)}" for label, thin in self._shown or ())

    def show_thin(self, thin: Sequence[Thin], picture: Snapshot) -> None:
        """The topics with their bars, the thinnest first."""
        vocabulary = picture.reference.vocabulary
        self.plan.setVisible(bool(thin))
        shown = tuple((vocabulary.label(each.topic), each) for each in thin)
        if shown == self._shown:
            return
        self._shown = shown
        empty(self._lines)
        for label, each in shown:
            self._lines.addWidget(self._line(label, each))
        if not shown:
            asked = any(each.asks for each in picture.cases.heads())
            self._lines.addWidget(Text(self._theme, ENOUGH if asked else NOBODY_ASKED, SMALL))

    def show_never(self, count: int) -> None:
        """How many could be asked and never were."""
        for part in (self._rule, self._never, self._note, self.see):
            part.setVisible(count > 0)
        has = "has" if count == 1 else "have"
        self._never.set_text(
            tr("{count} who could be asked {has} never been asked").format(count=count, has=has)
        )

    def _line(self, label: str, thin: Thin) -> QWidget:
        box = QWidget()
        column = Column(self._theme, box, spacing=6)
        words = Text(self._theme, label, BODY), Text(self._theme, thin_words(thin), SMALL, wrap=False)
        column.addWidget(Spread(self._theme, *words))
        bar = Meter(self._theme)
        bar.set_share(thin.strain, _tone(thin))
        column.addWidget(bar)
        return box


def _tone(thin: Thin) -> Token:
    """As the words say it: nobody, or too few for what is asked."""
    if not thin.supporters or (thin.supporters == 1 and thin.asked > FEW):
        return "risk"
    return "focus" if thin.asked > 1 else "brand"
