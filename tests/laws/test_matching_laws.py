"""The laws of matching, one to eight, on random networks."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from peermatch.matching.engine import match, shortlist_to_dict
from peermatch.matching.register import Register
from peermatch.matching.rules import GATES
from peermatch.matching.whatif import what_if
from peermatch.model.consent import ConsentGate, ConsentRecord, ConsentRules, Method, Purpose, Standing
from peermatch.model.enquiry import Importance
from peermatch.model.people import Supporter
from peermatch.model.policy import Policy
from peermatch.model.verdict import Shortlist
from tests.matching.real_reference import REAL
from tests.matching.small_reference import SMALL
from tests.strategies import REFERENCES, WORDINGS, Chance, World, worlds

POLICY = Policy()
NEED_RULES = ("essential", "helpful")
TERMS = tuple(
    t for t in REAL.vocabulary.terms if REAL.vocabulary.group_of(t) in ("neuro", "mind", "training")
)
seeds = st.integers(0, 2**32)
any_world = st.one_of(worlds(SMALL), worlds(REAL, TERMS, people=20))


def ask(world: World) -> Shortlist:
    return match(world.register(), world.enquiry, world.on)


def gate_of(world: World, who: Supporter) -> ConsentGate:
    rules = ConsentRules({w.id: w for w in WORDINGS}, world.reference.vocabulary.broader_terms)
    return ConsentGate(who.consents, rules, world.on)


def scores(shortlist: Shortlist) -> dict[str, float]:
    return {each.supporter: each.score for each in shortlist.suggested}


def with_supporter(world: World, changed: Supporter) -> World:
    return replace(world, supporters=tuple(changed if s.id == changed.id else s for s in world.supporters))


@given(any_world)
def test_1_nobody_without_valid_consent_is_suggested_and_reasons_name_nothing_else(world: World) -> None:
    vocabulary = world.reference.vocabulary
    supporters = {who.id: who for who in world.supporters}
    for found in ask(world).suggested:
        who = supporters[found.supporter]
        gate = gate_of(world, who)
        assert gate.allows(Purpose.HOLD)
        valid = [topic for topic in who.characteristics if gate.allows(Purpose.MATCH, topic)]
        for need in world.enquiry.essential:
            assert any(vocabulary.meets(topic, need) for topic in valid)
        needs = [vocabulary.label(need) for need in world.enquiry.wanted]
        texts = [r.text for r in found.reasons if r.rule in NEED_RULES]
        shared = {text for text in texts if text not in {f"Not known to share {need}" for need in needs}}
        asked = "|".join(re.escape(need) for need in needs)
        near = f"^Shares |, (part of|related to|broader than) ({asked})$"
        named = {re.sub(near, "", text) for text in shared}
        assert named <= {vocabulary.label(topic) for topic in valid}
        assert len(texts) == len(needs)


@given(any_world)
def test_1_what_was_withdrawn_changes_nothing_that_anybody_reads(world: World) -> None:
    """Leaving a withdrawn characteristic off the record altogether gives the same bytes."""
    stripped = []
    for who in world.supporters:
        gate = gate_of(world, who)
        kept = tuple(
            topic
            for topic in who.characteristics
            if gate.ruling(Purpose.MATCH, topic).standing is not Standing.WITHDRAWN
        )
        stripped.append(replace(who, characteristics=kept))
    other = replace(world, supporters=tuple(stripped))
    one, two = ask(world), ask(other)
    assert one == two
    assert what_if(world.register(), world.enquiry, world.on, POLICY, one) == what_if(
        other.register(), world.enquiry, world.on, POLICY, two
    )


@given(any_world)
def test_1_refusals_and_changes_name_only_what_the_enquiry_needs(world: World) -> None:
    vocabulary = world.reference.vocabulary
    wanted = {vocabulary.label(need) for need in world.enquiry.wanted}
    shortlist = ask(world)
    texts = [each.text for each in shortlist.refused if each.code not in {gate.code for gate in GATES[:10]}]
    texts += [c.change for c in what_if(world.register(), world.enquiry, world.on, POLICY, shortlist)]
    for text in texts:
        left = text
        for label in sorted(wanted, key=len, reverse=True):
            left = left.replace(label, "")
        assert not [term.label for term in vocabulary.terms.values() if f" {term.label} " in f" {left} "]


@given(any_world)
def test_2_everyone_is_suggested_or_refused_once(world: World) -> None:
    shortlist = ask(world)
    everybody = [*(s.supporter for s in shortlist.suggested), *(r.supporter for r in shortlist.refused)]
    assert sorted(everybody) == sorted(who.id for who in world.supporters)
    assert len(set(everybody)) == len(everybody)
    for refusal in shortlist.refused:
        assert refusal.code == refusal.codes[0]
        assert sum(code in {gate.code for gate in GATES[10:]} for code in refusal.codes) <= 1
        assert refusal.text
        assert refusal.text[-1] not in ".!"


@given(any_world, seeds)
def test_3_the_order_of_input_changes_nothing(world: World, seed: int) -> None:
    shuffled = Random(seed)
    people = shuffled.sample(world.supporters, len(world.supporters))
    introductions = shuffled.sample(world.introductions, len(world.introductions))
    barred = shuffled.sample(world.barred, len(world.barred))
    other = Register.build(world.reference, people, introductions, barred, WORDINGS[::-1])
    given = ask(world)
    assert match(other, world.enquiry, world.on) == given
    assert what_if(other, world.enquiry, world.on, POLICY, given) == what_if(
        world.register(), world.enquiry, world.on, POLICY, given
    )


@given(any_world, seeds)
def test_4_one_supporter_changes_no_others_score(world: World, seed: int) -> None:
    assume(world.supporters)
    chance = Chance(seed, world.reference)
    changed = chance.supporter(chance.one(world.supporters).id)
    added = replace(world, supporters=(*world.supporters, chance.supporter("S-new")))
    others = tuple(who for who in world.supporters if who.id != changed.id)
    before = scores(ask(world))
    before.pop(changed.id, None)
    for world_after in (with_supporter(world, changed), added, replace(world, supporters=others)):
        after = scores(ask(world_after))
        assert {id: score for id, score in after.items() if id not in (changed.id, "S-new")} == before


@given(any_world)
def test_4_alone_or_among_others_the_score_is_the_same_to_the_last_digit(world: World) -> None:
    among = scores(ask(world))
    for who in (each for each in world.supporters if each.id in among):
        assert scores(ask(replace(world, supporters=(who,)))) == {who.id: among[who.id]}


@given(any_world, seeds)
def test_5_withdrawing_consent_never_raises_ones_own_score(world: World, seed: int) -> None:
    chance = Chance(seed, world.reference)
    before = scores(ask(world))
    for who in (each for each in world.supporters if each.id in before):
        record = chance.one(who.consents)
        day = world.on - timedelta(days=chance.one((0, 1)))
        rest = tuple(replace(each, withdrawn=day) if each is record else each for each in who.consents)
        after = scores(ask(with_supporter(world, replace(who, consents=rest))))
        assert after.get(who.id, 0.0) <= before[who.id] + 1e-12


@given(any_world, seeds)
def test_6_whoever_is_closer_and_no_busier_never_stands_below(world: World, seed: int) -> None:
    """A copy of somebody suggested, who shares one need more and was never asked, stands no lower."""
    chance = Chance(seed, world.reference)
    wanted = [need for need in world.enquiry.wanted if world.reference.vocabulary.is_term(need)]
    for model in (w for w in world.supporters if wanted and w.id in scores(ask(world))):
        need = chance.one(wanted)
        closer = replace(
            model,
            id="S-zz",
            characteristics=tuple(dict.fromkeys((*model.characteristics, need))),
            consents=(*model.consents, _yes(need, world.on)),
        )
        after = ask(replace(world, supporters=(*world.supporters, closer)))
        order = [each.supporter for each in after.suggested]
        if _same_points(after, model.id, closer.id):
            assert round(scores(after)[closer.id], 9) == round(scores(after)[model.id], 9)
        else:
            assert order.index(closer.id) < order.index(model.id)


def _yes(topic: str, on: date) -> ConsentRecord:
    return ConsentRecord(Purpose.MATCH, topic, on, None, None, Method.SPOKEN, "narrow")


def _same_points(shortlist: Shortlist, one: str, two: str) -> bool:
    by_id = {each.supporter: [(r.rule, r.points) for r in each.reasons] for each in shortlist.suggested}
    return by_id[one] == by_id[two]


@given(any_world)
def test_6_dominance_between_all_pairs(world: World) -> None:
    """Among those suggested: nowhere less close and no busier means never below, unless all is equal."""
    shortlist = ask(world)
    values = {
        each.supporter: [r.points for r in each.reasons if r.rule not in ("load", "unknown", *NEED_RULES)]
        for each in shortlist.suggested
    }
    load = {
        each.supporter: next(r.points for r in each.reasons if r.rule == "load") / (each.score or 1.0)
        for each in shortlist.suggested
    }
    needs = {each.supporter: _by_need(world, each.supporter) for each in shortlist.suggested}
    order = [each.supporter for each in shortlist.suggested]
    for above, below in ((a, b) for i, a in enumerate(order) for b in order[i + 1 :]):
        ours, theirs = [*values[below], *needs[below]], [*values[above], *needs[above]]
        nowhere_less = all(x >= y for x, y in zip(ours, theirs, strict=True))
        if nowhere_less and load[below] >= load[above] and ours != theirs:
            assert abs(scores(shortlist)[above] - scores(shortlist)[below]) <= 1e-9


def _by_need(world: World, id: str) -> list[float]:
    """How close one comes to each need, asked one by one."""
    found = []
    who = next(each for each in world.supporters if each.id == id)
    alone = Register.build(world.reference, [who], (), (), WORDINGS)
    for need in world.enquiry.needs:
        only = replace(
            world.enquiry,
            needs=(replace(need, importance=Importance.HELPFUL),),
            preferences=type(world.enquiry.preferences)(),
        )
        found.append(scores(match(alone, only, world.on)).get(id, 0.0))
    return found


@given(any_world)
def test_7_points_add_up_to_the_score(world: World) -> None:
    for found in ask(world).suggested:
        assert abs(sum(reason.points for reason in found.reasons) - found.score) <= 1e-9
        assert 0 < found.score <= 1
        assert all(str(reason.points) != "-0.0" for reason in found.reasons)


@given(any_world)
def test_8_the_same_question_has_the_same_bytes_for_an_answer(world: World) -> None:
    register = world.register()
    first = json.dumps(shortlist_to_dict(match(register, world.enquiry, world.on), 0))
    match(register, world.enquiry, world.on + timedelta(days=1))
    again = json.dumps(shortlist_to_dict(match(register, world.enquiry, world.on), 0))
    afresh = json.dumps(shortlist_to_dict(ask(world), 0))
    assert first == again == afresh


@given(any_world, seeds)
def test_a_register_replaced_in_part_is_the_register_built_afresh(world: World, seed: int) -> None:
    chance = Chance(seed, world.reference)
    ids = [who.id for who in world.supporters]
    changed = [chance.supporter(id) for id in (*chance.some(ids, 3), "S-new")]
    removed = chance.some(ids, 2)
    introductions = [chance.introduction([*ids, "S-new"]) for _ in range(4)]
    after = world.register().replaced(supporters=changed, removed=removed, introductions=introductions)
    people = {who.id: who for who in (*world.supporters, *changed) if who.id not in removed}
    afresh = Register.build(world.reference, people.values(), introductions, world.barred, WORDINGS)
    assert len(after) == len(afresh)
    for reference in REFERENCES:
        enquiry = replace(chance.enquiry(2), reference=reference)
        assert match(after, enquiry, world.on) == match(afresh, enquiry, world.on)


@settings(max_examples=60)
@given(any_world, seeds)
def test_a_register_changed_step_by_step_is_the_register_built_afresh(world: World, seed: int) -> None:
    """Each step changes or removes one person and what they were asked; only they are told of."""
    chance = Chance(seed, world.reference)
    people = {who.id: who for who in world.supporters}
    asked = list(world.introductions)
    register = world.register()
    for _ in range(6):
        id = chance.one([*people, "S-new", "S-later"])
        asked = [each for each in asked if each.supporter != id]
        asked += [replace(chance.introduction(("S-1",)), supporter=id) for _ in range(chance.one((0, 1, 2)))]
        theirs = {id: [each for each in asked if each.supporter == id]}
        people.pop(id, None)
        if chance.one((True, True, False)):
            people[id] = chance.supporter(id)
            register = register.replaced(supporters=[people[id]], introductions_of=theirs)
        else:
            register = register.replaced(removed=[id], introductions_of=theirs)
        afresh = Register.build(world.reference, people.values(), asked, world.barred, WORDINGS)
        shortlist = match(afresh, world.enquiry, world.on)
        assert match(register, world.enquiry, world.on) == shortlist
        assert what_if(register, world.enquiry, world.on, POLICY, shortlist) == what_if(
            afresh, world.enquiry, world.on, POLICY, shortlist
        )


@given(any_world)
def test_a_change_that_is_made_brings_what_was_said(world: World) -> None:
    """Whoever is named by what-if is refused now, and no two changes share a person."""
    shortlist = ask(world)
    found = what_if(world.register(), world.enquiry, world.on, POLICY, shortlist, limit=99)
    refused = {each.supporter for each in shortlist.refused}
    assert {each.supporter for each in found} <= refused
    assert len({each.supporter for each in found}) == len(found)
    places = [each.place for each in found]
    assert places == sorted(places)
    assert all(1 <= place <= len(shortlist.suggested) + 1 for place in places)
