"""The last look: whatever is wrong with finished bytes, they are held back, and no secret is named."""

import base64
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from peermatch.errors import Refused
from peermatch.exchange.card_check import read_back
from peermatch.exchange.card_files import CardFile
from peermatch.exchange.card_read import read_vcard
from peermatch.exchange.card_secrets import forbidden_strings
from peermatch.model.card import ContactCard
from peermatch.model.enquiry import Requester
from tests.exchange.cards import (
    AMINA,
    ENQUIRY,
    REFERENCE,
    STAMP,
    STATIONERY,
    TO,
    files_of,
    full_card,
    short_card,
)

EML, VCF, HTML = files_of(full_card())
FORBIDDEN = forbidden_strings(AMINA, ENQUIRY, short_card(), REFERENCE)


def check_held_back(files: tuple[CardFile, ...], card: ContactCard, to: str = TO) -> str:
    with pytest.raises(Refused) as refusal:
        read_back(files, card, to, STAMP, STATIONERY, forbidden_strings(AMINA, ENQUIRY, card, REFERENCE))
    said = str(refusal.value)
    assert refusal.value.exit_code == 3
    for secret in FORBIDDEN:
        assert secret not in said
    return said


def changed(file: CardFile, old: bytes, new: bytes) -> CardFile:
    assert old in file.data
    return replace(file, data=file.data.replace(old, new))


def with_body(kind: str, change: Callable[[str], str], card: ContactCard | None = None) -> CardFile:
    """The draft with one of its base64 parts changed."""
    (file,) = files_of(card or full_card(), ("eml",))
    pattern = re.compile(rb"(Content-Type: " + kind.encode() + rb".*?\r\n\r\n)(.*?)(\r\n--)", re.DOTALL)
    found = pattern.search(file.data)
    assert found is not None
    text = change(base64.b64decode(found[2]).decode("utf-8"))
    coded = base64.encodebytes(text.encode("utf-8")).replace(b"\n", b"\r\n")
    return replace(file, data=file.data[: found.start(2)] + coded + file.data[found.end(2) :])


@pytest.mark.parametrize("card", [full_card(), short_card()], ids=["everything", "only the address"])
def test_what_was_permitted_passes(card: ContactCard) -> None:
    forbidden = forbidden_strings(AMINA, ENQUIRY, card, REFERENCE)
    assert forbidden
    read_back(files_of(card), card, TO, STAMP, STATIONERY, forbidden)


@pytest.mark.parametrize(
    "name", ["Amina May", "Will Day", "Hope Young", "Grace Call", "Amina Amina", "An Message"]
)
def test_a_surname_that_is_an_everyday_word_holds_nothing_back(name: str) -> None:
    person = replace(AMINA, name=name, known_as=None)
    card = short_card(person)
    forbidden = forbidden_strings(person, ENQUIRY, card, REFERENCE)
    read_back(files_of(card), card, TO, STAMP, STATIONERY, forbidden)


def test_an_enquirer_of_the_same_name_holds_nothing_back() -> None:
    namesake = replace(ENQUIRY, requester=Requester("Amina Quill", TO))
    card = full_card()
    forbidden = forbidden_strings(AMINA, namesake, card, REFERENCE)
    read_back(files_of(card), card, TO, STAMP, STATIONERY, forbidden)


