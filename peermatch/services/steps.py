"""All introductions, read from the file when somebody first asks for one: ranking needs none of them."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import overload

from peermatch.model.introduction import Introduction

Numbered = Mapping[int, Introduction]
"""Introductions by the number under which the file keeps them, which says in which order they were asked."""
_ENQUIRY: Callable[[Introduction], str] = attrgetter("enquiry")
_SUPPORTER: Callable[[Introduction], str] = attrgetter("supporter")


class Steps(Sequence[Introduction]):
    """The introductions in the order in which they were asked, and quickly those of one enquiry or supporter.

    They must not be first asked for inside a command: there is one connection to the file.
    """

    __slots__ = ("_by_enquiry", "_by_supporter", "_known", "_listed", "_read")

    def __init__(self, read: Callable[[], Numbered], known: Numbered | None = None) -> None:
        self._read, self._known = read, known
        self._listed: tuple[Introduction, ...] | None = None
        self._by_enquiry: list[Introduction] | None = None
        self._by_supporter: list[Introduction] | None = None

    @classmethod
    def given(cls, listed: Iterable[Introduction]) -> "Steps":
        """Introductions that stand in no file."""
        numbered = dict(enumerate(listed))
        return cls(lambda: numbered, numbered)

    def read(self) -> tuple[Introduction, ...]:
        """All of them, read once."""
        if self._listed is None:
            self._listed = tuple(self._numbered().values())
        return self._listed

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
        if self._known is None:
            return Steps(self._read)
        before = [each for reference in sorted(references) for each in self.of(reference)]
        if before == sorted(now.values(), key=_ENQUIRY):
            return self
        others = {number: each for number, each in self._known.items() if each.enquiry not in references}
        return Steps(self._read, dict(sorted({**others, **now}.items()))).ready()

    def _numbered(self) -> Numbered:
        if self._known is None:
            self._known = self._read()
        return self._known

    @overload
    def __getitem__(self, place: int) -> Introduction: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Introduction, ...]: ...
    def __getitem__(self, place: int | slice) -> Introduction | tuple[Introduction, ...]:
        return self.read()[place]

    def __iter__(self) -> Iterator[Introduction]:
        return iter(self.read())

    def __len__(self) -> int:
        return len(self._numbered())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self.read() == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as for any list: what is equal by its items has no hash


def _found(
    rising: list[Introduction], id: str, key: Callable[[Introduction], str]
) -> tuple[Introduction, ...]:
    return tuple(rising[bisect_left(rising, id, key=key) : bisect_right(rising, id, key=key)])
