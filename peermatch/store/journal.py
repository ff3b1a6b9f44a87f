"""One journal for audit and undo: what each command changed, chained so that tampering shows."""

import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import event, func, inspect, literal, select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel, col

from peermatch.store.tables import ImageRow, JournalRow

_START = b"\0" * 32
# What is written about, not written down: the journal itself.
_SILENT = frozenset({"journal", "journal_image", "secret"})


@dataclass(frozen=True, slots=True)
class Image:
    """A row before and after a command, as canonical JSON; None where it did not exist."""

    table: str
    key: str
    before: str | None
    after: str | None

    def as_bytes(self) -> bytes:
        """The image as the chain seals it."""
        return json.dumps([self.table, self.key, self.before, self.after]).encode()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal, as people may read it."""

    seq: int
    at: datetime
    slot: str
    action: str
    object: str
    detail: str
    undoes: int | None


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"hex": value.hex()}
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _as_json(columns: dict[str, Any]) -> str:
    return json.dumps({name: _plain(value) for name, value in columns.items()}, sort_keys=True)


def _columns(row: SQLModel) -> dict[str, Any]:
    return {c.key: getattr(row, c.key) for c in inspect(type(row)).column_attrs}


def row_as_json(row: SQLModel | None) -> str | None:
    """A row as an image holds it; None for no row."""
    return None if row is None else _as_json(_columns(row))


def _before(row: SQLModel) -> dict[str, Any]:
    state = inspect(row)
    before = {}
    for name, value in _columns(row).items():
        deleted = state.attrs[name].history.deleted
        before[name] = deleted[0] if deleted else value
    return before


def _key(row: SQLModel) -> str:
    return json.dumps([_plain(value) for value in inspect(type(row)).primary_key_from_instance(row)])


class Recorder:
    """Listens to one session and collects the images of all rows that its flushes change."""

    def __init__(self, session: Session) -> None:
        self._images: dict[tuple[str, str], Image] = {}
        event.listen(session, "after_flush", self._after_flush)

    def _after_flush(self, session: Session, _context: object) -> None:
        for row in session.new:
            self._note(row, None, _as_json(_columns(row)))
        for row in session.deleted:
            self._note(row, _as_json(_before(row)), None)
        for row in session.dirty:
            if session.is_modified(row):
                self._note(row, _as_json(_before(row)), _as_json(_columns(row)))

    def _note(self, row: Any, before: str | None, after: str | None) -> None:
        table = row.__tablename__
        if table in _SILENT:
            return
        at = (table, _key(row))
        earlier = self._images.get(at)
        self._images[at] = Image(*at, earlier.before if earlier else before, after)

    @property
    def images(self) -> tuple[Image, ...]:
        """What changed, each row once: as it was before the command and as it is after."""
        return tuple(image for image in self._images.values() if image.before != image.after)


def _images_mac(key: bytes, images: Iterable[Image]) -> bytes:
    sealed = hmac.new(key, digestmod="sha256")
    for image in images:
        body = image.as_bytes()
        sealed.update(len(body).to_bytes(8, "big") + body)
    return sealed.digest()


def _line_mac(key: bytes, previous: bytes, row: JournalRow) -> bytes:
    line = json.dumps(
        [row.seq, row.at, row.slot, row.action, row.object, row.detail, row.undoes], sort_keys=True
    )
    return hmac.new(key, previous + line.encode() + row.images_mac, "sha256").digest()


@dataclass(frozen=True, slots=True)
class Line:
    """What a command says of itself: when, by which key slot, what kind, about which ids, and what it takes back."""

    at: datetime
    slot: str
    action: str
    object: str = ""
    detail: str = ""
    undoes: int | None = None


def append(session: Session, key: bytes, images: tuple[Image, ...], line: Line) -> int:
    """Write the line of the command that is about to be committed and return its number."""
    last = session.scalars(select(JournalRow).order_by(col(JournalRow.seq).desc()).limit(1)).first()
    seq = (last.seq or 0) + 1 if last else 1
    row = JournalRow(
        seq=seq,
        at=line.at.astimezone(UTC).isoformat(timespec="seconds"),
        slot=line.slot,
        action=line.action,
        object=line.object,
        detail=line.detail,
        undoes=line.undoes,
        images_mac=_images_mac(key, images),
        mac=b"",
    )
    row.mac = _line_mac(key, last.mac if last else _START, row)
    session.add(row)
    session.flush()
    session.add_all(
        ImageRow(seq=seq, table_name=i.table, key=i.key, before=i.before, after=i.after) for i in images
    )
    return seq


def entries(session: Session, limit: int = 200, about: str | None = None) -> tuple[Entry, ...]:
    """The newest lines first, or only those about one record."""
    query = select(JournalRow).order_by(col(JournalRow.seq).desc()).limit(limit)
    if about is not None:
        query = query.where(
            (literal(" ") + col(JournalRow.object) + " ").contains(f" {about} ", autoescape=True)
        )
    return tuple(_entry(row) for row in session.scalars(query))


def newest(session: Session) -> int:
    """The number of the newest line; 0 for none."""
    return session.scalar(select(func.max(col(JournalRow.seq)))) or 0


def tables_since(session: Session, seq: int) -> frozenset[str]:
    """Of which tables a row was changed after a line."""
    return frozenset(
        session.scalars(select(col(ImageRow.table_name)).where(col(ImageRow.seq) > seq).distinct())
    )


def entry(session: Session, seq: int) -> Entry | None:
    """One line."""
    row = session.get(JournalRow, seq)
    return None if row is None else _entry(row)


def undone(session: Session, seq: int) -> bool:
    """Whether a later line took this one back."""
    return session.scalars(select(JournalRow).where(col(JournalRow.undoes) == seq)).first() is not None


def _entry(row: JournalRow) -> Entry:
    return Entry(
        row.seq or 0, datetime.fromisoformat(row.at), row.slot, row.action, row.object, row.detail, row.undoes
    )


def images_of(session: Session, seq: int) -> tuple[Image, ...]:
    """The images of one line; a wiped one has neither before nor after."""
    rows = session.scalars(select(ImageRow).where(col(ImageRow.seq) == seq).order_by(col(ImageRow.id)))
    return tuple(Image(row.table_name, row.key, row.before, row.after) for row in rows)


def first_broken(session: Session, key: bytes) -> int | None:
    """The number of the first line that was altered, removed or put in; None for a whole chain."""
    previous, expected = _START, 1
    for row in session.scalars(select(JournalRow).order_by(col(JournalRow.seq))):
        if row.seq != expected or not hmac.compare_digest(row.mac, _line_mac(key, previous, row)):
            return expected
        images = images_of(session, expected)
        wiped = any(image.before is None and image.after is None for image in images)
        if not wiped and not hmac.compare_digest(row.images_mac, _images_mac(key, images)):
            return expected
        previous, expected = row.mac, expected + 1
    return None
