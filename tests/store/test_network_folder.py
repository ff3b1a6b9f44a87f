"""The network folder as a whole: made, opened, written in journalled steps, undone, refused, locked."""

import json
import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from peermatch.errors import BadInput, CannotUnlock, Damaged, HeldElsewhere, PeerMatchError, Refused
from peermatch.model.consent import Purpose
from peermatch.model.introduction import Introduction, State
from peermatch.store import enquiries, epochs, introductions, journal, schema, settings, supporters, vault
from peermatch.store.contents import whole as contents_of
from peermatch.store.engine import Connection, engine_on
from peermatch.store.kdf import FLOOR
from peermatch.store.network import Store
from peermatch.store.restore import restore_as
from peermatch.store.search import is_index
from peermatch.store.vault import PassphraseSecret, RecoverySecret
from tests.networks import ADHD, AMINA, DAY, ENQUIRY, NETWORK, PASSPHRASE, clock, yes


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A locked network and its recovery key, made once; tests work on copies."""
    place = tmp_path_factory.mktemp("made") / "north west.peermatch"
    created = Store.create(place, NETWORK, PASSPHRASE, clock, with_recovery=True, cost=FLOOR)
    created.store.lock()
    assert created.recovery is not None
    return place, created.recovery


@pytest.fixture
def place(whole: tuple[Path, str], tmp_path: Path) -> Path:
    copy = tmp_path / whole[0].name
    shutil.copytree(whole[0], copy)
    return copy


def unlock(place: Path) -> Store:
    return Store.open(place, PassphraseSecret(PASSPHRASE), clock)


@pytest.fixture
def store(place: Path) -> Iterator[Store]:
    opened = unlock(place)
    yield opened
    opened.lock()


def test_what_went_in_comes_out_equal(store: Store) -> None:
    with store.read() as tx:
        assert contents_of(tx) == NETWORK


def test_the_recovery_key_opens_it_too(place: Path, whole: tuple[Path, str]) -> None:
    opened = Store.open(place, RecoverySecret(whole[1]), clock)
    with opened.read() as tx:
        assert settings.name(tx) == NETWORK.name
    opened.lock()


def test_the_folder_is_for_its_owner_alone(place: Path, store: Store) -> None:
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    files = [path for path in place.iterdir() if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_a_change_is_there_after_the_next_unlock(place: Path) -> None:
    store = unlock(place)
    with store.write("needs", "E-0142") as tx:
        enquiries.change(tx, replace(ENQUIRY, needs=()))
    store.lock()
    store = unlock(place)
    with store.read() as tx:
        assert enquiries.get(tx, "E-0142").needs == ()
    store.lock()


def test_a_failed_command_changes_nothing(store: Store) -> None:
    def half_a_step() -> None:
        with store.write("needs", "E-0142") as tx:
            enquiries.change(tx, replace(ENQUIRY, needs=()))
            raise Refused("no")

    with pytest.raises(Refused):
        half_a_step()
    with store.read() as tx:
        assert enquiries.get(tx, "E-0142") == ENQUIRY
        assert [entry.action for entry in journal.entries(tx)] == ["create"]


def test_the_journal_keeps_before_and_after_and_no_name_in_its_lines(store: Store) -> None:
    with store.write("pause", "S-0001") as tx:
        supporters.change(tx, replace(AMINA, paused_until=DAY))
        tx.note("until 2026-11-20")
    assert tx.seq == 2
    with store.read() as tx:
        entry = journal.entry(tx, 2)
        (image,) = journal.images_of(tx, 2)
    assert entry is not None
    assert (entry.action, entry.object, entry.detail) == ("pause", "S-0001", "until 2026-11-20")
    assert json.loads(image.before or "")["paused_until"] is None
    assert json.loads(image.after or "")["paused_until"] == "2026-11-20"


def test_undo_puts_rows_back_and_is_a_step_of_its_own(store: Store) -> None:
    with store.write("ask", "E-0142 S-0001") as tx:
        introductions.add(tx, Introduction("E-0142", "S-0001", State.ASKED, DAY))
        enquiries.change(tx, replace(ENQUIRY, choice=True))
    assert tx.undoable
    store.undo(tx.seq or 0)
    with store.read() as tx:
        assert contents_of(tx) == NETWORK
        assert [entry.undoes for entry in journal.entries(tx)] == [2, None, None]
    assert store.damage() == ()


def test_a_step_is_undone_once_and_only_while_the_world_stands_still(store: Store) -> None:
    with store.write("first", "S-0001") as tx:
        supporters.change(tx, replace(AMINA, capacity=5))
    first = tx.seq or 0
    with store.write("second", "S-0001") as tx:
        supporters.change(tx, replace(AMINA, capacity=6))
    with pytest.raises(Refused, match="changed since"):
        store.undo(first)
    store.undo(tx.seq or 0)
    with pytest.raises(Refused, match="undone already"):
        store.undo(tx.seq or 0)
    store.undo(first)
    with pytest.raises(Refused, match="nothing to undo"):
        store.undo(999)
    with store.read() as tx:
        assert supporters.get(tx, "S-0001") == AMINA


def test_adding_somebody_cannot_be_undone_once_others_rest_on_them(store: Store) -> None:
    with store.write("add") as tx:
        supporters.add(tx, replace(AMINA, id="S-0009", consents=()))
    with store.write("ask") as later:
        introductions.add(later, Introduction("E-0142", "S-0009", State.ASKED, DAY))
    with pytest.raises(Refused, match="depends on it"):
        store.undo(tx.seq or 0)


def test_consent_is_never_edited_removed_or_undone(store: Store) -> None:
    with store.write("consent-give", "S-0001") as tx:
        supporters.add_consent(tx, "S-0001", yes(Purpose.LIST, ADHD))
    assert not tx.undoable
    with pytest.raises(Refused, match="cannot be undone"):
        store.undo(tx.seq or 0)
    for statement in (
        "UPDATE consent SET wording='x'",
        "DELETE FROM consent",
        "UPDATE consent SET withdrawn=NULL",
    ):
        with pytest.raises(IntegrityError, match="consent record"), store.write("tamper") as tx:
            tx.session.execute(text(statement))


def test_a_withdrawal_is_a_date_on_the_record(store: Store) -> None:
    record = yes(Purpose.MATCH, ADHD)
    with store.write("consent-withdraw", "S-0001") as tx:
        supporters.withdraw(tx, "S-0001", record, DAY)
    with store.read() as tx:
        assert replace(record, withdrawn=DAY) in supporters.get(tx, "S-0001").consents
    with pytest.raises(BadInput, match="withdrawn already"), store.write("consent-withdraw", "S-0001") as tx:
        supporters.withdraw(tx, "S-0001", record, DAY)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE supporter SET capacity=-1",
        "UPDATE supporter SET status='gone'",
        "UPDATE supporter SET paused_until='3 March'",
        "UPDATE introduction SET state='met'",
        "UPDATE enquiry SET needs='not json'",
        "INSERT INTO introduction (enquiry, supporter, state, asked) VALUES ('E-9', 'S-0001', 'asked', '2026-11-20')",
    ],
)
def test_the_schema_itself_refuses_what_cannot_be(store: Store, statement: str) -> None:
    with store.write("ask") as tx:
        introductions.add(tx, Introduction("E-0142", "S-0001", State.ASKED, DAY))
    with pytest.raises(IntegrityError), store.write("tamper") as tx:
        tx.session.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("UPDATE journal SET action='looked away' WHERE seq=2", 2),
        ("DELETE FROM journal WHERE seq=2; DELETE FROM journal_image WHERE seq=2", 2),
        ("UPDATE journal_image SET after=replace(after, '5', '4')", 2),
        ("DELETE FROM journal_image WHERE seq=2", 2),
    ],
)
def test_a_journal_that_was_tampered_with_is_noticed(store: Store, statement: str, line: int) -> None:
    for capacity in (5, 6):
        with store.write("change", "S-0001") as tx:
            supporters.change(tx, replace(AMINA, capacity=capacity))
    with store.read() as tx:
        triggers = (
            tx.session.execute(text("SELECT name FROM sqlite_master WHERE type='trigger'")).scalars().all()
        )
    with pytest.raises(IntegrityError), store.write("tamper") as tx:
        tx.session.execute(text(statement.partition(";")[0]))
    connection = store._connection
    connection.execute("PRAGMA foreign_keys=OFF")
    for name in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    for each in statement.split(";"):
        connection.execute(each)
    assert f"altered at line {line}" in store.damage()[0]


def test_wiped_images_leave_the_chain_whole(store: Store) -> None:
    with store.write("change", "S-0001") as tx:
        supporters.change(tx, replace(AMINA, capacity=5))
    store._connection.execute("UPDATE journal_image SET before=NULL, after=NULL")
    assert store.damage() == ()
    with pytest.raises(Refused):
        store.undo(tx.seq or 0)


def test_bad_secrets_and_places_are_one_sentence_each_and_change_nothing(place: Path, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in place.iterdir() if path.is_file()}
    with pytest.raises(CannotUnlock):
        Store.open(place, PassphraseSecret("three quiet herons walk away"), clock)
    with pytest.raises(BadInput, match="no network"):
        Store.open(tmp_path / "elsewhere.peermatch", PassphraseSecret(PASSPHRASE), clock)
    with pytest.raises(BadInput, match="already something"):
        Store.create(place, NETWORK, PASSPHRASE, clock, cost=FLOOR)
    assert {path.name: path.read_bytes() for path in place.iterdir() if path.is_file()} == before


@pytest.mark.parametrize("name", ["store.keys and copy", "store-000001.db"])
@pytest.mark.parametrize("harm", ["missing", "empty", "cut"])
def test_a_damaged_folder_never_becomes_a_new_empty_network(place: Path, name: str, harm: str) -> None:
    names = ["store.keys", "store.keys.bak"] if name.startswith("store.keys") else [name]
    for each in names:
        path = place / each
        if harm == "missing":
            path.unlink()
        else:
            path.write_bytes(b"" if harm == "empty" else path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(Damaged):
        unlock(place)
    assert all((place / each).exists() == (harm != "missing") for each in names)


def test_the_copy_of_the_keys_serves_and_mends(place: Path) -> None:
    (place / "store.keys").write_bytes(b"PMKS1\nbroken")
    store = unlock(place)
    assert store.facts().mended
    store.lock()
    assert (place / "store.keys").read_bytes() == (place / "store.keys.bak").read_bytes()


def test_a_second_opening_is_told_who_holds_it(place: Path, store: Store) -> None:
    with pytest.raises(HeldElsewhere, match=str(os.getpid())):
        unlock(place)


def test_a_newer_schema_is_refused_and_left_alone(place: Path) -> None:
    store = unlock(place)
    store._connection.execute(f"PRAGMA user_version={schema.HEAD + 1}")
    store.lock()
    before = (place / "store-000001.db").read_bytes()
    with pytest.raises(Damaged, match="newer PeerMatch"):
        unlock(place)
    assert (place / "store-000001.db").read_bytes() == before


def test_a_folder_that_cannot_be_built_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    doubled = replace(NETWORK, supporters=(AMINA, AMINA))
    with pytest.raises((IntegrityError, PeerMatchError)):
        Store.create(tmp_path / "n.peermatch", doubled, PASSPHRASE, clock, cost=FLOOR)
    assert list(tmp_path.iterdir()) == []


def test_the_tables_are_those_of_the_newest_revision(store: Store) -> None:
    declared = {
        str(table.name): {column.name for column in table.columns}
        for table in SQLModel.metadata.sorted_tables
    }
    rows = store._connection.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall()
    stored = {
        name: {column[1] for column in store._connection.execute(f"PRAGMA table_info({name})")}
        for (name,) in rows
        if name != "alembic_version" and not is_index(name)
    }
    assert stored == declared


NEXT = schema.HEAD + 1
LATER = '''"""A later revision, for the test of migration alone."""
from alembic import op
revision, down_revision, branch_labels, depends_on = "{next:04}", "{head:04}", None, None

def upgrade() -> None:
    op.execute("ALTER TABLE supporter ADD COLUMN favourite VARCHAR")
    {trouble}
'''


def later(tmp_path: Path, trouble: str = "") -> Path:
    """The program's revisions and one more."""
    scripts = tmp_path / "migrations"
    shutil.copytree(Path(schema.__file__).parent / "migrations", scripts)
    text = LATER.format(next=NEXT, head=schema.HEAD, trouble=trouble)
    (scripts / "versions" / f"{NEXT:04}_later.py").write_text(text, "utf-8")
    return scripts


