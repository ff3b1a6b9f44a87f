"""Proof of consent that somebody sent: a file that is kept in the encrypted network beside their record."""

from dataclasses import dataclass
from datetime import date

from peermatch.words import tr

LARGEST = 5_000_000
MOST = 20
"""Of one person; more are a sign that something is filed in the wrong place."""
KINDS = frozenset(
    {"pdf", "png", "jpg", "jpeg", "tif", "tiff", "eml", "msg", "txt", "docx", "odt", "wav", "m4a"}
)
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True, repr=False)
class Evidence:
    """What is known of one file; its bytes are read when somebody asks for them. It never shows its name by itself."""

    number: int
    supporter: str
    added: date
    name: str
    size: int
    sha256: str

    @property
    def id(self) -> str:
        """By what a record of consent names it: made of the file itself, so that it never means another one."""
        return f"V-{self.sha256[:8]}"

    @property
    def kind(self) -> str:
        """The end of its name."""
        return kind_of(self.name)


def kind_of(name: str) -> str:
    """The end of a file's name, in small letters; empty for none."""
    stem, dot, end = name.rpartition(".")
    return end.casefold() if dot and stem else ""


def size_words(size: int) -> str:
    """How large a file is: ``120 KB``."""
    if size < 1_000:
        return tr("{size} bytes").format(size=size)
    return (
        tr("{size:.0f} KB").format(size=size / 1000)
        if size < 1_000_000
        else tr("{size:.1f} MB").format(size=size / 1000000)
    )
