"""The encrypted file: against the same library without a key, and from the key to the first answer."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from peermatch.matching.engine import match
from peermatch.matching.register import Register
from peermatch.store import settings
from peermatch.store.keys import StoreKey
from tests.bench.engines import Stand
from tests.bench.filing import Folder, Library, settled
from tests.bench.network import DAY, WORDINGS
from tests.bench.timing import MIDDLE, Benchmark, take

KINDS = {"with a key": Library.with_key, "without a key": Library.without_key}


@pytest.fixture(scope="module", params=KINDS)
def library(
    request: pytest.FixtureRequest, stand: Callable[[int], Stand], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Library]]:
    """A filled file of either kind."""
    here, made = stand(MIDDLE), KINDS[request.param](tmp_path_factory.mktemp("library"))
    made.fill(here.columns, here.chunked.chunks)
    yield request.param, made
    made.connection.close()


@pytest.mark.parametrize("kind", KINDS)
def test_bulk(benchmark: Benchmark, stand: Callable[[int], Stand], kind: str, tmp_path: Path) -> None:
    here = stand(MIDDLE)

    def bulk(folder: Path) -> None:
        made = KINDS[kind](folder)
        made.fill(here.columns, here.chunked.chunks)
        made.connection.close()

    take(benchmark, bulk, [(tmp_path,)], 3, group="file", engine=kind, what="bulk load")


def test_commit(benchmark: Benchmark, library: tuple[str, Library]) -> None:
    kind, file = library
    people = [(number,) for number in range(0, 1000, 7)]
    take(benchmark, file.withdraw, people, 100, group="file", engine=kind, what="commit, on the disk")


def test_cached_read(benchmark: Benchmark, library: tuple[str, Library]) -> None:
    kind, file = library
    near = [(number,) for number in range(50)]
    for each in near:
        file.read(*each)
    take(benchmark, file.read, near, 500, group="file", engine=kind, what="cached read")


def test_load_of_chunks(benchmark: Benchmark, library: tuple[str, Library]) -> None:
    kind, file = library
    took = take(benchmark, file.load, [()], 10, group="file", engine=kind, what="all chunks read")
    assert took > MIDDLE


@pytest.mark.benchmark(timer=time.process_time)
@pytest.mark.parametrize("way", ["packed chunks", "all rows as objects"])
def test_key_to_answer(benchmark: Benchmark, stand: Callable[[int], Stand], folder: Folder, way: str) -> None:
    """CPU from the key to the first answer; unlocking, which is slow on purpose, comes before."""
    enquiry = stand(MIDDLE).enquiries[0]

    def answer(key: StoreKey, slot: str) -> list[str]:
        store = folder.open(key, slot)
        try:
            register = folder.by_chunks(store) if way == "packed chunks" else folder.by_rows(store)
            return [each.supporter for each in match(register, enquiry, DAY).suggested[:20]]
        finally:
            store.lock()

    rounds = 5 if way == "packed chunks" else 1
    inputs = [folder.unlocked() for _ in range(rounds)]
    if way == "packed chunks":
        benchmark.extra_info["steps"] = steps(folder)
    said = take(benchmark, answer, inputs, rounds, group="opening", engine=way, size=MIDDLE)
    here = stand(MIDDLE)
    kept = here.register.replaced(introductions=settled(here.people.introductions))
    assert said == [each.supporter for each in match(kept, enquiry, DAY).suggested[:20]]


def steps(folder: Folder) -> dict[str, float]:
    """Where that time goes: CPU of each step, once."""
    key, slot = folder.unlocked()
    begun = time.process_time()
    store = folder.open(key, slot)
    try:
        opened = time.process_time()
        packed = store.packed(folder.reference.vocabulary)
        read = time.process_time()
        with store.read() as tx:
            barred = settings.barred(tx)
        known = time.process_time()
        Register.of_chunks(folder.reference, packed.chunks, packed.words, barred, WORDINGS)
        made = time.process_time()
    finally:
        store.lock()
    return {
        "opening the file": opened - begun,
        "reading the chunks": read - opened,
        "reading the barred pairs": known - read,
        "the register": made - known,
    }
