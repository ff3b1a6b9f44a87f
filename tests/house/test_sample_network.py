"""The sample network: whole, invented, and rich enough that every gate and rule can be seen in it."""

import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from peermatch.exchange.portable import dump_network, parse_network
from peermatch.mail.reading import read_letter
from peermatch.matching.engine import match
from peermatch.matching.register import Register
from peermatch.model.enquiry import (
    Enquiry,
    Exclusions,
    GradeWish,
    Importance,
    Need,
    PlaceWish,
    Preferences,
    Requester,
    SpecialtyWish,
)
from peermatch.model.letter import PartKind
from peermatch.model.people import Channel
from peermatch.model.reference import FILES, Reference
from peermatch.model.verdict import Code, Shortlist

RESOURCES = Path(__file__).parents[2] / "resources"
SAMPLE = RESOURCES / "sample"
LETTERS = sorted((SAMPLE / "letters").glob("*.eml"))
DAY = date(2026, 11, 20)
LATER = (DAY, date(2026, 11, 22), date(2026, 12, 24), date(2027, 6, 30), date(2027, 9, 1))
RAW = (SAMPLE / "network.json").read_bytes()
PLAIN = Reference.parse({name: (RESOURCES / f"vocabulary/{name}.toml").read_text("utf-8") for name in FILES})
NETWORK = parse_network(RAW, PLAIN)
REFERENCE = replace(PLAIN, vocabulary=PLAIN.vocabulary.extended(NETWORK.vocabulary))
REGISTER = Register.build(
    REFERENCE, NETWORK.supporters, NETWORK.introductions, NETWORK.barred, NETWORK.wordings or ()
)
HERO = Enquiry(
    reference="E-0142",
    received=date(2026, 11, 19),
    requester=Requester(name="Kit Marsden", email="kit.marsden@example.org"),
    grade="st4",
    specialty="general-psychiatry",
    needs=(
        Need("neuro.adhd", Importance.ESSENTIAL),
        Need("training.progress.exam-failure", Importance.HELPFUL),
        Need("training.ltft", Importance.HELPFUL),
    ),
    preferences=Preferences(contact=Channel.EMAIL),
    exclusions=Exclusions(organisations=("pennine-care",)),
)


def shortlists() -> Iterator[Shortlist]:
    """The answers for the letter of the demonstration and for every enquiry that is held."""
    return (match(REGISTER, enquiry, DAY) for enquiry in (HERO, *NETWORK.enquiries))


