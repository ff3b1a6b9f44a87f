"""What every screen of the window is: a widget with a title, a way to be refreshed, and four things it may say."""

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from peermatch.errors import PeerMatchError
from peermatch.model.changes import Done, Touched
from peermatch.services.office import Services
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.chip import ChipKind


@dataclass(frozen=True, slots=True)
class TopChip:
    """A chip after the title: what is open right now, or how it stands."""

    text: str
    kind: ChipKind = "mute"


@dataclass(frozen=True, slots=True)
class TopItems:
    """What a screen puts into the bar above it; an empty ``action`` means that there is no button.

    The window calls ``Screen.act()`` when the button is pressed or its keys are.
    """

    chips: tuple[TopChip, ...] = ()
    note: str = ""
    action: str = ""
    shortcut: str = ""


class Screen(QWidget):
    """Base of all screens.

    ``did``: a command was committed; the window offers undo and refreshes every screen.
    ``go``: show another screen (``"enquiries"``, ``"introductions"``, ``"supporters"``) at a reference or supporter.
    ``changed``: ``top_items`` or ``count`` are different now.
    ``lock_wanted``: the network was replaced underneath; lock it and say why.
    Failures stay on the screen that asked, as a banner: see ``show_error``.
    """

    did = Signal(Done)
    go = Signal(str, str, str)
    changed = Signal()
    lock_wanted = Signal(str)

    title = ""
    """The name in the bar above and in the navigation."""

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        super().__init__()
        self.services, self.tasks, self.theme = services, tasks, theme

    def refresh(self, touched: Touched) -> None:
        """Show the present picture again; selection and place in lists stay."""

    def open_at(self, reference: str = "", supporter: str = "") -> None:
        """Show one record; called by the window when another screen asked to ``go`` here."""

    def top_items(self) -> TopItems:
        """Chips, note and main action for the bar above."""
        return TopItems()

    @Slot()
    def act(self) -> None:
        """The main action of the bar above."""

    @classmethod
    def first_count(cls, _services: Services) -> str:
        """What ``count`` would say while the screen has not been built yet: quick, from the present picture."""
        return ""

    @property
    def counted(self) -> bool:
        """Whether ``count`` is known yet; until then the navigation keeps what it said before the screen was built."""
        return True

    def count(self) -> str:
        """The figure beside the screen's name in the navigation; empty for none."""
        return self.first_count(self.services)

    def leave(self) -> None:
        """The window goes to another screen or locks: what was revealed is hidden again."""

    def show_error(self, error: PeerMatchError) -> None:
        """Say on this screen what went wrong; screens override it with their banner."""
