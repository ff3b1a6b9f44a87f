"""What is kept beside the columns is made once and never grows without end; ids are kept byte for byte."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from peermatch.matching.engine import match, refusal_codes
from peermatch.matching.question import questions
from peermatch.matching.register import Register
from peermatch.model.characteristics import parse_terms
from peermatch.model.policy import Policy
from tests.matching.cases import ON, WORDINGS, consent, enquiry, register, supporter
from tests.matching.small_reference import SMALL

WHALE = enquiry("sea.whale")


class Counted:
    """Makes numbers, and counts how often it was asked to."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> int:
        self.made += 1
        return self.made


# ------------------------------------------------------------------------------------- what is kept


def test_what_was_worked_out_is_not_worked_out_again() -> None:
    segment, make = register(supporter("S-1", "sea.whale")).columns, Counted()
    assert [segment.kept(name, make) for name in ("a", "b", "a", "b", None, None)] == [1, 2, 1, 2, 3, 3]
    day = segment.day(ON)
    assert [day.kept(name, make) for name in ("p", "q", "q", "p")] == [4, 5, 5, 4]
    assert segment.day(ON) is day


def test_what_is_kept_never_grows_without_end() -> None:
    segment, make = register(supporter("S-1", "sea.whale")).columns, Counted()
    for name in range(256):
        segment.kept(name, make)
    assert (segment.kept(0, make), make.made) == (1, 256)
    segment.kept("one more", make)
    assert segment.kept(0, make) == 258
    day = segment.day(ON)
    numbers = [day.kept(name, make) for name in ("p", "q", "r", "r", "p")]
    assert numbers == [259, 260, 261, 261, 262]
    others = [segment.day(ON + timedelta(days=n)) for n in (1, 2)]
    assert segment.day(ON + timedelta(days=2)) is others[1]
    assert segment.day(ON) is not day


def test_a_question_looks_everybody_up_once() -> None:
    there = register(supporter("S-1", "sea.whale"))
    (one,), (two,) = (tuple(questions(there, WHALE, ON, Policy())) for _ in range(2))
    assert one.sharing("sea.whale") is one.sharing("sea.whale")
    assert one.needs[0].choices is two.needs[0].choices
    # What nobody knows is not kept: there is no end of it.
    tuple(questions(there, enquiry("no.such.term"), ON, Policy()))
    assert set(there.looked_up) == {"sea.whale"}


# ----------------------------------------------------------------------------------------------- ids


@pytest.mark.parametrize("id", ["S-1", "S-é", "S-\U0001f40b", "S-\ud800", "S-" + "9" * 40])
def test_any_id_is_found_again(id: str) -> None:
    """Also one that no file of UTF-8 can hold, as a damaged import may bring."""
    mine, others = supporter(id, "sea.whale"), [supporter(f"S-0{n}", "land.mouse") for n in range(3)]
    for there in (register(mine, *others), register(*others).replaced(supporters=[mine])):
        assert [each.supporter for each in match(there, WHALE, ON).suggested] == [id]
        assert refusal_codes(there, WHALE, id, ON) == ()
        row = there.row_of(id)
        assert row is not None
        assert there.id(row) == id
        assert there.row_of(id + "0") is None
    assert len(register(*others).replaced(supporters=[mine], removed=[id])) == 3


# ----------------------------------------------------------------------------------------- many consents


@pytest.mark.parametrize("listed", [255, 256, 257, 300])
def test_every_one_of_many_different_consents_counts_for_its_own_topic(listed: int) -> None:
    """So many that the number of a consent no longer fits into a byte."""
    topics = tuple(f"own.t{number:03}" for number in range(listed))
    terms = parse_terms([{"id": topic, "label": topic, "broader": "void"} for topic in topics])
    reference = replace(SMALL, vocabulary=SMALL.vocabulary.extended(terms))
    ends = {topic: ON - timedelta(days=number) for number, topic in enumerate(topics)}
    records = [consent(topic, given=date(2020, 1, 1), expires=end) for topic, end in ends.items()]
    busy = supporter("S-1", *topics, consents=(consent(None), *records))
    there = Register.build(reference, [busy], (), (), WORDINGS)
    for topic in (topics[0], *topics[-3:]):
        (found,) = match(there, enquiry(topic), ON).refused
        end = ends[topic]
        assert found.text == f"Consent for what this enquiry needs ended on {end.day} {end:%b} {end.year}"
