"""A whole copy of the network before its schema changes, and what the newest one is."""

import shutil
from datetime import date
from pathlib import Path

from peermatch.errors import SystemRefused
from peermatch.store import vault
from peermatch.store.keyfile import KeyFile
from peermatch.store.place import make_network_folder
from peermatch.store.refusal import refusal_of_system

FOLDER = "backups"


def copy_before_migration(folder: Path, keyfile: KeyFile, schema: int, on: date) -> Path:
    """A copy of keys and file together, itself a network that the older program opens.

    A copy that cannot be made stops the change. No transaction is open and this process holds the file, so the
    bytes on disk are the whole network.
    """
    target = _free_name(folder / FOLDER, f"{on.isoformat()}-schema-{schema}")
    make_network_folder(target)
    try:
        for name in (vault.KEYS, keyfile.db):
            shutil.copyfile(folder / name, target / name)
            (target / name).chmod(0o600)
        if (target / keyfile.db).read_bytes() != (folder / keyfile.db).read_bytes():
            raise SystemRefused(
                "The backup could not be verified, so the network was not changed.", "Check the disk."
            )
    except OSError as error:
        shutil.rmtree(target, ignore_errors=True)
        raise refusal_of_system(error, "The backup could not be written") from None
    return target


def _free_name(folder: Path, stem: str) -> Path:
    candidates = (folder / f"{stem}{'' if n == 1 else f'-{n}'}.peermatch" for n in range(1, 1000))
    return next(path for path in candidates if not path.exists())


def newest_backup(folder: Path) -> str | None:
    """The day of the newest backup in the network's own folder; None while there is none."""
    days = sorted(path.name[:10] for path in (folder / FOLDER).glob("*.peermatch"))
    return days[-1] if days else None
