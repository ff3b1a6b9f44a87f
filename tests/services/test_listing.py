"""The long list's columns say of everybody what their own record says, also after any changes."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from peermatch.matching.register import Register
from peermatch.model.consent import Purpose, Standing
from peermatch.model.introduction import Introduction, State
from peermatch.model.people import Supporter
from peermatch.services.listing import Listing
from peermatch.services.people import People
from peermatch.services.snapshot import Snapshot
from peermatch.services.steps import Steps
from peermatch.ui.screens.supporter_words import presence
from tests.matching.small_reference import SMALL
from tests.networks import DAY
from tests.strategies import WORDINGS, Chance
from tests.ui.real_networks import picture


def world(seed: int, count: int = 60) -> Snapshot:
    """People with any consent, of whom some were asked."""
    chance, random = Chance(seed, SMALL), Random(seed)
    held = {f"S-{number:03d}": chance.supporter(f"S-{number:03d}") for number in range(count)}
    steps = tuple(
        Introduction(f"E-{number:04d}", random.choice(sorted(held)), random.choice(tuple(State)), DAY)
        for number in range(count // 3)
    )
    return replace(
        picture(),
        reference=SMALL,
        wordings=WORDINGS,
        supporters=People(lambda: held),
        introductions=Steps.given(steps),
        register=Register.build(SMALL, held.values(), steps, (), WORDINGS),
    )


def topics_of(snapshot: Snapshot, person: Supporter) -> set[str]:
    """What a list may say that somebody can be found by, by the rule of consent."""
    gate = snapshot.gate(person, DAY)
    if gate.ruling(Purpose.HOLD).standing is Standing.WITHDRAWN:
        return set()
    return {
        topic
        for topic in person.characteristics
        if gate.ruling(Purpose.MATCH, topic).standing is not Standing.WITHDRAWN
    }


def agrees(listing: Listing) -> None:
    """Each answer of the columns, beside the same from the records one by one."""
    snapshot, roll, vocabulary = listing.snapshot, listing.roll, listing.snapshot.reference.vocabulary
    people = {number: snapshot.supporters[roll.id(number)] for number in roll.order}
    able = {number for number, person in people.items() if presence(snapshot, person, DAY).matchable}
    assert {number for number in people if listing.able[number]} == able
    assert listing.matchable == len(able)
    fresh = {number for number in able if not snapshot.introductions_with(roll.id(number))}
    assert {number for number in people if listing.fresh[number]} == fresh
    topics = {number: topics_of(snapshot, person) for number, person in people.items()}
    for topic in (*list(vocabulary.terms)[:8], *list(vocabulary.groups)[:2]):
        wanted = {n for n, held in topics.items() if any(vocabulary.meets(each, topic) for each in held)}
        assert listing.found_by(topic) & people.keys() == wanted
    counts: Counter[str] = Counter()
    some = roll.order[::2]
    for number in some:
        counts.update({above for each in topics[number] for above in (each, *vocabulary.broader(each))})
    assert listing.topics(some) == counts
    assert listing.said("grade", some) == Counter(people[number].grade for number in some)


@pytest.mark.parametrize("seed", range(3))
def test_columns_and_records_agree(seed: int) -> None:
    agrees(Listing.of(world(seed), DAY))


def test_after_changes_they_agree_still() -> None:
    snapshot, chance = world(7), Chance(11, SMALL)
    listing = Listing.of(snapshot, DAY)
    for number in (3, 9, 70):
        id = f"S-{number:03d}"
        person = chance.supporter(id)
        snapshot = replace(
            snapshot,
            supporters=snapshot.supporters.changed({id: person}, frozenset({"S-020"})),
            register=snapshot.register.replaced(supporters=(person,), removed=("S-020",)),
            introductions=Steps.given(i for i in snapshot.introductions if i.supporter != "S-020"),
        )
        listing = Listing.of(snapshot, DAY, listing)
        agrees(listing)


def test_nobody_is_no_trouble() -> None:
    nobody = replace(
        world(1, count=0), supporters=People(dict), register=Register.build(SMALL, (), (), (), WORDINGS)
    )
    listing = Listing.of(nobody, DAY)
    assert (listing.matchable, listing.topics(()), listing.found_by("sea")) == (0, {}, frozenset())
