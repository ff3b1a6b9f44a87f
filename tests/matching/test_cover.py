"""How topics and pairs are covered: the columns say what the rules say of one person after another."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest

from peermatch.matching import cover
from peermatch.matching.cover import covers, matchable
from peermatch.matching.register import Register
from peermatch.model.consent import Purpose, Standing
from peermatch.model.insight import Cover
from peermatch.model.introduction import IN_HAND, Introduction, State
from peermatch.model.people import Supporter, SupporterStatus
from tests.matching.test_supply import REFERENCE, TOPICS, WORDINGS, crowd, gate
from tests.networks import AMINA, DAY

PEOPLE = crowd()
ASKED = tuple(
    Introduction(f"E-{n:04d}", f"S-{n % 4 + 1:04d}", state, DAY - timedelta(days=n))
    for n, state in enumerate(State, start=1)
)
LEVEL = {Standing.WITHDRAWN: 0, Standing.NEVER: 1, Standing.ENDED: 2, Standing.VALID: 3}
REGISTER = Register.build(REFERENCE, PEOPLE, ASKED, (), WORDINGS)
ALONE = tuple((each, each) for each in TOPICS)


def level(person: Supporter, topic: str, on: date) -> int:
    """How far somebody may be found by a topic: 3 for a valid yes, 0 for nothing that is known."""
    meeting = [each for each in person.characteristics if REFERENCE.vocabulary.meets(each, topic)]
    return max((LEVEL[gate(person, on).ruling(Purpose.MATCH, each).standing] for each in meeting), default=0)


def active(person: Supporter, on: date) -> bool:
    return person.status is SupporterStatus.ACTIVE and gate(person, on).allows(Purpose.HOLD)


def here(person: Supporter, on: date) -> bool:
    paused = person.paused_until is not None and on < person.paused_until
    early = person.available_from is not None and on < person.available_from
    late = person.available_until is not None and on > person.available_until
    return active(person, on) and not (paused or early or late)


def room(person: Supporter) -> bool:
    busy = sum(1 for each in ASKED if each.supporter == person.id and each.state in IN_HAND)
    return busy < person.capacity


def plainly(people: Iterable[Supporter], topics: tuple[str, ...], on: date) -> Cover:
    found = Cover()
    for each in people:
        least = min(level(each, topic, on) for topic in topics)
        if active(each, on):
            able = least == LEVEL[Standing.VALID]
            free = able and here(each, on) and room(each)
            found = found.plus(Cover(int(able), int(free), int(0 < least < LEVEL[Standing.VALID])))
    return found


def test_every_topic_is_covered_as_the_rules_say() -> None:
    for on in (DAY, DAY - timedelta(days=400), DAY + timedelta(days=400)):
        told = covers(REGISTER, (*ALONE, ALONE[0]), on)
        assert told == {(topic, topic): plainly(PEOPLE, (topic,), on) for topic in TOPICS}
    assert max(each.able for each in covers(REGISTER, ALONE, DAY).values()) > 3


def test_a_pair_is_covered_by_those_who_have_both() -> None:
    pairs = (*combinations(TOPICS, 2), *ALONE)
    assert covers(REGISTER, pairs, DAY) == {pair: plainly(PEOPLE, pair, DAY) for pair in pairs}


def test_more_pairs_than_are_counted_at_once_are_all_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = tuple(combinations(TOPICS, 2))
    at_once = covers(REGISTER, pairs, DAY)
    monkeypatch.setattr(cover, "BLOCK", 2)
    assert len(pairs) > 2
    assert covers(REGISTER, pairs, DAY) == at_once
    assert covers(REGISTER, (), DAY) == {}


def test_what_was_withdrawn_is_not_known() -> None:
    back = tuple(replace(each, withdrawn=DAY) for each in AMINA.consents if each.purpose is Purpose.MATCH)
    hold = tuple(each for each in AMINA.consents if each.purpose is Purpose.HOLD)
    only = Register.build(REFERENCE, [replace(AMINA, consents=(*hold, *back))], (), (), WORDINGS)
    assert set(covers(only, ALONE, DAY).values()) == {Cover()}
    assert matchable(only, DAY) == ()


def test_somebody_who_changed_is_counted_once() -> None:
    other = REGISTER.replaced(supporters=[replace(PEOPLE[0], characteristics=())])
    people = (replace(PEOPLE[0], characteristics=()), *PEOPLE[1:])
    assert covers(other, ALONE, DAY) == {(each, each): plainly(people, (each,), DAY) for each in TOPICS}


def test_who_can_be_matched() -> None:
    able = [e.id for e in PEOPLE if here(e, DAY) and any(level(e, t, DAY) == 3 for t in e.characteristics)]
    assert matchable(REGISTER, DAY) == tuple(able)
    assert able
