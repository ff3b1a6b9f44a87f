"""A letter that came in, read into plain text with its parts set apart, and what it seems to ask for."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from peermatch.model.enquiry import Risk
from peermatch.model.letter_files import LetterFile
from peermatch.model.people import Channel


class PartKind(StrEnum):
    """Whose words a passage is."""

    OWN = "own"
    QUOTED = "quoted"
    SIGNATURE = "signature"


class Nature(StrEnum):
    """Whether a person wrote it, as far as its headers say; what is not ordinary is set aside to be looked at."""

    ORDINARY = "ordinary"
    AUTOMATIC = "automatic"
    RETURNED = "returned"
    SPAM = "spam"


@dataclass(frozen=True, slots=True)
class Part:
    """A run of characters [start, end) of the letter's text, all of one kind."""

    kind: PartKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands in a letter; nothing in it is executed, fetched or trusted (the sender is unverified).

    ``answers`` are the message ids of what it answers, ``why`` says what makes its ``nature`` other than ordinary, and
    ``failed`` are the addresses that a returned letter could not reach.
    """

    sender_name: str | None
    sender_address: str | None
    subject: str
    sent: date | None
    message_id: str | None
    text: str
    parts: tuple[Part, ...]
    attachments: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    nature: Nature = Nature.ORDINARY
    why: str = ""
    failed: tuple[str, ...] = ()
    files: tuple[LetterFile, ...] = ()

    @property
    def own_text(self) -> str:
        """The writer's own words: no quoted text, no signature."""
        return "\n".join(self.text[p.start : p.end] for p in self.parts if p.kind is PartKind.OWN)


class Scope(StrEnum):
    """Whether a letter is for peer support at all."""

    IN_SCOPE = "in-scope"
    SPAM = "spam"
    OUT_OF_SCOPE = "out-of-scope"
    OTHER_WORKSTREAM = "other-workstream"
    VOLUNTEER_OFFER = "volunteer-offer"


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the letter that led to something, with where they stand in `Letter.text`."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A characteristic that the letter may be about, with the words that led to it; strength in 0..1."""

    characteristic: str
    strength: float
    passages: tuple[Passage, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The words, each once, in order."""
        return tuple(dict.fromkeys(p.words for p in self.passages))


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a letter seems to say; a person decides what of it is right.

    ``more`` are the topics that come next in rank: with ``topics`` ten at most, and never shown unasked.
    """

    scope: Scope
    topics: tuple[Topic, ...] = ()
    more: tuple[Topic, ...] = ()
    risk: tuple[Risk, ...] = ()
    risk_passages: tuple[Passage, ...] = ()
    exclude_organisations: tuple[str, ...] = ()
    exclude_specialties: tuple[str, ...] = ()
    exclude_people: tuple[str, ...] = ()
    specialty: str | None = None
    grade: str | None = None
    contact: Channel | None = None
    for_somebody_else: bool = False
    safe_contact: str | None = None
