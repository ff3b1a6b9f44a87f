"""Input at its worst: nothing there, nobody willing, too much asked, a vocabulary that changed under old records."""

from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any

import pytest

from peermatch.errors import BadInput
from peermatch.matching.engine import match, refusal_codes, shortlist_to_dict
from peermatch.matching.register import Register
from peermatch.matching.scarcity import best_pair
from peermatch.matching.whatif import what_if
from peermatch.model.characteristics import Vocabulary
from peermatch.model.enquiry import Enquiry, Exclusions, Importance, Need
from peermatch.model.packed import origin
from peermatch.model.people import Boundaries, Supporter
from peermatch.model.policy import Policy, parse_policy
from peermatch.model.reference import Reference
from peermatch.model.verdict import Code, Shortlist
from tests.matching.cases import GIVEN, ON, WORDINGS, ask, consent, enquiry, refusal, register, supporter
from tests.matching.small_reference import SMALL

WHALE = enquiry("sea.whale")


# ------------------------------------------------------------------------------------ nothing and nobody


@pytest.mark.parametrize(
    "asked", [WHALE, enquiry(), enquiry(helpful="sea"), enquiry("sea.whale", helpful="land void no.such")]
)
def test_an_empty_register_answers_everything_with_nobody(asked: Enquiry) -> None:
    there = register()
    found = match(there, asked, ON)
    assert (list(found.suggested), list(found.refused), found.counts, found.ambiguous) == ([], [], (), False)
    assert (found.suggested[:5], found.refused[2:]) == ((), ())
    assert what_if(there, asked, ON, Policy(), found) == ()
    assert best_pair(there, asked, ON, found) is None
    assert shortlist_to_dict(found, 0)["of"] == 0


def test_a_register_that_was_emptied_is_an_empty_register() -> None:
    there = register(supporter("S-1", "sea.whale")).replaced(removed=["S-1"])
    found = match(there, WHALE, ON)
    assert (len(there), list(found.suggested), list(found.refused), found.counts) == (0, [], [], ())
    with pytest.raises(BadInput, match="There is no supporter S-1"):
        refusal_codes(there, WHALE, "S-1", ON)
    assert what_if(there, WHALE, ON, Policy(), found) == ()
    again = there.replaced(supporters=[supporter("S-1", "sea.whale")])
    assert [each.supporter for each in match(again, WHALE, ON).suggested] == ["S-1"]


def test_where_nobody_consents_nobody_is_suggested_and_nothing_is_told() -> None:
    """Withdrawn, ended or never given: only the last two are spoken of, and only by the enquiry's own need."""
    silent = supporter("S-1", "sea.whale", "land.horse", consents=(consent(None),))
    withdrawn = supporter("S-2", "sea.whale", consents=(consent(None), consent("sea.whale", withdrawn=ON)))
    ended = supporter("S-3", "sea.whale", consents=(consent(None), consent("sea.whale", expires=ON)))
    nothing = supporter("S-4", "sea.whale", consents=())
    there = register(silent, withdrawn, ended, nothing)
    found = match(there, WHALE, ON)
    assert [each.codes for each in found.refused] == [
        (Code.CONSENT_MISSING,),
        (Code.ESSENTIAL_NOT_SHARED,),
        (Code.CONSENT_ENDED,),
        (Code.NOT_ACTIVE, Code.CONSENT_MISSING),
    ]
    assert {each.text for each in found.refused} == {
        "Consent for what this enquiry needs was never given: ask first",
        "Does not share Whale",
        "Consent for what this enquiry needs ended on 20 Nov 2026",
        "Consent to keep their record was never given: ask first",
    }
    helpful = match(there, enquiry(helpful="sea.whale"), ON)
    assert [each.codes[-1] for each in helpful.refused] == [Code.NOTHING_IN_COMMON] * 4


# ------------------------------------------------------------------------------------------- too much


