"""A name on the screen that turns into dots while names are covered (F8)."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.text import BODY, Look, Text


class CoveredLabel(Text):
    """``CoveredLabel(theme, "Amina Rahman", STRONG)``: dots for eye and ear while ``theme.cover`` is on."""

    def __init__(
        self, theme: Theme, name: str, look: Look = BODY, *, wrap: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, theme.cover.shown(name), look, wrap=wrap, parent=parent)
        self._name = name
        theme.cover.changed.connect(self._recover)

    def set_name(self, name: str) -> None:
        """Another name under the same cover."""
        self._name = name
        self._recover()

    @Slot()
    def _recover(self) -> None:
        self.set_text(self._theme.cover.shown(self._name))
