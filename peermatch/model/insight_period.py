"""Stretches of time that are counted: by months, quarters and years, with the day of the look as the last one."""

from dataclasses import dataclass
from datetime import date, timedelta

from peermatch.model.disclosure import Span


@dataclass(frozen=True, slots=True)
class Period:
    """From a day up to another, both of them in it."""

    start: date
    end: date

    @property
    def span(self) -> Span:
        """The same as a stretch up to the day before another."""
        return Span(self.start, self.end + timedelta(days=1) if self.end < date.max else self.end)

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.start <= day <= self.end


ALWAYS = Period(date.min, date.max)
"""All time there is."""


def first_of_month(day: date, back: int = 0) -> date:
    """The first day of a month, so many months before that of a day; never before the first of all."""
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1) if months >= 12 else date.min


def last_of_month(day: date) -> date:
    """The last day of its month."""
    following = first_of_month(day, -1) if (day.year, day.month) < (date.max.year, 12) else None
    return following - timedelta(days=1) if following else date.max


def months_to(on: date, count: int) -> Period:
    """So many months up to a day, its own month counted."""
    return Period(first_of_month(on, count - 1), on)


def whole_months(period: Period, on: date) -> Period | None:
    """The same without a month that has begun and is not over; None where nothing is left of it."""
    end = min(period.end, on)
    if end < last_of_month(end):
        end = first_of_month(end) - timedelta(days=1) if end >= date.min.replace(month=2) else date.min
    return Period(period.start, end) if end > period.start else None


def months_over(on: date, count: int) -> Period | None:
    """So many months that are over on a day; None where time is too young for them."""
    over = whole_months(Period(first_of_month(on, count), on), on)
    return Period(first_of_month(over.end, count - 1), over.end) if over else None


def cut_by(period: Period, months: int) -> tuple[Period, ...]:
    """Its parts by the calendar: months, or quarters for three; the first and the last may be shorter."""
    found: list[Period] = []
    start: date | None = period.start
    while start and start <= period.end:
        first = first_of_month(start, (start.month - 1) % months)
        end = min(period.end, last_of_month(first_of_month(first, 1 - months)))
        found.append(Period(start, end))
        start = end + timedelta(days=1) if end < period.end else None
    return tuple(found)
