"""Letters on their way in: what was dropped, chosen or pasted, told apart and read one at a time on the worker."""

import os
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl

from peermatch.errors import BadInput, PeerMatchError, SystemRefused
from peermatch.model.changes import Done
from peermatch.services.incoming import Draft, Received
from peermatch.services.office import Services
from peermatch.ui.screens.outlook_drag import SAVE_FIRST, comes_from_outlook, dragged
from peermatch.words import tr

LARGEST = 60_000_000
"""Bytes; a letter beyond it is not loaded into memory at all."""
MOST = 500
"""Letters that are taken in at once; more of them are a mistake, such as a whole mailbox."""
RAW_LETTER = "message/rfc822"
MAILBOX = ".mbox"
LETTER_ENDINGS = (".eml", ".msg", MAILBOX)
_PROMISES = ("x-moz-message", "x-moz-file-promise", "filegroupdescriptor", "com.apple.mail")
"""Signs of a mail program that names a letter instead of handing over its words."""
_MAIL_LINKS = frozenset({"imap", "imap-message", "mailbox", "mailbox-message", "mid", "message", "news"})
_SAVE_OR_COPY = tr(
    "Save the e-mail as a file (.eml or .msg) and drop that, or copy its words and paste them."
)
_THUNDERBIRD = tr(
    "In Thunderbird, save the e-mail as a file (Ctrl+S) and drop that, or copy its words and paste them."
)
FORM_ENDINGS = (".xlsx", ".csv")
"""Answers of a volunteer form, which have a page of their own."""
_FORM = (tr("This is a table, not a letter."), tr("If it is a volunteer form, drop it by itself."))
_BY_ENDING = {
    ".csv": _FORM,
    ".tsv": _FORM,
    ".vcf": (
        tr("This is a contact card, not a letter."),
        tr("Supporters are added on the Supporters screen."),
    ),
    ".ics": (
        tr("This is a calendar entry, not a letter."),
        tr("Copy its words and paste them if they are needed."),
    ),
}


@dataclass(frozen=True, slots=True)
class Source:
    """One letter before it is read: a file, the bytes of an e-mail, text, or what can be none, with the reason."""

    name: str
    path: Path | None = None
    raw: bytes | None = None
    text: str | None = None
    refusal: BadInput | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What came of reading one: a letter that may be kept, or the sentence why not."""

    name: str
    draft: Draft | None = None
    problem: PeerMatchError | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of all of them; ``names`` belong to ``received``, ``problems`` could not be read."""

    names: tuple[str, ...]
    received: tuple[Received, ...]
    done: Done
    problems: tuple[tuple[str, PeerMatchError], ...]

    @property
    def new(self) -> int:
        """How many new enquiries there are."""
        return sum(1 for each in self.received if each.new)

    @property
    def kept(self) -> bool:
        """Whether anything was kept: a new enquiry, or a letter beside one."""
        return any(each.new or each.state is not None for each in self.received)

    @property
    def count(self) -> int:
        """How many there were."""
        return len(self.received) + len(self.problems)


def sources_in(mime: QMimeData) -> tuple[Source, ...]:
    """The letters in what was dropped or pasted: files first, then an e-mail, then text, then what is none."""
    urls = mime.urls()
    files = tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
    if files:
        return files_as_sources(files)
    if mime.hasFormat(RAW_LETTER):
        return (Source(tr("the e-mail"), raw=bytes(mime.data(RAW_LETTER).data())),)
    if comes_from_outlook(mime):
        return _from_outlook(mime)
    if _promised(mime, urls):
        what = tr("This e-mail program hands over no letter, only its name.")
        hint = _THUNDERBIRD if any("x-moz" in each for each in mime.formats()) else _SAVE_OR_COPY
        return (Source(tr("the e-mail"), refusal=BadInput(what, hint)),)
    text = mime.text() if mime.hasText() else ""
    if urls and len(text.split()) <= len(urls):
        return (Source(tr("the link"), refusal=BadInput(tr("This is a link, not a letter."), _SAVE_OR_COPY)),)
    if text.strip():
        return (Source(tr("the pasted text"), text=text),)
    if mime.hasImage():
        return (
            Source(
                tr("the picture"), refusal=BadInput(tr("This is a picture, not a letter."), _SAVE_OR_COPY)
            ),
        )
    return ()


def may_bring(mime: QMimeData) -> bool:
    """Whether there may be a letter in what is dragged; nothing of it is fetched before it is let go."""
    return comes_from_outlook(mime) or bool(sources_in(mime))


