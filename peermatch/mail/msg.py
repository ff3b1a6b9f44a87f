"""Takes a letter that Outlook saved (.msg) apart into the same headers and words as any other letter.

The file is a small file system (MS-CFB) whose streams are properties (MS-OXMSG). Its directory says how much is in it
before anything is read, so it is measured first: how many entries, how deep, how many bytes in all.
"""

import io
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from olefile.olefile import OleFileIO  # type: ignore[import-untyped]  # the package carries no types

from peermatch.errors import BadInput
from peermatch.mail import mime
from peermatch.mail.charsets import decode
from peermatch.mail.html_text import html_to_text
from peermatch.mail.rtf import rtf_to_html, rtf_to_text, unpacked
from peermatch.model.text import one_line

MOST_ENTRIES = 2_000
_PROPERTIES = "__properties_version1.0"
_STORAGE, _STREAM = 1, 2
# What the reader underneath raises for a directory or a chain of sectors that makes no sense; it refuses no such file
# by itself. The last one: a folder may name itself as its own part.
_BROKEN = (
    OSError,
    ValueError,
    LookupError,
    ArithmeticError,
    TypeError,
    AttributeError,
    struct.error,
    RecursionError,
)
_HEAD, _HEAD_WITHIN, _HEAD_ATTACHED = 32, 24, 8
_NOT_A_LETTER = ("IPM.Contact", "IPM.Task", "IPM.Activity", "IPM.StickyNote", "IPM.DistList")

# The few properties that matter (MS-OXPROPS).
_CLASS, _SUBJECT, _SENT, _HEADERS = 0x001A, 0x0037, 0x0039, 0x007D
_BODY, _RTF, _HTML, _CAME = 0x1000, 0x1009, 0x1013, 0x0E06
_ID, _REFERENCES, _REPLY_TO_ID = 0x1035, 0x1039, 0x1042
_FOR_NAME, _FOR_KIND, _FOR_ADDRESS, _FOR_SMTP = 0x0042, 0x0064, 0x0065, 0x5D02
_BY_NAME, _BY_KIND, _BY_ADDRESS, _BY_SMTP = 0x0C1A, 0x0C1E, 0x0C1F, 0x5D01
_ALPHABET, _TEXT_ALPHABET = 0x3FDE, 0x3FFD
_FILE, _FILE_SHORT, _FILE_LONG, _FILE_KIND, _FILE_HIDDEN = 0x3701, 0x3704, 0x3707, 0x370E, 0x7FFE
_SMTP = 0x39FE


@dataclass(frozen=True, slots=True)
class _Storage:
    """One folder of the file, read whole; ``head`` is where the list of its properties begins."""

    streams: Mapping[str, bytes]
    within: Mapping[str, "_Storage"]
    head: int = _HEAD

    def fixed(self, property: int) -> bytes | None:
        """The eight bytes of a property that has a fixed length."""
        listed = self.streams.get(_PROPERTIES, b"")[self.head : self.head + 16 * 400]
        for at in range(0, len(listed) - 15, 16):
            if struct.unpack_from("<H", listed, at + 2)[0] == property:
                return listed[at + 8 : at + 16]
        return None

    def number(self, property: int) -> int:
        """A property that is a number; 0 where there is none."""
        found = self.fixed(property)
        return int(struct.unpack("<i", found[:4])[0]) if found else 0

    def bytes_of(self, property: int) -> bytes:
        """A property that is bytes."""
        return self.streams.get(f"__SUBSTG1.0_{property:04X}0102", b"")

    def text(self, property: int) -> str:
        """A property that is text, in two bytes a character or in the letter's alphabet."""
        wide = self.streams.get(f"__SUBSTG1.0_{property:04X}001F")
        if wide is not None:
            return wide[: 2 * mime.MAX_TEXT + 2].decode("utf-16-le", errors="replace").rstrip("\0")
        narrow = self.streams.get(f"__SUBSTG1.0_{property:04X}001E", b"")
        return decode(narrow[: mime.MAX_TEXT + 1], self.alphabet())[0].rstrip("\0")

    def alphabet(self) -> str | None:
        """How its texts of one byte a character are written, by the number that Windows gives it."""
        number = self.number(_ALPHABET) or self.number(_TEXT_ALPHABET)
        return {65001: "utf-8", 20127: "ascii", 28591: "iso8859-1"}.get(number) or (
            f"cp{number}" if 0 < number < 65_000 else None
        )


