"""A letter of the outbox belongs to an enquiry or to a supporter, and an older network is brought there in place."""

from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from peermatch.model.posted import Posted
from peermatch.store import introductions, keyfile, posted, vault
from peermatch.store.engine import Connection, open_database
from peermatch.store.introductions import OutgoingLetter
from peermatch.store.network import Store
from peermatch.store.untouched import MADE_FROM, changed_by
from tests.networks import AMINA, DAY, NETWORK, clock
from tests.store.chunk_cases import made, unlock
from tests.upgrades.older import build, kept

LETTER = OutgoingLetter("welcome", "", AMINA.id, DAY, AMINA.email, "Welcome", "Hello Amina")
BEFORE = 17


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return unlock(made(tmp_path / "n.peermatch", NETWORK))


def put(store: Store, letter: OutgoingLetter) -> None:
    with store.write("test") as tx:
        introductions.put_in_outbox(tx, letter)


def test_one_to_a_supporter_alone_comes_back_as_it_was_put(store: Store) -> None:
    put(store, LETTER)
    put(store, replace(LETTER, kind="thank-you", enquiry="E-0142"))
    put(store, replace(LETTER, kind="ask", enquiry="E-0142"))
    with store.read() as tx:
        assert posted.alone(tx, AMINA.id) == {Posted.WELCOME: DAY}
        assert posted.every_to(tx, AMINA.id, ("welcome",)) == (LETTER,)
        assert [each.enquiry for each in posted.every_to(tx, AMINA.id, tuple(Posted))] == ["", "E-0142"]
        assert set(introductions.posted(tx)) == {("E-0142", AMINA.id)}
    store.lock()


@pytest.mark.parametrize(
    "letter",
    [replace(LETTER, supporter=None), replace(LETTER, supporter="S-9999"), replace(LETTER, enquiry="E-9999")],
    ids=["of nobody", "of an unknown supporter", "of an unknown enquiry"],
)
def test_every_letter_belongs_to_somebody_who_is_there(store: Store, letter: OutgoingLetter) -> None:
    with pytest.raises(IntegrityError):
        put(store, letter)
    with store.read() as tx:
        assert posted.alone(tx, AMINA.id) == {}
    store.lock()


def test_the_letters_of_one_person_are_looked_up_and_not_all_letters_read(store: Store) -> None:
    plan = store._connection.execute("EXPLAIN QUERY PLAN SELECT * FROM outbox WHERE supporter = 'S-0001'")
    assert [row[3] for row in plan] == ["SEARCH outbox USING INDEX ix_outbox_supporter (supporter=?)"]
    store.lock()


def schema_of(store: Store) -> set[tuple[str, str]]:
    """What hangs on the outbox, by its name and text."""
    found = store._connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view') AND sql LIKE '%outbox%'"
    )
    return {(name, sql) for name, sql in found}


def test_an_older_network_keeps_its_letters_and_its_index_of_words(store: Store, tmp_path: Path) -> None:
    older = kept(BEFORE)
    opened = Store.open(build(older, tmp_path / "older.peermatch"), older.secret, clock)
    assert schema_of(opened) == schema_of(store)
    assert len(schema_of(opened)) == 4
    with opened.read() as tx:
        (before,) = posted.every_to(tx, "S-0001", ("thank-you",))
    assert before.enquiry == "E-0142"
    put(opened, LETTER)
    with opened.read() as tx:
        assert posted.alone(tx, "S-0001") == {Posted.WELCOME: DAY}
    words = opened._connection.execute("SELECT count(*) FROM search_word WHERE search_word MATCH 'hello'")
    assert words.fetchone()[0] > 1
    assert opened.damage() == ()
    opened.lock()
    store.lock()


def test_the_step_touches_nothing_that_people_are_packed_from(tmp_path: Path) -> None:
    older = kept(BEFORE)
    folder = build(older, tmp_path / "older.peermatch")
    keys = keyfile.parse(older.keys)
    connection = open_database(folder / keys.db, vault.unlock(keys, older.secret)[0])
    revision = import_module("peermatch.store.migrations.versions.0018_posted")

    def step(file: Connection) -> None:
        for statement in revision.STATEMENTS:
            file.execute(statement)

    touched = changed_by(connection, step)
    assert "outbox" in touched
    assert touched.isdisjoint(MADE_FROM)
    connection.close()
