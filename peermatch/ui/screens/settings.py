"""The settings of the network, a page each: ranking, who can open it, its backups, and when it locks."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Touched
from peermatch.services.office import Services
from peermatch.ui.locking.panel import LockingPanel
from peermatch.ui.screen import Screen, TopChip, TopItems
from peermatch.ui.screens.backup_panel import BackupPanel
from peermatch.ui.screens.keys_panel import KeysPanel
from peermatch.ui.screens.policy_panel import PolicyPanel
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column, Panel, Row
from peermatch.ui.widgets.segmented import Segmented

RANKING, KEYS, BACKUPS, LOCKING = "ranking", "keys", "backups", "locking"
PAGES = [
    (RANKING, "Ranking"),
    (KEYS, "Who can open it"),
    (BACKUPS, "Backups"),
    (LOCKING, "Locking"),
]


class SettingsScreen(Screen):
    """What the lead decides for the whole network."""

    title = "Settings"

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        super().__init__(services, tasks, theme)
        self.switch = Segmented(theme, PAGES, name="Page of the settings")
        self.policy = PolicyPanel(services, tasks, theme)
        self.keys = KeysPanel(services, tasks, theme)
        self.backups = BackupPanel(services, tasks, theme)
        self.locking = LockingPanel(services, tasks, theme)
        self._pages: dict[str, PolicyPanel | KeysPanel | BackupPanel | LockingPanel] = {
            RANKING: self.policy,
            KEYS: self.keys,
            BACKUPS: self.backups,
            LOCKING: self.locking,
        }
        self._stack = QStackedWidget()
        for page in self._pages.values():
            self._stack.addWidget(page)
        above = Panel(theme, "canvas")
        Row(theme, above, margins=(20, 12, 20, 0)).addWidget(self.switch, 0, Qt.AlignmentFlag.AlignLeft)
        column = Column(theme, self, spacing=0)
        column.addWidget(above)
        column.addWidget(self._stack, 1)
        self.switch.chosen.connect(self._turn_to)
        self.policy.changed.connect(self.changed)
        self.policy.opened.connect(self._open)
        self.backups.restored.connect(self.lock_wanted)
        for page in self._pages.values():
            page.did.connect(self.did)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard begins with the first number; as a proxy it would let Tab pass by what stands above."""
        super().focusInEvent(event)
        if self.page == RANKING:
            self.policy.fields.lines["essential"].setFocus(event.reason())
        elif self.page == KEYS:
            self.keys.take_focus()
        elif self.page == BACKUPS:
            self.backups.take_focus()
        else:
            self.locking.take_focus()

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody comes to change something."""
        super().showEvent(event)
        if not event.spontaneous():
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def page(self) -> str:
        """Which page is shown."""
        return self.switch.current()

    def open_at(self, reference: str = "", supporter: str = "") -> None:
        """Show one page: ``"ranking"``, ``"keys"``, ``"backups"`` or ``"locking"``."""
        if reference in self._pages:
            self.switch.set_current(reference)
            self._turn_to(reference)
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
    def _turn_to(self, page: str) -> None:
        self._stack.setCurrentWidget(self._pages[page])
        self.changed.emit()

    @Slot(str)
    def _open(self, reference: str) -> None:
        self.go.emit("enquiries", reference, "")
