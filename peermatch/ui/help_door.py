"""The way to the help: F1 opens the page of what is shown, and again puts it away; it is built when first wanted."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.services.shipped import shipped_resources
from peermatch.ui.keys import bind
from peermatch.ui.theme import Theme

if TYPE_CHECKING:
    from peermatch.ui.help_pages import HelpBook
    from peermatch.ui.help_sheet import HelpSheet

HELP_KEYS = "F1"


@cache
def help_book(resources: Path | None = None) -> "HelpBook":
    """The shipped pages and documents, read once."""
    from peermatch.ui.help_pages import HelpBook

    folder = resources or shipped_resources()
    return HelpBook(folder / "help", folder / "documents")


class HelpDoor(QObject):
    """``shows`` says which page fits what is shown: the finest key first, a coarser one after it."""

    keys_wanted = Signal()

    def __init__(
        self, theme: Theme, over: QWidget, shows: Callable[[], tuple[str, ...]], *, keys: bool = False
    ) -> None:
        super().__init__(over)
        self._theme, self._over, self._shows, self._keys = theme, over, shows, keys
        self.sheet: HelpSheet | None = None
        bind(over, [(HELP_KEYS, self.toggle)])

    @Slot()
    def toggle(self) -> None:
        """Open the help of what is shown, or put the help away."""
        if self.sheet is not None and self.sheet.isVisible():
            self.sheet.put_away()
        else:
            self.open()

    @Slot()
    def open(self, *keys: str) -> None:
        """Open a page, or that of what is shown."""
        self._built().open_at(*(keys or self._shows()))

    def follow(self) -> None:
        """Something else is shown now."""
        if self.sheet is not None:
            self.sheet.follow(*self._shows())

    def _built(self) -> "HelpSheet":
        if self.sheet is None:
            from peermatch.ui.help_sheet import HelpSheet

            self.sheet = HelpSheet(self._theme, help_book(), self._over, keys=self._keys)
            self.sheet.keys_wanted.connect(self.keys_wanted)
        return self.sheet
