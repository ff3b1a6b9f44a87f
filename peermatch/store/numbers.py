"""Numbers of rows, each given once: what an undo took away can come back under the number that the journal knows."""

from collections.abc import Iterable
from itertools import count

from peermatch.store.sql import sql
from peermatch.store.transaction import table_of

# SQLite gives the number after the highest that is there, so that the number of a last row that went would be given
# again, and the journal could not tell the two apart. AUTOINCREMENT would need every table built anew.
GONE = (
    "SELECT max(CAST(substr(key, 2) AS INTEGER)) FROM journal_image"
    " WHERE table_name = ? AND after IS NULL AND before IS NOT NULL"
)
"""The highest number that a row of a table had which went and may come back."""


def first_free(connection: "sql.Connection", table: "sql.Table") -> int:
    """The first number that no row of a table has, or had and may have again."""
    gone = connection.exec_driver_sql(GONE, (table.name,)).scalar() or 0
    last = connection.execute(sql.select(sql.func.max(table.c.id))).scalar() or 0
    return 1 + int(max(last, gone))


class Numbers:
    """Gives numbers to the new rows of one session, before they are written."""

    def __init__(self, session: "sql.Session", silent: Iterable[str]) -> None:
        self._silent = frozenset(silent)
        sql.event.listen(session, "before_flush", self._before_flush)

    def _before_flush(self, session: "sql.Session", _context: object, _rows: object) -> None:
        nexts: dict[str, count[int]] = {}
        for row in session.new:
            table = row.__tablename__
            if table in self._silent or getattr(row, "id", 0) is not None:
                continue
            if table not in nexts:
                nexts[table] = count(first_free(session.connection(), table_of(type(row))))
            row.id = next(nexts[table])
