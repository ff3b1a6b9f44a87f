"""The present network and a backup of it side by side: counts, and what of today's work the backup does not hold."""

from datetime import datetime

from peermatch.model.restoring import Difference
from peermatch.store.backup import journal_head
from peermatch.store.carrying import newer_than
from peermatch.store.carrying_erased import Carried, Protected
from peermatch.store.engine import Connection


def compare(present: Connection, then: Connection, made: datetime) -> Difference:
    """Both databases, of one schema."""
    seq, head = journal_head(then)
    ours = present.execute("SELECT mac FROM journal WHERE seq = ?", (seq,)).fetchone()
    forked = ours is None or bytes(ours[0]) != head
    known, held, newer = _people(present), _people(then), newer_than(present, then)
    erased = Protected.of(present, cases=True).onto(then)
    gone = {each.id for each in erased.again}
    return Difference(
        made=made,
        people=_counts(present, then, "supporter", erased),
        asked=_counts(present, then, "enquiry", erased),
        introduced=_counts(present, then, "introduction", erased),
        steps=0 if forked else journal_head(present)[0] - seq,
        last_step=_last_step(present),
        cards=max(_count(present, "hand_over") - _count(then, "hand_over"), 0),
        supporters=tuple((one, name) for one, name in known.items() if one not in held),
        enquiries=tuple(sorted(_references(present) - _references(then))),
        back=tuple(sorted(held.keys() - known.keys() - gone)),
        noes=len(newer.withdrawn) + len(newer.consents),
        left=len(newer.left),
        barred=len(newer.barred),
        forked=forked,
        erased=len(erased.again),
    )


def _counts(present: Connection, then: Connection, table: str, erased: Carried) -> tuple[int, int]:
    """Rows now, and after the restore: who was erased since is not counted."""
    return _count(present, table), _count(then, table) + erased.grows.get(table, 0)


def _people(connection: Connection) -> dict[str, str]:
    found = connection.execute("SELECT id, coalesce(known_as, name) FROM supporter ORDER BY position")
    return {str(one): str(name) for one, name in found}


def _references(connection: Connection) -> set[str]:
    return {str(row[0]) for row in connection.execute("SELECT reference FROM enquiry")}


def _count(connection: Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - a fixed name


def _last_step(connection: Connection) -> datetime | None:
    row = connection.execute("SELECT at FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return datetime.fromisoformat(row[0]) if row else None
