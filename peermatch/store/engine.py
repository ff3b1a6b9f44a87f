"""The encrypted file: one raw SQLCipher connection opened by a fixed sequence, each setting read back."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, Protocol

from sqlcipher3 import dbapi2

from peermatch.errors import Damaged
from peermatch.store.keys import StoreKey
from peermatch.store.place import make_private_file
from peermatch.store.refusal import in_plain_words
from peermatch.store.sql import sql

# "PMN1": says that the file inside the encryption is a PeerMatch network.
APPLICATION_ID = 0x504D4E31
SMALLEST = 4096
BUSY_S = 2.0
BEGIN = "BEGIN IMMEDIATE"
# Statements that the driver keeps ready. Each holds part of SQLite's small quick memory; once that is used up, every
# value that is bound is locked and unlocked by the system: with the usual 128 a bulk load took 14 times as long.
KEPT_STATEMENTS = 8

# The library keeps 8 MB of pages, in which a small file stays as a whole once it was looked through. A larger one only
# fills them with what is read once, in memory that is locked and wiped page by page.
FITS_BYTES, KEPT_KIB = 16_000_000, 2000

# After so many steps of a long look it is asked whether somebody waits: some microseconds.
_STEPS = 1000

# (setting, what it is set to, what it must read back). Measured: a truncated rollback journal with FULL lost
# nothing in 3,000 simulated power cuts; temporary tables in memory keep names off the disk.
PROFILE: tuple[tuple[str, str, str | int], ...] = (
    ("temp_store", "MEMORY", 2),
    # The journal's mode before the lock's: it reads the file, so a journal left by a crash is rolled back
    # and removed; under the exclusive lock its old pages would stay (69 KB of them in a test).
    ("journal_mode", "TRUNCATE", "truncate"),
    ("locking_mode", "EXCLUSIVE", "exclusive"),
    ("synchronous", "FULL", 2),
    ("fullfsync", "ON", 1),
    ("secure_delete", "ON", 1),
    ("foreign_keys", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("mmap_size", "0", 0),
)
CIPHER_PROFILE: tuple[tuple[str, str], ...] = (
    ("cipher_log_level", "NONE"),
    ("cipher_memory_security", "1"),
    ("cipher_page_size", "4096"),
    ("cipher_use_hmac", "1"),
    ("cipher_hmac_algorithm", "HMAC_SHA512"),
    ("cipher_plaintext_header_size", "0"),
)
# What would undo the profile, or write the network in the clear, when a statement slips in.
FORBIDDEN_FUNCTIONS = frozenset({"load_extension", "sqlcipher_export"})
FORBIDDEN_PRAGMAS = frozenset(
    {"key", "rekey", "hexkey", "hexrekey", "writable_schema", "temp_store_directory"}
)
_ASKING = ("integrity_check", "quick_check", "foreign_key_check", "table_info", "index_list", "index_info")
_RULES_ASIDE = "ignore_check_constraints"
_SCHEMA = ("sqlite_master", "sqlite_schema")
_READING = frozenset(
    {
        dbapi2.SQLITE_SELECT,
        dbapi2.SQLITE_READ,
        dbapi2.SQLITE_FUNCTION,
        dbapi2.SQLITE_RECURSIVE,
        dbapi2.SQLITE_TRANSACTION,
        dbapi2.SQLITE_PRAGMA,
        dbapi2.SQLITE_CREATE_TEMP_TABLE,
        dbapi2.SQLITE_CREATE_TEMP_TRIGGER,
    }
)
FIXED_PRAGMAS = frozenset(name for name, _, _ in PROFILE) - {"foreign_keys"}


class Connection(Protocol):
    """What the store uses of a raw SQLCipher connection; the library itself carries no types."""

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""

    def execute(self, sql: str, values: Sequence[object] = ...) -> Any:
        """Run one statement; gives a cursor."""

    def set_key(self, key: str) -> None:
        """Give the key without a statement that would keep it."""

    def set_authorizer(self, judge: Callable[..., int] | None) -> None:
        """Who decides about each action of a statement."""

    def set_progress_handler(self, asked: Callable[[], object] | None, steps: int) -> None:
        """Whom to ask, now and then, whether to break off a statement."""

    def backup(self, target: "Connection") -> None:
        """Copy the whole file to another connection, encrypted with that one's key."""

    def close(self) -> None:
        """Close the file; the lock on it goes."""


