"""When a trainee first had word from us: asked here by the clock of Today and by the numbers of Insight alike."""

from collections.abc import Iterable, Mapping
from datetime import date

from peermatch.model.introduction import Introduction
from peermatch.model.posted import Letters

Agreed = Mapping[tuple[str, str], date]
"""The day on which each trainee's yes to a supporter was noted; the journal alone knows it."""


def first_reply(letters: Letters, introductions: Iterable[Introduction], agreed: Agreed) -> date | None:
    """The first letter of the trainee's own, or the first word about a supporter; asking a supporter is neither."""
    told = (told_on(each, agreed) for each in introductions)
    return min((*letters.values(), *(day for day in told if day is not None)), default=None)


def told_on(introduction: Introduction, agreed: Agreed) -> date | None:
    """By when the trainee had heard of it; one that was stopped after their yes was heard of too.

    A network that came from elsewhere may keep no day of it: then it is the day of the supporter's yes, after which
    the trainee was asked.
    """
    noted = agreed.get((introduction.enquiry, introduction.supporter))
    if not introduction.told and noted is None:
        return None
    days = [day for day in (noted, introduction.introduced) if day is not None]
    return min(days, default=None) or introduction.ended or introduction.answered or introduction.asked
