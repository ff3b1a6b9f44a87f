"""Backups newer than the one that is restored: whom they know to be erased must not come back from it."""

from collections.abc import Iterable
from pathlib import Path

from peermatch.errors import PeerMatchError
from peermatch.store import backup
from peermatch.store.container import Header, read_header

MOST = 3
"""So many are tried with the secret that is there: each costs the stretching of a passphrase."""


def newer_files(path: Path, header: Header, folders: Iterable[Path]) -> tuple[Path, ...]:
    """The newer backups of the same network that lie in some folders, the newest first."""
    found: dict[Path, Header] = {}
    for folder in folders:
        for each in backup.listed(folder):
            try:
                other = read_header(each)
            except PeerMatchError:
                continue
            if other.keys.store == header.keys.store and (other.made > header.made or other.seq > header.seq):
                found[each.resolve()] = other
    found.pop(path.resolve(), None)
    return tuple(sorted(found, key=lambda each: (found[each].made, found[each].seq), reverse=True))[:MOST]
