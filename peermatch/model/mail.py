"""Letters beside the one that began an enquiry: what came later, what waits for a decision, what was set aside."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from peermatch.model.text import fold_address


class MailKind(StrEnum):
    """What a letter is, as far as its headers and its sender say."""

    LETTER = "letter"
    REPLY = "reply"
    AUTOMATIC = "automatic"
    RETURNED = "returned"
    SPAM = "spam"


class MailState(StrEnum):
    """What became of it: it belongs to its enquiry, waits for somebody to say where, was set aside, or was seen."""

    JOINED = "joined"
    WAITING = "waiting"
    ASIDE = "aside"
    DONE = "done"


class Says(StrEnum):
    """What an answer seems to say; a person decides whether it does."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody seems to have answered, with the words that led to it."""

    says: Says
    words: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Mail:
    """One such letter; the sender is unverified, and it never shows itself.

    ``enquiry`` and ``supporter`` are where it belongs once it is joined, and where it may belong while it waits;
    ``failed`` are the addresses that a returned letter could not reach.
    """

    number: int
    came: date
    kind: MailKind
    state: MailState
    enquiry: str | None = None
    supporter: str | None = None
    sender_name: str | None = None
    sender: str | None = None
    subject: str = ""
    body: str = ""
    why: str = ""
    answer: Answer | None = None
    failed: tuple[str, ...] = ()
    risk: bool = False

    @property
    def id(self) -> str:
        """By what the journal names it."""
        return f"M-{self.number:04d}"

    @property
    def placed(self) -> bool:
        """Whether it stands under its enquiry: joined by a sign or by somebody, or set aside by what it is."""
        set_aside = self.kind not in (MailKind.LETTER, MailKind.REPLY) and self.state is not MailState.WAITING
        return self.state is MailState.JOINED or set_aside

    def from_any_of(self, addresses: frozenset[str]) -> bool:
        """Whether it says that it comes from one of these addresses, which are folded."""
        return bool(self.sender) and fold_address(self.sender or "") in addresses


@dataclass(frozen=True, slots=True, repr=False)
class MailFile:
    """A file that came with a letter: kept where somebody said so, else still to be asked about."""

    number: int
    enquiry: str | None
    mail: int | None
    name: str
    size: int
    sha256: str
    kept: bool

    @property
    def id(self) -> str:
        """By what the journal names it: made of the file itself."""
        return f"F-{self.sha256[:8]}"


_PARTED = frozenset('/\\:*?"<>|')
"""Signs that part names of files on one of the three systems."""


def name_to_save(name: str) -> str:
    """Under what name a file that came with a letter is offered: what it is called may lead elsewhere."""
    put_right = "".join("-" if c in _PARTED or not c.isprintable() else c for c in name)
    return put_right.strip(". ") or "file"
