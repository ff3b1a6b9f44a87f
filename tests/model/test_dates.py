"""Days as the formats write them, and the year before a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch.model.dates import in_words, parse_day, short, twelve_months_before


def test_an_iso_day_is_read() -> None:
    assert parse_day("2026-11-20") == date(2026, 11, 20)
    assert parse_day("2028-02-29") == date(2028, 2, 29)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-01-00",
        "0000-01-01",
        "20261120",
        "2026-W47-5",
        "2026-11-2",
        "26-11-20",
        "2026-11-20 ",
        " 2026-11-20",
        "2026-11-20\n",
        "2026-11-20T00:00",
        "20.11.2026",
        "２０２６-11-20",
        "٢٠٢٦-11-20",
        "-026-11-20",
        "",
    ],
)
def test_any_other_form_and_days_that_do_not_exist_are_none(text: str) -> None:
    assert parse_day(text) is None


@given(st.dates())
def test_law_a_day_is_read_as_it_is_written(day: date) -> None:
    assert parse_day(day.isoformat()) == day


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 11, 20), date(2025, 11, 20)),
        (date(2028, 2, 29), date(2027, 2, 28)),
        (date(2029, 2, 28), date(2028, 2, 28)),
        (date(2028, 3, 1), date(2027, 3, 1)),
        (date(1, 6, 1), date.min),
    ],
)
def test_twelve_months_before_a_day(day: date, before: date) -> None:
    assert twelve_months_before(day) == before


@given(st.dates(min_value=date(2, 1, 1)))
def test_law_a_year_has_365_or_366_days(day: date) -> None:
    assert day - twelve_months_before(day) in (timedelta(days=365), timedelta(days=366))


def test_days_in_words() -> None:
    assert in_words(date(2027, 3, 3)) == "3 March 2027"
    assert short(date(2027, 9, 30)) == "30 Sep 2027"
    assert [short(date(2027, m, 1)).split()[1] for m in range(1, 13)] == [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]  # fmt: skip
