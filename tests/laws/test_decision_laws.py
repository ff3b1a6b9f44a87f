"""Law ten on random networks: a decision replays, and looking back shows nothing that was withdrawn."""

import json
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from peermatch.matching.engine import match
from peermatch.model.comparison import Answer, Kind, changes_between
from peermatch.model.consent import ConsentRecord, Method, Purpose
from peermatch.model.decision import Decision, decision_to_dict, parse_decision
from peermatch.model.introduction import Introduction, State
from peermatch.model.people import Supporter
from peermatch.model.policy import Policy
from peermatch.services.decisions import Replay, replayed, sha256_of
from peermatch.services.people import People
from peermatch.services.snapshot import Snapshot
from peermatch.services.steps import Steps
from tests.matching.real_reference import REAL
from tests.matching.small_reference import SMALL
from tests.strategies import WORDINGS, World, worlds

POLICY = Policy()
TERMS = tuple(t for t in REAL.vocabulary.terms if REAL.vocabulary.group_of(t) in ("neuro", "mind"))
MONTH = timedelta(days=30)
any_world = st.one_of(worlds(SMALL), worlds(REAL, TERMS, people=16))
seeds = st.integers(0, 2**32)


def picture(world: World, policy: Policy = POLICY) -> Snapshot:
    """The network as the services hold it."""
    return Snapshot(
        name="Random",
        controller=None,
        reference=world.reference,
        policy=policy,
        wordings=WORDINGS,
        barred=world.barred,
        supporters=People(lambda: {each.id: each for each in world.supporters}),
        enquiries={world.enquiry.reference: world.enquiry},
        introductions=Steps.given(world.introductions),
        register=world.register(),
    )


def decided(world: World) -> Decision:
    """Somebody suggested is chosen, not always the first."""
    shortlist = match(world.register(), world.enquiry, world.on, POLICY)
    assume(len(shortlist.suggested) > 0)
    chosen = shortlist.suggested[len(shortlist.suggested) // 2].supporter
    return Decision.of(world.enquiry, shortlist, chosen, "a reason", sha256_of(shortlist))


def followed(world: World, decision: Decision) -> World:
    """The network after the step that the decision led to."""
    step = Introduction(decision.enquiry, decision.supporter, State.ASKED, asked=world.on)
    return replace(world, introductions=(*world.introductions, step))


def with_supporter(world: World, changed: Supporter) -> World:
    return replace(world, supporters=tuple(changed if s.id == changed.id else s for s in world.supporters))


def without(world: World, gone: str) -> World:
    return replace(world, supporters=tuple(s for s in world.supporters if s.id != gone))


def withdrawing(who: Supporter, topic: str, day: date) -> Supporter:
    """Somebody who agreed to be found by a topic and has taken that back."""
    given = day - timedelta(days=500)
    record = ConsentRecord(Purpose.MATCH, topic, given, None, day, Method.FORM, "narrow")
    return replace(who, consents=(*who.consents, record))


def shown(replay: Replay) -> tuple[object, ...]:
    """Everything that a screen or a command may show of other people."""
    return replay.changes, replay.unchanged, replay.policy


@given(any_world)
def test_10_the_same_register_gives_the_same_bytes_on_the_same_day(world: World) -> None:
    decision = decided(world)
    replay = replayed(picture(followed(world, decision)), decision, world.on, world.on)
    assert replay.same
    assert replay.changes == ()
    assert replay.unchanged + replay.not_compared == len(world.supporters)


@given(any_world)
def test_10_a_record_comes_back_equal_from_its_document(world: World) -> None:
    decision = decided(world)
    assert parse_decision(json.loads(json.dumps(decision_to_dict(decision)))) == decision


@given(any_world, seeds)
def test_10_looking_back_shows_nothing_of_whoever_withdrew(world: World, seed: int) -> None:
    """A record with a withdrawal near the question gives what would be shown if that person had never been."""
    random = Random(seed)
    decision = decided(world)
    assume(world.enquiry.needs)
    who = random.choice(world.supporters)
    topic = random.choice(world.enquiry.wanted)
    topics = [topic, *world.reference.vocabulary.narrower(topic), *world.reference.vocabulary.related(topic)]
    day = world.on + timedelta(days=random.randint(0, 30))
    today, on = world.on + MONTH, world.on + random.choice((0, 15, 30)) * timedelta(days=1)
    later = with_supporter(followed(world, decision), withdrawing(who, random.choice(sorted(topics)), day))
    never = replace(
        decision,
        suggested=tuple(each for each in decision.suggested if each.supporter != who.id),
        refused=tuple(each for each in decision.refused if each.supporter != who.id),
    )
    replay = replayed(picture(later), decision, on, today)
    bare = replayed(picture(without(later, who.id)), never, on, today)
    assert who.id not in {change.supporter for change in replay.changes}
    assert shown(replay) == shown(bare)
    assert replay.not_compared == bare.not_compared + 1


@given(any_world, seeds)
def test_10_everybody_is_changed_unchanged_or_not_compared_once(world: World, seed: int) -> None:
    random = Random(seed)
    decision = decided(world)
    gone, other = random.choice(world.supporters), random.choice(world.supporters)
    new = replace(random.choice(world.supporters), id="S-new")
    later = with_supporter(followed(world, decision), replace(other, capacity=0))
    later = replace(without(later, gone.id), supporters=(*without(later, gone.id).supporters, new))
    replay = replayed(picture(later, Policy(version=2, helpful=2.0)), decision, world.on + MONTH, world.on)
    told = [change.supporter for change in replay.changes]
    assert len(told) == len(set(told))
    assert len(told) + replay.unchanged + replay.not_compared == len(world.supporters) + 1
    kinds = {change.supporter: change.kind for change in replay.changes}
    assert kinds[gone.id] is Kind.GONE
    assert kinds.get("S-new", Kind.NEW) is Kind.NEW
    assert replay.policy == ("helpful 1 -> 2",)


@given(any_world, any_world)
def test_10_turned_round_then_and_now_change_places(one: World, two: World) -> None:
    first, second = (Answer.now(match(each.register(), each.enquiry, each.on, POLICY)) for each in (one, two))
    common = first.supporters & second.supporters
    first, second = (each.without(each.supporters - common) for each in (first, second))
    there = {(c.supporter, c.place_then, c.place_now) for c in changes_between(first, second)}
    back = {(c.supporter, c.place_now, c.place_then) for c in changes_between(second, first)}
    assert there == back
    assert changes_between(first, first) == ()
