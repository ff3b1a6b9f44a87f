"""The packed records say what the rows say, or are not used; what was taken out of a row is in no byte of the file."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from peermatch.errors import Refused
from peermatch.model.consent import Purpose
from peermatch.model.record_bytes import Body, body_of, decode
from peermatch.store import supporters
from peermatch.store.bands import everybody
from peermatch.store.network import Store
from peermatch.store.records import BAND
from tests.networks import ADHD, AMINA, DAY, NETWORK, yes
from tests.store.chunk_cases import VOCABULARY, kept_records, made, unlock
from tests.store.pages import found, plain

GONE = ("Zqxvera", "Quorndale", "zqxvera@example.org", "Zqxnotes")
VERA = replace(AMINA, name="Zqxvera Quorndale", email="zqxvera@example.org", notes="Zqxnotes about exams")
CROWD = tuple(replace(AMINA, id=f"S-{number:04d}") for number in range(10, BAND + 20))


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A locked network whose records are packed."""
    place = made(tmp_path_factory.mktemp("made") / "n.peermatch", NETWORK)
    store = unlock(place)
    store.records(VOCABULARY)
    store.lock()
    return place


@pytest.fixture
def store(locked: Path, tmp_path: Path) -> Iterator[Store]:
    opened = unlock(Path(shutil.copytree(locked, tmp_path / locked.name)))
    opened.records(VOCABULARY)
    yield opened
    opened.lock()


def run(store: Store, *statements: str) -> None:
    for statement in statements:
        store._connection.execute(statement)


def usable(store: Store) -> bool:
    assert store._chunks is not None
    with store.read() as tx:
        return store._chunks.records.load(tx) is not None


def rows(store: Store) -> tuple[object, ...]:
    with store.read() as tx:
        return supporters.every(tx)


def told(bodies: tuple[bytes, ...]) -> tuple[object, ...]:
    each = (Body.of(body) for body in bodies)
    return tuple(decode(record) for body in each for record in body.records())


def spoken(store: Store) -> bytes:
    """Every packed byte as it was before it was pressed."""
    each = [Body.of(body) for body in store.records(VOCABULARY)]
    return b"".join(part for body in each for part in (body.lines, *body.records()))


def test_they_are_made_at_first_need_and_read_from_then_on(tmp_path: Path) -> None:
    place = made(tmp_path / "n.peermatch", NETWORK)
    store = unlock(place)
    assert store._connection.execute("SELECT count(*) FROM record").fetchone() == (0,)
    first = store.records(VOCABULARY)
    assert told(first) == rows(store) == kept_records(store)
    store.lock()
    store = unlock(place)
    assert store.records(VOCABULARY) == first
    store.lock()


DAMAGE = {
    "no stamp": "DELETE FROM record_origin",
    "a stamp of another program": "UPDATE record_origin SET made_from = 'v'",
    "a stamp with no number": "UPDATE record_origin SET made_from = 'a b x'",
    "another layout": "UPDATE record_origin SET made_from = 'f' || substr(made_from, 2)",
    "no body": "DELETE FROM record",
    "bytes that are no body": "UPDATE record SET body = x'00'",
    "one byte": "UPDATE record SET body = CAST(substr(body, 1, 70) || 'x' || substr(body, 72) AS BLOB)",
    "another number": "UPDATE record SET number = number + 1",
    "a body more": "INSERT INTO record SELECT number + 1, body FROM record",
    "consent": "UPDATE consent SET withdrawn = '2026-11-01' WHERE purpose = 'match'",
    "somebody less": "DELETE FROM supporter WHERE id = 'S-0003'",
}


@pytest.mark.parametrize("statement", DAMAGE.values(), ids=DAMAGE.keys())
def test_what_does_not_belong_to_the_rows_is_made_again(store: Store, statement: str) -> None:
    assert usable(store)
    run(store, statement)
    assert not usable(store)
    assert told(store.records(VOCABULARY)) == rows(store)
    assert usable(store)
    assert store.damage() == () or statement.startswith(("UPDATE consent", "DELETE FROM supporter"))


def test_what_another_program_wrote_is_found_by_the_check(locked: Path, tmp_path: Path) -> None:
    """A change past every transaction and every note: the check compares the bodies with the rows themselves."""
    store = unlock(Path(shutil.copytree(locked, tmp_path / "other.peermatch")))
    run(store, "UPDATE consent SET withdrawn = '2026-11-01' WHERE purpose = 'match'")
    store.records(VOCABULARY)
    (sentence,) = store.damage()
    assert sentence.startswith("What lists read of the supporters differed from their records.")
    assert told(store.records(VOCABULARY)) == rows(store)
    store.lock()


