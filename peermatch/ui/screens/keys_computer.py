"""Whether this computer opens the network by itself, and whether any computer may."""

from PySide6.QtCore import Signal, Slot

from peermatch.services.keychain import ThisComputer
from peermatch.ui.screens.keys_words import Act
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.chip import Chip
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.text import SMALL, STRONG, Text
from peermatch.words import tr


class ComputerCard(Card):
    """``wanted`` brings what is to be done; the key is found by the service."""

    wanted = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, margins=(18, 14, 18, 14), spacing=8)
        self.setAccessibleName(tr("This computer"))
        self.buttons = {
            Act.REMEMBER: Button(theme, tr("Open it by itself here"), small=True),
            Act.UNREMEMBER: Button(theme, tr("Ask for the passphrase here"), small=True),
            Act.ALLOW: Button(theme, tr("Allow it on computers"), small=True),
            Act.FORBID: Button(theme, tr("Forbid it on all computers"), small=True),
        }
        theme.read_only.bar(*self.buttons.values())
        self.words = Text(theme, "", SMALL)
        self._used = Chip(theme, tr("used now"), "good")
        left = Flow(theme, (Text(theme, tr("This computer"), STRONG, wrap=False), self._used), gap=8)
        self.body.addWidget(Spread(theme, left, Flow(theme, tuple(self.buttons.values()), gap=8)))
        self.body.addWidget(self.words)
        for act, button in self.buttons.items():
            button.setProperty("act", act.value)
            button.clicked.connect(self._pressed)

    def show_state(self, computer: ThisComputer, *, used: bool) -> None:
        """How things stand, and what can be done about it; ``used``: its key opened the network this time."""
        self.words.set_text(computer.words)
        self._used.setVisible(used)
        shown = {
            Act.REMEMBER: computer.allowed and not computer.remembered and not computer.decided,
            Act.UNREMEMBER: computer.remembered,
            Act.ALLOW: not computer.allowed,
            Act.FORBID: computer.allowed,
        }
        for act, button in self.buttons.items():
            button.setVisible(shown[act])

    @Slot()
    def _pressed(self) -> None:
        self.wanted.emit(str(self.sender().property("act")), "")
