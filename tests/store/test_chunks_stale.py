"""Chunks that do not belong to the rows are never used: missing, foreign, behind, damaged, or of another origin."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import pytest
from sqlcipher3 import dbapi2

from peermatch.model.consent import Purpose
from peermatch.model.introduction import Introduction, State
from peermatch.store import enquiries, introductions, supporters
from peermatch.store.chunks import Chunks, Packed
from peermatch.store.kdf import LEAST
from peermatch.store.network import Store
from peermatch.store.vault import PassphraseSecret
from tests.matching.small_reference import SMALL
from tests.networks import ADHD, AMINA, DAY, ENQUIRY, NETWORK, PASSPHRASE, clock, yes
from tests.strategies import WORDINGS

VOCABULARY = SMALL.vocabulary
ASKED = Introduction("E-0142", "S-0001", State.ASKED, DAY)
WIDE = replace(NETWORK, wordings=(*(NETWORK.wordings or ()), *WORDINGS))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A locked network whose chunks are written."""
    place = tmp_path_factory.mktemp("made") / "n.peermatch"
    store = Store.create(place, WIDE, PASSPHRASE, clock, cost=LEAST).store
    store.packed(VOCABULARY)
    store.lock()
    return place


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / made.name))


@pytest.fixture
def store(place: Path) -> Iterator[Store]:
    opened = unlock(place)
    yield opened
    opened.lock()


def unlock(place: Path) -> Store:
    return Store.open(place, PassphraseSecret(PASSPHRASE), clock)


def usable(store: Store) -> bool:
    """Whether what is kept would be taken as it is."""
    chunks = Chunks(VOCABULARY, store._connection)
    with store.read() as tx:
        return chunks.load(tx) is not None


def from_rows(store: Store) -> Packed:
    """Everybody packed as the rows now are."""
    chunks = Chunks(VOCABULARY, store._connection)
    with store.read() as tx:
        return chunks.pack(tx)[0]


def run(store: Store, *statements: str) -> None:
    for statement in statements:
        store._connection.execute(statement)


def watched(store: Store) -> Store:
    store.packed(VOCABULARY)
    return store


DAMAGE: dict[str, str] = {
    "no stamp": "DELETE FROM chunk_origin",
    "a stamp of another program": "UPDATE chunk_origin SET made_from = 'v'",
    "a stamp with no number": "UPDATE chunk_origin SET made_from = 'a b x y'",
    "another origin": "UPDATE chunk_origin SET made_from = 'f' || substr(made_from, 2)",
    "no chunk": "DELETE FROM chunk",
    "bytes that are no chunk": "UPDATE chunk SET body = x'00'",
    "one byte": "UPDATE chunk SET body = CAST(substr(body, 1, 70) || 'x' || substr(body, 72) AS BLOB)",
    "another number": "UPDATE chunk SET number = number + 1",
    "a chunk more": "INSERT INTO chunk SELECT number + 1, body FROM chunk",
    "another word": "UPDATE chunk_word SET word = 'x' WHERE code = 1",
    "a word less": "DELETE FROM chunk_word WHERE code = 1",
    "a word more": "INSERT INTO chunk_word SELECT max(code) + 1, 'x' FROM chunk_word",
}


@pytest.mark.parametrize("statement", DAMAGE.values(), ids=DAMAGE.keys())
def test_what_is_missing_or_damaged_is_made_again(store: Store, statement: str) -> None:
    assert usable(store)
    wanted = from_rows(store)
    run(store, statement)
    assert not usable(store)
    found = store.packed(VOCABULARY)
    assert (found.chunks, found.words.after(0)) == (wanted.chunks, wanted.words.after(0))
    assert usable(store)
    assert store.damage() == ()


def test_bytes_that_are_no_chunk_are_not_used_whatever_their_stamp_says(store: Store) -> None:
    (made_from,) = store._connection.execute("SELECT made_from FROM chunk_origin").fetchone()
    total = crc32(b"PM") + (2 << 32)
    run(store, "UPDATE chunk SET body = CAST('PM' AS BLOB)")
    run(store, f"UPDATE chunk_origin SET made_from = '{made_from.rpartition(' ')[0]} {total:x}'")
    assert not usable(store)


def test_a_program_that_knows_no_chunks_leaves_them_behind_its_line(place: Path) -> None:
    older = unlock(place)  # its `packed` is never called, as by a program without it
    with older.write("consent-withdraw", "S-0001") as tx:
        supporters.withdraw(tx, "S-0001", yes(Purpose.MATCH, ADHD), DAY)
    with older.write("ask", "E-0142 S-0001") as tx:
        introductions.add(tx, ASKED)
    older.lock()
    store = unlock(place)
    assert not usable(store)
    assert store.packed(VOCABULARY).chunks == from_rows(store).chunks
    with store.read() as reading:
        assert introductions.every(reading) == (ASKED,)
    store.lock()


