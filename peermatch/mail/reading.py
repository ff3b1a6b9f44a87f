"""Reads letters as they come (.eml, .msg, .mbox, pasted) into plain values; the sender stays unverified."""

import hashlib
import re
import unicodedata
from datetime import date
from email.utils import parseaddr, parsedate_to_datetime

from peermatch.errors import BadInput
from peermatch.mail import mime
from peermatch.mail.kinds import OLE, known_kind, not_a_letter
from peermatch.mail.natures import answered_ids, failed_addresses, nature_of
from peermatch.mail.quoting import parts_of
from peermatch.model.letter import Letter, Nature, Part, PartKind
from peermatch.model.text import fold_address, one_line, readable

MAX_BYTES = 25 * 1024 * 1024
_SHORT = 80
_BRACKETS = 20
_STARTS_WITH_HEADER = re.compile(rb"(?:>?From [^\n]*\n)?\s{0,9}[A-Za-z][A-Za-z0-9\-]{0,60}[ \t]*:")
_ENVELOPE = re.compile(rb"^From [^\n]*\n")
_ENVELOPES = re.compile(rb"(?:\A|\n\n)From [^\n]*\n")
_ADDRESS = re.compile(r"[^@\s<>\"',;:()\[\]]+@[^@\s<>\"',;:()\[\]]+\Z")

SENDER_UNREADABLE = "The sender's address could not be read."
NO_HEADERS = "This file has no sender or subject, only text."


def read_letter(raw: bytes) -> Letter:
    """One letter from the bytes of an .eml or .msg file; what cannot be a letter is refused with a sentence."""
    _refuse_what_is_no_letter(raw)
    if raw.startswith(OLE):
        from peermatch.mail.msg import read_msg  # with what takes such a file apart

        return _letter(*read_msg(raw))
    data = _one_alphabet(raw).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    data = _ENVELOPE.sub(b"", data.lstrip(b"\xef\xbb\xbf").lstrip(b"\n"), count=1)
    no_headers: mime.Headers = {}
    headers, body = mime.split_message(data) if _STARTS_WITH_HEADER.match(data) else (no_headers, data)
    contents = mime.Contents()
    mime.read_part(headers, body, contents)
    if not headers:
        contents.remark(NO_HEADERS)
    return _letter(headers, contents)


def letter_from_text(text: str) -> Letter:
    """A letter from words that somebody pasted; nothing is known about who sent it."""
    if not readable(text).strip():
        raise BadInput("There is no text to read.", "Copy the letter again and paste it.")
    contents = mime.Contents(pieces=[(False, text[: mime.MAX_TEXT])])
    if len(text) > mime.MAX_TEXT:
        contents.remark(mime.TOO_LONG)
    return _letter({}, contents)


def read_mbox(raw: bytes) -> tuple[bytes, ...]:
    """The letters of an .mbox file, each as the bytes of an .eml; quoting of ``From`` lines is taken off."""
    data = raw.replace(b"\r\n", b"\n").lstrip(b"\n")
    if not data.strip():
        raise BadInput("This mailbox file is empty.", "Choose another file.")
    if not data.startswith(b"From "):
        raise BadInput("This is not a mailbox file.", "Choose an .mbox file, or a single letter as .eml.")
    letters = (re.sub(rb"(?m)^>(>*From )", rb"\1", each) for each in _ENVELOPES.split(data))
    return tuple(each.rstrip(b"\n") + b"\n" for each in letters if each.strip())


