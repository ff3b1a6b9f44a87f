"""The routine of the next epoch: killed anywhere it leaves old or new; what it cannot prove it does not name."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from peermatch.errors import CannotUnlock, Damaged, PeerMatchError, SystemRefused
from peermatch.model.holders import Holder, Role
from peermatch.services.shipped import load_shipped
from peermatch.store import backup, container, epochs, holders, journal, vault
from peermatch.store.engine import open_database
from peermatch.store.epochs import Change
from peermatch.store.kdf import LEAST
from peermatch.store.keyfile import KeyFile, parse
from peermatch.store.keys import StoreKey
from peermatch.store.network import Store
from peermatch.store.transaction import Transaction
from peermatch.store.vault import PassphraseSecret, RecoverySecret
from tests.networks import DAY, NETWORK, PASSPHRASE, clock

SECOND = "a passphrase of somebody else"


@dataclass(frozen=True)
class Shared:
    """A locked network that two people and a paper open."""

    folder: Path
    recovery: str
    first: str
    second: str

    def open(self) -> Store:
        return Store.open(self.folder, RecoverySecret(self.recovery), clock)


@pytest.fixture(scope="session")
def shared_template(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    folder = tmp_path_factory.mktemp("shared") / "two people.peermatch"
    made = Store.create(folder, NETWORK, PASSPHRASE, clock, with_recovery=True, cost=LEAST)
    first = made.store.unlocked_by
    second = made.store.step_to(adding, "keys-add", Change(named, {"holder": 1})).slot
    made.store.lock()
    return Shared(folder, made.recovery or "", first, second)


@pytest.fixture
def shared(shared_template: Shared, tmp_path: Path) -> Shared:
    folder = tmp_path / "two people.peermatch"
    shutil.copytree(shared_template.folder, folder)
    return Shared(folder, shared_template.recovery, shared_template.first, shared_template.second)


@pytest.fixture
def store(shared: Shared) -> Iterator[Store]:
    opened = shared.open()
    yield opened
    opened.lock()


def adding(keys: KeyFile, key: StoreKey) -> vault.NextKeys:
    return vault.add_person(keys, key, SECOND, "lead", LEAST)


def removing(slot: str) -> Callable[[KeyFile, StoreKey], vault.NextKeys]:
    return lambda keys, key: vault.remove_slots(keys, key, (slot,))


def named(tx: Transaction, slot: str) -> None:
    holders.put(tx, Holder(slot, "Priya Nair", Role.LEAD, DAY))


def nothing(_tx: Transaction, _slot: str) -> None:
    pass


def databases(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix == ".db")


@pytest.fixture(scope="session")
def memory() -> Iterator[Path]:
    """A folder that needs no disk: a killed process leaves the same there, and two hundred trials take seconds."""
    quick = Path("/dev/shm")  # noqa: S108 - a fresh folder of our own in it
    place = Path(tempfile.mkdtemp(prefix="peermatch-", dir=quick if quick.is_dir() else None))
    yield place
    shutil.rmtree(place)


@pytest.fixture(scope="session")
def killed(shared_template: Shared, memory: Path) -> list[dict[str, Any]]:
    """The removal of a holder, killed before each of its calls into the system and SQLite."""
    folder = memory / "two people.peermatch"
    shutil.copytree(shared_template.folder, folder)
    words = (str(folder), shared_template.recovery, shared_template.second, "1")
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.killing", *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path.cwd(),
    )
    assert done.stderr == ""
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_killed_between_any_two_steps_the_network_is_the_old_one_or_the_new_one(
    killed: list[dict[str, Any]],
) -> None:
    assert len(killed) > 40
    assert {(each["epoch"], each["action"]) for each in killed} == {(2, "keys-add"), (3, "keys-remove")}
    assert {tuple(each["damage"]) for each in killed} == {()}
    assert {each["supporters"] for each in killed} == {len(NETWORK.supporters)}


def test_the_new_one_stands_from_the_replacement_of_the_key_file_on(killed: list[dict[str, Any]]) -> None:
    epochs_seen = [each["epoch"] for each in killed]
    assert epochs_seen == sorted(epochs_seen)
    last_old = max(each["point"] for each in killed if each["epoch"] == 2)
    assert killed[last_old]["before"] == "replace: replace"
    assert [each["killed"] for each in killed] == [True] * (len(killed) - 1) + [False]


def test_who_was_removed_stays_out_wherever_it_was_killed(killed: list[dict[str, Any]]) -> None:
    for each in killed:
        new = each["epoch"] == 3
        assert each["removed_in_keys"] == [not new, not new], each
        assert each["old_key_opens"] == ([] if new else ["store-000002.db"]), each


def test_nothing_of_the_other_epoch_is_left_after_the_next_opening(killed: list[dict[str, Any]]) -> None:
    for each in killed:
        assert [name for name in each["files"] if name.endswith(".db")] == [
            f"store-{each['epoch']:06d}.db"
        ], each
        assert not [name for name in each["files"] if name.endswith(".tmp")], each


def test_everybody_opens_the_next_epoch_without_typing_anything_again(shared: Shared, store: Store) -> None:
    store.step_to(vault.rotate, "keys-rotate", Change(nothing))
    store.lock()
    for secret in (PassphraseSecret(PASSPHRASE), PassphraseSecret(SECOND), RecoverySecret(shared.recovery)):
        again = Store.open(shared.folder, secret, clock)
        assert again.damage() == ()
        again.lock()
    assert databases(shared.folder) == ["store-000003.db"]


def test_every_page_of_the_file_is_other_bytes_after_a_rotation(shared: Shared, store: Store) -> None:
    before = (shared.folder / "store-000002.db").read_bytes()
    store.step_to(vault.rotate, "keys-rotate", Change(nothing))
    after = (shared.folder / "store-000003.db").read_bytes()
    pages = [(before[at : at + 4096], after[at : at + 4096]) for at in range(0, len(after), 4096)]
    assert all(old != new for old, new in pages)


def test_the_old_keys_open_nothing_that_is_left(shared: Shared, store: Store) -> None:
    old_file = (shared.folder / vault.KEYS).read_bytes()
    store.step_to(removing(shared.second), "keys-remove", Change(nothing), shared.second)
    store.lock()
    old_key, _ = vault.unlock(parse(old_file), PassphraseSecret(SECOND))
    for name in databases(shared.folder):
        with pytest.raises(Damaged):
            open_database(shared.folder / name, old_key)
    for name in (vault.KEYS, vault.KEYS_BAK):
        with pytest.raises(CannotUnlock):
            vault.unlock(parse((shared.folder / name).read_bytes()), PassphraseSecret(SECOND))
    with pytest.raises(CannotUnlock):
        Store.open(shared.folder, PassphraseSecret(SECOND), clock)


def test_old_keys_put_back_do_not_open_the_new_file(shared: Shared, store: Store) -> None:
    old = (shared.folder / vault.KEYS).read_bytes()
    store.step_to(removing(shared.second), "keys-remove", Change(nothing))
    store.lock()
    for name in (vault.KEYS, vault.KEYS_BAK):
        (shared.folder / name).write_bytes(old)
    with pytest.raises(Damaged, match="missing"):
        Store.open(shared.folder, PassphraseSecret(SECOND), clock)


def test_the_backup_before_it_is_verified_and_opens_with_the_keys_of_its_day(
    shared: Shared, store: Store
) -> None:
    stepped = store.step_to(removing(shared.second), "keys-remove", Change(nothing))
    facts = next(each for each in backup.known(store.source()) if each.path == stepped.backup)
    assert (facts.verified, facts.reason, facts.epoch) == (True, epochs.BACKUP_REASON, 2)
    header = container.read_header(stepped.backup)
    assert shared.second in {slot.id for slot in header.keys.slots}


def test_the_journal_goes_on_in_the_same_chain_and_names_the_slot_that_unlocked(
    shared: Shared, store: Store
) -> None:
    store.step_to(removing(shared.second), "keys-remove", Change(nothing), shared.second)
    with store.read() as tx:
        newest, before = journal.entries(tx, 2)
    assert (newest.action, newest.object, newest.slot) == ("keys-remove", shared.second, store.unlocked_by)
    assert before.action == "keys-add"
    assert store.damage() == ()


def test_what_matching_reads_follows_without_being_packed_anew(store: Store) -> None:
    vocabulary = load_shipped().reference.vocabulary
    before = store.packed(vocabulary)
    store.step_to(vault.rotate, "keys-rotate", Change(nothing))
    with store.read() as tx:
        assert store._chunks is not None
        kept = store._chunks.load(tx)
    assert kept is not None
    assert kept.chunks == before.chunks
    with store.write("note") as tx:
        tx.note("after")
    assert store.damage() == ()


LOSSES = {
    "rows": "DELETE FROM barred WHERE 1; DELETE FROM introduction; DELETE FROM requester; DELETE FROM enquiry",
    "a trigger": "DROP TRIGGER journal_not_edited",
    "an index": "DROP INDEX ix_journal_image_seq",
    "a table": "DROP TABLE watch",
    "the version": "PRAGMA user_version=99",
    "an older line of the journal": "DROP TRIGGER journal_not_edited; UPDATE journal SET mac = x'00'",
}


@pytest.mark.parametrize("loss", LOSSES)
def test_a_file_that_lost_something_on_the_way_is_not_named(shared: Shared, store: Store, loss: str) -> None:
    def losing(tx: Transaction, _slot: str) -> None:
        tx.session.connection().exec_driver_sql("PRAGMA foreign_keys=OFF")
        for statement in LOSSES[loss].split(";"):
            tx.session.connection().exec_driver_sql(statement)

    with pytest.raises(SystemRefused, match="nothing was changed"):
        store.step_to(vault.rotate, "keys-rotate", Change(losing))
    assert databases(shared.folder) == ["store-000002.db"]
    with store.write("note") as tx:
        tx.note("the old file is still at work")
    assert store.damage() == ()
    store.lock()
    again = shared.open()
    assert again.damage() == ()
    again.lock()


def test_a_change_that_is_refused_leaves_everything_as_it_was(shared: Shared, store: Store) -> None:
    before = (shared.folder / vault.KEYS).read_bytes()

    def refused(_tx: Transaction, _slot: str) -> None:
        raise PeerMatchError("No.")

    with pytest.raises(PeerMatchError, match="No"):
        store.step_to(vault.rotate, "keys-rotate", Change(refused))
    assert (shared.folder / vault.KEYS).read_bytes() == before
    assert databases(shared.folder) == ["store-000002.db"]


def test_a_copy_of_the_keys_that_cannot_be_written_does_not_take_the_change_back(
    shared: Shared, store: Store
) -> None:
    copy = shared.folder / vault.KEYS_BAK
    copy.unlink()
    copy.mkdir()  # what cannot be replaced by a file
    store.step_to(removing(shared.second), "keys-remove", Change(nothing))
    assert store.damage() == ()
    store.lock()
    copy.rmdir()
    again = shared.open()
    assert again.facts().mended
    assert copy.read_bytes() == (shared.folder / vault.KEYS).read_bytes()
    again.lock()


def test_keys_that_cannot_be_written_leave_the_old_epoch_at_work(shared: Shared, store: Store) -> None:
    keys = shared.folder / vault.KEYS
    aside = keys.read_bytes()
    keys.unlink()
    keys.mkdir()
    with pytest.raises(SystemRefused):
        store.step_to(removing(shared.second), "keys-remove", Change(nothing))
    assert databases(shared.folder) == ["store-000002.db"]
    keys.rmdir()
    keys.write_bytes(aside)
    with store.write("note") as tx:
        tx.note("still here")
    store.lock()
    shared.open().lock()


def test_what_a_failed_try_left_is_in_nobody_s_way(shared: Shared, store: Store) -> None:
    (shared.folder / "store-000003.db").write_bytes(b"half a file")
    (shared.folder / "store-000003.db-journal").write_bytes(b"and its journal")
    store.step_to(vault.rotate, "keys-rotate", Change(nothing))
    assert databases(shared.folder) == ["store-000003.db"]
    assert store.damage() == ()


def test_other_epochs_are_swept_only_after_the_named_one_was_seen_whole(shared: Shared) -> None:
    left = ("store-000001.db", "store-000001.db-journal", ".store.keys.ab12.tmp", ".store.keys.bak.cd34.tmp")
    for name in left:
        (shared.folder / name).write_bytes(b"left by a crash")
    named_file = shared.folder / "store-000002.db"
    whole = named_file.read_bytes()
    named_file.write_bytes(whole[:-2048] + bytes(2048))
    with pytest.raises(Damaged):
        shared.open()
    assert all((shared.folder / name).exists() for name in left)
    named_file.write_bytes(whole)
    shared.open().lock()
    assert not any((shared.folder / name).exists() for name in left)


def test_a_wrong_passphrase_sweeps_nothing(shared: Shared) -> None:
    left = shared.folder / "store-000001.db"
    left.write_bytes(b"left")
    with pytest.raises(CannotUnlock):
        Store.open(shared.folder, PassphraseSecret("not the right passphrase"), clock)
    assert left.exists()


def test_what_belongs_to_somebody_else_is_not_swept(shared: Shared) -> None:
    kept = ("store-1.db", "xstore-000001.db", "store-000001.db.old", "notes.txt", "store-000001.dbx")
    for name in kept:
        (shared.folder / name).write_bytes(b"mine")
    (shared.folder / "store-000009.db").mkdir()
    shared.open().lock()
    assert all((shared.folder / name).exists() for name in (*kept, "store-000009.db"))


def test_a_link_that_is_called_like_an_epoch_is_taken_away_and_not_followed(
    shared: Shared, tmp_path: Path
) -> None:
    precious = tmp_path / "precious"
    precious.write_text("kept", "utf-8")
    (shared.folder / "store-000009.db").symlink_to(precious)
    shared.open().lock()
    assert precious.read_text("utf-8") == "kept"
    assert not (shared.folder / "store-000009.db").is_symlink()


def test_files_are_for_their_owner_alone_whatever_the_umask(
    store: Store, shared: Shared, open_umask: None
) -> None:
    store.step_to(vault.rotate, "keys-rotate", Change(nothing))
    modes = {path.name: path.stat().st_mode & 0o777 for path in shared.folder.iterdir() if path.is_file()}
    assert {name for name, mode in modes.items() if mode != 0o600} == set()
