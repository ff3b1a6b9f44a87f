"""Everybody's record by id, read from the file when somebody first asks for one: ranking needs none of them."""

from collections.abc import Callable, Iterator, Mapping

from peermatch.model.people import Supporter

Read = Callable[[], dict[str, Supporter]]
ReadOne = Callable[[str], Supporter | None]
MOST_SINGLY = 64
"""Whoever asks for more than so many one by one is given everybody at once, which then costs less."""


class People(Mapping[str, Supporter]):
    """The records of all supporters; whoever opens a window reads them at once, where the file may be read.

    ``read_one`` reads a single record, for steps that need no other; without it the first question reads everybody.
    """

    __slots__ = ("_known", "_read", "_read_one", "_singly")

    def __init__(
        self,
        read: Read,
        known: dict[str, Supporter] | None = None,
        read_one: ReadOne | None = None,
    ) -> None:
        self._read, self._known, self._read_one = read, known, read_one
        self._singly: dict[str, Supporter] = {}

    def read(self) -> dict[str, Supporter]:
        """All of them, read once."""
        if self._known is None:
            self._known = self._read()
        return self._known

    def changed(self, held: Mapping[str, Supporter], gone: frozenset[str]) -> "People":
        """The same people after a change; those who were not read yet are read as the file then has them."""
        if self._known is None:
            return People(self._read, None, self._read_one)
        known = {id: each for id, each in self._known.items() if id not in gone} | {**held}
        return People(self._read, known, self._read_one)

    def __getitem__(self, id: str) -> Supporter:
        if self._known is None and self._read_one is not None and len(self._singly) < MOST_SINGLY:
            return self._one(id, self._read_one)
        return self.read()[id]

    def _one(self, id: str, read_one: ReadOne) -> Supporter:
        found = self._singly.get(id) or read_one(id)
        if found is None:
            raise KeyError(id)
        self._singly[id] = found
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.read())

    def __len__(self) -> int:
        return len(self.read())
