"""How many there are for a topic, and who was never asked: the columns say what one person after another says."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from peermatch.matching.register import Register
from peermatch.matching.supply import never_asked, supply
from peermatch.model.consent import ConsentGate, ConsentRules, Purpose
from peermatch.model.introduction import Introduction, State
from peermatch.model.people import Supporter, SupporterStatus
from peermatch.services.shipped import load_shipped
from tests.networks import ADHD, AMINA, DAY, EXAM, JO, NETWORK, TOM, yes

REFERENCE = load_shipped().reference
WORDINGS = NETWORK.wordings or ()
RULES = ConsentRules({each.id: each for each in WORDINGS}, REFERENCE.vocabulary.broader_terms)
TOPICS = (ADHD, EXAM, "neuro", "training", "neuro.autism", "nothing.known")


def changed(consents: tuple[object, ...], **more: object) -> Supporter:
    return replace(AMINA, consents=consents, **more)  # type: ignore[arg-type]  # consents and fields of a supporter


def crowd() -> tuple[Supporter, ...]:
    """People who differ in all that counts: consent ended, taken back, missing, paused, away, left, full, asked."""
    day = timedelta(days=1)
    back = tuple(replace(c, withdrawn=DAY) if c.characteristic == ADHD else c for c in AMINA.consents)
    ended = tuple(replace(c, expires=DAY - day) for c in AMINA.consents)
    unheld = tuple(replace(c, withdrawn=DAY) if c.purpose is Purpose.HOLD else c for c in AMINA.consents)
    only = (yes(Purpose.HOLD), yes(Purpose.MATCH, EXAM))
    kinds = (
        AMINA,
        TOM,
        JO,
        changed(back),
        changed(ended),
        changed(unheld),
        changed(only),
        changed(AMINA.consents, status=SupporterStatus.LEFT),
        changed(AMINA.consents, paused_until=DAY + day),
        changed(AMINA.consents, available_until=DAY - day),
        changed(AMINA.consents, available_from=DAY + day),
        changed(AMINA.consents, capacity=0),
        changed(AMINA.consents, characteristics=("neuro",)),
    )
    return tuple(replace(each, id=f"S-{number:04d}") for number, each in enumerate(kinds, start=1))


def gate(person: Supporter, on: date) -> ConsentGate:
    return ConsentGate(person.consents, RULES, on)


def found_by(person: Supporter, topic: str, on: date) -> bool:
    allowed = gate(person, on)
    return (
        person.status is SupporterStatus.ACTIVE
        and allowed.allows(Purpose.HOLD)
        and any(
            REFERENCE.vocabulary.meets(each, topic) and allowed.allows(Purpose.MATCH, each)
            for each in person.characteristics
        )
    )


def free(person: Supporter, asked: Sequence[Introduction], on: date) -> bool:
    away = (
        (person.paused_until is not None and on < person.paused_until)
        or (person.available_from is not None and on < person.available_from)
        or (person.available_until is not None and on > person.available_until)
    )
    able = any(found_by(person, each, on) for each in person.characteristics)
    return able and not away and person.capacity > 0 and person.id not in {i.supporter for i in asked}


def compare(register: Register, people: Sequence[Supporter], asked: Sequence[Introduction]) -> None:
    for on in (DAY, DAY + timedelta(days=400)):
        expected = {topic: sum(found_by(each, topic, on) for each in people) for topic in TOPICS}
        assert dict(supply(register, TOPICS, on)) == expected
        assert never_asked(register, on) == sum(free(each, asked, on) for each in people)


def test_the_columns_count_as_people_do() -> None:
    people = crowd()
    asked = (Introduction("E-0142", "S-0002", State.DECLINED, DAY),)
    register = Register.build(REFERENCE, people, asked, (), WORDINGS)
    compare(register, people, asked)
    assert supply(register, TOPICS, DAY)[ADHD] > 1
    assert never_asked(register, DAY) > 1


def test_those_who_changed_since_are_counted_once() -> None:
    people = crowd()
    register = Register.build(REFERENCE, people, (), (), WORDINGS)
    other = replace(people[0], consents=people[3].consents)
    new = replace(people[1], id="S-0099")
    asked = (Introduction("E-0142", "S-0099", State.ASKED, DAY),)
    now = register.replaced(supporters=(other, new), removed=("S-0003",), introductions_of={"S-0099": asked})
    compare(now, (other, people[1], *people[3:], new), asked)


def test_nobody_is_nobody() -> None:
    empty = Register.build(REFERENCE, (), (), (), WORDINGS)
    assert dict(supply(empty, TOPICS, DAY)) == dict.fromkeys(TOPICS, 0)
    assert never_asked(empty, DAY) == 0
    assert supply(empty, (), DAY) == {}
