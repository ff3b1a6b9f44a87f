"""Days and waiting times as the screens say them: "2 days", "Thu 19 Nov", "asked 3 working days ago"."""

from datetime import date

from peermatch.services.clocks import working_days
from peermatch.words import count_of, short, tr

_WEEKDAYS = (tr("Mon"), tr("Tue"), tr("Wed"), tr("Thu"), tr("Fri"), tr("Sat"), tr("Sun"))


def day_words(day: date, on: date) -> str:
    """A day beside others of the same time: the year only where it is another one."""
    return short(day) if day.year != on.year else short(day).rsplit(" ", 1)[0]


def weekday_words(day: date, on: date) -> str:
    """The same with the day of the week."""
    return f"{_WEEKDAYS[day.weekday()]} {day_words(day, on)}"


def age_words(since: date, on: date) -> str:
    """How long something waits."""
    days = (on - since).days
    return "today" if days <= 0 else tr("1 day") if days == 1 else tr("{days} days").format(days=days)


def ago_words(since: date, on: date) -> str:
    """How long ago something was, in working days."""
    days = working_days(since, on)
    return "today" if since >= on else tr("{count_of} ago").format(count_of=count_of(days, "working day"))
