"""Supporters: who volunteered, how they may be reached, and where their limits lie."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import dropwhile

from peermatch.model.consent import ConsentRecord
from peermatch.model.text import fold_address, fold_name, is_title


class Channel(StrEnum):
    """A way to reach a person."""

    EMAIL = "email"
    PHONE = "phone"


class SupporterStatus(StrEnum):
    """Where a supporter stands with the network; pauses and lapsed consent are computed, not set."""

    APPLIED = "applied"
    CHECKED = "checked"
    ACTIVE = "active"
    LEFT = "left"


# Both spellings of the last one are in use in portable files.
RELATION_KINDS = ("trainer", "supervisor", "assessor", "partner", "same-team", "same team")
MOST_AT_A_TIME = 50
"""So many introductions one supporter may want to hold; a larger figure is a slip, such as a telephone number."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Power or closeness between a supporter and the person behind an address, for a time."""

    to: str
    kind: str
    start: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the relation stands on a day, its first and last day included."""
        return self.start <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Whom and what a supporter would rather not be asked about."""

    same_organisation: bool = True
    same_specialty: bool = True
    organisations: tuple[str, ...] = ()
    specialties: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Supporter:
    """A volunteer's record, with every field of the portable format."""

    id: str
    name: str
    known_as: str | None = None
    pronouns: str | None = None
    email: str | None = None
    other_emails: tuple[str, ...] = ()
    phone: str | None = None
    prefers: Channel | None = None
    languages: tuple[str, ...] = ()
    grade: str | None = None
    specialty: str | None = None
    organisation: str | None = None
    place: str | None = None
    programmes: tuple[str, ...] = ("peer-support",)
    status: SupporterStatus = SupporterStatus.ACTIVE
    paused_until: date | None = None
    available_from: date | None = None
    available_until: date | None = None
    capacity: int = 1
    boundaries: Boundaries = field(default_factory=Boundaries)
    relations: tuple[Relation, ...] = ()
    characteristics: tuple[str, ...] = ()
    consents: tuple[ConsentRecord, ...] = ()
    notes: str = ""

    @property
    def addresses(self) -> frozenset[str]:
        """All e-mail addresses, folded."""
        every = (self.email, *self.other_emails)
        return frozenset(fold_address(a) for a in every if a and a.strip())

    @property
    def folded_name(self) -> str:
        """The name for comparison with another's."""
        return fold_name(self.name)

    @property
    def first_name(self) -> str:
        """What to call them: the name they go by, else the first word of their name."""
        return first_name(self.name, self.known_as)

    @property
    def shown_name(self) -> str:
        """First name and initial, for lists beside other people's needs: ``Amina R.``."""
        return shown_name(self.name, self.known_as)


def shown_name(name: str, known_as: str | None) -> str:
    """First name and initial."""
    first, rest = first_name(name, known_as), surname(name, known_as)
    return f"{first} {rest.split()[-1][0]}." if rest else first


def first_name(name: str, known_as: str | None) -> str:
    """The name a person goes by, else the first word of their name that is no title."""
    if known_as and known_as.strip():
        return known_as.strip()
    return next(iter(_words(name)), name)


def surname(name: str, known_as: str | None) -> str:
    """The rest of a name, once the part that they go by is taken off."""
    words = _words(name)
    folded = [word.casefold() for word in words]
    shown = first_name(name, known_as).casefold().split()
    for start in range(len(words) - len(shown) + 1):
        end = start + len(shown)
        if shown and folded[start:end] == shown:
            # What follows; of a name that is written family name first, what stands before.
            return " ".join(words[end:] or words[:start])
    return " ".join(words[1:])


def _words(name: str) -> list[str]:
    """A name without the titles before it; one that is nothing but titles stays, and so does a surname like one."""
    words = name.split()
    return list(dropwhile(is_title, words)) or words
