"""A picture from the icon set, beside words that say the same."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QSizePolicy

from peermatch.ui.theme import Theme
from peermatch.ui.tokens import Token


class Icon(QLabel):
    """Silent for screen readers; ``drop`` moves it down to sit on the first line of wrapped words."""

    def __init__(
        self, theme: Theme, name: str, tone: Token = "ink_2", size: float = 16, *, drop: float = 0
    ) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._tone: Token = tone
        self._size = size
        self._drop = drop
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._retheme)
        self._retheme()

    def set_icon(self, name: str, tone: Token) -> None:
        """Another picture or colour."""
        self._name, self._tone = name, tone
        self._retheme()

    @Slot()
    def _retheme(self) -> None:
        self.setContentsMargins(0, self._theme.px(self._drop), 0, 0)
        self.setPixmap(self._theme.pixmap(self._name, self._tone, self._size, self.devicePixelRatio()))
