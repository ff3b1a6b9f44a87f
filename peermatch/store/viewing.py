"""A backup that is only looked at: unpacked into a private folder, still encrypted, sealed, and gone with the look."""

import secrets
import shutil
from contextlib import ExitStack
from pathlib import Path

from peermatch.errors import PeerMatchError, Refused
from peermatch.store import vault
from peermatch.store.container import Header
from peermatch.store.engine import forbid_changes
from peermatch.store.hold import Hold
from peermatch.store.network import APP, Clock, Store
from peermatch.store.place import make_network_folder

_LOOK = "look-"


class _Look(Hold):
    """Held while somebody looks; letting go takes away what was unpacked."""

    __slots__ = ("_stack",)

    def __init__(self, stack: ExitStack) -> None:
        super().__init__(-1)
        self._stack = stack

    def release(self) -> None:
        """Close the backup and delete its copy; a second time does nothing."""
        self._stack.close()


def open_view(
    path: Path, secret: vault.Secret, folder: Path, place: Path, clock: Clock
) -> tuple[Store, Header]:
    """A backup as a network in which nothing can be written, and what it says of itself.

    ``folder`` is the network that it belongs to, of which only the name is used. ``place`` is a private folder for
    the unpacked copy, which goes when the look ends, and at the next one where this process was killed.
    """
    from peermatch.store import restore  # with all that a restore carries over

    with ExitStack() as stack:
        room = _room(place)
        stack.callback(shutil.rmtree, room, ignore_errors=True)
        stack.callback(Hold.acquire(room, APP).release)
        opened = stack.enter_context(restore.opened_backup(path, secret, room))
        forbid_changes(opened.connection)
        hold, key = _Look(stack.pop_all()), opened.key
        keys, slot = opened.header.keys, opened.slot
        store = Store(folder.absolute(), keys, key, slot, hold, clock, connection=opened.connection)
    store.seal.put_on(
        Refused(
            "This is a backup that is only looked at, so nothing can be changed.",
            "Open the network itself to work on it.",
        )
    )
    return store, opened.header


def sweep(place: Path) -> None:
    """Delete the copies that a process left which was killed; those that somebody still looks at stay."""
    for room in place.glob(f"{_LOOK}*"):
        if room.is_symlink() or not room.is_dir():
            continue
        try:
            Hold.acquire(room, APP, break_foreign=True).release()
        except PeerMatchError:
            continue
        shutil.rmtree(room, ignore_errors=True)


def _room(place: Path) -> Path:
    """A new folder for one copy, for its owner alone."""
    sweep(place)
    room = place / f"{_LOOK}{secrets.token_hex(6)}"
    make_network_folder(room)
    return room
