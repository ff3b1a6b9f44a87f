"""The finished files as other programs read them: the standard library for e-mail, vobject for contacts."""

import email
import re
import string
from dataclasses import replace
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from peermatch.errors import BadInput
from peermatch.exchange.card_files import USUAL_FORMATS, meaningless_code
from peermatch.exchange.card_vcf import vcard
from peermatch.model.card import ContactCard
from peermatch.model.consent import Purpose
from peermatch.model.people import Channel, Supporter
from peermatch.model.text import one_line
from tests.exchange.cards import AMINA, STAMP, TO, card_of, files_of, full_card, short_card, with_consents

NASTY = {
    "separators": "Ann; Marie, de\\la Cruz",
    "line ends": "Ann\r\nBcc: thief@example.org\r\n\r\nX",
    "unicode line ends": "Ann\u2028Bcc: thief@example.org\u0085X",
    "controls": "An\x00n\x07 \x1bLee\x7f",
    "right to left": "\u202eevE \u05d3\u05e0\u05d4",
    "emoji": "👩‍⚕️ Lee 🩺",
    "combining": "Zoe\u0308 \u0301\u0301Lee",
    "formula": "=HYPERLINK(1) +1-1@x",
    "markup": "<script>alert(1)</script> & <b>Lee</b>",
    "fields": "{surname} {0} %s Lee",
    "vcard": "Lee\\nEND:VCARD\\nBEGIN:VCARD",
    "very long": "Wolfeschlegel" * 800,
    "long and not ASCII": "Ünïcödé🩺" * 900,
}  # fmt: skip


def shown(text: str) -> str:
    """A value as it may be written: on one line, without what nobody can see."""
    return one_line(text)


def draft_of(card: ContactCard) -> EmailMessage:
    (file,) = files_of(card, ("eml",))
    return email.message_from_bytes(file.data, policy=default)


def contact_of(data: bytes) -> vobject.base.Component:
    contacts = list(vobject.readComponents(data.decode("utf-8")))
    assert len(contacts) == 1
    return contacts[0]


