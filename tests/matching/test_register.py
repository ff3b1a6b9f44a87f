"""The register is a snapshot: it is built or replaced in part, and neither changes what was there before."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from peermatch.errors import BadInput
from peermatch.matching.engine import match, refusal_codes
from peermatch.matching.register import Register
from peermatch.model.consent import Wording
from peermatch.model.introduction import State
from peermatch.model.network import Barred
from peermatch.model.verdict import Code
from tests.matching.cases import ON, WORDINGS, consent, enquiry, introduction, register, supporter
from tests.matching.small_reference import SMALL

WHALE = enquiry("sea.whale")


def test_an_empty_register_suggests_nobody() -> None:
    empty = Register.build(SMALL, (), (), (), ())
    assert len(empty) == 0
    shortlist = match(empty, enquiry("sea.whale", "land.horse"), ON)
    assert (shortlist.suggested, shortlist.refused, shortlist.ambiguous) == ((), (), False)


def test_people_are_found_by_id() -> None:
    who = supporter("S-1", "sea.whale")
    assert register(who).supporters == {"S-1": who}


def test_a_supporter_who_is_not_held_cannot_be_asked_about() -> None:
    with pytest.raises(BadInput, match="There is no supporter S-404"):
        refusal_codes(register(supporter()), WHALE, "S-404", ON)


def test_a_change_makes_a_new_register_and_leaves_the_old_one() -> None:
    before = register(supporter("S-1", "sea.whale"), supporter("S-2", "sea.whale"))
    after = before.replaced(
        supporters=[supporter("S-2", "land.mouse"), supporter("S-3", "sea.whale")],
        removed=["S-1", "S-404"],
        introductions=[introduction("S-3", State.DECLINED, ON, "E-1")],
        barred=[Barred("t@example.org", "S-2")],
    )
    assert [each.supporter for each in match(before, WHALE, ON).suggested] == ["S-1", "S-2"]
    assert {each.supporter: each.codes for each in match(after, WHALE, ON).refused} == {
        "S-2": (Code.ALREADY_ASKED, Code.ESSENTIAL_NOT_SHARED),
        "S-3": (Code.ALREADY_ASKED,),
    }


def test_what_is_not_given_stays() -> None:
    before = register(
        supporter("S-1", "sea.whale"),
        introductions=[introduction("S-1", State.ASKED, ON, "E-1")],
        barred=[Barred("t@example.org", "S-1")],
    )
    after = before.replaced(supporters=[supporter("S-2", "sea.whale")])
    assert (after.introductions, after.barred) == (before.introductions, before.barred)
    assert [each.supporter for each in match(after, WHALE, ON).suggested] == ["S-2"]


def test_other_wordings_judge_old_consents_anew() -> None:
    consents = (consent(None), consent("sea.whale", wording="wide"))
    before = register(supporter("S-1", "sea.whale.orca", consents=consents))
    after = before.replaced(wordings=[Wording("wide", "Not so wide.")])
    assert len(match(before, WHALE, ON).suggested) == 1
    assert refusal_codes(after, WHALE, "S-1", ON) == (Code.CONSENT_MISSING,)
    assert len(match(after.replaced(wordings=WORDINGS), WHALE, ON).suggested) == 1


def test_any_day_may_be_asked_about_in_any_order() -> None:
    last = date(2026, 12, 1)
    ending = supporter("S-1", "sea.whale", consents=(consent(None), consent("sea.whale", expires=last)))
    there = register(ending)
    days = [ON + timedelta(days=n) for n in (0, 30, 5, 11, 10, 400, 0, 30)]
    assert [not refusal_codes(there, WHALE, "S-1", day) for day in days] == [day < last for day in days]
    assert not match(there, WHALE, date.min).suggested
    assert not match(there, WHALE, date.max).suggested


def test_columns_cannot_be_written_to() -> None:
    there = register(supporter("S-1", "sea.whale"))
    with pytest.raises(ValueError, match="read-only"):
        there.standing(ON)[0, 0] = 3


def test_a_supporter_who_pauses_does_so_in_the_new_register_alone() -> None:
    there = register(supporter("S-1", "sea.whale"))
    paused = there.replaced(supporters=[replace(there.supporters["S-1"], paused_until=date.max)])
    assert refusal_codes(paused, WHALE, "S-1", ON) == (Code.PAUSED,)
    assert refusal_codes(there, WHALE, "S-1", ON) == ()
