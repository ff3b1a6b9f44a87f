"""Reads a finished page as another program would: its words, its marks for screen readers, its links and its lock."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from pypdf import PdfReader
    from pypdf.generic import PdfObject

_AES_256 = (5, 6, "/AESV3")
_CATALOG = frozenset(
    (
        "/Type",
        "/Pages",
        "/Metadata",
        "/Lang",
        "/StructTreeRoot",
        "/MarkInfo",
        "/ViewerPreferences",
        "/Outlines",
    )
)
_INFO = frozenset(("/Title", "/Creator", "/CreationDate", "/ModDate"))


@dataclass(frozen=True, slots=True)
class Paged:
    """What a PDF holds: words, title, language, links, its pictures of pages; ``more`` is what no card has."""

    pages: int
    text: str
    title: str
    language: str
    tagged: bool
    links: frozenset[str]
    drawn: bytes
    more: tuple[str, ...]
    revised: str


@dataclass(frozen=True, slots=True)
class Lock:
    """How a PDF is locked: whether with AES-256, revision 6, what stays allowed, and whether it opens without words."""

    strong: bool
    reading: bool
    changing: bool
    opens_with_nothing: bool


def read_pdf(data: bytes, passphrase: str = "") -> Paged | None:
    """The page, or None where it is no PDF or does not open with these words."""
    from pypdf import PasswordType, PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(data), strict=True)
        if reader.is_encrypted and reader.decrypt(passphrase) is not PasswordType.USER_PASSWORD:
            return None
        return _paged(reader)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError):
        return None


def read_lock(data: bytes) -> Lock | None:
    """The lock of a PDF, None where it has none."""
    from pypdf import PasswordType, PdfReader
    from pypdf.constants import UserAccessPermissions as May
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(data), strict=True)
        if not reader.is_encrypted:
            return None
        how = cast("dict[str, Any]", reader.trailer["/Encrypt"].get_object())
        cipher = how["/CF"][how["/StmF"]]["/CFM"]
        strong = (how["/V"], how["/R"], cipher) == _AES_256 and how["/StmF"] == how["/StrF"]
        may = May(int(how["/P"]) & 0xFFFFFFFF)
        return Lock(
            strong=strong,
            reading=bool(may & May.EXTRACT and may & May.EXTRACT_TEXT_AND_GRAPHICS and may & May.PRINT),
            changing=bool(may & May.MODIFY or may & May.ADD_OR_MODIFY or may & May.ASSEMBLE_DOC),
            opens_with_nothing=reader.decrypt("") is not PasswordType.NOT_DECRYPTED,
        )
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError):
        return Lock(strong=False, reading=False, changing=True, opens_with_nothing=True)


def _paged(reader: "PdfReader") -> Paged:
    root, info = reader.root_object, dict(reader.metadata or {})
    marks = root.get("/MarkInfo")
    words = [page.extract_text() for page in reader.pages]
    links, more = set(), [*(set(root) - _CATALOG), *(set(info) - _INFO), *reader.attachments]
    for page in reader.pages:
        for note in page.get("/Annots") or ():
            each = note.get_object()
            action = each["/A"].get_object() if "/A" in each else {}
            if each.get("/Subtype") == "/Link" and action.get("/S") == "/URI":
                links.add(str(action["/URI"]))
            else:
                more.append(str(each.get("/Subtype")))
        more += [key for key in ("/AA", "/PieceInfo", "/Thumb") if key in page]
    return Paged(
        pages=len(reader.pages),
        text="\n".join((*words, *_headings(reader.outline))),
        title=str(info.get("/Title", "")),
        language=str(root.get("/Lang", "")),
        tagged=bool(marks and marks.get_object().get("/Marked")) and "/StructTreeRoot" in root,
        links=frozenset(links),
        drawn=b"\n".join(_drawn(page.get_contents()) for page in reader.pages),
        more=tuple(sorted(str(each) for each in more)),
        revised=str(info.get("/ModDate", "")),
    )


def _drawn(contents: "PdfObject | None") -> bytes:
    return contents.get_data() if contents is not None and hasattr(contents, "get_data") else b""


def _headings(outline: object) -> Iterator[str]:
    """The words of the bookmarks, which are the headings of the page once more."""
    for each in outline if isinstance(outline, list) else ():
        if isinstance(each, list):
            yield from _headings(each)
        else:
            yield str(each.title)
