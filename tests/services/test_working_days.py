"""The bank holidays of England that clocks leave out are those that gov.uk lists."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from peermatch.services.working_days import bank_holidays

ROOT = Path(__file__).parents[2]
# From gov.uk/bank-holidays.
LISTED = {
    2020: ("01-01", "04-10", "04-13", "05-08", "05-25", "08-31", "12-25", "12-28"),
    2021: ("01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28"),
    2022: ("01-03", "04-15", "04-18", "05-02", "06-02", "06-03", "08-29", "09-19", "12-26", "12-27"),
    2023: ("01-02", "04-07", "04-10", "05-01", "05-08", "05-29", "08-28", "12-25", "12-26"),
    2026: ("01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"),
    2027: ("01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"),
}


@pytest.mark.parametrize("year", LISTED)
def test_they_are_as_gov_uk_lists_them(year: int) -> None:
    known = sorted(day for day in bank_holidays(year) if day.weekday() < 5)
    assert known == [date.fromisoformat(f"{year}-{day}") for day in LISTED[year]]


def test_the_rules_of_one_country_are_read_without_those_of_all_others() -> None:
    script = (
        "import sys; from peermatch.services.working_days import bank_holidays as known;"
        "loaded = {n for n in sys.modules if n.startswith('holidays.countries')} if known(2026) else set();"
        "import holidays; whole = holidays.country_holidays('GB', subdiv='ENG', years=[2026]);"
        "print(sorted(loaded), known(2026) == frozenset(whole))"
    )
    said = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert said == "['holidays.countries.united_kingdom'] True\n"
