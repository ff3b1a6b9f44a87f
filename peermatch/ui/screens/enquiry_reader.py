"""Reads the kept letters again for what they say: the open one at once, then one by one those whose row is in sight."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from peermatch.errors import PeerMatchError
from peermatch.model.enquiry import Enquiry
from peermatch.model.letter import Proposal
from peermatch.services.incoming import Draft
from peermatch.services.office import Services
from peermatch.ui.soon import soon
from peermatch.ui.tasks import Tasks

REST_MS = 150
"""Between two letters that nobody has opened: whoever types or presses something comes first."""


class LetterReader(QObject):
    """``was_read`` brings a reference; a letter never changes, so each is read once.

    To read one takes a third of a second of the worker, so that nothing is read which nobody sees.
    """

    was_read = Signal(str)

    def __init__(self, services: Services, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._read: dict[str, Draft | None] = {}
        self._waiting: list[str] = []
        self._busy = False
        self._open_now = ""
        self._later = soon(self, self._go_on, REST_MS)

    @property
    def idle(self) -> bool:
        """Whether all that was wanted is read."""
        return not self._busy and not self._waiting

    def letter(self, reference: str) -> Draft | None:
        """The letter as it was read, once it was."""
        return self._read.get(reference)

    def proposals(self) -> Mapping[str, Proposal]:
        """What the letters that were read seem to say."""
        return {reference: read.proposal for reference, read in self._read.items() if read}

    def forget(self) -> None:
        """Another network, or another vocabulary."""
        self._read.clear()

    def read(self, open_now: str, in_sight: Sequence[str], enquiries: Mapping[str, Enquiry]) -> None:
        """Read the open one now and then these, in this order, as far as they have a letter and were not read."""
        self._open_now = open_now
        wanted = dict.fromkeys((open_now, *in_sight))
        held = (r for r in wanted if r in enquiries and (enquiries[r].letter or "").strip())
        self._waiting = [r for r in held if r not in self._read]
        if open_now in self._waiting:
            self._later.stop()
            self._go_on()
        elif self._waiting and not self._later.isActive():
            self._later.start()

    @Slot()
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
        if self._waiting[:1] == [self._open_now]:
            self._go_on()
        elif self._waiting:
            self._later.start()

    def _failed(self, reference: str, error: PeerMatchError) -> None:
        """A letter that cannot be read is shown without marks; that is no reason to stop."""
        self._came(reference, None)
