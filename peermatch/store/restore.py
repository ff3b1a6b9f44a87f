"""Putting a backup in the place of a network, or making a network of it: opened, proved, compared, then switched."""

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from peermatch import __version__
from peermatch.errors import BadInput, CannotUnlock, Damaged, PeerMatchError, Refused, SystemRefused
from peermatch.model.restoring import Difference
from peermatch.store import backup, epochs, journal, recovery, schema, vault
from peermatch.store.atomic import sync_folder
from peermatch.store.backup import Source
from peermatch.store.carrying import newer_than
from peermatch.store.carrying_erased import Protected
from peermatch.store.container import Container, Header, open_container, read_header
from peermatch.store.difference import compare
from peermatch.store.engine import Connection, engine_on, open_database, verify
from peermatch.store.hold import Hold
from peermatch.store.keyfile import KeyFile, NewerThanProgram
from peermatch.store.keys import StoreKey, check_mac, seal
from peermatch.store.newer_ledgers import newer_files
from peermatch.store.place import make_network_folder
from peermatch.store.refusal import in_plain_words
from peermatch.store.sql import sql
from peermatch.store.system_refusal import refusal_of_system
from peermatch.store.transaction import Transaction

_SCRATCH = ".restore-"
_LAST_EPOCH = 999_999
# The unpacked copy, the new epoch, and the journal of its making.
_ROOM = 3
_OF_STORE = re.compile(r"store-([0-9]{6})\.db")


@dataclass(frozen=True, slots=True)
class Opened:
    """A backup that was unlocked, unpacked, proved whole and brought to today's schema, beside the network."""

    header: Header
    key: StoreKey
    slot: str
    connection: Connection

    def line(self, now: datetime, slot: str = "") -> journal.Line:
        """The journal's line of its restore: which day's state came back, and by whom."""
        said = f"backup of {self.header.made.isoformat()} line {self.header.seq}"
        return journal.Line(now, slot or self.slot, journal.RESTORED, detail=said)


@dataclass(frozen=True, slots=True)
class Replaced:
    """A backup in the place of a damaged network: where that lies now, and how many erased people stay erased."""

    aside: Path
    erased: int


@contextmanager
def opened_backup(
    path: Path, secret: vault.Secret, beside: Path, slot: str | None = None
) -> Iterator[Opened]:
    """Open a backup with a secret of its day; what is unpacked in ``beside`` is encrypted and goes at the end."""
    with open_container(path) as container:
        key, by = _unlocked(container.header, secret, slot)
        with _opened(container, key, by, beside) as opened:
            yield opened


@contextmanager
def opened_by_key(path: Path, key: StoreKey, by: str, beside: Path) -> Iterator[Opened]:
    """The same with the backup's own key, which slot ``by`` unsealed before; it is wiped at the end."""
    with open_container(path) as container, _opened(container, key, by, beside) as opened:
        yield opened


@contextmanager
def _opened(container: Container, key: StoreKey, by: str, beside: Path) -> Iterator[Opened]:
    header = container.header
    try:
        scratch = _scratch(beside)
        try:
            header.check_mac(key)
            schema.refuse_newer(header.schema)
            _refuse_small_disk(beside, header.size)
            container.unpack(scratch)
            connection = _proved(scratch, key, header)
            try:
                yield Opened(header, key, by, connection)
            finally:
                connection.close()
        finally:
            backup.remove_database(scratch)
    finally:
        key.wipe()


def put_back(opened: Opened, folder: Path, now: datetime) -> tuple[str, StoreKey]:
    """What was opened as a network in an empty folder, as every restore makes it: its file, and the key of that."""
    keys = _next_keys(opened.header.keys, opened.key, opened.header)
    then = Source(folder, opened.header.keys, opened.key, opened.connection)
    epochs.next_epoch(then, keys, epochs.Change(_nothing), opened.line(now)).close()
    return keys.keyfile.db, keys.key


def header_of(path: Path) -> Header:
    """What a backup says of itself in the clear; nothing of it is proved yet."""
    return read_header(path)


def preview(source: Source, opened: Opened) -> Difference:
    """What would be different: counts, and what of today's work the backup does not hold."""
    refuse_stranger(source, opened.header)
    with in_plain_words(source.folder):
        return compare(source.connection, opened.connection, opened.header.made)


def restore_into(source: Source, opened: Opened, slot: str, now: datetime, *, damaged: bool = False) -> str:
    """Put the backup in the place of the open network, as its next epoch; gives the name of the file that counts.

    The present state is backed up first. Who may open the network stays as it is today, not as it was; so do a no
    that somebody said since, who has left, pairs that must never meet, and who was erased. The caller closes its file
    and sweeps. What is ``damaged`` cannot be backed up: it is laid aside as it is.
    """
    refuse_stranger(source, opened.header)
    with in_plain_words(source.folder):
        newer = newer_than(source.connection, opened.connection)
        carried = Protected.of(source.connection, cases=True).onto(opened.connection)
    if damaged:
        _laid_aside(source.folder, now)
    else:
        backup.routine(source, now, "before-restore")
    keys = _next_keys(source.keyfile, source.key, opened.header)
    return _switch(source.folder, keys, opened, carried.after(newer.change()), opened.line(now, slot))


