"""Kills the program in the midst of bringing an older network up, and says what stands in the folder afterwards.

Run as ``python -m tests.upgrades.killing_upgrade REVISION FOLDER``: one fork a place of the routine opens a fresh copy
of the network and is ended by SIGKILL when that place is reached. One line of JSON a place.
"""

import json
import os
import shutil
import signal
import sys
from hashlib import sha256
from pathlib import Path
from types import FrameType

from peermatch.store import vault
from peermatch.store.network import Store
from tests.networks import clock
from tests.upgrades.older import Older, build, kept

# (function that is about to run, how often it has to be reached, in the file of a revision or anywhere)
PLACES = (
    ("next_epoch", 1),  # the backup is there
    ("upgrade", 9),  # in the midst of them
    ("_proved", 1),  # the copy is on the disk
    ("_name", 1),  # it was read back and is whole
    ("sweep", 1),  # it counts, and the old one is still there
)


class Ending:
    """Ends the process when a place is reached."""

    def __init__(self, name: str, times: int) -> None:
        self._name, self._left = name, times

    def watch(self, frame: FrameType, event: str, _called: object) -> None:
        """What ``sys.setprofile`` calls."""
        if event != "call" or frame.f_code.co_name != self._name or not _ours(frame.f_code.co_filename):
            return
        self._left -= 1
        if not self._left:
            os.kill(os.getpid(), signal.SIGKILL)


def _ours(file: str) -> bool:
    return "migrations/versions" in file or file.endswith(("epochs.py", "engine.py"))


def killed(folder: Path, older: Older, name: str, times: int) -> bool:
    """Whether the fork that opened the network was ended at that place."""
    pid = os.fork()
    if pid == 0:
        try:
            sys.setprofile(Ending(name, times).watch)
            Store.open(folder, older.secret, clock).lock()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(pid, 0)[1])


def marks(folder: Path) -> dict[str, str]:
    """What says which file counts, and the files of rows."""
    found = sorted(path for path in folder.iterdir() if path.is_file() and path.name.startswith("store"))
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in found if path.name != "store.lock"}


def main(revision: int, work: Path) -> None:
    """Every place, each with a fresh copy."""
    older = kept(revision)
    first = build(older, work / "first.peermatch")
    for number, (name, times) in enumerate(PLACES):
        folder = work / f"{number}.peermatch"
        shutil.copytree(first, folder)
        before = marks(folder)
        was_killed = killed(folder, older, name, times)
        after = marks(folder)
        named = vault.read_keys(folder)[0].db
        said = {
            "place": f"{name} {times}",
            "killed": was_killed,
            "folder": str(folder),
            "whole": all(after.get(file) == mark for file, mark in before.items()),
            "named": named,
            "backups": sorted(path.name for path in (folder / "backups").iterdir()),
        }
        sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
