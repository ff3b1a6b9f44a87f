"""More small differences in the core: columns, days and what is kept, each change seen by a close look alone."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from peermatch.matching.engine import match
from peermatch.matching.planning.offers import Offers
from peermatch.matching.register import Register
from peermatch.model.characteristics import parse_terms
from peermatch.model.enquiry import GradeWish, Preferences
from peermatch.model.introduction import State
from peermatch.model.policy import Policy
from peermatch.model.verdict import Code
from tests.matching.cases import (
    ON,
    WORDINGS,
    ask,
    consent,
    enquiry,
    introduction,
    refusal,
    register,
    said,
    supporter,
)
from tests.matching.small_reference import SMALL

WHALE = enquiry("sea.whale")
EARLIER, LATER = ON - timedelta(days=30), ON + timedelta(days=30)


def day(on: date) -> str:
    return f"{on.day} {on:%b} {on.year}"


# ------------------------------------------------------------------------------- the day consent ended


@pytest.mark.parametrize("topic", [None, "sea.whale"])
def test_consent_ended_when_it_last_did_and_not_when_it_will_again(topic: str | None) -> None:
    """It ended, was renewed, ended on the day itself, and a yes to come will end as well."""
    spans = [
        (EARLIER - timedelta(days=30), EARLIER),
        (EARLIER + timedelta(days=10), ON),
        (ON + timedelta(days=10), LATER),
    ]
    records = [consent(topic, given=given, expires=expires) for given, expires in spans]
    other = consent("sea.whale" if topic is None else None)
    who = supporter("S-1", "sea.whale", consents=(*records, other))
    found = refusal(WHALE, who)
    assert found.code is (Code.NOT_ACTIVE if topic is None else Code.CONSENT_ENDED)
    assert day(ON) in found.text, found.text


@pytest.mark.parametrize("number", range(3))
def test_a_renewal_that_had_ended_before_it_was_given_ended_on_its_own_last_day(number: int) -> None:
    topics = ("sea.whale", "sea.squid", "land.mouse")
    late = consent(topics[number], given=EARLIER, expires=EARLIER - timedelta(days=9))
    who = supporter("S-1", *topics, consents=(consent(None), *map(consent, topics), late))
    found = refusal(enquiry(topics[number]), who)
    assert (found.code, found.text.endswith(day(EARLIER - timedelta(days=9)))) == (Code.CONSENT_ENDED, True)


# ---------------------------------------------------------------------------------------------- the question


def test_a_shortlist_says_for_which_enquiry_it_is() -> None:
    assert ask(WHALE, supporter("S-1", "sea.whale")).enquiry == WHALE.reference


@pytest.mark.parametrize("ended", ["land.horse", "land.horse.foal"])
def test_of_two_that_meet_a_need_the_better_consent_counts(ended: str) -> None:
    """The need and the one term below it, whichever of the two has ended."""
    both = ("land.horse", "land.horse.foal")
    consents = [consent(topic, expires=ON if topic == ended else None) for topic in both]
    found = ask(enquiry("land.horse"), supporter("S-1", *both, consents=(consent(None), *consents)))
    assert [each.supporter for each in found.suggested] == ["S-1"]


def test_a_term_that_is_as_near_by_both_ways_is_called_broader() -> None:
    seal = {"id": "own.seal", "label": "Seal", "broader": "sea.whale"}
    near = parse_terms([seal | {"related": [{"id": "sea.whale", "strength": 0.5}]}])
    reference = replace(SMALL, vocabulary=SMALL.vocabulary.extended(near))
    there = Register.build(reference, [supporter("S-1", "sea.whale")], (), (), WORDINGS)
    (found,) = match(there, enquiry(helpful="own.seal"), ON).suggested
    assert said(found, "helpful") == [(0.5, "Shares Whale, broader than Seal")]


# -------------------------------------------------------------------------------------------------- rarity


@pytest.mark.parametrize(("behind", "rare"), [(0, True), (1, False), (2, False)])
def test_whoever_stands_far_behind_makes_the_first_two_less_rare(behind: int, rare: bool) -> None:
    """Hundreds share it and take no part in the programme; of the able two stand before them, the others behind."""
    elsewhere = [supporter(f"S-1{n:03}", "sea.whale", programmes=("mentoring",)) for n in range(300)]
    able = [supporter(id, "sea.whale") for id in ("S-0", "S-1", "S-2", "S-3")[: 2 + behind]]
    found = ask(WHALE, *elsewhere, *able).suggested
    assert [(each.supporter, each.rare) for each in found] == [(each.id, rare) for each in able]


# ---------------------------------------------------------------------------------------------- shortlists


@pytest.mark.parametrize("place", [0, 62, 63, 64, 65, 66, 69])
def test_any_place_may_be_the_first_that_is_read(place: int) -> None:
    """Beyond the first 64, which stand ready."""
    found = ask(WHALE, *(supporter(f"S-{n:03}", "sea.whale") for n in range(70)))
    assert found.suggested[place].supporter == f"S-{place:03}"


def test_what_is_read_equals_a_list_of_equal_items_and_nothing_else() -> None:
    one, two = supporter("S-1", "sea.whale"), supporter("S-2", "sea.whale")
    found, other, longer = (
        ask(WHALE, one).suggested,
        ask(WHALE, two).suggested,
        ask(WHALE, one, two).suggested,
    )
    assert found == [*found]
    assert found == ask(WHALE, one).suggested
    assert found != other
    assert found != longer
    assert longer != found
    others: tuple[object, ...] = (1, "S", None)
    assert all(found != each for each in others)
    nobody: tuple[object, ...] = ([], (), "")
    assert [ask(WHALE).suggested == each for each in nobody] == [True, True, False]
    assert (repr(longer), repr(ask(WHALE, one).refused)) == ("Suggestions of 2", "Refusals of 0")


@pytest.mark.parametrize(("apart", "alike"), [(0.02, True), (0.0200000004, True), (0.0200000006, False)])
def test_two_are_about_as_near_to_within_nine_digits(apart: float, alike: bool) -> None:
    """Both share what is essential, and one alone has the grade that is wished for."""
    policy = Policy(preference=3.0 * apart / (1 - apart), ambiguous=0.02)
    asked = enquiry("sea.whale", grade="st4", preferences=Preferences(grade=GradeWish.SAME))
    people = [supporter("S-1", "sea.whale", grade="st4"), supporter("S-2", "sea.whale")]
    assert ask(asked, *people, policy=policy).ambiguous is alike


# ---------------------------------------------------------------------------------------------------- plan


def test_a_pair_that_was_ruled_out_is_not_offered_to_the_plan() -> None:
    people = [supporter(f"S-{n}", "sea.whale") for n in range(3)]
    rows = {each.id: 10 + n for n, each in enumerate(people)}
    offers = Offers.of(register(*people), WHALE, ON, Policy(), rows)
    for without, left in (((), [10, 11, 12]), ((11,), [10, 12]), ((10, 12, 99), [11])):
        kept = offers.candidates(np.array(without, dtype=np.int32))
        assert (kept.supporters.tolist(), kept.gains.tolist()) == (left, [10**9] * len(left))
    assert [offers.place(row) for row in (10, 12)] == [1, 3]


def test_the_commonest_refusals_are_told_only_where_nobody_is_offered() -> None:
    people = [supporter("S-1", "sea.whale"), supporter("S-2", "sea.whale", capacity=0)]
    rows = {"S-1": 0, "S-2": 1}
    assert Offers.of(register(*people), WHALE, ON, Policy(), rows).why_not == ()
    nobody = Offers.of(register(people[1]), WHALE, ON, Policy(), rows)
    assert (nobody.supporters.tolist(), nobody.why_not) == ([], ((Code.NO_ROOM, 1),))


# ------------------------------------------------------------------------------------------------ workload


@pytest.mark.parametrize("order", [(5, 1), (1, 5)])
def test_last_asked_is_the_latest_day_in_whatever_order_the_days_are_given(order: tuple[int, ...]) -> None:
    """All asked more than twelve months ago, so that nothing but the last day parts them."""
    people = [supporter(id, "sea.whale") for id in ("S-1", "S-2")]
    first = [introduction("S-1", State.DECLINED, date(2020, 1, n), f"E-2{n}") for n in order]
    second = introduction("S-2", State.DECLINED, date(2020, 1, 3), "E-23")
    built = register(*people, introductions=[*first, second])
    changed = register(*people, introductions=[second]).replaced(introductions_of={"S-1": first})
    for there in (built, changed, changed.replaced(supporters=people)):
        assert [each.supporter for each in match(there, WHALE, ON).suggested] == ["S-2", "S-1"]


def test_the_same_time_told_twice_counts_twice() -> None:
    time = introduction("S-1", State.DECLINED, ON)
    there = register(supporter("S-1", "sea.whale"), introductions=[time])
    after = there.replaced(introductions_of={"S-1": [time, time]})
    assert after.columns.work.times_asked(0, ON.toordinal()).tolist() == [2]
