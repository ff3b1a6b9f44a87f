"""Takes a raw letter apart into headers, words and the names of attachments, in time that grows only with its length.

The standard library's parser reads every line and every nested part; a hostile letter of 25 MB keeps it busy for
minutes. This one looks for the few headers and boundaries that matter and stops at fixed depths and lengths.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.header import decode_header
from itertools import islice

from peermatch.mail.charsets import decode
from peermatch.mail.html_text import html_to_text
from peermatch.model.letter_files import LARGEST_FILE, MOST_FILES, LetterFile
from peermatch.model.text import one_line

MAX_DEPTH = 8
MAX_PARTS = 100
MAX_TEXT = 400_000
_MAX_HEADER = 4_000
# What a letter says of itself, and what mail servers say of it (``mail/natures`` reads those).
_WANTED = (
    b"from|reply-to|subject|date|message-id|content-type|content-transfer-encoding|content-disposition"
    b"|in-reply-to|references|auto-submitted|precedence|x-auto-response-suppress|x-autoreply|x-autorespond"
    b"|x-failed-recipients|x-spam-flag|x-spam-status|x-ms-exchange-organization-scl|x-forefront-antispam-report"
)
_HEADER = re.compile(rb"^(" + _WANTED + rb")[ \t]*:((?:.*)(?:\n[ \t]+.*)*)", re.IGNORECASE | re.MULTILINE)
_PARAMETER = re.compile(r";\s*([\w\-]+)(\*\d+)?(\*)?\s*=\s*(\"(?:[^\"\\]|\\.)*\"|[^\s;]+)")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")

CUT_SHORT = "Part of the letter is missing; what is there was read."
TOO_LONG = "Only the first part of this very long letter was read."
TOO_DEEP = "The letter holds other letters many layers deep; the innermost were not read."
LOCKED = "The letter is encrypted and could not be read. Open it in your e-mail program and copy its words."
PACKED_WORDS = (
    "The words are in a file that only Outlook reads (winmail.dat). Ask for them again as plain text."
)
PACKED_FILES = (
    "Files are packed into one that only Outlook reads (winmail.dat). Ask for them again if they are needed."
)
# With one of these a person has to look at the letter itself: nobody knows what the rest says.
NOT_WHOLLY_READ = (CUT_SHORT, TOO_LONG, TOO_DEEP, LOCKED, PACKED_WORDS)
WRONG_CHARSET = "The letter says wrongly how its characters are written; a few may look odd."

Headers = dict[str, str]


@dataclass(slots=True)
class Contents:
    """What was found on the way down: pieces of text (quoted or not), attachments, and what went wrong.

    ``delivery`` is what a mail server says became of a letter; ``failed`` are addresses that it could not reach.
    """

    pieces: list[tuple[bool, str]] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    parts: int = 0
    files: list[LetterFile] = field(default_factory=list)
    delivery: str = ""
    failed: list[str] = field(default_factory=list)

    def remark(self, text: str) -> None:
        """Notes once what the reader ought to know."""
        if text not in self.remarks:
            self.remarks.append(text)

    def attach(self, name: str, kind: str, body: bytes | None) -> None:
        """Notes a file that came with the letter, and its bytes where they are there and few enough."""
        shown = one_line(re.split(r"[/\\]", name)[-1])[:120] or f"unnamed ({one_line(kind)[:60]})"
        self.attachments.append(shown)
        if body and len(body) <= LARGEST_FILE and len(self.files) < MOST_FILES:
            self.files.append(LetterFile(shown, body))


def packed_remark(name: str, kind: str) -> str:
    """What is said of a file that holds words which cannot be read; empty for any other."""
    if kind == "application/ms-tnef" or name.casefold() == "winmail.dat":
        return PACKED_FILES
    locked = ("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted")
    return LOCKED if kind in locked or name.casefold() == "smime.p7m" else ""


def split_message(raw: bytes) -> tuple[Headers, bytes]:
    """The wanted headers, first of each, and the body after the first empty line; lines end in LF alone."""
    end = 0 if raw.startswith(b"\n") else raw.find(b"\n\n")
    head, body = (raw, b"") if end < 0 else (raw[:end], raw[end:].removeprefix(b"\n").removeprefix(b"\n"))
    headers: Headers = {}
    for found in _HEADER.finditer(head):
        name = found.group(1).decode("ascii").lower()
        if name not in headers:
            headers[name] = _header_text(found.group(2)[:_MAX_HEADER])
    return headers, body


def _header_text(raw: bytes) -> str:
    """A header as it stands, unfolded; bytes above ASCII are read as text."""
    text, _ = decode(raw, None)
    return re.sub(r"\s*\n\s*", " ", text).strip()


def decoded(header: str) -> str:
    """A header's words: encoded words (RFC 2047) made readable, on one line."""
    try:
        pieces = decode_header(header)
    except (HeaderParseError, binascii.Error, ValueError):
        return one_line(header)
    words = [decode(p, charset)[0] if isinstance(p, bytes) else p for p, charset in pieces]
    return one_line("".join(words))


