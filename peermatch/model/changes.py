"""What a command did: the value that every command returns and every screen refreshes from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Touched:
    """The records that changed."""

    supporters: frozenset[str] = frozenset()
    enquiries: frozenset[str] = frozenset()
    network: bool = False

    def joined(self, other: "Touched") -> "Touched":
        """Both together."""
        return Touched(
            self.supporters | other.supporters,
            self.enquiries | other.enquiries,
            self.network or other.network,
        )


@dataclass(frozen=True, slots=True)
class Done:
    """One committed command: what it touched, what to say, and the journal step that can be undone, if any.

    ``redo`` is the step that was just undone, where it can be done again.
    """

    touched: Touched
    notice: str
    undo: int | None = None
    redo: int | None = None
