"""Whether names are covered on the screen: one state, switched by one key (F8), followed by every name."""

from PySide6.QtCore import QObject, Signal

DOTS = "••••••"


class Cover(QObject):
    """On or off; ``changed`` lets every widget with a name repaint itself."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on = False

    @property
    def on(self) -> bool:
        """True while names must not be readable over a shoulder."""
        return self._on

    def set_on(self, on: bool) -> None:
        """Cover or uncover all names at once."""
        if on != self._on:
            self._on = on
            self.changed.emit()

    def toggle(self) -> None:
        """The other way round; connected to F8."""
        self.set_on(not self._on)

    def shown(self, name: str) -> str:
        """The name, or dots of one length while covered, so that not even the length tells."""
        return DOTS if self._on else name