class Reader(HTMLParser):
    """All tags and words of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_names_of_files_say_nothing() -> None:
    assert [file.name for file in files_of(full_card())] == ["PM-7F3K.eml", "PM-7F3K.vcf", "PM-7F3K.html"]
    assert [file.format for file in files_of(full_card(), ("vcf", "vcf"))] == ["vcf"]


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(BadInput, match="no card format docx"):
        files_of(full_card(), ("eml", "docx"))


def test_the_same_card_gives_the_same_bytes() -> None:
    assert files_of(full_card()) == files_of(full_card())


def test_the_draft_follows_the_recipe() -> None:
    (file,) = files_of(full_card(), ("eml",))
    assert file.data.isascii()
    assert file.data.count(b"\n") == file.data.count(b"\r\n")
    message = draft_of(full_card())
    assert sorted(message.keys()) == [
        "Content-Type", "Date", "MIME-Version", "Subject", "To", "X-Uniform-Type-Identifier", "X-Unsent",
    ]  # fmt: skip
    assert (message["To"], message["Subject"], message["X-Unsent"]) == (TO, "Your message PM-7F3K", "1")
    assert message["Date"].datetime == STAMP.sent
    parts = list(message.walk())
    assert [part.get_content_type() for part in parts] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/directory",
    ]  # fmt: skip
    assert {part["Content-Transfer-Encoding"] for part in parts[2:]} == {"base64"}
    assert (parts[4].get_params() or [])[1:] == [("profile", "vCard"), ("charset", "utf-8")]
    assert parts[4].get_filename() == "PM-7F3K.vcf"
    assert parts[4].get_payload(decode=True) == files_of(full_card(), ("vcf",))[0].data


def test_the_letter_is_complete_in_plain_text_and_as_a_page() -> None:
    message = draft_of(full_card())
    plain = message.get_body(("plain",))
    html = message.get_body(("html",))
    assert plain is not None
    assert html is not None
    page = " ".join(" ".join(Reader(html.get_content()).words).split())
    for text in (" ".join(plain.get_content().split()), page):
        for said in (
            "Amina Rahmanova", "she/her", "amina.r@example.org", "+44 7700 900123", "Prefers e-mail",
            "Specialty trainee year 6, Anaesthetics, Lancashire and South Cumbria", "ADHD", "Chorley",
            "What you tell each other stays between you", "just say so", "Samaritans: 116 123",
        ):  # fmt: skip
            assert said in text
        assert "Failing an exam" not in text
        assert "Dyslexia" not in text
        assert "Quill" not in text


def test_a_short_card_says_the_first_name_and_the_address_alone() -> None:
    plain = draft_of(short_card()).get_body(("plain",))
    assert plain is not None
    assert (
        "\nAmina (she/her)\nE-mail: amina.r@example.org\nPrefers e-mail\n\nPlease get"
        in plain.get_content().replace("\r\n", "\n")
    )


def test_topics_stand_only_in_the_words_of_the_letter() -> None:
    _, vcf, html = files_of(full_card())
    assert b"ADHD" not in vcf.data + html.data
    assert "ADHD" not in draft_of(full_card())["Subject"]


def test_the_page_stands_alone_and_can_be_read_by_everybody() -> None:
    (file,) = files_of(full_card(), ("html",))
    text = file.data.decode("utf-8")
    page = Reader(text)
    assert text.startswith('<!DOCTYPE html>\n<html lang="en-GB">')
    assert (page.tags.count("main"), page.tags.count("h1"), page.tags.count("h2")) == (1, 1, 1)
    assert "<title>Your message PM-7F3K</title>" in text
    assert not {"script", "img", "link", "iframe", "table"} & set(page.tags)
    assert re.findall(r"(?:src|url|@import|https?:)", text) == []
    assert re.findall(r'href="([^"]*)"', text) == ["mailto:amina.r@example.org", "tel:+447700900123"]


def test_a_contact_is_read_whole_by_another_program() -> None:
    contact = contact_of(vcard(full_card(), STAMP.uid, STAMP.sent))
    assert contact.version.value == "3.0"
    assert (contact.n.value.family, contact.n.value.given) == ("Rahmanova", "Amina")
    assert contact.fn.value == "Amina Rahmanova"
    assert contact.org.value == ["Lancashire Teaching Hospitals NHS Foundation Trust"]
    assert contact.title.value == "Specialty trainee year 6, Anaesthetics"
    assert (contact.email.value, contact.email.params) == (
        "amina.r@example.org",
        {"TYPE": ["INTERNET", "PREF"]},
    )
    assert (contact.tel.value, contact.tel.params) == ("+44 7700 900123", {"TYPE": ["CELL", "VOICE"]})
    assert contact.note.value == "\n".join(
        ("Pronouns: she/her", "Prefers e-mail", "Works in Chorley", "Area: Lancashire and South Cumbria")
    )
    assert (contact.rev.value, contact.uid.value) == ("2026-11-20T18:30:00Z", STAMP.uid)
    assert set(contact.contents) == {
        "n", "fn", "org", "title", "email", "tel", "note", "rev", "uid", "version",
    }  # fmt: skip


def test_who_prefers_the_phone_is_rung_first() -> None:
    contact = contact_of(vcard(full_card(replace(AMINA, prefers=Channel.PHONE)), STAMP.uid, STAMP.sent))
    assert contact.tel.params == {"TYPE": ["CELL", "VOICE", "PREF"]}
    assert contact.email.params == {"TYPE": ["INTERNET"]}
    assert "Prefers the phone" in contact.note.value


def test_a_contact_without_anything_more_has_no_empty_lines() -> None:
    data = vcard(short_card(replace(AMINA, pronouns=None, prefers=None)), STAMP.uid, STAMP.sent)
    assert [line.split(b":")[0] for line in data.split(b"\r\n") if line] == [
        b"BEGIN", b"VERSION", b"N", b"FN", b"EMAIL;TYPE=INTERNET,PREF", b"REV", b"UID", b"END",
    ]  # fmt: skip


def check_bytes(data: bytes) -> None:
    """What every address book needs: UTF-8 without mark, CRLF, short lines, no broken character."""
    data.decode("utf-8")
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r") == data.count(b"\r\n")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")


@pytest.mark.parametrize("name", NASTY.values(), ids=NASTY)
def test_hostile_names_stay_values(name: str) -> None:
    person = replace(AMINA, name=f"Jo {name}", known_as="Jo", pronouns=name, place=name)
    card = full_card(person)
    data = vcard(card, STAMP.uid, STAMP.sent)
    check_bytes(data)
    contact = contact_of(data)
    assert contact.n.value.family == shown(name)
    assert contact.fn.value == f"Jo {shown(name)}"
    assert contact.note.value.split("\n")[0] == f"Pronouns: {shown(name)}"
    assert set(contact.contents) == {
        "n",
        "fn",
        "org",
        "title",
        "email",
        "tel",
        "note",
        "rev",
        "uid",
        "version",
    }
    message = draft_of(card)
    assert sorted(message.keys())[:5] == ["Content-Type", "Date", "MIME-Version", "Subject", "To"]
    assert len(message.keys()) == 7
    html = message.get_body(("html",))
    assert html is not None
    page = Reader(html.get_content())
    assert not {"script", "b"} & set(page.tags)
    assert shown(f"Jo {name}") in "".join(page.words)


def test_a_name_that_nobody_can_see_makes_no_card() -> None:
    unseen = replace(AMINA, name="\u200b\u202e", known_as=None)
    assert card_of(with_consents(unseen, (Purpose.CONTACT_EMAIL,))) is None


@given(
    name=st.text(st.characters(codec="utf-8"), min_size=1, max_size=60),
    pronouns=st.none() | st.text(st.characters(codec="utf-8"), max_size=30),
)
def test_any_text_is_one_property_of_one_contact(name: str, pronouns: str | None) -> None:
    person: Supporter = replace(AMINA, name=f"Jo {name}", known_as="Jo", pronouns=pronouns)
    data = vcard(full_card(person), STAMP.uid, STAMP.sent)
    check_bytes(data)
    contact = contact_of(data)
    assert contact.n.value.family == shown(name)
    assert set(contact.contents) <= {
        "n", "fn", "org", "title", "email", "tel", "note", "rev", "uid", "version",
    }  # fmt: skip


@given(random_bytes=st.binary(min_size=4, max_size=32))
def test_a_code_is_four_signs_that_cannot_be_mistaken(random_bytes: bytes) -> None:
    code = meaningless_code(random_bytes)
    assert re.fullmatch(r"[2-9BCDFGHJKMNPQRSTVWXZ]{4}", code)


def test_every_code_can_come() -> None:
    codes = {meaningless_code(bytes([number % 256, number // 256])) for number in range(65_536)}
    assert {sign for code in codes for sign in code} == set("23456789BCDFGHJKMNPQRSTVWXZ")
    assert not {sign for code in codes for sign in code} & set("01OIL" + "AEIOUY" + string.ascii_lowercase)


def test_the_formats_are_those_that_can_be_written() -> None:
    assert tuple(file.format for file in files_of(full_card(), USUAL_FORMATS)) == USUAL_FORMATS
