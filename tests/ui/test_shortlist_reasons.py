"""Reasons in three groups, whose points add up to the score as it is shown, whatever the weights are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch.model.enquiry import Enquiry, Exclusions, GradeWish, Preferences
from peermatch.model.introduction import State
from peermatch.model.policy import Policy
from peermatch.model.verdict import Reason, Suggestion
from peermatch.ui.screens.shortlist_reasons import ReasonGroup, ReasonLine, figure, grouped, hundredths
from tests.matching.cases import consent, enquiry, introduction, suggestion, supporter

POLICY = Policy()


def groups(asked: Enquiry, found: Suggestion) -> tuple[ReasonGroup, ...]:
    return grouped(found, asked, POLICY)


def test_what_is_shared_near_and_against_stand_apart() -> None:
    away = Exclusions(organisations=("old-trust",))
    asked = enquiry("sea.whale", "land.horse land.mouse", exclusions=away)
    who = supporter("S-1", "sea.whale", "land.horse.foal", "sea.squid", organisation=None)
    found = groups(asked, suggestion(asked, who))
    assert [(each.title, [line.text for line in each.lines]) for each in found] == [
        ("Shares", ["Shares Whale", "Shares Foal, part of Horse"]),
        ("Speaks against", ["Not known to share Mouse", "Organisation not known"]),
    ]
    assert [line.points for each in found for line in each.lines] == [60, 20, 0, 0]


def test_what_is_only_near_says_what_was_asked_and_what_is_shared() -> None:
    asked = enquiry(helpful="sea.whale land.mouse")
    found = groups(asked, suggestion(asked, supporter("S-1", "land.horse", "land.mouse")))
    near = next(each for each in found if each.title == "Near")
    assert near.lines == (ReasonLine("Shares Horse, related to Whale", 20),)


def test_a_wish_that_is_met_is_told_as_wished() -> None:
    wishes = Preferences(grade=GradeWish.SAME)
    asked = enquiry(helpful="sea.whale", grade="st5", preferences=wishes)
    both = groups(asked, suggestion(asked, supporter("S-1", "sea.whale", grade="st5")))
    assert both[0].title == "Shares, and as wished"
    other = Reason("grade", 1 / 3, "Same grade: ST5")
    alone = grouped(Suggestion("S-1", 1 / 3, False, (other,)), asked, POLICY)
    assert alone[0].title == "As wished"
    unmet = groups(asked, suggestion(asked, supporter("S-1", "sea.whale", grade=None)))
    assert unmet[-1].lines[0] == ReasonLine("Grade not known", 0)


def test_a_load_that_takes_nothing_is_not_held_against_anybody() -> None:
    asked = enquiry("sea.whale")
    free = groups(asked, suggestion(asked, supporter("S-1", "sea.whale")))
    assert "in hand" not in str(free)
    busy = suggestion(asked, supporter("S-1", "sea.whale"), introductions=[introduction("S-1", State.ASKED)])
    assert "1 of 2 introductions in hand" in str(groups(asked, busy)[-1])


def test_what_was_withdrawn_reads_as_never_listed() -> None:
    asked = enquiry("sea.whale", "land.horse")
    bare = supporter("S-1", "sea.whale")
    listed = supporter(
        "S-1",
        "sea.whale",
        "land.horse",
        consents=(*bare.consents, consent("land.horse", withdrawn=bare.consents[0].given)),
    )
    assert groups(asked, suggestion(asked, listed)) == groups(asked, suggestion(asked, bare))


@given(st.lists(st.floats(-1, 1), max_size=12))
def test_rounded_points_add_up_to_the_rounded_sum(points: list[float]) -> None:
    rounded = hundredths(points)
    assert sum(rounded) == round(sum(each * 100 for each in points))
    assert all(abs(whole - each * 100) < 1 for whole, each in zip(rounded, points, strict=True))


@pytest.mark.parametrize(("points", "words"), [(60, "+60"), (-3, "−3"), (0, "0"), (100, "+100")])
def test_points_carry_a_sign(points: int, words: str) -> None:
    assert figure(points) == words


def test_the_sum_carries_none() -> None:
    assert figure(83, signed=False) == "83"
