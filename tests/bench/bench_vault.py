"""The vault: what unlocking, the journal and a backup cost, each beside the same without it."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from secrets import token_hex

import pytest

from peermatch.services.office import Doors
from peermatch.services.shipped import load_shipped
from peermatch.store import supporters, vault
from peermatch.store.backup import copy_database, remove_database, write_backup
from peermatch.store.kdf import LEAST, Cost, calibrate
from peermatch.store.keys import StoreKey
from peermatch.store.network import Store
from peermatch.ui.stage import Stage
from tests.bench.engines import Stand
from tests.bench.filing import PASSPHRASE, Folder, clock
from tests.bench.network import DAY
from tests.bench.timing import MIDDLE, SIZES, Benchmark, take

COSTS: dict[str, Callable[[], Cost]] = {
    "passphrase, as slow as is right here": calibrate,
    "passphrase, the least allowed": lambda: LEAST,
}
WAYS = ("backup, verified", "its pages alone, to another key", "a plain copy of the file")


@pytest.fixture(scope="module")
def small(stand: Callable[[int], Stand], tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A network that is written into."""
    return Folder.of(stand(SIZES[0]).people, tmp_path_factory.mktemp("written"))


@pytest.fixture(scope="module")
def store(small: Folder) -> Iterator[Store]:
    """It, open."""
    opened = small.open(*small.unlocked())
    yield opened
    opened.lock()


@pytest.mark.parametrize("name", COSTS)
def test_unlocking(benchmark: Benchmark, name: str) -> None:
    cost = COSTS[name]()
    keys, key, _ = vault.create_keys(PASSPHRASE, "lead", cost, False)

    def unlock() -> str:
        return vault.unlock(keys, vault.PassphraseSecret(PASSPHRASE))[0].db_key_hex()

    said = take(benchmark, unlock, [()], 3, group="vault", engine=name, what="the key")
    assert said == key.db_key_hex()


def test_key_at_hand(benchmark: Benchmark, small: Folder) -> None:
    def open_and_lock(key: StoreKey, slot: str) -> bool:
        opened = small.open(key, slot)
        opened.lock()
        return opened.locked

    inputs = [small.unlocked() for _ in range(5)]
    assert take(benchmark, open_and_lock, inputs, 5, group="vault", engine="key at hand", what="the key")


def test_first_screen(benchmark: Benchmark, small: Folder) -> None:
    doors = Doors(load_shipped(), clock, LEAST)

    def look() -> str:
        services = doors.open(small.path, PASSPHRASE)
        stage = Stage(services, DAY)
        try:
            return stage.window.windowTitle()
        finally:
            stage.close()
            services.lock()

    name = f"passphrase, the least allowed, to the first screen with {SIZES[0]:,} supporters"
    assert take(benchmark, look, [()], 3, group="vault", engine=name, what="the window")


@pytest.mark.parametrize("way", ["on the journal", "without a journal"])
def test_one_change(benchmark: Benchmark, store: Store, way: str) -> None:
    with store.read() as tx:
        person = next(iter(supporters.every(tx))).id

    def change(number: int) -> None:
        with store.write("bench", person) if way == "on the journal" else store.write_aside() as tx:
            noted = f"{number} {token_hex(8)}"
            supporters.change(tx, replace(supporters.get(tx, person), notes=noted))

    take(benchmark, change, [(n,) for n in range(40)], 40, group="vault", engine=way, what="one change")


@pytest.mark.parametrize("way", WAYS)
def test_backup(benchmark: Benchmark, folder: Folder, tmp_path: Path, way: str) -> None:
    opened = folder.open(*folder.unlocked())
    source = opened.source()
    file = source.folder / source.keyfile.db
    target = tmp_path / "copy.pmbackup"

    def backup() -> None:
        write_backup(source, target, clock())
        target.unlink()

    def pages() -> None:
        copy_database(source.connection, target, StoreKey.random())
        remove_database(target)

    def plain() -> None:
        with file.open("rb") as read, target.open("wb") as written:
            shutil.copyfileobj(read, written)
            written.flush()
            os.fsync(written.fileno())
        target.unlink()

    ways = dict(zip(WAYS, (backup, pages, plain), strict=True))
    try:
        notes = {"what": "a gigabyte", "bytes": file.stat().st_size, "size": MIDDLE}
        take(benchmark, ways[way], [()], 2, group="vault", engine=way, **notes)
    finally:
        opened.lock()