def restore_as(path: Path, secret: vault.Secret, folder: Path, now: datetime) -> int:
    """A network made of a backup, in a folder that nothing stands in; whole, or not there at all.

    Whom newer backups beside it know to be erased stays erased: how many that are.
    """
    folder = folder.absolute()
    if folder.exists() or folder.is_symlink():
        raise BadInput(f"There is already something at {folder}.", "Choose another name.")
    building = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.part")
    try:
        make_network_folder(building)
        newer = _newer_beside(path, secret, building, (path.parent,))
        with opened_backup(path, secret, building) as opened:
            keys = _next_keys(opened.header.keys, opened.key, opened.header)
            change, erased = _kept_erased(newer, opened)
            _switch(building, keys, opened, change, opened.line(now))
        (building / backup.FOLDER).mkdir(mode=0o700)
        building.rename(folder)
        sync_folder(folder.parent)
        return erased
    except OSError as error:
        raise refusal_of_system(error, f"The network {folder.name} could not be made") from None
    finally:
        shutil.rmtree(building, ignore_errors=True)


def replace_damaged(folder: Path, path: Path, secret: vault.Secret, now: datetime) -> Replaced:
    """Put a backup in the place of a network that cannot be opened; what was there is laid aside.

    Where today's keys can still be read, the secret must open them too, and they stay the way in.
    """
    folder = folder.absolute()
    hold = Hold.acquire(folder, f"PeerMatch {__version__}")
    try:
        today = _keys_of_today(folder, secret)
        if today is not None:
            _refuse_whole(folder, *today)
        newer = _newer_beside(path, secret, folder, (path.parent, folder / backup.FOLDER))
        with opened_backup(path, secret, folder) as opened:
            keyfile, key = today or (_beyond(opened.header.keys, folder, opened.key), opened.key)
            if keyfile.store != opened.header.keys.store:
                raise _stranger()
            keys = _next_keys(keyfile, key, opened.header)
            change, erased = _kept_erased(newer, opened)
            aside = _laid_aside(folder, now)
            named = _switch(folder, keys, opened, change, opened.line(now))
        epochs.sweep(folder, named)
        return Replaced(aside, erased)
    finally:
        hold.release()


def refuse_stranger(source: Source, header: Header) -> None:
    """BadInput for another network's backup, and for one that only says that it is ours."""
    if header.keys.store != source.keyfile.store:
        raise _stranger()
    if not header.is_ours(backup.audit_key(source.connection)):
        raise BadInput("This backup was not made by this network.", "Use another backup.")


def _damaged() -> Damaged:
    return Damaged("This backup is damaged or was changed.", "Use another backup.")


def _stranger() -> BadInput:
    return BadInput(
        "This is the backup of another network.", "Use one of this network, or restore it to a new folder."
    )


def _nothing(_tx: Transaction, _slot: str) -> None:
    """Restored as it was: only the journal says that it happened."""


def _newer_beside(
    path: Path, secret: vault.Secret, beside: Path, folders: tuple[Path, ...]
) -> Protected | None:
    """What the newest newer backup says about the erased, of those that the same secret opens."""
    for each in newer_files(path, header_of(path), folders):
        with suppress(PeerMatchError), opened_backup(each, secret, beside) as opened:
            return Protected.of(opened.connection, cases=False)
    return None


def _kept_erased(newer: Protected | None, opened: Opened) -> tuple[epochs.Change, int]:
    """The change that keeps the erased away, and how many of them the backup still holds."""
    change = epochs.Change(_nothing)
    if newer is None:
        return change, 0
    carried = newer.onto(opened.connection)
    return carried.after(change), len(carried.again)


def _switch(
    folder: Path, keys: vault.NextKeys, opened: Opened, change: epochs.Change, line: journal.Line
) -> str:
    then = Source(folder, opened.header.keys, opened.key, opened.connection)
    epochs.next_epoch(then, keys, change, line).close()
    keys.key.wipe()
    return keys.keyfile.db


def _next_keys(keyfile: KeyFile, key: StoreKey, header: Header) -> vault.NextKeys:
    """New keys for those who hold them, beyond both the present epoch and the backup's."""
    check_mac(keyfile, key)
    epoch, gen = max(keyfile.epoch, header.keys.epoch) + 1, max(keyfile.gen, header.keys.gen) + 1
    if epoch > _LAST_EPOCH:
        raise _damaged()
    fresh = StoreKey.random()
    return vault.NextKeys(seal(replace(keyfile, epoch=epoch, gen=gen), fresh), fresh)


