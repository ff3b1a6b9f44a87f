"""Reads the kept letters again for what they say, one after the other, so that the worker is never held for long."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from peermatch.errors import PeerMatchError
from peermatch.model.enquiry import Enquiry
from peermatch.model.letter import Proposal
from peermatch.services.incoming import Draft
from peermatch.services.office import Services
from peermatch.ui.tasks import Tasks


class LetterReader(QObject):
    """``was_read`` brings a reference; a letter never changes, so each is read once."""

    was_read = Signal(str)

    def __init__(self, services: Services, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._read: dict[str, Draft | None] = {}
        self._waiting: list[str] = []
        self._busy = False

    def letter(self, reference: str) -> Draft | None:
        """The letter as it was read, once it was."""
        return self._read.get(reference)

    def proposals(self) -> Mapping[str, Proposal]:
        """What the letters that were read seem to say."""
        return {reference: read.proposal for reference, read in self._read.items() if read}

    def forget(self) -> None:
        """Another network, or another vocabulary."""
        self._read.clear()

    def read(self, references: Sequence[str], enquiries: Mapping[str, Enquiry]) -> None:
        """Read these next, in this order, as far as they have a letter and were not read."""
        held = (r for r in references if r in enquiries and (enquiries[r].letter or "").strip())
        self._waiting = [r for r in held if r not in self._read]
        self._go_on()

    def _go_on(self) -> None:
        if self._busy or not self._waiting:
            return
        reference = self._waiting.pop(0)
        self._busy = True
        work = partial(self._services.enquiries.reading, reference)
        self._tasks.run(self, work, partial(self._came, reference), partial(self._failed, reference))

    def _came(self, reference: str, read: Draft | None) -> None:
        self._busy = False
        self._read[reference] = read
        self._waiting = [each for each in self._waiting if each != reference]
        self.was_read.emit(reference)
        self._go_on()

    def _failed(self, reference: str, error: PeerMatchError) -> None:
        """A letter that cannot be read is shown without marks; that is no reason to stop."""
        self._came(reference, None)
