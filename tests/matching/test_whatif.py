"""What one change would bring in: tried out on the person's own record, in words that follow "If Sam O."."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from peermatch.matching.engine import match
from peermatch.matching.whatif import what_if
from peermatch.model.enquiry import Exclusions
from peermatch.model.introduction import State
from peermatch.model.people import Supporter, SupporterStatus
from peermatch.model.policy import Policy
from peermatch.model.verdict import WhatIf
from tests.matching.cases import GIVEN, ON, consent, enquiry, introduction, register, supporter

ASKED = enquiry("sea.whale", "land.horse")
FIRST = supporter("S-8", "sea.whale", "land.horse")
LAST = supporter("S-9", "sea.whale.orca")
POLICY = Policy()


def changes(*supporters: Supporter, question: Any = ASKED, limit: int = 3, **more: Any) -> tuple[WhatIf, ...]:
    people = register(FIRST, LAST, *supporters, **more)
    return what_if(people, question, ON, POLICY, match(people, question, ON, POLICY), limit)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {"consents": (consent(None), consent("sea.whale", expires=ON))},
            "renewed consent for Whale",
        ),
        ({"consents": (consent(None),)}, "gave consent for Whale"),
        (
            {"consents": (consent(None, expires=GIVEN), consent("sea.whale"))},
            "renewed consent to keep their record",
        ),
        ({"paused_until": date(2027, 3, 3)}, "were back already (paused until 3 March 2027)"),
        ({"available_from": date(2027, 3, 3)}, "were available already (from 3 March 2027)"),
        ({"available_until": date(2026, 3, 3)}, "were available again"),
        (
            {"available_from": date(2027, 3, 3), "available_until": date(2026, 3, 3)},
            "were available again",
        ),
    ],
)
def test_one_change_brings_them_in(fields: dict[str, Any], words: str) -> None:
    who = supporter("S-1", "sea.whale", **fields)
    assert changes(who) == (WhatIf("S-1", words, 2),)


def test_room_again_is_one_introduction_fewer_than_they_take() -> None:
    before = [introduction("S-1", State.ASKED, GIVEN)] * 3 + [introduction("S-1", State.ENDED, GIVEN)]
    who = supporter("S-1", "sea.whale", "land.horse")
    # One of two in hand and four askings: below the first, who has nobody, and above the last.
    assert changes(who, introductions=before) == (WhatIf("S-1", "had room again", 2),)
    assert changes(supporter("S-1", "sea.whale", capacity=0)) == ()


def test_a_mix_of_ended_and_never_given_is_asked_for_together() -> None:
    question = enquiry("sea.whale land.mouse sea.whale", "land.horse")
    consents = (consent(None), consent("sea.whale", expires=ON))
    who = supporter("S-1", "sea.whale", "land.mouse", "land.horse", consents=consents)
    assert changes(who, question=question) == (WhatIf("S-1", "gave consent for Whale and Mouse", 1),)


@pytest.mark.parametrize("code", ["ended", "never"])
def test_no_more_is_renewed_than_the_words_say(code: str) -> None:
    """What only helps stays as it is, so the place is the one of whoever shares the essential alone."""
    again = (consent("sea.whale", expires=ON), consent("land.horse", expires=ON)) if code == "ended" else ()
    who = supporter("S-1", "sea.whale", "land.horse", consents=(consent(None), *again))
    (found,) = changes(who)
    assert (found.change.partition(" for ")[2], found.place) == ("Whale", 2)
    agreed = replace(who, consents=(*who.consents, consent("sea.whale", given=ON)))
    people = [each.supporter for each in match(register(FIRST, LAST, agreed), ASKED, ON, POLICY).suggested]
    assert people.index("S-1") + 1 == found.place


def test_what_was_withdrawn_stays_unknown() -> None:
    consents = (consent(None), consent("sea.whale", expires=ON), consent("land.horse", withdrawn=ON))
    who = supporter("S-1", "sea.whale", "land.horse", consents=consents)
    there = register(FIRST, who)
    (found,) = what_if(there, ASKED, ON, POLICY, match(there, ASKED, ON, POLICY))
    never_listed = replace(who, characteristics=("sea.whale",))
    other = register(FIRST, never_listed)
    assert what_if(other, ASKED, ON, POLICY, match(other, ASKED, ON, POLICY)) == (found,)


@pytest.mark.parametrize(
    "fields",
    [
        {"status": SupporterStatus.LEFT},
        {"consents": (consent("sea.whale"),)},
        {"consents": (consent(None, withdrawn=ON), consent("sea.whale"))},
        {"programmes": ()},
        {"paused_until": date(2027, 3, 3), "consents": (consent(None), consent("sea.whale", expires=ON))},
        {"status": SupporterStatus.APPLIED, "consents": (consent(None, expires=GIVEN), consent("sea.whale"))},
    ],
)
def test_no_single_change_would_do(fields: dict[str, Any]) -> None:
    assert changes(supporter("S-1", "sea.whale", **fields)) == ()


def test_what_is_not_theirs_to_change_is_not_proposed() -> None:
    question = replace(ASKED, exclusions=Exclusions(supporters=("S-1",)))
    assert changes(supporter("S-1", "sea.whale"), supporter("S-2", "land.mouse"), question=question) == ()


def test_the_best_come_first_and_only_so_many() -> None:
    day = date(2027, 3, 3)
    people = [supporter(f"S-{n}", "sea.whale", paused_until=day) for n in (1, 2, 3)]
    people.append(supporter("S-4", "sea.whale", "land.horse", paused_until=day))
    found = changes(*people)
    assert [(each.supporter, each.place) for each in found] == [("S-4", 1), ("S-1", 2), ("S-2", 2)]
    assert len(changes(*people, limit=9)) == 4


def test_nobody_refused_needs_no_change() -> None:
    assert changes() == ()
