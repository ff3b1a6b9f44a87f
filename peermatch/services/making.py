"""How far the worker has come with what an opening makes anew of all records: read by the window while it waits."""

from dataclasses import dataclass


@dataclass(slots=True)
class Making:
    """Of how many people it is made, and of how many there are; nobody's where nothing is being made."""

    done: int = 0
    of: int = 0

    def note(self, done: int, of: int) -> None:
        """So many are made; once all are, nothing is being made any more."""
        self.done, self.of = (done, of) if done < of else (0, 0)
