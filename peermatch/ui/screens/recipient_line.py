"""To whom something goes: the whole address, hidden until it may be seen, with how to reach them safely beside it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Row
from peermatch.ui.widgets.buttons import Button
from peermatch.ui.widgets.text import SMALL, SMALL_STRONG, TINY, Phrase, Text
from peermatch.words import tr

HIDDEN = tr("address hidden")


class RecipientLine(QWidget):
    """``wanted`` asks for the look that the journal notes; ``changed`` tells that ``in_sight`` may be different."""

    wanted = Signal()
    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._who, self._address, self._way, self._shown = "", "", "", False
        column = Column(theme, self, spacing=2)
        row = Row(theme, spacing=6)
        self._words = Phrase(theme, [])
        self.button = Button(
            theme, tr("Reveal the address"), kind="quiet", small=True, note=tr("Noted in the journal")
        )
        theme.read_only.bar(self.button)  # a look is noted in the journal
        row.addWidget(self._words, 1)
        row.addWidget(self.button)
        self._safe = Text(theme, "", TINY)
        column.addLayout(row)
        column.addWidget(self._safe)
        self.button.clicked.connect(self.wanted)
        theme.cover.changed.connect(self._show)

    @property
    def in_sight(self) -> bool:
        """Whether the whole address can be read on the screen now."""
        return bool(self._address) and self._shown and not self._theme.cover.on

    def words(self) -> str:
        """What the line says."""
        return self._words.words()

    def show_recipient(self, who: str, address: str | None, *, shown: bool, safe: str = "") -> None:
        """Who it is in words, their address, and whether it may be read."""
        self._who, self._address, self._shown = who, (address or "").strip(), shown
        self._way = safe
        self._show()

    def set_shown(self, shown: bool) -> None:
        """Show the same address, or hide it."""
        self._shown = shown
        self._show()

    @Slot()
    def _show(self) -> None:
        if not self._address:
            address = tr("no e-mail address is known")
        elif self._shown:
            address = self._theme.cover.shown(self._address)
        else:
            address = HIDDEN
        both = f"{self._who} · {address}" if self._who else address
        self._words.set_runs([(tr("To: "), SMALL), (both, SMALL_STRONG)])
        way = self._theme.cover.shown(self._way)
        self._safe.set_text(tr("How to reach them safely: {safe}").format(safe=way) if self._way else "")
        self._safe.setVisible(bool(self._way))
        self.button.setVisible(bool(self._address) and not self._shown)
        self.changed.emit()
