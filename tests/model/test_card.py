"""The contact card: what stands on it with which consent, and nothing without."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from peermatch.model.card import ContactCard, Described, Role, SharedTopic, Workplace, build_card
from peermatch.model.consent import ConsentGate, ConsentRecord, ConsentRules, Purpose
from peermatch.model.people import Channel, Supporter
from tests.networks import ADHD, AMINA, DAY, EXAM, yes

ONE = timedelta(days=1)
RULES = ConsentRules({}, lambda _term: ())
DESCRIBED = Described(
    Role("ST6", "Anaesthetics", "Lancashire"),
    Workplace("Lancashire Teaching Hospitals", "Preston"),
    (SharedTopic(ADHD, "ADHD"), SharedTopic(EXAM, "Exam failure")),
)
EVERYTHING = (
    *(yes(p) for p in Purpose if p.value.startswith("contact-")),
    *(yes(p, topic) for p in (Purpose.MATCH, Purpose.SHARE) for topic in (ADHD, EXAM)),
)


def card(
    consents: Iterable[ConsentRecord],
    person: Supporter = AMINA,
    described: Described = DESCRIBED,
    on: date = DAY,
) -> ContactCard | None:
    return build_card(person, described, ConsentGate(tuple(consents), RULES, on))


def made(
    consents: Iterable[ConsentRecord], person: Supporter = AMINA, described: Described = DESCRIBED
) -> ContactCard:
    built = card(consents, person, described)
    assert built is not None
    return built


def without(*purposes: Purpose) -> tuple[ConsentRecord, ...]:
    return tuple(record for record in EVERYTHING if record.purpose not in purposes)


def test_with_every_consent_everything_stands_on_the_card() -> None:
    whole = made(EVERYTHING)
    assert whole.supporter == "S-0001"
    assert whole.full_name == "Amina Rahman"
    assert whole.pronouns is not None
    assert whole.pronouns.value == "she/her"
    assert whole.role is not None
    assert whole.role.value == DESCRIBED.role
    assert whole.workplace is not None
    assert whole.workplace.value == DESCRIBED.workplace
    assert whole.email is not None
    assert whole.email.value == "amina@example.org"
    assert whole.phone is not None
    assert whole.phone.value == "07700 900123"
    assert whole.prefers is Channel.EMAIL
    assert [t.value.label for t in whole.topics] == ["ADHD", "Exam failure"]


@pytest.mark.parametrize("channel", [Purpose.CONTACT_EMAIL, Purpose.CONTACT_PHONE])
def test_one_channel_is_enough_and_brings_only_itself_with_name_and_pronouns(channel: Purpose) -> None:
    built = made((yes(channel),))
    assert built.first_name.value == "Amina"
    assert built.first_name.purpose is channel
    assert built.pronouns is not None
    assert built.full_name == "Amina"
    assert (built.surname, built.role, built.workplace, built.topics) == (None, None, None, ())
    assert (built.email is not None, built.phone is not None) == (
        channel is Purpose.CONTACT_EMAIL,
        channel is Purpose.CONTACT_PHONE,
    )


def test_without_a_channel_there_is_no_card() -> None:
    assert card(without(Purpose.CONTACT_EMAIL, Purpose.CONTACT_PHONE)) is None
    assert card(()) is None


@pytest.mark.parametrize("empty", [None, "", "  ", "\u202e\n"])
def test_a_channel_needs_a_value_that_can_be_seen(empty: str | None) -> None:
    nobody = replace(AMINA, email=empty, phone=empty)
    assert card(EVERYTHING, nobody) is None
    by_phone = made(EVERYTHING, replace(AMINA, email=empty))
    assert by_phone.email is None
    assert by_phone.prefers is None


def test_a_value_without_consent_and_consent_without_a_value_do_not_add_up() -> None:
    assert card((yes(Purpose.CONTACT_EMAIL),), replace(AMINA, email=None)) is None


@pytest.mark.parametrize("on", [date(2026, 9, 11), date(2027, 9, 11)])
def test_on_a_day_without_valid_consent_there_is_no_card(on: date) -> None:
    assert card(EVERYTHING, on=on) is None


@pytest.mark.parametrize(
    ("purpose", "field"),
    [
        (Purpose.CONTACT_NAME, "surname"),
        (Purpose.CONTACT_ROLE, "role"),
        (Purpose.CONTACT_ORGANISATION, "workplace"),
        (Purpose.CONTACT_EMAIL, "email"),
        (Purpose.CONTACT_PHONE, "phone"),
    ],
)
def test_each_part_needs_its_own_consent(purpose: Purpose, field: str) -> None:
    assert getattr(made(EVERYTHING), field).purpose is purpose
    assert getattr(made(without(purpose)), field) is None


def test_parts_that_hold_nothing_are_left_out() -> None:
    nothing = Described(Role(None, None, None), Workplace(None, None), ())
    built = made(EVERYTHING, replace(AMINA, name="Amina", pronouns=" "), nothing)
    assert (built.role, built.workplace, built.surname, built.pronouns) == (None, None, None, None)
    assert built.full_name == "Amina"


def test_a_name_that_cannot_be_seen_makes_no_card() -> None:
    assert card(EVERYTHING, replace(AMINA, name="\u202e", known_as=None)) is None


@pytest.mark.parametrize(
    ("prefers", "gone", "expected"),
    [
        (Channel.PHONE, None, Channel.PHONE),
        (Channel.PHONE, Purpose.CONTACT_PHONE, None),
        (Channel.EMAIL, Purpose.CONTACT_EMAIL, None),
        (None, None, None),
    ],
)
def test_the_way_they_like_best_is_named_only_when_it_is_on_the_card(
    prefers: Channel | None, gone: Purpose | None, expected: Channel | None
) -> None:
    consents = without(gone) if gone else EVERYTHING
    assert made(consents, replace(AMINA, prefers=prefers)).prefers is expected


def test_topics_need_a_consent_to_share() -> None:
    built = made((*without(Purpose.SHARE), yes(Purpose.SHARE, EXAM)))
    assert [t.value.characteristic for t in built.topics] == [EXAM]


@pytest.mark.parametrize("match", [(), (replace(yes(Purpose.MATCH, ADHD), expires=DAY),)])
def test_a_topic_may_be_shared_though_matching_was_never_agreed_or_has_ended(
    match: tuple[ConsentRecord, ...],
) -> None:
    built = made((*without(Purpose.MATCH), *match))
    assert ADHD in [t.value.characteristic for t in built.topics]


def test_a_topic_whose_match_is_withdrawn_is_unknown_though_it_might_be_shared() -> None:
    gone = replace(yes(Purpose.MATCH, ADHD), withdrawn=DAY)
    built = made((*EVERYTHING, gone))
    assert [t.value.characteristic for t in built.topics] == [EXAM]
    before = made((*EVERYTHING, replace(gone, withdrawn=DAY + ONE)))
    assert [t.value.characteristic for t in before.topics] == [ADHD, EXAM]


def test_what_leaves_stays_on_one_line() -> None:
    bad = replace(
        AMINA,
        name="Amina\r\nBcc: x@example.org Rahman\n",
        known_as="Ami\r\nna",
        email="a@example.org\r\nCc: b",
    )
    built = made(EVERYTHING, bad)
    texts = [built.first_name.value, built.surname and built.surname.value, built.email and built.email.value]
    assert [text for text in texts if text and ("\n" in text or "\r" in text)] == []


def test_the_record_of_what_leaves_names_each_part_with_its_consent() -> None:
    lines = made(EVERYTHING).permissions()
    assert [line.what for line in lines] == [
        "first name and pronouns",
        "surname",
        "grade, specialty and county",
        "organisation and town",
        "e-mail address",
        "phone number",
        "ADHD",
        "Exam failure",
    ]
    assert [line.purpose.value for line in lines] == [
        "contact-email",
        "contact-name",
        "contact-role",
        "contact-organisation",
        "contact-email",
        "contact-phone",
        "share",
        "share",
    ]
    assert [line.characteristic for line in lines] == [None] * 6 + [ADHD, EXAM]
    assert {(line.given, line.wording) for line in lines} == {(date(2026, 9, 12), "2026-1")}


def test_the_record_leaves_out_what_did_not_leave() -> None:
    lines = made((yes(Purpose.CONTACT_PHONE),), replace(AMINA, pronouns=None)).permissions()
    assert [(line.what, line.purpose.value) for line in lines] == [
        ("first name", "contact-phone"),
        ("phone number", "contact-phone"),
    ]
