"""The words of statements, read when the first is made: a network is opened and looked at without any of them.

SQLAlchemy, SQLModel and the classes of all tables take half a second and some forty megabytes. What is read again at
every opening is asked in plain SQL (`Transaction.rows`); from the first change on, and in idle time, all of it is here.
"""

from typing import TYPE_CHECKING, Any


class Words:
    """Stands for `peermatch.store.statements`, and reads it when something of it is first asked for."""

    def __getattr__(self, name: str) -> Any:
        from peermatch.store import statements

        found = getattr(statements, name)
        setattr(self, name, found)
        return found


if TYPE_CHECKING:
    from peermatch.store import statements as sql
else:
    sql = Words()

__all__ = ["sql"]