def test_five_thousand_different_needs_are_answered_exactly() -> None:
    """Most are unknown to the vocabulary: they count in the denominator and are met by nobody."""
    people = [supporter(f"S-{n}", "sea.whale", "land.mouse") for n in range(20)]
    needs = [Need(f"made.up.{n}", Importance.HELPFUL) for n in range(4997)]
    needs += [Need(topic, Importance.HELPFUL) for topic in ("sea.whale", "land.mouse", "land.horse")]
    asked = replace(WHALE, needs=tuple(needs))
    there = register(*people)
    found = match(there, asked, ON)
    assert len(found.suggested) == 20
    first = found.suggested[0]
    assert first.score == pytest.approx(2.4 / 5000)
    assert len(first.reasons) == 5001
    assert sum(reason.points for reason in first.reasons) == pytest.approx(first.score, abs=1e-9)
    assert best_pair(there, asked, ON, found) is None
    assert len(there.looked_up) == 3


def test_five_thousand_essential_needs_refuse_everybody_in_one_sentence() -> None:
    needs = tuple(Need(f"made.up.{n}", Importance.ESSENTIAL) for n in range(5000))
    found = match(register(supporter("S-1", "sea.whale")), replace(WHALE, needs=needs), ON)
    assert found.counts == ((Code.ESSENTIAL_NOT_SHARED, 1),)
    assert found.refused[0].text.startswith("Does not share made.up.0 or made.up.1 or ")


# ------------------------------------------------------------------------------- a very small vocabulary

ONE_TERM = """
group = [{id="sea", label="Sea"}]
[[term]]
id = "sea.whale"
label = "Whale"
broader = "sea"
"""


def with_terms(text: str) -> Reference:
    return replace(SMALL, vocabulary=Vocabulary.parse(text))


def answer(reference: Reference, asked: Enquiry, *people: Supporter, on: date = ON) -> Shortlist:
    return match(Register.build(reference, people, (), (), WORDINGS), asked, on)


@pytest.mark.parametrize("need", ["sea.whale", "sea"])
def test_a_vocabulary_with_one_term(need: str) -> None:
    people = [supporter("S-1", "sea.whale"), supporter("S-2"), supporter("S-3", "sea.squid")]
    found = answer(with_terms(ONE_TERM), enquiry(need), *people)
    assert [(each.supporter, each.score) for each in found.suggested] == [("S-1", 1.0)]
    assert [each.codes for each in found.refused] == [(Code.ESSENTIAL_NOT_SHARED,)] * 2


def test_a_vocabulary_without_any_term() -> None:
    found = answer(
        with_terms('group = [{id="sea", label="Sea"}]'), enquiry("sea"), supporter("S-1", "sea.whale")
    )
    assert [each.codes for each in found.refused] == [(Code.ESSENTIAL_NOT_SHARED,)]


# ------------------------------------------------------------------------------------------- capacity 0


def test_capacity_nothing_is_no_room_whatever_is_in_hand() -> None:
    full = refusal(WHALE, supporter("S-1", "sea.whale", capacity=0))
    assert (full.codes, full.text) == ((Code.NO_ROOM,), "Has no room now: 0 of 0 in hand")
    there = register(supporter("S-1", "sea.whale", capacity=0))
    assert what_if(there, WHALE, ON, Policy(), match(there, WHALE, ON)) == ()


def test_capacity_beyond_all_reason_is_room() -> None:
    found = ask(WHALE, supporter("S-1", "sea.whale", capacity=10**30))
    assert [each.supporter for each in found.suggested] == ["S-1"]


# -------------------------------------------------------------------------------- a need that is a group


def test_a_group_that_is_needed_is_met_by_any_term_below_it_and_by_nothing_else() -> None:
    people = [
        supporter("S-1", "sea.whale.orca.calf"),
        supporter("S-2", "sea.squid"),
        supporter("S-3", "land.horse"),  # related to whale and squid, which is no part of the sea
        supporter("S-4", "sea"),  # a group is nobody's characteristic
    ]
    for asked in (enquiry("sea"), enquiry(helpful="sea")):
        found = ask(asked, *people)
        assert [(each.supporter, each.score) for each in found.suggested] == [("S-1", 1.0), ("S-2", 1.0)]
    assert [each.code for each in ask(enquiry("void"), *people).refused] == [Code.ESSENTIAL_NOT_SHARED] * 4


