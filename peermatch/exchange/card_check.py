"""The last look before a card leaves: the finished bytes are read back and compared with what was permitted."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC
from email import message_from_bytes
from email.headerregistry import AddressHeader
from email.message import EmailMessage
from email.policy import SMTP

from peermatch.errors import Refused
from peermatch.exchange.card_files import (
    CARD_FORMATS,
    CardFile,
    Stamp,
    Stationery,
    card_page,
    file_name,
    introduction,
)
from peermatch.exchange.card_html import mail_link, phone_link
from peermatch.exchange.card_read import Page, read_page, read_vcard
from peermatch.exchange.card_text import CardWords, subject_for, words_of
from peermatch.exchange.card_vcf import note_lines
from peermatch.model.card import ContactCard
from peermatch.model.leaks import leaked

_HEADERS = [
    "Content-Type",
    "Date",
    "MIME-Version",
    "Subject",
    "To",
    "X-Uniform-Type-Identifier",
    "X-Unsent",
]
_PARTS = ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/directory"]
_ELEMENTS = frozenset(
    (
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "h1",
        "h2",
        "section",
        "p",
        "br",
        "ul",
        "li",
        "a",
    )
)
_ATTRIBUTES = frozenset(
    (("html", "lang"), ("meta", "charset"), ("meta", "name"), ("meta", "content"), ("a", "href"))
)
_PARAMETERS = frozenset(
    ("CHARSET=UTF-8", "TYPE=INTERNET,PREF", "TYPE=INTERNET", "TYPE=CELL,VOICE,PREF", "TYPE=CELL,VOICE")
)
# A sign that is in no letter: it stands for every value when the fixed words of a letter are counted.
_BLANK = "\u2022"


def read_back(
    files: Sequence[CardFile],
    card: ContactCard,
    recipient: str,
    stamp: Stamp,
    stationery: Stationery,
    forbidden: Collection[str],
) -> None:
    """Refuse a hand-over whose finished files say anything else than what consent permits, to anybody else.

    The sentence names no secret. What is compared is read from the bytes anew, by another parser than wrote them.
    """
    words = words_of(card)
    _insist(
        [file.name for file in files] == _names(files, stamp),
        "the names of the files are not as they should be",
    )
    for file in files:
        if file.format == "eml":
            _check_draft(file.data, words, recipient, stamp, stationery, forbidden)
        elif file.format == "vcf":
            _check_vcard(file.data, words, stamp, forbidden)
        else:
            page = _check_page(file.data.decode("utf-8", "replace"), words, stamp)
            fixed = read_page(card_page(_blank(words), stamp.code, stationery)).text
            _check_words(page.text, _contact(words), (*forbidden, *words.topics), fixed)


def _insist(right: bool, wrong: str) -> None:
    if not right:
        raise Refused(
            f"The finished card was checked and held back: {wrong}.",
            "Nothing left this computer. Please tell the people who look after PeerMatch.",
        )


def _names(files: Sequence[CardFile], stamp: Stamp) -> list[str]:
    formats = dict.fromkeys(file.format for file in files)
    return [file_name(stamp.code, format) for format in formats if format in CARD_FORMATS]


def _contact(words: CardWords) -> tuple[str, ...]:
    """Everything that may leave but the topics, which stand in the words of the e-mail alone."""
    return replace(words, topics=()).values


def _blank(words: CardWords) -> CardWords:
    """A card of nobody, to see which words stand in every letter of this shape."""
    b = _BLANK
    return CardWords(b, b, b, b, b, b, b, b, b, b, prefers=words.prefers, topics=(b,))


def _check_draft(
    data: bytes,
    words: CardWords,
    recipient: str,
    stamp: Stamp,
    stationery: Stationery,
    forbidden: Collection[str],
) -> None:
    _insist(data.isascii() and not data.replace(b"\r\n", b"").count(b"\n"), "the letter is not plain e-mail")
    message = message_from_bytes(data, policy=SMTP)
    parts = list(message.walk())
    _insist(
        [part.get_content_type() for part in parts] == _PARTS, "the letter has other parts than it should"
    )
    _insist(not any(part.defects for part in parts), "the letter is not well formed")
    _check_headers(message, recipient, stamp)
    _, _, plain, html, attached = parts
    _insist(attached.get_filename() == file_name(stamp.code, "vcf"), "the attachment has another name")
    payload = attached.get_payload(decode=True)
    _check_vcard(payload if isinstance(payload, bytes) else b"", words, stamp, forbidden)
    fixed_plain, fixed_html = introduction(_blank(words), stamp.code, stationery)
    _check_words(plain.get_content(), words.values, forbidden, fixed_plain)
    page = _check_page(html.get_content(), words, stamp)
    _check_words(page.text, words.values, forbidden, read_page(fixed_html).text)


def _check_headers(message: EmailMessage, recipient: str, stamp: Stamp) -> None:
    _insist(sorted(message.keys()) == _HEADERS, "the letter has other headers than it should")
    to = message["To"]
    one = isinstance(to, AddressHeader) and str(to) == to.addresses[0].addr_spec
    _insist(
        one and _plain(to.addresses[0].addr_spec) == _plain(recipient), "it is not for the one right person"
    )
    _insist(message["Subject"] == subject_for(stamp.code), "the subject is another")
    _insist(message["Date"].datetime == stamp.sent.replace(microsecond=0), "the date is another")


def _plain(address: str) -> str:
    """An address without case, its domain as it travels (IDNA)."""
    local, _, domain = address.strip().casefold().rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return f"{local}@{domain}"


def _check_words(text: str, permitted: tuple[str, ...], forbidden: Collection[str], fixed: str) -> None:
    """One body: all that is permitted is there, and nothing that must stay."""
    seen = " ".join(text.split())
    _insist(all(" ".join(value.split()) in seen for value in permitted), "something is missing from it")
    _insist(not leaked(text, forbidden, permitted, fixed), "it holds something that must stay here")


def _check_vcard(data: bytes, words: CardWords, stamp: Stamp, forbidden: Collection[str]) -> None:
    found = read_vcard(data) or ()
    _insist(
        [(each.name, each.parts) for each in found] == list(_expected(words, stamp)), "its values are others"
    )
    _insist(
        all(each.parameters <= _PARAMETERS for each in found), "the contact card is marked up in another way"
    )
    text = " | ".join(part for each in found for part in each.parts)
    fixed = "\n".join(("VCARD", *note_lines(_blank(words))))
    _check_words(text, _contact(words), (*forbidden, *words.topics), fixed)


def _expected(words: CardWords, stamp: Stamp) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The properties that a card of these words has, and no others."""
    yield "BEGIN", ("VCARD",)
    yield "VERSION", ("3.0",)
    yield "N", (words.surname, words.first_name, "", "", "")
    plain = (
        ("FN", words.full_name),
        ("ORG", words.organisation),
        ("TITLE", words.role),
        ("EMAIL", words.email),
        ("TEL", words.phone),
        ("NOTE", "\n".join(note_lines(words))),
    )
    yield from ((name, (value,)) for name, value in plain if value)
    yield "REV", (stamp.sent.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),)
    yield "UID", (stamp.uid,)
    yield "END", ("VCARD",)


def _check_page(html: str, words: CardWords, stamp: Stamp) -> Page:
    """A page that fetches nothing, runs nothing, and links to nobody but the supporter."""
    page = read_page(html)
    _insist(_ELEMENTS.issuperset(page.elements) and not page.other, "the page holds parts that it should not")
    _insist(
        page.elements.count("main") == 1 and page.elements.count("h1") == 1, "the page is not well formed"
    )
    _insist(page.title == subject_for(stamp.code), "the title of the page is another")
    named = {(tag, name) for tag, name, _ in page.attributes if name != "style"}
    _insist(named <= _ATTRIBUTES, "the page holds parts that it should not")
    styles = [page.styles, *(value for _, name, value in page.attributes if name == "style")]
    _insist(not any(_fetches(style) for style in styles), "the page would fetch something")
    links = {value for _, name, value in page.attributes if name == "href"}
    _insist(links <= {mail_link(words.email), phone_link(words.phone)}, "the page links to somewhere else")
    return page


def _fetches(style: str) -> bool:
    return any(sign in style.casefold() for sign in ("url(", "@import", "expression", "\\"))
