"""Kills a restore between any two of its steps, and says what the network is afterwards.

Each fork opens a copy of the network on which work was done since a backup, restores it, and is killed with SIGKILL
before the n-th call into the system or SQLite. Run as ``python -m tests.store.killing_restore NETWORK RECOVERY BACKUP
EVERY``; prints one line of JSON a kill point.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType

from peermatch.errors import PeerMatchError
from peermatch.store import backup, journal, vault
from peermatch.store.network import Store
from peermatch.store.restore import opened_backup, restore_into
from peermatch.store.vault import RecoverySecret
from tests.networks import clock
from tests.store.killing import EFFECTIVE, QUIET, in_a_fork
from tests.store.saving import NOW

# Nothing that decides what stands on the disk: the fresh database that triggers are compared with.
_ASIDE = QUIET | {"_refuse_foreign_acts", "_acts"}


@dataclass(frozen=True)
class Left:
    """What stood after one kill."""

    point: int
    before: str
    killed: bool
    epoch: int
    last: str
    damage: tuple[str, ...]
    supporters: int
    broken: tuple[str, ...]
    parts: tuple[str, ...]
    cleared: bool


class Killer:
    """Counts the calls that change something, and ends the process before the one that is meant."""

    def __init__(self, at: int, note: int) -> None:
        self._left, self._note = at, note

    def watch(self, frame: FrameType, event: str, called: object) -> None:
        name = getattr(called, "__name__", "")
        if event != "c_call" or name not in EFFECTIVE or frame.f_code.co_name in _ASIDE:
            return
        self._left -= 1
        if self._left < 0:
            os.write(self._note, f"{frame.f_code.co_name}: {name}".encode())
            os.kill(os.getpid(), signal.SIGKILL)


def killed_at(point: int, folder: Path, recovery: str, path: Path) -> Callable[[int], None]:
    """The work of one fork."""

    def work(note: int) -> None:
        store = Store.open(folder, RecoverySecret(recovery), clock)
        sys.setprofile(Killer(point, note).watch)
        with opened_backup(path, RecoverySecret(recovery), folder) as opened:
            restore_into(store.source(), opened, store.unlocked_by, NOW)
        sys.setprofile(None)
        store.lock()

    return work


def left(point: int, before: str, killed: bool, folder: Path, recovery: str) -> Left:
    """Open what stands as anybody would, then make a backup, which clears away what the kill left."""
    parts = tuple(sorted(str(path.relative_to(folder)) for path in folder.rglob(".*")))
    broken = tuple(path.name for path in backup.listed(folder / backup.FOLDER) if not sound(path))
    store = Store.open(folder, RecoverySecret(recovery), clock)
    damage = store.damage()
    with store.read() as tx:
        last = journal.entries(tx, 1)[0].action
        supporters = tx.session.connection().exec_driver_sql("SELECT count(*) FROM supporter").scalar_one()
    made = backup.routine(store.source(), NOW)
    with opened_backup(made, RecoverySecret(recovery), folder):
        cleared = len(list(folder.glob(".restore-*.part"))) == 1
    store.lock()
    epoch = vault.read_keys(folder)[0].epoch
    cleared = cleared and not list(folder.rglob(".*"))
    return Left(point, before, killed, epoch, last, damage, supporters, broken, parts, cleared)


def sound(path: Path) -> bool:
    """Whether a file that is called a backup is one, to the last byte."""
    try:
        backup.check_whole(path)
    except PeerMatchError:
        return False
    return True


def run(template: Path, recovery: str, path: Path, every: int) -> None:
    """One kill a point until the restore comes to its end."""
    folder = template.with_name("killed.peermatch")
    point, killed = 0, True
    while killed:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(template, folder)
        killed, before = in_a_fork(killed_at(point, folder, recovery, path))
        sys.stdout.write(json.dumps(asdict(left(point, before, killed, folder, recovery))) + "\n")
        point += every


if __name__ == "__main__":
    run(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
