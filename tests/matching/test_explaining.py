"""One refusal in full: what it rests on, what would change it, the place then, and never what was withdrawn."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from peermatch.matching.engine import match
from peermatch.matching.explaining import Case, explain
from peermatch.matching.whatif import what_if
from peermatch.model.barred import Barred
from peermatch.model.enquiry import Enquiry, Exclusions, Requester
from peermatch.model.explanation import Explanation
from peermatch.model.introduction import Introduction, State
from peermatch.model.people import Boundaries, Relation, Supporter, SupporterStatus
from peermatch.model.policy import Policy
from peermatch.model.verdict import Code
from tests.matching.cases import GIVEN, ON, consent, enquiry, introduction, register, supporter

ASKED = enquiry("sea.whale", "land.horse")
FIRST = supporter("S-8", "sea.whale", "land.horse")
LAST = supporter("S-9", "sea.whale.orca")
POLICY = Policy()
SPRING = date(2027, 3, 3)


def told(
    who: Supporter,
    question: Enquiry = ASKED,
    introductions: tuple[Introduction, ...] = (),
    barred: tuple[Barred, ...] = (),
) -> Explanation:
    """The explanation for somebody beside the first and the last."""
    people = register(FIRST, LAST, who, introductions=introductions, barred=barred)
    shortlist = match(people, question, ON, POLICY)
    (refusal,) = (each for each in shortlist.refused if each.supporter == who.id)
    own = tuple(each for each in introductions if each.supporter == who.id)
    return explain(Case(people, question, ON, POLICY, who, own), refusal)


@pytest.mark.parametrize(
    ("fields", "rests_on", "change", "place"),
    [
        (
            {"consents": (consent(None), consent("sea.whale", expires=ON))},
            ("Essential for this enquiry: Whale",),
            "They would have to renew their consent for Whale: ask them.",
            2,
        ),
        (
            {"consents": (consent(None),)},
            ("Essential for this enquiry: Whale",),
            "They would have to agree to be found for Whale: ask them first.",
            2,
        ),
        (
            {"consents": (consent(None, expires=date(2026, 11, 1)), consent("sea.whale"))},
            ("They agreed on 10 January 2026 that their record is kept, until 1 November 2026",),
            "They would have to agree once more that their record is kept: ask them.",
            2,
        ),
        (
            {"consents": (consent("sea.whale"),)},
            (),
            "They would have to agree that their record is kept: ask them first.",
            2,
        ),
        (
            {"status": SupporterStatus.APPLIED},
            (),
            "They would have to become active first.",
            2,
        ),
        (
            {"paused_until": SPRING},
            ("Back on 3 March 2027",),
            "They are back on 3 March 2027.",
            2,
        ),
        (
            {"available_from": SPRING},
            ("Available from 3 March 2027",),
            "They are available from 3 March 2027.",
            2,
        ),
        (
            {"available_until": date(2026, 3, 3)},
            ("Available until 3 March 2026",),
            "They would have to be available again: ask them.",
            2,
        ),
        (
            {"programmes": ("buddies",)},
            ("They take part in: buddies", "This enquiry belongs to: peer-support"),
            "They would have to take part in peer-support as well: ask them.",
            2,
        ),
    ],
)
def test_what_would_bring_them_in(
    fields: dict[str, Any], rests_on: tuple[str, ...], change: str, place: int
) -> None:
    found = told(supporter("S-1", "sea.whale", **fields))
    assert (found.rests_on, found.change, found.place) == (rests_on, change, place)


@pytest.mark.parametrize(
    ("fields", "change"),
    [
        ({"status": SupporterStatus.LEFT}, "They have left, so this is not for us to change."),
        ({"consents": (consent(None, withdrawn=ON), consent("sea.whale"))}, "Only they can change this."),
        ({"capacity": 0}, "They take nobody on at the moment, and only they can change that."),
        (
            {"name": "Tess Trainee"},
            "If they are two people, look at both records: a name or an address is the same.",
        ),
        (
            {"boundaries": Boundaries(topics=("sea.whale",))},
            "This is their own limit, and only they can change it.",
        ),
        (
            {"relations": (Relation("t@example.org", "partner", GIVEN),)},
            "Nothing would change this while the relation stands.",
        ),
    ],
)
def test_what_nothing_here_can_change_is_said_kindly(fields: dict[str, Any], change: str) -> None:
    found = told(supporter("S-1", "sea.whale", **fields))
    assert (found.change, found.place) == (change, None)


def test_room_names_what_is_in_hand() -> None:
    held = (
        introduction("S-1", State.ASKED, date(2026, 10, 2), "E-0133"),
        introduction("S-1", State.ENDED, date(2026, 10, 3), "E-0134"),
        introduction("S-1", State.INTRODUCED, date(2025, 11, 4), "E-0140"),
    )
    found = told(supporter("S-1", "sea.whale"), introductions=held)
    assert found.rests_on == ("Capacity 2", "2 in hand: E-0133 since 2 Oct, E-0140 since 4 Nov 2025")
    assert (found.change, found.place) == ("One of these would have to end first.", 2)
    alone = told(supporter("S-1", "sea.whale", capacity=1), introductions=held[:1])
    assert alone.change == "It would have to end first."
    over = told(supporter("S-1", "sea.whale", capacity=1), introductions=held)
    assert over.change == "2 of these would have to end first."
    assert told(supporter("S-1", "sea.whale", capacity=0)).rests_on == ("Capacity 0", "Nothing in hand")


def test_asked_before_says_when_and_how_it_stands() -> None:
    asked = (introduction("S-1", State.DECLINED, ON, "E-1"),)
    found = told(supporter("S-1", "sea.whale"), introductions=asked)
    assert found.rests_on == ("Asked for this enquiry on 20 November 2026: they said no",)
    assert found.change == "Nothing would change this: nobody is asked twice for the same enquiry."
    barred = told(supporter("S-1", "sea.whale"), barred=(Barred("t@example.org", "S-1"),))
    assert barred.rests_on == ("Somebody noted that the two must not meet",)
    assert barred.change == "Nothing would change this."


def test_keeping_away_says_what_the_enquirer_named() -> None:
    away = Exclusions(organisations=("old-trust",), specialties=("surgery",), people=("person s-1",))
    found = told(supporter("S-1", "sea.whale", specialty="surgery"), replace(ASKED, exclusions=away))
    assert found.rests_on == (
        "Named by the enquirer among the people to keep away from",
        "They work in Surgery",
    )
    assert found.change == "This is the trainee's wish, and only they can change it."


def test_who_shares_too_little_is_told_by_the_need_alone() -> None:
    near = supporter("S-1", "land.horse")
    found = told(near)
    assert found.codes == (Code.ESSENTIAL_NOT_SHARED,)
    assert found.change == "Whale would have to be helpful instead of essential, if the trainee says so."
    assert found.place == 2
    far = told(supporter("S-1", "land.mouse"))
    assert far.place is None
    assert far.change.startswith("Nothing needs to change")
    assert told(near, replace(ASKED, needs=())).change == "Say what is needed first."


def test_only_what_is_essential_is_renewed_as_the_words_say() -> None:
    ended = (consent("sea.whale", expires=ON), consent("land.horse", expires=ON))
    found = told(supporter("S-1", "sea.whale", "land.horse", consents=(consent(None), *ended)))
    assert found.change == "They would have to renew their consent for Whale: ask them."
    assert found.place == 2


def test_what_no_vocabulary_knows_is_not_shared_though_both_name_it() -> None:
    """An id that is gone from the vocabulary: the ranking does not count it, so the remedy must not either."""
    found = told(supporter("S-1", "sea.gone", "land.horse"), enquiry("sea.gone", "land.horse"))
    assert found.codes == (Code.ESSENTIAL_NOT_SHARED,)
    assert found.change.startswith("sea.gone would have to be helpful instead of essential")
    # Once it only helps, they share as much as the one who shares the other topic, and come first by their id.
    assert found.place == 1


def test_several_things_are_followed_one_after_the_other() -> None:
    who = supporter(
        "S-1", "sea.whale", paused_until=SPRING, consents=(consent(None), consent("sea.whale", expires=ON))
    )
    found = told(who)
    assert found.codes == (Code.PAUSED, Code.CONSENT_ENDED)
    assert found.change == (
        "They are back on 3 March 2027. They would have to renew their consent for Whale: ask them."
    )
    assert found.place == 2
    limited = replace(who, boundaries=Boundaries(topics=("sea.whale",)))
    assert told(limited).change == "This is their own limit, and only they can change it."


def test_the_place_is_the_one_that_what_if_finds() -> None:
    held = (introduction("S-3", State.ASKED, GIVEN, "E-7"), introduction("S-3", State.ASKED, GIVEN, "E-8"))
    people = (
        supporter("S-1", "sea.whale", "land.horse", paused_until=SPRING),
        supporter("S-2", "sea.whale", consents=(consent(None), consent("sea.whale", expires=ON))),
        supporter("S-3", "sea.whale", "land.horse"),
        supporter("S-4", "sea.whale", "land.mouse", available_from=SPRING),
    )
    there = register(FIRST, LAST, *people, introductions=held)
    shortlist = match(there, ASKED, ON, POLICY)
    places = {each.supporter: each.place for each in what_if(there, ASKED, ON, POLICY, shortlist, 9)}
    assert set(places) == {each.id for each in people}
    for who, refusal in zip(people, shortlist.refused, strict=True):
        own = tuple(each for each in held if each.supporter == who.id)
        assert explain(Case(there, ASKED, ON, POLICY, who, own), refusal).place == places[who.id]


HIDING: list[dict[str, Any]] = [
    {},
    {"paused_until": SPRING},
    {"status": SupporterStatus.APPLIED},
    {"capacity": 0},
    {"programmes": ()},
]


@pytest.mark.parametrize("fields", HIDING)
@pytest.mark.parametrize("hidden", ["sea.whale", "sea.whale.orca", "land.horse", "sea.squid"])
@pytest.mark.parametrize("others", ["", "sea.whale", "land.horse"])
def test_what_was_withdrawn_reads_as_never_listed(fields: dict[str, Any], hidden: str, others: str) -> None:
    kept = [topic for topic in others.split() if topic != hidden]
    ended = tuple(consent(topic, expires=ON) for topic in kept)
    bare = supporter("S-1", *kept, **({"consents": (consent(None), *ended)} | fields))
    listed = replace(
        bare, characteristics=(*kept, hidden), consents=(*bare.consents, consent(hidden, withdrawn=ON))
    )
    found = told(listed)
    assert found == told(bare)
    assert "withdr" not in f"{found.sentence} {found.rests_on} {found.change}"


@pytest.mark.parametrize("kind", ["trainer", "partner", "same-team"])
def test_the_kind_and_the_days_of_a_relation_are_never_told(kind: str) -> None:
    relation = Relation("t@example.org", kind, GIVEN, SPRING)
    found = told(supporter("S-1", "sea.whale", relations=(relation,)))
    words = f"{found.sentence} {found.rests_on} {found.change}"
    assert kind not in words
    assert "2027" not in words
    assert found.rests_on == ("A relation that stands on their record today",)


def test_a_shared_address_is_told_as_that() -> None:
    same = replace(ASKED, requester=Requester(email="s-1@example.org"))
    assert told(supporter("S-1", "sea.whale"), same).rests_on == ("They have an e-mail address in common",)
    assert told(supporter("S-1", "sea.whale", name="Tess Trainee")).rests_on == (
        "The two names are the same",
    )
