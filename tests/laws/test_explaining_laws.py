"""Explanations on random networks: true to matching, and silent about what was withdrawn."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from peermatch.matching.alternatives import alternatives, fits, meets_everything, scarce
from peermatch.matching.engine import match
from peermatch.matching.explaining import Case, explain
from peermatch.matching.scarcity import best_pair
from peermatch.matching.whatif import what_if
from peermatch.model.consent import ConsentGate, ConsentRules, Purpose, Standing
from peermatch.model.explanation import Explanation
from peermatch.model.policy import Policy
from tests.matching.real_reference import REAL
from tests.matching.small_reference import SMALL
from tests.strategies import WORDINGS, World, worlds

POLICY = Policy()
TERMS = tuple(t for t in REAL.vocabulary.terms if REAL.vocabulary.group_of(t) in ("neuro", "mind"))
any_world = st.one_of(worlds(SMALL), worlds(REAL, TERMS, people=12))


def every(world: World) -> dict[str, Explanation]:
    """Everybody who is not suggested, explained."""
    register, people = world.register(), {each.id: each for each in world.supporters}
    found = {}
    for refusal in match(register, world.enquiry, world.on, POLICY).refused:
        own = tuple(each for each in world.introductions if each.supporter == refusal.supporter)
        case = Case(register, world.enquiry, world.on, POLICY, people[refusal.supporter], own)
        found[refusal.supporter] = explain(case, refusal)
    return found


def stripped(world: World) -> World:
    """The same network without the characteristics whose consent to be matched was withdrawn."""
    rules = ConsentRules({each.id: each for each in WORDINGS}, world.reference.vocabulary.broader_terms)
    people = []
    for who in world.supporters:
        gate = ConsentGate(who.consents, rules, world.on)
        kept = tuple(
            topic
            for topic in who.characteristics
            if gate.ruling(Purpose.MATCH, topic).standing is not Standing.WITHDRAWN
        )
        people.append(replace(who, characteristics=kept))
    return replace(world, supporters=tuple(people))


@settings(max_examples=60)
@given(any_world)
def test_what_was_withdrawn_changes_no_explanation(world: World) -> None:
    told = every(world)
    assert told == every(stripped(world))
    for each in told.values():
        assert "withdr" not in f"{each.sentence} {each.rests_on} {each.change}".casefold()


@settings(max_examples=60)
@given(any_world)
def test_places_are_those_of_what_if_and_of_the_list(world: World) -> None:
    register, told = world.register(), every(world)
    shortlist = match(register, world.enquiry, world.on, POLICY)
    for change in what_if(register, world.enquiry, world.on, POLICY, shortlist, len(told)):
        assert told[change.supporter].place == change.place
    for refusal in shortlist.refused:
        each = told[refusal.supporter]
        assert (each.sentence, each.codes) == (refusal.text, refusal.codes)
        assert each.change
        assert each.place is None or each.place >= 1


@settings(max_examples=60)
@given(any_world)
def test_only_what_the_enquiry_names_is_named(world: World) -> None:
    vocabulary = world.reference.vocabulary
    wanted = sorted({vocabulary.label(need) for need in world.enquiry.wanted}, key=len, reverse=True)
    for each in every(world).values():
        left = " ".join((*each.rests_on, each.change))
        for label in wanted:
            left = left.replace(label, "")
        assert not [term.label for term in vocabulary.terms.values() if f" {term.label} " in f" {left} "]


@settings(max_examples=60)
@given(any_world)
def test_rarity_and_alternatives_are_true_to_matching_and_silent_too(world: World) -> None:
    register, other = world.register(), stripped(world).register()
    asked, on = world.enquiry, world.on
    shortlist = match(register, asked, on, POLICY)
    for each in shortlist.suggested:
        needs = scarce(register, asked, on, POLICY, each.supporter)
        assert bool(needs) is each.rare
        assert needs == scarce(other, asked, on, POLICY, each.supporter)
        found = alternatives(register, asked, shortlist, each.supporter)
        assert found == alternatives(other, asked, match(other, asked, on, POLICY), each.supporter)
        assert len(found) == min(2, len(shortlist.suggested) - 1)
    whole = meets_everything(register, asked, shortlist)
    assert whole is any(
        not missing.unmet
        for each in shortlist.suggested[:1]
        for missing in alternatives(register, asked, shortlist, "", limit=len(shortlist.suggested))
    )
    assert not (whole and best_pair(register, asked, on, shortlist))
    topics = asked.wanted
    assert fits(register, asked, on, POLICY, topics) == fits(other, asked, on, POLICY, topics)
