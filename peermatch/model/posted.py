"""The letters that move a clock, with the day on which somebody last noted that each was sent."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class Posted(StrEnum):
    """Letters that move a clock once somebody has noted that they were sent."""

    ACKNOWLEDGEMENT = "acknowledgement"
    REMINDER = "reminder"
    FOLLOW_UP = "follow-up"
    LAST_FOLLOW_UP = "follow-up-last"


Letters = Mapping[Posted, date]
"""The letters of one introduction, or of an enquiry itself, with the day on which each was last noted."""
Written = Mapping[tuple[str, str], Letters]
"""The letters by reference and supporter; an enquiry's own under no supporter."""
NO_LETTERS: Letters = MappingProxyType({})
NOTHING_WRITTEN: Written = MappingProxyType({})


def sent(letters: Letters, which: Posted, since: date) -> date | None:
    """When a letter of this kind was last noted, unless that was before a day."""
    day = letters.get(which)
    return day if day is not None and day >= since else None
