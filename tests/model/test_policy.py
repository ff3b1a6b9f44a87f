"""The policy of ranking: one that breaks a bound cannot be made, and every fault is named at once."""

from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch.errors import BadInput
from peermatch.model.policy import (
    BOUNDS,
    FAR_WORDS,
    LOAD_WORDS,
    MISSING,
    NAME_WORDS,
    UNKNOWN,
    Policy,
    figure,
    parse_policy,
    policy_faults,
)

USUAL = asdict(Policy())


def said(**values: object) -> list[str]:
    return [str(fault) for fault in policy_faults(USUAL | values)]


def test_the_standard_is_that_of_the_rules() -> None:
    assert parse_policy(USUAL) == Policy()
    assert (Policy().essential, Policy().helpful, Policy().preference) == (3, 1, 0.5)
    assert Policy().label == "standard 1"


@pytest.mark.parametrize("key", list(BOUNDS))
@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), -1, -0.5, 10**400, -(10**400)])
def test_no_number_beyond_its_bounds(key: str, value: float) -> None:
    bound = BOUNDS[key]
    (fault,) = said(**{key: value})
    kind = f"{key}: this must be a whole number"
    assert fault == (kind if bound.whole and isinstance(value, float) else f"{key}: {bound.words()}")
    with pytest.raises(BadInput, match="one problem"):
        Policy(**(USUAL | {key: value}))


@pytest.mark.parametrize("key", list(BOUNDS))
@pytest.mark.parametrize("value", [True, False, "3", None, [], {}, 3j])
def test_no_number_that_is_something_else(key: str, value: object) -> None:
    whole = "a whole number" if BOUNDS[key].whole else "a number"
    assert said(**{key: value}) == [f"{key}: this must be {whole}"]


@pytest.mark.parametrize(("key", "bound"), list(BOUNDS.items()))
def test_the_bounds_themselves_are_allowed(key: str, bound: Any) -> None:
    free = USUAL | {"near_km": 0, "far_km": 2000, "load_in_hand": 0, "load_asked": 0}
    for value in (bound.least, bound.most):
        other = [str(fault) for fault in policy_faults(free | {key: value})]
        assert [each for each in other if FAR_WORDS not in each and LOAD_WORDS not in each] == []


@pytest.mark.parametrize(
    "name", ["", " ", "x" * 61, " autumn", "autumn ", "two\nlines", "a\u202eb", "\ud800", "\x00"]
)
def test_no_name_that_cannot_be_read_on_one_line(name: str) -> None:
    assert said(name=name) == [f"name: {NAME_WORDS}"]


@pytest.mark.parametrize("name", ["x", "x" * 60, "Frühjahr 2027", "autumn (trial)"])
def test_a_name_of_any_language(name: str) -> None:
    assert said(name=name) == []


@pytest.mark.parametrize("name", [None, 3, True, ["standard"]])
def test_a_name_is_text(name: object) -> None:
    assert said(name=name) == ["name: this must be text"]


def test_what_goes_together_is_looked_at_together() -> None:
    assert said(load_in_hand=0.5, load_asked=0.5) == [f"load_asked: {LOAD_WORDS}"]
    assert said(load_in_hand=1.0, load_asked=0) == [f"load_asked: {LOAD_WORDS}"]
    assert said(load_in_hand=0.5, load_asked=0.499999) == []
    assert said(near_km=60, far_km=60) == [f"far_km: {FAR_WORDS}"]
    assert said(near_km=70) == [f"far_km: {FAR_WORDS}"]
    assert said(near_km=59.95) == [f"far_km: {FAR_WORDS}"]
    assert said(near_km=0, far_km=5e-324) == [f"far_km: {FAR_WORDS}"]
    assert said(near_km=59.9) == []


def test_what_is_wrong_by_itself_is_not_blamed_twice() -> None:
    assert said(near_km=float("nan"), far_km=1) == [f"near_km: {BOUNDS['near_km'].words()}"]
    assert said(load_in_hand="much", load_asked=0.99) == ["load_in_hand: this must be a number"]


def test_missing_and_unknown_fields_and_all_other_faults_at_once() -> None:
    values = USUAL | {"essential": True, "load_in_hand": 0.97, "colour": "red", "far_km": float("inf")}
    del values["ambiguous"]
    with pytest.raises(BadInput, match="5 problems") as refusal:
        parse_policy(values)
    assert [str(fault) for fault in refusal.value.faults] == [
        "essential: this must be a number",
        f"load_asked: {LOAD_WORDS}",
        "far_km: this must lie between 0 and 2000",
        f"ambiguous: {MISSING}",
        f"colour: {UNKNOWN}",
    ]
    assert [fault.text for fault in policy_faults({})] == [MISSING] * len(USUAL)


def test_whole_numbers_for_weights_are_held_as_the_others() -> None:
    policy = parse_policy(USUAL | {"essential": 4, "asked_limit": 3})
    assert (type(policy.essential), type(policy.asked_limit)) == (float, int)
    assert policy == replace(Policy(), essential=4.0, asked_limit=3)


def test_changes_are_told_in_the_order_of_the_fields() -> None:
    new = Policy("autumn", 2, helpful=2.0, load_asked=0.0725, asked_limit=4)
    assert new.changes_from(Policy()) == (
        "name standard -> autumn",
        "helpful 1 -> 2",
        "load_asked 0.04 -> 0.0725",
        "asked_limit 6 -> 4",
    )
    assert replace(new, version=9).same_as(new)
    assert not new.same_as(Policy())


@pytest.mark.parametrize(
    ("value", "words"), [(3.0, "3"), (100, "100"), (0.5, "0.5"), (1e-7, "0.0000001"), (0.0, "0"), ("a", "a")]
)
def test_figures_as_people_write_them(value: object, words: str) -> None:
    assert figure(value) == words


@given(st.fixed_dictionaries({key: st.floats() | st.integers() for key in BOUNDS}))
def test_law_a_policy_is_made_or_every_fault_has_a_field(values: dict[str, Any]) -> None:
    faults = policy_faults(values | {"name": "ours"})
    if faults:
        assert {fault.place for fault in faults} <= set(BOUNDS)
        assert len({fault.place for fault in faults}) == len(faults)
    else:
        policy = parse_policy(values | {"name": "ours"})
        assert parse_policy(asdict(policy)) == policy
