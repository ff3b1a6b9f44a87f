"""The bank holidays of England, for clocks that end on a working day."""

from datetime import date
from functools import cache


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Those that are known for a year; none where nobody has fixed them yet."""
    import holidays  # heavy, and needed only where a clock runs

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def holidays_near(*days: date) -> frozenset[date]:
    """Those of the years of these days and of the years beside them, between which a clock may run."""
    years = {year for day in days for year in (day.year - 1, day.year, day.year + 1)}
    known = (year for year in years if date.min.year <= year <= date.max.year)
    return frozenset(day for year in known for day in bank_holidays(year))
