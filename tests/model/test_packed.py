"""What is packed says what the record says: every field by its code, every consent by the rule of consent."""

import struct
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from hashlib import blake2b

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peermatch.model.consent import ConsentGate, ConsentRules, Purpose, Standing, Wording
from peermatch.model.introduction import Introduction, State
from peermatch.model.packed import CHUNK, NO_KEY, SECTIONS, Layout, Packer, key, layout, mark, origin
from peermatch.model.packed_words import Words
from peermatch.model.people import Boundaries, Channel, Relation, Supporter, SupporterStatus
from peermatch.model.spans import ENDED, NEVER, UNKNOWN, VALID, Course, Courses
from peermatch.model.text import fold_name
from tests.matching.small_reference import SMALL
from tests.strategies import NEAR_DAYS, WORDINGS, Chance

RULES = ConsentRules({w.id: w for w in WORDINGS}, SMALL.vocabulary.broader_terms)
LEVEL = {
    Standing.WITHDRAWN: UNKNOWN,
    Standing.NEVER: NEVER,
    Standing.ENDED: ENDED,
    Standing.VALID: VALID,
}
_LETTERS = {"B": "B", "H": "H", "i": "i", "I": "I", "Q": "Q"}


def column(read: Layout, name: str) -> tuple[int, ...]:
    """One section of numbers, read without any help of the packer."""
    kind = next(section.kind for section in SECTIONS if section.name == name)
    widths = {"code": read.code_width, "few": read.few_width}
    letter = {1: "B", 2: "H", 4: "I"}[widths[kind]] if kind in widths else _LETTERS[kind]
    raw = bytes(read.sections[name])
    return struct.unpack(f"<{len(raw) // struct.calcsize(letter)}{letter}", raw)


def keys(read: Layout, name: str) -> list[bytes]:
    raw = bytes(read.sections[name])
    return [raw[start : start + 16] for start in range(0, len(raw), 16)]


def packed(*people: Supporter) -> tuple[Layout, Words]:
    words = Words()
    return layout(Packer(RULES, words).pack(people)), words


FULL = Supporter(
    id="S-0001",
    name="Dr Amina Rahmán",
    email="Amina@Example.org",
    other_emails=("a@example.org", " "),
    prefers=Channel.PHONE,
    languages=("en", "CY"),
    grade="st1",
    specialty="surgery",
    organisation="new",
    place=" Sea  BY",
    programmes=("peer-support", "buddies"),
    status=SupporterStatus.CHECKED,
    paused_until=date(2027, 1, 1),
    available_from=date(2026, 1, 1),
    available_until=date.max,
    capacity=3,
    boundaries=Boundaries(
        same_organisation=False,
        same_specialty=True,
        organisations=("old", "old"),
        specialties=("surgery", "surgery"),
        topics=("sea", "land", "sea"),
    ),
    relations=(
        Relation(" T@example.org", "trainer", date(2026, 1, 1)),
        Relation("u@example.org", "partner", date.min, date(2026, 2, 2)),
    ),
)


OTHER = replace(FULL, capacity=1)
NARROW = ("course_count", "link_count", "step_count", "course")


def test_every_field_stands_where_it_is_looked_for() -> None:
    read, words = packed(Supporter(id="é", name=""), FULL)

    def said(name: str) -> list[str]:
        return [words.text(code) for code in column(read, name)]

    assert read.ids == ("é", "S-0001")
    assert column(read, "status") == (2, 1)
    assert column(read, "flags") == (0, 0b1001)
    assert column(read, "capacity") == (1, 3)
    assert said("organisation") == ["", "new"]
    assert said("specialty") == ["", "surgery"]
    assert said("grade") == ["", "st1"]
    assert [words.unbundle(code) for code in column(read, "where")] == [(None, ""), ("new", "sea by")]
    assert words.unbundle(column(read, "programmes")[1]) == ("peer-support", "buddies")
    assert [words.unbundle(code) for code in column(read, "languages")] == [(), ("en", "cy")]
    assert keys(read, "name") == [NO_KEY, key(fold_name("amina rahman"))]
    assert column(read, "paused.row") == (1,)
    days = [date(2027, 1, 1), date(2026, 1, 1), date.max]
    names = ("paused.until", "starting.day", "leaving.day")
    assert [column(read, name) for name in names] == [(day.toordinal(),) for day in days]
    assert keys(read, "address.key") == [key("a@example.org"), key("amina@example.org")]
    assert keys(read, "relation.key") == [key("t@example.org"), key("u@example.org")]
    assert column(read, "relation.start") == (date(2026, 1, 1).toordinal(), 1)
    assert column(read, "relation.until") == (date.max.toordinal(), date(2026, 2, 2).toordinal())
    assert said("away_organisation.code") == ["old"]
    assert said("away_specialty.code") == ["surgery"]
    assert said("away_topic.code") == ["sea", "land"]


