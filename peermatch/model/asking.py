"""What consent must be asked for again: what ends, has ended or was never asked for; nothing that was withdrawn."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from peermatch.model.consent import PER_CHARACTERISTIC, ConsentGate, Purpose, Ruling, Standing
from peermatch.model.people import Supporter

WHOLE_RECORD = (
    Purpose.HOLD,
    Purpose.CONTACT_EMAIL,
    Purpose.CONTACT_PHONE,
    Purpose.CONTACT_NAME,
    Purpose.CONTACT_ROLE,
    Purpose.CONTACT_ORGANISATION,
)
PER_TOPIC = tuple(purpose for purpose in Purpose if purpose in PER_CHARACTERISTIC)
_ASKED_FIRST = frozenset({Purpose.HOLD, Purpose.MATCH})
"""Without these nobody can be suggested; the others are asked for again only where they were given once."""


class Why(StrEnum):
    """Why something is asked for."""

    ENDED = "ended"
    ENDING = "ending"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to ask somebody for; ``ends`` is when their yes ended or will end."""

    purpose: Purpose
    characteristic: str | None
    why: Why
    ends: date | None = None

    @property
    def key(self) -> tuple[Purpose, str | None]:
        """What it is about, whatever the day."""
        return self.purpose, self.characteristic


def points(person: Supporter, gate: ConsentGate, until: date) -> tuple[Point, ...]:
    """What to ask one person for, so that nothing of theirs ends up to a day; nothing once they took all back."""
    if gate.ruling(Purpose.HOLD).standing is Standing.WITHDRAWN:
        return ()
    asked: list[tuple[Purpose, str | None]] = [(purpose, None) for purpose in WHOLE_RECORD]
    topics = (each for each in dict.fromkeys(person.characteristics) if not hushed(gate, each))
    asked += [(purpose, topic) for topic in topics for purpose in PER_TOPIC]
    found = (_point(gate.ruling(*each), *each, until) for each in asked)
    return tuple(each for each in found if each is not None)


def hushed(gate: ConsentGate, topic: str) -> bool:
    """Whether no list may bring a topic up: they took it back, or said no to a part and never yes to the rest."""
    match = gate.ruling(Purpose.MATCH, topic).standing
    if match is Standing.WITHDRAWN:
        return True
    others = (gate.ruling(purpose, topic).standing for purpose in PER_TOPIC)
    return match is Standing.NEVER and Standing.WITHDRAWN in others


def _point(ruling: Ruling, purpose: Purpose, topic: str | None, until: date) -> Point | None:
    ends = ruling.record.expires if ruling.record else None
    if ruling.standing is Standing.NEVER:
        return Point(purpose, topic, Why.NEVER) if purpose in _ASKED_FIRST else None
    if ruling.standing is Standing.ENDED:
        return Point(purpose, topic, Why.ENDED, ends)
    if ruling.standing is Standing.VALID and ends is not None and ends <= until:
        return Point(purpose, topic, Why.ENDING, ends)
    return None


def soon(on: date, within: timedelta) -> date:
    """The day that is so much later, or the last of all days."""
    return on + within if date.max - within >= on else date.max


def first_end(found: tuple[Point, ...]) -> date:
    """The earliest end among them; the last of days where nothing has one."""
    return min((each.ends for each in found if each.ends is not None), default=date.max)
