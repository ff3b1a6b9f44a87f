"""A network of the first schema, with a policy of its own, opened by this program: copied, brought up, whole."""

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import pytest
import sqlalchemy
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from peermatch.errors import Refused
from peermatch.model.packed import layout
from peermatch.model.policy import Policy
from peermatch.model.record_bytes import Body
from peermatch.services.office import Doors, Services
from peermatch.services.shipped import load_shipped
from peermatch.store import container, contents, journal, schema, vault
from peermatch.store.engine import engine_on, open_database
from peermatch.store.kdf import LEAST
from peermatch.store.network import AUDIT_KEY, Store
from peermatch.store.place import make_network_folder
from peermatch.store.transaction import Transaction
from tests.networks import DAY, NETWORK, PASSPHRASE, clock

OWN = Policy(name="ours", version=3, helpful=2.0)
FIRST_DAY = "2026-03-05"


def first_revision(tmp_path: Path) -> Path:
    """The program's revisions as they were when there was only one."""
    ours = Path(schema.__file__).parent / "migrations"
    scripts = tmp_path / "first"
    (scripts / "versions").mkdir(parents=True)
    shutil.copy(ours / "env.py", scripts)
    shutil.copy(ours / "versions" / "0001_first.py", scripts / "versions")
    return scripts


def network_row(controller: str | None) -> str:
    """A row of the network as an image of the first schema holds it."""
    row = {
        "id": 1,
        "name": NETWORK.name,
        "controller": controller,
        "wordings_listed": True,
        "policy": asdict(OWN),
    }
    return json.dumps(row, sort_keys=True)


def make_older(place: Path, scripts: Path, policy: str | None) -> None:
    """A network folder of the first schema: one journal line for its making, one for a changed controller."""
    keyfile, key, _ = vault.create_keys(PASSPHRASE, "lead", LEAST, False)
    make_network_folder(place)
    (place / "backups").mkdir()
    connection = open_database(place / keyfile.db, key, create=True)
    engine = engine_on(connection)
    schema.bring_up_to_date(connection, engine, scripts, head=1)
    slot, made = keyfile.slots[0].id, clock().replace(month=3, day=5)
    with Session(engine) as session, session.begin():
        audit = b"a" * 32
        contents.fill(Transaction(session), replace(NETWORK, policy=None), {AUDIT_KEY: audit}, DAY)
        session.execute(sqlalchemy.text("UPDATE network SET policy = :policy"), {"policy": policy})
        image = journal.Image("network", "[1]", network_row(None), network_row(NETWORK.controller))
        journal.append(session, audit, (), journal.Line(made, slot, "create"))
        journal.append(session, audit, (image,), journal.Line(clock(), slot, "set-controller"))
    engine.dispose()
    connection.close()
    vault.write_keys(place, keyfile, key)


@pytest.fixture
def doors() -> Doors:
    return Doors(load_shipped(), clock, cost=LEAST)


@pytest.fixture
def older(tmp_path: Path) -> Path:
    place = tmp_path / "older.peermatch"
    make_older(place, first_revision(tmp_path), json.dumps(asdict(OWN)))
    return place


@pytest.fixture
def opened(older: Path, doors: Doors) -> Iterator[Services]:
    services = doors.open(older, PASSPHRASE)
    yield services
    services.lock()


def policy_rows(store: Store) -> list[tuple[object, ...]]:
    found = store._connection.execute(
        "SELECT version, since, json_extract(body, '$.name') FROM policy_version"
    )
    return [tuple(row) for row in found]


def test_it_is_brought_up_and_keeps_everything(opened: Services) -> None:
    assert opened.upkeep.info().schema == schema.HEAD
    assert opened.upkeep.check().damage == ()
    with opened.desk.store.read() as tx:
        assert contents.whole(tx) == replace(NETWORK, policy=OWN)
    assert opened.desk.snapshot.policy == OWN
    assert opened.shortlists.of("E-0142", DAY).policy.label == "ours 3"


def test_the_policy_counts_from_the_day_on_which_the_network_was_made(opened: Services) -> None:
    assert policy_rows(opened.desk.store) == [(3, FIRST_DAY, "ours")]
    columns = {row[1] for row in opened.desk.store._connection.execute("PRAGMA table_info(network)")}
    assert "policy" not in columns


