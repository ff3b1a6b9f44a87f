"""One key as people see it: whose, in which role, since when, and what can be done with it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.holders import KeyKind, NetworkKey
from peermatch.ui.screens.keys_words import Act, facts_of, role_of, title_of
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.card import Card
from peermatch.ui.widgets.chip import Chip
from peermatch.ui.widgets.flow import Flow, Spread
from peermatch.ui.widgets.text import SMALL, STRONG, Text
from peermatch.words import tr

LAST = tr("The last person who can open the network cannot be removed. Add another person first.")


class KeyCard(Card):
    """``wanted`` brings what is to be done and the id of the key."""

    wanted = Signal(str, str)

    def __init__(self, theme: Theme, key: NetworkKey, *, last_person: bool) -> None:
        super().__init__(theme, margins=(18, 14, 18, 14), spacing=8)
        self._theme, self.key = theme, key
        self.buttons = _buttons(theme, key, last_person=last_person)
        self.setAccessibleName(title_of(key))
        right = Flow(theme, tuple(self.buttons.values()), gap=8)
        theme.read_only.bar(*self.buttons.values())
        self.body.addWidget(Spread(theme, self._head(), right))
        self.body.addWidget(Text(theme, facts_of(key), SMALL))
        for act, button in self.buttons.items():
            button.setAccessibleName(f"{button.text()}: {title_of(key)}")
            button.setProperty("act", act.value)
            button.clicked.connect(self._pressed)

    def _head(self) -> Flow:
        parts: list[QWidget] = [Text(self._theme, title_of(self.key), STRONG, wrap=False)]
        if role := role_of(self.key):
            parts.append(Chip(self._theme, role, "mute"))
        if self.key.own:
            parts.append(Chip(self._theme, tr("used now"), "good"))
        return Flow(self._theme, parts, gap=8)

    @Slot()
    def _pressed(self) -> None:
        self.wanted.emit(str(self.sender().property("act")), self.key.id)


def _buttons(theme: Theme, key: NetworkKey, *, last_person: bool) -> dict[Act, Button]:
    """What can be done with a key of its kind."""
    remove = Button(theme, tr("Remove"), kind="danger", small=True, note=LAST if last_person else "")
    remove.setEnabled(not last_person)
    if key.kind is KeyKind.PAPER:
        return {Act.SHEET: Button(theme, tr("New sheet"), small=True), Act.REMOVE: remove}
    if key.kind is KeyKind.COMPUTER:
        return {Act.REMOVE: remove}
    return {
        Act.NAME: Button(theme, tr("Name and role") if key.name else tr("Give it a name"), small=True),
        Act.CHANGE: Button(theme, tr("Change passphrase"), small=True),
        Act.REMOVE: remove,
    }
