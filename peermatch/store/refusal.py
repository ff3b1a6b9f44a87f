"""What SQLCipher and the disk below it refuse, said as one clear sentence each; never with a key or a value."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2

from peermatch.errors import Damaged, HeldElsewhere, PeerMatchError, SystemRefused
from peermatch.store.system_refusal import known_as, refusal_of_system

DAMAGED = ("SQLITE_NOTADB", "SQLITE_CORRUPT")
HELD = ("SQLITE_BUSY", "SQLITE_LOCKED")
READ_ONLY = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")
NO_MEMORY = "SQLITE_NOMEM"
REFUSED = ("SQLITE_IOERR", "SQLITE_FULL", NO_MEMORY, *READ_ONLY)
# A copy of a whole file fails with SQLite's words alone, without the name of the error.
_BY_WORDS = {
    "disk I/O error": "SQLITE_IOERR",
    "database or disk is full": "SQLITE_FULL",
    "database is locked": "SQLITE_BUSY",
    "database table is locked": "SQLITE_LOCKED",
    "database disk image is malformed": "SQLITE_CORRUPT",
    "file is not a database": "SQLITE_NOTADB",
    "attempt to write a readonly database": "SQLITE_READONLY",
    "unable to open database file": "SQLITE_CANTOPEN",
    "out of memory": NO_MEMORY,
}


def refusal_of_sqlite(error: dbapi2.Error, place: str) -> PeerMatchError | None:
    """The sentence for a failure of the file underneath; None for a fault in what the program asked."""
    name = str(getattr(error, "sqlite_errorname", None) or _BY_WORDS.get(str(error), ""))
    if name.startswith(DAMAGED):
        return Damaged(f"The network {place} is damaged.", "Restore the newest backup.")
    if name.startswith(HELD):
        return HeldElsewhere(
            f"The network {place} is open in another program.", "Close it there and try again."
        )
    if not name.startswith(REFUSED):
        return None
    reason, hint = "the disk failed", "Check the disk and try again."
    if name.startswith("SQLITE_FULL"):
        reason, hint = "the disk is full", "Free some space and try again."
    if name.startswith(READ_ONLY):
        reason, hint = "the folder or file is read-only", "Ask for the right to change it."
    if name.startswith(NO_MEMORY):
        reason, hint = "there is not enough memory", "Close other programs and try again."
    return SystemRefused(f"The network {place} could not be used: {reason}.", hint)


@contextmanager
def in_plain_words(folder: Path) -> Iterator[None]:
    """Say failures of the file underneath as sentences; faults of the program itself pass unchanged.

    After a failed COMMIT the data may be saved all the same: close, open again, compare; never just repeat.
    """
    try:
        yield
    except dbapi2.Error as error:
        raise refusal_of_sqlite(error, known_as(folder)) or error from None
    except _wrapped() as error:
        below = getattr(error, "orig", None)
        told = refusal_of_sqlite(below, known_as(folder)) if isinstance(below, dbapi2.Error) else None
        raise told or error from None
    except OSError as error:
        raise refusal_of_system(error, f"The network {known_as(folder)} could not be used") from None


def _wrapped() -> tuple[type[Exception], ...]:
    """How SQLAlchemy hands them on; where it was never loaded, nothing can come from it."""
    loaded = sys.modules.get("sqlalchemy.exc")
    return () if loaded is None else (loaded.DBAPIError,)
