"""A network that cannot be opened any more gives way to a backup; one that can, is held, or is newer, does not."""

from pathlib import Path

import pytest

from peermatch.errors import BadInput, CannotUnlock, Damaged, HeldElsewhere, Refused
from peermatch.store import backup, restore
from peermatch.store.kdf import LEAST
from peermatch.store.network import Store
from peermatch.store.vault import PassphraseSecret
from tests.networks import NETWORK, PASSPHRASE, clock
from tests.store.saving import NOW, Saved, whole

OTHER = "another passphrase of fair length"


@pytest.fixture
def ruined(saved: Saved) -> Saved:
    """A network whose database was overwritten."""
    (saved.folder / "store-000001.db").write_bytes(b"x" * 20_000)
    return saved


def test_a_damaged_network_is_replaced_and_laid_aside(ruined: Saved, then: Path) -> None:
    keys = (ruined.folder / "store.keys").read_bytes()
    aside = restore.replace_damaged(ruined.folder, then, ruined.secret, NOW).aside
    assert aside.parent == ruined.folder
    assert (aside / "store-000001.db").read_bytes() == b"x" * 20_000
    assert (aside / "store.keys").read_bytes() == keys
    store = ruined.open()
    assert whole(store) == NETWORK
    assert store.damage() == ()
    store.lock()


@pytest.mark.parametrize("gone", [("store.keys", "store.keys.bak"), ("store-000001.db",)])
def test_a_network_that_lost_a_file_is_replaced(saved: Saved, then: Path, gone: tuple[str, ...]) -> None:
    for name in gone:
        (saved.folder / name).unlink()
    restore.replace_damaged(saved.folder, then, saved.secret, NOW)
    store = saved.open()
    assert whole(store) == NETWORK
    store.lock()


def test_only_who_may_open_the_network_today_replaces_it(ruined: Saved, then: Path) -> None:
    with pytest.raises(CannotUnlock):
        restore.replace_damaged(ruined.folder, then, PassphraseSecret(OTHER), NOW)
    assert not list(ruined.folder.glob("damaged-*"))


def test_a_network_that_is_whole_or_held_or_newer_is_not_replaced(saved: Saved, then: Path) -> None:
    with pytest.raises(Refused, match="whole"):
        restore.replace_damaged(saved.folder, then, saved.secret, NOW)
    store = saved.open()
    with pytest.raises(HeldElsewhere):
        restore.replace_damaged(saved.folder, then, saved.secret, NOW)
    store.source().connection.execute("PRAGMA user_version=9999")
    store.lock()
    with pytest.raises(Damaged, match="newer PeerMatch"):
        restore.replace_damaged(saved.folder, then, saved.secret, NOW)


def test_another_networks_backup_does_not_replace_a_damaged_one(
    ruined: Saved, then: Path, tmp_path: Path
) -> None:
    made = Store.create(
        tmp_path / "other.peermatch", NETWORK, PASSPHRASE, clock, with_recovery=False, cost=LEAST
    )
    path = backup.write_backup(made.store.source(), tmp_path / "other.pmbackup", NOW).path
    made.store.lock()
    with pytest.raises(BadInput, match="another network"):
        restore.replace_damaged(ruined.folder, path, PassphraseSecret(PASSPHRASE), NOW)