def test_a_line_of_the_journal_that_was_put_in_place_of_another_is_noticed(store: Store) -> None:
    run(store, "DROP TRIGGER journal_not_edited", "UPDATE journal SET mac = zeroblob(length(mac))")
    assert not usable(store)


def test_somebody_more_or_less_without_a_line_is_noticed(store: Store) -> None:
    run(store, "UPDATE consent SET supporter = 'S-0001' WHERE 0", "DELETE FROM supporter WHERE id = 'S-0003'")
    assert not usable(store)


PAST = {
    "consent": "UPDATE consent SET withdrawn = '2026-11-01' WHERE purpose = 'match'",
    "an introduction": "INSERT INTO introduction (enquiry, supporter, state, asked)"
    " VALUES ('E-0142', 'S-0001', 'asked', '2026-11-20')",
}


@pytest.mark.parametrize("statement", PAST.values(), ids=PAST.keys())
def test_what_was_written_past_every_transaction_is_noticed_by_this_program(
    store: Store, statement: str
) -> None:
    watched(store)
    run(store, statement)
    with store.read() as tx:
        assert store._chunks is not None
        assert store._chunks.load(tx) is None
    store.packed(VOCABULARY)
    assert usable(store)


@pytest.mark.parametrize("statement", PAST.values(), ids=PAST.keys())
def test_the_same_by_another_program_is_found_by_the_check(store: Store, statement: str) -> None:
    run(store, statement)
    watched(store)
    sentence, *_ = store.damage()
    assert sentence.startswith("What matching reads of the supporters differed from their records.")
    assert store.damage() == ()
    assert from_rows(store).chunks == bodies(store)


def bodies(store: Store) -> tuple[bytes, ...]:
    return tuple(row[0] for row in store._connection.execute("SELECT body FROM chunk ORDER BY number"))


def test_another_vocabulary_packs_anew(place: Path) -> None:
    store = watched(unlock(place))
    own = VOCABULARY.extended((replace(VOCABULARY.terms[sorted(VOCABULARY.terms)[0]], id="own.new"),))
    before = store.packed(VOCABULARY)
    after = store.packed(own)
    assert before.origin != after.origin
    assert not usable(store)
    with store.write("change", "S-0001") as tx:
        supporters.change(tx, replace(AMINA, capacity=5))
    assert store._chunks is not None
    with store.read() as reading:
        assert store._chunks.load(reading) is not None
    store.lock()


def test_a_command_about_something_else_moves_the_stamp_alone(store: Store) -> None:
    before = watched(store).packed(VOCABULARY)
    with store.write("needs", "E-0142") as tx:
        enquiries.change(tx, replace(ENQUIRY, needs=()))
    assert usable(store)
    assert store.packed(VOCABULARY).chunks == before.chunks


def test_a_change_before_chunks_are_true_does_not_make_them_look_true(store: Store) -> None:
    watched(store)
    run(store, "UPDATE chunk_origin SET made_from = '0 0 0 0'")
    with store.write("change", "S-0001") as tx:
        supporters.change(tx, replace(AMINA, capacity=5))
    assert not usable(store)


def test_words_that_are_damaged_while_it_is_open_do_not_reach_a_stamp(store: Store) -> None:
    watched(store)
    run(store, "DELETE FROM chunk_word WHERE code = 1")
    with store.write("change", "S-0001") as tx:
        supporters.change(tx, replace(AMINA, capacity=5))
    assert not usable(store)
    store.packed(VOCABULARY)
    assert usable(store)


def test_a_full_disk_keeps_nobody_from_matching(tmp_path: Path) -> None:
    people = tuple(replace(AMINA, id=f"S-{number:04d}") for number in range(1, 121))
    network = replace(NETWORK, supporters=people)
    store = watched(Store.create(tmp_path / "n.peermatch", network, PASSPHRASE, clock, cost=LEAST).store)
    wanted = bodies(store)
    fill_up(store)
    assert store.packed(VOCABULARY).chunks == wanted
    assert not usable(store)
    run(store, "DROP TABLE filler", "PRAGMA max_page_count = 1000000")
    assert store.packed(VOCABULARY).chunks == wanted
    assert usable(store)
    store.lock()


def fill_up(store: Store) -> None:
    """Take the chunks away and let the file grow no more, nor hold anything in their place."""
    run(store, "DELETE FROM chunk", "CREATE TABLE filler (x BLOB)")
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    run(store, f"PRAGMA max_page_count = {pages}")
    with pytest.raises(dbapi2.OperationalError, match="full"):
        run(store, *["INSERT INTO filler VALUES (zeroblob(3000))"] * 1000)


def test_whoever_asks_the_check_without_matching_hears_nothing_of_it(place: Path) -> None:
    store = unlock(place)
    run(store, "UPDATE chunk SET body = x'00'")
    assert store.damage() == ()
    store.lock()
    store = watched(unlock(place))
    run(store, "UPDATE chunk SET body = x'00'")
    assert store.damage() == (), "a chunk that is not used misleads nobody"
    store.lock()
