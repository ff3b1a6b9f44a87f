"""The settings of the network, a page each: ranking, who can open it, its backups, and when it locks."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Slot

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Touched
from peermatch.services.office import Services
from peermatch.ui.locking.panel import LockingPanel
from peermatch.ui.screen import TopChip, TopItems
from peermatch.ui.screens.backup_panel import BackupPanel
from peermatch.ui.screens.keys_panel import KeysPanel
from peermatch.ui.screens.paged import PagedScreen
from peermatch.ui.screens.policy_panel import PolicyPanel
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme

RANKING, KEYS, BACKUPS, LOCKING = "ranking", "keys", "backups", "locking"
PAGES = [
    (RANKING, "Ranking"),
    (KEYS, "Who can open it"),
    (BACKUPS, "Backups"),
    (LOCKING, "Locking"),
]


class SettingsScreen(PagedScreen):
    """What the lead decides for the whole network."""

    title = "Settings"
    _pages: Mapping[str, PolicyPanel | KeysPanel | BackupPanel | LockingPanel]

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        super().__init__(services, tasks, theme, PAGES, "Page of the settings")
        self.policy = PolicyPanel(services, tasks, theme)
        self.keys = KeysPanel(services, tasks, theme)
        self.backups = BackupPanel(services, tasks, theme)
        self.locking = LockingPanel(services, tasks, theme)
        pages = {RANKING: self.policy, KEYS: self.keys, BACKUPS: self.backups, LOCKING: self.locking}
        self.lay_out(pages)
        self.policy.changed.connect(self.changed)
        self.policy.opened.connect(self._open)
        self.backups.restored.connect(self.lock_wanted)
        for page in self._pages.values():
            page.did.connect(self.did)

    def begin(self, reason: Qt.FocusReason) -> None:
        """Begin with the first number, or with what the page says."""
        if self.page == RANKING:
            self.policy.fields.lines["essential"].setFocus(reason)
        elif self.page == KEYS:
            self.keys.take_focus()
        elif self.page == BACKUPS:
            self.backups.take_focus()
        else:
            self.locking.take_focus()

    def open_at(self, reference: str = "", supporter: str = "") -> None:
        """Show one page: ``"ranking"``, ``"keys"``, ``"backups"`` or ``"locking"``."""
        if reference in self._pages:
            self.turn_to(reference)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, touched: Touched) -> None:
        """Show the present picture; what is typed stays."""
        self.policy.refresh()
        self.keys.refresh()
        self.backups.refresh()
        self.locking.refresh()

    def top_items(self) -> TopItems:
        """Which weights are in force, and whether something waits to be kept."""
        if self.page != RANKING:
            return TopItems()
        chips = (TopChip("not kept yet", "wait"),) if self.policy.dirty else ()
        return TopItems(chips, note=f"in force: {self.services.policies.current().label}")

    def show_error(self, error: PeerMatchError) -> None:
        """Say it on the page that is shown."""
        self._pages[self.page].show_error(error)

    @Slot(str)
    def _open(self, reference: str) -> None:
        self.go.emit("enquiries", reference, "")
