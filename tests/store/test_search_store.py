"""The index of words: true after every step, undo, epoch, erasure and restore; nothing that went is left in it."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from peermatch.model.erasure import Wanted
from peermatch.model.rights import Subject, SubjectKind
from peermatch.model.searching import TextKind
from peermatch.store import enquiries, epochs, erasure, introductions, search, supporters, vault
from peermatch.store.engine import engine_on, forbid_changes, open_database
from peermatch.store.introductions import OutgoingLetter
from peermatch.store.kdf import LEAST
from peermatch.store.network import Store
from peermatch.store.restore import opened_backup, restore_into
from peermatch.store.schema import bring_up_to_date
from tests.networks import AMINA, DAY, ENQUIRY, JO, NETWORK, PASSPHRASE
from tests.store.pages import found as readable
from tests.store.pages import plain
from tests.store.saving import NOW, Saved, make

NOTED = replace(AMINA, notes="Prefers zqxotter walks near Siân's café.")
WORKED = replace(NETWORK, supporters=(NOTED, *NETWORK.supporters[1:]))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Saved:
    return make(tmp_path_factory.mktemp("made") / "n.peermatch", WORKED)


@pytest.fixture
def saved(made: Saved, tmp_path: Path) -> Saved:
    return made.copied(tmp_path)


@pytest.fixture
def store(saved: Saved) -> Iterator[Store]:
    opened = saved.open()
    yield opened
    opened.lock()


def hits(store: Store, *typed: str) -> list[tuple[str, str, str]]:
    """What is found, by kind and records."""
    with store.read() as tx:
        return [(each.kind.value, each.enquiry, each.supporter) for each in search.found(tx, typed, 20)]


def terms(store: Store) -> set[str]:
    """Every word that the index holds, past the program."""
    connection = store.source().connection
    connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.said USING fts5vocab('main', search_word, 'row')"
    )
    return {row[0] for row in connection.execute("SELECT term FROM temp.said")}


def every_byte(store: Store) -> bytes:
    """All pages in the clear, by a reader of our own."""
    source = store.source()
    return plain(source.folder / source.keyfile.db, bytes.fromhex(source.key.db_key_hex()))


LETTER, NOTES = ("letter", "E-0142", ""), ("notes", "", "S-0001")


def test_all_words_must_stand_there_and_the_last_may_be_begun(store: Store) -> None:
    assert hits(store, "diagnosed") == [LETTER]
    assert hits(store, "EXAM", "diag") == [LETTER]
    assert hits(store, "diag", "exam") == []
    assert hits(store, "zqxotter") == [NOTES]
    assert hits(store, "sian's", "cafe") == [NOTES]
    assert hits(store, "nowhere") == hits(store) == hits(store, "-", "*") == []


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        '" OR "',
        "NEAR(a b)",
        "body:exam",
        "exam*",
        "^exam",
        "a\0b",
        "AND",
        "(",
        "{x}",
        "ex'am",
        "\ud800exam",
        "ß" * 99,
    ],
)
def test_what_is_typed_is_never_an_instruction(store: Store, typed: str) -> None:
    assert set(hits(store, *typed.split(" "))) <= {LETTER, NOTES}


def test_steps_and_undo_are_followed(store: Store) -> None:
    with store.write("change", "S-0001") as tx:
        supporters.change(tx, replace(NOTED, notes="Now zqxheron alone."))
    first = tx.seq or 0
    assert (hits(store, "zqxotter"), hits(store, "zqxheron")) == ([], [NOTES])
    assert {"zqxotter", "walks"}.isdisjoint(terms(store))
    store.undo(first)
    assert (hits(store, "zqxotter"), hits(store, "zqxheron")) == ([NOTES], [])
    with store.write("change", "S-0001") as tx:
        supporters.change(tx, replace(NOTED, notes=""))
    with store.write("change", "E-0142") as tx:
        enquiries.change(tx, replace(ENQUIRY, letter=None))
    assert terms(store) == set()
    assert store.damage() == ()


def test_letters_to_send_and_outcomes_are_found_with_both_records(store: Store) -> None:
    letter = OutgoingLetter("ask", "E-0142", "S-0001", DAY, None, "Zqxsubject", "Could you zqxbody?")
    with store.write("ask", "E-0142") as tx:
        introductions.put_in_outbox(tx, letter)
        introductions.put_in_outbox(tx, replace(letter, supporter=None, body="zqxtrainee"))
    assert hits(store, "zqxsubject", "zqxbody") == [("sent", "E-0142", "S-0001")]
    assert hits(store, "zqxtrainee") == [("sent", "E-0142", "")]
    store.undo(tx.seq or 0)
    assert hits(store, "zqxsubject") == []


def failing(store: Store) -> None:
    """A step that writes a text and does not come to its end."""
    with store.write("change", "S-0001") as tx:
        supporters.change(tx, replace(NOTED, notes="zqxnever"))
        tx.session.flush()
        raise RuntimeError


def test_a_step_that_fails_leaves_the_index_as_it_was(store: Store) -> None:
    with pytest.raises(RuntimeError):
        failing(store)
    assert (hits(store, "zqxnever"), hits(store, "zqxotter")) == ([], [NOTES])
    assert store.damage() == ()


def test_other_keys_are_another_file_with_the_same_words(store: Store) -> None:
    store.step_to(vault.rotate, "keys-rotate", epochs.NO_CHANGE)
    assert hits(store, "zqxotter") == [NOTES]
    with store.write("change", "S-0001") as tx:
        supporters.change(tx, replace(NOTED, notes="zqxafter"))
    assert hits(store, "zqxafter") == [NOTES]
    assert store.damage() == ()


def test_nothing_of_an_erased_text_is_in_any_page(store: Store) -> None:
    assert readable(every_byte(store), ("zqxotter",)) == ["zqxotter"]
    with store.read() as tx:
        gone = Wanted(
            DAY, (Subject(SubjectKind.SUPPORTER, "S-0001"), Subject(SubjectKind.ENQUIRER, "E-0142"))
        )
        change = erasure.planned(tx, gone).change()
    store.step_to(vault.rotate, "erase", change, "S-0001 E-0142")
    assert terms(store) == set()
    assert readable(every_byte(store), ("zqxotter", "diagnosed with ADHD", "qxotter")) == []
    assert store.source().connection.execute("SELECT count(*) FROM search_place").fetchone() == (0,)
    assert store.damage() == ()


def test_an_index_that_differs_is_noticed_and_made_again(store: Store) -> None:
    connection = store.source().connection
    connection.execute("UPDATE search_place SET record = 'S-0002' WHERE kind = 'notes'")
    assert store.damage() == (search.DIFFERS,)
    connection.execute("UPDATE search_place SET record = 'S-0001' WHERE kind = 'notes'")
    assert store.damage() == (search.DIFFERS,)
    assert store.damage() == ()
    assert hits(store, "zqxotter") == [NOTES]


def test_a_network_that_is_only_looked_at_can_be_searched(store: Store) -> None:
    forbid_changes(store.source().connection)
    assert hits(store, "zqxotter") == [NOTES]


def test_a_restore_brings_back_the_words_of_its_day_and_no_others(saved: Saved, store: Store) -> None:
    store.step_to(vault.rotate, "keys-rotate", epochs.NO_CHANGE)
    with store.write("change", "S-0001") as tx:
        supporters.change(tx, replace(NOTED, notes="zqxlater"))
    (backup,) = (saved.folder / "backups").glob("*.pmbackup")
    with opened_backup(backup, saved.secret, saved.folder) as opened:
        restore_into(store.source(), opened, store.unlocked_by, NOW)
    store.lock()
    again = saved.open()
    assert (hits(again, "zqxotter"), hits(again, "zqxlater")) == ([NOTES], [])
    assert "zqxlater" not in terms(again)
    assert again.damage() == ()
    again.lock()


AN_ENQUIRY = (
    "INSERT INTO enquiry SELECT 'E-1', 1, '2026-11-20', NULL, 'peer', 'new', 'zqxolder letter', NULL, NULL,"
    " NULL, NULL, '[]', '{}', '{}', 0, '[]', NULL"
)
A_LETTER = (
    "INSERT INTO mail SELECT 7, '2026-11-20', 'letter', 'joined', NULL, NULL, NULL, NULL, '{}', '{}', '', NULL, '',"
    " '[]', '[]', 0"
)


@pytest.mark.parametrize(
    ("before", "rows"),
    [
        (5, [AN_ENQUIRY]),
        (
            16,
            [
                AN_ENQUIRY.replace("zqxolder", ""),
                A_LETTER.format("zqxolder", "words"),
                A_LETTER.format("", ""),
            ],
        ),
    ],
)
def test_an_older_network_is_taken_in_whole(tmp_path: Path, before: int, rows: list[str]) -> None:
    versions = Path(search.__file__).parent / "migrations"
    scripts = tmp_path / "scripts"
    (scripts / "versions").mkdir(parents=True)
    shutil.copy(versions / "env.py", scripts)
    for script in sorted((versions / "versions").glob("0*.py"))[:before]:
        shutil.copy(script, scripts / "versions")
    _, key, _ = vault.create_keys(PASSPHRASE, "lead", LEAST, False)
    connection = open_database(tmp_path / "store-000001.db", key, create=True)
    engine = engine_on(connection)
    bring_up_to_date(connection, engine, scripts, head=before)
    for number, row in enumerate(rows):
        connection.execute(row.replace("SELECT 7", f"SELECT {number + 7}"))
    bring_up_to_date(connection, engine)
    word = "SELECT count(*) FROM search_word WHERE search_word MATCH '\"zqxolder\"'"
    assert connection.execute(word).fetchall() == [(1,)]
    assert not search.differs(connection)
    connection.execute("DELETE FROM mail")
    connection.execute("DELETE FROM enquiry")
    assert connection.execute("SELECT count(*) FROM search_place").fetchall() == [(0,)]
    assert not search.differs(connection)
    connection.close()


def test_words_of_somebody_new_come_with_them(store: Store) -> None:
    with store.write("add", "S-0009") as tx:
        supporters.add(tx, replace(JO, id="S-0009", email="j@example.org", notes="zqxnewcomer"))
    assert hits(store, "zqxnew") == [("notes", "", "S-0009")]
    with store.read() as tx:
        (text,) = search.found(tx, ["zqxnewcomer"], 5)
    assert (text.kind, text.body) == (TextKind.NOTES, "zqxnewcomer")