DRAFTS: dict[str, CardFile] = {
    "another recipient": changed(EML, b"To: trainee.quill", b"To: trainee.quell"),
    "two recipients": changed(EML, b"To: ", b"To: thief@example.org, "),
    "a group of recipients": changed(EML, b"To: trainee.quill@example.org", b"To: all: trainee.quill@example.org;"),
    "a name beside the address": changed(EML, b"To: trainee.quill@example.org", b"To: T <trainee.quill@example.org>"),
    "a blind copy": changed(EML, b"X-Unsent: 1", b"X-Unsent: 1\r\nBcc: thief@example.org"),
    "a sender": changed(EML, b"X-Unsent: 1", b"X-Unsent: 1\r\nFrom: me@example.org"),
    "a subject that speaks": changed(EML, b"Subject: Your message", b"Subject: ADHD support"),
    "another day": changed(EML, b"Date: Fri, 20 Nov", b"Date: Sat, 21 Nov"),
    "another attachment": changed(EML, b'filename="PM-7F3K.vcf"', b'filename="Amina.vcf"'),
    "no attachment": replace(EML, data=EML.data.replace(b"text/directory", b"text/x-vcard")),
    "bare line ends": changed(EML, b"\r\n", b"\n"),
    "eight bit": changed(EML, b"X-Unsent: 1", "X-Unsent: é".encode()),
    "cut off": replace(EML, data=EML.data[: len(EML.data) - 60]),
    "a broken boundary": replace(EML, data=EML.data[:-40] + b"\r\n"),
    "another card inside": with_body("text/directory", lambda vcf: vcf.replace("Amina", "Aminah")),
    "something missing": with_body("text/plain", lambda text: text.replace("+44 7700 900123", "")),
    "the enquirer's name": with_body("text/plain", lambda text: text.replace("Hello,", "Hello Tess,")),
    "the enquirer's other need": with_body("text/plain", lambda text: text + "\r\nYou spoke of failing  an\r\nexam."),
    "an unshared topic": with_body("text/html", lambda page: page.replace("ADHD", "ADHD and Dyslexia")),
    "a script": with_body("text/html", lambda page: page.replace("<main", "<script>1</script><main")),
    "a picture": with_body("text/html", lambda page: page.replace("<h1", '<img src="https://example.org/x.png"><h1')),
    "a comment": with_body("text/html", lambda page: page.replace("<h1", "<!-- Rahmanova --><h1")),
    "an instruction": with_body("text/html", lambda page: page.replace("<h1", "<?php x ?><h1")),
    "a declaration": with_body("text/html", lambda page: page.replace("<h1", "<![CDATA[x]]><h1")),
    "a hidden attribute": with_body("text/html", lambda page: page.replace("<h1", '<h1 data-name="Rahmanova"')),
    "another link": with_body("text/html", lambda page: page.replace("mailto:amina", "mailto:thief")),
    "a fetched style": with_body("text/html", lambda page: page.replace("margin:0", "background:URL(//x)", 1)),
    "another title": with_body("text/html", lambda page: page.replace("<title>Your", "<title>ADHD:")),
    "no main part": with_body("text/html", lambda page: page.replace("<main", "<p").replace("</main", "</p")),
}  # fmt: skip


@pytest.mark.parametrize("file", DRAFTS.values(), ids=DRAFTS)
def test_a_wrong_draft_is_held_back(file: CardFile) -> None:
    check_held_back((file,), full_card())


CARDS: dict[str, CardFile] = {
    "another value": changed(VCF, b"N:Rahmanova;Amina", b"N:Rahmanova;Anima"),
    "a number more": changed(VCF, b"NOTE:", b"TEL;TYPE=CELL,VOICE:07700900999\r\nNOTE:"),
    "a category": changed(VCF, b"NOTE:", b"CATEGORIES:ADHD\r\nNOTE:"),
    "a missing value": replace(VCF, data=re.sub(rb"EMAIL.*?\r\n", b"", VCF.data)),
    "a second card": replace(VCF, data=VCF.data * 2),
    "a parameter that speaks": changed(VCF, b"FN:", b"FN;X-TOPIC=ADHD:"),
    "a byte order mark": replace(VCF, data=b"\xef\xbb\xbf" + VCF.data),
    "not UTF-8": replace(VCF, data=VCF.data + b"\xff"),
    "bare line ends": replace(VCF, data=VCF.data.replace(b"\r\n", b"\n")),
    "a line too long": changed(VCF, b"\r\n ", b""),
    "cut off": replace(VCF, data=VCF.data[:-3]),
    "no colon": changed(VCF, b"UID:", b"UID "),
    "empty": replace(VCF, data=b""),
}


@pytest.mark.parametrize("file", CARDS.values(), ids=CARDS)
def test_a_wrong_contact_is_held_back(file: CardFile) -> None:
    check_held_back((file,), full_card())


PAGES: dict[str, CardFile] = {
    "a topic": changed(HTML, b"Here is how", b"ADHD. Here is how"),
    "the trainee": changed(HTML, b"Here is how to reach", b"Tess, here is how to reach"),
    "an unreadable sign": changed(HTML, b"Rahmanova", b"Rahmanov\xff"),
    "an import": changed(HTML, b"@page", b"@import 'x';@page"),
    "a colon in disguise": changed(HTML, b"@page", b"\\40 page"),
    "two headings": changed(HTML, b"<p>", b"<h1></h1><p>"),
}


