"""All introductions, read from the file when somebody first asks for one: ranking needs none of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import attrgetter, itemgetter
from typing import overload

from peermatch.model.introduction import IN_HAND, Introduction
from peermatch.store.logged import Logged

Numbered = Mapping[int, Introduction]
"""Introductions by the number under which the file keeps them, which says in which order they were asked."""
_IN_HAND = tuple(IN_HAND)
"""To look at these four takes a tenth of the time of asking a state for its hash."""
_ENQUIRY: Callable[[Introduction], str] = attrgetter("enquiry")
_NUMBER: Callable[[tuple[int, Introduction]], int] = itemgetter(0)


class Steps(Sequence[Introduction]):
    """The introductions in the order in which they were asked, and quickly those of one enquiry or supporter.

    Each is made when somebody looks at it. A change makes a new list of those of a few enquiries, and shares the rows
    of all others. They must not be first asked for inside a command: there is one connection to the file.
    """

    __slots__ = ("_changed", "_held", "_in_hand", "_listed", "_read", "_rows")

    def __init__(self, read: Callable[[], Numbered]) -> None:
        self._read = read
        self._rows: Logged | None = None
        self._held: Numbered = {}
        self._changed: frozenset[str] = frozenset()
        self._listed: tuple[Introduction, ...] | None = None
        self._in_hand: tuple[Introduction, ...] | None = None

    @classmethod
    def given(cls, listed: Iterable[Introduction]) -> "Steps":
        """Introductions that stand in no file."""
        numbered = dict(enumerate(listed))
        return cls(lambda: numbered).ready()

    def ready(self) -> "Steps":
        """Read, and in order for every question."""
        self._known().ready()
        return self

    def _known(self) -> Logged:
        """The rows, read once; of the enquiries that changed since they say nothing."""
        if self._rows is None:
            self._rows = Logged.of(self._read())
        return self._rows

    def read(self) -> tuple[Introduction, ...]:
        """All of them."""
        if self._listed is None:
            self._listed = self._these(range(len(self._known())), self._held.items())
        return self._listed

    @property
    def in_hand(self) -> tuple[Introduction, ...]:
        """Those that take up a place of somebody's capacity."""
        if self._in_hand is None:
            held = ((number, each) for number, each in self._held.items() if each.state in _IN_HAND)
            self._in_hand = self._these(self._known().in_hand(), held)
        return self._in_hand

    def of(self, reference: str) -> tuple[Introduction, ...]:
        """The introductions of one enquiry."""
        if reference in self._changed:
            return tuple(each for each in self._held.values() if each.enquiry == reference)
        rows = self._known()
        return tuple(map(rows.at, rows.of_enquiry(reference)))

    def with_supporter(self, supporter: str) -> tuple[Introduction, ...]:
        """The introductions of one supporter."""
        held = ((number, each) for number, each in self._held.items() if each.supporter == supporter)
        return self._these(self._known().of_supporter(supporter), held)

    def latest(self) -> Mapping[str, date]:
        """Of each enquiry that anybody was asked for, the latest day of which its introductions know."""
        found = {id: day for id, day in self._known().latest().items() if id not in self._changed}
        for each in self._held.values():
            last = max(filter(None, (each.asked, each.answered, each.introduced, each.ended)))
            found[each.enquiry] = max(last, found.get(each.enquiry, last))
        return found

    def _these(
        self, places: Iterable[int], held: Iterable[tuple[int, Introduction]]
    ) -> tuple[Introduction, ...]:
        """Those at some places whose enquiry did not change, and some of the others, by number."""
        rows, changed = self._known(), self._changed
        if not changed:
            return tuple(map(rows.at, places))
        stay = (place for place in places if rows.enquiry(place) not in changed)
        numbered = [*((rows.numbers[place], rows.at(place)) for place in stay), *held]
        return tuple(each for _, each in sorted(numbered, key=_NUMBER))

    def changed(self, references: frozenset[str], now: Numbered) -> "Steps":
        """The same after a change to the introductions of a few enquiries, all of which are given."""
        after = Steps(self._read)
        if self._rows is None:
            return after
        before = [each for reference in sorted(references) for each in self.of(reference)]
        if before == sorted(now.values(), key=_ENQUIRY):
            return self
        held = {number: each for number, each in self._held.items() if each.enquiry not in references}
        after._rows, after._changed = self._rows, self._changed | references
        after._held = dict(sorted({**held, **now}.items()))
        return after

    @overload
    def __getitem__(self, place: int) -> Introduction: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Introduction, ...]: ...
    def __getitem__(self, place: int | slice) -> Introduction | tuple[Introduction, ...]:
        return self.read()[place]

    def __iter__(self) -> Iterator[Introduction]:
        return iter(self.read())

    def __len__(self) -> int:
        rows = self._known()
        return len(rows) - sum(len(rows.of_enquiry(each)) for each in self._changed) + len(self._held)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self.read() == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as for any list: what is equal by its items has no hash
