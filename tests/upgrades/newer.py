"""Networks as a later program might leave them: a schema, a key file, a portable file that nobody knows here yet."""

import hashlib
import json
from pathlib import Path

from peermatch.store import keyfile, vault
from peermatch.store.engine import open_database

FAR = 99


def claim_schema(folder: Path, secret: vault.Secret) -> None:
    """Have the network's file say that it is of a far later schema."""
    keys, _ = vault.read_keys(folder)
    connection = open_database(folder / keys.db, vault.unlock(keys, secret)[0])
    connection.execute(f"PRAGMA user_version={FAR}")
    connection.close()


def claim_keys(folder: Path, member: str) -> None:
    """Have the key file and its copy say that a later program is needed: ``v`` or ``min_app``."""
    for path in sorted(folder.glob("store.keys*")):
        fields = json.loads(path.read_bytes().split(b"\n")[1])
        body = keyfile.canonical(fields | {member: FAR, "unheard-of": True})
        path.write_bytes(
            keyfile.MAGIC + body + b"\n" + hashlib.sha256(body).hexdigest().encode("ascii") + b"\n"
        )


def bytes_of(folder: Path) -> dict[Path, bytes]:
    """All that stands in a folder."""
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
