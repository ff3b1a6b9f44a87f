"""Each gate refuses whom it should, lets pass whom it should, and says so in one kind sentence."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from peermatch.model.barred import Barred
from peermatch.model.enquiry import Exclusions, Requester
from peermatch.model.introduction import State
from peermatch.model.people import Boundaries, Relation, SupporterStatus
from peermatch.model.verdict import Code
from tests.matching.cases import GIVEN, ON, ask, consent, enquiry, introduction, refusal, supporter

DAY = timedelta(days=1)
WHALE = enquiry(essential="sea.whale")


def passes(asked: Any, who: Any, **more: Any) -> bool:
    return len(ask(asked, who, **more).suggested) == 1


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"status": SupporterStatus.APPLIED}, "Has applied and is not active yet"),
        ({"status": SupporterStatus.CHECKED}, "Was checked and is not active yet"),
        ({"status": SupporterStatus.LEFT}, "Has left the network"),
        ({"consents": (consent("sea.whale"),)}, "Consent to keep their record was never given: ask first"),
        (
            {"consents": (consent("sea.whale"), consent(None, expires=date(2026, 9, 11)))},
            "Consent to keep their record ended on 11 Sep 2026",
        ),
        (
            {"consents": (consent("sea.whale"), consent(None, withdrawn=ON))},
            "No longer agrees that their record is kept",
        ),
    ],
)
def test_not_active(fields: dict[str, Any], text: str) -> None:
    found = refusal(WHALE, supporter("S-1", "sea.whale", **fields))
    assert (found.code, found.codes, found.text) == (Code.NOT_ACTIVE, (Code.NOT_ACTIVE,), text)


def test_a_record_of_consent_that_lies_ahead_counts_as_never_given() -> None:
    ahead = (consent(None, given=ON + DAY), consent("sea.whale"))
    assert "never given" in refusal(WHALE, supporter("S-1", "sea.whale", consents=ahead)).text
    later = (consent(None), consent("sea.whale", given=ON + DAY))
    assert refusal(WHALE, supporter("S-1", "sea.whale", consents=later)).code is Code.CONSENT_MISSING


def test_paused_until_the_day_they_are_back() -> None:
    found = refusal(WHALE, supporter("S-1", "sea.whale", paused_until=date(2027, 3, 1)))
    assert (found.code, found.text) == (Code.PAUSED, "Paused until 1 March 2027")
    assert passes(WHALE, supporter("S-1", "sea.whale", paused_until=ON))


def test_unavailable_outside_their_days_which_count_themselves() -> None:
    soon = refusal(WHALE, supporter("S-1", "sea.whale", available_from=ON + DAY))
    assert (soon.code, soon.text) == (Code.UNAVAILABLE, "Available from 21 November 2026")
    gone = refusal(WHALE, supporter("S-1", "sea.whale", available_until=ON - DAY))
    assert (gone.code, gone.text) == (Code.UNAVAILABLE, "Was available until 19 November 2026")
    assert passes(WHALE, supporter("S-1", "sea.whale", available_from=ON, available_until=ON))


def test_other_programme() -> None:
    found = refusal(enquiry("sea.whale", programme="buddies"), supporter("S-1", "sea.whale"))
    assert (found.code, found.text) == (Code.OTHER_PROGRAMME, "Takes no part in the programme buddies")
    both = supporter("S-1", "sea.whale", programmes=("peer-support", "buddies"))
    assert passes(enquiry("sea.whale", programme="buddies"), both)


@pytest.mark.parametrize(
    "requester",
    [
        Requester(name="dr person  s-1"),
        Requester(name="Pérson S-1"),
        Requester(email="S-1@EXAMPLE.ORG"),
        Requester(email="else@example.org", other_emails=("second@example.org",)),
    ],
)
def test_same_person(requester: Requester) -> None:
    who = supporter("S-1", "sea.whale", other_emails=("Second@Example.org",))
    found = refusal(replace(WHALE, requester=requester), who)
    assert (found.code, found.text) == (
        Code.SAME_PERSON,
        "Has the same name or address as the person who asks",
    )


def test_names_of_which_nothing_is_left_are_never_equal() -> None:
    nameless = replace(WHALE, requester=Requester(name="Dr", email=" "))
    assert passes(nameless, supporter("S-1", "sea.whale", name="Mr", email=" "))


@pytest.mark.parametrize(
    ("exclusions", "text"),
    [
        (Exclusions(supporters=("S-1",)), "The enquirer asked not to be introduced to them"),
        (Exclusions(people=("Prof PERSON S-1",)), "The enquirer asked not to be introduced to them"),
        (Exclusions(people=("S-1@example.ORG",)), "The enquirer asked not to be introduced to them"),
        (
            Exclusions(organisations=("alone", "old")),
            "Works at or with Old Trust, which the enquirer asked to keep away from",
        ),
        (
            Exclusions(organisations=("new",)),
            "Works at or with New Trust, which the enquirer asked to keep away from",
        ),
        (
            Exclusions(organisations=("alone",), specialties=("surgery",)),
            "Works in Surgery, which the enquirer asked to keep away from",
        ),
    ],
)
def test_excluded_by_the_enquirer(exclusions: Exclusions, text: str) -> None:
    who = supporter("S-1", "sea.whale", organisation="new-site", specialty="surgery")
    found = refusal(replace(WHALE, exclusions=exclusions), who)
    assert (found.code, found.text) == (Code.EXCLUDED_BY_ENQUIRER, text)


def test_exclusions_leave_others_alone() -> None:
    keep_away = Exclusions(
        organisations=("other", "alone"),
        specialties=("dentistry",),
        supporters=("S-2", "S-404"),
        people=("Somebody Else", "Dr", " "),
    )
    who = supporter("S-1", "sea.whale", organisation="new-site", specialty="surgery")
    assert passes(replace(WHALE, exclusions=keep_away), who)
    assert passes(replace(WHALE, exclusions=keep_away), supporter("S-1", "sea.whale"))


def test_power_relation_while_it_lasts() -> None:
    def related(start: date, until: date | None) -> Any:
        relation = Relation("T@Example.org ", "trainer", start, until)
        other = Relation("else@example.org", "trainer", GIVEN)
        return supporter("S-1", "sea.whale", relations=(other, relation))

    found = refusal(WHALE, related(ON, ON))
    assert found.code is Code.POWER_RELATION
    assert found.text == "Too close to the person who asks: a relation between them is on record"
    assert not passes(WHALE, related(GIVEN, None))
    assert passes(WHALE, related(ON + DAY, None))
    assert passes(WHALE, related(GIVEN, ON - DAY))


@pytest.mark.parametrize(
    ("boundaries", "text"),
    [
        (
            Boundaries(same_organisation=False),
            "Would rather not support somebody from their own organisation",
        ),
        (
            Boundaries(organisations=("old",)),
            "Would rather not support somebody from the enquirer's organisation",
        ),
        (Boundaries(same_specialty=False), "Would rather not support somebody from their own specialty"),
        (
            Boundaries(specialties=("surgery",)),
            "Would rather not support somebody from the enquirer's specialty",
        ),
        (Boundaries(topics=("sea",)), "Would rather not be asked about something that this enquiry needs"),
        (
            Boundaries(topics=("sea.whale",)),
            "Would rather not be asked about something that this enquiry needs",
        ),
    ],
)
def test_own_boundary(boundaries: Boundaries, text: str) -> None:
    asked = replace(WHALE, organisation="new", specialty="surgery")
    who = supporter("S-1", "sea.whale", organisation="new-site", specialty="surgery", boundaries=boundaries)
    found = refusal(asked, who)
    assert (found.code, found.text) == (Code.OWN_BOUNDARY, text)


def test_boundaries_leave_others_alone() -> None:
    limits = Boundaries(
        same_organisation=False,
        same_specialty=False,
        organisations=("other",),
        specialties=("neurology",),
        topics=("land", "sea.whale.orca"),
    )
    who = supporter("S-1", "sea.whale", organisation="alone", specialty="dentistry", boundaries=limits)
    assert passes(replace(WHALE, organisation="new", specialty="surgery"), who)
    unknown = supporter("S-1", "sea.whale", boundaries=limits)
    assert passes(replace(WHALE, organisation="new", specialty="surgery"), unknown)
    assert passes(WHALE, who)


def test_a_topic_boundary_counts_for_helpful_needs_too() -> None:
    who = supporter("S-1", "sea.whale", boundaries=Boundaries(topics=("land.horse",)))
    assert refusal(enquiry("sea.whale", "land.horse.foal"), who).codes == (Code.OWN_BOUNDARY,)
    assert refusal(enquiry(helpful="land"), replace(who, boundaries=Boundaries(topics=("land",)))).codes == (
        Code.OWN_BOUNDARY,
        Code.NOTHING_IN_COMMON,
    )


@pytest.mark.parametrize("state", list(State))
def test_already_asked_in_any_state(state: State) -> None:
    before = introduction("S-1", state, date(2025, 1, 1), "E-1")
    found = refusal(WHALE, supporter("S-1", "sea.whale"), introductions=(before,))
    assert (found.code, found.text) == (Code.ALREADY_ASKED, "Already asked for this enquiry")
    another = introduction("S-1", state, date(2025, 1, 1), "E-2")
    assert passes(WHALE, supporter("S-1", "sea.whale"), introductions=(another,))


def test_a_barred_pair_never_meets() -> None:
    barred = (Barred("T@example.org", "S-1"), Barred("t@example.org", "S-gone"), Barred("", "S-1"))
    found = refusal(WHALE, supporter("S-1", "sea.whale"), barred=barred)
    assert (found.code, found.text) == (Code.ALREADY_ASKED, "Must not be introduced to this person")
    assert passes(WHALE, supporter("S-2", "sea.whale"), barred=barred)
    nameless = replace(WHALE, requester=Requester())
    assert passes(nameless, supporter("S-1", "sea.whale"), barred=barred)


def test_no_room() -> None:
    in_hand = [introduction("S-1", state) for state in (State.ASKED, State.INTRODUCED)]
    over = [introduction("S-1", state) for state in (State.ENDED, State.STOPPED, State.DECLINED)]
    found = refusal(WHALE, supporter("S-1", "sea.whale"), introductions=(*in_hand, *over))
    assert (found.code, found.text) == (Code.NO_ROOM, "Has no room now: 2 of 2 in hand")
    assert passes(WHALE, supporter("S-1", "sea.whale", capacity=3), introductions=(*in_hand, *over))


def test_whoever_takes_nobody_never_has_room() -> None:
    found = refusal(WHALE, supporter("S-1", "sea.whale", capacity=0))
    assert (found.code, found.text) == (Code.NO_ROOM, "Has no room now: 0 of 0 in hand")


def test_what_was_withdrawn_reads_as_what_was_never_there() -> None:
    asked = enquiry("sea.whale land.mouse land.horse sea.whale", "sea.squid")
    never_there = supporter("S-1", "land.horse")
    kept = (consent(None), consent("land.horse"))
    withdrawn = supporter(
        "S-1", "land.horse", "sea.whale", "land.mouse", "sea.squid",
        consents=(*kept, *(consent(t, withdrawn=ON) for t in ("sea.whale", "land.mouse", "sea.squid"))),
    )  # fmt: skip
    found = refusal(asked, withdrawn)
    assert found == refusal(asked, never_there)
    assert (found.code, found.text) == (Code.ESSENTIAL_NOT_SHARED, "Does not share Whale or Mouse")


def test_broader_and_related_terms_never_meet_what_is_essential() -> None:
    assert refusal(enquiry("sea.whale.orca"), supporter("S-1", "sea.whale", "sea.squid")).codes == (
        Code.ESSENTIAL_NOT_SHARED,
    )
    assert passes(enquiry("sea.whale sea"), supporter("S-1", "sea.whale.orca.calf"))


def test_consent_ended_names_the_need_and_the_day() -> None:
    consents = (
        consent(None),
        consent("sea.whale", expires=date(2026, 9, 11)),
        consent("sea.whale.orca", expires=date(2026, 10, 1)),
        consent("sea.squid", expires=date(2026, 11, 2)),
        consent("land.mouse", expires=date(2026, 1, 2)),
        consent("land.horse"),
    )
    who = supporter(
        "S-1", "sea.whale", "sea.whale.orca", "sea.squid", "land.mouse", "land.horse", consents=consents
    )
    found = refusal(enquiry("sea.squid sea.whale land.horse", "land.mouse"), who)
    assert (found.code, found.codes) == (Code.CONSENT_ENDED, (Code.CONSENT_ENDED,))
    assert found.text == "Consent for what this enquiry needs ended on 1 Oct 2026"


def test_consent_ends_on_its_last_day() -> None:
    consents = (consent(None), consent("sea.whale", expires=ON))
    assert refusal(WHALE, supporter("S-1", "sea.whale", consents=consents)).code is Code.CONSENT_ENDED
    assert passes(WHALE, supporter("S-1", "sea.whale", consents=consents), on=ON - DAY)


def test_consent_never_given_asks_first_even_where_another_has_ended() -> None:
    who = supporter(
        "S-1", "sea.whale", "land.mouse", consents=(consent(None), consent("sea.whale", expires=GIVEN))
    )
    found = refusal(enquiry("sea.whale land.mouse"), who)
    assert (found.code, found.codes) == (Code.CONSENT_MISSING, (Code.CONSENT_MISSING,))
    assert found.text == "Consent for what this enquiry needs was never given: ask first"


@pytest.mark.parametrize("wording", ["narrow", "wide", "unlisted"])
def test_consent_covers_what_is_narrower_only_where_its_wording_says_so(wording: str) -> None:
    consents = (consent(None), consent("sea.whale", wording=wording))
    who = supporter("S-1", "sea.whale.orca.calf", consents=consents)
    assert passes(WHALE, who) == (wording == "wide")
    own = (*consents, consent("sea.whale.orca.calf", withdrawn=ON))
    assert not passes(WHALE, replace(who, consents=own))


def test_consent_to_what_is_not_listed_has_no_effect() -> None:
    consents = (consent(None), consent("sea.whale"))
    assert refusal(WHALE, supporter("S-1", consents=consents)).code is Code.ESSENTIAL_NOT_SHARED


def test_a_characteristic_that_the_vocabulary_lacks_counts_as_unknown() -> None:
    who = supporter("S-1", "sea.dragon", "sea.whale")
    assert passes(WHALE, who)
    assert refusal(enquiry("sea.dragon"), who).text == "Does not share sea.dragon"


def test_nothing_in_common() -> None:
    asked = enquiry(helpful="sea.whale land.mouse")
    found = refusal(asked, supporter("S-1", "land.horse.foal"))
    assert (found.code, found.text) == (Code.NOTHING_IN_COMMON, "Shares nothing that this enquiry asks for")
    assert passes(asked, supporter("S-1", "land.horse"))
    ended = supporter("S-1", "land.mouse", consents=(consent(None), consent("land.mouse", expires=ON)))
    assert refusal(asked, ended).codes == (Code.NOTHING_IN_COMMON,)


def test_a_group_that_holds_nothing_is_shared_by_nobody() -> None:
    assert refusal(enquiry(helpful="void"), supporter("S-1", "sea.whale")).code is Code.NOTHING_IN_COMMON
    assert refusal(enquiry("void"), supporter("S-1", "sea.whale")).text == "Does not share Void"


def test_an_enquiry_without_needs_says_so() -> None:
    found = refusal(enquiry(), supporter("S-1", "sea.whale"))
    assert (found.code, found.text) == (
        Code.NOTHING_IN_COMMON,
        "This enquiry does not say yet what is needed",
    )


def test_all_codes_stand_in_the_order_of_the_table_and_the_first_speaks() -> None:
    who = supporter(
        "S-1",
        status=SupporterStatus.LEFT,
        paused_until=ON + DAY,
        available_from=ON + DAY,
        programmes=(),
        email="t@example.org",
        relations=(Relation("t@example.org", "partner", GIVEN),),
        boundaries=Boundaries(topics=("sea",)),
        capacity=0,
    )
    asked = replace(WHALE, exclusions=Exclusions(supporters=("S-1",)))
    found = refusal(asked, who, introductions=(introduction("S-1", State.LAPSED, ON, "E-1"),))
    assert found.codes == tuple(Code)[:11]
    assert found.text == "Has left the network"
