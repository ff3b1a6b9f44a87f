"""What a watch reports on its enquiry: who fits now, and the way to them."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.model.watch import Newcomer
from peermatch.services.snapshot import Snapshot
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.words import tr


class NewcomerBanner(Banner):
    """``wanted`` brings whom to show: the one of those who are new who stands highest."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "success", "", dismissible=False, parent=parent)
        self._new: tuple[tuple[str, str], ...] = ()
        self.acted.connect(self._show_first)
        theme.cover.changed.connect(self._fill)
        self.hide()

    def show_newcomers(self, new: tuple[Newcomer, ...], snapshot: Snapshot) -> None:
        """Say who fits, or hide when nobody new does."""
        known = (each for each in new if each.supporter in snapshot.supporters)
        shown = tuple((each.supporter, snapshot.supporters[each.supporter].shown_name) for each in known)
        if shown != self._new:
            self._new = shown
            self._fill()

    @Slot()
    def _fill(self) -> None:
        if not self._new:
            self.hide()
            return
        cover = self._theme.cover
        first, rest = cover.shown(self._new[0][1]), len(self._new) - 1
        who = (
            tr("{first} fits").format(first=first)
            if not rest
            else tr("{first} and {rest} more fit").format(first=first, rest=rest)
        )
        meets = tr("They meet") if rest else tr("{first} meets").format(first=first)
        hint = tr("{meets} everything that is asked for.").format(meets=meets)
        self.show_message(
            "success", tr("{who} now.").format(who=who), hint, action=tr("Show {first}").format(first=first)
        )

    @Slot()
    def _show_first(self) -> None:
        if self._new:
            self.wanted.emit(self._new[0][0])
