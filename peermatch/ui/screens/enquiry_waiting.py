"""Which enquiries wait, are with somebody, or rest: known without the screen that lists them."""

from collections.abc import Iterable

from peermatch.model.enquiry import Enquiry
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.enquiry_facets import MET, turn


def waiting(snapshot: Snapshot) -> tuple[Enquiry, ...]:
    """The open enquiries for which nobody is introduced yet, the oldest first."""
    return _oldest_first(e for e in snapshot.enquiries.values() if e.open and not _met(e, snapshot))


class Waiting:
    """How many wait: the window asks at every step, and a picture is never changed, only replaced."""

    def __init__(self) -> None:
        self._known: tuple[Snapshot, int] | None = None

    def count(self, snapshot: Snapshot) -> int:
        """How many there are in this picture."""
        if self._known is None or self._known[0] is not snapshot:
            self._known = (snapshot, len(waiting(snapshot)))
        return self._known[1]


def met(snapshot: Snapshot) -> tuple[Enquiry, ...]:
    """The open enquiries of those who are with somebody now: nothing waits there, but how it goes will be asked."""
    return _oldest_first(e for e in snapshot.enquiries.values() if e.open and _met(e, snapshot))


def _met(enquiry: Enquiry, snapshot: Snapshot) -> bool:
    return turn(enquiry, snapshot.introductions_of(enquiry.reference)) == MET


def resting(snapshot: Snapshot) -> tuple[Enquiry, ...]:
    """Those on hold, closed or withdrawn."""
    return _oldest_first(e for e in snapshot.enquiries.values() if not e.open)


def _oldest_first(enquiries: Iterable[Enquiry]) -> tuple[Enquiry, ...]:
    return tuple(sorted(enquiries, key=lambda e: (e.received, e.reference)))
