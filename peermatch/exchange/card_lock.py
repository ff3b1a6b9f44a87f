"""A page locked with a passphrase: AES-256 (revision 6, ISO 32000-2), with which screen readers still work."""

import secrets
import string
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO

from peermatch.errors import BadInput, Refused
from peermatch.model.card_wishes import LONGEST_PASSPHRASE

ALGORITHM = "AES-256"
_OWNER_LENGTH = 32
_SIGNS = string.ascii_letters + string.digits


@dataclass(frozen=True, slots=True)
class Paper:
    """The page as it was made, and as it leaves: the same, or locked with a passphrase that is kept nowhere."""

    plain: bytes = field(repr=False)
    leaving: bytes = field(repr=False)
    passphrase: str = field(default="", repr=False)


def locked(plain: bytes, passphrase: str) -> bytes:
    """The page under a passphrase; chance makes it different each time.

    The owner's password is drawn and forgotten: with an empty one macOS opens the file without asking, and with the
    same one whoever reads could change it. Reading aloud and copying stay allowed, for screen readers.
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.constants import UserAccessPermissions as May

    reader = PdfReader(BytesIO(plain))
    writer = PdfWriter(clone_from=reader)
    writer.pdf_header = reader.pdf_header  # pypdf would call it 1.3, which knows no page that can be heard
    kept_back = May.MODIFY | May.ADD_OR_MODIFY | May.FILL_FORM_FIELDS | May.ASSEMBLE_DOC
    owner = "".join(secrets.choice(_SIGNS) for _ in range(_OWNER_LENGTH))
    writer.encrypt(as_typed(passphrase), owner, permissions_flag=May.all() & ~kept_back, algorithm=ALGORITHM)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def as_typed(passphrase: str) -> str:
    """One form for what different keyboards make of the same signs."""
    return unicodedata.normalize("NFKC", passphrase)


def refuse_passphrase(passphrase: str) -> None:
    """BadInput unless a PDF can hold it and any keyboard can type it again."""
    typed = as_typed(passphrase)
    if len(typed.encode("utf-8", "replace")) > LONGEST_PASSPHRASE:
        raise BadInput(
            f"The passphrase of the PDF is too long: a PDF reads {LONGEST_PASSPHRASE} bytes of it.",
            "Choose a shorter one.",
        )
    if typed != typed.strip() or any(unicodedata.category(sign)[0] == "C" for sign in typed):
        raise BadInput(
            "The passphrase of the PDF holds a sign that cannot be typed, or a space at its end.",
            "Use the words that are offered.",
        )


def refuse_beside(passphrase: str, texts: Iterable[str]) -> None:
    """A passphrase never travels with what it locks, however it is written there."""
    bare, spaced = _bare(passphrase), _folded(passphrase)
    if any(spaced in _folded(text) or (bare and bare in _bare(text)) for text in texts):
        raise Refused(
            "The passphrase of the PDF stands in the letter itself, so the letter was held back.",
            "Choose another passphrase, and tell it by phone or in another way.",
        )


def _folded(text: str) -> str:
    return " ".join(as_typed(text).casefold().split())


def _bare(text: str) -> str:
    return "".join(sign for sign in _folded(text) if sign.isalnum())
