"""Backups of an open network: made, verified by opening them, listed, rotated, and copied to a second place."""

import contextlib
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from peermatch import __version__
from peermatch.errors import BadInput, Damaged, PeerMatchError, SystemRefused
from peermatch.store import container, schema, search
from peermatch.store.atomic import sync_file
from peermatch.store.backup_places import second_place
from peermatch.store.container import SUFFIX, Header
from peermatch.store.engine import Connection, open_database, vacuum, verify
from peermatch.store.keyfile import KeyFile
from peermatch.store.keys import StoreKey, seal
from peermatch.store.place import make_network_folder
from peermatch.store.refusal import in_plain_words
from peermatch.store.rotation import superfluous

FOLDER = "backups"
AUDIT_KEY = "audit"
_SCRATCH = ".backup-"


@dataclass(frozen=True, slots=True)
class Source:
    """The open network that is copied."""

    folder: Path
    keyfile: KeyFile
    key: StoreKey
    connection: Connection


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """One backup as it stands on the disk.

    ``verified`` says that this network made it, opened it and read it back when it was written, and that what it says
    of itself is unchanged; ``seq`` is the last journal line that it holds.
    """

    path: Path
    made: datetime
    reason: str
    size: int
    schema: int
    store: str
    epoch: int
    gen: int
    seq: int
    head: bytes
    verified: bool


@dataclass(frozen=True, slots=True)
class Routine:
    """What a routine backup left: the file in the network's folder, its copy elsewhere, or why there is none."""

    path: Path
    second: Path | None
    trouble: str


def write_backup(source: Source, target: Path, now: datetime, reason: str = "hand") -> BackupFacts:
    """One new file with everything, sealed to all who may open the network now; there only once it was verified."""
    scratch = _scratch(source.folder)
    key = StoreKey.random()
    try:
        with in_plain_words(source.folder):
            audit = audit_key(source.connection)
            header = replace(_header(source, now, reason), keys=seal(source.keyfile, key))
            _copy(source.connection, scratch, key)
            container.write_container(target, header, key, audit, scratch)
        return _read_back(target, audit)
    finally:
        key.wipe()
        remove_database(scratch)


def routine(source: Source, now: datetime, reason: str = "daily") -> Path:
    """A verified backup in the network's own folder, copied to the place that somebody chose, the oldest let go."""
    return run_routine(source, now, reason).path


def run_routine(source: Source, now: datetime, reason: str = "daily") -> Routine:
    """As ``routine``; a second place that cannot be reached is told and stops nothing."""
    folder = source.folder / FOLDER
    if not folder.is_dir():
        make_network_folder(folder)
    container.clear_parts(folder)
    path = _free_name(folder, now, reason)
    write_backup(source, path, now, reason)
    rotate(source, folder, now)
    try:
        second = _second_copy(source, path, now)
    except PeerMatchError as error:
        return Routine(path, None, str(error))
    return Routine(path, second, "")


def rotate(source: Source, folder: Path, now: datetime) -> tuple[Path, ...]:
    """Remove what the rules let go of; only files that this network made, and never the newest."""
    gone = superfluous(tuple(each for each in known(source, folder) if each.verified), now)
    for facts in gone:
        try:
            facts.path.unlink(missing_ok=True)
        except OSError:
            continue  # held or read-only: the next rotation tries again
    return tuple(facts.path for facts in gone)


def read_facts(path: Path, audit: bytes | None = None) -> BackupFacts:
    """What a backup says of itself; it counts as verified only for who has the network open (``audit``)."""
    header = container.read_header(path)
    return _facts(path, header, audit is not None and header.is_ours(audit))


def known(source: Source, folder: Path | None = None) -> tuple[BackupFacts, ...]:
    """The backups of this network in a folder (its own if none is named), newest first; others do not count."""
    with in_plain_words(source.folder):
        audit = audit_key(source.connection)
    found = []
    for path in listed(folder or source.folder / FOLDER):
        try:
            facts = read_facts(path, audit)
        except PeerMatchError:
            continue
        if facts.store == source.keyfile.store:
            found.append(facts)
    return tuple(sorted(found, key=lambda each: (each.made, each.seq), reverse=True))


def listed(folder: Path) -> tuple[Path, ...]:
    """The files in a folder that are called backups; none where the folder cannot be read."""
    try:
        found = sorted(folder.iterdir())
    except OSError:
        return ()
    return tuple(path for path in found if path.suffix == SUFFIX and not path.name.startswith("."))


def newest_verified(source: Source) -> BackupFacts | None:
    """The newest backup that this network made and verified, here or at the second place."""
    second = second_place(source.keyfile.store)
    everywhere = known(source) + (known(source, second) if second else ())
    return max((each for each in everywhere if each.verified), key=lambda each: each.made, default=None)


def newest_backup(source: Source) -> str | None:
    """The day of the newest verified backup; None while there is none."""
    newest = newest_verified(source)
    return newest.made.astimezone().date().isoformat() if newest else None


def changed_since(source: Source, facts: BackupFacts) -> bool:
    """Whether a step was written or the keys were changed after that backup."""
    with in_plain_words(source.folder):
        seq, head = journal_head(source.connection)
    same_keys = (source.keyfile.epoch, source.keyfile.gen) == (facts.epoch, facts.gen)
    return not same_keys or (seq, head) != (facts.seq, facts.head)


