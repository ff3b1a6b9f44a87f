"""Small differences in the core that only a close look tells apart: each test stands for a change nobody noticed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from peermatch.errors import BadInput
from peermatch.matching.engine import match, refusal_codes
from peermatch.matching.register import MOST_CHANGED
from peermatch.matching.scarcity import best_pair
from peermatch.matching.whatif import what_if
from peermatch.model.consent import PER_CHARACTERISTIC, Purpose
from peermatch.model.enquiry import Enquiry, Exclusions, GradeWish, Preferences
from peermatch.model.introduction import State
from peermatch.model.people import Supporter
from peermatch.model.policy import Policy
from peermatch.model.verdict import Code, WhatIf
from tests.matching.cases import (
    ON,
    consent,
    enquiry,
    introduction,
    refusal,
    register,
    said,
    suggestion,
    supporter,
)
from tests.matching.wider_chance import OWN, WideChance

WHALE = enquiry("sea.whale")
TOMORROW = ON + timedelta(days=1)


def pair(asked: Enquiry, before: tuple[Supporter, ...], changed: tuple[Supporter, ...] = ()) -> object:
    there = register(*before).replaced(supporters=changed)
    return best_pair(there, asked, ON, match(there, asked, ON))


def changes(asked: Enquiry, *people: Supporter) -> tuple[WhatIf, ...]:
    there = register(*people)
    return what_if(there, asked, ON, Policy(), match(there, asked, ON))


# --------------------------------------------------------------------------------------------- sentences


def test_who_is_not_held_is_refused_with_a_hint() -> None:
    with pytest.raises(BadInput) as refused:
        refusal_codes(register(), WHALE, "S-404", ON)
    assert (refused.value.what, refused.value.hint) == ("There is no supporter S-404.", "Check the number.")


def test_the_day_on_which_consent_ended_is_that_of_the_person_and_the_topic() -> None:
    """Several people list the same topics, and each of their consents ended on a day of its own."""
    people = []
    for number in range(1, 5):
        ends = [ON - timedelta(days=10 * number + place) for place in range(3)]
        topics = ("sea.squid", "sea.whale", "land.horse")
        consents = [consent(topic, expires=end) for topic, end in zip(topics, ends, strict=True)]
        people.append(supporter(f"S-{number}", *topics, consents=(consent(None), *consents)))
    for place, topic in enumerate(("sea.squid", "sea.whale", "land.horse")):
        found = match(register(*people), enquiry(topic), ON)
        days = [ON - timedelta(days=10 * number + place) for number in range(1, 5)]
        assert [each.text for each in found.refused] == [
            f"Consent for what this enquiry needs ended on {day.day} {day:%b} {day.year}" for day in days
        ]


def test_an_essential_need_that_only_one_term_meets_is_named() -> None:
    found = suggestion(enquiry("sea.squid"), supporter("S-1", "sea.squid"))
    assert said(found, "essential") == [(1.0, "Shares Squid")]


def test_only_what_is_not_shared_at_all_is_named_as_not_shared() -> None:
    """Listed, though consent was never given: that need is not among those that are missing."""
    silent = supporter("S-1", "sea.whale", consents=(consent(None),))
    found = refusal(enquiry("sea.whale land.mouse"), silent)
    assert (found.codes, found.text) == ((Code.ESSENTIAL_NOT_SHARED,), "Does not share Mouse")


def test_the_last_day_is_still_one_and_only_what_begins_later_is_told() -> None:
    found = refusal(WHALE, supporter("S-1", "sea.whale", available_from=TOMORROW, available_until=ON))
    assert (found.codes, found.text) == ((Code.UNAVAILABLE,), "Available from 21 November 2026")


# ------------------------------------------------------------------------------------------------ rarity


@pytest.mark.parametrize("shunned", [(), ("S-3",)])
def test_whoever_may_never_be_asked_makes_nobody_less_rare(shunned: tuple[str, ...]) -> None:
    people = [supporter(f"S-{n}", "sea.whale") for n in (1, 2, 3)]
    found = match(register(*people), enquiry("sea.whale", exclusions=Exclusions(supporters=shunned)), ON)
    assert [each.rare for each in found.suggested] == [bool(shunned)] * len(found.suggested)


def test_whoever_left_or_changed_makes_nobody_less_rare() -> None:
    there = register(*(supporter(f"S-{n}", "sea.whale") for n in (1, 2, 3)))
    assert not match(there, WHALE, ON).suggested[0].rare
    for after in (
        there.replaced(removed=["S-3"]),
        there.replaced(supporters=[supporter("S-3", "land.mouse")]),
    ):
        assert [each.rare for each in match(after, WHALE, ON).suggested] == [True, True]
    same = there.replaced(supporters=[supporter("S-3", "sea.whale", capacity=5)])
    assert [each.rare for each in match(same, WHALE, ON).suggested] == [False] * 3


# ------------------------------------------------------------------------------------------------- pairs


def test_the_pair_that_stands_highest_together_goes_before_the_one_with_the_first() -> None:
    asked = enquiry(helpful="sea.squid land.mouse land.horse.foal sea.whale.orca.calf")
    squid, mouse, foal, calf = (need.characteristic for need in asked.needs)
    people = (
        supporter("S-1", squid, mouse),
        supporter("S-2", squid, foal),
        supporter("S-3", mouse, calf),
        supporter("S-4", squid, calf),
        supporter("S-5", foal, calf),
    )
    assert [each.supporter for each in match(register(*people), asked, ON).suggested] == [
        "S-1", "S-2", "S-3", "S-4", "S-5",
    ]  # fmt: skip
    assert pair(asked, people) == ("S-2", "S-3")
    # Of two pairs that stand equally high together, the one with the first.
    assert pair(asked, (*people[:3], replace(people[4], id="S-4"))) == ("S-1", "S-4")


@pytest.mark.parametrize("where", [(), (1,), (2,), (1, 2), (0, 1, 2)])
def test_a_pair_is_found_wherever_the_two_are_kept(where: tuple[int, ...]) -> None:
    """Some of them changed since the columns were written, with and without others before them."""
    asked = enquiry(helpful="sea.squid land.mouse")
    people = (supporter("S-0", "land.horse"), supporter("S-1", "land.mouse"), supporter("S-2", "sea.squid"))
    plain = tuple(supporter(each.id, "void") if n in where else each for n, each in enumerate(people))
    assert pair(asked, plain, tuple(people[n] for n in where)) == ("S-1", "S-2")


# ----------------------------------------------------------------------------------------------- what if


def test_three_changes_are_told_unless_more_are_asked_for() -> None:
    people = [supporter(f"S-{n}", "sea.whale", paused_until=TOMORROW) for n in range(5)]
    assert len(changes(WHALE, *people)) == 3


def test_renewing_consent_for_a_need_renews_it_for_nothing_else() -> None:
    """What merely comes near would lift them above the other; nobody asked for it to be renewed."""
    asked = enquiry("sea.squid", "land.horse.foal sea.whale.orca.calf")
    ended = [consent(topic, expires=ON) for topic in ("sea.squid", "land.horse")]
    mine = supporter("S-2", "sea.squid", "land.horse", consents=(consent(None), *ended))
    other = supporter("S-1", "sea.squid")
    assert changes(asked, other, mine) == (WhatIf("S-2", "renewed consent for Squid", 2),)
    # The same where the need is met by nobody's characteristic, listed by nobody at all.
    strange = replace(asked, needs=(*asked.needs, *enquiry(helpful="land.mouse no.such").needs))
    assert changes(strange, other, mine) == (WhatIf("S-2", "renewed consent for Squid", 2),)


def test_renewing_what_ended_gives_nothing_that_was_never_given() -> None:
    asked = enquiry("sea.squid", "land.mouse")
    mine = supporter(
        "S-2", "sea.squid", "land.mouse", consents=(consent(None), consent("sea.squid", expires=ON))
    )
    assert changes(asked, supporter("S-1", "sea.squid"), mine) == (
        WhatIf("S-2", "renewed consent for Squid", 2),
    )


@pytest.mark.parametrize(("capacity", "place"), [(1, 2), (2, 3), (4, 3)])
def test_room_again_is_room_for_just_one(capacity: int, place: int) -> None:
    """With room for one they have all but one in hand; a load of nothing would put them first, by id."""
    asked_before = [introduction("S-1", State.ASKED, date(2020, 1, 1))] * capacity
    idle = supporter("S-2", "sea.whale")
    half = supporter("S-3", "sea.whale", capacity=4)
    with_one = [introduction("S-3", State.ASKED, date(2019, 1, 1))]
    there = register(
        supporter("S-1", "sea.whale", capacity=capacity), idle, half, introductions=[*asked_before, *with_one]
    )
    found = what_if(there, WHALE, ON, Policy(), match(there, WHALE, ON))
    assert found == (WhatIf("S-1", "had room again", place),)


def test_available_for_a_single_day_to_come() -> None:
    brief = supporter("S-1", "sea.whale", available_from=TOMORROW, available_until=TOMORROW)
    words = "were available already (from 21 November 2026)"
    assert changes(WHALE, brief) == (WhatIf("S-1", words, 1),)


def test_whoever_changed_is_told_of_by_their_own_words() -> None:
    """Paused people in the columns and among those who changed since, each until another day."""
    people = [supporter(f"S-{n}", "sea.whale", paused_until=TOMORROW + timedelta(days=n)) for n in range(4)]
    there = register(*people[:2], supporter("S-2", "void"), supporter("S-3", "void"))
    changed = there.replaced(supporters=people[2:])
    found = what_if(changed, WHALE, ON, Policy(), match(changed, WHALE, ON), limit=9)
    assert found == tuple(
        WhatIf(f"S-{n}", f"were back already (paused until {21 + n} November 2026)", 1) for n in range(4)
    )


# --------------------------------------------------------------------------------------- written anew


def test_what_the_first_was_asked_is_kept_when_the_columns_are_written_anew() -> None:
    people = [supporter(f"S-{n:03}", "sea.whale") for n in range(100)]
    asked = [introduction("S-000", State.DECLINED, ON, "E-1"), introduction("S-099", State.ASKED, ON, "E-1")]
    there = register(*people, introductions=asked)
    changed = there.replaced(
        supporters=[replace(each, capacity=7) for each in people[10 : 15 + MOST_CHANGED]]
    )
    assert not changed.lines
    assert [each.supporter for each in match(changed, WHALE, ON).refused] == ["S-000", "S-099"]
    assert changed.columns.work.of_row(0) == there.columns.work.of_row(0)


# ------------------------------------------------------------------------------------- what is kept by


@pytest.mark.parametrize("seed", range(4))
def test_one_register_answers_many_enquiries_in_turn_as_if_each_were_the_first(seed: int) -> None:
    """What is kept from one question to the next is kept under all that it depends on."""
    chance = WideChance(seed, OWN)
    world = chance.world(12, 2)
    register = world.register()
    for _ in range(25):
        asked = chance.enquiry(2)
        for on in (world.on, TOMORROW):
            first = replace(world, enquiry=asked).register()
            assert match(register, asked, on) == match(first, asked, on)


def test_every_wish_of_grade_is_answered_for_itself() -> None:
    there = register(supporter("S-1", "sea.whale", grade="st4"))
    points = {
        (wish, own): said(match(there, _wishing(wish, own), ON).suggested[0], "grade")[0][0]
        for wish in (GradeWish.SAME, GradeWish.SENIOR)
        for own in ("st1", "st4", "fellow", "st8", None)
    }
    granted = {pair for pair, number in points.items() if number > 0}
    assert granted == {
        (GradeWish.SAME, "st4"),
        (GradeWish.SAME, "fellow"),
        (GradeWish.SENIOR, "st1"),
    }


def _wishing(wish: GradeWish, own: str | None) -> Enquiry:
    return enquiry("sea.whale", grade=own, preferences=Preferences(grade=wish))


@pytest.mark.parametrize("purpose", [each for each in Purpose if each is not Purpose.HOLD])
def test_no_other_consent_keeps_a_record_though_it_was_given_on_the_same_day(purpose: Purpose) -> None:
    topic = "sea.whale" if purpose in PER_CHARACTERISTIC else None
    other = replace(consent(topic), purpose=purpose)
    person = supporter("S-1", "sea.whale", consents=(consent("sea.whale"), other))
    assert refusal(WHALE, person).codes == (Code.NOT_ACTIVE,)
    held = supporter("S-0", "sea.whale")
    assert [each.supporter for each in match(register(held, person), WHALE, ON).suggested] == ["S-0"]
    about = supporter("S-1", "sea.whale", consents=(replace(consent(None), characteristic="sea.whale"),))
    assert refusal(WHALE, about).codes == (Code.NOT_ACTIVE, Code.CONSENT_MISSING)
