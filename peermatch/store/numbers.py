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
    return 1 + max(_last(connection, table), _gone(connection, table))


def _last(connection: "sql.Connection", table: "sql.Table") -> int:
    return int(connection.execute(sql.select(sql.func.max(table.c.id))).scalar() or 0)


def _gone(connection: "sql.Connection", table: "sql.Table") -> int:
    return int(connection.exec_driver_sql(GONE, (table.name,)).scalar() or 0)


class Numbers:
    """Gives numbers to the new rows of one session, before they are written."""

    def __init__(self, session: "sql.Session", silent: Iterable[str]) -> None:
        self._silent = frozenset(silent)
        self._known: dict[str, int] = {}
        sql.event.listen(session, "before_flush", self._before_flush)

    def _before_flush(self, session: "sql.Session", _context: object, _rows: object) -> None:
        nexts: dict[str, count[int]] = {}
        for row in session.new:
            table = row.__tablename__
            if table in self._silent or getattr(row, "id", 0) is not None:
                continue
            if table not in nexts:
                nexts[table] = count(self._after(session.connection(), table_of(type(row))))
            row.id = next(nexts[table])

    def _after(self, connection: "sql.Connection", table: "sql.Table") -> int:
        """Of what went the journal is asked once: its images are written when the command ends."""
        if table.name not in self._known:
            self._known[table.name] = _gone(connection, table)
        return 1 + max(_last(connection, table), self._known[table.name])
