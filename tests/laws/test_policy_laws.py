"""The laws of matching under any policy that can be made: bounds, dominance, consent, and the same people always."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from peermatch.matching.engine import match
from peermatch.model.consent import ConsentRecord, Method, Purpose
from peermatch.model.policy import Policy
from peermatch.model.verdict import Shortlist
from tests.matching.real_reference import REAL
from tests.matching.small_reference import SMALL
from tests.strategies import Chance, World, worlds

TERMS = tuple(t for t in REAL.vocabulary.terms if REAL.vocabulary.group_of(t) in ("neuro", "training"))
seeds = st.integers(0, 2**32)
any_world = st.one_of(worlds(SMALL), worlds(REAL, TERMS, people=12))
edges = st.sampled_from((0.01, 100.0))
weights = st.one_of(edges, st.floats(0.01, 100))


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Any policy, with the edges of its bounds often."""
    busy = draw(st.one_of(st.sampled_from((0.0, 0.999)), st.floats(0, 0.999)))
    near = draw(st.one_of(st.just(0.0), st.floats(0, 1990)))
    return Policy(
        name="any",
        essential=draw(weights),
        helpful=draw(weights),
        preference=draw(st.one_of(st.just(0.0), st.floats(0, 100))),
        load_in_hand=busy,
        load_asked=draw(st.floats(0, 1 - busy, exclude_max=True).filter(lambda often: busy + often < 1)),
        asked_limit=draw(st.integers(1, 1000)),
        near_km=near,
        far_km=draw(st.one_of(st.just(near + 0.1), st.floats(near + 0.1, 2000))),
        ambiguous=draw(st.floats(0, 1)),
    )


def scores(shortlist: Shortlist) -> dict[str, float]:
    return {each.supporter: each.score for each in shortlist.suggested}


def ask(world: World, policy: Policy) -> Shortlist:
    return match(world.register(), world.enquiry, world.on, policy)


@given(any_world, policies())
def test_a_policy_changes_the_order_and_never_who_is_suggested(world: World, policy: Policy) -> None:
    usual, found = ask(world, Policy()), ask(world, policy)
    assert set(scores(found)) == set(scores(usual))
    assert list(found.refused) == list(usual.refused)


@given(any_world, policies())
def test_7_every_score_lies_between_0_and_1_and_its_points_add_up(world: World, policy: Policy) -> None:
    for found in ask(world, policy).suggested:
        assert 0 <= found.score <= 1 + 1e-12
        assert abs(sum(reason.points for reason in found.reasons) - found.score) <= 1e-9


@given(any_world, policies(), seeds)
def test_5_withdrawing_consent_never_raises_ones_own_score(world: World, policy: Policy, seed: int) -> None:
    chance = Chance(seed, world.reference)
    before = scores(ask(world, policy))
    for who in (each for each in world.supporters if each.id in before):
        record, day = chance.one(who.consents), world.on - timedelta(days=1)
        rest = tuple(replace(each, withdrawn=day) if each is record else each for each in who.consents)
        others = tuple(s for s in world.supporters if s.id != who.id)
        after = scores(ask(replace(world, supporters=(*others, replace(who, consents=rest))), policy))
        assert after.get(who.id, 0.0) <= before[who.id] + 1e-12


@given(any_world, policies(), seeds)
def test_6_whoever_is_closer_and_no_busier_never_scores_less(world: World, policy: Policy, seed: int) -> None:
    chance = Chance(seed, world.reference)
    wanted = [need for need in world.enquiry.wanted if world.reference.vocabulary.is_term(need)]
    for model in (w for w in world.supporters if wanted and w.id in scores(ask(world, policy))):
        need = chance.one(wanted)
        agreed = ConsentRecord(Purpose.MATCH, need, world.on, None, None, Method.SPOKEN, "narrow")
        closer = replace(
            model,
            id="S-zz",
            characteristics=tuple(dict.fromkeys((*model.characteristics, need))),
            consents=(*model.consents, agreed),
        )
        after = scores(ask(replace(world, supporters=(*world.supporters, closer)), policy))
        assert after[closer.id] >= after[model.id] - 1e-12
