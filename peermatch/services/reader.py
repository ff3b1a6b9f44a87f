"""The reader of letters as the services know it: it is loaded and made when the first letter is read."""

from collections.abc import Callable
from typing import Protocol

from peermatch.model.letter import Letter, Proposal
from peermatch.model.reference import Reference
from peermatch.services.late import Late


class Reader(Protocol):
    """What the services ask of whoever reads letters."""

    def propose(self, letter: Letter) -> Proposal:
        """What a letter seems to ask for."""

    def forget(self) -> None:
        """The network locks: not a word of any letter stays."""

    def of_network(self, reference: Reference) -> "Reader":
        """One for a network that has terms and organisations of its own."""


class ReaderOnDemand:
    """A reader that is made when the first letter is read: no window waits for it."""

    def __init__(self, make: Callable[[], Reader]) -> None:
        self._reader = Late(make)

    def propose(self, letter: Letter) -> Proposal:
        """What the reader says."""
        return self._reader().propose(letter)

    def forget(self) -> None:
        """The network locks: one that was never made knows nothing."""
        made = self._reader.made
        if made is not None:
            made.forget()

    def of_network(self, reference: Reference) -> Reader:
        """One for such a network, made when its first letter is read."""
        return ReaderOnDemand(lambda: self._reader().of_network(reference))
