"""Traps that other matchers of people fell into, put to this one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest

from peermatch.errors import BadInput
from peermatch.matching.engine import match
from peermatch.matching.plan import Solution, solve
from peermatch.matching.planning.offers import Offers
from peermatch.matching.planning.problem import Supply
from peermatch.matching.register import Register
from peermatch.matching.scarcity import best_pair
from peermatch.matching.whatif import what_if
from peermatch.model.barred import Barred
from peermatch.model.enquiry import Enquiry, Exclusions, Preferences, SpecialtyWish
from peermatch.model.introduction import Introduction, State
from peermatch.model.people import Channel, Supporter
from peermatch.model.policy import Policy
from peermatch.model.verdict import Code
from tests.matching.cases import ON, WORDINGS, consent, enquiry, introduction, register, supporter
from tests.matching.small_reference import SMALL

WHALE = enquiry("sea.whale")
ASKED_TODAY = Introduction("E-1", "S-1", State.ASKED, ON)


def numbered(number: int, asked: Enquiry = WHALE) -> Enquiry:
    return replace(asked, reference=f"E-{number:04}")


def planned(
    people: Sequence[Supporter],
    enquiries: Sequence[Enquiry],
    introductions: Sequence[Introduction] = (),
    barred: Sequence[Barred] = (),
) -> Solution:
    """The plan that the ranking of each enquiry leads to."""
    there = Register.build(SMALL, people, introductions, barred, WORDINGS)
    ids = sorted(each.id for each in people)
    capacity = {each.id: each.capacity for each in people}
    in_hand = [sum(i.in_hand and i.supporter == id for i in introductions) for id in ids]
    rows = {id: row for row, id in enumerate(ids)}
    supply = Supply(ids, np.array([capacity[id] for id in ids], np.int64), np.array(in_hand, np.int64))
    offers = [Offers.of(there, each, ON, Policy(), rows) for each in enquiries]
    return solve([each.candidates(np.zeros(0, np.int32)) for each in offers], supply)


# ------------------------------------------------- a pair that may not be is absent, never priced at nothing


def test_a_pair_that_may_not_be_takes_nobodys_place() -> None:
    """Priced at nothing it would be chosen here: it would leave the better sum to the other pair."""
    only = supporter("S-1", "sea.whale", capacity=1)
    barred_from = supporter("S-2", "sea.whale", capacity=1)
    one, two = numbered(1), numbered(2, enquiry("sea.whale", "land.horse"))
    found = planned([only, barred_from], [one, two], barred=[Barred("t@example.org", "S-2")])
    assert found.pairs == (("E-0001", "S-1"),)
    assert found.served == 1


def test_everybody_who_can_be_served_is_served_though_a_forbidden_pair_stands_in_the_way() -> None:
    """The one who fits both goes where the other may not go."""
    both = supporter("S-1", "sea.whale", "land.mouse", capacity=1)
    whales = supporter("S-2", "sea.whale", capacity=1)
    away = replace(numbered(1), exclusions=Exclusions(supporters=("S-2",)))
    found = planned([both, whales], [away, numbered(2)])
    assert found.pairs == (("E-0001", "S-1"), ("E-0002", "S-2"))


def test_where_every_pair_is_forbidden_nobody_is_given_anybody() -> None:
    people = [supporter(f"S-{n}", "sea.whale", capacity=0) for n in range(5)]
    found = planned(people, [numbered(n) for n in range(5)])
    assert (found.pairs, found.total, found.load) == ((), 0, Fraction(0))


def test_a_forbidden_pair_stays_away_when_all_scores_are_nothing() -> None:
    """All that is shared counts for as little as can be; whom the enquirer shuns is still not given."""
    faint = Policy("faint", 1, essential=100, helpful=0.01, preference=100)
    people = [supporter(f"S-{n}", "land.horse", capacity=1) for n in (1, 2, 3)]
    wish = Preferences(contact=Channel.PHONE, language="cy", specialty=SpecialtyWish.SAME)
    asked = [
        replace(
            numbered(n, enquiry(helpful="sea.whale", preferences=wish)),
            exclusions=Exclusions(supporters=(f"S-{n}",)),
        )
        for n in (1, 2, 3)
    ]
    there = register(*people)
    ids = [each.id for each in people]
    supply = Supply(ids, np.array([1, 1, 1], np.int64), np.zeros(3, np.int64))
    rows = {id: row for row, id in enumerate(ids)}
    offers = [Offers.of(there, each, ON, faint, rows) for each in asked]
    assert max(float(each.scores.max()) for each in offers) < 1e-4
    # Rounded down to nothing: served is still better than not served, and a conflict is still none.
    nothing = [
        replace(each.candidates(np.zeros(0, np.int32)), gains=np.zeros(2, np.int64)) for each in offers
    ]
    assert solve(nothing, supply).pairs == (("E-0001", "S-2"), ("E-0002", "S-3"), ("E-0003", "S-1"))


def test_whoever_asks_for_help_and_gives_it_is_not_introduced_to_themselves() -> None:
    """Somebody who signed up on both sides, under another spelling and another address."""
    giving = supporter("S-1", "sea.whale", name="Dr Tess  TRAINÉE", email="else@example.org")
    assert match(register(giving), WHALE, ON).refused[0].codes == (Code.SAME_PERSON,)


def test_whoever_was_given_before_is_not_given_again() -> None:
    people = [supporter(f"S-{n}", "sea.whale", capacity=3) for n in (1, 2)]
    before = [introduction("S-1", State.STOPPED, ON - timedelta(days=800), "E-0001")]
    assert planned(people, [numbered(1)], before).pairs == (("E-0001", "S-2"),)


# --------------------------------------------------------------------- weights that add up to nothing


@pytest.mark.parametrize("weight", [0, 0.0, -0.0, 1e-12, float("nan")])
def test_no_policy_lets_the_weights_of_needs_add_up_to_nothing(weight: float) -> None:
    for field in ("essential", "helpful"):
        with pytest.raises(BadInput, match="one problem"):
            Policy(**{field: weight})  # type: ignore[arg-type]  # one field at a time, by its name


def test_wishes_that_count_for_nothing_leave_the_scores_whole() -> None:
    wish = Preferences(contact=Channel.PHONE, language="cy")
    people = [supporter("S-1", "sea.whale"), supporter("S-2", "sea.whale", prefers=Channel.PHONE)]
    found = match(register(*people), enquiry("sea.whale", preferences=wish), ON, Policy(preference=0))
    assert [(each.supporter, each.score) for each in found.suggested] == [("S-1", 1.0), ("S-2", 1.0)]
    assert {reason.points for each in found.suggested for reason in each.reasons} == {1.0, 0.0}


# ------------------------------------------------------------------------- who stands in after a decline


def test_after_a_decline_the_next_in_line_is_first_and_nobody_is_ever_asked_twice() -> None:
    people = [
        supporter("S-1", "sea.whale", "land.horse", "land.mouse"),
        supporter("S-2", "sea.whale", "land.horse"),
        supporter("S-3", "sea.whale"),
    ]
    asked = enquiry("sea.whale", "land.horse land.mouse")
    there, gone = register(*people), []
    for first in ("S-1", "S-2", "S-3"):
        found = match(there, asked, ON)
        assert found.suggested[0].supporter == first
        gone.append(first)
        answer = (State.DECLINED, State.LAPSED, State.REFUSED)[len(gone) - 1]
        theirs = [Introduction("E-1", first, answer, ON, answered=ON)]
        there = there.replaced(introductions_of={first: theirs})
        later = match(there, asked, ON + timedelta(days=4000))
        assert not {each.supporter for each in later.suggested} & set(gone)
        assert {each.supporter for each in later.refused if Code.ALREADY_ASKED in each.codes} == set(gone)
    assert not match(there, asked, ON).suggested
    assert what_if(there, asked, ON, Policy(), match(there, asked, ON)) == ()
    # For somebody else's enquiry nothing is held against them but that they were asked of late.
    assert len(match(there, numbered(2, asked), ON).suggested) == 3


@pytest.mark.parametrize("state", list(State))
def test_whatever_became_of_it_the_same_person_is_not_suggested_again(state: State) -> None:
    old = Introduction("E-1", "S-1", state, date(2001, 1, 1))
    found = match(register(supporter("S-1", "sea.whale"), introductions=[old]), WHALE, ON)
    assert [each.code for each in found.refused] == [Code.ALREADY_ASKED]


def test_the_order_of_those_left_does_not_change_when_one_is_asked() -> None:
    people = [supporter(f"S-{n:02}", "sea.whale", *("land.horse",) * (n % 3)) for n in range(30)]
    asked = enquiry("sea.whale", "land.horse")
    there = register(*people)
    order = [each.supporter for each in match(there, asked, ON).suggested]
    for number in range(0, 30, 7):
        id = order[number]
        now = there.replaced(introductions_of={id: [Introduction("E-1", id, State.DECLINED, ON)]})
        assert [each.supporter for each in match(now, asked, ON).suggested] == [x for x in order if x != id]


# -------------------------------------------------------------------------------- very many on one side


def test_one_enquiry_and_a_thousand_supporters() -> None:
    """Each is asked about something; the one who fits best is found wherever they stand."""
    people = [supporter(f"S-{n:04}", "sea.whale") for n in range(1000)]
    people[617] = supporter("S-0617", "sea.whale", "land.horse")
    asked = enquiry("sea.whale", "land.horse")
    found = match(register(*people), asked, ON)
    assert (len(found.suggested), len(found.refused)) == (1000, 0)
    assert found.suggested[0].supporter == "S-0617"
    assert found.suggested[0].score == 1.0
    assert not found.ambiguous
    assert found.suggested[0].rare
    assert not found.suggested[1].rare
    assert planned(people, [numbered(1, asked)]).pairs == (("E-0001", "S-0617"),)


@pytest.mark.parametrize("capacity", [0, 1, 3])
def test_a_thousand_enquiries_and_one_supporter(capacity: int) -> None:
    """Their room is what is given out, to the first by reference where all are alike; nobody is worn out."""
    alone = supporter("S-1", "sea.whale", capacity=capacity)
    found = planned([alone], [numbered(n) for n in range(1000)])
    assert found.pairs == tuple((f"E-{n:04}", "S-1") for n in range(capacity))
    assert found.load == (1 if capacity else 0)


def test_the_one_supporter_goes_to_whom_they_fit_best() -> None:
    alone = supporter("S-1", "sea.whale", "land.horse", capacity=1)
    others = [numbered(n, enquiry("sea.whale", "land.mouse")) for n in range(999)]
    best = numbered(5000, enquiry("sea.whale", "land.horse"))
    assert planned([alone], [*others, best]).pairs == (("E-5000", "S-1"),)


def test_a_hundred_equal_scores_stand_in_the_same_order_every_time() -> None:
    """By id, not by the order in which they were written down, and not as chance or a hash would have it."""
    people = [supporter(f"S-{n:03}", "sea.whale") for n in range(100)]
    order = [f"S-{n:03}" for n in range(100)]
    for some in (people, people[::-1], people[50:] + people[:50]):
        found = match(register(*some), WHALE, ON)
        assert [each.supporter for each in found.suggested] == order
        assert found.ambiguous
        assert {each.score for each in found.suggested} == {1.0}
    changed = register(*people[:40]).replaced(supporters=people[40:])
    assert [each.supporter for each in match(changed, WHALE, ON).suggested] == order
    assert planned(people, [numbered(n) for n in range(100)]).pairs == tuple(
        (f"E-{n:04}", f"S-{n:03}") for n in range(100)
    )


def test_scores_that_differ_by_less_than_can_be_told_are_equal_and_the_longest_unasked_goes_first() -> None:
    """The tie is broken the same way in a list of two and in a list of hundreds."""
    days = [ON - timedelta(days=400 + n % 3) for n in range(300)]
    people = [supporter(f"S-{n:03}", "sea.whale") for n in range(300)]
    before = [introduction(f"S-{n:03}", State.ENDED, day) for n, day in enumerate(days)]
    expected = sorted(range(300), key=lambda n: (days[n], n))
    for size in (2, 64, 65, 257, 300):
        there = register(*people[:size], introductions=before)
        order = [each.supporter for each in match(there, WHALE, ON).suggested]
        assert order == [f"S-{n:03}" for n in expected if n < size]


def test_a_pair_is_no_pair_when_one_of_the_two_may_not_be_asked() -> None:
    people = [supporter("S-1", "sea.whale"), supporter("S-2", "land.mouse")]
    asked = enquiry(helpful="sea.whale land.mouse")
    there = register(*people)
    assert best_pair(there, asked, ON, match(there, asked, ON)) == ("S-1", "S-2")
    later = there.replaced(introductions_of={"S-1": [ASKED_TODAY]})
    assert best_pair(later, asked, ON, match(later, asked, ON)) is None


def test_a_near_miss_never_outranks_who_meets_what_is_essential() -> None:
    """However many other wishes somebody fulfils: what is essential is no weight to be outweighed."""
    wish = Preferences(contact=Channel.PHONE, language="cy", specialty=SpecialtyWish.SAME)
    asked = enquiry("sea.whale", "land.mouse land.horse", preferences=wish, specialty="surgery")
    near = supporter(
        "S-1", "sea.squid", "land.mouse", "land.horse",
        prefers=Channel.PHONE, languages=("cy",), specialty="surgery",
    )  # fmt: skip
    ended = replace(
        near, id="S-3", name="Ed End", email="e@example.org",
        characteristics=("sea.whale", *near.characteristics[1:]),
        consents=(consent(None), consent("sea.whale", expires=ON), *near.consents[2:]),
    )  # fmt: skip
    found = match(register(near, supporter("S-2", "sea.whale"), ended), asked, ON)
    assert [each.supporter for each in found.suggested] == ["S-2"]
    assert [each.code for each in found.refused] == [Code.ESSENTIAL_NOT_SHARED, Code.CONSENT_ENDED]
