"""The encrypted file: its profile, what is denied, what lies on the disk, and how damage is told."""

import os
import random
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from sqlcipher3 import dbapi2

from peermatch.errors import BadInput, Damaged, HeldElsewhere, SystemRefused
from peermatch.store import engine as sut
from peermatch.store.engine import Connection, check_table, engine_on, open_database, vacuum, verify
from peermatch.store.keys import StoreKey
from peermatch.store.refusal import in_plain_words

MARKER = "ZQXmarkerpregnancyleaveZQX"


def test_each_setting_stands_as_designed(connection: Connection) -> None:
    assert {name: wanted for name, _, wanted in sut.PROFILE} == {
        "temp_store": 2,
        "locking_mode": "exclusive",
        "journal_mode": "truncate",
        "synchronous": 2,
        "fullfsync": 1,
        "secure_delete": 1,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "mmap_size": 0,
    }
    for name, _, wanted in sut.PROFILE:
        assert connection.execute(f"PRAGMA {name}").fetchone() == (wanted,)
    assert connection.execute("PRAGMA cipher_memory_security").fetchone() == ("1",)
    assert connection.execute("PRAGMA cipher_status").fetchone() == ("1",)
    assert connection.execute("PRAGMA application_id").fetchone() == (0x504D4E31,)
    assert connection.execute("PRAGMA user_version").fetchone() == (0,)


def test_a_setting_that_was_not_taken_stops_the_opening(connection: Connection) -> None:
    for name, wanted in (("cipher_page_size", "1024"), ("no_such_setting", 1), ("synchronous", 1)):
        with pytest.raises(RuntimeError, match=f"did not take the setting {name}"):
            sut._read_back(connection, name, wanted)


class ShortKey(StoreKey):
    """A key whose derivation went wrong."""

    __slots__ = ()

    def db_key_hex(self) -> str:
        return "ab" * 31


def test_a_key_that_would_be_taken_for_a_passphrase_is_never_given(path: Path) -> None:
    with pytest.raises(ValueError, match="for a passphrase"):
        open_database(path, ShortKey(bytes(32)))


DENIED = [
    "ATTACH DATABASE ':memory:' AS other KEY ''",
    "ATTACH DATABASE '{folder}/plain.db' AS other KEY ''",
    "DETACH DATABASE main",
    "VACUUM",
    "VACUUM INTO '{folder}/copy.db'",
    "SELECT load_extension('x')",
    "SELECT SQLCIPHER_EXPORT('main')",
    "PRAGMA temp_store=FILE",
    "PRAGMA TEMP_STORE=1",
    "PRAGMA temp_store_directory='/tmp'",
    "PRAGMA journal_mode=WAL",
    "PRAGMA journal_mode=OFF",
    "PRAGMA locking_mode=NORMAL",
    "PRAGMA synchronous=OFF",
    "PRAGMA secure_delete=OFF",
    "PRAGMA trusted_schema=ON",
    "PRAGMA writable_schema=ON",
    "PRAGMA key='other'",
    "PRAGMA rekey='other'",
    "PRAGMA hexrekey='00'",
    "PRAGMA cipher_memory_security=OFF",
    "PRAGMA cipher_use_hmac=OFF",
]


@pytest.mark.parametrize("statement", DENIED)
def test_what_would_leak_or_undo_the_profile_is_denied(
    statement: str, connection: Connection, folder: Path
) -> None:
    before = sorted(found.name for found in folder.iterdir())
    with pytest.raises(dbapi2.DatabaseError, match=r"not authorized|authorization denied"):
        connection.execute(statement.format(folder=folder))
    assert sorted(found.name for found in folder.iterdir()) == before
    assert connection.execute("PRAGMA temp_store").fetchone() == (2,)


def test_the_store_s_own_work_is_not_denied(connection: Connection, fill: Any) -> None:
    fill(connection, 3)
    for statement in (
        "CREATE VIRTUAL TABLE found USING fts5(body)",
        "INSERT INTO found VALUES ('anaesthetics')",
        "CREATE TRIGGER t AFTER DELETE ON person BEGIN DELETE FROM found; END",
        "ALTER TABLE person ADD COLUMN note TEXT",
        "CREATE TEMP TABLE sorted AS SELECT name FROM person ORDER BY name DESC",
        "SELECT json_valid('[]')",
        "PRAGMA table_info(person)",
        "PRAGMA user_version=3",
        "PRAGMA foreign_keys=OFF",
        "PRAGMA foreign_keys=ON",
        "PRAGMA cipher_integrity_check",
        "PRAGMA foreign_key_check",
    ):
        connection.execute(statement).fetchall()