def _unlocked(header: Header, secret: vault.Secret, slot: str | None) -> tuple[StoreKey, str]:
    if isinstance(secret, vault.RecoverySecret):
        recovery.to_secret(secret.text)  # a typing mistake is named as one
    try:
        return vault.unlock(header.keys, secret, slot)
    except CannotUnlock:
        raise CannotUnlock(
            "The passphrase or recovery key does not open this backup.",
            "A backup opens with the passphrases and the recovery key of its day.",
        ) from None
    except Damaged:
        raise _damaged() from None


def _proved(scratch: Path, key: StoreKey, header: Header) -> Connection:
    """The unpacked database, once it is shown to be what the header says and to hold nothing but our tables."""
    try:
        connection = open_database(scratch, key)
    except Damaged:
        raise _damaged() from None
    try:
        with in_plain_words(scratch.parent):
            schema.refuse_newer(schema.version(connection))
            engine = engine_on(connection)
            if verify(connection, thorough=True, values=True) or not _belongs(connection, header):
                raise _damaged()
            with sql.Session(engine) as session:
                broken = journal.first_broken(session, backup.audit_key(connection))
            if broken is not None:
                raise _damaged()
            schema.bring_up_to_date(connection, engine)
            _refuse_foreign_acts(connection, scratch)
    except BaseException:
        connection.close()
        raise
    return connection


def _belongs(connection: Connection, header: Header) -> bool:
    """Whether schema and journal are those of the header."""
    head = backup.journal_head(connection)
    return schema.version(connection) == header.schema and head == (header.seq, header.head)


def _refuse_foreign_acts(connection: Connection, beside: Path) -> None:
    """Damaged where the database would do something by itself that this program never told it to."""
    key, path = StoreKey.random(), beside.with_name(f"{beside.name}.new")
    fresh = open_database(path, key, create=True)
    try:
        schema.bring_up_to_date(fresh, engine_on(fresh))
        if _acts(connection) != _acts(fresh):
            raise _damaged()
    finally:
        fresh.close()
        backup.remove_database(path)


def _acts(connection: Connection) -> set[tuple[object, ...]]:
    found = connection.execute(
        "SELECT name, tbl_name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')"
    )
    return {tuple(row) for row in found}


def _refuse_small_disk(folder: Path, size: int) -> None:
    if shutil.disk_usage(folder).free < _ROOM * size:
        raise SystemRefused(
            "There is not enough room on the disk to restore this backup.", "Free some space."
        )


def _keys_of_today(folder: Path, secret: vault.Secret) -> tuple[KeyFile, StoreKey] | None:
    """The keys that stand, unlocked; None where they cannot be read any more."""
    try:
        keyfile, _ = vault.read_keys(folder)
    except NewerThanProgram:
        raise
    except Damaged:
        return None
    return keyfile, vault.unlock(keyfile, secret)[0]


def _refuse_whole(folder: Path, keyfile: KeyFile, key: StoreKey) -> None:
    """Refused where the network opens after all: then its present state is backed up and compared first."""
    try:
        connection = open_database(folder / keyfile.db, key)
    except Damaged:
        return
    try:
        schema.refuse_newer(schema.version(connection))
        whole = not verify(connection)
    finally:
        connection.close()
    if whole:
        raise Refused("This network is whole.", "Open it, and restore the backup from there.")


def _beyond(keyfile: KeyFile, folder: Path, key: StoreKey) -> KeyFile:
    """The backup's keys, moved on beyond every file that stands in the folder."""
    numbers = [int(found[1]) for path in folder.iterdir() if (found := _OF_STORE.fullmatch(path.name))]
    return seal(replace(keyfile, epoch=min(max(numbers, default=0) or keyfile.epoch, _LAST_EPOCH - 1)), key)


def _laid_aside(folder: Path, now: datetime) -> Path:
    """Keep what cannot be opened, keys and file together, under names that no opening looks for."""
    aside = folder / f"damaged-{now:%Y-%m-%d-%H%M%S}"
    make_network_folder(aside)
    try:
        for path in folder.iterdir():
            if path.name in (vault.KEYS, vault.KEYS_BAK) or _OF_STORE.match(path.name):
                _linked(path, aside / path.name)
        sync_folder(aside)
    except OSError as error:
        raise refusal_of_system(error, "The damaged network could not be laid aside") from None
    return aside


def _linked(path: Path, target: Path) -> None:
    """The same bytes under a second name; where the file system has no links, a copy."""
    if path.is_symlink() or not path.is_file():
        return
    try:
        os.link(path, target)
    except OSError:
        shutil.copyfile(path, target)


def _scratch(folder: Path) -> Path:
    """A new name for what is unpacked; what a run that was killed left is cleared away."""
    if not folder.is_dir():
        raise BadInput(f"There is no folder {folder}.", "Choose a folder that exists.")
    for left in folder.glob(f"{_SCRATCH}*"):
        if left.is_file() and not left.is_symlink():
            with suppress(OSError):  # where it may not go, the new one cannot come either, and says so
                left.unlink()
    return folder / f"{_SCRATCH}{secrets.token_hex(4)}.part"
