"""Days and waiting times as the screens say them: "2 days", "Thu 19 Nov", "asked 3 working days ago"."""

from datetime import date, timedelta
from functools import cache

from peermatch.model.dates import short

REPLY_WITHIN = 3
"""Working days within which a trainee hears from a person."""
ANSWER_WITHIN = 5
"""Working days after which an asking without an answer is let go (workflow, states)."""
ASK_AGAIN_AFTER = 3
"""Working days after which a supporter is reminded once."""
FOLLOW_UP_AFTER = timedelta(days=14)
"""When it is asked whether they met."""
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    """The days of that year on which offices in England are closed."""
    import holidays  # heavy, and needed only once a screen has a clock to show

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    """Monday to Friday, without bank holidays."""
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def working_days(start: date, end: date) -> int:
    """How many working days have passed since a day, the first not counted."""
    if end <= start:
        return 0
    weeks, rest = divmod((end - start).days, 7)
    span = (start + timedelta(days=number) for number in range(1, rest + 1))
    weekdays = 5 * weeks + sum(1 for day in span if day.weekday() < 5)
    closed = (day for year in range(start.year, end.year + 1) for day in _bank_holidays(year))
    return weekdays - sum(1 for day in closed if start < day <= end and day.weekday() < 5)


def after_working_days(start: date, count: int) -> date:
    """The working day that comes so many working days later."""
    day, left = start, count
    while left > 0:
        day += timedelta(days=1)
        left -= is_working_day(day)
    return day


def day_words(day: date, on: date) -> str:
    """A day beside others of the same time: the year only where it is another one."""
    return short(day) if day.year != on.year else short(day).rsplit(" ", 1)[0]


def weekday_words(day: date, on: date) -> str:
    """The same with the day of the week."""
    return f"{_WEEKDAYS[day.weekday()]} {day_words(day, on)}"


def age_words(since: date, on: date) -> str:
    """How long something waits."""
    days = (on - since).days
    return "today" if days <= 0 else "1 day" if days == 1 else f"{days} days"


def ago_words(since: date, on: date) -> str:
    """How long ago something was, in working days."""
    days = working_days(since, on)
    return "today" if since >= on else f"{count_of(days, 'working day')} ago"


def count_of(number: int, what: str, many: str = "") -> str:
    """``1 person``, ``2 people``."""
    return f"{number} {what if number == 1 else many or what + 's'}"
