"""Consent of everybody in columns says what one record after another says, also of people who changed or went."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from peermatch.matching.outlooks import over, renewals, wordings
from peermatch.matching.register import Register
from peermatch.matching.roster import (
    at_places,
    countable,
    listing,
    named,
    paused,
    reached_at,
    rooms,
    standing_as,
    took_back,
)
from peermatch.model.asking import Why, first_end, points
from peermatch.model.consent import ConsentGate, ConsentRules, Purpose, Standing
from peermatch.model.people import Supporter, SupporterStatus
from tests.matching.outlook_people import person
from tests.matching.small_reference import SMALL
from tests.strategies import NEAR_DAYS, WORDINGS, Chance

RULES = ConsentRules({w.id: w for w in WORDINGS}, SMALL.vocabulary.broader_terms)


def changed(seed: int, how_many: int) -> tuple[Register, Sequence[Supporter]]:
    """A register of which a few people changed, came and went, and everybody who is in it."""
    chance, dice = Chance(seed, SMALL), Random(seed)
    before = {each.id: each for each in (person(chance, n) for n in range(how_many))}
    register = Register.build(SMALL, before.values(), (), (), WORDINGS)
    numbers = {dice.randrange(how_many + 2) for _ in range(2)}
    anew = {each.id: each for each in (person(chance, n) for n in numbers)}
    gone = {id for id in before if id not in anew and dice.random() < 0.1}
    register = register.replaced(supporters=anew.values(), removed=gone)
    return register, [each for id, each in sorted((before | anew).items()) if id not in gone]


@settings(max_examples=60)
@given(st.integers(0, 2**32), st.integers(1, 12), st.sampled_from(NEAR_DAYS), st.integers(0, 400))
def test_law_the_columns_say_what_the_records_say(seed: int, how_many: int, on: date, more: int) -> None:
    register, people = changed(seed, how_many)
    until = on + timedelta(days=more)
    gates = {each.id: ConsentGate(each.consents, RULES, on) for each in people}
    found, ended, words = renewals(register, on, until), over(register, on), wordings(register, on)
    unsettled = set(found.unsettled)
    assert list(found.ids) == sorted(found.ids)
    assert unsettled <= set(ended.unsettled) == set(words[1])
    lines = dict(
        zip(found.ids, zip(found.firsts, found.ended, found.never, found.ending, strict=True), strict=True)
    )
    counted = Counter[str]()
    for each in people:
        gate = gates[each.id]
        due = points(each, gate, until) if each.status is SupporterStatus.ACTIVE else ()
        if each.id not in unsettled:
            kinds = tuple(any(p.why is why for p in due) for why in (Why.ENDED, Why.NEVER, Why.ENDING))
            assert lines.get(each.id) == ((first_end(due), *kinds) if due else None)
        if each.id not in ended.unsettled:
            hold = gate.ruling(Purpose.HOLD)
            ends = hold.record.expires if hold.record else None
            back = hold.record.withdrawn if hold.record else None
            assert ended.ended.get(each.id) == (ends if hold.standing is Standing.ENDED else None)
            assert ended.withdrawn.get(each.id) == (back if hold.standing is Standing.WITHDRAWN else None)
            keys = {(record.purpose, record.characteristic) for record in each.consents}
            rulings = [gate.ruling(*key) for key in keys]
            counted.update({r.record.wording for r in rulings if r.valid and r.record is not None})
    assert +words[0] == counted
    assert set(took_back(register)) == {e.id for e in people if any(r.withdrawn for r in e.consents)}
    new = (SupporterStatus.APPLIED, SupporterStatus.LEFT)
    assert set(standing_as(register, new)) == {each.id for each in people if each.status in new}
    terms = tuple(SMALL.vocabulary.terms)[:3]
    assert set(listing(register, terms)) == {
        e.id for e in people if not {*terms}.isdisjoint(e.characteristics)
    }
    pauses = {e.id for e in people if e.paused_until is not None and e.paused_until >= on}
    assert set(paused(register, on)) == pauses
    assert at_places(register) == Counter(e.organisation for e in people if e.organisation)
    assert set(countable(register, on)) == {
        e.id
        for e in people
        if e.status is SupporterStatus.ACTIVE
        and gates[e.id].allows(Purpose.HOLD)
        and any(r.purpose is Purpose.COUNT for r in e.consents)
    }
    addresses = {address for each in people for address in each.addresses} | {"nobody@example.org"}
    for address in addresses:
        assert set(reached_at(register, address)) == {e.id for e in people if address in e.addresses}
    for name in {each.folded_name for each in people} | {"", "nobody"}:
        assert set(named(register, name)) == {e.id for e in people if name and e.folded_name == name}
    ids, room = rooms(register)
    assert dict(zip(ids, room.tolist(), strict=True)) == {e.id: e.capacity for e in people}
    assert ids == sorted(ids)


def test_hardly_anybody_is_unsettled_and_nobody_is_a_network_of_nobody() -> None:
    chance = Chance(3, SMALL)
    people = [person(chance, number) for number in range(60)]
    register = Register.build(SMALL, people, (), (), WORDINGS)
    assert len(over(register, date(2030, 1, 1)).unsettled) < 12
    nobody = Register.build(SMALL, (), (), (), WORDINGS)
    assert renewals(nobody, date(2030, 1, 1), date(2030, 2, 1)).ids == ()
    assert wordings(nobody, date(2030, 1, 1)) == (Counter(), ())
