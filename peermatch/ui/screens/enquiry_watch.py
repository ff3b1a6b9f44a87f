"""Which enquiries are watched and where somebody fits now, read on the worker after every change."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from peermatch.errors import PeerMatchError
from peermatch.model.watch import Fit, Newcomer, Watch
from peermatch.services.office import Services
from peermatch.services.watches import Watches
from peermatch.ui.tasks import Tasks

Report = tuple[tuple[Watch, ...], tuple[Fit, ...]]


class WatchKeeper(QObject):
    """``changed`` when there is something else to tell; ``failed`` brings what could not be read."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, services: Services, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._since: Mapping[str, date] = {}
        self._new: Mapping[str, tuple[Newcomer, ...]] = {}

    def since(self, reference: str) -> date | None:
        """Since when an enquiry is watched."""
        return self._since.get(reference)

    def new(self, reference: str) -> tuple[Newcomer, ...]:
        """Who fits an enquiry and did not when the watch was set."""
        return self._new.get(reference, ())

    @property
    def fitting(self) -> frozenset[str]:
        """The enquiries that somebody new fits."""
        return frozenset(self._new)

    def read(self, on: date) -> None:
        """Look again."""
        work = partial(_report, self._services.watches, on)
        self._tasks.run(self, work, self._came, self._could_not)

    def _came(self, report: Report) -> None:
        watches, fits = report
        since = {each.enquiry: each.since for each in watches}
        new = {each.enquiry: each.new for each in fits}
        if (since, new) != (self._since, self._new):
            self._since, self._new = since, new
            self.changed.emit()

    def _could_not(self, error: PeerMatchError) -> None:
        self.failed.emit(error)


def _report(watches: Watches, on: date) -> Report:
    return watches.watched(), watches.fitting(on)
