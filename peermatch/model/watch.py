"""A watch on an enquiry: who fitted when it was set, and who fits since."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Watch:
    """An enquiry that waits for somebody new; ``known`` are those who fitted already."""

    enquiry: str
    since: date
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who fits now and did not when the watch was set, and their place in today's shortlist."""

    supporter: str
    place: int


@dataclass(frozen=True, slots=True)
class Fit:
    """What a watch reports; ``new`` is never empty."""

    enquiry: str
    since: date
    new: tuple[Newcomer, ...]
