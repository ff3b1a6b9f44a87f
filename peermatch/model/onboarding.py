"""How a volunteer becomes a supporter: the checks of the lead, each with its day and by whom."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from peermatch.model.introduction import Introduction


class Stage(StrEnum):
    """What is noted on somebody's way in and out; the three in the middle are the checks of the lead."""

    APPLIED = "applied"
    TALK = "talk"
    TRAINING = "training"
    AGREEMENT = "agreement"
    ACTIVE = "active"
    LEFT = "left"


CHECKS = (Stage.TALK, Stage.TRAINING, Stage.AGREEMENT)
"""All of them are done before somebody is `checked` (workflow, states)."""


@dataclass(frozen=True, slots=True)
class Noted:
    """One thing that was done: what, on which day, and by whom."""

    stage: Stage
    day: date
    by: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """All that is noted of one person's way; nothing of somebody who came with an earlier list."""

    noted: tuple[Noted, ...] = ()

    def of(self, stage: Stage) -> Noted | None:
        """What is noted of one stage."""
        return next((each for each in self.noted if each.stage is stage), None)

    @property
    def missing(self) -> tuple[Stage, ...]:
        """The checks that nobody has done yet."""
        return tuple(each for each in CHECKS if self.of(each) is None)


@dataclass(frozen=True, slots=True)
class Leaving:
    """What follows when somebody leaves, told before it is done.

    ``stops`` are introductions on which no card has left; ``held`` those whose trainee holds a card.
    """

    stops: tuple[Introduction, ...] = ()
    held: tuple[Introduction, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A volunteer who waits for the lead: since when (None where nobody noted it), and which checks are open."""

    supporter: str
    since: date | None
    missing: tuple[Stage, ...]
