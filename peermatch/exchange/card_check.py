"""The last look before a card leaves: the finished bytes are read back and compared with what was permitted."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from email import message_from_bytes
from email.headerregistry import AddressHeader
from email.message import EmailMessage
from email.policy import SMTP

from peermatch.exchange.card_check_more import check_calendar, check_paper
from peermatch.exchange.card_files import (
    CARD_FORMATS,
    PLAIN,
    CardFile,
    Extras,
    Stamp,
    Stationery,
    card_page,
    file_name,
    introduction,
)
from peermatch.exchange.card_html import mail_link, phone_link
from peermatch.exchange.card_insist import blank, check_words, contact_of, held_back, insist
from peermatch.exchange.card_lock import refuse_beside
from peermatch.exchange.card_read import Page, read_page, read_vcard
from peermatch.exchange.card_text import CardWords, marked_subject, subject_for, words_of
from peermatch.exchange.card_vcf import note_lines
from peermatch.model.card import ContactCard

_HEADERS = [
    "Content-Type",
    "Date",
    "MIME-Version",
    "Subject",
    "To",
    "X-Uniform-Type-Identifier",
    "X-Unsent",
]
_PARTS = ["multipart/mixed", "multipart/alternative", "text/plain", "text/html"]
_TYPES = {"vcf": "text/directory", "pdf": "application/pdf", "ics": "text/calendar"}
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


def read_back(
    files: Sequence[CardFile],
    card: ContactCard,
    recipient: str,
    stamp: Stamp,
    stationery: Stationery,
    forbidden: Collection[str],
    extras: Extras = PLAIN,
) -> None:
    """Refuse a hand-over whose finished files say anything else than what consent permits, to anybody else.

    The sentence names no secret. What is compared is read from the bytes anew, by another parser than wrote them.
    """
    look = _Look(words_of(card), stamp, stationery, tuple(forbidden), extras)
    insist(
        [file.name for file in files] == _names(files, stamp),
        "the names of the files are not as they should be",
    )
    for file in files:
        if file.format == "eml":
            _check_draft(file.data, recipient, look)
        elif file.format == "html":
            page = _check_page(file.data.decode("utf-8", "replace"), look)
            fixed = read_page(card_page(blank(look.words), stamp.code, stationery)).text
            check_words(page.text, contact_of(look.words), look.not_topics, fixed)
        else:
            _check_enclosed(file.format, file.data, look)


@dataclass(frozen=True, slots=True)
class _Look:
    """What the finished files are compared with."""

    words: CardWords
    stamp: Stamp
    stationery: Stationery
    forbidden: tuple[str, ...]
    extras: Extras

    @property
    def not_topics(self) -> tuple[str, ...]:
        """What must not stand where no topic may."""
        return (*self.forbidden, *self.words.topics)

    @property
    def enclosed(self) -> tuple[str, ...]:
        """The formats that the letter encloses, in their order."""
        extras = self.extras
        there = (
            ("vcf", not extras.alone),
            ("pdf", extras.paper is not None),
            ("ics", extras.event is not None),
        )
        return tuple(format for format, is_there in there if is_there)


def _names(files: Sequence[CardFile], stamp: Stamp) -> list[str]:
    formats = dict.fromkeys(file.format for file in files)
    return [file_name(stamp.code, format) for format in formats if format in CARD_FORMATS]


def _check_draft(data: bytes, recipient: str, look: _Look) -> None:
    insist(data.isascii() and not data.replace(b"\r\n", b"").count(b"\n"), "the letter is not plain e-mail")
    message = message_from_bytes(data, policy=SMTP)
    parts = list(message.walk())
    kinds = [*_PARTS, *(_TYPES[each] for each in look.enclosed)]
    insist([part.get_content_type() for part in parts] == kinds, "the letter has other parts than it should")
    insist(not any(part.defects for part in parts), "the letter is not well formed")
    _check_headers(message, recipient, look)
    _, _, plain, html, *attached = parts
    for format, part in zip(look.enclosed, attached, strict=True):
        right = part.get_filename() == file_name(look.stamp.code, format)
        insist(right, "the attachment has another name")
        payload = part.get_payload(decode=True)
        _check_enclosed(format, payload if isinstance(payload, bytes) else b"", look)
    _check_bodies(plain.get_content(), html.get_content(), look)


def _check_bodies(plain: str, html: str, look: _Look) -> None:
    """Both texts of the letter: all that may be said, or the first name alone where a locked page says the rest."""
    words, alone = look.words, look.extras.alone
    fixed_plain, fixed_html = introduction(blank(words), look.stamp.code, look.stationery, alone=alone)
    permitted = (words.first_name,) if alone else words.values
    kept_back = tuple(each for each in words.values if each not in permitted) if alone else ()
    forbidden = (*look.forbidden, *kept_back)
    check_words(plain, permitted, forbidden, fixed_plain)
    page = _check_page(html, look)
    check_words(page.text, permitted, forbidden, read_page(fixed_html).text)
    paper = look.extras.paper
    if paper is not None and paper.passphrase:
        refuse_beside(paper.passphrase, (plain, page.text))


def _check_enclosed(format: str, data: bytes, look: _Look) -> None:
    """A file that is enclosed in the letter or stands alone: the same either way."""
    words, stamp, extras = look.words, look.stamp, look.extras
    if format == "vcf":
        _check_vcard(data, words, stamp, look.forbidden)
    elif format == "pdf" and extras.paper is not None:
        fixed = read_page(card_page(blank(words), stamp.code, look.stationery)).text
        check_paper(data, extras.paper, words, subject_for(stamp.code), look.not_topics, fixed)
    elif format == "ics" and extras.event is not None:
        check_calendar(data, extras.event, stamp.sent)
    else:
        raise held_back("it holds a file that nobody asked for")


def _check_headers(message: EmailMessage, recipient: str, look: _Look) -> None:
    insist(sorted(message.keys()) == _HEADERS, "the letter has other headers than it should")
    to = message["To"]
    one = isinstance(to, AddressHeader) and str(to) == to.addresses[0].addr_spec
    insist(
        one and _plain(to.addresses[0].addr_spec) == _plain(recipient), "it is not for the one right person"
    )
    subject = marked_subject(look.stamp.code, secure=look.extras.secure)
    insist(message["Subject"] == subject, "the subject is another")
    insist(message["Date"].datetime == look.stamp.sent.replace(microsecond=0), "the date is another")


def _plain(address: str) -> str:
    """An address without case, its domain as it travels (IDNA)."""
    local, _, domain = address.strip().casefold().rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return f"{local}@{domain}"


def _check_vcard(data: bytes, words: CardWords, stamp: Stamp, forbidden: Collection[str]) -> None:
    found = read_vcard(data) or ()
    insist(
        [(each.name, each.parts) for each in found] == list(_expected(words, stamp)), "its values are others"
    )
    insist(
        all(each.parameters <= _PARAMETERS for each in found), "the contact card is marked up in another way"
    )
    text = " | ".join(part for each in found for part in each.parts)
    fixed = "\n".join(("VCARD", *note_lines(blank(words))))
    check_words(text, contact_of(words), (*forbidden, *words.topics), fixed)


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


def _check_page(html: str, look: _Look) -> Page:
    """A page that fetches nothing, runs nothing, and links to nobody but the supporter."""
    page = read_page(html)
    insist(_ELEMENTS.issuperset(page.elements) and not page.other, "the page holds parts that it should not")
    insist(page.elements.count("main") == 1 and page.elements.count("h1") == 1, "the page is not well formed")
    insist(page.title == subject_for(look.stamp.code), "the title of the page is another")
    named = {(tag, name) for tag, name, _ in page.attributes if name != "style"}
    insist(named <= _ATTRIBUTES, "the page holds parts that it should not")
    styles = [page.styles, *(value for _, name, value in page.attributes if name == "style")]
    insist(not any(_fetches(style) for style in styles), "the page would fetch something")
    links = {value for _, name, value in page.attributes if name == "href"}
    words = look.words
    insist(links <= {mail_link(words.email), phone_link(words.phone)}, "the page links to somewhere else")
    return page


def _fetches(style: str) -> bool:
    return any(sign in style.casefold() for sign in ("url(", "@import", "expression", "\\"))
