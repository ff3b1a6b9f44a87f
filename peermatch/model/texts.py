"""Many texts kept as one: few bytes for each, where a list of them would cost some sixty for every one."""

from array import array
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise


class Texts:
    """Many texts in one: few bytes for each, and made when one is asked for."""

    __slots__ = ("_ends", "_whole")

    def __init__(self, whole: str, lengths: Iterable[int]) -> None:
        self._whole = whole
        self._ends = array("I", accumulate(lengths, initial=0))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, place: int) -> str:
        return self._whole[self._ends[place] : self._ends[place + 1]]

    @property
    def even(self) -> bytes | None:
        """All of them behind one another, where they are plain letters and equally many each; else nothing."""
        width = len(self._whole) // max(len(self), 1)
        if not width or not self._whole.isascii() or self._ends != array("I", self._steps(width)):
            return None
        return self._whole.encode("ascii")

    def _steps(self, width: int) -> range:
        return range(0, len(self) * width + 1, width)

    def __iter__(self) -> Iterator[str]:
        whole = self._whole
        return (whole[start:end] for start, end in pairwise(self._ends))
