"""What the system and SQLCipher refuse is told in a sentence; what the program did wrong is not hidden."""

import errno
from pathlib import Path

import pytest
import sqlalchemy
from sqlalchemy.exc import InvalidRequestError, StatementError
from sqlcipher3 import dbapi2

from peermatch.errors import Damaged, HeldElsewhere, PeerMatchError, SystemRefused
from peermatch.store.refusal import in_plain_words, refusal_of_sqlite
from peermatch.store.system_refusal import refusal_of_system

PLACE = Path("/somewhere/north west.peermatch")


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "The list could not be written: the disk is full. Free some space and try again."),
        (errno.EDQUOT, "the disk is full"),
        (errno.EROFS, "the folder or file is read-only. Ask for the right to change it."),
        (errno.EACCES, "read-only"),
        (errno.EIO, "Input/output error. Check the disk and try again."),
    ],
)
def test_what_the_system_says(number: int, told: str) -> None:
    import os

    refusal = refusal_of_system(
        OSError(number, os.strerror(number), "/home/lead/x"), "The list could not be written"
    )
    assert told in str(refusal)
    assert "/home" not in str(refusal)
    assert refusal.exit_code == 1


def test_a_system_without_words_still_gives_a_sentence() -> None:
    assert "the computer refused" in str(refusal_of_system(OSError(), "It could not be read"))


def fault(name: str) -> dbapi2.Error:
    error = dbapi2.OperationalError("as SQLite says it")
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize(
    ("name", "kind", "told"),
    [
        ("SQLITE_NOTADB", Damaged, "is damaged"),
        ("SQLITE_CORRUPT", Damaged, "is damaged"),
        ("SQLITE_CORRUPT_VTAB", Damaged, "is damaged"),
        ("SQLITE_BUSY", HeldElsewhere, "open in another program"),
        ("SQLITE_FULL", SystemRefused, "the disk is full"),
        ("SQLITE_READONLY_DIRECTORY", SystemRefused, "read-only"),
        ("SQLITE_CANTOPEN", SystemRefused, "read-only"),
        ("SQLITE_IOERR_WRITE", SystemRefused, "the disk failed"),
        ("SQLITE_NOMEM", SystemRefused, "not enough memory"),
    ],
)
def test_what_sqlite_says(name: str, kind: type[PeerMatchError], told: str) -> None:
    with pytest.raises(kind, match=told) as refusal, in_plain_words(PLACE):
        raise fault(name)
    assert "north west.peermatch" in str(refusal.value)
    assert refusal.value.__suppress_context__


@pytest.mark.parametrize("name", ["SQLITE_CONSTRAINT", "SQLITE_ERROR", "", None])
def test_a_fault_of_the_program_stays_what_it_is(name: str | None) -> None:
    error = fault(name or "")
    error.sqlite_errorname = name
    assert refusal_of_sqlite(error, "x") is None
    with pytest.raises(dbapi2.OperationalError, match="as SQLite says it"), in_plain_words(PLACE):
        raise error


def test_the_same_through_sqlalchemy() -> None:
    engine = sqlalchemy.create_engine("sqlite://", module=dbapi2)
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a)")
        connection.exec_driver_sql("PRAGMA max_page_count=2")
        with pytest.raises(SystemRefused, match="disk is full"), in_plain_words(PLACE):
            connection.exec_driver_sql("INSERT INTO t VALUES (zeroblob(100000))")
        with pytest.raises(sqlalchemy.exc.OperationalError, match="no such table"), in_plain_words(PLACE):
            connection.exec_driver_sql("SELECT * FROM nowhere")
    engine.dispose()


def test_what_is_not_the_database_s_passes() -> None:
    with pytest.raises(StatementError), in_plain_words(PLACE):
        raise StatementError("text", "statement", None, ValueError("x"))
    with pytest.raises(InvalidRequestError), in_plain_words(PLACE):
        raise InvalidRequestError("x")
    with pytest.raises(sqlalchemy.exc.DBAPIError), in_plain_words(PLACE):
        raise sqlalchemy.exc.DBAPIError("statement", None, ValueError("x"))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("disk I/O error", SystemRefused),
        ("database or disk is full", SystemRefused),
        ("database is locked", HeldElsewhere),
        ("database disk image is malformed", Damaged),
    ],
)
def test_a_copy_that_fails_with_words_alone_is_understood(words: str, kind: type[PeerMatchError]) -> None:
    with pytest.raises(kind), in_plain_words(PLACE):
        raise dbapi2.OperationalError(words)


def test_a_file_that_the_system_refuses_is_a_sentence_too() -> None:
    with pytest.raises(SystemRefused, match="disk is full"), in_plain_words(PLACE):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_network_that_is_still_being_made_is_called_by_its_own_name() -> None:
    being_made = PLACE.with_name(f".{PLACE.name}.3be72f65.part")
    full = OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(SystemRefused) as refusal, in_plain_words(being_made):
        raise full
    assert refusal.value.what == f"The network {PLACE.name} could not be used: the disk is full."
