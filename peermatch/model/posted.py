"""The letters of which it is noted that they were sent, with the day on which that was last so."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class Posted(StrEnum):
    """Letters that a person sends and then notes; the first four move a clock, the others are offered no more.

    The last six belong to a supporter alone, and to no enquiry.
    """

    ACKNOWLEDGEMENT = "acknowledgement"
    REMINDER = "reminder"
    FOLLOW_UP = "follow-up"
    LAST_FOLLOW_UP = "follow-up-last"
    OUT_OF_SCOPE = "out-of-scope"
    STILL_LOOKING = "still-looking"
    NO_MATCH = "no-match"
    ON_HOLD = "on-hold"
    OFFER_REMINDER = "offer-reminder"
    NOT_AFTER_ALL = "not-after-all"
    CLOSING = "closing"
    WITHDRAWN = "withdrawn"
    THANKS_FOR_NO = "thanks-for-no"
    LAPSED = "lapsed"
    NOT_NEEDED = "not-needed"
    ENDED = "ended"
    THANK_YOU = "thank-you"
    APPLIED = "applied"
    WELCOME = "welcome"
    PAUSED = "paused"
    LEFT = "left"
    CONSENT_ENDED = "consent-ended"
    WITHDRAW = "withdraw"


CLOCKS = frozenset({Posted.ACKNOWLEDGEMENT, Posted.REMINDER, Posted.FOLLOW_UP, Posted.LAST_FOLLOW_UP})
"""Those that move a clock; each is noted with its own step."""
ALONE = frozenset(
    {
        Posted.APPLIED,
        Posted.WELCOME,
        Posted.PAUSED,
        Posted.LEFT,
        Posted.CONSENT_ENDED,
        Posted.WITHDRAW,
    }
)
"""Those that belong to a supporter alone."""


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
