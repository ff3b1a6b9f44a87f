"""Reads the words out of rich text as Outlook keeps it (MS-OXRTFCP packed, MS-OXRTFEX around HTML), within bounds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from peermatch.mail.charsets import decode

_BEGINS = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20"
    b"\\b\\i\\u\\tab\\tx"
)
_RING = 4096
_TOKEN = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|([\r\n]+)"
)
_LINES = {
    b"par": "\n",
    b"line": "\n",
    b"tab": "\t",
    b"row": "\n",
    b"cell": "\t",
    b"page": "\n",
    b"sect": "\n",
}
_SIGNS = {
    b"lquote": "\u2018", b"rquote": "\u2019", b"ldblquote": "\u201c", b"rdblquote": "\u201d", b"bullet": "\u2022",
    b"endash": "\u2013", b"emdash": "\u2014",
}  # fmt: skip
_UNSEEN = frozenset(
    {b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"footer", b"fldinst"}
)
_DEEPEST = 200


def unpacked(data: bytes, limit: int) -> tuple[bytes, bool]:
    """The rich text behind its packing, and whether all of it is there; never more than ``limit`` bytes of it."""
    if len(data) < 16:
        return b"", False
    size = int.from_bytes(data[4:8], "little")
    if data[8:12] == b"MELA":
        return data[16 : 16 + min(size, limit)], len(data) - 16 >= size <= limit
    if data[8:12] != b"LZFu":
        return b"", False
    found = _grown(data, limit)
    return found[:limit], size <= len(found) and size <= limit


def _grown(data: bytes, limit: int) -> bytes:
    """Each bit of a control byte says whether a letter follows or a place in the ring of what was last written."""
    ring = bytearray(_BEGINS.ljust(_RING, b" "))
    write, at, done = len(_BEGINS), 16, bytearray()
    while at < len(data) and len(done) <= limit:
        control = data[at]
        at += 1
        for bit in range(8):
            if not control >> bit & 1:
                run, at = data[at : at + 1], at + 1
            else:
                token = int.from_bytes(data[at : at + 2], "big")
                start, at = token >> 4, at + 2
                if start == write or at > len(data):
                    return bytes(done)
                run = _run(ring, start, write, (token & 15) + 2)
            for byte in run:
                ring[write] = byte
                write = (write + 1) % _RING
            done += run
    return bytes(done)


def _run(ring: bytearray, start: int, write: int, length: int) -> bytes:
    """A run may read what it has just written."""
    found = bytearray()
    for step in range(length):
        place = (start + step) % _RING
        ahead = (place - write) % _RING
        found.append(found[ahead] if ahead < len(found) else ring[place])
    return bytes(found)


@dataclass(slots=True)
class _Group:
    """What holds until a brace closes."""

    unseen: bool = False
    tag: bool = False
    plain_only: bool = False
    skip: int = 1


@dataclass(slots=True)
class _Reader:
    """Walks through the tokens once; with ``html`` it gathers the HTML that the rich text was made from."""

    html: bool
    charset: str = "cp1252"
    groups: list[_Group] = field(default_factory=lambda: [_Group()])
    deeper: int = 0
    pending: int = 0
    bytes_: bytearray = field(default_factory=bytearray)
    done: list[str] = field(default_factory=list)

    @property
    def top(self) -> _Group:
        """The innermost group."""
        return self.groups[-1]

    def say(self, text: str) -> None:
        """Words, unless they belong to what nobody is shown."""
        self.flush()
        if not self.top.unseen and not (self.html and self.top.plain_only):
            self.done.append(text)

    def flush(self) -> None:
        """Letters of more than one byte come in several tokens."""
        if self.bytes_:
            raw, self.bytes_ = bytes(self.bytes_), bytearray()
            if not self.top.unseen and not (self.html and self.top.plain_only):
                self.done.append(decode(raw, self.charset)[0])

    def brace(self, sign: bytes) -> None:
        """A group begins or ends."""
        self.flush()
        if sign == b"{":
            if len(self.groups) >= _DEEPEST:
                self.deeper += 1
                return
            top = self.top
            self.groups.append(_Group(top.unseen, top.tag, top.plain_only, top.skip))
        elif self.deeper:
            self.deeper -= 1
        elif len(self.groups) > 1:
            self.groups.pop()

    def word(self, name: bytes, number: int | None) -> None:
        """A control word."""
        if name == b"u":
            self._unicode(number or 0)
        elif name in _LINES and not (self.html and self.top.tag):
            self.say("\n" if self.html else _LINES[name])
        elif name in _SIGNS:
            self.say(_SIGNS[name])
        elif name in _UNSEEN:
            self.flush()
            self.top.unseen = True
        else:
            self._setting(name, number)

    def _setting(self, name: bytes, number: int | None) -> None:
        if name == b"ansicpg":
            self.charset = f"cp{number}"
        elif name == b"uc":
            self.top.skip = max(0, min(number if number is not None else 1, 16))
        elif name == b"htmlrtf":
            self.flush()
            self.top.plain_only = number != 0
        elif name == b"htmltag":
            self.top.unseen, self.top.tag = not self.html, True

    def _unicode(self, number: int) -> None:
        code = number % 0x10000
        self.say(chr(code))
        self.pending = self.top.skip

    def symbol(self, sign: bytes) -> None:
        """A control sign such as a brace that is meant as one."""
        if sign == b"*":
            # What follows is for programs that know it; of those only the tags of the HTML are of use here.
            self.top.unseen = True
        elif sign == b"~":
            self.say(" ")
        elif sign in (b"{", b"}", b"\\"):
            self.say(sign.decode())
        elif sign in (b"\n", b"\r") and not self.html:
            self.say("\n")


def rtf_to_text(rich: bytes) -> str:
    """The words of rich text in lines; pictures, fonts and notes for programs are left out."""
    return _gathered(rich, html=False)


def rtf_to_html(rich: bytes) -> str | None:
    """The HTML letter that this rich text was made from; None where it was none."""
    return _gathered(rich, html=True) if b"\\fromhtml1" in rich[:2000] else None


def _gathered(rich: bytes, *, html: bool) -> str:
    reader = _Reader(html)
    for found in _TOKEN.finditer(rich):
        _take(reader, found)
    reader.flush()
    return "".join(_paired(reader.done))


def _take(reader: _Reader, found: re.Match[bytes]) -> None:
    code, name, number, sign, brace, words, _ = found.groups()
    if code:
        if reader.pending:
            reader.pending -= 1
        else:
            reader.bytes_ += bytes.fromhex(code.decode())
    elif name:
        reader.word(name, int(number) if number else None)
    elif sign:
        reader.symbol(sign)
    elif brace:
        reader.pending = 0
        reader.brace(brace)
    elif words:
        rest = words[reader.pending :]
        reader.pending = max(0, reader.pending - len(words))
        reader.bytes_ += rest


def _paired(pieces: list[str]) -> Iterator[str]:
    """Signs beyond the first plane come as two halves; a half alone cannot be written down."""
    yield "".join(pieces).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
