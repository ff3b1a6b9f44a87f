"""What helps a person to find their way in an open network: the help of each screen, and the tour of the sample."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from peermatch.model.changes import Done
from peermatch.services.office import Services
from peermatch.ui.help_door import HelpDoor
from peermatch.ui.palette_steps import HELP, HELP_PAGE, TOUR
from peermatch.ui.screens.paged import PagedScreen
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.tour import Tour
from peermatch.words import tr

if TYPE_CHECKING:
    from peermatch.ui.workplace import Workplace

TAKE, GO_ON = tr("Take the tour"), tr("Go on with the tour")


class Guidance(QObject):
    """``go`` asks for a screen, ``did`` brings what the tour did, ``failed`` why it could not."""

    go = Signal(str, str, str)
    did = Signal(Done)
    failed = Signal(object)

    def __init__(self, services: Services, tasks: Tasks, theme: Theme, work: "Workplace") -> None:
        super().__init__(work)
        self._work = work
        self.help = HelpDoor(theme, work, self._shown, keys=True)
        self.tour = Tour(services, tasks, theme, self)
        self.tour.go.connect(self.go)
        self.tour.did.connect(self.did)
        self.tour.failed.connect(self.failed)
        self.tour.changed.connect(self._offer_tour)
        work.notices.tour_wanted.connect(self.tour.begin)
        work.notices.take_in(self.tour.strip)

    @property
    def steps(self) -> Mapping[str, Callable[[], None]]:
        """What the palette offers of it, by its keys there."""
        return {HELP: self.help.open, TOUR: self.tour.begin}

    def read(self, step: str) -> bool:
        """Open a page of the help, where that is what the palette asks for."""
        if step.startswith(HELP_PAGE):
            self.help.open(step.removeprefix(HELP_PAGE))
            return True
        return False

    def look(self) -> None:
        """Another screen is shown, or something was done."""
        self.help.follow()
        self.tour.look(self._work.current_key)

    def _shown(self) -> tuple[str, ...]:
        """The page of the screen's page, else that of the screen."""
        key, screen = self._work.current_key, self._work.current
        return (f"{key}-{screen.page}", key) if isinstance(screen, PagedScreen) else (key,)

    @Slot()
    def _offer_tour(self) -> None:
        self._work.notices.offer_tour(GO_ON if self.tour.left else TAKE, offered=not self.tour.running)
