"""Laws of consent, against a slow second judgement that is written from the rules and shares no code with them."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from peermatch.model.card import ContactCard, Described, Role, SharedTopic, Workplace, build_card
from peermatch.model.consent import (
    ConsentGate,
    ConsentRecord,
    ConsentRules,
    Method,
    Purpose,
    Standing,
    Wording,
)
from peermatch.model.people import Channel, Supporter

TODAY = date(2026, 11, 20)
NEAR = [TODAY + timedelta(days=n) for n in (-400, -2, -1, 0, 1, 2, 400)]
PARENT = {"tree.oak.acorn": "tree.oak", "tree.oak": "tree.any", "tree.any": None, "sea.whale": None}
TERMS = tuple(PARENT)
WIDE = frozenset({"wide"})
WORDINGS = {
    "narrow": Wording("narrow", "This."),
    "wide": Wording("wide", "And all below.", covers_narrower=True),
}


def above(term: str) -> tuple[str, ...]:
    parent = PARENT[term]
    return (parent, *above(parent)) if parent else ()


RULES = ConsentRules(WORDINGS, above)
CONTACT = tuple(p for p in Purpose if p.value.startswith("contact-"))

days = st.sampled_from(NEAR)
topics = st.sampled_from((None, *TERMS))
records = st.builds(
    ConsentRecord,
    purpose=st.sampled_from((Purpose.MATCH, Purpose.MATCH, Purpose.SHARE, Purpose.HOLD, *CONTACT)),
    characteristic=topics,
    given=days,
    expires=st.none() | days,
    withdrawn=st.none() | days,
    method=st.sampled_from(Method),
    wording=st.sampled_from(("narrow", "wide", "wide", "lost")),
)
histories = st.lists(records, max_size=12).map(tuple)


def slow_exact(history: tuple[ConsentRecord, ...], purpose: str, topic: str | None, on: date) -> list[int]:
    """The places of the records for exactly this, in force, as matching.md counts them: the ruling one last."""
    places = [
        place
        for place, each in enumerate(history)
        if each.purpose.value == purpose and each.characteristic == topic and not each.given > on
    ]
    return sorted(places, key=lambda place: (history[place].given, place))


def slow_word(record: ConsentRecord, on: date) -> str:
    if record.withdrawn is not None and not record.withdrawn > on:
        return "withdrawn"
    return "ended" if record.expires is not None and not on < record.expires else "valid"


def slow(history: tuple[ConsentRecord, ...], purpose: str, topic: str | None, on: date) -> str:
    """The standing, by going up the tree one parent at a time."""
    own = slow_exact(history, purpose, topic, on)
    if own:
        return slow_word(history[own[-1]], on)
    climbing = PARENT[topic] if topic else None
    while climbing:
        found = slow_exact(history, purpose, climbing, on)
        if found and history[found[-1]].wording in WIDE:
            return slow_word(history[found[-1]], on)
        climbing = PARENT[climbing]
    return "never"


@given(histories, st.sampled_from(Purpose), topics, days)
def test_law_the_ruling_is_that_of_the_slow_judgement(
    history: tuple[ConsentRecord, ...], purpose: Purpose, topic: str | None, on: date
) -> None:
    ruling = RULES.rule(history, purpose, topic, on)
    assert ruling.standing.value == slow(history, purpose.value, topic, on)
    assert (ruling.record is None) == (ruling.standing is Standing.NEVER)
    assert ruling.valid == (ruling.standing is Standing.VALID)


match_histories = st.lists(
    records.map(lambda r: replace(r, purpose=Purpose.MATCH, characteristic=r.characteristic or "tree.any")),
    max_size=8,
).map(tuple)


@given(match_histories, st.sampled_from(TERMS), days)
def test_law_the_ruling_within_one_purpose_is_that_of_the_slow_judgement(
    history: tuple[ConsentRecord, ...], topic: str, on: date
) -> None:
    assert RULES.rule(history, Purpose.MATCH, topic, on).standing.value == slow(history, "match", topic, on)


@given(match_histories, st.sampled_from(TERMS), days, st.data())
def test_law_records_of_the_future_and_of_others_change_nothing(
    history: tuple[ConsentRecord, ...], topic: str, on: date, data: st.DataObject
) -> None:
    related = {topic, *above(topic)}
    others = [r for r in history if r.given > on or r.characteristic not in related]
    left = tuple(r for r in history if r not in others)
    assert RULES.rule(left, Purpose.MATCH, topic, on) == RULES.rule(history, Purpose.MATCH, topic, on)


@given(match_histories, st.sampled_from(TERMS), days)
def test_law_the_order_of_days_matters_and_the_order_of_the_file_only_within_a_day(
    history: tuple[ConsentRecord, ...], topic: str, on: date
) -> None:
    by_day = tuple(sorted(history, key=lambda r: r.given))
    assert RULES.rule(by_day, Purpose.MATCH, topic, on) == RULES.rule(history, Purpose.MATCH, topic, on)


@given(match_histories, st.sampled_from(TERMS), days, st.sampled_from(("narrow", "wide")))
def test_law_a_yes_given_today_is_valid_today_and_withdrawn_today_it_is_not(
    history: tuple[ConsentRecord, ...], topic: str, on: date, wording: str
) -> None:
    fresh = ConsentRecord(Purpose.MATCH, topic, on, None, None, Method.SPOKEN, wording)
    assert RULES.rule((*history, fresh), Purpose.MATCH, topic, on).valid
    gone = RULES.rule((*history, replace(fresh, withdrawn=on)), Purpose.MATCH, topic, on)
    assert gone.standing is Standing.WITHDRAWN


@given(match_histories, st.sampled_from(TERMS), days)
def test_law_a_narrow_wording_never_reaches_another_term(
    history: tuple[ConsentRecord, ...], topic: str, on: date
) -> None:
    narrow = tuple(replace(r, wording="narrow") for r in history)
    own = tuple(r for r in narrow if r.characteristic == topic)
    assert RULES.rule(narrow, Purpose.MATCH, topic, on) == RULES.rule(own, Purpose.MATCH, topic, on)


@given(histories, st.sampled_from(Purpose), topics, days, st.text(max_size=5))
def test_law_the_gate_lets_out_what_is_valid_and_nothing_else(
    history: tuple[ConsentRecord, ...], purpose: Purpose, topic: str | None, on: date, value: str
) -> None:
    permitted = ConsentGate(history, RULES, on).permit(purpose, value, topic)
    assert (permitted is not None) == (slow(history, purpose.value, topic, on) == "valid")
    if permitted is not None:
        assert (permitted.value, permitted.purpose) == (value, purpose)
        assert permitted.record in history
        assert permitted.record.purpose is purpose


# ------------------------------------------------------------------------------------------------- the card

PERSON = Supporter(
    id="S-1",
    name="Amina Rahman",
    known_as="Mina",
    pronouns="she/her",
    email="a@example.org",
    phone="07700 900123",
    prefers=Channel.PHONE,
    characteristics=TERMS,
)
DESCRIBED = Described(
    Role("ST6", "Anaesthetics", "Lancashire"),
    Workplace("A Trust", "Preston"),
    tuple(SharedTopic(term, f"About {term}") for term in TERMS),
)


def leanings(purpose: Purpose, topic: str | None) -> st.SearchStrategy[ConsentRecord]:
    """Records that are valid more often than not, so that most cards hold something."""
    return st.builds(
        ConsentRecord,
        purpose=st.just(purpose),
        characteristic=st.just(topic),
        given=st.sampled_from((NEAR[0], NEAR[0], TODAY, NEAR[4])),
        expires=st.sampled_from((None, None, TODAY, NEAR[4])),
        withdrawn=st.sampled_from((None, None, None, TODAY, NEAR[4])),
        method=st.just(Method.FORM),
        wording=st.sampled_from(("narrow", "wide")),
    )


ASKED_OF = [(p, None) for p in CONTACT] + [(p, t) for p in (Purpose.SHARE, Purpose.MATCH) for t in TERMS]
card_histories = st.lists(
    st.sampled_from(ASKED_OF).flatmap(lambda asked: leanings(*asked)), min_size=2, max_size=16
).map(tuple)


def on_card(card: ContactCard | None) -> frozenset[str]:
    """All that somebody could read on a card."""
    if card is None:
        return frozenset()
    parts = (card.pronouns, card.surname, card.role, card.workplace, card.email, card.phone)
    texts = {str(part.value) for part in parts if part is not None}
    texts |= {topic.value.characteristic for topic in card.topics} | {card.first_name.value}
    return frozenset(texts | ({card.prefers.value} if card.prefers else set()))


def build(history: tuple[ConsentRecord, ...], on: date = TODAY) -> ContactCard | None:
    return build_card(PERSON, DESCRIBED, ConsentGate(history, RULES, on))


def slow_card(history: tuple[ConsentRecord, ...], on: date) -> frozenset[str]:
    """What may stand on the card, by the slow judgement."""

    def ok(purpose: str, topic: str | None = None) -> bool:
        return slow(history, purpose, topic, on) == "valid"

    if not (ok("contact-email") or ok("contact-phone")):
        return frozenset()
    found = {"Mina", "she/her"}
    found |= {"a@example.org"} if ok("contact-email") else set()
    found |= {"07700 900123", "phone"} if ok("contact-phone") else set()
    found |= {"Rahman"} if ok("contact-name") else set()
    found |= {str(DESCRIBED.role)} if ok("contact-role") else set()
    found |= {str(DESCRIBED.workplace)} if ok("contact-organisation") else set()
    found |= {t for t in TERMS if ok("share", t) and slow(history, "match", t, on) != "withdrawn"}
    return frozenset(found)


@given(card_histories, days)
def test_law_a_card_holds_exactly_what_consent_allows(history: tuple[ConsentRecord, ...], on: date) -> None:
    assert on_card(build(history, on)) == slow_card(history, on)


@given(card_histories, days)
def test_law_every_line_of_the_record_rests_on_consent_that_is_valid_that_day(
    history: tuple[ConsentRecord, ...], on: date
) -> None:
    card = build(history, on)
    lines = card.permissions() if card else ()
    assert all(slow(history, line.purpose.value, line.characteristic, on) == "valid" for line in lines)
    days_given = {(r.purpose, r.given, r.wording) for r in history}
    assert all((line.purpose, line.given, line.wording) in days_given for line in lines)


@given(card_histories, st.data())
def test_law_withdrawing_any_consent_never_adds_anything_to_a_card(
    history: tuple[ConsentRecord, ...], data: st.DataObject
) -> None:
    """As the network withdraws: a date on the ruling record of a purpose and characteristic."""
    purpose, topic = data.draw(st.sampled_from(ASKED_OF))
    own = slow_exact(history, purpose.value, topic, TODAY)
    after = tuple(
        replace(each, withdrawn=TODAY) if own and place == own[-1] and each.withdrawn is None else each
        for place, each in enumerate(history)
    )
    assert on_card(build(after)) <= on_card(build(history))


@given(card_histories)
def test_law_when_everything_is_withdrawn_there_is_no_card(history: tuple[ConsentRecord, ...]) -> None:
    assert build(tuple(replace(r, withdrawn=TODAY) for r in history)) is None


@given(histories, st.sampled_from(TERMS), days)
def test_law_a_topic_taken_back_by_itself_stays_so_and_leaves_all_else(
    history: tuple[ConsentRecord, ...], topic: str, on: date
) -> None:
    """What stands on a broader consent is refused by a record of its own, which goes before every broader one."""
    covering = RULES.rule(history, Purpose.MATCH, topic, on).record
    if covering is None:
        return
    own = replace(covering, characteristic=topic, given=max(covering.given, on), withdrawn=on)
    then = (*history, own)
    later = [day for day in NEAR if day >= on]
    wide = replace(own, characteristic=PARENT[topic], given=on, expires=None, withdrawn=None, wording="wide")
    own_later = any(r.characteristic == topic and r.given > on for r in history if r.purpose is Purpose.MATCH)
    if not own_later:
        for day in later:
            assert RULES.rule((*then, wide), Purpose.MATCH, topic, day).standing is Standing.WITHDRAWN
    for day in (day for day in NEAR if day < on):
        assert RULES.rule(then, Purpose.MATCH, topic, day) == RULES.rule(history, Purpose.MATCH, topic, day)
    for other in (each for each in TERMS if topic not in above(each) and each != topic):
        assert RULES.rule(then, Purpose.MATCH, other, on) == RULES.rule(history, Purpose.MATCH, other, on)
