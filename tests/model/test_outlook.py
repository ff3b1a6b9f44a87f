"""What consent comes to, worked out once, is what the rules of consent say on every day from then on."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from peermatch.model.asking import Why, first_end, points
from peermatch.model.consent import ConsentGate, ConsentRecord, ConsentRules, Method, Purpose, Standing
from peermatch.model.outlook import Outlook, outlook
from peermatch.model.people import Supporter
from tests.matching.small_reference import SMALL
from tests.strategies import NEAR_DAYS, WORDINGS

RULES = ConsentRules({w.id: w for w in WORDINGS}, SMALL.vocabulary.broader_terms)
TERMS = tuple(SMALL.vocabulary.terms)[:5]
DAYS = st.sampled_from(NEAR_DAYS)
RECORDS = st.builds(
    ConsentRecord,
    st.sampled_from((Purpose.HOLD, Purpose.MATCH, Purpose.MATCH, Purpose.SHARE, Purpose.CONTACT_EMAIL)),
    st.sampled_from((None, *TERMS)),
    DAYS,
    st.none() | DAYS,
    st.none() | st.none() | DAYS,
    st.just(Method.FORM),
    st.sampled_from([*(each.id for each in WORDINGS), "unknown"]),
)
PEOPLE = st.builds(
    Supporter,
    st.just("S-0001"),
    st.just("Amina Rahman"),
    characteristics=st.lists(st.sampled_from(TERMS), max_size=4).map(tuple),
    consents=st.lists(RECORDS, max_size=7).map(tuple),
)


@settings(max_examples=150)
@given(PEOPLE, DAYS, st.integers(0, 500))
def test_law_from_the_day_on_which_it_settles_it_says_what_the_points_say(
    person: Supporter, day: date, more: int
) -> None:
    seen = outlook(person, RULES)
    on = max(day, seen.settled)
    until = on + timedelta(days=more)
    expected = points(person, ConsentGate(person.consents, RULES, on), until)
    ends = [each.until for each in seen.agreed if each.asked and each.until and each.until <= until]
    assert seen.never == any(each.why is Why.NEVER for each in expected)
    assert min(ends, default=date.max) == first_end(expected)
    assert {each for each in ends if each <= on} == {e.ends for e in expected if e.why is Why.ENDED}
    assert {each for each in ends if each > on} == {e.ends for e in expected if e.why is Why.ENDING}


@settings(max_examples=100)
@given(PEOPLE, DAYS)
def test_law_it_says_whose_record_may_be_kept_and_which_words_count(person: Supporter, day: date) -> None:
    seen = outlook(person, RULES)
    on = max(day, seen.settled)
    gate = ConsentGate(person.consents, RULES, on)
    held = gate.ruling(Purpose.HOLD)
    if held.record is not None:
        assert seen.over == (held.record.withdrawn or held.record.expires)
    if held.standing is Standing.NEVER:
        assert seen.over is None
    rulings = {gate.ruling(each.purpose, each.characteristic) for each in person.consents}
    stand = {each.wording for each in seen.agreed if each.until is None or each.until > on}
    assert stand == {each.record.wording for each in rulings if each.valid and each.record is not None}
    assert seen.took_back == any(each.withdrawn for each in person.consents)


def test_nothing_on_record_is_settled_for_ever() -> None:
    assert outlook(Supporter("S-1", ""), RULES) == Outlook(never=True)
