"""A new schema that leaves people alone leaves what is packed of them alone; one that does not has it made again."""

import shutil
from pathlib import Path

import pytest

from peermatch.store import epochs, vault
from peermatch.store.chunks import Chunks
from peermatch.store.network import Store
from tests.networks import NETWORK
from tests.store.chunk_cases import VOCABULARY, kept_records, made, unlock

ALONE = "ALTER TABLE outbox ADD COLUMN more VARCHAR"
TOUCHED = {
    "another column": "ALTER TABLE supporter ADD COLUMN more VARCHAR",
    "another value": "UPDATE supporter SET notes = 'more' WHERE id = 'S-0001'",
    "another stamp": "UPDATE record_origin SET made_from = made_from",
}


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = made(tmp_path_factory.mktemp("made") / "n.peermatch", NETWORK)
    store = unlock(place)
    store.packed(VOCABULARY)
    store.records(VOCABULARY)
    store.lock()
    return place


def stepped(place: Path, statement: str) -> Store:
    """Opened by a program that brings another schema, as at the first opening after an update."""
    store = unlock(place)
    store.step_to(
        vault.rotate,
        "migrate",
        epochs.NO_CHANGE,
        upgrade=lambda copy: copy.execute(statement) and None,
    )
    store.lock()
    return unlock(place)


def holds(store: Store) -> tuple[bool, bool]:
    chunks = Chunks(VOCABULARY, store._connection)
    with store.read() as tx:
        return chunks.load(tx) is not None, chunks.records.load(tx) is not None


def test_what_is_packed_holds_over_a_schema_that_touches_nobody(packed: Path, tmp_path: Path) -> None:
    store = stepped(Path(shutil.copytree(packed, tmp_path / "n.peermatch")), ALONE)
    assert holds(store) == (True, True)
    store.packed(VOCABULARY)
    assert kept_records(store) == NETWORK.supporters
    assert store.damage() == ()
    store.lock()


@pytest.mark.parametrize("statement", TOUCHED.values(), ids=TOUCHED.keys())
def test_one_that_touches_somebody_has_it_made_again(packed: Path, tmp_path: Path, statement: str) -> None:
    store = stepped(Path(shutil.copytree(packed, tmp_path / "n.peermatch")), statement)
    assert holds(store) == (False, False)
    store.lock()
