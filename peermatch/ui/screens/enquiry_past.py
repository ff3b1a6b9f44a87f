"""Looks up what happened to an enquiry and how it was decided, on the worker, and shows it in the history."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from peermatch.errors import PeerMatchError
from peermatch.model.decision import Decision
from peermatch.services.office import Services
from peermatch.ui.screens.enquiry_history import HistoryView, Line
from peermatch.ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class Past:
    """The journal's lines about an enquiry, and the decisions about it."""

    journal: tuple[Line, ...]
    decisions: tuple[Decision, ...]


class PastReader(QObject):
    """Fills the history of one enquiry at a time; ``failed`` brings what went wrong."""

    failed = Signal(object)

    def __init__(self, services: Services, tasks: Tasks, view: HistoryView, parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._tasks, self._view = services, tasks, view
        self._reference = ""
        view.compare.connect(self._compare)

    def read(self, reference: str) -> None:
        """Look up one enquiry; the answer about an earlier one is dropped."""
        self._reference = reference
        work = partial(_past, self._services, reference)
        self._tasks.run(self, work, partial(self._found, reference), self.failed.emit)

    def _found(self, reference: str, past: Past) -> None:
        desk = self._services.desk
        enquiry = desk.snapshot.enquiries.get(reference)
        if reference == self._reference and enquiry is not None:
            self._view.show_history(enquiry, past.journal, past.decisions, desk.snapshot, desk.today)

    @Slot(object)
    def _compare(self, decision: Decision) -> None:
        work = partial(self._services.decisions.replay, decision, self._services.desk.today)
        self._tasks.run(self, work, self._view.show_replay, self._not_compared)

    def _not_compared(self, error: PeerMatchError) -> None:
        self._view.compare_again()
        self.failed.emit(error)


def _past(services: Services, reference: str) -> Past:
    return Past(tuple(services.upkeep.journal(about=reference)), services.decisions.of(reference))
