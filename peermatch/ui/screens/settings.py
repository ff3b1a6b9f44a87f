"""The settings of the network; today they hold how supporters are ranked."""

from PySide6.QtCore import Slot

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Touched
from peermatch.services.office import Services
from peermatch.ui.screen import Screen, TopChip, TopItems
from peermatch.ui.screens.policy_panel import PolicyPanel
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.boxes import Column


class SettingsScreen(Screen):
    """What the lead decides for the whole network."""

    title = "Settings"

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        super().__init__(services, tasks, theme)
        self.policy = PolicyPanel(services, tasks, theme)
        Column(theme, self, spacing=0).addWidget(self.policy)
        self.setFocusProxy(self.policy.fields.lines["essential"])
        self.policy.did.connect(self.did)
        self.policy.changed.connect(self.changed)
        self.policy.opened.connect(self._open)

    def refresh(self, touched: Touched) -> None:
        """Show the present picture; what is typed stays."""
        self.policy.refresh()

    def top_items(self) -> TopItems:
        """Which weights are in force, and whether something waits to be kept."""
        chips = (TopChip("not kept yet", "wait"),) if self.policy.dirty else ()
        return TopItems(chips, note=f"in force: {self.services.policies.current().label}")

    def show_error(self, error: PeerMatchError) -> None:
        """Say it above the weights."""
        self.policy.show_error(error)

    @Slot(str)
    def _open(self, reference: str) -> None:
        self.go.emit("enquiries", reference, "")