def read_msg(raw: bytes) -> tuple[mime.Headers, mime.Contents]:
    """Headers and contents of one letter; a file that is damaged, too deep or none is refused with a sentence."""
    contents = mime.Contents()
    root = _opened(raw, contents)
    if _PROPERTIES not in root.streams:
        raise BadInput("This is a document, not a letter.", "Copy its words and paste them.")
    if root.text(_CLASS).startswith(_NOT_A_LETTER):
        raise BadInput("This was saved by Outlook, but it is no letter.", "Choose the e-mail itself.")
    headers = _headers(root)
    _read(root, contents, depth=0, quoted=False)
    if root.text(_CLASS).upper().startswith("REPORT.") and root.text(_CLASS).upper().endswith(".NDR"):
        contents.failed += [address for each in _named(root, "__RECIP_") if (address := _smtp(each))]
    return headers, contents


def _opened(raw: bytes, contents: mime.Contents) -> _Storage:
    broken = BadInput(
        "This Outlook file is damaged or cut short.",
        "Save the e-mail again, or copy its words and paste them.",
    )
    try:
        with OleFileIO(io.BytesIO(raw)) as ole:
            _refuse_too_much(ole, len(raw))
            root = _storage(ole, ole.root, (), _HEAD, contents)
            if ole.parsing_issues:
                contents.remark(mime.CUT_SHORT)
    except _BROKEN as error:
        raise broken from error
    return root


def _refuse_too_much(ole: OleFileIO, length: int) -> None:
    """Every entry that the directory names, before one is read: a small file may name the same bytes many times."""
    entries = [each for each in ole.direntries if each is not None]
    size = sum(each.size for each in entries if each.entry_type == _STREAM)
    if len(ole.direntries) > 20 * MOST_ENTRIES or len(entries) > MOST_ENTRIES or size > 2 * length + 65_536:
        raise BadInput("This Outlook file holds too much to be a letter.", "Copy its words and paste them.")


def _storage(
    ole: OleFileIO, node: object, path: tuple[str, ...], head: int, contents: mime.Contents
) -> _Storage:
    streams: dict[str, bytes] = {}
    within: dict[str, _Storage] = {}
    for each in getattr(node, "kids", ()):
        place, name = (*path, each.name), each.name.upper()
        if each.entry_type == _STREAM:
            streams[_PROPERTIES if name == _PROPERTIES.upper() else name] = _stream(ole, place, contents)
        elif each.entry_type == _STORAGE and len(path) < 2 * mime.MAX_DEPTH + 1:
            within[name] = _storage(ole, each, place, _head_of(name), contents)
        elif each.entry_type == _STORAGE:
            contents.remark(mime.TOO_DEEP)
    return _Storage(streams, within, head)


def _head_of(name: str) -> int:
    return _HEAD_WITHIN if name.startswith("__SUBSTG1.0_3701000D") else _HEAD_ATTACHED


def _stream(ole: OleFileIO, place: tuple[str, ...], contents: mime.Contents) -> bytes:
    try:
        return bytes(ole.openstream(list(place)).read())
    except _BROKEN:
        contents.remark(mime.CUT_SHORT)
        return b""


