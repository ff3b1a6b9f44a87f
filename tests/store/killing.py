"""Kills the program between any two steps of a new epoch, and says what the network is afterwards.

A child that has loaded everything forks once a kill point: the fork opens a copy of the network, removes a holder (or
erases a supporter), and is killed with SIGKILL before the n-th call that the modules of the routine make into the
system, SQLite or each other.
Run as ``python -m tests.store.killing NETWORK RECOVERY SLOT EVERY``; prints one line of JSON a kill point. Where SLOT
is the id of a supporter, that supporter is erased.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from types import FrameType

from peermatch.errors import PeerMatchError
from peermatch.model.erasure import Wanted
from peermatch.model.rights import Subject, SubjectKind
from peermatch.store import erasure, holders, journal, keyfile, vault
from peermatch.store.engine import open_database
from peermatch.store.epochs import Change
from peermatch.store.keys import StoreKey
from peermatch.store.network import Store
from peermatch.store.transaction import Transaction
from peermatch.store.vault import RecoverySecret
from tests.networks import clock

# What changes something outside the process; what only reads or counts rows does not.
EFFECTIVE = {
    "open",
    "write",
    "flush",
    "fsync",
    "replace",
    "unlink",
    "execute",
    "backup",
    "connect",
    "close",
    "commit",
}
QUIET = {
    "_read_back",
    "_set_up",
    "_count",
    "_number",
    "of",
    "rows",
    "get_isolation_level",
    "_safe_close_cursor",
}
QUIET |= {"safe_construct_with_key", "_escape_identifier", "_first_access", "_findings", "_open_database"}


@dataclass(frozen=True)
class Outcome:
    """What stood after one kill."""

    point: int
    before: str
    killed: bool
    epoch: int
    action: str
    damage: tuple[str, ...]
    supporters: int
    removed_in_keys: tuple[bool, ...]
    old_key_opens: tuple[str, ...]
    files: tuple[str, ...]


def remove_holder(store: Store, slot: str) -> None:
    """The change that is killed."""

    def write(tx: Transaction, _slot: str) -> None:
        holders.remove(tx, (slot,), date(2026, 11, 20))

    store.step_to(
        lambda keys, key: vault.remove_slots(keys, key, (slot,)), "keys-remove", Change(write), slot
    )


def erase_supporter(store: Store, supporter: str) -> None:
    """The other change that is killed."""
    wanted = Wanted(date(2026, 11, 20), (Subject(SubjectKind.SUPPORTER, supporter),))
    with store.read() as tx:
        change = erasure.planned(tx, wanted).change()
    store.step_to(vault.rotate, "erase", change, supporter)


class Killer:
    """Counts what the routine asks of the system and SQLite, and ends the process before the one that is meant.

    It begins with the routine itself: the backup before it has tests of its own.
    """

    def __init__(self, at: int, note: int) -> None:
        self._left, self._note = at, note
        self._begun = False

    def watch(self, frame: FrameType, event: str, called: object) -> None:
        if event == "call" and frame.f_code.co_name == "next_epoch":
            self._begun = True
        if not self._begun or event != "c_call":
            return  # and what a function gave back is not looked at: it may be half made
        name = getattr(called, "__name__", "")
        if name not in EFFECTIVE:
            return
        if frame.f_code.co_name in QUIET:
            return
        self._left -= 1
        if self._left < 0:
            os.write(self._note, f"{frame.f_code.co_name}: {name}".encode())
            os.kill(os.getpid(), signal.SIGKILL)


def in_a_fork(work: Callable[[int], None]) -> tuple[bool, str]:
    """Do it in a fork; whether it was killed, and what it noted last."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        status = 1
        try:
            work(writing)
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading) as noted:
        note = noted.read()
    _, status = os.waitpid(pid, 0)
    if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status):
        raise SystemExit("the fork failed")
    return os.WIFSIGNALED(status), note


def killed_at(point: int, folder: Path, recovery: str, slot: str) -> Callable[[int], None]:
    """The work of one fork."""

    def work(note: int) -> None:
        store = Store.open(folder, RecoverySecret(recovery), clock)
        sys.setprofile(Killer(point, note).watch)
        (erase_supporter if slot.startswith("S-") else remove_holder)(store, slot)
        sys.setprofile(None)
        store.lock()

    return work


def outcome(
    point: int, before: str, killed: bool, folder: Path, recovery: str, old: StoreKey, slot: str
) -> Outcome:
    """Open what is left as anybody would, and look at it as somebody who was removed would."""
    store = Store.open(folder, RecoverySecret(recovery), clock)
    damage = store.damage()
    with store.read() as tx:
        last = journal.entries(tx, 1)[0].action
        supporters = tx.session.connection().exec_driver_sql("SELECT count(*) FROM supporter").scalar_one()
    epoch = vault.read_keys(folder)[0].epoch
    store.lock()
    present = [keyfile.parse((folder / name).read_bytes()) for name in (vault.KEYS, vault.KEYS_BAK)]
    files = sorted(path.name for path in folder.iterdir() if path.is_file())
    opened = tuple(name for name in files if name.endswith(".db") and opens(folder / name, old))
    inside = tuple(each.slot(slot) is not None for each in present)
    return Outcome(point, before, killed, epoch, last, damage, supporters, inside, opened, tuple(files))


def opens(path: Path, key: StoreKey) -> bool:
    """Whether a key that was good once opens a file."""
    try:
        open_database(path, key).close()
    except PeerMatchError:
        return False
    return True


def run(template: Path, recovery: str, slot: str, every: int) -> None:
    """One kill a point until the routine comes to its end."""
    keys, _ = vault.read_keys(template)
    old, _ = vault.unlock(keys, RecoverySecret(recovery))
    folder = template.with_name("killed.peermatch")
    point, killed = 0, True
    while killed:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(template, folder)
        killed, before = in_a_fork(killed_at(point, folder, recovery, slot))
        found = outcome(point, before, killed, folder, recovery, old, slot)
        sys.stdout.write(json.dumps(asdict(found)) + "\n")
        point += every


if __name__ == "__main__":
    run(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]))
