"""Letters on their way in: files that were dropped or chosen, and pasted text, read and received on the worker."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QMimeData

from peermatch.errors import BadInput, PeerMatchError, SystemRefused
from peermatch.model.changes import Done, Touched
from peermatch.services.enquiries import Draft, Received
from peermatch.services.office import Services
from peermatch.ui.widgets.banner import BannerKind

LARGEST = 60_000_000
"""Bytes; a letter beyond it is not loaded into memory at all."""
RAW_LETTER = "message/rfc822"


@dataclass(frozen=True, slots=True)
class Source:
    """One letter before it is read: a file, the bytes of an e-mail, or text."""

    name: str
    path: Path | None = None
    raw: bytes | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of all of them; ``problems`` are those that could not be read, each with its sentence."""

    received: tuple[Received, ...]
    done: Done
    problems: tuple[tuple[str, PeerMatchError], ...]


def sources_in(mime: QMimeData) -> tuple[Source, ...]:
    """The letters in what was dropped or pasted: files first, then an e-mail, then text."""
    files = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    if files:
        return files_as_sources(files)
    if mime.hasFormat(RAW_LETTER):
        return (Source("the e-mail", raw=bytes(mime.data(RAW_LETTER).data())),)
    if mime.hasText() and mime.text().strip():
        return (Source("the pasted text", text=mime.text()),)
    return ()


def files_as_sources(files: tuple[Path, ...]) -> tuple[Source, ...]:
    """Files that were chosen."""
    return tuple(Source(path.name, path=path) for path in files)


def take_in(services: Services, sources: tuple[Source, ...], on: date) -> Arrived:
    """Read all letters and keep the new ones in one step; one that cannot be read does not stop the others."""
    drafts: list[Draft] = []
    problems: list[tuple[str, PeerMatchError]] = []
    for source in sources:
        try:
            drafts.append(_draft(services, source))
        except PeerMatchError as error:
            problems.append((source.name, error))
    if not drafts:
        return Arrived((), Done(Touched(), ""), tuple(problems))
    pasted = all(source.text is not None for source in sources)
    received, done = services.enquiries.receive_all(tuple(drafts), on, "pasted" if pasted else "email")
    return Arrived(received, done, tuple(problems))


def told(arrived: Arrived) -> tuple[BannerKind, str, str] | None:
    """What must be said beside the notice: what could not be read, or that nothing was new."""
    if arrived.problems:
        name, error = arrived.problems[0]
        others = len(arrived.problems) - 1
        more = f" {others} more could not be read." if others else ""
        return "error", f"{name}: {error.what}{more}", error.hint
    if not arrived.done.touched.enquiries:
        return "info", arrived.done.notice, "Nothing was added."
    return None


def _draft(services: Services, source: Source) -> Draft:
    if source.text is not None:
        return services.enquiries.draft_text(source.text)
    return services.enquiries.draft(source.raw if source.raw is not None else _read(source))


def _read(source: Source) -> bytes:
    path = source.path
    if path is None or not path.is_file():
        raise BadInput(
            "This is not a file that holds a letter.", "Choose one e-mail (.eml) at a time, or several."
        )
    try:
        if path.stat().st_size > LARGEST:
            raise BadInput(
                "This file is too large to be a letter.", "Save the e-mail without its attachments."
            )
        return path.read_bytes()
    except OSError as error:
        raise SystemRefused(
            "This file could not be read.", "Copy it to your own folder and try again."
        ) from error