def texts(value: object) -> Iterator[str]:
    """Every text that stands anywhere in the portable file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


def test_it_goes_out_as_it_came_in() -> None:
    assert dump_network(NETWORK) == RAW


def test_it_has_sixty_supporters_and_twelve_letters() -> None:
    assert len(NETWORK.supporters) == 60
    assert len(LETTERS) == 12
    assert NETWORK.name == "North West peer support (sample)"
    assert NETWORK.controller == "The Example Deanery"


def test_addresses_and_numbers_belong_to_nobody() -> None:
    """Example domains of RFC 2606, and the numbers that Ofcom keeps for drama."""
    written = [*texts(json.loads(RAW))]
    for raw in (path.read_bytes() for path in LETTERS):
        written += [raw.decode("latin-1").replace("=\r\n", ""), read_letter(raw).text]
    for text in written:
        for domain in re.findall(r"@([\w.-]+\w)", text):
            assert domain == "example.org" or domain.endswith(".example"), domain
        for number in re.findall(r"\b0[1-9][\d ]{8,}\d", text):
            assert re.fullmatch(r"07700 900\d{3}", number), number


@pytest.mark.parametrize("on", LATER)
def test_it_is_alive_on_any_later_day(on: date) -> None:
    found = match(REGISTER, HERO, on)
    assert found.suggested[0].supporter == "S-0001"
    assert len(found.suggested) >= 5


def test_the_first_letter_can_be_answered_by_six_and_amina_comes_first() -> None:
    found = match(REGISTER, HERO, DAY)
    names = {person.id: person.name for person in NETWORK.supporters}
    assert [names[each.supporter].split()[0] for each in found.suggested] == [
        "Amina",
        "Thomas",
        "Priya",
        "Marcus",
        "Gareth",
        "Jo",
    ]
    assert not found.ambiguous
    scores = [each.score for each in found.suggested]
    assert all(one - two > 0.02 for one, two in itertools.pairwise(scores))
    assert len({refusal.code for refusal in found.refused}) >= 11


def test_every_gate_refuses_somebody() -> None:
    assert {refusal.code for shortlist in shortlists() for refusal in shortlist.refused} == set(Code)


def test_every_rule_is_asked_for() -> None:
    wishes = [enquiry.preferences for enquiry in NETWORK.enquiries]
    assert {wish.specialty for wish in wishes} == set(SpecialtyWish)
    assert {wish.grade for wish in wishes} == set(GradeWish)
    assert {wish.place for wish in wishes} == set(PlaceWish)
    assert {wish.contact for wish in wishes} == {None, *Channel}
    assert any(wish.language for wish in wishes)
    assert any(shortlist.ambiguous for shortlist in shortlists())
    assert any(each.rare for shortlist in shortlists() for each in shortlist.suggested)
    assert any(enquiry.held for enquiry in NETWORK.enquiries)
    assert any(enquiry.risk and not enquiry.held for enquiry in NETWORK.enquiries)
    assert any(enquiry.choice for enquiry in NETWORK.enquiries)


def test_consent_stands_in_every_way() -> None:
    records = [record for person in NETWORK.supporters for record in person.consents]
    soon = [r for r in records if r.expires and DAY < r.expires <= DAY + timedelta(days=30)]
    assert len(soon) >= 6
    assert any(r.withdrawn for r in records)
    assert any(r.expires and r.expires <= DAY for r in records)
    assert any(r.expires is None for r in records)
    assert any(r.given > DAY for r in records), "not yet in force"
    wide = {wording.id for wording in NETWORK.wordings or () if wording.covers_narrower}
    assert any(r.wording in wide for r in records)
    listed = [(p, c) for p in NETWORK.supporters for c in p.characteristics]
    assert any(not any(r.characteristic == c for r in p.consents) for p, c in listed), "never given"


def test_people_and_introductions_are_of_many_kinds() -> None:
    assert {person.status for person in NETWORK.supporters} == set(type(NETWORK.supporters[0].status))
    assert {i.state for i in NETWORK.introductions} == set(type(NETWORK.introductions[0].state))
    languages = Counter(tag for person in NETWORK.supporters for tag in person.languages)
    assert languages["bfi"] >= 2
    assert len(languages) >= 20
    assert len({person.pronouns for person in NETWORK.supporters}) >= 3
    assert any(not person.name.isascii() for person in NETWORK.supporters)
    assert len({person.name for person in NETWORK.supporters}) == 60


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_every_letter_is_whole(path: Path) -> None:
    raw = path.read_bytes()
    message = message_from_bytes(raw, policy=policy.default)
    assert not [part.defects for part in message.walk() if part.defects]
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    letter = read_letter(raw)
    assert letter.sent is not None
    assert letter.sent <= DAY
    assert letter.sender_address
    assert len(letter.own_text) > 150
    assert "\ufffd" not in letter.text


def test_the_letters_have_the_shapes_of_real_ones() -> None:
    shapes = " ".join(path.read_bytes().decode("latin-1").lower() for path in LETTERS)
    for sign in (
        "base64",
        "quoted-printable",
        "windows-1252",
        "text/html",
        "multipart/mixed",
        "format=flowed",
    ):
        assert sign in shapes, sign
    assert any(b"MIME-Version" not in path.read_bytes() for path in LETTERS)
    quoted = [
        p for path in LETTERS for p in read_letter(path.read_bytes()).parts if p.kind is PartKind.QUOTED
    ]
    assert len(quoted) >= 2


def test_no_letter_repeats_one_that_is_kept() -> None:
    kept = {enquiry.requester.email for enquiry in NETWORK.enquiries}
    assert not kept & {read_letter(path.read_bytes()).sender_address for path in LETTERS}
