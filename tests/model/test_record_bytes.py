"""A record comes back from its bytes as it was, alone and in a band, and a mended band is as one made anew."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch.model.consent import ConsentRecord, Method, Purpose
from peermatch.model.people import Boundaries, Channel, Relation, Supporter, SupporterStatus
from peermatch.model.record_bytes import Body, body_of, decode, encode, mended
from tests.matching.small_reference import SMALL
from tests.networks import AMINA, TOM
from tests.strategies import Chance

TEXTS = st.text(st.characters(codec=None), max_size=12)
MAYBE = st.none() | TEXTS
DAYS = st.dates(date(1, 1, 1), date.max)
MAYBE_DAYS = st.none() | DAYS
LISTS = st.lists(TEXTS, max_size=3).map(tuple)
RECORDS = st.builds(
    ConsentRecord,
    st.sampled_from(Purpose),
    st.none() | st.sampled_from(("a", "b", "c")),
    st.sampled_from((date(2026, 1, 1), date(2027, 1, 1))),
    MAYBE_DAYS,
    MAYBE_DAYS,
    st.sampled_from(Method),
    TEXTS,
    MAYBE,
    MAYBE,
)
PEOPLE = st.builds(
    Supporter,
    id=TEXTS,
    name=TEXTS,
    known_as=MAYBE,
    pronouns=MAYBE,
    email=MAYBE,
    other_emails=LISTS,
    phone=MAYBE,
    prefers=st.none() | st.sampled_from(Channel),
    languages=LISTS,
    grade=MAYBE,
    specialty=MAYBE,
    organisation=MAYBE,
    place=MAYBE,
    programmes=LISTS,
    status=st.sampled_from(SupporterStatus),
    paused_until=MAYBE_DAYS,
    available_from=MAYBE_DAYS,
    available_until=MAYBE_DAYS,
    capacity=st.integers(0, 2**31),
    boundaries=st.builds(Boundaries, st.booleans(), st.booleans(), LISTS, LISTS, LISTS),
    relations=st.lists(st.builds(Relation, TEXTS, TEXTS, DAYS, MAYBE_DAYS), max_size=2).map(tuple),
    characteristics=st.lists(st.sampled_from(("a", "b", "c")), max_size=3).map(tuple),
    consents=st.lists(RECORDS, max_size=4).map(tuple),
    notes=TEXTS,
)


@given(PEOPLE)
def test_any_record_comes_back_as_it_was(person: Supporter) -> None:
    assert decode(encode(person)) == person
    assert decode(encode(replace(person, name="Somebody"))) == replace(person, name="Somebody")


def test_a_band_is_read_one_by_one_and_mended_as_if_made_anew() -> None:
    chance = Chance(5, SMALL)
    people = {f"S-{number}": chance.supporter(f"S-{number}") for number in range(40)}
    body = Body.of(body_of(tuple(people.values())))
    assert tuple(body.ids) == tuple(people)
    assert [decode(each) for each in body.records()] == list(people.values())
    new = {"S-7": replace(AMINA, id="S-7"), "S-99": replace(TOM, id="S-99")}
    stay = [id for id in (*people, "S-99") if id not in ("S-0", "S-39")]
    wanted = body_of([new.get(id) or people[id] for id in stay])
    assert mended(body, stay, new) == wanted
    assert mended(None, ["S-99"], new) == body_of([new["S-99"]])


def test_what_was_shared_by_several_acts_is_told_once() -> None:
    """Two years of ten yeses of one day are hardly longer than one."""
    one = ConsentRecord(
        Purpose.MATCH, "a", date(2026, 1, 1), date(2028, 1, 1), None, Method.EMAIL, "2026-1", "lead", "mail"
    )
    topics = tuple("abcdefghij")
    many = replace(
        AMINA, characteristics=topics, consents=tuple(replace(one, characteristic=t) for t in topics)
    )
    assert len(encode(many)) - len(encode(replace(many, consents=(one,)))) < 50
    assert decode(encode(many)) == many


def test_bytes_that_are_no_records_are_refused() -> None:
    whole = body_of((AMINA, TOM))
    for wrong in (b"", b"PR", b"XX" + whole[2:], whole[:2] + b"\x09" + whole[3:], whole[:14]):
        with pytest.raises(ValueError, match="records"):
            Body.of(wrong)


def test_records_that_were_cut_or_changed_are_refused() -> None:
    whole = body_of((AMINA, TOM))
    for wrong in (
        whole[:-1],
        whole + b"x",
        whole[:-9] + bytes(9),
        whole[:4] + b"\x03" + whole[5:],
        whole[:4] + b"\xff\xff" + whole[6:],
    ):
        with pytest.raises(ValueError, match="records"):
            Body.of(wrong).records()


def test_nobody_in_a_band_is_a_band_of_nobody() -> None:
    assert len(Body.of(body_of(()))) == 0
