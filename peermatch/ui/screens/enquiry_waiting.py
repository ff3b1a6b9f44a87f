"""Which enquiries wait, are with somebody, or rest: known without the screen that lists them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from operator import attrgetter

from peermatch.model.enquiry import OPEN_STATUSES, Enquiry
from peermatch.model.introduction import State
from peermatch.services.snapshot import Snapshot
from peermatch.ui.screens.enquiry_facets import ASKED, MET, SAFETY, TO_ASK, TO_READ

_OPEN = tuple(OPEN_STATUSES)
"""To look at these two takes a tenth of the time of asking a status for its hash."""


def count_waiting(picture: Snapshot) -> int:
    """How many open enquiries have nobody introduced yet: what `Order` lists, counted alone; hardly one is made."""
    met, cases = _met(picture), picture.cases
    queue = (head.reference for head in cases.heads(_OPEN))
    return sum(1 for reference in queue if reference not in met or cases[reference].held)


class Order:
    """The queue of one picture, sorted once: the open enquiries by whose turn it is, each part the oldest first."""

    def __init__(self, picture: Snapshot) -> None:
        self.picture = picture
        self._met = _met(picture)
        self._asked = {each.enquiry for each in picture.introductions.in_hand}
        queue = _oldest_first(picture.cases.open)
        parts = [self.part(each) for each in queue]
        self.counts: Mapping[str, int] = Counter(parts)
        self.waiting = tuple(each for each, part in zip(queue, parts, strict=True) if part != MET)
        """For whom nobody is introduced yet."""
        self.met = tuple(each for each, part in zip(queue, parts, strict=True) if part == MET)
        """Who is with somebody now: nothing waits there, but how it goes will be asked."""
        self.rest = len(picture.cases) - len(queue)
        """How many are on hold, closed or withdrawn."""

    @property
    def to_plan(self) -> int:
        """How many have nobody in hand and no risk that waits: those that a plan is for."""
        return self.counts[TO_READ] + self.counts[TO_ASK]

    def part(self, enquiry: Enquiry) -> str:
        """The one part of the queue that an open enquiry belongs to: whose turn it is."""
        if enquiry.held:
            return SAFETY
        if enquiry.reference in self._met:
            return MET
        if enquiry.reference in self._asked:
            return ASKED
        return TO_ASK if enquiry.needs else TO_READ

    def resting(self) -> tuple[str, ...]:
        """The references of those that rest, the oldest first; none of them is made for it."""
        queue = {each.reference for each in (*self.waiting, *self.met)}
        heads = [head for head in self.picture.cases.heads() if head.reference not in queue]
        return tuple(head.reference for head in sorted(heads, key=attrgetter("received", "reference")))


def _met(picture: Snapshot) -> set[str]:
    return {each.enquiry for each in picture.introductions.in_hand if each.state is State.INTRODUCED}


def _oldest_first(enquiries: Iterable[Enquiry]) -> list[Enquiry]:
    return sorted(enquiries, key=attrgetter("received", "reference"))


class Waiting:
    """The order of the present picture, asked for at every step; a picture is never changed, only replaced."""

    def __init__(self) -> None:
        self._known: Order | None = None

    def order(self, picture: Snapshot) -> Order:
        """Of this picture."""
        if self._known is None or self._known.picture is not picture:
            self._known = Order(picture)
        return self._known

    def count(self, picture: Snapshot) -> int:
        """How many wait in it."""
        return len(self.order(picture).waiting)
