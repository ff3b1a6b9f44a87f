"""Keys and folders that the tests of the vault share; passphrases are stretched at the floor's cost."""

import base64
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from peermatch.store import vault
from peermatch.store.engine import Connection, open_database
from peermatch.store.kdf import FLOOR
from peermatch.store.keyfile import KeyFile, write
from peermatch.store.keys import StoreKey
from peermatch.store.place import make_network_folder
from tests.store.saving import Saved, backed_up

PASSPHRASE = "blaues Pferd über siebzehn Brücken"
NOBODY = 65534
MARKER = "ZQXmarkerpregnancyleaveZQX"


@dataclass(frozen=True)
class Made:
    """A network's keys as they were made, and both secrets that open them."""

    keyfile: KeyFile
    key: StoreKey
    recovery: str
    passphrase: str = PASSPHRASE

    @property
    def by_passphrase(self) -> vault.PassphraseSecret:
        return vault.PassphraseSecret(self.passphrase)

    @property
    def by_recovery(self) -> vault.RecoverySecret:
        return vault.RecoverySecret(self.recovery)


@pytest.fixture(scope="session")
def made() -> Made:
    keyfile, key, recovery = vault.create_keys(PASSPHRASE, "lead", FLOOR, True)
    assert recovery is not None
    return Made(keyfile, key, recovery)


@pytest.fixture
def folder(made: Made, tmp_path: Path) -> Path:
    """A network folder with keys and an empty encrypted file."""
    place = tmp_path / "north west.peermatch"
    make_network_folder(place)
    open_database(place / made.keyfile.db, made.key, create=True).close()
    vault.write_keys(place, made.keyfile, made.key)
    return place


@pytest.fixture
def path(folder: Path, made: Any) -> Path:
    return folder / str(made.keyfile.db)


@pytest.fixture
def connection(path: Path, made: Any) -> Iterator[Connection]:
    opened = open_database(path, made.key)
    yield opened
    opened.close()


@pytest.fixture
def fill() -> Callable[..., None]:
    """Put people into a file, each with a name that a search of the disk would find."""
    return _fill


def _fill(connection: Connection, rows: int = 200) -> None:
    connection.execute("CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL)")
    connection.execute("CREATE TABLE trait (person INTEGER REFERENCES person(id), name TEXT)")
    connection.execute("BEGIN IMMEDIATE")
    for number in range(rows):
        connection.execute("INSERT INTO person VALUES (?, ?)", (number, f"{MARKER} {number} " * 8))
    connection.execute("COMMIT")


Forge = Callable[[Callable[[dict[str, Any]], object]], bytes]


@pytest.fixture(scope="session")
def forge(made: Made) -> Forge:
    """Change the JSON of store.keys as an attacker would: canonical, and the checksum made right again."""
    body = write(made.keyfile).split(b"\n")[1]

    def forged(change: Callable[[dict[str, Any]], object]) -> bytes:
        fields = json.loads(body)
        change(fields)
        return signed(json.dumps(fields, sort_keys=True, separators=(",", ":")).encode())

    return forged


def signed(body: bytes) -> bytes:
    """Any line as a file with the right first line and checksum."""
    return b"PMKS1\n" + body + b"\n" + hashlib.sha256(body).hexdigest().encode() + b"\n"


def swapped(text: str) -> str:
    """Other bytes of the same length, as base64."""
    return base64.b64encode(bytes(byte ^ 0x55 for byte in base64.b64decode(text))).decode()


@pytest.fixture(name="signed")
def signed_fixture() -> Callable[[bytes], bytes]:
    return signed


@pytest.fixture(name="swapped")
def swapped_fixture() -> Callable[[str], str]:
    return swapped


@pytest.fixture
def read_only(made: Made) -> Iterator[Path]:
    """A network that this process may enter but neither read nor change; root becomes nobody for it."""
    place = Path(tempfile.mkdtemp(prefix="peermatch-read-only-"))
    vault.write_keys(place, made.keyfile, made.key)
    open_database(place / made.keyfile.db, made.key, create=True).close()
    was_root = os.geteuid() == 0
    place.chmod(0o555)
    (place / "store.keys").chmod(0 if not was_root else 0o600)
    if was_root:
        os.seteuid(NOBODY)
    yield place
    if was_root:
        os.seteuid(0)
    place.chmod(0o755)
    shutil.rmtree(place)


@pytest.fixture
def open_umask() -> Iterator[None]:
    """The most careless umask."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture(scope="module")
def worked_on(tmp_path_factory: pytest.TempPathFactory) -> tuple[Saved, Path]:
    """A network that was worked on after a backup, and that backup: made once, for copies."""
    return backed_up(tmp_path_factory.mktemp("worked-on"))


@pytest.fixture
def then(worked_on: tuple[Saved, Path], tmp_path: Path) -> Path:
    """A copy of the backup that a test may change."""
    return Path(shutil.copy(worked_on[1], tmp_path))


@pytest.fixture
def saved(worked_on: tuple[Saved, Path], tmp_path: Path) -> Saved:
    """A copy of the network that a test may change."""
    return worked_on[0].copied(tmp_path)