def test_a_program_that_knows_none_leaves_them_behind_its_line(locked: Path, tmp_path: Path) -> None:
    place = Path(shutil.copytree(locked, tmp_path / "older.peermatch"))
    older = unlock(place)  # nothing packed is ever asked for, as by a program without it
    with older.write("consent-withdraw", "S-0001") as tx:
        supporters.withdraw(tx, "S-0001", yes(Purpose.MATCH, ADHD), DAY)
    older.lock()
    store = unlock(place)
    assert told(store.records(VOCABULARY)) == rows(store)
    store.lock()


def test_who_comes_and_who_goes_is_written_without_the_others(store: Store) -> None:
    with store.write("import") as tx:
        for person in CROWD:
            supporters.add(tx, replace(person, consents=()))
    assert kept_records(store) == rows(store)
    before = store.records(VOCABULARY)
    with store.write("change", "S-0012") as changed:
        supporters.change(changed, replace(CROWD[2], consents=(), notes="more"))
    after = store.records(VOCABULARY)
    assert [one == other for one, other in zip(before, after, strict=True)] == [False, True]
    store.undo(changed.seq or 0)
    assert store.records(VOCABULARY) == before
    store.undo(tx.seq or 0)
    assert kept_records(store) == rows(store)
    assert store.records(VOCABULARY) == (body_of(told(store.records(VOCABULARY))),)  # type: ignore[arg-type]  # people


def test_what_was_taken_out_of_a_record_is_in_no_packed_byte(store: Store) -> None:
    with store.write("change", AMINA.id) as tx:
        supporters.change(tx, VERA)
    assert found(spoken(store), GONE) == list(GONE)
    with store.write("change", AMINA.id) as tx:
        supporters.change(tx, AMINA)
    assert found(spoken(store), GONE) == []
    # What undo needs stands in the journal alone: without its images no page of the file holds a word.
    run(
        store,
        "DROP TRIGGER IF EXISTS journal_image_not_deleted",
        "UPDATE journal_image SET before = NULL, after = NULL",
    )
    source = store.source()
    key = bytes.fromhex(source.key.db_key_hex())
    assert found(plain(source.folder / source.keyfile.db, key), GONE) == []


def test_the_last_of_a_band_leaves_no_band(tmp_path: Path) -> None:
    store = unlock(made(tmp_path / "n.peermatch", replace(NETWORK, supporters=())))
    assert store.records(VOCABULARY) == ()
    with store.write("add", "S-0001") as tx:
        supporters.add(tx, replace(AMINA, consents=()))
    assert kept_records(store) == (replace(AMINA, consents=()),)
    store.undo(tx.seq or 0)
    assert store.records(VOCABULARY) == ()
    assert usable(store)
    assert store.damage() == ()
    store.lock()


def test_a_network_that_is_only_looked_at_is_read_without_writing(store: Store) -> None:
    wanted = store.records(VOCABULARY)
    run(store, "DELETE FROM record_origin", "DELETE FROM record")
    store.seal.put_on(Refused("This is a backup."))
    assert store.records(VOCABULARY) == wanted
    assert not usable(store)


def test_all_are_read_in_one_go_as_they_are_one_by_one(store: Store) -> None:
    with store.write("import") as tx:
        for person in CROWD:
            supporters.add(tx, person)
    told: list[tuple[int, int]] = []
    with store.read() as tx:
        whole = supporters.every(tx)
        parts = list(everybody(tx, 2 * BAND, lambda done, of: told.append((done, of))))
    assert tuple(person for part in parts for person in part.people) == whole
    smaller = [(band, tuple(people)) for part in parts for band, people in part.cut(BAND)]
    assert tuple(person for _, people in smaller for person in people) == whole
    assert [band for band, _ in smaller] == sorted({position // BAND for position in range(len(whole))})
    assert told[-1] == (len(whole), len(whole))


def test_what_matching_reads_and_the_records_are_made_in_one_pass(tmp_path: Path) -> None:
    store = unlock(made(tmp_path / "n.peermatch", NETWORK))
    told: list[tuple[int, int]] = []
    store.packed(VOCABULARY, lambda done, of: told.append((done, of)))
    assert told == [(len(NETWORK.supporters), len(NETWORK.supporters))]
    assert usable(store)
    store.records(VOCABULARY, lambda done, of: told.append((done, of)))
    assert len(told) == 1
    store.lock()
