"""The frame around the screens: the navigation with its lock, and the bar above, filled from the screen."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.ui.screen import TopItems
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.announce import announce
from peermatch.ui.widgets.boxes import Column
from peermatch.ui.widgets.buttons import Button, IconButton
from peermatch.ui.widgets.chip import Chip
from peermatch.ui.widgets.nav import NavList, Place
from peermatch.ui.widgets.top_bar import TopBar
from peermatch.words import tr

LOCK_KEYS = "Ctrl+L"
COVERED = tr("Names are hidden on every screen.")
COVERED_NOTE = tr("Names are hidden on every screen. Show them again (F8)")
SHOWN = tr("Names are shown again.")


class SideNav(NavList):
    """The navigation with a lock at its foot; ``locked`` comes when it is pressed."""

    locked = Signal()

    def __init__(self, theme: Theme, places: tuple[Place, ...]) -> None:
        super().__init__(theme, places)
        note = tr("Lock the network ({lock_keys})").format(lock_keys=LOCK_KEYS)
        self.lock = Button(theme, tr("Lock"), kind="quiet", small=True, icon="lock", note=note)
        self.lock_icon = IconButton(theme, "lock", note)
        column = self.layout()
        assert isinstance(column, Column)  # noqa: S101 -- the navigation is a column by its making
        column.addWidget(self.lock, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.lock_icon, 0, Qt.AlignmentFlag.AlignHCenter)
        self.lock_icon.hide()
        self._below += [self.lock, self.lock_icon]
        self.lock.clicked.connect(self.locked)
        self.lock_icon.clicked.connect(self.locked)

    def set_narrow(self, narrow: bool) -> None:
        """Icons only, or words again."""
        super().set_narrow(narrow)
        self.lock.setVisible(not narrow)
        self.lock_icon.setVisible(narrow)


class ScreenBar(TopBar):
    """The bar above a screen, filled from what the screen says of itself.

    While names are covered it says so, for a screen without names looks the same as ever; a press shows them again.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", action=" ", parent=parent)
        self.setAccessibleName(tr("Title and search"))
        self.help = IconButton(theme, "circle-help", tr("Help for this screen (F1)"))
        self.covered = Button(
            theme, tr("Names hidden"), kind="quiet", small=True, icon="eye-off", note=COVERED_NOTE
        )
        self.covered.hide()
        self.add_aside(self.help, self.covered)
        self.covered.clicked.connect(theme.cover.toggle)
        theme.cover.changed.connect(self._show_cover)
        theme.read_only.bar(self.action)

    @Slot()
    def _show_cover(self) -> None:
        on = self._theme.cover.on
        self.covered.setVisible(on)
        self._fit()
        if self.isVisible():
            announce(self, COVERED if on else SHOWN)

    def show_items(self, title: str, items: TopItems) -> None:
        """Title, chips, note and main action of the screen that is shown."""
        self.set_title(title)
        self.set_chips([Chip(self._theme, chip.text, chip.kind) for chip in items.chips])
        self.set_note(items.note)
        self.action.set_text(items.action)
        self.action.setVisible(bool(items.action))
        self.action.setAccessibleDescription(items.shortcut)
        self.action.setToolTip(items.shortcut)  # last: whoever bars the button hears of this
        self._fit()
