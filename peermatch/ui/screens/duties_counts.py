"""What waits on the pages of data protection that nobody has come to yet: open requests, late ones, and incidents."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from peermatch.model.incidents import Incident
from peermatch.model.requests import Request, Stage
from peermatch.services.office import Services
from peermatch.ui.tasks import Tasks


class DutyCounts(QObject):
    """``learned``: the figures may be others now; ``failed``: they could not be read."""

    learned = Signal()
    failed = Signal(object)

    def __init__(self, services: Services, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self.requests = self.late = self.wrong = 0

    def learn(self) -> None:
        """Read both on the worker."""
        self._tasks.run(self, partial(_waiting, self._services), self._know, self.failed.emit)

    @Slot(object)
    def take_requests(self, requests: Sequence[Request]) -> None:
        """Their page has read them."""
        self.requests = sum(not each.closed for each in requests)
        self.late = sum(each.stage is Stage.LATE for each in requests)
        self.learned.emit()

    @Slot(object)
    def take_incidents(self, incidents: Sequence[Incident]) -> None:
        """Their page has read them."""
        self.wrong = sum(not each.closed for each in incidents)
        self.learned.emit()

    def _know(self, found: tuple[tuple[Request, ...], tuple[Incident, ...]]) -> None:
        requests, incidents = found
        self.take_requests(requests)
        self.take_incidents(incidents)


def _waiting(services: Services) -> tuple[tuple[Request, ...], tuple[Incident, ...]]:
    """On the worker."""
    return services.requests.every(services.desk.today), services.incidents.every()
