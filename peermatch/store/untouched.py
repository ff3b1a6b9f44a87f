"""Sees whether a new schema touches anything that packed columns and records are made of: if not, they still hold."""

from collections.abc import Callable

from peermatch.store.engine import Connection

MADE_FROM = frozenset(
    {
        "supporter", "consent", "introduction", "wording", "own_term", "journal",
        "chunk", "chunk_word", "chunk_origin", "record", "record_origin",
    }
)  # fmt: skip
"""The tables that packed columns and records are made of, and kept in."""
# SQLite's numbers of what a statement is about to do: delete, drop a table, insert, update.
_WRITES = frozenset({9, 11, 18, 23})
_ALTERS = 26


def changed_by(connection: Connection, work: Callable[[Connection], None]) -> frozenset[str]:
    """Which tables a piece of work writes, alters or drops: SQLite says so while it prepares each statement."""
    found: set[str] = set()

    def hear(action: int, first: str | None, second: str | None, *_others: str | None) -> int:
        table = second if action == _ALTERS else first if action in _WRITES else None
        if table:
            found.add(table)
        return 0

    connection.set_authorizer(hear)
    try:
        work(connection)
    finally:
        connection.set_authorizer(None)
    return frozenset(found)
