"""What must not be seen over a shoulder: names covered by one key (F8), and the window left out of pictures."""

from PySide6.QtCore import QObject, Signal

from peermatch.words import tr

DOTS = "••••••"
COVERED = tr("Covered while names are covered (F8).")
"""Stands instead of a whole letter."""


class Cover(QObject):
    """``changed`` lets every widget with a name repaint itself; ``capture_changed`` is for the window alone."""

    changed = Signal()
    capture_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on = False
        self._uncaptured = False

    @property
    def on(self) -> bool:
        """True while names must not be readable over a shoulder."""
        return self._on

    @property
    def uncaptured(self) -> bool:
        """True while screenshots and shared screens must not show the window."""
        return self._uncaptured

    def set_on(self, on: bool) -> None:
        """Cover or uncover all names at once."""
        if on != self._on:
            self._on = on
            self.changed.emit()

    def set_uncaptured(self, uncaptured: bool) -> None:
        """Leave the window out of pictures of the screen, or let it in again."""
        if uncaptured != self._uncaptured:
            self._uncaptured = uncaptured
            self.capture_changed.emit()

    def toggle(self) -> None:
        """The other way round; connected to F8."""
        self.set_on(not self._on)

    def shown(self, name: str) -> str:
        """The name, or dots of one length while covered, so that not even the length tells."""
        return DOTS if self._on else name
