"""Enquiries: what is open, what risk holds, what is needed, and who asks."""

from dataclasses import replace
from datetime import date

import pytest

from peermatch.model.enquiry import (
    OPEN_STATUSES,
    Enquiry,
    EnquiryStatus,
    Exclusions,
    GradeWish,
    Importance,
    Need,
    PlaceWish,
    Preferences,
    Requester,
    Risk,
    RiskKind,
    SpecialtyWish,
)

ENQUIRY = Enquiry("E-1", date(2026, 11, 19), Requester())


@pytest.mark.parametrize(
    ("status", "is_open"),
    [("new", True), ("triaged", True), ("on-hold", False), ("closed", False), ("withdrawn", False)],
)
def test_open_means_new_or_triaged(status: str, is_open: bool) -> None:
    assert replace(ENQUIRY, status=EnquiryStatus(status)).open is is_open


@pytest.mark.parametrize(
    ("risk", "done", "held"),
    [
        ((), None, False),
        ((), "rang", False),
        ((Risk(RiskKind.DANGER),), None, True),
        ((Risk(RiskKind.DANGER),), "", True),
        ((Risk(RiskKind.DANGER),), " \n", True),
        ((Risk(RiskKind.DANGER, ("words",)),), "rang, safe", False),
    ],
)
def test_risk_holds_until_somebody_noted_what_was_done(
    risk: tuple[Risk, ...], done: str | None, held: bool
) -> None:
    assert replace(ENQUIRY, risk=risk, risk_done=done).held is held


def test_essential_needs_stand_apart_from_all_that_is_wanted() -> None:
    needs = (Need("a", Importance.HELPFUL), Need("b", Importance.ESSENTIAL), Need("c", Importance.ESSENTIAL))
    enquiry = replace(ENQUIRY, needs=needs)
    assert enquiry.essential == ("b", "c")
    assert enquiry.wanted == ("a", "b", "c")


def test_who_asks_is_compared_by_name_and_every_address() -> None:
    person = Requester("Dr Robin Vale", " Robin@example.org", ("R@x.example", " "))
    assert person.folded_name == "robinvale"
    assert person.addresses == {"robin@example.org", "r@x.example"}


def test_who_is_not_known_has_nothing_to_compare() -> None:
    assert Requester().folded_name == ""
    assert Requester().addresses == frozenset()


def test_what_is_left_out_is_as_the_portable_format_says() -> None:
    assert (ENQUIRY.status, ENQUIRY.programme, ENQUIRY.choice) == (EnquiryStatus.NEW, "peer-support", False)
    assert ENQUIRY.preferences == Preferences(SpecialtyWish.ANY, GradeWish.ANY, PlaceWish.ANY, None, None)
    assert ENQUIRY.exclusions == Exclusions((), (), (), ())


def test_the_words_of_the_format() -> None:
    assert {s.value for s in OPEN_STATUSES} == {"new", "triaged"}
    assert [w.value for w in SpecialtyWish] == ["any", "same", "different"]
    assert [w.value for w in GradeWish] == ["any", "same", "senior"]
    assert [w.value for w in PlaceWish] == ["any", "near", "far"]
    assert [k.value for k in RiskKind] == [
        "suicidality",
        "domestic-abuse",
        "sexual-misconduct",
        "child",
        "danger",
        "unclear-disclosure",
    ]
