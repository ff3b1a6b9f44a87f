"""Networks of every schema that there ever was, each made by the program of its own day, built into real folders.

``revision-NN.json.xz`` holds the key file of such a network as it stood on the disk, its rows as SQL, what the program
of that day wrote into the portable file, and how many lines its journal had. The people in it are invented. Where
several revisions came in one sitting, the program of that sitting's end made the network, and what belongs to later
revisions was left out.
"""

import json
import lzma
from dataclasses import dataclass
from pathlib import Path

from peermatch.store import keyfile, vault
from peermatch.store.engine import Connection, open_database
from peermatch.store.place import make_network_folder

HERE = Path(__file__).parent
REVISIONS = tuple(range(1, 19))


@dataclass(frozen=True, slots=True)
class Older:
    """What was kept of one revision's network."""

    revision: int
    recovery: str
    journal: int
    keys: bytes
    portable: bytes
    sql: tuple[str, ...]

    @property
    def secret(self) -> vault.RecoverySecret:
        """What opens it without stretching a passphrase."""
        return vault.RecoverySecret(self.recovery)


def kept(revision: int) -> Older:
    """The network of a revision as it was kept."""
    found = json.loads(lzma.decompress((HERE / f"revision-{revision:02d}.json.xz").read_bytes()))
    return Older(
        revision,
        found["recovery"],
        found["journal"],
        found["keys"].encode("ascii"),
        found["portable"].encode("utf-8"),
        tuple(found["sql"]),
    )


def build(older: Older, folder: Path, version: int | None = None) -> Path:
    """The network on the disk, encrypted under the keys of its own day; ``version`` is another schema to claim."""
    make_network_folder(folder)
    (folder / "backups").mkdir(mode=0o700)
    keys = keyfile.parse(older.keys)
    key, _ = vault.unlock(keys, older.secret)
    connection = open_database(folder / keys.db, key, create=True)
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("BEGIN IMMEDIATE")
    for statement in older.sql:
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version={version or older.revision}")
    connection.execute("COMMIT")
    connection.close()
    (folder / vault.KEYS).write_bytes(older.keys)
    (folder / vault.KEYS).chmod(0o600)
    return folder


def rows(connection: Connection) -> dict[str, tuple[tuple[str, ...], list[tuple[object, ...]]]]:
    """All rows of all tables by the names of their columns, without what the search keeps for itself."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return {
        name: _table(connection, name)
        for (name,) in names
        if not name.startswith(("sqlite_", "search_word")) and name not in ("alembic_version",)
    }


def _table(connection: Connection, name: str) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    columns = tuple(row[1] for row in connection.execute(f'PRAGMA table_info("{name}")'))
    listed = ", ".join(f'"{each}"' for each in columns)
    found = connection.execute(f'SELECT {listed} FROM "{name}"').fetchall()
    return columns, sorted((tuple(row) for row in found), key=repr)