def bring_up(store: Store, scripts: Path) -> None:
    """What opening an older network does, with one revision more than the program has."""

    def upgrade(copy: Connection) -> None:
        schema.bring_up_to_date(copy, engine_on(copy), scripts, head=NEXT)

    store.step_to(vault.rotate, "migrate", epochs.NO_CHANGE, reason="before-migration", upgrade=upgrade)


def columns_of(store: Store) -> set[str]:
    return {row[1] for row in store._connection.execute("PRAGMA table_info(supporter)")}


def test_an_older_network_is_backed_up_then_brought_up_to_date(
    store: Store, tmp_path: Path, place: Path
) -> None:
    bring_up(store, later(tmp_path))
    assert schema.version(store._connection) == NEXT
    assert "favourite" in columns_of(store)
    assert store.damage() == ()
    assert [path.name for path in place.glob("store-*.db")] == ["store-000002.db"]
    assert store.facts().last_backup == "2026-11-20"
    (backup,) = (place / "backups").glob("*-before-migration.pmbackup")
    restore_as(backup, PassphraseSecret(PASSPHRASE), tmp_path / "old.peermatch", clock())
    old = unlock(tmp_path / "old.peermatch")
    with old.read() as tx:
        assert contents_of(tx) == NETWORK
    old.lock()


