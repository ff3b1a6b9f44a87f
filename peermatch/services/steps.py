"""All introductions, read from the file when somebody first asks for one: ranking needs none of them."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import overload

from peermatch.model.introduction import IN_HAND, Introduction

Numbered = Mapping[int, Introduction]
"""Introductions by the number under which the file keeps them, which says in which order they were asked."""
_IN_HAND = tuple(IN_HAND)
"""To look at these four takes a tenth of the time of asking a state for its hash."""
_ENQUIRY: Callable[[Introduction], str] = attrgetter("enquiry")
_SUPPORTER: Callable[[Introduction], str] = attrgetter("supporter")


class Steps(Sequence[Introduction]):
    """The introductions in the order in which they were asked, and quickly those of one enquiry or supporter.

    They must not be first asked for inside a command: there is one connection to the file.
    """

    __slots__ = ("_by_enquiry", "_by_supporter", "_in_hand", "_listed", "_numbers", "_read")

    def __init__(self, read: Callable[[], Numbered], known: Numbered | None = None) -> None:
        self._read = read
        self._numbers = array("q")
        self._listed: tuple[Introduction, ...] | None = None
        self._by_enquiry: list[Introduction] | None = None
        self._by_supporter: list[Introduction] | None = None
        self._in_hand: tuple[Introduction, ...] | None = None
        if known is not None:
            self._keep(known)

    @classmethod
    def given(cls, listed: Iterable[Introduction]) -> "Steps":
        """Introductions that stand in no file."""
        numbered = dict(enumerate(listed))
        return cls(lambda: numbered, numbered)

    def read(self) -> tuple[Introduction, ...]:
        """All of them, read once."""
        return self._keep(self._read()) if self._listed is None else self._listed

    def _keep(self, known: Numbered) -> tuple[Introduction, ...]:
        """Beside their numbers, which together take a tenth of what a dictionary would."""
        self._numbers = array("q", known)
        self._listed = tuple(known.values())
        return self._listed

    @property
    def in_hand(self) -> tuple[Introduction, ...]:
        """Those that take up a place of somebody's capacity."""
        if self._in_hand is None:
            self._in_hand = tuple(each for each in self.read() if each.state in _IN_HAND)
        return self._in_hand

    def ready(self) -> "Steps":
        """Read, and in order for every question."""
        if self._by_enquiry is None or self._by_supporter is None:
            self._by_enquiry = sorted(self.read(), key=_ENQUIRY)
            self._by_supporter = sorted(self.read(), key=_SUPPORTER)
        return self

    def of(self, reference: str) -> tuple[Introduction, ...]:
        """The introductions of one enquiry."""
        return _found(self.ready()._by_enquiry or [], reference, _ENQUIRY)

    def with_supporter(self, supporter: str) -> tuple[Introduction, ...]:
        """The introductions of one supporter."""
        return _found(self.ready()._by_supporter or [], supporter, _SUPPORTER)

    def changed(self, references: frozenset[str], now: Numbered) -> "Steps":
        """The same after a change to the introductions of a few enquiries, all of which are given."""
        if self._listed is None:
            return Steps(self._read)
        before = [each for reference in sorted(references) for each in self.of(reference)]
        if before == sorted(now.values(), key=_ENQUIRY):
            return self
        numbered = zip(self._numbers, self._listed, strict=True)
        others = {number: each for number, each in numbered if each.enquiry not in references}
        return Steps(self._read, dict(sorted({**others, **now}.items()))).ready()

    @overload
    def __getitem__(self, place: int) -> Introduction: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Introduction, ...]: ...
    def __getitem__(self, place: int | slice) -> Introduction | tuple[Introduction, ...]:
        return self.read()[place]

    def __iter__(self) -> Iterator[Introduction]:
        return iter(self.read())

    def __len__(self) -> int:
        return len(self.read())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self.read() == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as for any list: what is equal by its items has no hash


def _found(
    rising: list[Introduction], id: str, key: Callable[[Introduction], str]
) -> tuple[Introduction, ...]:
    return tuple(rising[bisect_left(rising, id, key=key) : bisect_right(rising, id, key=key)])
