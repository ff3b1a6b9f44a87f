"""All introductions as their rows stand, column by column: one is made of them when somebody looks at it."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from peermatch.model.introduction import IN_HAND, Introduction, State
from peermatch.model.texts import Texts
from peermatch.store.many import Made

_STATES = tuple(State)
_STATE = {state.value: place for place, state in enumerate(_STATES)}
_TAKEN_UP = frozenset(place for place, state in enumerate(_STATES) if state in IN_HAND)
_DAYS = ("asked", "answered", "introduced", "ended")


class Logged(Mapping[int, Introduction]):
    """Introductions by number, in the order in which they were asked; a few bytes for each, and it never changes.

    A place is the how-manieth it is; a day that there is not is 0.
    """

    __slots__ = (
        "_by_enquiry",
        "_by_supporter",
        "_days",
        "_enquiries",
        "_outcomes",
        "_states",
        "_supporters",
        "numbers",
    )

    def __init__(self, batches: Iterable[Sequence[Any]]) -> None:
        """Of rows that begin with the number and go on in the order of an introduction's fields."""
        self.numbers, self._states, self._days = array("q"), bytearray(), [array("i") for _ in _DAYS]
        self._enquiries, self._outcomes = list[str](), list[str | None]()
        supporters, lengths = list[str](), array("I")
        ordinals = Made(lambda cell: date.fromisoformat(cell).toordinal())
        ordinals[None] = 0
        for rows in batches:
            numbers, enquiries, theirs, states, *days, outcomes = zip(*rows, strict=True)
            self.numbers.extend(numbers)
            self._enquiries.extend(enquiries)
            supporters.append("".join(theirs))
            lengths.extend(map(len, theirs))
            self._states.extend(map(_STATE.__getitem__, states))
            for column, cells in zip(self._days, days, strict=True):
                column.extend(map(ordinals.__getitem__, cells))
            self._outcomes.extend(outcomes)
        self._supporters = Texts("".join(supporters), lengths)
        self._by_enquiry: Sequence[int] | None = None
        self._by_supporter: Sequence[int] | None = None

    @classmethod
    def of(cls, numbered: Mapping[int, Introduction]) -> "Logged":
        """The same of introductions that were made before."""
        if isinstance(numbered, Logged):
            return numbered
        return cls([[_row(number, each) for number, each in sorted(numbered.items())]] if numbered else ())

    def at(self, place: int) -> Introduction:
        """The introduction at a place."""
        asked, answered, met, ended = (_day(column[place]) for column in self._days)
        return Introduction(
            self._enquiries[place],
            self._supporters[place],
            _STATES[self._states[place]],
            asked or date.min,
            answered,
            met,
            ended,
            self._outcomes[place],
        )

    def enquiry(self, place: int) -> str:
        """For which enquiry somebody was asked."""
        return self._enquiries[place]

    def in_hand(self) -> list[int]:
        """Where those stand that take up a place of somebody's capacity."""
        return [place for place, state in enumerate(self._states) if state in _TAKEN_UP]

    def ready(self) -> None:
        """In order for every question."""
        self.of_enquiry("")
        self.of_supporter("")

    def of_enquiry(self, reference: str) -> Sequence[int]:
        """Where those of one enquiry stand."""
        if self._by_enquiry is None:
            self._by_enquiry = _ordered(self._enquiries)
        return _found(self._by_enquiry, reference, self._enquiries.__getitem__)

    def of_supporter(self, supporter: str) -> Sequence[int]:
        """Where those of one supporter stand."""
        if self._by_supporter is None:
            self._by_supporter = _ordered(list(self._supporters))
        return _found(self._by_supporter, supporter, self._supporters.__getitem__)

    def latest(self) -> dict[str, date]:
        """Of each enquiry the latest day of which one of its introductions knows."""
        found: dict[str, int] = {}
        known = found.get
        for enquiry, day in zip(self._enquiries, map(max, *self._days), strict=True):
            if day > known(enquiry, 0):
                found[enquiry] = day
        return {enquiry: date.fromordinal(day) for enquiry, day in found.items()}

    def __getitem__(self, number: int) -> Introduction:
        place = bisect_left(self.numbers, number)
        if place == len(self.numbers) or self.numbers[place] != number:
            raise KeyError(number)
        return self.at(place)

    def __iter__(self) -> Iterator[int]:
        return iter(self.numbers)

    def __len__(self) -> int:
        return len(self.numbers)


def _row(number: int, each: Introduction) -> tuple[Any, ...]:
    days = (getattr(each, name) for name in _DAYS)
    said = (None if day is None else day.isoformat() for day in days)
    return (number, each.enquiry, each.supporter, each.state.value, *said, each.outcome)


def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None


def _ordered(ids: Sequence[str]) -> Sequence[int]:
    return array("I", sorted(range(len(ids)), key=ids.__getitem__))


def _found(places: Sequence[int], id: str, key: Callable[[int], str]) -> Sequence[int]:
    first = bisect_left(places, id, key=key)
    return places[first : bisect_right(places, id, first, key=key)]
