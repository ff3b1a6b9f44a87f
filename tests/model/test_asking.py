"""What somebody is asked for again: never what they took back, and all that ends."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from peermatch.model.asking import (
    PER_TOPIC,
    Why,
    first_end,
    hushed,
    points,
)
from peermatch.model.campaign import still_waiting
from peermatch.model.consent import (
    ConsentGate,
    ConsentRecord,
    ConsentRules,
    Method,
    Purpose,
    Standing,
)
from tests.networks import ADHD, AMINA, DAY, EXAM, yes

RULES = ConsentRules({}, lambda _: ())
MONTH = timedelta(days=30)
NEXT_YEAR = date(2027, 9, 11)


def gate(*records: ConsentRecord, on: date = DAY) -> ConsentGate:
    return ConsentGate(records, RULES, on)


def back(purpose: Purpose, topic: str | None = None) -> ConsentRecord:
    return replace(yes(purpose, topic), withdrawn=DAY)


def asked(*records: ConsentRecord, on: date = DAY, until: date | None = None) -> dict[str, Why]:
    found = points(AMINA, gate(*records, on=on), until or on + MONTH)
    return {f"{each.purpose.value} {each.characteristic or ''}".strip(): each.why for each in found}


def test_what_is_good_for_longer_is_not_asked_for() -> None:
    assert asked(*AMINA.consents) == {}


def test_what_ends_up_to_the_day_is_asked_for_and_what_has_ended_stays_so() -> None:
    before = asked(*AMINA.consents, on=NEXT_YEAR - timedelta(days=1))
    assert set(before.values()) == {Why.ENDING}
    assert asked(*AMINA.consents, until=NEXT_YEAR) == before
    assert set(asked(*AMINA.consents, on=NEXT_YEAR).values()) == {Why.ENDED}
    assert asked(*AMINA.consents, until=NEXT_YEAR - timedelta(days=1)) == {}


def test_only_what_nobody_can_help_without_is_asked_for_the_first_time() -> None:
    assert asked() == {"hold": Why.NEVER, f"match {ADHD}": Why.NEVER, f"match {EXAM}": Why.NEVER}


def test_who_took_everything_back_is_asked_for_nothing() -> None:
    assert asked(back(Purpose.HOLD)) == {}


def test_a_topic_that_was_taken_back_is_brought_up_by_nothing_that_belongs_to_it() -> None:
    ended = replace(yes(Purpose.SHARE, ADHD), expires=DAY)
    assert asked(yes(Purpose.HOLD), back(Purpose.MATCH, ADHD), ended, yes(Purpose.MATCH, EXAM)) == {}
    refused = asked(yes(Purpose.HOLD), back(Purpose.SHARE, ADHD), yes(Purpose.MATCH, EXAM))
    assert refused == {}


def test_a_part_that_was_taken_back_is_not_asked_for_while_the_rest_is() -> None:
    ended = replace(yes(Purpose.MATCH, ADHD), expires=DAY)
    found = asked(yes(Purpose.HOLD), ended, back(Purpose.SHARE, ADHD), yes(Purpose.MATCH, EXAM))
    assert found == {f"match {ADHD}": Why.ENDED}


def test_the_first_end_is_told() -> None:
    ended = replace(yes(Purpose.MATCH, ADHD), expires=DAY)
    found = points(AMINA, gate(ended, yes(Purpose.HOLD)), DAY + MONTH)
    assert first_end(found) == DAY
    assert first_end(()) == date.max
    assert first_end(points(AMINA, gate(yes(Purpose.HOLD)), DAY + MONTH)) == date.max


def test_of_what_was_asked_only_what_is_still_due_waits() -> None:
    due = points(AMINA, gate(), DAY + MONTH)
    assert still_waiting(((Purpose.HOLD, None), (Purpose.SHARE, ADHD)), due) == (due[0],)


days = st.dates(DAY - timedelta(days=400), DAY + timedelta(days=400))
records = st.builds(
    ConsentRecord,
    st.sampled_from((Purpose.HOLD, *PER_TOPIC)),
    st.just(ADHD),
    days,
    st.none() | days,
    st.none() | days,
    st.just(Method.FORM),
    st.just("2026-1"),
).map(lambda r: replace(r, characteristic=None) if r.purpose is Purpose.HOLD else r)


@given(st.lists(records, max_size=8), days)
def test_nothing_withdrawn_is_ever_asked_for(history: list[ConsentRecord], until: date) -> None:
    person = replace(AMINA, characteristics=(ADHD,), consents=tuple(history))
    judged = gate(*history)
    found = points(person, judged, until)
    assert all(judged.ruling(*each.key).standing is not Standing.WITHDRAWN for each in found)
    if hushed(judged, ADHD):
        assert {each.characteristic for each in found} <= {None}
    for each in found:
        if each.why is Why.ENDING:
            assert each.ends is not None
            assert DAY < each.ends <= until
