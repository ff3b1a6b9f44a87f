"""The files of one hand-over: a draft, a card for the address book, and a page to print."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from peermatch.errors import BadInput
from peermatch.exchange.card_html import page
from peermatch.exchange.card_ics import Event, calendar
from peermatch.exchange.card_lock import Paper
from peermatch.exchange.card_pdf import card_pdf
from peermatch.exchange.card_text import (
    CardWords,
    LetterTemplates,
    card_fields,
    introduction_text,
    letter_fields,
    locked_fields,
    marked_subject,
    subject_for,
    words_of,
)
from peermatch.exchange.card_vcf import vcard
from peermatch.exchange.press import Press
from peermatch.model.card import ContactCard
from peermatch.model.signposts import Signposts

CARD_FORMATS = ("eml", "vcf", "html", "pdf", "ics")
"""The formats that can be written, by the ending of their files."""
USUAL_FORMATS = ("eml", "vcf", "html")
"""Those of every card; a page and a time to talk come where they are wished for."""

CARD_STEM = "PM-"
"""How the name of every file of a card begins."""

_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
_CODE_LENGTH = 4


class DraftWriter(Protocol):
    """What makes an e-mail draft; `peermatch.mail.drafts.draft` does."""

    def __call__(
        self,
        to_address: str,
        subject: str,
        text: str,
        html: str,
        attachments: Sequence[tuple[str, bytes]],
        sent: datetime,
    ) -> bytes:
        """The bytes of a draft to one person."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What chance and the clock give to a hand-over, so that preview and hand-over are the same bytes."""

    code: str
    uid: str
    sent: datetime


@dataclass(frozen=True, slots=True)
class Stationery:
    """What stands in every card, whoever it is of: the letters, the services for today, and the writer of drafts."""

    letters: LetterTemplates
    signposts: Signposts
    draft: DraftWriter
    press: Press


@dataclass(frozen=True, slots=True)
class CardFile:
    """One file that leaves; its name says nothing of anybody."""

    format: str
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Extras:
    """What this one card has beside the plain letter; ``alone``: how to reach them stands in the locked page alone."""

    paper: Paper | None = None
    event: Event | None = None
    secure: bool = False
    alone: bool = False


PLAIN = Extras()


def meaningless_code(random_bytes: bytes) -> str:
    """Four signs that cannot be mistaken for each other and spell no word (no vowels, no 0, 1, O, I, L)."""
    number = int.from_bytes(random_bytes, "big")
    signs = []
    for _ in range(_CODE_LENGTH):
        number, sign = divmod(number, len(_ALPHABET))
        signs.append(_ALPHABET[sign])
    return "".join(signs)


def file_name(code: str, format: str) -> str:
    """The name of a file: the code, and nothing of topics or persons."""
    return f"{CARD_STEM}{code}.{format}"


def card_files(
    card: ContactCard,
    recipient: str,
    stamp: Stamp,
    stationery: Stationery,
    formats: Sequence[str],
    extras: Extras = PLAIN,
) -> tuple[CardFile, ...]:
    """The files of a card in the formats that are asked for, each once; the same arguments give the same bytes."""
    refuse_formats(formats, extras)
    words = words_of(card)
    vcf = vcard(card, stamp.uid, stamp.sent)
    page = extras.paper.leaving if extras.paper else b""  # the caller makes it: chance locks it
    entry = calendar(extras.event, stamp.sent) if extras.event else b""
    enclosed = (("vcf", b"" if extras.alone else vcf), ("pdf", page), ("ics", entry))
    attached = tuple((file_name(stamp.code, kind), data) for kind, data in enclosed if data)
    written = {
        "eml": lambda: _draft(words, attached, recipient, stamp, stationery, extras),
        "vcf": lambda: vcf,
        "html": lambda: card_page(words, stamp.code, stationery).encode(),
        "pdf": lambda: page,
        "ics": lambda: entry,
    }
    return tuple(
        CardFile(format, file_name(stamp.code, format), written[format]())
        for format in dict.fromkeys(formats)
    )


def refuse_formats(formats: Sequence[str], extras: Extras) -> None:
    """BadInput for what cannot be written, or would say in clear what was to be locked away."""
    if unknown := [each for each in formats if each not in CARD_FORMATS]:
        raise BadInput(f"There is no card format {unknown[0]}.", f"Use {', '.join(CARD_FORMATS)}.")
    if "ics" in formats and extras.event is None:
        raise BadInput("A calendar entry needs a day and a time.", "Choose them first.")
    if extras.alone and (extras.paper is None or not extras.paper.passphrase):
        raise BadInput("Only a locked PDF can hold the contact details alone.", "Lock it with a passphrase.")
    if extras.alone and not {"vcf", "html"}.isdisjoint(formats):
        raise BadInput(
            "The contact details are to stand in the locked PDF alone.",
            "Leave out the other files of the card.",
        )


def introduction(
    words: CardWords, code: str, stationery: Stationery, *, alone: bool = False
) -> tuple[str, str]:
    """The words of the e-mail, plain and as a page; topics stand here and nowhere else."""
    fields = (
        locked_fields(words, code, file_name(code, "pdf"), stationery.signposts)
        if alone
        else letter_fields(words, code, stationery.signposts)
    )
    paragraphs = stationery.letters.paragraphs("introduction", fields)
    html = page(subject_for(code), paragraphs, None if alone else words, for_paper=False)
    return introduction_text(paragraphs), html


def card_page(words: CardWords, code: str, stationery: Stationery) -> str:
    """The page to keep or print: contact details, how to say no, and where help is today; no topics."""
    return page(subject_for(code), _page_paragraphs(words, code, stationery), words, for_paper=True)


def card_paper(words: CardWords, code: str, sent: datetime, stationery: Stationery) -> bytes:
    """The same page as a PDF."""
    return card_pdf(
        subject_for(code), _page_paragraphs(words, code, stationery), words, sent, stationery.press
    )


def _page_paragraphs(words: CardWords, code: str, stationery: Stationery) -> tuple[tuple[str, str], ...]:
    return stationery.letters.paragraphs("card", card_fields(words, code, stationery.signposts))


def _draft(
    words: CardWords,
    attached: Sequence[tuple[str, bytes]],
    recipient: str,
    stamp: Stamp,
    stationery: Stationery,
    extras: Extras,
) -> bytes:
    text, html = introduction(words, stamp.code, stationery, alone=extras.alone)
    subject = marked_subject(stamp.code, secure=extras.secure)
    return stationery.draft(recipient, subject, text, html, attached, stamp.sent)