def keys_changed_at(source: Source) -> int:
    """The journal's last line that changed who can open the network; an erasure or an update is a new epoch as well."""
    with in_plain_words(source.folder):
        found = source.connection.execute(
            "SELECT coalesce(max(seq), 0) FROM journal WHERE action LIKE 'keys-%' AND action <> 'keys-name'"
        ).fetchone()
    return int(found[0])


def check_whole(path: Path) -> None:
    """Damaged if any byte of the backup is not as it was written."""
    with container.open_container(path) as opened:
        opened.check()


def audit_key(connection: Connection) -> bytes:
    """The key of the journal, which belongs to the data and lives as long as the network."""
    return _only(connection.execute("SELECT value FROM secret WHERE name = ?", (AUDIT_KEY,)).fetchone())


def journal_head(connection: Connection) -> tuple[int, bytes]:
    """Number and mac of the journal's last line."""
    row = connection.execute("SELECT seq, mac FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return (int(row[0]), bytes(row[1])) if row else (0, bytes(container.DIGEST))


def copy_database(source: Connection, target: Path, key: StoreKey) -> None:
    """The whole database at a new path under another key, without what was deleted, closed and on the disk."""
    copy = open_database(target, key, create=True)
    try:
        source.backup(copy)
        vacuum(copy)
    finally:
        copy.close()
    with target.open("rb+") as file:
        sync_file(file.fileno())


def rows(connection: Connection) -> dict[str, int]:
    """How many rows each table holds, but for the search index, which follows from the others."""
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: _count(connection, name) for name in names if not search.is_index(name)}


def remove_database(path: Path) -> None:
    """Take a database away with what SQLite may have left beside it.

    It is encrypted with a key that is forgotten by then: where the disk refuses, the next run clears it away.
    """
    for each in (path, path.with_name(path.name + "-journal")):
        with contextlib.suppress(OSError):
            each.unlink(missing_ok=True)


def _count(connection: Connection, table: str) -> int:
    quoted = table.replace('"', '""')
    return int(connection.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0])  # noqa: S608 - its own table


def _copy(source: Connection, scratch: Path, key: StoreKey) -> None:
    """Copy, then open what was written as a restore would, and compare."""
    copy_database(source, scratch, key)
    opened = open_database(scratch, key)
    try:
        if verify(opened, thorough=True) or rows(opened) != rows(source):
            raise SystemRefused("The backup is not whole, so it was thrown away.", "Check the disk.")
    finally:
        opened.close()


def _read_back(target: Path, audit: bytes) -> BackupFacts:
    """The same bytes stand on the disk as were opened a moment ago."""
    try:
        check_whole(target)
        facts = read_facts(target, audit)
    except Damaged:
        target.unlink(missing_ok=True)
        raise SystemRefused("The backup was not written as it should be.", "Check the disk.") from None
    return facts


def _header(source: Source, now: datetime, reason: str) -> Header:
    seq, head = journal_head(source.connection)
    return Header(
        keys=source.keyfile,
        made=now.astimezone(UTC).replace(microsecond=0),
        reason=reason,
        app=f"PeerMatch {__version__}",
        schema=schema.version(source.connection),
        seq=seq,
        head=head,
    )


def _second_copy(source: Source, path: Path, now: datetime) -> Path | None:
    """The file once more, where somebody chose; read back there too."""
    folder = second_place(source.keyfile.store)
    if folder is None:
        return None
    if not folder.is_dir():
        raise BadInput(f"The second place for backups, {folder}, cannot be reached.", "Is it connected?")
    container.clear_parts(folder)
    target = folder / path.name
    container.copy_container(path, target)
    _read_back(target, audit_key(source.connection))
    rotate(source, folder, now)
    return target


def _free_name(folder: Path, now: datetime, reason: str) -> Path:
    stem = f"{now.astimezone(UTC):%Y-%m-%d-%H%M%S}-{reason}"
    candidates = (folder / f"{stem}{'' if n == 1 else f'-{n}'}{SUFFIX}" for n in range(1, 10_000))
    return next(path for path in candidates if not (path.exists() or path.is_symlink()))


def _scratch(folder: Path) -> Path:
    """A new name for the copy; what a run that was killed left is cleared away."""
    for left in folder.glob(f"{_SCRATCH}*"):
        if left.is_file() and not left.is_symlink():
            with contextlib.suppress(
                OSError
            ):  # where it may not go, the new one cannot come either, and says so
                left.unlink()
    return folder / f"{_SCRATCH}{secrets.token_hex(4)}.part"


def _facts(path: Path, header: Header, verified: bool) -> BackupFacts:
    return BackupFacts(
        path=path,
        made=header.made,
        reason=header.reason,
        size=path.stat().st_size,
        schema=header.schema,
        store=header.keys.store,
        epoch=header.keys.epoch,
        gen=header.keys.gen,
        seq=header.seq,
        head=header.head,
        verified=verified,
    )


def _only(row: tuple[bytes] | None) -> bytes:
    if row is None:
        raise Damaged("A key of the network is missing from its file.", "Restore the newest backup.")
    return bytes(row[0])
