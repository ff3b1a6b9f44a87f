"""The files of one hand-over: a draft, a card for the address book, and a page to print."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from peermatch.errors import BadInput
from peermatch.exchange.card_html import page
from peermatch.exchange.card_text import (
    CardWords,
    LetterTemplates,
    card_fields,
    introduction_text,
    letter_fields,
    subject_for,
    words_of,
)
from peermatch.exchange.card_vcf import vcard
from peermatch.model.card import ContactCard
from peermatch.model.signposts import Signposts

CARD_FORMATS = ("eml", "vcf", "html")
"""The formats that can be written, by the ending of their files."""

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


@dataclass(frozen=True, slots=True)
class CardFile:
    """One file that leaves; its name says nothing of anybody."""

    format: str
    name: str
    data: bytes


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
    card: ContactCard, recipient: str, stamp: Stamp, stationery: Stationery, formats: Sequence[str]
) -> tuple[CardFile, ...]:
    """The files of a card in the formats that are asked for, each once; the same arguments give the same bytes."""
    if unknown := [each for each in formats if each not in CARD_FORMATS]:
        raise BadInput(f"There is no card format {unknown[0]}.", f"Use {', '.join(CARD_FORMATS)}.")
    words = words_of(card)
    vcf = vcard(card, stamp.uid, stamp.sent)
    written = {
        "eml": lambda: _draft(words, vcf, recipient, stamp, stationery),
        "vcf": lambda: vcf,
        "html": lambda: card_page(words, stamp.code, stationery).encode(),
    }
    return tuple(
        CardFile(format, file_name(stamp.code, format), written[format]())
        for format in dict.fromkeys(formats)
    )


def introduction(words: CardWords, code: str, stationery: Stationery) -> tuple[str, str]:
    """The words of the e-mail, plain and as a page; topics stand here and nowhere else."""
    fields = letter_fields(words, code, stationery.signposts)
    paragraphs = stationery.letters.paragraphs("introduction", fields)
    return introduction_text(paragraphs), page(subject_for(code), paragraphs, words, for_paper=False)


def card_page(words: CardWords, code: str, stationery: Stationery) -> str:
    """The page to keep or print: contact details, how to say no, and where help is today; no topics."""
    paragraphs = stationery.letters.paragraphs("card", card_fields(words, code, stationery.signposts))
    return page(subject_for(code), paragraphs, words, for_paper=True)


def _draft(words: CardWords, vcf: bytes, recipient: str, stamp: Stamp, stationery: Stationery) -> bytes:
    text, html = introduction(words, stamp.code, stationery)
    attachments = ((file_name(stamp.code, "vcf"), vcf),)
    return stationery.draft(recipient, subject_for(stamp.code), text, html, attachments, stamp.sent)
