"""The section "Consent" of the rules of matching, sentence by sentence, and the gate that alone lets values out."""

import copy
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from datetime import date, timedelta
from typing import Any

import pytest

from peermatch.model.consent import (
    PER_CHARACTERISTIC,
    Consented,
    ConsentGate,
    ConsentRecord,
    ConsentRules,
    Method,
    Purpose,
    Ruling,
    Standing,
    Wording,
    judge,
    ruling_record,
)

DAY = date(2026, 11, 20)
ONE = timedelta(days=1)
ABOVE = {
    "tree.oak.acorn": ("tree.oak", "tree.any"),
    "tree.oak": ("tree.any",),
}
RULES = ConsentRules(
    {"narrow": Wording("narrow", "This."), "wide": Wording("wide", "And below.", covers_narrower=True)},
    lambda term: ABOVE.get(term, ()),
)


def record(
    characteristic: str | None = "tree.oak",
    given: date = date(2026, 9, 12),
    purpose: Purpose = Purpose.MATCH,
    *,
    expires: date | None = None,
    withdrawn: date | None = None,
    wording: str = "narrow",
) -> ConsentRecord:
    return ConsentRecord(purpose, characteristic, given, expires, withdrawn, Method.FORM, wording)


def standing(*records: ConsentRecord, characteristic: str | None = "tree.oak", on: date = DAY) -> Standing:
    purpose = records[0].purpose if records else Purpose.MATCH
    return RULES.rule(records, purpose, characteristic, on).standing


def gate(*records: ConsentRecord, on: date = DAY) -> ConsentGate:
    return ConsentGate(records, RULES, on)


def test_the_purposes_are_those_of_the_design() -> None:
    assert [p.value for p in Purpose] == [
        "hold",
        "match",
        "share",
        "contact-email",
        "contact-phone",
        "contact-name",
        "contact-role",
        "contact-organisation",
        "list",
        "count",
    ]
    assert {Purpose.MATCH, Purpose.SHARE, Purpose.LIST, Purpose.COUNT} == PER_CHARACTERISTIC
    assert [m.value for m in Method] == ["form", "email", "spoken", "paper"]


def test_a_record_without_end_stays_valid() -> None:
    assert judge(record(), date.max) is Standing.VALID


def test_consent_ends_on_the_day_on_which_it_expires() -> None:
    assert standing(record(expires=DAY + ONE)) is Standing.VALID
    assert standing(record(expires=DAY)) is Standing.ENDED
    assert standing(record(expires=DAY - ONE)) is Standing.ENDED


def test_consent_is_withdrawn_on_the_day_of_the_withdrawal() -> None:
    assert standing(record(withdrawn=DAY + ONE)) is Standing.VALID
    assert standing(record(withdrawn=DAY)) is Standing.WITHDRAWN
    assert standing(record(withdrawn=DAY - ONE)) is Standing.WITHDRAWN


def test_withdrawn_goes_before_ended() -> None:
    assert standing(record(expires=DAY - ONE, withdrawn=DAY)) is Standing.WITHDRAWN
    assert standing(record(expires=DAY, withdrawn=DAY + ONE)) is Standing.ENDED


def test_without_a_record_consent_was_never_given() -> None:
    assert RULES.rule((), Purpose.MATCH, "tree.oak", DAY) == Ruling(Standing.NEVER, None)


def test_a_record_in_the_future_counts_as_never_given() -> None:
    assert standing(record(given=DAY + ONE)) is Standing.NEVER
    assert standing(record(given=DAY)) is Standing.VALID


def test_a_record_in_the_future_leaves_the_present_one_in_force() -> None:
    ended = record(expires=DAY)
    assert standing(ended, record(given=DAY + ONE)) is Standing.ENDED


def test_the_record_given_last_rules_wherever_it_stands() -> None:
    old = record(given=date(2026, 1, 1), withdrawn=date(2026, 2, 1))
    new = record(given=date(2026, 3, 1))
    assert standing(old, new) is Standing.VALID
    assert standing(new, old) is Standing.VALID


def test_the_record_given_last_rules_alone_though_an_older_one_would_still_be_valid() -> None:
    old, new = record(given=date(2026, 1, 1)), record(given=date(2026, 3, 1), withdrawn=date(2026, 4, 1))
    assert standing(old, new) is Standing.WITHDRAWN
    assert standing(old, replace(new, withdrawn=None, expires=date(2026, 4, 1))) is Standing.ENDED


def test_of_two_given_on_one_day_the_one_recorded_last_rules() -> None:
    no = record(withdrawn=DAY)
    yes = record()
    assert standing(yes, no) is Standing.WITHDRAWN
    assert standing(no, yes) is Standing.VALID


def test_consent_is_for_exactly_one_purpose() -> None:
    shared = record(purpose=Purpose.SHARE)
    assert ruling_record((shared,), Purpose.MATCH, "tree.oak", DAY) is None
    assert ruling_record((shared,), Purpose.SHARE, "tree.oak", DAY) is shared


def test_consent_without_a_characteristic_is_for_no_characteristic() -> None:
    everything = record(None)
    assert standing(everything) is Standing.NEVER
    assert standing(record(), characteristic=None) is Standing.NEVER
    assert standing(everything, characteristic=None) is Standing.VALID


@pytest.mark.parametrize("asked", ["tree.oak.acorn", "tree.any"])
def test_consent_covers_neither_broader_nor_narrower_terms(asked: str) -> None:
    assert standing(record(), characteristic=asked) is Standing.NEVER


def test_a_wording_that_covers_narrower_terms_covers_them_at_any_depth() -> None:
    wide = record("tree.any", wording="wide")
    assert standing(wide, characteristic="tree.oak") is Standing.VALID
    assert standing(wide, characteristic="tree.oak.acorn") is Standing.VALID


