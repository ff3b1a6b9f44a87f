"""Everybody's record by id, read from the file when somebody first asks for one: ranking needs none of them."""

from collections.abc import Callable, Iterator, Mapping

from peermatch.model.people import Supporter

Read = Callable[[], dict[str, Supporter]]


class People(Mapping[str, Supporter]):
    """The records of all supporters; whoever opens a window reads them at once, where the file may be read."""

    __slots__ = ("_known", "_read")

    def __init__(self, read: Read, known: dict[str, Supporter] | None = None) -> None:
        self._read, self._known = read, known

    def read(self) -> dict[str, Supporter]:
        """All of them, read once."""
        if self._known is None:
            self._known = self._read()
        return self._known

    def changed(self, held: Mapping[str, Supporter], gone: frozenset[str]) -> "People":
        """The same people after a change; those who were not read yet are read as the file then has them."""
        if self._known is None:
            return People(self._read)
        return People(self._read, {id: each for id, each in self._known.items() if id not in gone} | {**held})

    def __getitem__(self, id: str) -> Supporter:
        return self.read()[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.read())

    def __len__(self) -> int:
        return len(self.read())