def _from_outlook(mime: QMimeData) -> tuple[Source, ...]:
    """The letters that Outlook hands over, and a sentence where it names them alone."""
    found = dragged(mime)
    if not any(body for _, body in found):
        what = tr("Outlook hands over no letter this way, only its name.")
        return (Source(tr("the e-mail"), refusal=BadInput(what, SAVE_FIRST)),)
    refusal = BadInput(tr("Outlook did not hand over this one."), SAVE_FIRST)
    return tuple(Source(name, raw=body) if body else Source(name, refusal=refusal) for name, body in found)


def _promised(mime: QMimeData, urls: Sequence[QUrl]) -> bool:
    named = any(sign in each.casefold() for each in mime.formats() for sign in _PROMISES)
    return named or any(url.scheme().casefold() in _MAIL_LINKS for url in urls)


def files_as_sources(files: tuple[Path, ...]) -> tuple[Source, ...]:
    """Files that were chosen; the same one twice is one."""
    return tuple(Source(path.name, path=path) for path in dict.fromkeys(files))


def form_in(sources: tuple[Source, ...]) -> str:
    """The place of a file with answers of a volunteer form, where that is all there is; else nothing."""
    paths = [source.path for source in sources if source.path is not None]
    alone = len(sources) == 1 and paths and paths[0].suffix.casefold() in FORM_ENDINGS
    return str(paths[0]) if alone else ""


def unfolded(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """On the worker: the letters in folders instead of the folders; far too many are refused before one is read."""
    found = tuple(each for source in sources for each in _within(source))
    if len(found) > MOST:
        raise BadInput(
            tr("These are {found:,} letters; {most} can be taken in at once.").format(
                found=len(found), most=MOST
            ),
            tr("Nothing was added. Drop fewer of them."),
        )
    return found


def _within(source: Source) -> tuple[Source, ...]:
    if source.path is None or not source.path.is_dir():
        return (source,)
    letters = sorted(
        Path(where) / name
        for where, _, names in os.walk(source.path)
        for name in names
        if name.casefold().endswith(LETTER_ENDINGS)
    )
    if not letters:
        what = tr("There are no letters in this folder.")
        return (Source(source.name, refusal=BadInput(what, tr("Letters end in .eml, .msg or .mbox."))),)
    return files_as_sources(tuple(letters))


def read(services: Services, source: Source) -> tuple[Read, ...]:
    """On the worker: what one source says; a mailbox holds several letters, and nothing is kept yet."""
    try:
        if source.refusal is not None:
            raise source.refusal
        if source.text is not None:
            return (Read(source.name, services.enquiries.draft_text(source.text)),)
        raw = source.raw if source.raw is not None else _bytes_of(source)
        if source.name.casefold().endswith(MAILBOX):
            return _read_mailbox(services, source.name, raw)
        return (Read(source.name, services.enquiries.draft(raw)),)
    except PeerMatchError as error:
        return (Read(source.name, problem=error),)


def _read_mailbox(services: Services, name: str, raw: bytes) -> tuple[Read, ...]:
    letters = services.enquiries.letters_in(raw)
    if len(letters) > MOST:
        raise BadInput(
            tr("This mailbox holds {letters:,} letters.").format(letters=len(letters)),
            tr("{most} can be taken in at once.").format(most=MOST),
        )
    numbered = (
        Source(tr("{name}, letter {n}").format(name=name, n=n), raw=each)
        for n, each in enumerate(letters, start=1)
    )
    return tuple(each for source in numbered for each in read(services, source))


def _bytes_of(source: Source) -> bytes:
    path = source.path
    if path is None or not path.is_file():
        raise BadInput(
            tr("This file is not there, or it is no file."), tr("Look where it is, and drop it again.")
        )
    if said := _BY_ENDING.get(path.suffix.casefold()):
        raise BadInput(*said)
    try:
        if path.stat().st_size > LARGEST:
            raise BadInput(
                tr("This file is too large to be a letter."), tr("Save the e-mail without its attachments.")
            )
        return path.read_bytes()
    except OSError as error:
        raise SystemRefused(
            tr("This file could not be read."), tr("Copy it to your own folder and try again.")
        ) from error


def as_values(sources: Sequence[Source]) -> list[dict[str, str]]:
    """What is needed to read them another time."""
    found = []
    for source in sources:
        values = {"name": source.name}
        if source.path is not None:
            values["path"] = str(source.path)
        if source.raw is not None:
            values["raw"] = b64encode(source.raw).decode()
        if source.text is not None:
            values["text"] = source.text
        found += [values] if len(values) > 1 else []
    return found


def from_values(values: Sequence[Mapping[str, str]]) -> tuple[Source, ...]:
    """The other way round."""
    return tuple(
        Source(
            str(each["name"]),
            path=Path(each["path"]) if "path" in each else None,
            raw=b64decode(each["raw"]) if "raw" in each else None,
            text=str(each["text"]) if "text" in each else None,
        )
        for each in values
    )
