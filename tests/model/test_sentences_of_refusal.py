"""The words with which policy and consent refuse, to the letter: they are all that a reader has to go by."""

from dataclasses import asdict, replace
from datetime import date

import pytest

from peermatch.errors import BadInput
from peermatch.model.consent import Consented, ConsentRecord, Method, Purpose
from peermatch.model.policy import BOUNDS, FAR_WORDS, Policy, policy_faults

YES = ConsentRecord(Purpose.MATCH, "sea.whale", date(2026, 1, 10), None, None, Method.FORM, "narrow")


def test_a_consented_value_says_who_may_make_it() -> None:
    with pytest.raises(TypeError) as refused:
        Consented(object(), "a value", Purpose.MATCH, YES)
    assert str(refused.value) == "a Consented value is made by ConsentGate.permit alone"


def test_a_policy_that_cannot_be_says_how_many_problems_it_has_and_what_to_do() -> None:
    with pytest.raises(BadInput) as one:
        replace(Policy(), essential=0)
    assert (one.value.what, one.value.hint) == (
        "The matching policy has one problem.",
        "Put right what is listed.",
    )
    with pytest.raises(BadInput) as two:
        replace(Policy(), essential=0, asked_limit=0)
    assert two.value.what == "The matching policy has 2 problems."


def test_bounds_are_told_as_they_are_or_in_per_cent() -> None:
    assert BOUNDS["essential"].words() == "this must lie between 0.01 and 100"
    assert BOUNDS["ambiguous"].words(100) == "this must lie between 0 and 100"
    assert BOUNDS["essential"].words(100) == "this must lie between 1 and 10000"


@pytest.mark.parametrize(("far", "faults"), [(0.0999999996, []), (0.0999999, [f"far_km: {FAR_WORDS}"])])
def test_a_slope_is_measured_to_a_millionth_of_a_metre(far: float, faults: list[str]) -> None:
    """Sums of decimals are not exact: 60.1 - 60 is a little less than 0.1."""
    values = asdict(Policy()) | {"near_km": 0, "far_km": far}
    assert [str(fault) for fault in policy_faults(values)] == faults