def test_the_rules_on_columns_are_asked_where_they_are_asked_for_and_hold_again_afterwards(
    connection: Connection,
) -> None:
    connection.execute("CREATE TABLE kept (day TEXT CHECK (day GLOB '20*'))")
    connection.execute("PRAGMA ignore_check_constraints=ON")
    connection.execute("INSERT INTO kept VALUES ('some day')")
    connection.execute("PRAGMA ignore_check_constraints=OFF")
    assert verify(connection) == verify(connection, thorough=True) == []
    assert check_table(connection, "kept", lambda: False) == []
    for thorough in (False, True):
        assert verify(connection, thorough=thorough, values=True) == ["CHECK constraint failed in kept"]
    with pytest.raises(dbapi2.IntegrityError, match="CHECK"):
        connection.execute("INSERT INTO kept VALUES ('another day')")


def test_a_file_that_is_only_read_can_be_verified(connection: Connection, fill: Any) -> None:
    fill(connection, 3)
    sut.forbid_changes(connection)
    assert verify(connection) == verify(connection, thorough=True, values=True) == []


def test_vacuum_is_allowed_to_the_store_and_denied_again_afterwards(
    connection: Connection, path: Path, fill: Any
) -> None:
    fill(connection, 1000)
    size = path.stat().st_size
    connection.execute("DELETE FROM person WHERE id > 10")
    vacuum(connection)
    assert path.stat().st_size < size
    assert verify(connection) == []
    with pytest.raises(dbapi2.DatabaseError, match=r"not authorized|authorization denied"):
        connection.execute("VACUUM")
    connection.execute("BEGIN")
    with pytest.raises(dbapi2.OperationalError, match="within a transaction"):
        vacuum(connection)
    connection.execute("ROLLBACK")
    with pytest.raises(dbapi2.DatabaseError, match=r"not authorized|authorization denied"):
        connection.execute("ATTACH ':memory:' AS other")


def test_sqlalchemy_works_on_that_connection_and_takes_back_what_failed(connection: Connection) -> None:
    engine = engine_on(connection)
    with engine.begin() as work:
        work.exec_driver_sql("CREATE TABLE t (a)")
    for statement in ("INSERT INTO t VALUES (1)", "CREATE TABLE half (a)", "ALTER TABLE t ADD COLUMN b"):
        with pytest.raises(ZeroDivisionError):
            fail_after(engine, statement)
    with engine.connect() as work:
        assert work.exec_driver_sql("SELECT * FROM t").all() == []
        assert work.exec_driver_sql("SELECT name FROM sqlite_master").scalars().all() == ["t"]
        assert connection.execute("SELECT count(*) FROM t").fetchone() == (0,)
    with pytest.raises(sqlalchemy.exc.TimeoutError), engine.connect(), second_of(engine).connect():
        pass
    engine.dispose()


def fail_after(engine: sqlalchemy.Engine, statement: str) -> None:
    with engine.begin() as work:
        work.exec_driver_sql(statement)
        raise ZeroDivisionError


def second_of(engine: sqlalchemy.Engine) -> sqlalchemy.Engine:
    """The same engine, which waits less long for its one connection."""
    engine.pool._timeout = 0.05  # type: ignore[attr-defined]  # thirty seconds otherwise
    return engine


def test_neither_key_nor_values_stand_in_messages(made: Any, connection: Connection, caplog: Any) -> None:
    engine = engine_on(connection)
    hidden = made.key.db_key_hex()
    assert str(engine.url) == "sqlite://"
    assert hidden not in f"{engine!r} {engine.url!r} {engine.url.password} {connection!r} {engine.pool!r}"
    with caplog.at_level("DEBUG"):
        with engine.begin() as work:
            work.exec_driver_sql("CREATE TABLE t (a PRIMARY KEY)")
        with pytest.raises(sqlalchemy.exc.IntegrityError) as refusal, engine.begin() as work:
            work.execute(sqlalchemy.text("INSERT INTO t VALUES (:a), (:a)"), {"a": MARKER})
    assert MARKER not in str(refusal.value)
    assert MARKER not in caplog.text
    assert hidden not in str(refusal.value) + caplog.text
    engine.dispose()


