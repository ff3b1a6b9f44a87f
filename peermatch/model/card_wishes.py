"""What a coordinator may wish for beside the plain letter: a page, its lock, a time to talk, a mark in the subject."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

SECURE_MARK = "[secure]"
"""What NHSmail reads in a subject, brackets included, to encrypt what goes to other mail systems."""
LONGEST_PASSPHRASE = 127
"""Bytes of UTF-8 that a PDF reads of a passphrase (ISO 32000-2, 7.6.4.3.3)."""
OFFERED_MINUTES = (15, 30, 45, 60)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A time to talk, by the clock on the wall in London."""

    day: date
    at: time
    minutes: int = 30

    @property
    def begins(self) -> datetime:
        """Day and time as the clock on the wall shows them."""
        return datetime.combine(self.day, self.at)


@dataclass(frozen=True, slots=True)
class CardWishes:
    """``alone``: how to reach the supporter stands in the locked page and nowhere in the letter.

    ``secure`` is None where the network's own rule decides about the mark in the subject.
    """

    pdf: bool = False
    passphrase: str = field(default="", repr=False)
    alone: bool = False
    meeting: Meeting | None = None
    secure: bool | None = None


NO_WISHES = CardWishes()


def needs_mark(address: str, free: tuple[str, ...] | None) -> bool:
    """Whether a letter to an address is to be encrypted: ``free`` are the domains, with all below, that need none.

    None: this network does not use the mark at all.
    """
    if free is None:
        return False
    domain = address.strip().casefold().rpartition("@")[2]
    return not any(domain == each or domain.endswith(f".{each}") for each in free)
