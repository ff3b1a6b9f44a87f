"""The engine gives what a plain reading of the rules gives: the same people, codes, order, points and rarity."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings

from peermatch.matching.engine import match, nearest, refusal_codes
from peermatch.model.enquiry import Exclusions, Importance, Need
from peermatch.model.verdict import Code, Shortlist
from tests.matching import reference_ranker
from tests.matching.real_reference import REAL
from tests.matching.reference_world import SHIPPED_TOWNS, further_towns
from tests.matching.small_reference import ORGANISATIONS, SMALL
from tests.strategies import TODAY, WORDINGS, Chance, World, worlds

NEIGHBOURS = tuple(
    term for term in REAL.vocabulary.terms if REAL.vocabulary.group_of(term) in ("neuro", "mind")
)

SMALL_TOWNS = further_towns(ORGANISATIONS)


def plainly(world: World) -> reference_ranker.World:
    """The same network for the plain reading."""
    towns = SHIPPED_TOWNS if world.reference is REAL else SMALL_TOWNS
    return reference_ranker.World(
        world.reference, world.supporters, world.introductions, world.barred, WORDINGS, towns
    )


def compare(world: World) -> Shortlist:
    """Asks the engine and the plain reading, and holds one against the other."""
    plain = plainly(world)
    expected = reference_ranker.answer(plain, world.enquiry, world.on)
    given = match(world.register(), world.enquiry, world.on)
    first = nearest(world.register(), world.enquiry, world.on)
    assert first == next((each.supporter for each in expected.suggested), None)
    assert [each.supporter for each in given.suggested] == [each.supporter for each in expected.suggested]
    assert [(each.supporter, each.codes) for each in given.refused] == list(expected.refused)
    assert all(each.code == each.codes[0] for each in given.refused)
    assert given.ambiguous == expected.ambiguous
    for one, two in zip(given.suggested, expected.suggested, strict=True):
        points = [(r.rule, r.points) for r in one.reasons if r.rule != "unknown"]
        assert one.score == pytest.approx(two.score, abs=1e-12)
        assert one.rare == two.rare
        assert [rule for rule, _ in points] == [rule for rule, _ in two.points]
        assert [p for _, p in points] == pytest.approx([p for _, p in two.points], abs=1e-9)
    return given


@settings(max_examples=600)
@given(worlds(SMALL))
def test_on_small_networks(world: World) -> None:
    compare(world)


@settings(max_examples=100)
@given(worlds(REAL, NEIGHBOURS, people=30))
def test_on_the_vocabulary_as_it_is(world: World) -> None:
    compare(world)


@pytest.mark.parametrize("seed", range(6))
def test_where_many_are_suggested(seed: int) -> None:
    """More people than are looked up one by one, and more introductions than are found one by one."""
    world = Chance(seed, SMALL).world(98, 1 + seed % 3)
    many = tuple(
        replace(who, id=f"{who.id}-{copy}", capacity=who.capacity + 30)
        for copy in range(6)
        for who in world.supporters
    )
    ids = [who.id for who in many]
    chance = Chance(seed + 100, SMALL)
    introductions = tuple(chance.introduction(ids) for _ in range(1200))
    wide = (*world.enquiry.needs, Need("sea", Importance.HELPFUL), Need("land", Importance.HELPFUL))
    needs = tuple(replace(need, importance=Importance.HELPFUL) for need in wide)
    asked = replace(world.enquiry, needs=needs, programme="peer-support", exclusions=Exclusions())
    changed = replace(world, supporters=many, introductions=introductions, enquiry=asked, on=TODAY)
    assert len(compare(changed).suggested) > 64


def test_people_are_asked_about_one_by_one_with_the_same_answer() -> None:
    for seed in range(40):
        world = Chance(seed, SMALL).world(8, 2)
        register = world.register()
        shortlist = match(register, world.enquiry, world.on)
        codes = {each.supporter: each.codes for each in shortlist.refused}
        codes |= {each.supporter: () for each in shortlist.suggested}
        found = {id: refusal_codes(register, world.enquiry, id, world.on) for id in codes}
        assert found == codes


def test_the_random_networks_hold_every_case() -> None:
    """The comparison above would prove little if nobody were ever suggested, or some gate never refused."""
    codes: Counter[Code] = Counter()
    rules: Counter[str] = Counter()
    suggesting = essential = rare = ambiguous = 0
    for seed in range(300):
        world = Chance(seed, SMALL).world(10, 1 + seed % 4)
        shortlist = match(world.register(), world.enquiry, world.on)
        codes.update(code for each in shortlist.refused for code in each.codes)
        rules.update(reason.rule for each in shortlist.suggested for reason in each.reasons)
        suggesting += bool(shortlist.suggested)
        essential += bool(shortlist.suggested) and any(
            need.importance is Importance.ESSENTIAL for need in world.enquiry.needs
        )
        rare += any(each.rare for each in shortlist.suggested)
        ambiguous += shortlist.ambiguous
    assert min(codes[code] for code in Code) >= 10
    assert set(rules) == {
        "essential", "helpful", "specialty", "grade", "place", "language", "contact", "load", "unknown",
    }  # fmt: skip
    assert suggesting >= 100
    assert min(essential, rare, ambiguous) >= 20


def test_an_enquiry_without_needs_suggests_nobody() -> None:
    for seed in range(20):
        world = Chance(seed, SMALL).world(8, 0)
        shortlist = match(world.register(), replace(world.enquiry, needs=()), world.on)
        assert shortlist.suggested == ()
        assert len(shortlist.refused) == len(world.supporters)
        assert all(each.codes[-1] is Code.NOTHING_IN_COMMON for each in shortlist.refused)
