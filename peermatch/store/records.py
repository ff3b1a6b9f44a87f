"""The records of all supporters as bytes, kept beside their rows, so that a window opens without reading each row.

A band's body holds the record of everybody whose position lies in it (see `model.record_bytes`). The same keeps it
from saying more than its rows as keeps the chunks that matching reads: triggers of this connection note whose record
a statement touches, whoever wrote it; their bodies are written again before the commit of that very transaction; and
a stamp names the newest line of the journal, the layout, and the sum of all bytes. Where the stamp does not hold,
everything is made anew from the rows. Nothing of this is on the journal: it follows from rows that are.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from peermatch.model.record_bytes import Body, body_of, mended, origin
from peermatch.store import supporters
from peermatch.store.bands import (
    HELD,
    SUM,
    Told,
    everybody,
    heads,
    members,
    nobody_listens,
    run,
    sum_of,
    touched_by,
    watch,
)
from peermatch.store.engine import Connection
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction

BAND = 64
"""So many positions share a body: a quarter of a chunk, for a record has ten times the bytes."""

# Whose record a change of each table touches: SIDE is the row before or after it.
_NOTED_OF = {
    "supporter": "VALUES (SIDE.position / SIZE, SIDE.id)",
    "consent": "SELECT position / SIZE, id FROM supporter WHERE id = SIDE.supporter",
}
_NOTED = "SELECT band, supporter FROM record_touched"
_FORGET = "DELETE FROM record_touched"
_STAMP = "SELECT made_from FROM record_origin"
_STAMPED = "UPDATE record_origin SET made_from = ?"
_ALL = "SELECT number, CAST(body AS BLOB) FROM record ORDER BY number"
_OF_BAND = "SELECT number, CAST(body AS BLOB) FROM record WHERE number = ?"
_REWRITTEN = "UPDATE record SET body = ? WHERE number = ?"
_WRITTEN = "INSERT INTO record (body, number) VALUES (?, ?)"
_GONE = "DELETE FROM record WHERE number = ?"
_DIFFERS = (
    "What lists read of the supporters differed from their records. It was written again: lock and reopen."
)


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What bodies belong to: their layout, the journal's newest line, and the sum of their bytes."""

    origin: str
    head: str
    bodies: int

    def written(self) -> str:
        return f"{self.origin} {self.head} {self.bodies:x}"

    @classmethod
    def read(cls, kept: str) -> "_Stamp | None":
        parts = kept.split(" ")
        try:
            return cls(parts[0], parts[1], int(parts[2], 16)) if len(parts) == 3 else None
        except ValueError:
            return None