def parameters(header: str) -> dict[str, str]:
    """The parameters of a header such as Content-Type, continued (``name*0``) and encoded ones put together."""
    found: dict[str, str] = {}
    for name, number, encoded, value in _PARAMETER.findall(header):
        plain = re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value
        if encoded:
            plain = _percent_decoded(plain, first=not number or number == "*0")
        key = name.lower()
        found[key] = found[key] + plain if number and key in found else found.get(key, plain)
    return found


def _percent_decoded(value: str, *, first: bool) -> str:
    charset = ""
    if first and value.count("'") >= 2:
        charset, _, value = value.split("'", 2)
    raw = re.sub(
        rb"%([0-9A-Fa-f]{2})", lambda m: bytes([int(m.group(1), 16)]), value.encode("utf-8", "replace")
    )
    return decode(raw, charset or None)[0]


def read_part(headers: Headers, body: bytes, into: Contents, depth: int = 0, *, quoted: bool = False) -> None:
    """Adds what a part holds: text, the parts within it, or its name when it is an attachment."""
    into.parts += 1
    if depth > MAX_DEPTH or into.parts > MAX_PARTS:
        into.remark(TOO_DEEP)
        return
    header = headers.get("content-type", "text/plain")
    kind = header.split(";")[0].strip().lower()
    settings = parameters(header)
    name = _file_name(headers, settings)
    attached = headers.get("content-disposition", "").strip().lower().startswith("attachment")
    if kind.startswith("multipart/") and settings.get("boundary"):
        _read_parts(kind, settings["boundary"], body, into, depth, quoted=quoted)
    elif kind == "message/rfc822":
        into.attachments += [name] if name else []
        _read_forwarded(headers, body, into, depth)
    elif kind == "message/delivery-status":
        into.delivery += decode(_opened(headers, body, into, MAX_TEXT)[:MAX_TEXT], None)[0]
    elif kind == "text/rfc822-headers":
        _read_forwarded(headers, body, into, depth, words=False)
    elif attached or name or not _is_words(kind):
        into.attach(name, kind, _opened(headers, body, into, LARGEST_FILE, quiet=True))
        if remark := packed_remark(name, kind):
            into.remark(remark)
    else:
        text = _text_of(headers, settings, body, into, html=kind == "text/html")
        into.pieces.append((quoted, text))


def _is_words(kind: str) -> bool:
    """Whether a part is text to read; one whose kind makes no sense is taken for text."""
    return kind.startswith(("text/plain", "text/html", "multipart/")) or "/" not in kind


def _file_name(headers: Headers, settings: dict[str, str]) -> str:
    name = parameters(headers.get("content-disposition", "")).get("filename") or settings.get("name", "")
    return re.split(r"[/\\]", decoded(name))[-1].strip()[:120]


def _read_forwarded(headers: Headers, body: bytes, into: Contents, depth: int, *, words: bool = True) -> None:
    inner, rest = split_message(_opened(headers, body, into, limit=len(body)))
    forwarded(inner, into)
    if words:
        read_part(inner, rest, into, depth + 1, quoted=True)


def forwarded(inner: Headers, into: Contents) -> None:
    """The head of a letter within the letter, as a quoted piece."""
    shown = [
        f"{name.title()}: {decoded(inner[name])}" for name in ("from", "date", "subject") if inner.get(name)
    ]
    into.pieces.append((True, "\n".join(["---------- Forwarded message ----------", *shown])))