def open_database(path: Path, key: StoreKey, *, create: bool = False) -> Connection:
    """The one connection to a network's file, after the whole opening sequence.

    Only ``create`` makes a file; SQLite would take a missing or empty one for a new empty network.
    """
    if create:
        make_private_file(path)
    elif path.is_symlink() or not path.is_file():
        raise Damaged(
            f"The database of the network {path.parent.name} is missing.", "Restore the newest backup."
        )
    elif path.stat().st_size < SMALLEST:
        raise Damaged(
            f"The database of the network {path.parent.name} is cut off.", "Restore the newest backup."
        )
    with in_plain_words(path.parent):
        connection: Connection = dbapi2.connect(
            path,
            isolation_level=None,
            check_same_thread=False,
            timeout=BUSY_S,
            cached_statements=KEPT_STATEMENTS,
        )
        try:
            _set_up(connection, key)
            _first_access(connection, path, create=create)
            if path.stat().st_size > FITS_BYTES:
                connection.execute(f"PRAGMA cache_size=-{KEPT_KIB}")
        except BaseException:
            connection.close()
            raise
    return connection


def engine_on(connection: Connection) -> "sql.Engine":
    """SQLAlchemy on that one connection: no key in its URL, no value in its messages, real transactions."""
    engine = sql.create_engine(
        "sqlite://",
        creator=lambda: connection,
        module=dbapi2,
        poolclass=sql.QueuePool,
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,
        echo=False,
    )
    sql.event.listen(engine, "begin", _begin)
    return engine


def verify(connection: Connection, *, thorough: bool = False, values: bool = False) -> list[str]:
    """What is wrong with the file, page by page, structure and references; empty when it is whole.

    All three checks are needed: the cipher's own sees each changed byte but not a last page cut off. ``values``
    asks the rules on columns too, which a file that this program alone wrote has kept to: with memory that is wiped
    whenever it is given back they take fifteen times as long as all the rest (3 s for 10,000 people).
    """
    structure = "integrity_check" if thorough else "quick_check"
    found = _findings(connection, "cipher_integrity_check", lambda row: str(row[0]))
    with nullcontext() if values else _values_aside(connection):
        found += [text for text in _findings(connection, structure, lambda row: str(row[0])) if text != "ok"]
    # The values of a row are names of people, so only the table and the row's number are told.
    found += _findings(connection, "foreign_key_check", _refers_to_nothing)
    return found


@contextmanager
def _values_aside(connection: Connection) -> Iterator[None]:
    """A look at structure alone: the rules on columns are not asked meanwhile, and nothing is written."""
    connection.execute(f"PRAGMA {_RULES_ASIDE}=ON")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA {_RULES_ASIDE}=OFF")


class Interrupted(Exception):
    """A look at a table was broken off because somebody waits."""


