"""One journal for audit and undo: what each command changed, chained so that tampering shows."""

import hmac
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from peermatch.store.numbers import Numbers
from peermatch.store.sql import sql
from peermatch.store.transaction import Cell, Transaction, table_of

RESTORED = "restore"
"""The action of the line that a restore writes."""
_START = b"\0" * 32
# What is written about, not written down: the journal itself.
_SILENT = frozenset({"journal", "journal_image", "secret"})
# So many lines are followed at once; more of them keep everything else waiting.
_AT_ONCE = 1000
_LINES = "SELECT seq, at, slot, action, object, detail, undoes FROM journal"
_ABOUT = "' ' || object || ' ' LIKE ? ESCAPE '/'"


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


def _columns(row: "sql.SQLModel") -> dict[str, Any]:
    return {c.key: getattr(row, c.key) for c in sql.inspect(type(row)).column_attrs}


def row_as_json(row: "sql.SQLModel | None") -> str | None:
    """A row as an image holds it; None for no row."""
    return None if row is None else _as_json(_columns(row))


def _before(row: "sql.SQLModel") -> dict[str, Any]:
    state = sql.inspect(row)
    before = {}
    for name, value in _columns(row).items():
        deleted = state.attrs[name].history.deleted
        before[name] = deleted[0] if deleted else value
    return before


def _key(row: "sql.SQLModel") -> str:
    return json.dumps([_plain(value) for value in sql.inspect(type(row)).primary_key_from_instance(row)])


class Recorder:
    """Listens to one session: numbers its new rows, and collects the images of all rows that its flushes change."""

    def __init__(self, session: "sql.Session") -> None:
        self._images: dict[tuple[str, str], Image] = {}
        Numbers(session, _SILENT)
        sql.event.listen(session, "after_flush", self._after_flush)

    def _after_flush(self, session: "sql.Session", _context: object) -> None:
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


def _line_mac(key: bytes, previous: bytes, row: Any) -> bytes:
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


def append(session: "sql.Session", key: bytes, images: tuple[Image, ...], line: Line) -> int:
    """Write the line of the command that is about to be committed and return its number."""
    last = session.scalars(
        sql.select(sql.JournalRow).order_by(sql.col(sql.JournalRow.seq).desc()).limit(1)
    ).first()
    seq = (last.seq or 0) + 1 if last else 1
    row = sql.JournalRow(
        seq=seq,
        at=_moment(line.at),
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
        sql.ImageRow(seq=seq, table_name=i.table, key=i.key, before=i.before, after=i.after) for i in images
    )
    return seq


def entries(tx: Transaction, limit: int = 200, about: str | None = None) -> tuple[Entry, ...]:
    """The newest lines first, or only those about one record."""
    return page(tx, Sought(about or ""), limit)


@dataclass(frozen=True, slots=True)
class Sought:
    """Which lines: about one record, by some slots, of some actions, of some time; all where nothing is said."""

    about: str = ""
    slots: frozenset[str] = frozenset()
    actions: frozenset[str] = frozenset()
    since: datetime | None = None
    until: datetime | None = None


def page(tx: Transaction, sought: Sought, most: int, below: int | None = None) -> tuple[Entry, ...]:
    """The newest lines of those that are sought, before one line if it is named."""
    asked: list[tuple[str, Sequence[Cell]]] = []
    if below is not None:
        asked.append(("seq < ?", (below,)))
    if sought.about:
        asked.append((_ABOUT, (_literal(f" {sought.about} "),)))
    for column, wanted in (("slot", sought.slots), ("action", sought.actions)):
        if wanted:
            asked.append((f"{column} IN ({', '.join('?' * len(wanted))})", sorted(wanted)))
    if sought.since is not None:
        asked.append(("at >= ?", (_moment(sought.since),)))
    if sought.until is not None:
        asked.append(("at < ?", (_moment(sought.until),)))
    where = f" WHERE {' AND '.join(words for words, _ in asked)}" if asked else ""
    values = [value for _, each in asked for value in each]
    rows = tx.rows(f"{_LINES}{where} ORDER BY seq DESC LIMIT ?", *values, most)
    return tuple(_entry(*row) for row in rows)


def slots(tx: Transaction) -> tuple[str, ...]:
    """Every slot by which a line was written, in the order in which they first were."""
    return tuple(slot for (slot,) in tx.rows("SELECT slot FROM journal GROUP BY slot ORDER BY min(seq)"))


