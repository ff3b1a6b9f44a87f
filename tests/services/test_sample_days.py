"""The days of the sample network: at home around one day, and moved with whoever begins later."""

import json
import re
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from peermatch import paths
from peermatch.services.sample import DAY, moved

RAW = (paths.resources() / "sample" / "network.json").read_bytes()
ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def days(raw: bytes) -> list[date]:
    """Every day in the file, in its order."""
    return [date.fromisoformat(each) for each in ISO.findall(raw.decode())]


def test_on_its_own_day_and_before_it_stays_as_it_ships() -> None:
    assert moved(RAW, DAY) == RAW
    assert moved(RAW, date(2020, 1, 1)) == RAW
    assert moved(RAW, DAY + timedelta(days=6)) == RAW


@given(st.integers(0, 4000))
def test_every_day_moves_by_the_same_whole_weeks(later: int) -> None:
    raw = b'{"given": "2026-09-26", "expires": "2027-09-26", "wording": "2026-1", "none": null}'
    found = days(moved(raw, DAY + timedelta(days=later)))
    assert {(now - then).days for now, then in zip(found, days(raw), strict=True)} == {later // 7 * 7}
    assert b'"2026-1"' in moved(raw, DAY + timedelta(days=later))


def test_years_later_most_of_what_was_agreed_still_holds() -> None:
    on = DAY + timedelta(days=1000)
    consents = [each for s in json.loads(moved(RAW, on))["supporters"] for each in s["consents"]]
    ends = [date.fromisoformat(each["expires"]) for each in consents if each.get("expires")]
    assert sum(1 for each in ends if each > on + timedelta(days=180)) > 0.9 * len(ends)
