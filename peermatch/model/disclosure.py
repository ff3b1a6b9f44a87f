"""The small-number rule: what of a count may leave the network, so that nobody can be recognised in it.

As adopted for English hospital statistics from September 2018: nought stays nought, 1 to 7 is not shown, from 8 upward
a count is rounded to the nearest 5, and percentages are made from what was rounded. Topics that are more sensitive, and
tables that cross two of them, have 10 as the least. Two more laws keep what is hidden from being worked out: what is
left of a whole besides its parts that are shown, and what lies between two spans of time that were shown, is nought or
not small either.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from statistics import median

LEAST, LEAST_SENSITIVE = 8, 10
"""The smallest counts that are shown: of anything, and of what is more sensitive or crosses two topics."""
STEP = 5
HIDDEN = "*"
_SEAL = object()


class Figure:
    """A count that may leave: only the rule makes one. No value means that it is hidden."""

    __slots__ = ("value",)
    value: int | None

    def __init__(self, seal: object, value: int | None) -> None:
        if seal is not _SEAL:
            raise TypeError("a Figure is made by the small-number rule alone")
        object.__setattr__(self, "value", value)

    def __setattr__(self, name: str, value: object) -> None:
        raise TypeError("a Figure never changes")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Figure) and self.value == other.value

    def __hash__(self) -> int:
        return hash(self.value)

    def __repr__(self) -> str:
        return f"Figure({self})"

    def __str__(self) -> str:
        return HIDDEN if self.value is None else str(self.value)

    @property
    def hidden(self) -> bool:
        """Whether it is too small to be shown, or would give a small one away."""
        return self.value is None


def disclosed(count: int, least: int = LEAST) -> Figure:
    """A count as it may be seen by others."""
    if 0 < count < least:
        return Figure(_SEAL, None)
    return Figure(_SEAL, (count + STEP // 2) // STEP * STEP)


def withheld() -> Figure:
    """What is hidden for the sake of another."""
    return Figure(_SEAL, None)


def told_again(value: int | None) -> Figure:
    """A figure that was published before: it is out, and stays what it was."""
    if value is not None and (value < 0 or value % STEP):
        raise ValueError("no figure that was ever published")
    return Figure(_SEAL, value)


def percent(part: Figure, whole: Figure) -> int | None:
    """About how many of a hundred, from the rounded figures alone; None where either is hidden or nobody is there."""
    if part.value is None or not whole.value or part.value > whole.value:
        return None
    return round(100 * part.value / whole.value)


def middle(values: Sequence[int]) -> float | None:
    """What half of them reach, where they are enough to be spoken of (simple figures of 1 to 7 people are hidden)."""
    return median(values) if len(values) >= LEAST else None


def small(count: int, least: int) -> bool:
    """Whether a count gives somebody away."""
    return 0 < count < least


@dataclass(frozen=True, slots=True)
class Part:
    """Whoever stands in one cell, by number; and from how many on it may be shown, unless it is barred at all."""

    key: str
    members: frozenset[int]
    least: int = LEAST
    barred: bool = False

    @property
    def passes(self) -> bool:
        """Whether it could be shown for its own sake."""
        return not self.barred and not small(len(self.members), self.least)


def shown_parts(whole: Collection[int], parts: Iterable[Part], least: int = LEAST) -> frozenset[str]:
    """The cells that may be shown beside their whole.

    What is left of the whole when all that are shown are taken away is nought or not small, and is not just one cell
    that is barred: as long as it is, the smallest goes as well. Cells may overlap; one with nobody is shown unless it
    is barred.
    """
    every = tuple(parts)
    passing = sorted((p for p in every if p.passes), key=lambda p: (-len(p.members), p.key))
    shown = [p for p in passing if p.members]
    least = max((least, *(p.least for p in every if not p.passes)))
    barred = [p.members for p in every if p.barred and p.members]
    while shown and _tells(_left(whole, shown), least, barred):
        least = max(least, shown.pop().least)
    return frozenset(p.key for p in passing if not p.members).union(p.key for p in shown)


def _tells(left: frozenset[int], least: int, barred: Iterable[frozenset[int]]) -> bool:
    """Whether what is left is small, or is a cell that must not be shown."""
    return small(len(left), least) or (bool(left) and any(left <= each for each in barred))


def _left(whole: Collection[int], shown: Iterable[Part]) -> frozenset[int]:
    return frozenset(whole).difference(*(p.members for p in shown))


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of time of which a count was shown: from a day, up to the day before another."""

    start: date
    after: date


def may_be_shown(new: Span, before: Iterable[Span], days: Sequence[date], least: int = LEAST) -> bool:
    """Whether a count of a span can be shown beside those that were shown before; ``days`` rise.

    Spans that begin or end on one day can be added and taken from each other. All that can be worked out of them is
    what lies between two of the days that they join: it must be nought or not small. So must be what a span that lies
    inside another one leaves of it at both ends together.
    """

    def count(earlier: date, later: date) -> int:
        return bisect_left(days, later) - bisect_left(days, earlier)

    edges, rest = _joined_to(new, before)
    if any(small(count(earlier, later), least) for earlier, later in pairwise(edges)):
        return False
    while rest:
        others, rest = _joined_to(rest[0], rest[1:])
        if _leaves_few(edges, others, count, least) or _leaves_few(others, edges, count, least):
            return False
    return True


def _leaves_few(
    inner: Sequence[date], outer: Sequence[date], count: Callable[[date, date], int], least: int
) -> bool:
    """Whether a stretch between inner days leaves a small number of the next wider one between outer days.

    The next wider one is enough: what still wider ones have more lies between outer days, and is not small.
    """
    for earlier, later in combinations(inner, 2):
        start, end = bisect_right(outer, earlier) - 1, bisect_left(outer, later)
        inside = 0 <= start < end < len(outer)
        if inside and small(count(outer[start], outer[end]) - count(earlier, later), least):
            return True
    return False


def _joined_to(new: Span, before: Iterable[Span]) -> tuple[list[date], list[Span]]:
    """The days at which something begins or ends, as far as they hang together with the new span; and other spans."""
    joined, rest = {new.start, new.after}, list(before)
    while touching := [each for each in rest if not joined.isdisjoint((each.start, each.after))]:
        joined.update(day for each in touching for day in (each.start, each.after))
        rest = [each for each in rest if each not in touching]
    return sorted(joined), rest


Shown = Mapping[str, Collection[Span]]
"""Of each measure the spans of which a count was shown."""


def chosen_spans(
    wanted: Iterable[Span], before: Collection[Span], days: Sequence[date], least: int = LEAST
) -> frozenset[Span]:
    """Which of these spans can be shown together, after those of before; the fullest are asked first."""

    def count(span: Span) -> int:
        return bisect_left(days, span.after) - bisect_left(days, span.start)

    shown = list(before)
    found: set[Span] = set()
    for span in sorted(wanted, key=lambda each: (-count(each), each)):
        if not small(count(span), least) and may_be_shown(span, shown, days, least):
            shown.append(span)
            found.add(span)
    return frozenset(found)