def _headers(letter: _Storage) -> mime.Headers:
    """Those that came with the letter, as far as they are kept, and what Outlook noted itself for the rest."""
    carried = letter.text(_HEADERS).replace("\r\n", "\n").encode("utf-8", "replace")
    headers, _ = mime.split_message(carried.lstrip(b"\n") + b"\n\n")
    if "delivery-status" not in headers.get("content-type", ""):
        # How the letter was packed on its way says nothing of how Outlook keeps it.
        headers.pop("content-type", None)
    noted = {
        "from": _from(letter),
        "subject": letter.text(_SUBJECT),
        "date": _date(letter),
        "message-id": letter.text(_ID),
        "in-reply-to": letter.text(_REPLY_TO_ID),
        "references": letter.text(_REFERENCES),
    }
    kept = {name: one_line(value)[:4_000] for name, value in noted.items() if value.strip()}
    if letter.text(_CLASS).upper().startswith("IPM.NOTE.RULES.OOFTEMPLATE"):
        kept["auto-submitted"] = "auto-replied"
    return {**kept, **headers}


def _from(letter: _Storage) -> str:
    """Who wrote: an address of the internet's kind, never the name of a mailbox within Exchange."""
    address = letter.text(_FOR_SMTP) or letter.text(_BY_SMTP)
    for kind, written in ((_FOR_KIND, _FOR_ADDRESS), (_BY_KIND, _BY_ADDRESS)):
        if not address and letter.text(kind).strip().upper() == "SMTP":
            address = letter.text(written)
    name = one_line(letter.text(_FOR_NAME) or letter.text(_BY_NAME)).replace("\\", "").replace('"', "")
    return f'"{name}" <{one_line(address)}>' if address.strip() else name


def _date(letter: _Storage) -> str:
    """When it was sent, else when it came; Windows counts tenths of a microsecond since 1601."""
    for property in (_SENT, _CAME):
        found = letter.fixed(property)
        if found and (ticks := struct.unpack("<Q", found)[0]):
            try:
                return format_datetime(datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10))
            except (OverflowError, ValueError):
                continue
    return ""


def _read(letter: _Storage, into: mime.Contents, depth: int, *, quoted: bool) -> None:
    if depth > mime.MAX_DEPTH:
        into.remark(mime.TOO_DEEP)
        return
    into.pieces.append((quoted, _words(letter, into)))
    for each in _named(letter, "__ATTACH_"):
        inner = each.within.get("__SUBSTG1.0_3701000D")
        into.parts += 1
        if into.parts > mime.MAX_PARTS:
            into.remark(mime.TOO_DEEP)
            return
        if inner is not None and _PROPERTIES in inner.streams:
            mime.forwarded(_headers(inner), into)
            _read(inner, into, depth + 1, quoted=True)
        elif each.number(_FILE_HIDDEN) & 0xFF == 0:
            _attach(each, into)


def _attach(attached: _Storage, into: mime.Contents) -> None:
    name = attached.text(_FILE_LONG) or attached.text(_FILE_SHORT)
    kind = attached.text(_FILE_KIND).strip().lower()
    into.attach(name, kind or "a file", attached.bytes_of(_FILE))
    if remark := mime.packed_remark(name, kind):
        into.remark(remark)


def _words(letter: _Storage, into: mime.Contents) -> str:
    """Plain words, else those of the HTML, else those of the rich text that Outlook keeps by itself."""
    words = letter.text(_BODY)
    if not words.strip():
        words = html_to_text(_html(letter))
    if not words.strip() and (packed := letter.bytes_of(_RTF)):
        rich, whole = unpacked(packed, 5 * mime.MAX_TEXT)
        if not whole:
            into.remark(mime.CUT_SHORT)
        html = rtf_to_html(rich)
        words = html_to_text(html) if html is not None else rtf_to_text(rich)
    if len(words) > mime.MAX_TEXT:
        into.remark(mime.TOO_LONG)
    return words[: mime.MAX_TEXT]


def _html(letter: _Storage) -> str:
    raw = letter.bytes_of(_HTML)
    return decode(raw[: 5 * mime.MAX_TEXT], letter.alphabet())[0] if raw else letter.text(_HTML)


def _named(letter: _Storage, start: str) -> Iterator[_Storage]:
    return (each for name, each in sorted(letter.within.items()) if name.startswith(start))


def _smtp(recipient: _Storage) -> str:
    return one_line(recipient.text(_SMTP) or recipient.text(0x3003))
