"""A look at the file: plain SQL without a session, a session on top of it, and nothing left behind."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from peermatch.errors import Damaged
from peermatch.store import settings, supporters
from peermatch.store.kdf import LEAST
from peermatch.store.network import Store
from peermatch.store.sql import sql
from peermatch.store.transaction import Transaction
from tests.networks import AMINA, NETWORK, PASSPHRASE, clock

NAMES = "SELECT name FROM supporter ORDER BY position"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(tmp_path / "n.peermatch", NETWORK, PASSPHRASE, clock, cost=LEAST).store
    yield made
    made.lock()


def names(tx: Transaction) -> list[str]:
    return [name for (name,) in tx.rows(NAMES)]


def under_way(store: Store) -> bool:
    return bool(store._connection.in_transaction)


KNOWN = [each.name for each in NETWORK.supporters]


def test_plain_sql_needs_no_session(store: Store) -> None:
    with store.read() as tx:
        assert names(tx) == KNOWN
        assert under_way(store)
        assert tx._session is None
    assert not under_way(store)
    assert store._made is None


def test_a_look_that_asks_nothing_begins_nothing(store: Store) -> None:
    with store.read():
        assert not under_way(store)


def test_a_session_goes_on_where_plain_sql_has_begun(store: Store) -> None:
    with store.read() as tx:
        before = names(tx)
        assert supporters.exists(tx, AMINA.id)
        assert tx._session is not None
        assert names(tx) == before
    assert not under_way(store)


def test_plain_sql_joins_the_session_that_has_begun(store: Store) -> None:
    with store.read() as tx:
        assert supporters.exists(tx, AMINA.id)
        assert names(tx) == KNOWN
        assert under_way(store)
    assert not under_way(store)


def test_nothing_that_a_look_changes_stays(store: Store) -> None:
    with store.read() as tx:
        tx.rows("UPDATE supporter SET name = 'nobody'")
        assert set(names(tx)) == {"nobody"}
    with store.read() as tx:
        assert supporters.exists(tx, AMINA.id)
        tx.rows("UPDATE supporter SET name = 'nobody'")
    with store.read() as tx:
        assert names(tx) == KNOWN


def test_what_the_first_session_of_all_tries_after_plain_sql_does_not_stay(store: Store) -> None:
    with store.read() as tx:
        assert names(tx) == KNOWN
        assert store._made is None
        tx.session.execute(sql.text("UPDATE supporter SET name = 'nobody'"))
        assert set(names(tx)) == {"nobody"}
    with store.read() as tx:
        assert names(tx) == KNOWN


def test_a_look_that_goes_wrong_lets_go_too(store: Store) -> None:
    with pytest.raises(dbapi2.OperationalError), store.read() as tx:
        tx.rows(f"{NAMES}, nothing")
    assert not under_way(store)
    with store.read() as tx:
        assert names(tx) == KNOWN


def test_there_is_one_look_at_a_time(store: Store) -> None:
    with store.read() as one:
        names(one)
        with pytest.raises(dbapi2.OperationalError), store.read() as other:
            names(other)
        assert names(one) == KNOWN


def test_plain_sql_sees_what_the_command_has_done_so_far(store: Store) -> None:
    with store.write("test") as tx:
        supporters.change(tx, replace(supporters.get(tx, AMINA.id), name="Another"))
        assert "Another" in names(tx)
        settings.set_controller(tx, "The Example Trust")
        assert settings.controller(tx) == "The Example Trust"
    with store.read() as tx:
        assert "Another" in names(tx)
        assert tx.first("SELECT controller FROM network") == ("The Example Trust",)


def test_a_statement_that_gives_nothing_gives_nothing(store: Store) -> None:
    with store.write("test") as tx:
        assert tx.rows("UPDATE supporter SET name = name") == []
        assert tx.first("SELECT 1 FROM supporter WHERE id = ?", "nobody") is None


def test_a_damaged_file_is_said_in_a_sentence_also_without_a_session(store: Store) -> None:
    with pytest.raises(Damaged), store.read():
        raise dbapi2.DatabaseError("database disk image is malformed")


def test_without_a_session_there_is_nothing_but_a_look() -> None:
    with pytest.raises(ValueError, match="only be a look"):
        _ = Transaction().session
