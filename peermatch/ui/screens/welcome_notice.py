"""What goes wrong on the way in is said in a banner that is made then: most days begin without one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column

if TYPE_CHECKING:
    from peermatch.ui.widgets.banner import Banner, BannerKind


class Notice(QObject):
    """Keeps a place in a column; ``acted`` comes from the banner's action."""

    acted = Signal()

    def __init__(self, theme: Theme, column: Column, *, dismissible: bool) -> None:
        super().__init__(column)
        self._theme, self._column, self._dismissible = theme, column, dismissible
        self._place = column.count()
        self._banner: Banner | None = None

    def sentence(self) -> str:
        """What it says."""
        return self._banner.sentence() if self._banner is not None else ""

    def show_message(self, kind: "BannerKind", what: str, hint: str = "", *, action: str = "") -> None:
        """Say this."""
        if self._banner is None:
            self._banner = self._made(kind)
        self._banner.show_message(kind, what, hint, action=action)

    def hide(self) -> None:
        """Nothing to say any more."""
        if self._banner is not None:
            self._banner.hide()

    def _made(self, kind: "BannerKind") -> "Banner":
        from peermatch.ui.widgets.banner import Banner

        banner = Banner(self._theme, kind, "", dismissible=self._dismissible)
        banner.acted.connect(self.acted)
        banner.hide()
        self._column.insertWidget(self._place, banner)
        return banner
