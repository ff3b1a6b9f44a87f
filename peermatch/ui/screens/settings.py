"""The settings, a page each: ranking, own terms, organisations, who can open it, backups, locking, and the look."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Slot

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Touched
from peermatch.services.office import Services
from peermatch.ui.locking.panel import LockingPanel
from peermatch.ui.look_panel import LookPanel
from peermatch.ui.screen import TopChip, TopItems
from peermatch.ui.screens.backup_panel import BackupPanel
from peermatch.ui.screens.keys_panel import KeysPanel
from peermatch.ui.screens.organisations_page import OrganisationsPage
from peermatch.ui.screens.paged import PagedScreen
from peermatch.ui.screens.policy_panel import PolicyPanel
from peermatch.ui.screens.terms_page import TermsPage
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.words import tr

RANKING, KEYS, BACKUPS, LOCKING, LOOK = "ranking", "keys", "backups", "locking", "look"
TERMS, ORGANISATIONS = "terms", "organisations"
PAGES = [
    (RANKING, tr("Ranking")),
    (TERMS, tr("Your own terms")),
    (ORGANISATIONS, tr("Organisations")),
    (KEYS, tr("Who can open it")),
    (BACKUPS, tr("Backups")),
    (LOCKING, tr("Locking")),
    (LOOK, tr("Look")),
]
Page = PolicyPanel | KeysPanel | BackupPanel | LockingPanel | LookPanel | TermsPage | OrganisationsPage


class SettingsScreen(PagedScreen):
    """What the lead decides for the whole network."""

    title = tr("Settings")
    _pages: Mapping[str, Page]

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        super().__init__(services, tasks, theme, PAGES, tr("Page of the settings"))
        self.policy = PolicyPanel(services, tasks, theme)
        self.keys = KeysPanel(services, tasks, theme)
        self.backups = BackupPanel(services, tasks, theme)
        self.locking = LockingPanel(services, tasks, theme)
        self.terms = TermsPage(services, tasks, theme)
        pages: dict[str, Page] = {
            RANKING: self.policy,
            TERMS: self.terms,
            ORGANISATIONS: OrganisationsPage(services, tasks, theme),
            KEYS: self.keys,
            BACKUPS: self.backups,
            LOCKING: self.locking,
            LOOK: LookPanel(services, tasks, theme),
        }
        self.lay_out(pages)
        self.policy.changed.connect(self.changed)
        self.policy.opened.connect(self._open)
        self.backups.restored.connect(self.lock_wanted)
        for page in self._pages.values():
            page.did.connect(self.did)

    def begin(self, reason: Qt.FocusReason) -> None:
        """Begin with the first number, or with what the page says."""
        shown = self._pages[self.page]
        if isinstance(shown, PolicyPanel):
            shown.fields.lines["essential"].setFocus(reason)
        else:
            shown.take_focus()

    def open_at(self, reference: str = "", supporter: str = "") -> None:
        """Show one page, by its key in ``PAGES``."""
        if reference in self._pages:
            self.turn_to(reference)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, touched: Touched) -> None:
        """Show the present picture; what is typed stays."""
        for page in self._pages.values():
            page.refresh()

    def top_items(self) -> TopItems:
        """Which weights are in force, and whether something waits to be kept."""
        if self.page != RANKING:
            return TopItems()
        chips = (TopChip(tr("not kept yet"), "wait"),) if self.policy.dirty else ()
        return TopItems(
            chips, note=tr("in force: {label}").format(label=self.services.policies.current().label)
        )

    def show_error(self, error: PeerMatchError) -> None:
        """Say it on the page that is shown."""
        self._pages[self.page].show_error(error)

    @Slot(str)
    def _open(self, reference: str) -> None:
        self.go.emit("enquiries", reference, "")