def test_introductions_stand_with_those_who_were_asked() -> None:
    first = Introduction("E-0001", "S-0001", State.DECLINED, date(2026, 1, 1))
    second = Introduction("E-0002", "S-0001", State.ASKED, date(2026, 2, 2))
    steps = {"S-0001": (first, second), "S-0404": (first,)}
    read = layout(Packer(RULES, Words()).pack((Supporter(id="é", name=""), FULL), steps))
    assert column(read, "asked.row") == (1, 1)
    assert column(read, "asked.enquiry") == (mark("E-0001"), mark("E-0002"))
    assert column(read, "asked.day") == (first.asked.toordinal(), second.asked.toordinal())
    assert column(read, "asked.in_hand") == (0, 1)


def test_the_mark_of_a_reference_is_the_same_on_every_computer() -> None:
    assert mark("E-0142") == int.from_bytes(blake2b(b"E-0142", digest_size=8).digest(), "little")
    assert len({mark(f"E-{number}") for number in range(10_000)}) == 10_000


def test_names_and_addresses_do_not_stand_in_a_chunk() -> None:
    raw = Packer(RULES, Words()).pack((FULL,)).lower()
    assert b"rahm" not in raw
    assert b"example" not in raw


def level_on(steps: Sequence[int], day: date) -> int:
    """What the steps of one course say of a day."""
    return next((step & 3 for step in reversed(steps) if step >> 2 <= day.toordinal()), NEVER)


def courses_of(read: Layout) -> list[list[tuple[int, ...]]]:
    """The steps of each course of each person."""
    steps, counts = list(column(read, "step")), list(column(read, "step_count"))
    found = []
    for number in column(read, "course_count"):
        own = []
        for count in counts[:number]:
            own.append(tuple(steps[:count]))
            del steps[:count]
        del counts[:number]
        found.append(own)
    assert not steps
    assert not counts
    return found


@settings(max_examples=200)
@given(st.integers(0, 2**32), st.integers(1, 6))
def test_law_on_every_day_the_packed_consent_is_the_ruling(seed: int, how_many: int) -> None:
    chance = Chance(seed, SMALL)
    people = [chance.supporter(f"S-{n}") for n in range(how_many)]
    read, words = packed(*people)
    topics, courses = iter(column(read, "topic")), iter(column(read, "course"))
    days = {day + timedelta(days=more) for day in NEAR_DAYS for more in (-1, 0, 1)} | {date.min, date.max}
    for person, own, links in zip(people, courses_of(read), column(read, "link_count"), strict=True):
        listed = [(words.text(next(topics)), next(courses)) for _ in range(links)]
        assert [topic for topic, _ in listed] == list(dict.fromkeys(person.characteristics))
        for day in days:
            gate = ConsentGate(person.consents, RULES, day)
            assert level_on(own[0], day) == LEVEL[gate.ruling(Purpose.HOLD).standing]
            for topic, course in listed:
                assert level_on(own[course], day) == LEVEL[gate.ruling(Purpose.MATCH, topic).standing]


@settings(max_examples=200)
@given(st.integers(0, 2**32))
def test_law_the_day_on_which_consent_ended_is_kept(seed: int) -> None:
    chance = Chance(seed, SMALL)
    person = chance.supporter("S-1")
    hold, match = Courses(RULES).of(person.consents, person.characteristics)
    for purpose, topic, course in [
        (Purpose.HOLD, None, hold),
        *((Purpose.MATCH, topic, course) for topic, course in match),
    ]:
        for day in NEAR_DAYS:
            ruling = ConsentGate(person.consents, RULES, day).ruling(purpose, topic)
            if ruling.standing is Standing.ENDED and ruling.record and ruling.record.expires:
                assert ended(course, day) == ruling.record.expires


