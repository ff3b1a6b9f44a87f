"""Asking everybody whose consent ends: one campaign, one letter each, and how far it has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from peermatch.model.asking import Point
from peermatch.model.consent import Purpose

Key = tuple[Purpose, str | None]
"""One thing that was asked: a purpose, and the characteristic where it is about one."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """One round of asking: whose consent ends up to a day, under which wording, and until when they may answer."""

    number: int
    begun: date
    until: date
    answer_by: date
    wording: str
    closed: date | None = None


@dataclass(frozen=True, slots=True, repr=False)
class ConsentLetter:
    """The letter to one person: what it asks; its words are kept once it was sent. It never shows itself."""

    supporter: str
    asked: tuple[Key, ...]
    sent: date | None = None
    recipient: str | None = None
    subject: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One person in a campaign: their letter, and what of it still waits for an answer."""

    letter: ConsentLetter
    waiting: tuple[Point, ...]

    @property
    def answered(self) -> bool:
        """Whether nothing of it waits any more."""
        return not self.waiting


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a campaign has come; ``more`` are those whose consent is due by now and who have no letter yet."""

    campaign: Campaign
    people: Mapping[str, Asked]
    more: tuple[str, ...] = ()

    @property
    def to_send(self) -> tuple[str, ...]:
        """Whose letter is ready and not sent."""
        return tuple(id for id, each in self.people.items() if each.letter.sent is None and not each.answered)

    @property
    def waiting(self) -> tuple[str, ...]:
        """Who was written to and has not answered all of it."""
        return tuple(
            id for id, each in self.people.items() if each.letter.sent is not None and not each.answered
        )

    @property
    def answered(self) -> tuple[str, ...]:
        """Who has answered everything."""
        return tuple(id for id, each in self.people.items() if each.answered)


def still_waiting(asked: tuple[Key, ...], due: tuple[Point, ...]) -> tuple[Point, ...]:
    """Of what was asked, what is due all the same: a yes that lasts, and a no, both end the waiting."""
    wanted = frozenset(asked)
    return tuple(each for each in due if each.key in wanted)
