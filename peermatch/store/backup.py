"""A whole copy of the network before its schema changes, and what the newest one is."""

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from peermatch.errors import PeerMatchError, SystemRefused
from peermatch.store import vault
from peermatch.store.engine import Connection, open_database, verify
from peermatch.store.keyfile import KeyFile
from peermatch.store.keys import StoreKey
from peermatch.store.place import make_network_folder

FOLDER = "backups"


@dataclass(frozen=True, slots=True)
class Source:
    """The open network that is copied."""

    folder: Path
    keyfile: KeyFile
    key: StoreKey
    connection: Connection


def copy_before_migration(source: Source, schema: int, on: date) -> Path:
    """A copy of keys and file together, itself a network that the older program opens.

    It is made through the connection, for closing a second handle on the file would drop SQLite's own locks, and
    verified by opening it. A copy that cannot be made stops the change.
    """
    target = _free_name(source.folder / FOLDER, f"{on.isoformat()}-schema-{schema}")
    make_network_folder(target)
    try:
        _copy_file(source, target)
        vault.write_keys(target, source.keyfile, source.key)
    except PeerMatchError:
        shutil.rmtree(target, ignore_errors=True)
        raise
    return target


def _copy_file(source: Source, target: Path) -> None:
    copy = open_database(target / source.keyfile.db, source.key, create=True)
    try:
        source.connection.backup(copy)
        if verify(copy, thorough=True):
            raise SystemRefused("The backup is not whole, so the network was not changed.", "Check the disk.")
    finally:
        copy.close()


def _free_name(folder: Path, stem: str) -> Path:
    candidates = (folder / f"{stem}{'' if n == 1 else f'-{n}'}.peermatch" for n in range(1, 1000))
    return next(path for path in candidates if not path.exists())


def newest_backup(folder: Path) -> str | None:
    """The day of the newest backup in the network's own folder; None while there is none."""
    days = sorted(path.name[:10] for path in (folder / FOLDER).glob("*.peermatch"))
    return days[-1] if days else None
