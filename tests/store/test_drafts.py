"""Half-typed work in the encrypted file: replaced as a whole, outside the journal, and gone from the disk when done."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from peermatch.store import drafts, journal
from peermatch.store.kdf import LEAST
from peermatch.store.network import Store
from peermatch.store.vault import PassphraseSecret
from tests.networks import NETWORK, PASSPHRASE, clock

MARKER = "ZQXhalftypedZQX"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.create(tmp_path / "x.peermatch", NETWORK, PASSPHRASE, clock, cost=LEAST).store
    yield opened
    opened.lock()


def kept(store: Store) -> dict[str, str]:
    with store.read() as tx:
        return drafts.every(tx)


def keep(store: Store, **bodies: str) -> None:
    with store.write_aside() as tx:
        drafts.replace_all(tx, bodies)


def test_nothing_is_kept_in_a_new_network(store: Store) -> None:
    assert kept(store) == {}


def test_what_is_kept_replaces_what_was(store: Store) -> None:
    keep(store, letter="Dear all", supporter="{}")
    keep(store, letter="Dear both")
    assert kept(store) == {"letter": "Dear both"}
    keep(store)
    assert kept(store) == {}


def test_it_is_there_after_the_network_was_locked(store: Store) -> None:
    keep(store, letter="Grüße 🙂\nand a second line")
    folder = store.folder
    store.lock()
    again = Store.open(folder, PassphraseSecret(PASSPHRASE), clock)
    assert kept(again) == {"letter": "Grüße 🙂\nand a second line"}
    again.lock()


def test_the_journal_says_nothing_of_it_and_the_file_is_whole(store: Store) -> None:
    with store.read() as tx:
        before = journal.newest(tx)
    keep(store, letter=MARKER)
    with store.read() as tx:
        assert journal.newest(tx) == before
    assert store.damage() == ()


def test_a_failure_half_way_keeps_what_was(store: Store) -> None:
    keep(store, letter="first")

    def write_and_fail() -> None:
        with store.write_aside() as tx:
            drafts.replace_all(tx, {"letter": "second"})
            raise KeyError("something else went wrong")

    with pytest.raises(KeyError):
        write_and_fail()
    assert kept(store) == {"letter": "first"}


def test_no_byte_of_it_can_be_read_in_any_file(store: Store) -> None:
    keep(store, letter=MARKER)
    data = b"".join(file.read_bytes() for file in store.folder.rglob("*") if file.is_file())
    assert all(MARKER.encode(code) not in data for code in ("utf-8", "utf-16-le", "utf-16-be"))