def fingerprint(letter: Letter) -> tuple[str, ...]:
    """By what the same letter is known again: who wrote which words, however they were encoded.

    A Message-ID alone proves nothing, for anybody can write it: other words under a known one are a new letter. Of a
    few words the day is a part ("Any news?" may be asked twice); of none at all the Message-ID must do.
    """
    words = "".join(c for c in unicodedata.normalize("NFKC", letter.text).casefold() if c.isalnum())
    if not words:
        return ("id:" + _hash(letter.message_id),) if letter.message_id else ()
    sender = fold_address(letter.sender_address or "")
    day = f"{letter.sent} " if len(words) < _SHORT else ""
    return ("text:" + _hash(f"{day}{sender}\n{words}"),)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def _refuse_what_is_no_letter(raw: bytes) -> None:
    if not raw.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise BadInput("This letter is empty.", "Choose another file, or copy the text and paste it.")
    if len(raw) > MAX_BYTES:
        raise BadInput("This letter is larger than 25 MB.", "Copy its text and paste it.")
    if said := known_kind(raw):
        raise BadInput(*said)
    if raw.startswith(OLE):
        return
    start = raw[:4096]
    strange = sum(byte < 9 or 13 < byte < 32 for byte in start)
    header = bool(_STARTS_WITH_HEADER.match(raw.lstrip(b"\xef\xbb\xbf\r\n")))
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not header and not wide and strange * 10 > len(start):
        raise BadInput(*not_a_letter())


def _one_alphabet(raw: bytes) -> bytes:
    """A letter that an editor saved with two bytes a character, as UTF-8."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace").encode("utf-8", "replace")
    return raw


def _letter(headers: mime.Headers, contents: mime.Contents) -> Letter:
    text, parts = _joined(contents.pieces)
    name, address = _sender(headers.get("from", ""), contents)
    _, reply = _address_of(headers.get("reply-to", ""))
    if reply and address and fold_address(reply) != fold_address(address):
        contents.remark(f"The letter asks for replies to another address: {reply}")
    if not text and mime.PACKED_FILES in contents.remarks:
        contents.remarks[contents.remarks.index(mime.PACKED_FILES)] = mime.PACKED_WORDS
    nature, why = nature_of(headers, contents)
    return Letter(
        sender_name=name,
        sender_address=address,
        subject=mime.decoded(headers.get("subject", ""))[:1000],
        sent=_day(headers.get("date", "")),
        message_id=one_line(headers.get("message-id", ""))[:300] or None,
        text=text,
        parts=parts,
        attachments=tuple(one_line(name) for name in contents.attachments),
        remarks=tuple(contents.remarks),
        answers=answered_ids(headers),
        nature=nature,
        why=why,
        failed=failed_addresses(headers, contents, text) if nature is Nature.RETURNED else (),
        files=tuple(contents.files),
    )


def _joined(pieces: list[tuple[bool, str]]) -> tuple[str, tuple[Part, ...]]:
    """All text as one, and whose words each run of it is."""
    text = ""
    parts: list[Part] = []
    for quoted, piece in pieces:
        clean = "\n".join(line.rstrip() for line in readable(piece).split("\n")).strip("\n")
        if not clean.strip():
            continue
        start = len(text) + 2 if text else 0
        text = f"{text}\n\n{clean}" if text else clean
        parts += (Part(PartKind.QUOTED, start, len(text)),) if quoted else parts_of(text, start, len(text))
    return text, tuple(parts)


def _sender(header: str, contents: mime.Contents) -> tuple[str | None, str | None]:
    name, address = _address_of(header)
    if header and not address:
        contents.remark(SENDER_UNREADABLE)
    return name, address


def _address_of(header: str) -> tuple[str | None, str | None]:
    """Name and address of a header, each safe for one line; an address that looks like none is left out."""
    plain = header[:2000]
    # The standard parser goes one call deeper for each bracket; nobody's address has that many.
    shown, raw = parseaddr(plain if plain.count("(") <= _BRACKETS else plain.replace("(", " "))
    name = mime.decoded(shown)[:200] or None
    address = one_line(raw)
    # What the parser put together out of pieces ("a@b Bcc: x") never stood in the letter.
    if len(address) <= 254 and address in header and _ADDRESS.match(address):
        return name, address
    return name or (mime.decoded(header)[:200] or None), None


def _day(header: str) -> date | None:
    try:
        return parsedate_to_datetime(header[:200]).date()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