def answers(tx: Transaction) -> dict[int, int]:
    """Which line took back which: the line that was taken back, and the one that did it."""
    return dict(tx.rows("SELECT undoes, seq FROM journal WHERE undoes IS NOT NULL"))


def taken_back(answers: Mapping[int, int]) -> frozenset[int]:
    """The lines that do not stand: taken back, and not done again since."""

    def gone(seq: int) -> bool:
        back = False
        while seq in answers:
            seq, back = answers[seq], not back
        return back

    return frozenset(seq for seq in answers if gone(seq))


def newest(tx: Transaction) -> int:
    """The number of the newest line; 0 for none."""
    return int(tx.rows("SELECT coalesce(max(seq), 0) FROM journal")[0][0])


def tables_since(tx: Transaction, seq: int) -> frozenset[str]:
    """Of which tables a row was changed after a line."""
    rows = tx.rows("SELECT DISTINCT table_name FROM journal_image WHERE seq > ?", seq)
    return frozenset(table for (table,) in rows)


def entry(tx: Transaction, seq: int) -> Entry | None:
    """One line."""
    row = tx.first(f"{_LINES} WHERE seq = ?", seq)
    return None if row is None else _entry(*row)


def undone(tx: Transaction, seq: int) -> bool:
    """Whether a later line took this one back."""
    return tx.first("SELECT 1 FROM journal WHERE undoes = ? LIMIT 1", seq) is not None


def _literal(words: str) -> str:
    """Words as LIKE finds them, whatever they hold."""
    return "%" + re.sub(r"([%_/])", r"/\1", words) + "%"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _entry(seq: int, at: str, *said: Any) -> Entry:
    return Entry(seq, datetime.fromisoformat(at), *said)


def images_of(tx: Transaction, seq: int) -> tuple[Image, ...]:
    """The images of one line; a wiped one has neither before nor after."""
    rows = tx.rows("SELECT table_name, key, before, after FROM journal_image WHERE seq = ? ORDER BY id", seq)
    return tuple(Image(*row) for row in rows)


def _images_between(session: "sql.Session", after: int, last: int) -> dict[int, tuple[Image, ...]]:
    """The images of the lines after one, up to another, by line."""
    images = table_of(sql.ImageRow)
    columns = (images.c[name] for name in ("seq", "table_name", "key", "before", "after"))
    within = (images.c.seq > after) & (images.c.seq <= last)
    found: dict[int, list[Image]] = {}
    for seq, *parts in session.execute(sql.select(*columns).where(within).order_by(images.c.id)):
        found.setdefault(seq, []).append(Image(*parts))
    return {seq: tuple(those) for seq, those in found.items()}


@dataclass(frozen=True, slots=True)
class Walked:
    """How far the chain was followed: the last line seen, its mac, the first broken line, and whether it is the end."""

    seq: int = 0
    mac: bytes = _START
    broken: int | None = None
    ended: bool = False


def walk(session: "sql.Session", key: bytes, walked: Walked, most: int) -> Walked:
    """Follow the chain for so many lines more; lines and images are read at once, whatever a line holds."""
    lines = table_of(sql.JournalRow)
    query = sql.select(lines).where(lines.c.seq > walked.seq).order_by(lines.c.seq).limit(most)
    rows: Sequence[Any] = session.execute(query).all()
    of_each = _images_between(session, walked.seq, rows[-1].seq if rows else walked.seq)
    for row in rows:
        expected = walked.seq + 1
        if not _follows(row, key, walked, of_each.get(expected, ())):
            return replace(walked, broken=expected, ended=True)
        walked = Walked(expected, row.mac)
    return replace(walked, ended=len(rows) < most)


def _follows(row: Any, key: bytes, walked: Walked, images: tuple[Image, ...]) -> bool:
    """Whether a line is the one that was written after the line before it, with its images or without them."""
    if row.seq != walked.seq + 1 or not hmac.compare_digest(row.mac, _line_mac(key, walked.mac, row)):
        return False
    return any(map(wiped, images)) or hmac.compare_digest(row.images_mac, _images_mac(key, images))


def wiped(image: Image) -> bool:
    """Whether an image was emptied by an erasure: a change always had a before or an after."""
    return image.before is None and image.after is None


def first_broken(session: "sql.Session", key: bytes) -> int | None:
    """The number of the first line that was altered, removed or put in; None for a whole chain."""
    walked = Walked()
    while not walked.ended:
        walked = walk(session, key, walked, _AT_ONCE)
    return walked.broken