def test_a_wording_that_covers_narrower_terms_covers_no_broader_one() -> None:
    assert standing(record("tree.oak", wording="wide"), characteristic="tree.any") is Standing.NEVER


@pytest.mark.parametrize(
    ("change", "expected"),
    [({"withdrawn": DAY}, Standing.WITHDRAWN), ({"expires": DAY}, Standing.ENDED), ({}, Standing.VALID)],
)
def test_a_covering_record_is_judged_as_any_other(change: dict[str, Any], expected: Standing) -> None:
    wide = replace(record("tree.any", wording="wide"), **change)
    assert standing(wide, characteristic="tree.oak") is expected


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        (record("tree.oak", withdrawn=DAY), Standing.WITHDRAWN),
        (record("tree.oak", expires=DAY), Standing.ENDED),
    ],
)
def test_an_own_record_goes_before_a_covering_one(own: ConsentRecord, expected: Standing) -> None:
    wide = record("tree.any", given=DAY, wording="wide")
    assert standing(own, wide) is expected
    assert standing(wide, own) is expected


def test_an_own_record_in_the_future_does_not_stand_in_the_way_of_a_covering_one() -> None:
    wide = record("tree.any", wording="wide")
    assert standing(record("tree.oak", given=DAY + ONE, withdrawn=DAY + ONE), wide) is Standing.VALID


def test_the_nearest_covering_term_rules() -> None:
    far = record("tree.any", wording="wide")
    near = record("tree.oak", wording="wide", withdrawn=DAY)
    assert standing(far, near, characteristic="tree.oak.acorn") is Standing.WITHDRAWN


def test_a_nearer_term_that_does_not_cover_is_passed_over() -> None:
    far = record("tree.any", wording="wide")
    near = record("tree.oak", withdrawn=DAY)
    assert standing(far, near, characteristic="tree.oak.acorn") is Standing.VALID


def test_a_broader_term_is_judged_by_its_ruling_record_alone() -> None:
    wide = record("tree.any", given=date(2026, 1, 1), wording="wide")
    later = record("tree.any", given=date(2026, 2, 1), wording="narrow")
    assert standing(wide, later, characteristic="tree.oak") is Standing.NEVER


def test_a_wording_that_is_not_held_covers_nothing_more() -> None:
    assert standing(record("tree.any", wording="lost"), characteristic="tree.oak") is Standing.NEVER
    assert standing(record("tree.oak", wording="lost")) is Standing.VALID


def test_covering_stays_within_the_purpose() -> None:
    wide = record("tree.any", wording="wide", purpose=Purpose.SHARE)
    assert RULES.rule((wide,), Purpose.MATCH, "tree.oak", DAY).standing is Standing.NEVER


def test_only_valid_consent_is_valid() -> None:
    assert [s for s in Standing if Ruling(s, None).valid] == [Standing.VALID]


def test_the_gate_lets_a_value_out_with_the_record_that_allows_it() -> None:
    yes = record()
    permitted = gate(yes).permit(Purpose.MATCH, "an oak", "tree.oak")
    assert permitted is not None
    assert (permitted.value, permitted.purpose, permitted.record) == ("an oak", Purpose.MATCH, yes)


def test_the_gate_names_the_covering_record_as_its_reason() -> None:
    wide = record("tree.any", wording="wide")
    permitted = gate(wide).permit(Purpose.MATCH, "an oak", "tree.oak")
    assert permitted is not None
    assert permitted.record is wide


@pytest.mark.parametrize(
    "no",
    [record(withdrawn=DAY), record(expires=DAY), record(given=DAY + ONE), record("tree.any")],
)
def test_the_gate_lets_nothing_out_without_valid_consent(no: ConsentRecord) -> None:
    assert gate(no).permit(Purpose.MATCH, "an oak", "tree.oak") is None
    assert not gate(no).allows(Purpose.MATCH, "tree.oak")


def test_the_gate_speaks_of_its_own_day() -> None:
    yes = record(expires=DAY)
    assert gate(yes, on=DAY - ONE).allows(Purpose.MATCH, "tree.oak")
    assert gate(yes, on=DAY).ruling(Purpose.MATCH, "tree.oak") == Ruling(Standing.ENDED, yes)


def permitted() -> Consented[str]:
    made = gate(record()).permit(Purpose.MATCH, "an oak", "tree.oak")
    assert made is not None
    return made


@pytest.mark.parametrize("seal", [None, object(), True, Consented])
def test_nobody_else_makes_a_consented_value(seal: object) -> None:
    with pytest.raises(TypeError, match="alone"):
        Consented(seal, "an oak", Purpose.MATCH, record())


@pytest.mark.parametrize("name", ["value", "purpose", "record", "another"])
def test_a_consented_value_never_changes(name: str) -> None:
    made = permitted()
    with pytest.raises(TypeError, match="never changes"):
        setattr(made, name, "a birch")
    assert made.value == "an oak"


@pytest.mark.parametrize("way", [copy.copy, copy.deepcopy, lambda made: pickle.loads(pickle.dumps(made))])  # noqa: S301 -- our own bytes
def test_a_consented_value_cannot_be_copied_from_outside(
    way: Callable[[Consented[str]], Consented[str]],
) -> None:
    with pytest.raises(TypeError):
        way(permitted())


def test_a_consented_value_shows_no_secret_when_it_is_printed() -> None:
    assert repr(permitted()) == "Consented(match, given 2026-09-12)"


def test_a_record_never_changes() -> None:
    with pytest.raises(FrozenInstanceError):
        record().withdrawn = DAY  # type: ignore[misc]  # that it is refused is the point