def tables(connection: Connection) -> tuple[str, ...]:
    """The names of all tables, those of the search index among them."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return tuple(str(row[0]) for row in rows)


def check_table(connection: Connection, table: str, others_wait: Callable[[], bool]) -> list[str]:
    """What is wrong with one table, its indexes and its references; Interrupted as soon as somebody waits."""
    quoted = table.replace('"', '""')
    connection.set_progress_handler(others_wait, _STEPS)
    try:
        with _values_aside(connection):
            found = _findings(connection, f'integrity_check("{quoted}")', lambda row: str(row[0]))
        found += _findings(connection, f'foreign_key_check("{quoted}")', _refers_to_nothing)
    finally:
        connection.set_progress_handler(None, 0)
    return [text for text in found if text != "ok"]


def vacuum(connection: Connection) -> None:
    """Rewrite the file without what was deleted; VACUUM needs ATTACH, which is denied at all other times."""
    connection.set_authorizer(None)
    try:
        connection.execute("VACUUM")
    finally:
        connection.set_authorizer(_authorize)


def forbid_changes(connection: Connection) -> None:
    """From now on nothing but reading is done on this connection, whatever a statement asks for."""
    connection.set_authorizer(_reading_alone)


def _set_up(connection: Connection, key: StoreKey) -> None:
    connection.execute("PRAGMA cipher_log_level=NONE")
    connection.execute("PRAGMA cipher_memory_security=ON")
    raw = key.db_key_hex()
    if len(raw) != 64:
        raise ValueError("SQLCipher would take this for a passphrase")
    connection.set_key(f"x'{raw}'")
    connection.execute("PRAGMA cipher_compatibility=4")
    for name, value, _ in PROFILE:
        connection.execute(f"PRAGMA {name}={value}")
    for name, wanted in (*CIPHER_PROFILE, *((name, wanted) for name, _, wanted in PROFILE)):
        _read_back(connection, name, wanted)


def _read_back(connection: Connection, name: str, wanted: str | int) -> None:
    row = connection.execute(f"PRAGMA {name}").fetchone()
    if row is None or row[0] != wanted:
        raise RuntimeError(f"SQLCipher did not take the setting {name}")


def _first_access(connection: Connection, path: Path, *, create: bool) -> None:
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if create:
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute("COMMIT")
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise Damaged(f"The file {path.name} is not a PeerMatch network.", "Restore the newest backup.")
    connection.set_authorizer(_authorize)


def _begin(connection: "sql.Connection") -> None:
    connection.exec_driver_sql(BEGIN)


def _authorize(
    action: int, first: str | None, second: str | None, _schema: str | None, _by: str | None
) -> int:
    """Deny what could write the network elsewhere or in the clear, load code, or undo the profile."""
    name = (first or "").casefold()
    denied = (
        action in (dbapi2.SQLITE_ATTACH, dbapi2.SQLITE_DETACH)
        or (action == dbapi2.SQLITE_FUNCTION and (second or "").casefold() in FORBIDDEN_FUNCTIONS)
        or (action == dbapi2.SQLITE_PRAGMA and _pragma_denied(name, second))
    )
    return int(dbapi2.SQLITE_DENY if denied else dbapi2.SQLITE_OK)


def _reading_alone(
    action: int, first: str | None, second: str | None, schema: str | None, by: str | None
) -> int:
    # What is temporary is in memory alone. A temporary trigger asks for this too; a real one needs its own leave.
    temporary = schema == "temp" or (action == dbapi2.SQLITE_INSERT and first in _SCHEMA)
    setting = action == dbapi2.SQLITE_PRAGMA and second is not None and first not in (*_ASKING, _RULES_ASIDE)
    if setting or (not temporary and action not in _READING):
        return int(dbapi2.SQLITE_DENY)
    return _authorize(action, first, second, schema, by)


def _pragma_denied(name: str, value: str | None) -> bool:
    if name in FORBIDDEN_PRAGMAS:
        return True
    return value is not None and (name in FIXED_PRAGMAS or name.startswith("cipher_"))


def _findings(connection: Connection, check: str, tell: Callable[[Any], str]) -> list[str]:
    """One check's findings; a file too damaged to be checked is a finding too."""
    try:
        return [tell(row) for row in connection.execute(f"PRAGMA {check}")]
    except dbapi2.DatabaseError as error:
        if getattr(error, "sqlite_errorname", None) == "SQLITE_INTERRUPT":
            raise Interrupted from None
        return [f"{check}: {error}"]


def _refers_to_nothing(row: Any) -> str:
    return f"{row[0]} row {row[1]}: refers to nothing"
