"""What a file is that is no letter, told by its first bytes, so that the sentence can say what to do with it."""

from collections.abc import Callable

_SAVE_AGAIN = "Save it from your e-mail program as .eml, or copy its text and paste it."
_PICTURE = ("This is a picture, not a letter.", "Write down what it says, or ask for the e-mail itself.")
_PAGES = ("This is a document, not a letter.", "Copy its words and paste them.")
_TABLE = (
    "This is a spreadsheet, not a letter.",
    "If it is a volunteer form, take it in with the supporters.",
)
_PACKED = ("This is a packed folder, not a letter.", "Unpack it first, and choose the letters in it.")
_PROGRAM = ("This is a program, not a letter.", "Do not open it unless you know who made it.")
_OTHER = ("This file is not a letter.", _SAVE_AGAIN)
Said = tuple[str, str]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an Outlook letter (.msg) begins, and every older Office document too."""


def _starts(*starts: bytes) -> Callable[[bytes], bool]:
    return lambda raw: raw.startswith(starts)


def _packed_with(folder: bytes) -> Callable[[bytes], bool]:
    return lambda raw: raw.startswith(b"PK\x03\x04") and (folder in raw[:4096] or folder in raw[-65_536:])


def _drawn(raw: bytes) -> bool:
    """Pictures whose first bytes hold a length: WebP, and those of telephones (HEIC, AVIF)."""
    return raw[8:12] == b"WEBP" or raw[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif")


_KINDS: tuple[tuple[Callable[[bytes], bool], Said], ...] = (
    (_starts(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*"), _PICTURE),
    (_drawn, _PICTURE),
    (_starts(b"%PDF-", b"{\\rtf"), _PAGES),
    (_packed_with(b"xl/"), _TABLE),
    (_packed_with(b"opendocument.spreadsheet"), _TABLE),
    (_packed_with(b"word/"), _PAGES),
    (_packed_with(b"opendocument.text"), _PAGES),
    (_starts(b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!"), _PACKED),
    (_starts(b"\x7fELF", b"MZ\x90\x00"), _PROGRAM),
    (_starts(b"SQLite"), _OTHER),
)


def known_kind(raw: bytes) -> Said | None:
    """What it is and what to do, where it is known to be something other than a letter."""
    return next((said for fits, said in _KINDS if fits(raw)), None)


def not_a_letter() -> Said:
    """The same where nobody knows what it is."""
    return _OTHER