TROUBLES = {
    "a statement that fails": ("ALTER TABLE nowhere ADD COLUMN x VARCHAR", "brought up to date"),
    "rows that are lost": ("DELETE FROM requester", "rows of requester"),
    "a trigger that is lost": ("DROP TRIGGER journal_not_edited", "trigger journal_not_edited"),
    "a record that points nowhere": ("DELETE FROM enquiry", "point nowhere"),
    "a journal that is cut": (
        "DROP TRIGGER journal_not_removed; DELETE FROM journal",
        "point nowhere|journal",
    ),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_migration_that_goes_wrong_leaves_the_old_network(
    store: Store, tmp_path: Path, place: Path, trouble: str
) -> None:
    sql, said = TROUBLES[trouble]
    steps = "; ".join(f"op.execute({each.strip()!r})" for each in sql.split(";"))
    kept = (place / "store.keys").read_bytes(), (place / "store-000001.db").read_bytes()
    with pytest.raises(PeerMatchError, match=said):
        bring_up(store, later(tmp_path, steps))
    assert ((place / "store.keys").read_bytes(), (place / "store-000001.db").read_bytes()) == kept
    assert schema.version(store._connection) == schema.HEAD
    assert "favourite" not in columns_of(store)
    assert [path.name for path in place.glob("store-*.db")] == ["store-000001.db"]
    assert store.damage() == ()
    with store.read() as tx:
        assert contents_of(tx) == NETWORK


def test_the_file_is_no_plain_database(place: Path) -> None:
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(place / "store-000001.db").execute("SELECT * FROM sqlite_master")


def test_locking_twice_does_nothing_and_frees_the_folder(place: Path) -> None:
    store = unlock(place)
    store.lock()
    store.lock()
    unlock(place).lock()