def test_a_copy_of_the_older_network_lies_beside_it(opened: Services, older: Path) -> None:
    (copy,) = (older / "backups").glob("*.pmbackup")
    assert copy.name == "2026-11-20-093000-before-migration.pmbackup"
    with container.open_container(copy) as inside:
        header = inside.header
        inside.unpack(older / "copy.db")
    assert header.schema == 1
    key, _ = vault.unlock(header.keys, vault.PassphraseSecret(PASSPHRASE))
    connection = open_database(older / "copy.db", key)
    assert schema.version(connection) == 1
    (kept,) = connection.execute("SELECT policy FROM network").fetchone()
    assert json.loads(kept) == asdict(OWN)
    connection.close()


def test_the_copy_makes_a_network_again_and_is_brought_up_too(
    opened: Services, older: Path, doors: Doors, tmp_path: Path
) -> None:
    (copy,) = (older / "backups").glob("*.pmbackup")
    doors.restore(copy, PASSPHRASE, tmp_path / "again.peermatch")
    again = doors.open(tmp_path / "again.peermatch", PASSPHRASE)
    assert again.desk.snapshot.policy == OWN
    assert again.upkeep.check().damage == ()
    again.lock()


def test_it_is_brought_up_once(older: Path, doors: Doors) -> None:
    doors.open(older, PASSPHRASE).lock()
    again = doors.open(older, PASSPHRASE)
    assert len(list((older / "backups").glob("*.pmbackup"))) == 1
    assert again.desk.snapshot.policy == OWN
    again.lock()


def test_what_was_exported_can_be_loaded(opened: Services, doors: Doors, tmp_path: Path) -> None:
    network = doors.read_portable(opened.upkeep.export())
    assert network == replace(NETWORK, policy=OWN)
    made = doors.create(tmp_path / "new.peermatch", network, PASSPHRASE, with_recovery=False).services
    assert policy_rows(made.desk.store) == [(3, DAY.isoformat(), "ours")]
    assert made.desk.snapshot.policy == OWN
    made.lock()


def test_a_step_on_the_row_that_was_made_anew_is_not_taken_back(opened: Services) -> None:
    step = next(line for line in opened.upkeep.journal() if line.action == "set-controller")
    with pytest.raises(Refused, match="has changed since"):
        opened.desk.store.undo(step.seq)
    assert opened.upkeep.check().damage == ()


@pytest.mark.parametrize("policy", [None, "null"])
def test_the_standard_policy_stays_the_standard(tmp_path: Path, doors: Doors, policy: str | None) -> None:
    place = tmp_path / "plain.peermatch"
    make_older(place, first_revision(tmp_path), policy)
    services = doors.open(place, PASSPHRASE)
    assert policy_rows(services.desk.store) == []
    assert services.desk.snapshot.policy == Policy()
    services.lock()


def test_the_packed_columns_are_made_at_the_first_opening_and_leave_no_trace_in_the_journal(
    older: Path, doors: Doors
) -> None:
    store = Store.open(older, vault.PassphraseSecret(PASSPHRASE), clock)
    for table in ("chunk", "chunk_word", "chunk_origin", "record", "record_origin"):
        assert store._connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    store.lock()
    store = doors.open(older, PASSPHRASE).desk.store
    (chunk,) = store.packed(doors.shipped.reference.vocabulary).chunks
    assert layout(chunk).counts["people"] == len(NETWORK.supporters)
    assert store._connection.execute("SELECT body FROM chunk").fetchall() == [(chunk,)]
    (body,) = store.records(doors.shipped.reference.vocabulary)
    assert store._connection.execute("SELECT body FROM record").fetchall() == [(body,)]
    assert len(Body.of(body)) == len(NETWORK.supporters)
    with store.read() as tx:
        assert [line.action for line in journal.entries(tx)] == [
            "migrate",
            "set-controller",
            "create",
        ]
    assert store.damage() == ()
    store.lock()


def in_any_order(rows: Iterable[Sequence[object]]) -> list[str]:
    """Rows without their first number, which only counts them."""
    return sorted(repr(tuple(row)[1:]) for row in rows)


def test_the_declared_tables_are_those_of_the_newest_revision_to_the_column(opened: Services) -> None:
    declared = sqlalchemy.create_engine("sqlite://")
    SQLModel.metadata.create_all(declared)
    with declared.connect() as plain:
        for table in SQLModel.metadata.sorted_tables:
            for about in ("table_info", "foreign_key_list", "index_list"):
                wanted = plain.exec_driver_sql(f"PRAGMA {about}({table.name})")
                found = opened.desk.store._connection.execute(f"PRAGMA {about}({table.name})")
                assert in_any_order(found) == in_any_order(wanted), (table.name, about)
    declared.dispose()