def ended(course: Course, day: date) -> date:
    step = next(step for step in reversed(course.steps) if step >> 2 <= day.toordinal())
    return date.fromordinal(dict(course.endings).get(step >> 2, step >> 2))


def test_words_only_grow_and_keep_their_codes() -> None:
    words = Words(("one", "two"))
    assert [words.code(text) for text in ("two", "three", "", None, "three")] == [2, 3, 4, 0, 3]
    assert words.after(2) == ("three", "")
    assert [words.known(text) for text in ("two", "four", None)] == [2, 0, 0]
    other = words.copy()
    other.code("four")
    assert (len(words), len(other)) == (4, 5)
    again = Words(words.after(0))
    assert [again.code(text) for text in ("one", "two", "three", "")] == [1, 2, 3, 4]


@given(st.lists(st.one_of(st.none(), st.text()), max_size=4), st.lists(st.text(), max_size=4))
def test_words_that_are_put_together_come_apart_again(items: list[str | None], others: list[str]) -> None:
    words = Words()
    one, two = words.bundle(tuple(items)), words.bundle(tuple(others))
    assert words.unbundle(one) == tuple(items)
    assert words.unbundle(two) == tuple(others)
    assert (one == two) == (items == others)


def test_many_words_need_wider_codes() -> None:
    words = Words(str(number) for number in range(2**16 - 1))
    wide = layout(Packer(RULES, words).pack((replace(FULL, specialty="another"),)))
    assert (wide.code_width, packed(FULL)[0].code_width) == (4, 2)
    assert words.text(column(wide, "specialty")[0]) == "another"


def test_a_capacity_beyond_all_measure_is_still_packed() -> None:
    read, _ = packed(replace(FULL, capacity=2**40), FULL)
    assert (read.few_width, column(read, "capacity")) == (4, (2**31 - 1, 3))
    assert [column(read, name) for name in NARROW] == [
        column(packed(OTHER, FULL)[0], name) for name in NARROW
    ]


def test_small_numbers_take_a_byte_as_long_as_all_of_them_fit() -> None:
    widths = [packed(replace(FULL, capacity=each))[0].few_width for each in (0, 255, 256, 2**20)]
    assert widths == [1, 1, 4, 4]
    many = tuple(f"topic {number}" for number in range(256))
    read, _ = packed(replace(FULL, characteristics=many))
    assert (read.few_width, column(read, "link_count")) == (4, (256,))


def test_chunks_hold_so_many_and_no_more() -> None:
    people = [Supporter(f"S-{n:04}", "Jo") for n in range(CHUNK * 2 + 1)]
    sizes = Counter(len(layout(chunk).ids) for chunk in Packer(RULES, Words()).chunks(people))
    assert sizes == {CHUNK: 2, 1: 1}
    assert layout(Packer(RULES, Words()).pack(())).ids == ()


@pytest.mark.parametrize(
    "spoil",
    [lambda c: c[:-1], lambda c: c + b"\0", lambda c: b"PM\xff" + c[3:], lambda c: c[:20], lambda c: b""],
)
def test_other_bytes_are_refused(spoil: object) -> None:
    chunk = Packer(RULES, Words()).pack((FULL,))
    assert callable(spoil)
    with pytest.raises(ValueError, match=r"chunk"):
        layout(spoil(chunk))


def test_the_origin_tells_what_a_chunk_rests_on() -> None:
    narrow, wide = Wording("a", "This."), Wording("b", "And all below.", covers_narrower=True)
    plain = origin((narrow,), SMALL.vocabulary)
    assert plain == origin((), SMALL.vocabulary) == origin((replace(narrow, text="That."),), SMALL.vocabulary)
    covering = origin((narrow, wide), SMALL.vocabulary)
    assert covering == origin((wide, narrow), SMALL.vocabulary)
    assert covering != plain
    assert covering != origin((replace(wide, id="c"),), SMALL.vocabulary)
