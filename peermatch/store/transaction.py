"""One open transaction: what the repositories work in, and what a command's journal line is made from."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from peermatch.store.engine import BEGIN, Connection
from peermatch.store.sql import sql

Cell = str | int | bytes | None


class Transaction:
    """A session that ends with the command; rows stay inside it, and `seq` is its journal line once written."""

    def __init__(self, session: "sql.Session | None" = None, about: str = "") -> None:
        self._session = session
        self.about = about
        self.detail: list[str] = []
        self.seq: int | None = None
        self.undoable = False

    @property
    def session(self) -> "sql.Session":
        """What knows rows as objects."""
        if self._session is None:
            self._session = self._opened()
        return self._session

    def note(self, text: str) -> None:
        """Add a word to the journal line: ids and kinds, never names."""
        self.detail.append(text)

    def rows(self, statement: str, *values: Cell) -> list[Any]:
        """What plain SQL finds, as tuples of cells as the file holds them: days and lists are text."""
        cursor = self.cursor(statement, *values)
        return [] if cursor is None else list(cursor.fetchall())

    def first(self, statement: str, *values: Cell) -> Any | None:
        """The first of them, if there is any."""
        return next(iter(self.rows(statement, *values)), None)

    def cursor(self, statement: str, *values: Cell) -> Any:
        """The driver's own cursor, whose rows are plain tuples; None for a statement that gives no rows."""
        self.session.flush()
        found = self.session.connection().exec_driver_sql(statement, values)
        return found.cursor if found.returns_rows else None

    def _opened(self) -> "sql.Session":
        raise ValueError("a transaction without a session can only be a look")


class Look(Transaction):
    """A transaction that changes nothing: for plain SQL no session is opened, and SQLAlchemy need not be there."""

    def __init__(self, connection: Connection, engine: "Callable[[], sql.Engine]") -> None:
        super().__init__()
        self._connection, self._engine = connection, engine
        self._begun = False

    def cursor(self, statement: str, *values: Cell) -> Any:
        """The same, of the driver itself as long as nobody asked for a session."""
        if self._session is not None:
            return super().cursor(statement, *values)
        if not self._begun:
            self._connection.execute(BEGIN)
            self._begun = True
        return self._connection.execute(statement, values)

    def _opened(self) -> "sql.Session":
        """A session in a transaction of its own.

        SQLAlchemy's first connection of all rolls back what has begun: whatever a session tried in a transaction that
        had begun before it would be written for good, one statement at a time.
        """
        self._let_go()
        return sql.Session(self._engine())

    def end(self) -> None:
        """Let everything go."""
        if self._session is not None:
            self._session.close()
        self._let_go()

    def _let_go(self) -> None:
        if self._begun and self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        self._begun = False


@contextmanager
def look(connection: Connection, engine: "Callable[[], sql.Engine]") -> Iterator[Transaction]:
    """A look at a file, to be left as it was."""
    looking = Look(connection, engine)
    try:
        yield looking
    finally:
        looking.end()


def table_of(model: "type[sql.SQLModel]") -> "sql.Table":
    """The table behind a row class, for statements that make no objects."""
    return model.metadata.tables[str(model.__tablename__)]


def next_position(session: "sql.Session", model: "type[sql.SQLModel]") -> int:
    """The place after the last row, so that lists keep the order in which they were made."""
    table = table_of(model)
    last = session.execute(sql.select(sql.func.max(table.columns["position"]))).scalar()
    return 0 if last is None else int(last) + 1


def assign(row: "sql.SQLModel", columns: dict[str, object]) -> None:
    """Set the columns of a row; unchanged ones make no image."""
    for name, value in columns.items():
        setattr(row, name, value)
