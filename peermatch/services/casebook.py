"""Every enquiry by its reference; those that are over stay as the file's rows have them until somebody looks at one."""

from collections.abc import Callable, Container, ItemsView, Iterable, Iterator, Mapping, Sequence, ValuesView
from datetime import date
from typing import NamedTuple

from peermatch.model.enquiry import OPEN_STATUSES, Enquiry, EnquiryStatus
from peermatch.store.closing import CLOSED
from peermatch.store.filed import Filed

_NO_FILE = Filed.none()
# Tuples, for a set would ask each status for its hash, which takes ten times as long as to look at these two.
_OPEN, _OVER = tuple(OPEN_STATUSES), tuple(CLOSED)

Over = tuple[str, EnquiryStatus, date, date | None]
"""Of an enquiry that is over: its reference, how it ended, when it came, and since when its enquirer agreed."""


class Head(NamedTuple):
    """What lists of many need of an enquiry."""

    reference: str
    received: date
    status: EnquiryStatus
    asks: bool
    """Whether it asks for anything yet."""
    agreed: date | None
    """Since when the enquirer agrees that their details are kept, where they said so."""


class Brief(NamedTuple):
    """What is counted of an enquiry."""

    reference: str
    received: date
    status: EnquiryStatus
    wanted: tuple[str, ...]


class Casebook(Mapping[str, Enquiry]):
    """Enquiries in the order in which they came; of a great network hardly one in fifty is open.

    A change makes a new casebook of a few, and shares the rows and what was made of them.
    """

    __slots__ = ("_held", "_made", "_open", "_rows")

    def __init__(
        self,
        rows: Filed,
        held: Mapping[str, int | Enquiry] | None = None,
        made: dict[int, Enquiry] | None = None,
    ) -> None:
        self._rows = rows
        self._held = (
            {id: place for place, id in enumerate(rows.columns["reference"])} if held is None else held
        )
        self._made: dict[int, Enquiry] = {} if made is None else made
        self._open: tuple[Enquiry, ...] | None = None

    @classmethod
    def of(cls, enquiries: Mapping[str, Enquiry]) -> "Casebook":
        """A casebook as it is, or one of enquiries that stand in no file."""
        return enquiries if isinstance(enquiries, Casebook) else cls(_NO_FILE, enquiries)

    def changed(self, now: Mapping[str, Enquiry], gone: Iterable[str]) -> "Casebook":
        """The same after a change: these stand where they stood before, or behind all others where they are new."""
        held = {**self._held, **now}
        for reference in gone:
            held.pop(reference, None)
        return Casebook(self._rows, held, self._made)

    @property
    def open(self) -> Sequence[Enquiry]:
        """Those of which new steps may be taken."""
        if self._open is None:
            self._open = tuple(self._these([reference for reference, _ in self._standing(_OPEN)]))
        return self._open

    def going_on(self, others: Container[str]) -> Iterator[Enquiry]:
        """Those that are not over, and these others as well."""
        statuses = self._rows.columns["status"]
        return self._these(
            [
                id
                for id, found in self._held.items()
                if (statuses[found] if isinstance(found, int) else found.status) not in _OVER or id in others
            ]
        )

    def heads(self, among: Container[EnquiryStatus] | None = None) -> Iterator[Head]:
        """All of them in brief, or those that stand so."""
        names = ("received", "status", "needs", "consent")
        received, statuses, needs, consents = (self._rows.columns[name] for name in names)
        for reference, found in self._held.items() if among is None else self._standing(among):
            if isinstance(found, int):
                asks, consent = bool(needs[found].strip("[] ")), consents[found]
                yield Head(
                    reference, received[found], statuses[found], asks, consent.given if consent else None
                )
            else:
                agreed = found.consent.given if found.consent else None
                yield Head(reference, found.received, found.status, bool(found.needs), agreed)

    def over(self) -> Iterator[Over]:
        """What is known of the end of those that are over: a great network has tens of thousands."""
        received, statuses, consents = (
            self._rows.columns[name] for name in ("received", "status", "consent")
        )
        for reference, found in self._standing(_OVER):
            if isinstance(found, int):
                consent = consents[found]
                yield reference, statuses[found], received[found], consent.given if consent else None
            else:
                agreed = found.consent.given if found.consent else None
                yield reference, found.status, found.received, agreed

    def wanted(self, after: date, until: date) -> Iterator[tuple[str, ...]]:
        """What each of those asks for that came after one day and up to another."""
        days, held = self._rows.columns["received"], self._held.values()
        yield from self._rows.wanted([e for e in held if isinstance(e, int) and after < days[e] <= until])
        yield from (e.wanted for e in held if isinstance(e, Enquiry) and after < e.received <= until)

    def briefs(self, holds: Callable[[date], bool]) -> Iterator[Brief]:
        """Those that came on certain days, with what each asks for; nothing else of them is taken apart."""
        days, statuses = (self._rows.columns[name] for name in ("received", "status"))
        came = [
            (reference, each)
            for reference, each in self._held.items()
            if holds(days[each] if isinstance(each, int) else each.received)
        ]
        topics = self._rows.wanted([each for _, each in came if isinstance(each, int)])
        for reference, each in came:
            if isinstance(each, int):
                yield Brief(reference, days[each], statuses[each], next(topics))
            else:
                yield Brief(reference, each.received, each.status, each.wanted)

    def __getitem__(self, reference: str) -> Enquiry:
        found = self._held[reference]
        if not isinstance(found, int):
            return found
        if found not in self._made:
            self._make((found,))
        return self._made[found]

    def __contains__(self, reference: object) -> bool:
        return reference in self._held

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def values(self) -> ValuesView[Enquiry]:
        """All of them, whole; whoever wants those that are `open` asks for these alone."""
        self._make(each for each in self._held.values() if isinstance(each, int))
        return super().values()

    def items(self) -> ItemsView[str, Enquiry]:
        """The same by their references."""
        self.values()
        return super().items()

    def _standing(self, among: Container[EnquiryStatus]) -> list[tuple[str, int | Enquiry]]:
        """Those that stand so, in order."""
        statuses = self._rows.columns["status"]
        return [
            (reference, found)
            for reference, found in self._held.items()
            if (statuses[found] if isinstance(found, int) else found.status) in among
        ]

    def _these(self, references: Sequence[str]) -> Iterator[Enquiry]:
        self._make(place for each in references if isinstance(place := self._held[each], int))
        return map(self.__getitem__, references)

    def _make(self, places: Iterable[int]) -> None:
        """Make those that nobody has looked at yet."""
        new = [place for place in places if place not in self._made]
        self._made.update(zip(new, self._rows.made(new), strict=True))