class Records:
    """Keeps the packed records of one open network equal to its rows."""

    def __init__(self, connection: Connection) -> None:
        watch(connection, "record", _NOTED_OF, BAND)

    def load(self, tx: Transaction) -> tuple[bytes, ...] | None:
        """The bodies as they are kept, in the order in which people were added; None where they do not hold."""
        stamp = _stamp(tx)
        if stamp is None or not self.holds(tx):
            return None
        bodies = dict(run(tx, _ALL))
        if stamp.bodies != sum_of(bodies):
            return None
        return tuple(bodies.values()) if _people_in(bodies) == run(tx, HELD)[0][0] else None

    def holds(self, tx: Transaction) -> bool:
        """Whether what is kept belongs to the rows, as far as its stamp says."""
        stamp = _stamp(tx)
        return (
            stamp is not None
            and (stamp.origin, stamp.head) == (_layout(), heads(tx)[0])
            and not run(tx, _NOTED)
        )

    def pack(self, tx: Transaction, told: Told = nobody_listens) -> dict[int, bytes]:
        """Everybody from the rows."""
        return {part.band: body_of(part.people) for part in everybody(tx, BAND, told)}

    def made(self, tx: Transaction, told: Told = nobody_listens) -> tuple[bytes, ...]:
        """Everybody's from the rows."""
        return tuple(self.pack(tx, told).values())

    def keep(self, tx: Transaction, told: Told = nobody_listens) -> tuple[bytes, ...]:
        """Make everybody's anew from the rows, and write it."""
        return self.write(tx, self.pack(tx, told))

    def write(self, tx: Transaction, bodies: Mapping[int, bytes]) -> tuple[bytes, ...]:
        """Write what was made from the rows of this very moment."""
        for table in (sql.RECORD, sql.RECORD_ORIGIN):
            tx.session.execute(sql.delete(table))
        if bodies:
            tx.session.execute(
                sql.insert(sql.RECORD), [{"number": n, "body": body} for n, body in bodies.items()]
            )
        stamp = _Stamp(_layout(), heads(tx)[0], sum_of(bodies))
        tx.session.execute(sql.insert(sql.RECORD_ORIGIN), [{"id": 1, "made_from": stamp.written()}])
        run(tx, _FORGET)
        return tuple(bodies.values())

    def follow(self, tx: Transaction, newest: str, before: str) -> None:
        """The last step of a command, once its journal line is written: what it changed is in the bodies too.

        ``newest`` is that line and ``before`` the one that was the newest until then (`bands.heads`).
        Bodies that did not hold before are left alone, and with them their stamp, which does not name the new line.
        """
        touched, stamp = touched_by(tx, _NOTED, _FORGET), _stamp(tx)
        if stamp is None or stamp.head != before or stamp.origin != _layout():
            return
        total = stamp.bodies
        for band, ids in sorted(touched.items()):
            total += _followed(tx, band, ids)
        run(tx, _STAMPED, replace(stamp, head=newest, bodies=total % SUM).written())

    def differences(self, tx: Transaction) -> tuple[str, ...]:
        """Where bodies that would be used differ from what the rows give; others can mislead nobody."""
        kept = self.load(tx)
        return () if kept is None or _said(kept) == _said(self.made(tx)) else (_DIFFERS,)


def _layout() -> str:
    """How bodies are made and cut; where it differs, they are made anew."""
    return f"{origin()}.{BAND}"


def stand(tx: Transaction) -> None:
    """A step was written that touched nobody: what held before it holds after it."""
    stamp, (newest, before) = _stamp(tx), heads(tx)
    if stamp is not None and stamp.head == before:
        run(tx, _STAMPED, replace(stamp, head=newest).written())


def _stamp(tx: Transaction) -> _Stamp | None:
    kept = run(tx, _STAMP)
    return _Stamp.read(kept[0][0]) if kept else None


def _said(bodies: Iterable[bytes]) -> list[tuple[bytes, Sequence[bytes]]]:
    """What stands in bodies, however it was pressed: another release of zlib may do it in other bytes."""
    return [(body.lines, body.records()) for body in map(Body.of, bodies)]


def _people_in(bodies: Mapping[int, bytes]) -> int | None:
    """How many people stand in bodies; None where one cannot be read."""
    try:
        return sum(len(Body.of(body)) for body in bodies.values())
    except ValueError:
        return None


def _followed(tx: Transaction, band: int, ids: Collection[str]) -> int:
    """Write the body of a band in which these were touched; by how much the sum of all is then another."""
    before = dict(run(tx, _OF_BAND, band))
    kept = Body.of(before[band]) if before else None
    held = kept.ids if kept else ()
    stay = members(tx, band, ids, BAND)
    new = {person.id: person for person in supporters.some(tx, stay)}
    as_before = len(stay) == len(ids) and new.keys() <= set(held)
    stay = held if as_before else members(tx, band, {*ids, *held}, BAND)
    after = {band: mended(kept, stay, new)} if stay else {}
    if after != before:
        if not after:
            run(tx, _GONE, band)
        else:
            run(tx, _REWRITTEN if before else _WRITTEN, after[band], band)
    return sum_of(after) - sum_of(before)
