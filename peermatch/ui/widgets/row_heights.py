"""How high the rows of a list are: a few were measured, and of the others it is known how high a row usually is."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from itertools import accumulate


class RowHeights:
    """Where each row begins and ends. What is asked costs the same for ten rows and for a hundred thousand."""

    def __init__(self, count: int = 0, usual: int = 0) -> None:
        self.count, self.usual = count, usual
        self._measured: dict[int, int] = {}
        self._numbers: list[int] = []
        self._more: list[int] = [0]

    def __contains__(self, number: object) -> bool:
        """Whether this row was measured."""
        return number in self._measured

    def measure(self, heights: Mapping[int, int]) -> None:
        """These rows are as high as that."""
        self._measured.update(heights)
        self._numbers = sorted(self._measured)
        more = (self._measured[number] - self.usual for number in self._numbers)
        self._more = list(accumulate(more, initial=0))

    def of(self, number: int) -> int:
        """How high a row is."""
        return self._measured.get(number, self.usual)

    def top(self, number: int) -> int:
        """Where a row begins; behind the last, how high all rows are together."""
        return number * self.usual + self._more[bisect_left(self._numbers, number)]

    @property
    def total(self) -> int:
        """How high all rows are together."""
        return self.top(self.count)

    def at(self, height: int) -> int:
        """Which row is there; -1 where none is."""
        if not 0 <= height < self.total:
            return -1
        return bisect_right(range(self.count), height, key=self.top) - 1

    def between(self, top: int, bottom: int) -> range:
        """The rows of which anything lies there."""
        last = self.total - 1
        if bottom < 0 or top > last:
            return range(0)
        return range(self.at(max(0, top)), self.at(min(bottom, last)) + 1)