def test_a_group_as_a_boundary_refuses_for_every_term_below_it() -> None:
    away = supporter("S-1", "sea.whale", "land.mouse", boundaries=Boundaries(topics=("sea",)))
    assert refusal(enquiry("land.mouse", "sea.whale.orca.calf"), away).codes == (Code.OWN_BOUNDARY,)
    assert refusal(enquiry("land.mouse", "sea"), away).codes == (Code.OWN_BOUNDARY,)
    assert ask(enquiry("land.mouse"), away).suggested[0].supporter == "S-1"
    narrow = supporter("S-1", "sea.whale", boundaries=Boundaries(topics=("sea.whale",)))
    assert ask(enquiry("sea"), narrow).suggested[0].supporter == "S-1"


# --------------------------------------------------- ids that changed between versions of the vocabulary

OLD = """
group = [{id="sea", label="Sea"}, {id="land", label="Land"}]
[[term]]
id = "sea.whale"
label = "Whale"
broader = "sea"
[[term]]
id = "sea.whale.orca"
label = "Orca"
broader = "sea.whale"
[[term]]
id = "land.horse"
label = "Horse"
broader = "land"
"""
RENAMED = OLD.replace("sea.whale", "sea.cetacean")
SPLIT = (
    OLD
    + """
[[term]]
id = "sea.whale.blue"
label = "Blue whale"
broader = "sea.whale"
[[term]]
id = "sea.whale.humpback"
label = "Humpback"
broader = "sea.whale"
"""
)
MOVED = OLD.replace('label = "Horse"\nbroader = "land"', 'label = "Horse"\nbroader = "sea.whale"')
CLIMBED = OLD.replace('broader = "sea.whale"', 'broader = "land.horse"')


def valid(topic: str, wording: str = "narrow", **more: Any) -> Supporter:
    """Somebody who agreed to one topic, under the vocabulary of then."""
    listed = more.pop("lists", (topic,))
    return supporter("S-1", *listed, consents=(consent(None), consent(topic, wording=wording)), **more)


def codes(vocabulary: str, asked: Enquiry, who: Supporter) -> tuple[Code, ...]:
    there = Register.build(with_terms(vocabulary), [who], (), (), WORDINGS)
    return refusal_codes(there, asked, "S-1", ON)


@pytest.mark.parametrize("wording", ["narrow", "wide"])
def test_a_term_that_was_renamed_is_not_found_by_an_old_consent(wording: str) -> None:
    """Old id in the record, new id in the vocabulary: nobody is found by it until they are asked again."""
    old = valid("sea.whale", wording)
    assert codes(OLD, enquiry("sea.whale"), old) == ()
    assert codes(RENAMED, enquiry("sea.cetacean"), old) == (Code.ESSENTIAL_NOT_SHARED,)
    assert codes(RENAMED, enquiry("sea.cetacean.orca"), old) == (Code.ESSENTIAL_NOT_SHARED,)
    assert codes(RENAMED, enquiry("sea"), old) == (Code.ESSENTIAL_NOT_SHARED,)
    # An old enquiry that still names the old id is met by nobody either: it is no term any more.
    assert codes(RENAMED, enquiry("sea.whale"), old) == (Code.ESSENTIAL_NOT_SHARED,)
    # Whoever renames the characteristic on the record, but holds no consent for the new one, must ask.
    renamed = valid("sea.whale", wording, lists=("sea.cetacean",))
    assert codes(RENAMED, enquiry("sea.cetacean"), renamed) == (Code.CONSENT_MISSING,)