def _opened(headers: Headers, body: bytes, into: Contents, limit: int, *, quiet: bool = False) -> bytes:
    """The bytes of a part; of a file that is attached nobody needs a remark, for its name is shown."""
    encoding = headers.get("content-transfer-encoding", "").lower()
    return _transfer_decoded(body, encoding, Contents() if quiet else into, limit)


def _read_parts(kind: str, boundary: str, body: bytes, into: Contents, depth: int, *, quoted: bool) -> None:
    parts = list(_split_parts(body, boundary, into))
    if kind != "multipart/alternative":
        for headers, rest in parts:
            read_part(headers, rest, into, depth + 1, quoted=quoted)
        return
    readings = []
    for headers, rest in parts:
        reading = Contents(parts=into.parts)
        read_part(headers, rest, reading, depth + 1, quoted=quoted)
        into.parts = reading.parts
        into.attachments += reading.attachments
        into.files += reading.files[: MOST_FILES - len(into.files)]
        into.delivery += reading.delivery
        readings.append((headers.get("content-type", "").lower().startswith("text/plain"), reading))
    # Plain words first: they are what the sender's program thinks can be read anywhere.
    readings.sort(key=lambda each: not each[0])
    for _, reading in readings:
        for remark in reading.remarks:
            into.remark(remark)
        if any(text.strip() for _, text in reading.pieces):
            into.pieces += reading.pieces
            return


def _split_parts(body: bytes, boundary: str, into: Contents) -> Iterator[tuple[Headers, bytes]]:
    mark = re.escape(boundary.strip()[:200].encode("utf-8", "replace"))
    marks = list(islice(re.finditer(rb"^--" + mark + rb"(--)?[ \t]*$", body, re.MULTILINE), MAX_PARTS))
    for number, found in enumerate(marks):
        if found.group(1):
            return
        # The line end before a boundary belongs to the boundary; a letter cut short has none.
        end = marks[number + 1].start() - 1 if number + 1 < len(marks) else len(body)
        yield split_message(body[found.end() + 1 : max(found.end() + 1, end)])
    into.remark(TOO_DEEP if len(marks) == MAX_PARTS else CUT_SHORT)


def _transfer_decoded(body: bytes, encoding: str, into: Contents, limit: int) -> bytes:
    """The bytes behind quoted-printable or base64; a cut end gives what can be read."""
    encoding = encoding.strip()
    if encoding == "base64":
        if len(body) > 2 * limit:
            into.remark(TOO_LONG)
        clean = _NOT_BASE64.sub(b"", body[: 2 * limit])
        whole = clean[: len(clean) // 4 * 4]
        rest = clean[len(whole) :]
        if len(rest) == 1 or (len(rest) > 1 and b"=" not in body[-8:]):
            into.remark(CUT_SHORT)
        return binascii.a2b_base64(whole + (rest + b"==" if len(rest) > 1 else b""))
    if encoding == "quoted-printable":
        return binascii.a2b_qp(body[: 4 * limit])
    return body


def _text_of(headers: Headers, settings: dict[str, str], body: bytes, into: Contents, *, html: bool) -> str:
    limit = 5 * MAX_TEXT
    raw = _opened(headers, body, into, limit)
    if len(raw) > limit:
        into.remark(TOO_LONG)
    text, as_promised = decode(raw[:limit].replace(b"\0", b""), settings.get("charset"))
    if not as_promised:
        into.remark(WRONG_CHARSET)
    if html:
        return html_to_text(text)
    if settings.get("format", "").lower() == "flowed":
        text = unflowed(text[: MAX_TEXT + 1], delete_space=settings.get("delsp", "").lower() == "yes")
    if len(text) > MAX_TEXT:
        into.remark(TOO_LONG)
    return text[:MAX_TEXT]


def unflowed(text: str, *, delete_space: bool = False) -> str:
    """Paragraphs of ``format=flowed`` (RFC 3676) put back on one line each; quotes join only at equal depth."""
    done: list[list[str]] = []
    flowing: int | None = None
    for line in text.replace("\r\n", "\n").split("\n"):
        bare = line.lstrip(">")
        depth = len(line) - len(bare)
        bare = bare.removeprefix(" ")
        soft = bare.endswith(" ") and bare != "-- "
        if flowing != depth or bare == "-- ":
            done.append([">" * depth + " " if depth else ""])
        done[-1].append(bare[:-1] if soft and delete_space else bare)
        flowing = depth if soft else None
    return "\n".join("".join(pieces) for pieces in done)
