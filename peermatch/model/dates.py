"""Days as the formats write them, and the one calendar rule that matching needs."""

import re
from datetime import MINYEAR, date

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# Not strftime: the window toolkit sets the system's language, and the same day must read the same everywhere.
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def parse_day(text: str) -> date | None:
    """The day that ``YYYY-MM-DD`` names; None for any other form and for days that do not exist."""
    if not _ISO_DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def twelve_months_before(day: date) -> date:
    """The same date a year earlier; from 29 February back to 28 February; never before the first day."""
    if day.year == MINYEAR:
        return date.min
    if day.month == 2 and day.day == 29:
        return day.replace(year=day.year - 1, day=28)
    return day.replace(year=day.year - 1)


def in_words(day: date) -> str:
    """A day as a person reads it: ``3 March 2027``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short(day: date) -> str:
    """A day for narrow places: ``3 Mar 2027``."""
    return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"
