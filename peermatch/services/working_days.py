"""The bank holidays of England, for clocks that end on a working day."""

import sys
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays.countries.united_kingdom import UnitedKingdom

COUNTRIES = "holidays.countries"


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Those that are known for a year; none where nobody has fixed them yet."""
    return frozenset(_united_kingdom()(subdiv="ENG", years=year))


@cache
def _united_kingdom() -> "type[UnitedKingdom]":
    """The rules of one country, for the package that they stand in would first load those of all others.

    That is 250 modules and ten megabytes. So an empty package stands in its place while this one is read.
    """
    spec = find_spec(COUNTRIES)
    if spec is not None and COUNTRIES not in sys.modules:
        sys.modules[COUNTRIES] = module_from_spec(spec)
        try:
            rules: type[UnitedKingdom] = import_module(f"{COUNTRIES}.united_kingdom").UnitedKingdom
        finally:
            del sys.modules[COUNTRIES]
        return rules
    from holidays.countries.united_kingdom import UnitedKingdom as Rules  # somebody has them all already

    return Rules


def holidays_near(*days: date) -> frozenset[date]:
    """Those of the years of these days and of the years beside them, between which a clock may run."""
    years = {year for day in days for year in (day.year - 1, day.year, day.year + 1)}
    known = (year for year in years if date.min.year <= year <= date.max.year)
    return frozenset(day for year in known for day in bank_holidays(year))