@pytest.mark.parametrize("file", PAGES.values(), ids=PAGES)
def test_a_wrong_page_is_held_back(file: CardFile) -> None:
    check_held_back((file,), full_card())


NAMES = ["PM-7F3K-Amina.vcf", "../PM-7F3K.vcf", "PM-7F3J.vcf", "CON", "PM-7F3K.vcf.", "pm-7f3k.vcf"]


@pytest.mark.parametrize("name", NAMES)
def test_another_file_name_is_held_back(name: str) -> None:
    check_held_back((replace(VCF, name=name),), full_card())


def test_an_unknown_format_or_the_same_file_twice_is_held_back() -> None:
    check_held_back((replace(VCF, format="docx", name="PM-7F3K.docx"),), full_card())
    check_held_back((VCF, VCF), full_card())


LEAKS = {
    "the surname": "Rahmanova",
    "the surname in capitals": "AMINA RAHMANOVA",
    "the number": "+44 7700 900123",
    "the number without its country": "07700 900123",
    "the number in other groups": "(0)7700-900.123",
    "a second address": "home.amina@example.org",
    "the place": "Chorley",
    "the organisation": "lancashire teaching hospitals nhs foundation trust",
    "its short name": "LTHTR",
    "the specialty": "Anaesthetics",
    "the grade": "ST6",
    "the area": "Lancashire and South Cumbria",
    "a topic that is matched only": "ADHD",
    "a topic of another life": "Depression",
    "the notes": "Rides a yellow motorbike.",
    "the id": "S-0001",
    "the reference": "E-0142",
    "the trainer": "trainer@example.org",
    "the enquirer": "Quill",
    "the enquirer's number": "07700900456",
    "the enquirer's wish": "only after dark",
    "the enquirer's trust": "Manchester University NHS Foundation Trust",
    "what was done": "rang her sister",
}


@pytest.mark.parametrize("leak", LEAKS.values(), ids=LEAKS)
@pytest.mark.parametrize("kind", ["text/plain", "text/html"])
def test_what_must_stay_is_found_wherever_it_stands(kind: str, leak: str) -> None:
    file = with_body(
        kind,
        lambda text: text.replace("reason.", f"reason. {leak}", 1),
        short_card(),
    )
    assert "must stay here" in check_held_back((file,), short_card())


def test_a_card_is_held_back_that_says_more_than_today_is_permitted() -> None:
    for file in files_of(full_card()):
        check_held_back((file,), short_card())


def test_the_address_is_compared_as_it_travels() -> None:
    card = short_card()
    forbidden = forbidden_strings(AMINA, ENQUIRY, card, REFERENCE)
    (file,) = files_of(card, ("eml",))
    file = changed(file, b"trainee.quill@example.org", b"trainee.quill@xn--bcher-kva.example")
    read_back((file,), card, "Trainee.Quill@B\u00fccher.example", STAMP, STATIONERY, forbidden)
    check_held_back((file,), card, "trainee.quill@b\u00fccher..example")


def test_escapes_of_another_writer_are_undone() -> None:
    found = read_vcard(b"NOTE:a\\nb\\Nc\\,d\\;e\\\\;f\r\n")
    assert found is not None
    assert found[0].parts == ("a\nb\nc,d;e\\", "f")


def test_permitted_values_are_not_forbidden() -> None:
    everything = forbidden_strings(AMINA, ENQUIRY, full_card(), REFERENCE)
    assert not {"Rahmanova", "Amina", "amina.r@example.org", "+44 7700 900123", "Chorley", "ADHD"} & set(
        everything
    )
    assert {
        "Dyslexia",
        "Depression",
        "home.amina@example.org",
        TO,
        "Tess",
        "Quill",
        "Failing an exam",
    } <= set(everything)


def test_somebody_of_whom_little_is_known_has_few_secrets() -> None:
    person = replace(
        AMINA, grade=None, specialty=None, organisation=None, place=None, relations=(), known_as=None
    )
    enquiry = replace(ENQUIRY, organisation=None, requester=Requester())
    forbidden = forbidden_strings(person, enquiry, short_card(person), REFERENCE)
    assert "" not in forbidden
    assert {"Rahmanova", "Dyslexia"} <= set(forbidden)