def test_a_term_that_was_split_takes_no_consent_along() -> None:
    old = valid("sea.whale")
    for part in ("sea.whale.blue", "sea.whale.humpback", "sea.whale.orca"):
        assert codes(SPLIT, enquiry(part), old) == (Code.ESSENTIAL_NOT_SHARED,)
        # Listed by somebody's hand after the split: the old yes was not for this.
        listed = valid("sea.whale", lists=("sea.whale", part))
        assert codes(SPLIT, enquiry(part), listed) == (Code.CONSENT_MISSING,)
        assert codes(SPLIT, enquiry("sea.whale"), listed) == ()
    # But for a wording that said so at the time.
    assert (
        codes(SPLIT, enquiry("sea.whale.blue"), valid("sea.whale", "wide", lists=("sea.whale.blue",))) == ()
    )


def test_a_term_that_moved_below_another_is_covered_only_by_a_wording_that_says_so() -> None:
    """Consent for whales, given when horses were none, says nothing of horses."""
    both = valid("sea.whale", lists=("sea.whale", "land.horse"))
    assert codes(MOVED, enquiry("land.horse"), both) == (Code.CONSENT_MISSING,)
    # Their own record goes first, whatever a broader one says.
    refused = (*both.consents, consent("land.horse", withdrawn=ON))
    wide = (consent(None), consent("sea.whale", wording="wide"), refused[-1])
    for consents in (refused, wide):
        who = replace(both, consents=consents)
        assert codes(MOVED, enquiry("land.horse"), who) == (Code.ESSENTIAL_NOT_SHARED,)


def test_a_term_that_moved_away_from_a_broader_one_is_no_longer_covered() -> None:
    wide = valid("sea.whale", "wide", lists=("sea.whale.orca",))
    assert codes(OLD, enquiry("sea.whale.orca"), wide) == ()
    assert codes(CLIMBED, enquiry("sea.whale.orca"), wide) == (Code.CONSENT_MISSING,)
    # A need for whales is not met by orcas any more, nor is one for horses: that yes was for whales.
    assert codes(CLIMBED, enquiry("sea.whale"), wide) == (Code.ESSENTIAL_NOT_SHARED,)
    assert codes(CLIMBED, enquiry("land.horse"), wide) == (Code.CONSENT_MISSING,)


def test_what_was_packed_under_another_vocabulary_is_known_by_its_origin() -> None:
    """Chunks hold consent as it stood under the old hierarchy; where it matters, they must be packed anew."""
    vocabularies = [Vocabulary.parse(text) for text in (OLD, RENAMED, SPLIT, MOVED, CLIMBED)]
    assert len({origin(WORDINGS, each) for each in vocabularies}) == 5
    assert len({origin(WORDINGS[:1], each) for each in vocabularies}) == 1


def test_an_exclusion_of_what_nobody_knows_any_more_still_keeps_equal_ids_away() -> None:
    gone = supporter("S-1", "sea.whale", organisation="vanished", specialty="forgotten")
    for field in ({"organisations": ("vanished",)}, {"specialties": ("forgotten",)}):
        found = refusal(enquiry("sea.whale", exclusions=Exclusions(**field)), gone)
        assert found.codes == (Code.EXCLUDED_BY_ENQUIRER,)


# ------------------------------------------------------------------------------ a policy beyond all reason


@pytest.mark.parametrize("field", [each for each in asdict(Policy()) if each != "name"])
@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), -float("inf"), -1, 1e308, "3", None, True, 10**400]
)
def test_no_absurd_number_ever_becomes_a_policy(field: str, value: Any) -> None:
    usual = asdict(Policy())
    with pytest.raises(BadInput) as refused:
        parse_policy(usual | {field: value})
    assert [fault.place for fault in refused.value.faults] == [field]
    with pytest.raises(BadInput):
        replace(Policy(), **{field: value})


def test_the_first_and_the_last_day_there_are() -> None:
    always = supporter(
        "S-1", "sea.whale", consents=(consent(None, given=date.min), consent("sea.whale", given=date.min))
    )
    there = register(always)
    for day in (date.min, date.max, GIVEN - timedelta(days=1)):
        assert [each.supporter for each in match(there, WHALE, day).suggested] == ["S-1"]
