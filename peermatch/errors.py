"""Every sentence of failure that a person may read, as one family of exceptions with an exit code each."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with an input: where it stands (``supporters[12].email``) and what to do about it."""

    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}" if self.place else self.text


class PeerMatchError(Exception):
    """Something that the reader can understand and act on.

    ``what`` is one clear sentence that says what happened and where; ``hint`` says what to do next.
    The exit codes are those of the command line: one subclass for each.
    """

    exit_code = 1

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.what} {self.hint}".strip()


class SystemRefused(PeerMatchError):
    """The computer would not do it: the disk is full, the folder is read-only."""

    exit_code = 1


class WrongUse(PeerMatchError):
    """The command was called with words that it does not know."""

    exit_code = 2


class Refused(PeerMatchError):
    """A rule says no (consent, state, capacity, open risk); nothing was written."""

    exit_code = 3


class CannotUnlock(PeerMatchError):
    """The passphrase or recovery key does not open the network."""

    exit_code = 4


class Damaged(PeerMatchError):
    """The network is damaged, or newer than this program."""

    exit_code = 5


class BadInput(PeerMatchError):
    """What came in cannot be used; ``faults`` lists every problem at once."""

    exit_code = 6

    def __init__(self, what: str, hint: str = "", faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(what, hint)
        self.faults = faults


class HeldElsewhere(PeerMatchError):
    """Another process holds the network open."""

    exit_code = 7
