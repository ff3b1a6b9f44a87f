"""Backups that mean harm: of another network, forged, or with a database that does more than ours."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from peermatch.errors import BadInput, Damaged, PeerMatchError, SystemRefused
from peermatch.store import backup, container, restore, schema, vault
from peermatch.store.container import Header
from peermatch.store.engine import open_database
from peermatch.store.keys import StoreKey, seal
from peermatch.store.network import Store
from peermatch.store.restore import opened_backup
from tests.store.saving import NOW, Saved, forged, make, whole


@pytest.fixture
def store(saved: Saved) -> Iterator[Store]:
    opened = saved.open()
    yield opened
    opened.lock()


def look(store: Store, path: Path, secret: vault.Secret) -> None:
    with opened_backup(path, secret, store.folder) as opened:
        restore.preview(store.source(), opened)


def test_another_networks_backup_is_refused(store: Store, tmp_path: Path) -> None:
    other = make(tmp_path / "other.peermatch")
    opened = other.open()
    path = backup.write_backup(opened.source(), tmp_path / "other.pmbackup", NOW).path
    opened.lock()
    before = whole(store)
    with pytest.raises(BadInput, match="another network"):
        look(store, path, other.secret)
    assert whole(store) == before


def test_a_backup_that_only_says_that_it_is_ours_is_refused(
    store: Store, saved: Saved, tmp_path: Path
) -> None:
    """Anybody who can read the key file can seal a key of their own to it; they lack the key inside the network."""
    other = make(tmp_path / "other.peermatch").open()
    key, source = StoreKey.random(), other.source()
    seq, head = backup.journal_head(source.connection)
    keys = seal(store.source().keyfile, key)
    header = Header(keys, NOW, "daily", "PeerMatch 1", schema.HEAD, seq, head)
    body, path = tmp_path / "body.db", tmp_path / "forged.pmbackup"
    backup.copy_database(source.connection, body, key)
    container.write_container(path, header, key, backup.audit_key(source.connection), body)
    other.lock()
    with pytest.raises(BadInput, match="not made by this network"):
        look(store, path, saved.secret)


def rebuilt(path: Path, saved: Saved, change: Callable[[Any], object], tmp_path: Path) -> Path:
    """A backup whose database was changed by somebody who has its secret, sealed and signed as it should be."""
    target, body = tmp_path / "rebuilt.pmbackup", tmp_path / "body.db"
    with container.open_container(path) as opened:
        header = opened.header
        opened.unpack(body)
    key, _ = vault.unlock(header.keys, saved.secret)
    connection = open_database(body, key)
    audit = backup.audit_key(connection)
    change(connection)
    connection.close()
    container.write_container(target, header, key, audit, body)
    return target


ACTS: dict[str, Callable[[Any], object]] = {
    "a trigger": lambda c: c.execute(
        "CREATE TRIGGER evil AFTER INSERT ON journal BEGIN DELETE FROM watch; END"
    ),
    "a view": lambda c: c.execute("CREATE VIEW evil AS SELECT * FROM supporter"),
    "a missing trigger": lambda c: c.execute("DROP TRIGGER consent_not_edited"),
    "a longer journal": lambda c: c.execute(
        "INSERT INTO journal SELECT seq + 1, at, slot, action, object, detail, undoes, images_mac, mac FROM journal"
    ),
    "another schema": lambda c: c.execute("PRAGMA user_version=2"),
    "a newer schema": lambda c: c.execute("PRAGMA user_version=9999"),
    "no key of the journal": lambda c: c.execute("DELETE FROM secret"),
    "another key of the journal": lambda c: c.execute("UPDATE secret SET value = zeroblob(32)"),
    "a row that points nowhere": lambda c: (
        c.execute("PRAGMA foreign_keys=OFF"),
        c.execute("INSERT INTO watch VALUES ('E-9999', '2026-01-01', '[]')"),
    ),
}


@pytest.mark.parametrize("what", ACTS)
def test_a_database_that_does_more_than_ours_or_less_is_refused(
    what: str, then: Path, saved: Saved, tmp_path: Path
) -> None:
    path = rebuilt(then, saved, ACTS[what], tmp_path)
    with pytest.raises(PeerMatchError) as refusal:
        restore.restore_as(path, saved.secret, tmp_path / "x.peermatch", NOW)
    assert refusal.value.exit_code == 5
    assert not list(tmp_path.glob("*x.peermatch*"))


FORGED: dict[str, Callable[[dict[str, Any]], object]] = {
    "a swapped public key": lambda f: f["keys"]["slots"][1].update(pub=f["keys"]["slots"][0]["pub"]),
    "a swapped box": lambda f: f["keys"]["slots"][1].update(box=f["keys"]["slots"][0]["box"]),
    "another epoch": lambda f: f["keys"].update(epoch=7, db="store-000007.db"),
    "another day": lambda f: f.update(made="2026-12-24T00:00:00Z"),
    "a slot less": lambda f: f["keys"].update(slots=f["keys"]["slots"][1:]),
    "a later journal": lambda f: f["audit"].update(seq=2),
}


@pytest.mark.parametrize("what", FORGED)
def test_a_header_that_was_forged_opens_nothing(what: str, then: Path, saved: Saved, tmp_path: Path) -> None:
    then.write_bytes(forged(then, FORGED[what]))
    with pytest.raises(Damaged, match="damaged or was changed"):
        restore.restore_as(then, saved.secret, tmp_path / "x.peermatch", NOW)
    assert not list(tmp_path.glob("*x.peermatch*"))


def test_flipped_bytes_of_the_body_never_reach_the_network(then: Path, saved: Saved, tmp_path: Path) -> None:
    data = then.read_bytes()
    for place in range(len(data) - 1, len(data) - 190_000, -7919):
        changed = bytearray(data)
        changed[place] ^= 0x01
        then.write_bytes(changed)
        with pytest.raises(Damaged, match="damaged or was changed"):
            restore.restore_as(then, saved.secret, tmp_path / "x.peermatch", NOW)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([saved.folder.name, then.name])


def test_a_disk_without_room_is_told_before_anything_is_written(
    then: Path, saved: Saved, tmp_path: Path
) -> None:
    with pytest.raises(SystemRefused, match="not enough room"):
        restore._refuse_small_disk(tmp_path, 2**60)
    restore._refuse_small_disk(tmp_path, container.read_header(then).size)
