"""The plain reading against the engine at the edges, in registers that changed many times, and for what follows."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peermatch.matching.engine import match, refusal_codes
from peermatch.matching.register import MOST_CHANGED, Register
from peermatch.matching.scarcity import best_pair
from peermatch.matching.whatif import what_if
from peermatch.model.barred import Barred
from peermatch.model.enquiry import Enquiry, Need
from peermatch.model.introduction import Introduction
from peermatch.model.people import Supporter
from peermatch.model.policy import Policy
from peermatch.model.verdict import Code
from tests.matching import reference_more, reference_ranker
from tests.matching.reference_world import further_towns, spelt, written
from tests.matching.small_reference import ORGANISATIONS, SMALL
from tests.matching.wider_chance import ADDRESSES, OWN, STRANGE, WideChance, wide_worlds
from tests.strategies import WORDINGS, World

TOWNS = further_towns(ORGANISATIONS)
OTHER = Policy("other", 7, 2.5, 0.75, 1.5, 0.3, 0.2, 2, 5.0, 120.0, 0.1)
POLICIES = (Policy(), Policy(), OTHER)


def plainly(world: World) -> reference_ranker.World:
    return reference_ranker.World(
        world.reference, world.supporters, world.introductions, world.barred, WORDINGS, TOWNS
    )


def agree(world: World, register: Register, policy: Policy = Policy()) -> None:  # noqa: B008 - a frozen value
    """Asks both for the list, the refusals, rarity, what one change would bring, and the pair."""
    plain = plainly(world)
    expected = reference_ranker.answer(plain, world.enquiry, world.on, policy)
    found = match(register, world.enquiry, world.on, policy)
    suggested = [(each.supporter, each.rare) for each in found.suggested]
    assert suggested == [(each.supporter, each.rare) for each in expected.suggested]
    assert [(each.supporter, each.codes) for each in found.refused] == list(expected.refused)
    assert found.ambiguous == expected.ambiguous
    assert dict(found.counts) == Counter(codes[0] for _, codes in expected.refused)
    for one, two in zip(found.suggested, expected.suggested, strict=True):
        points = [(r.rule, r.points) for r in one.reasons if r.rule != "unknown"]
        assert one.score == pytest.approx(two.score, abs=1e-12)
        assert [rule for rule, _ in points] == [rule for rule, _ in two.points]
        assert [p for _, p in points] == pytest.approx([p for _, p in two.points], abs=1e-9)
    codes = {id: () for id, _ in suggested} | dict(expected.refused)
    assert {id: refusal_codes(register, world.enquiry, id, world.on) for id in codes} == codes
    changes = reference_more.changes(plain, world.enquiry, world.on, policy, expected)
    bringing = what_if(register, world.enquiry, world.on, policy, found, limit=len(world.supporters) + 1)
    assert [(c.supporter, c.change, c.place) for c in bringing] == [
        (c.supporter, c.words, c.place) for c in changes
    ]
    pair = reference_more.pair(plain, world.enquiry, world.on, expected)
    assert best_pair(register, world.enquiry, world.on, found) == pair


def test_a_handful_of_networks() -> None:
    """Quick enough to be asked again and again (``packaging/mutate.py``)."""
    for seed in range(24):
        world = WideChance(seed, OWN).world(10, 1 + seed % 4)
        agree(world, world.register(), POLICIES[seed % 3])


def test_a_few_registers_that_changed() -> None:
    """The same for the segment of those who changed."""
    for seed in range(6):
        network = Network(seed, 8)
        for _ in range(4):
            network.introductions = [i for i in network.introductions if i.supporter in network.people]
            network.step()
        agree(network.world, network.register)


@settings(max_examples=150)
@given(wide_worlds(SMALL), st.sampled_from(POLICIES))
def test_at_the_edges(world: World, policy: Policy) -> None:
    agree(world, world.register(), policy)


@settings(max_examples=150)
@given(wide_worlds(OWN), st.sampled_from(POLICIES))
def test_with_terms_of_the_networks_own(world: World, policy: Policy) -> None:
    agree(world, world.register(), policy)


def enough(world: World) -> World:
    """The same with people who pass more often, so that lists are long and pairs are found."""
    people = [
        replace(who, programmes=("peer-support",), boundaries=type(who.boundaries)())
        for who in world.supporters
    ]
    needs = tuple(Need(each.characteristic, each.importance) for each in world.enquiry.needs)
    return replace(world, supporters=tuple(people), enquiry=replace(world.enquiry, needs=needs))


@settings(max_examples=40)
@given(wide_worlds(OWN, people=40, needs=3).map(enough))
def test_with_more_people_than_are_looked_at_one_by_one(world: World) -> None:
    agree(world, world.register())


class Network:
    """A register that is told of each change, and beside it all that it was told of in plain lists."""

    def __init__(self, seed: int, people: int) -> None:
        self.chance = WideChance(seed, OWN)
        first = self.chance.world(people, 3)
        self.people = {who.id: who for who in first.supporters}
        self.introductions = list(first.introductions)
        self.barred = first.barred
        self.enquiry, self.on = first.enquiry, first.on
        self.register = first.register()
        # Whom nobody holds may come (back) later.
        self.ids = (*self.people, "S-new", "A", "S-9999-with-a-long-id", "zö")

    @property
    def world(self) -> World:
        people = tuple(self.people.values())
        introductions = tuple(self.introductions)
        return World(OWN, people, introductions, self.barred, self.enquiry, self.on)

    def step(self) -> None:
        """One change of any kind."""
        kind = self.chance.one(
            ("changed", "changed", "changed", "removed", "asked", "list", "barred", "both")
        )
        id = self.chance.one(self.ids)
        if kind == "removed":
            self.people.pop(id, None)
            self.forget(id)
            self.register = self.register.replaced(removed=[id], introductions_of={id: ()})
        elif kind == "asked":
            self.forget(id)
            self.introductions += self.asked(id)
            theirs = [each for each in self.introductions if each.supporter == id]
            self.register = self.register.replaced(introductions_of={id: theirs})
            if id not in self.people:
                self.forget(id)
        elif kind == "list":
            self.introductions = [self.chance.introduction(self.ids) for _ in range(12)]
            self.register = self.register.replaced(introductions=self.introductions)
            self.introductions = [each for each in self.introductions if each.supporter in self.people]
        elif kind == "barred":
            self.barred = tuple(
                Barred(self.chance.one(ADDRESSES), self.chance.one(self.ids)) for _ in range(3)
            )
            self.register = self.register.replaced(barred=self.barred)
        else:
            self.change(self.chance.some(self.ids, 3) if kind == "both" else (id,))

    def change(self, ids: tuple[str, ...]) -> None:
        new = [self.chance.supporter(id) for id in ids]
        self.people |= {who.id: who for who in new}
        theirs = {id: self.asked(id) for id in ids[:1]}
        for id, introductions in theirs.items():
            self.forget(id)
            self.introductions += introductions
        self.register = self.register.replaced(supporters=new, introductions_of=theirs)

    def asked(self, id: str) -> list[Introduction]:
        made = [self.chance.introduction((id,)) for _ in range(self.chance.one((0, 1, 3)))]
        return [replace(each, supporter=id) for each in made]

    def forget(self, id: str) -> None:
        self.introductions = [each for each in self.introductions if each.supporter != id]


@settings(max_examples=25)
@given(st.integers(0, 2**32), st.integers(0, 10))
def test_a_register_that_changed_step_by_step(seed: int, people: int) -> None:
    network = Network(seed, people)
    for _ in range(5):
        network.introductions = [i for i in network.introductions if i.supporter in network.people]
        network.step()
        assert len(network.register) == len(network.people)
        agree(network.world, network.register)


@pytest.mark.parametrize("seed", range(3))
def test_a_register_that_changed_more_often_than_is_kept_apart(seed: int) -> None:
    """Past the limit the columns are written anew, twice; people leave and come back meanwhile."""
    network = Network(seed, 20)
    network.ids = (*network.ids, *(f"S-{number}" for number in range(200, 320)))
    anew = 0
    for number in range(3 * MOST_CHANGED):
        before = network.register.columns
        network.introductions = [i for i in network.introductions if i.supporter in network.people]
        network.change(network.chance.some(network.ids, 3)) if number % 3 else network.step()
        anew += len(network.register.columns) != len(before)
        if number % 24 == 0:
            agree(network.world, network.register)
    agree(network.world, network.register)
    assert anew >= 2


# ------------------------------------------------------------------- whether the edges are reached at all


def edges(world: World) -> Iterator[str]:
    """The names of the cases of the rules that a network holds."""
    for who in world.supporters:
        yield from _person_edges(world, who)
    for asked in world.introductions:
        back = world.on.replace(year=world.on.year - 1, day=min(world.on.day, 28))
        yield f"asked {(asked.asked - back).days} days from a year back"
        yield f"asked {(asked.asked - world.on).days} days from today"
    needs = [each.characteristic for each in world.enquiry.needs]
    terms, groups = world.reference.vocabulary.terms, world.reference.vocabulary.groups
    yield from ("a group is needed" for each in needs if each in groups)
    yield from ("what nobody knows is needed" for each in needs if each not in terms and each not in groups)
    yield from ("needed twice" for each in needs if needs.count(each) > 1)


def _person_edges(world: World, who: Supporter) -> Iterator[str]:
    for name, day in (
        ("paused until", who.paused_until),
        ("from", who.available_from),
        ("until", who.available_until),
    ):
        if day is not None and abs((day - world.on).days) <= 1:
            yield f"{name} {(day - world.on).days}"
    if who.capacity == 0:
        yield "capacity 0"
    yield from _consent_edges(world, who)
    yield from _stranger_edges(world.enquiry, who, world.on)
    family = plainly(world)
    for theirs in (world.enquiry.organisation, *world.enquiry.exclusions.organisations):
        if theirs != who.organisation and family.at_one(theirs, who.organisation):
            sites = world.reference.organisations.sites
            yield (
                "at one by a site"
                if theirs in sites or who.organisation in sites
                else "at one by a successor"
            )
            yield "at one two steps on" if "oldest" in (theirs, who.organisation) else "at one"


def _consent_edges(world: World, who: Supporter) -> Iterator[str]:
    days = Counter((each.purpose, each.characteristic, each.given) for each in who.consents)
    yield from ("two records on one day" for number in days.values() if number > 1)
    plain = plainly(world)
    for topic in who.characteristics:
        own = plain.last(who.consents, "match", topic, world.on)
        above = [plain.last(who.consents, "match", each, world.on) for each in plain.above(topic)]
        wide = [each for each in above if each is not None and each.wording == "wide"]
        yield f"{'own' if own else 'no own'} record under {len(wide)} that cover narrower ones"
        if own is not None and own.withdrawn is not None and own.withdrawn <= world.on and wide:
            yield "own record withdrawn under one that covers"
    for each in who.consents:
        yield f"given {(each.given - world.on).days}"
        yield from (f"expires {(each.expires - world.on).days}" for _ in "x" if each.expires)
        yield from (f"withdrawn {(each.withdrawn - world.on).days}" for _ in "x" if each.withdrawn)


def _stranger_edges(enquiry: Enquiry, who: Supporter, on: date) -> Iterator[str]:
    requester = enquiry.requester
    theirs = written(requester.email, *requester.other_emails)
    for each in who.relations:
        if written(each.to) & theirs:
            yield f"relation from {(each.start - on).days}"
            yield f"relation until {(each.until - on).days}" if each.until else "relation without end"
    if written(who.email, *who.other_emails) & theirs:
        yield "the same address"
    if requester.name and spelt(requester.name) == spelt(who.name) and requester.name != who.name:
        yield "the same name, written otherwise" if spelt(who.name) else "two names of nothing but titles"
    tags = [tag for tag in who.languages if tag.lower() == (enquiry.preferences.language or "").lower()]
    yield from ("a language by another case" for tag in tags if tag != enquiry.preferences.language)
    yield from (
        "an id that nobody knows" for id in (who.organisation, who.specialty, who.grade) if id == STRANGE
    )


EDGES = (
    "asked -1 days from a year back", "asked 0 days from a year back", "asked 1 days from a year back",
    "asked -1 days from today", "asked 0 days from today", "asked 1 days from today", "a group is needed",
    "what nobody knows is needed", "needed twice", "paused until -1", "paused until 0", "paused until 1",
    "from -1", "from 0", "from 1", "until -1", "until 0", "until 1", "capacity 0", "two records on one day",
    "no own record under 1 that cover narrower ones", "own record under 1 that cover narrower ones",
    "no own record under 2 that cover narrower ones", "own record withdrawn under one that covers",
    "given 0", "given 1", "expires 0", "expires 1", "withdrawn 0", "withdrawn 1", "relation from 0",
    "relation from 1", "relation until 0", "relation until -1", "relation without end", "the same address",
    "the same name, written otherwise", "two names of nothing but titles", "a language by another case",
    "an id that nobody knows", "at one by a site", "at one by a successor", "at one two steps on",
)  # fmt: skip


def test_the_wide_networks_reach_every_edge_and_every_gate() -> None:
    found: Counter[str] = Counter()
    codes: Counter[Code] = Counter()
    alone: Counter[Code] = Counter()
    changes = pairs = 0
    for seed in range(350):
        world = WideChance(seed, OWN).world(12, 1 + seed % 4)
        found.update(edges(world))
        register = world.register()
        shortlist = match(register, world.enquiry, world.on)
        codes.update(code for each in shortlist.refused for code in each.codes)
        alone.update(each.code for each in shortlist.refused if len(each.codes) == 1)
        changes += len(what_if(register, world.enquiry, world.on, Policy(), shortlist))
        pairs += best_pair(register, world.enquiry, world.on, shortlist) is not None
    assert {edge: found[edge] for edge in EDGES if found[edge] < 8} == {}
    assert {code: codes[code] for code in Code if codes[code] < 20} == {}
    assert {code: alone[code] for code in Code if alone[code] < 5} == {}
    assert changes >= 100
    assert pairs >= 8
