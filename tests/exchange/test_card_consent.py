"""The law of the card: whatever somebody agreed to, nothing else of them leaves, and nothing of the enquirer."""

import email
import html
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from email.policy import default
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch.exchange.card_check import read_back
from peermatch.exchange.card_files import CardFile
from peermatch.exchange.card_secrets import forbidden_strings
from peermatch.model.consent import ConsentRecord, Method, Purpose
from peermatch.model.people import Supporter
from tests.exchange.cards import (
    AMINA,
    ENQUIRY,
    EVERY_CONTACT,
    REFERENCE,
    STAMP,
    STATIONERY,
    TO,
    card_of,
    files_of,
    with_consents,
)

# What each consent lets out of Amina's record; everything here is found by its exact words.
LETS_OUT: Mapping[Purpose, tuple[str, ...]] = {
    Purpose.CONTACT_EMAIL: ("amina.r@example.org",),
    Purpose.CONTACT_PHONE: ("7700 900123",),
    Purpose.CONTACT_NAME: ("Rahmanova",),
    Purpose.CONTACT_ROLE: ("Specialty trainee year 6", "Anaesthetics", "Lancashire and South Cumbria"),
    Purpose.CONTACT_ORGANISATION: ("Lancashire Teaching Hospitals", "Chorley"),
}
NEVER = (
    "S-0001", "home.amina", "trainer@example.org", "Dyslexia", "Depression", "motorbike", "Quill", "Tess",
    "trainee.quill", "tess@", "900456", "after dark", "Manchester University", "Failing an exam", "sister", "E-0142",
)  # fmt: skip


def everything_in(file: CardFile) -> str:
    """All that somebody could read in a file, decoded by the standard library alone; the address line apart."""
    if file.format != "eml":
        text = file.data.decode("utf-8").replace("\r\n ", "").replace("\\,", ",")
        return html.unescape(text)
    message = email.message_from_bytes(file.data, policy=default)
    parts = [part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()]
    bodies = "\n".join(part.decode("utf-8") for part in parts if isinstance(part, bytes))
    headers = "\n".join(f"{name}: {value}" for name, value in message.items() if name != "To")
    return html.unescape(f"{headers}\n{bodies}".replace("\r\n ", "").replace("\\,", ","))


def check_says_only(person: Supporter, allowed: set[Purpose], *, named: bool) -> None:
    """The card of this person holds what is allowed, all of it, and nothing besides."""
    card = card_of(person)
    if not allowed & {Purpose.CONTACT_EMAIL, Purpose.CONTACT_PHONE}:
        assert card is None
        return
    assert card is not None
    files = files_of(card)
    for file in files:
        text = everything_in(file)
        for purpose, values in LETS_OUT.items():
            for value in values:
                assert (value in text) is (purpose in allowed), (file.name, value)
        assert ("ADHD" in text) is (named and file.format == "eml"), file.name
        assert [each for each in NEVER if each in text] == []
    read_back(files, card, TO, STAMP, STATIONERY, forbidden_strings(person, ENQUIRY, card, REFERENCE))


SUBSETS = [set(some) for size in range(6) for some in combinations(EVERY_CONTACT, size)]


@pytest.mark.parametrize("allowed", SUBSETS, ids=lambda some: "+".join(sorted(some)) or "nothing")
def test_each_consent_lets_out_its_own_words_alone(allowed: set[Purpose]) -> None:
    for shared in ((), AMINA.characteristics):
        check_says_only(with_consents(AMINA, allowed, shared), allowed, named=bool(shared))


records = st.builds(
    ConsentRecord,
    purpose=st.sampled_from(Purpose),
    characteristic=st.sampled_from((None, *AMINA.characteristics, "training.progress.exam-failure", "neuro")),
    given=st.dates(date(2026, 11, 17), date(2026, 11, 22)),
    expires=st.none() | st.dates(date(2026, 11, 18), date(2026, 11, 23)),
    withdrawn=st.none() | st.dates(date(2026, 11, 18), date(2026, 11, 23)),
    method=st.just(Method.FORM),
    wording=st.just("2026-1"),
)
today = date(2026, 11, 20)


def valid(consents: list[ConsentRecord], purpose: Purpose, characteristic: str | None) -> bool:
    """The rule of the design, written again: of those given up to today the last one rules, alone."""
    standing = sorted(
        (
            r
            for r in consents
            if r.purpose == purpose and r.characteristic == characteristic and r.given <= today
        ),
        key=lambda r: r.given,
    )
    if not standing:
        return False
    last = standing[-1]
    withdrawn = last.withdrawn is not None and last.withdrawn <= today
    return not withdrawn and not (last.expires is not None and today >= last.expires)


def match_withdrawn(consents: list[ConsentRecord]) -> bool:
    """Whether the last word on being matched by ADHD is a withdrawal."""
    standing = sorted(
        (
            r
            for r in consents
            if r.purpose is Purpose.MATCH and r.characteristic == "neuro.adhd" and r.given <= today
        ),
        key=lambda r: r.given,
    )
    return bool(standing) and standing[-1].withdrawn is not None and standing[-1].withdrawn <= today


@given(consents=st.lists(records, max_size=25), phone_first=st.booleans())
def test_no_history_of_consent_lets_out_more(consents: list[ConsentRecord], phone_first: bool) -> None:
    if phone_first:
        consents = [
            *consents,
            replace(with_consents(AMINA, (Purpose.CONTACT_PHONE,)).consents[0], given=today),
        ]
    person = replace(AMINA, consents=tuple(consents))
    allowed = {purpose for purpose in LETS_OUT if valid(consents, purpose, None)}
    named = valid(consents, Purpose.SHARE, "neuro.adhd") and not match_withdrawn(consents)
    check_says_only(person, allowed, named=named)


secret_words = st.from_regex(r"[Zz][a-z]{5,9}", fullmatch=True)


@given(
    surname=secret_words,
    place=secret_words,
    phone=st.from_regex(r"07[0-9]{9}", fullmatch=True),
    notes=secret_words,
)
def test_no_secret_word_leaves_without_its_consent(surname: str, place: str, phone: str, notes: str) -> None:
    person = replace(AMINA, name=f"Amina {surname}", place=place, phone=phone, notes=notes)
    person = with_consents(person, (Purpose.CONTACT_EMAIL,))
    card = card_of(person)
    assert card is not None
    for file in files_of(card):
        text = everything_in(file).casefold()
        words = set(re.findall(r"\w+", text))
        assert not {surname.casefold(), place.casefold(), notes.casefold(), phone} & words
