"""The reader of letters as the services know it: it is made when the first letter is read."""

from collections.abc import Callable

from peermatch.matching.suggest import Suggester
from peermatch.matching.suggesting.sense import Sense, Sensed
from peermatch.matching.suggesting.weighing import Alarm, Clue
from peermatch.model.letter import Letter, Proposal
from peermatch.model.reference import Reference
from peermatch.services.late import Late


class ReaderOnDemand(Suggester):
    """The reader of letters, made when the first letter is read: no window waits for it."""

    def __init__(self, make: Callable[[], Suggester]) -> None:
        self._reader = Late(make)

    def propose(self, letter: Letter) -> Proposal:
        """What the reader says."""
        return self._reader().propose(letter)

    def forget(self) -> None:
        """The network locks: one that was never made knows nothing."""
        made = self._reader.made
        if made is not None:
            made.forget()

    def of_network(self, reference: Reference) -> Suggester:
        """One for a network that has terms and organisations of its own, made when its first letter is read."""
        return ReaderOnDemand(lambda: self._reader().of_network(reference))

    def with_sense(self, sense: Callable[[], Sense]) -> Suggester:
        """The same rules beside another sentence model."""
        return self._reader().with_sense(sense)

    def clues(self, letter: Letter, sense: Sense) -> tuple[dict[str, Clue], Alarm, Sensed]:
        """What speaks for each topic and for danger."""
        return self._reader().clues(letter, sense)
