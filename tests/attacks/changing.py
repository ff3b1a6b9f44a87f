"""Kills the program between any two steps of a change of passphrase, and tries every secret afterwards.

Run as ``python -m tests.attacks.changing NETWORK RECOVERY EVERY``; prints one line of JSON a kill point.
"""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from peermatch.errors import PeerMatchError
from peermatch.store import vault
from peermatch.store.epochs import Change
from peermatch.store.kdf import LEAST
from peermatch.store.network import Store
from peermatch.store.transaction import Transaction
from peermatch.store.vault import PassphraseSecret, RecoverySecret, Secret
from tests.networks import PASSPHRASE, clock
from tests.store.killing import Killer, in_a_fork

NEW = "seven slow snails climb the wall"


def change(store: Store, slot: str) -> None:
    """The change that is killed."""

    def write(_tx: Transaction, _slot: str) -> None:
        """Nothing of the data changes with it."""

    store.step_to(
        lambda keys, key: vault.change_passphrase(keys, key, slot, NEW, "coordinator", LEAST),
        "keys-change",
        Change(write),
        slot,
    )


def killed_at(point: int, folder: Path, recovery: str) -> Callable[[int], None]:
    """The work of one fork."""

    def work(note: int) -> None:
        store = Store.open(folder, RecoverySecret(recovery), clock)
        slot = next(each.id for each in vault.read_keys(folder)[0].slots if each.type == "passphrase")
        sys.setprofile(Killer(point, note).watch)
        change(store, slot)
        sys.setprofile(None)
        store.lock()

    return work


def opens(folder: Path, secret: Secret) -> bool:
    """Whether a secret opens a copy of what is left."""
    copy = folder.with_name("tried.peermatch")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    try:
        store = Store.open(copy, secret, clock)
    except PeerMatchError:
        return False
    whole = store.damage() == ()
    store.lock()
    return whole


def run(template: Path, recovery: str, every: int) -> None:
    """One kill a point until the change comes to its end."""
    folder = template.with_name("killed.peermatch")
    secrets: dict[str, Secret] = {
        "old": PassphraseSecret(PASSPHRASE),
        "new": PassphraseSecret(NEW),
        "paper": RecoverySecret(recovery),
    }
    point, killed = 0, True
    while killed:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(template, folder)
        killed, before = in_a_fork(killed_at(point, folder, recovery))
        found = {name: opens(folder, secret) for name, secret in secrets.items()}
        sys.stdout.write(json.dumps(found | {"before": before, "killed": killed}) + "\n")
        point += every


if __name__ == "__main__":
    run(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