def test_a_missing_empty_or_short_file_is_damage_and_never_a_new_network(path: Path, made: Any) -> None:
    data = path.read_bytes()
    for left in (None, b"", data[:100], data[:4095]):
        path.unlink(missing_ok=True)
        if left is not None:
            path.write_bytes(left)
        with pytest.raises(Damaged, match=r"missing|cut off"):
            open_database(path, made.key)
        assert (path.read_bytes() if path.exists() else None) == left
        assert path.exists() is (left is not None)


def test_an_existing_file_is_never_made_again(path: Path, made: Any) -> None:
    data = path.read_bytes()
    with pytest.raises(BadInput, match="already a file"):
        open_database(path, made.key, create=True)
    assert path.read_bytes() == data


def test_the_wrong_key_another_file_and_plain_sqlite_are_damage(path: Path, made: Any, capfd: Any) -> None:
    good = path.read_bytes()
    plain = path.with_name("plain.db")
    with sqlite3.connect(plain) as other:
        other.execute("CREATE TABLE t (a)")
    other.close()
    for key, data in (
        (StoreKey.random(), good),
        (made.key, random.Random(1).randbytes(8192)),
        (made.key, plain.read_bytes()),
        (made.key, good[:1000] + bytes([good[1000] ^ 1]) + good[1001:]),
        (made.key, bytes([good[0] ^ 1]) + good[1:]),
    ):
        path.write_bytes(data)
        with pytest.raises(Damaged) as refusal:
            open_database(path, key)
        assert str(refusal.value) == (
            "The network north west.peermatch is damaged. Restore the newest backup."
        )
        assert path.read_bytes() == data
    assert capfd.readouterr() == ("", "")


def test_an_encrypted_file_of_another_program_is_told(path: Path, made: Any) -> None:
    connection = open_database(path, made.key)
    connection.execute("PRAGMA application_id=7")
    connection.close()
    with pytest.raises(Damaged, match="is not a PeerMatch network"):
        open_database(path, made.key)


def test_a_second_connection_is_refused(connection: Connection, path: Path, made: Any, fill: Any) -> None:
    fill(connection, 1)
    with pytest.raises(HeldElsewhere, match="open in another program"):
        open_database(path, made.key)
    connection.close()
    open_database(path, made.key).close()


def test_a_file_that_may_not_be_read_is_the_system_s_refusal(read_only: Path, made: Any) -> None:
    if os.geteuid() == os.getuid():
        (read_only / made.keyfile.db).chmod(0)
    with pytest.raises(SystemRefused, match="read-only"):
        open_database(read_only / made.keyfile.db, made.key)


@pytest.mark.usefixtures("open_umask")
def test_file_and_journal_are_their_owner_s_alone(folder: Path, made: Any) -> None:
    path = folder / "store-000002.db"
    connection = open_database(path, made.key, create=True)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("CREATE TABLE t (a)")
    found = {file.name: file.stat().st_mode & 0o777 for file in folder.glob("store-000002*")}
    connection.execute("COMMIT")
    connection.close()
    assert found == {"store-000002.db": 0o600, "store-000002.db-journal": 0o600}


def test_a_full_disk_takes_nothing_and_loses_nothing(connection: Connection, path: Path, fill: Any) -> None:
    fill(connection, 20)
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={pages}")
    connection.execute("BEGIN IMMEDIATE")
    with pytest.raises(SystemRefused, match="the disk is full"), in_plain_words(path.parent):
        connection.execute("INSERT INTO person VALUES (999, ?)", ("x" * 100_000,))
    if connection.execute("SELECT count(*) FROM person").fetchone() != (20,):
        connection.execute("ROLLBACK")
    assert connection.execute("SELECT count(*) FROM person").fetchone() == (20,)
    assert verify(connection, thorough=True) == []
