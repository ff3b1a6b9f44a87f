"""The settings, a page each: ranking, own terms, organisations, keys, backups, e-mail, locking, and the look."""

from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, Slot

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Touched
from peermatch.services.office import Services
from peermatch.ui.locking.panel import LockingPanel
from peermatch.ui.look_panel import LookPanel
from peermatch.ui.screen import TopChip, TopItems
from peermatch.ui.screens.backup_panel import BackupPanel
from peermatch.ui.screens.keys_panel import KeysPanel
from peermatch.ui.screens.mail_mark_panel import MailMarkPanel
from peermatch.ui.screens.organisations_page import OrganisationsPage
from peermatch.ui.screens.paged import PagedScreen
from peermatch.ui.screens.pages import (
    BACKUPS,
    KEYS,
    LOCKING,
    LOOK,
    MAIL,
    ORGANISATIONS,
    RANKING,
    TERMS,
)
from peermatch.ui.screens.pages import OF_SETTINGS as PAGES
from peermatch.ui.screens.policy_panel import PolicyPanel
from peermatch.ui.screens.terms_page import TermsPage
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.made_late import MadeLate
from peermatch.words import tr

Page = (
    PolicyPanel
    | KeysPanel
    | BackupPanel
    | LockingPanel
    | LookPanel
    | TermsPage
    | OrganisationsPage
    | MailMarkPanel
)
P = TypeVar(
    "P",
    PolicyPanel,
    KeysPanel,
    BackupPanel,
    LockingPanel,
    LookPanel,
    TermsPage,
    OrganisationsPage,
    MailMarkPanel,
)


class SettingsScreen(PagedScreen):
    """What the lead decides for the whole network; each page is built when somebody first comes to it."""

    title = tr("Settings")

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        super().__init__(services, tasks, theme, PAGES, tr("Page of the settings"))
        self._late: dict[str, MadeLate[Page]] = {
            RANKING: MadeLate(self._make_policy),
            TERMS: MadeLate(partial(self._make, TermsPage)),
            ORGANISATIONS: MadeLate(partial(self._make, OrganisationsPage)),
            KEYS: MadeLate(partial(self._make, KeysPanel)),
            BACKUPS: MadeLate(self._make_backups),
            MAIL: MadeLate(partial(self._make, MailMarkPanel)),
            LOCKING: MadeLate(partial(self._make, LockingPanel)),
            LOOK: MadeLate(partial(self._make, LookPanel)),
        }
        self.lay_out(self._late)

    @property
    def policy(self) -> PolicyPanel:
        """The page on ranking."""
        return self._one(RANKING, PolicyPanel)

    @property
    def keys(self) -> KeysPanel:
        """The page on who can open it."""
        return self._one(KEYS, KeysPanel)

    @property
    def backups(self) -> BackupPanel:
        """The page on backups."""
        return self._one(BACKUPS, BackupPanel)

    @property
    def locking(self) -> LockingPanel:
        """The page on locking."""
        return self._one(LOCKING, LockingPanel)

    @property
    def terms(self) -> TermsPage:
        """The page on the network's own terms."""
        return self._one(TERMS, TermsPage)

    @property
    def organisations(self) -> OrganisationsPage:
        """The page on organisations."""
        return self._one(ORGANISATIONS, OrganisationsPage)

    def been_to(self, key: str) -> bool:
        """Whether somebody has come to a page: only there can something be half-typed."""
        return self._late[key].built is not None

    def _one(self, key: str, kind: type[P]) -> P:
        page = self._late[key].made
        if not isinstance(page, kind):
            raise TypeError(key)
        return page

    def _make(self, kind: type[P]) -> P:
        page = kind(self.services, self.tasks, self.theme)
        page.did.connect(self.did)
        return page

    def _make_policy(self) -> PolicyPanel:
        panel = self._make(PolicyPanel)
        panel.changed.connect(self.changed)
        panel.opened.connect(self._open)
        return panel

    def _make_backups(self) -> BackupPanel:
        panel = self._make(BackupPanel)
        panel.restored.connect(self.lock_wanted)
        return panel

    def begin(self, reason: Qt.FocusReason) -> None:
        """Begin with the first number, or with what the page says."""
        shown = self._late[self.page].made
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
        for page in self._late.values():
            if page.built is not None:
                page.built.refresh()

    def top_items(self) -> TopItems:
        """Which weights are in force, and whether something waits to be kept."""
        if self.page != RANKING:
            return TopItems()
        dirty = self._late[RANKING].built is not None and self.policy.dirty
        chips = (TopChip(tr("not kept yet"), "wait"),) if dirty else ()
        return TopItems(
            chips, note=tr("in force: {label}").format(label=self.services.policies.current().label)
        )

    def show_error(self, error: PeerMatchError) -> None:
        """Say it on the page that is shown."""
        self._late[self.page].made.show_error(error)

    @Slot(str)
    def _open(self, reference: str) -> None:
        self.go.emit("enquiries", reference, "")
