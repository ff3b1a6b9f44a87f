"""The monthly trial of a backup: it is restored for real, in a private folder beside the network, and taken away."""

import re
import secrets
import shutil
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from peermatch.errors import Damaged, PeerMatchError
from peermatch.store import backup, journal, vault
from peermatch.store.agreement import altered
from peermatch.store.backup import BackupFacts, Source
from peermatch.store.container import read_header
from peermatch.store.engine import engine_on, open_database, verify
from peermatch.store.keyfile import KeyFile
from peermatch.store.keys import StoreKey, check_mac, open_slot
from peermatch.store.place import make_network_folder
from peermatch.store.refusal import in_plain_words
from peermatch.store.sql import sql

_ROOM = re.compile(r"\..+\.trial-[0-9a-f]{12}")
HINT = "Make a new backup now, and have the disk looked at."


@dataclass(frozen=True, slots=True)
class Trial:
    """The backup that is to be tried, and its own key: neither passphrase nor the network's key is needed then."""

    path: Path
    made: datetime
    key: StoreKey
    slot: str


def prepared(source: Source, secret: vault.OnceDerived, slot: str) -> Trial | None:
    """The newest verified backup that the secret at hand opens as it opened the network; None where there is none.

    Where the keys were changed since the newest backup, the next one will do: one is made at the end of the day.
    """
    found = (
        each for each in backup.known(source) if each.verified and _same_slot(each, source.keyfile, slot)
    )
    newest = next(found, None)
    if newest is None:
        return None
    keyfile = read_header(newest.path).keys
    held = keyfile.slot(slot)
    key = open_slot(keyfile, held, secret.kek(held.kdf)) if held else None
    return Trial(newest.path, newest.made, key, slot) if key else None


def rehearse(trial: Trial, network: Path, now: datetime) -> Generator[None]:
    """Restore it, step by step, and look at what came of it; Damaged where it is not what it was made as.

    What stands in the room is encrypted, and goes at the end, however that comes.
    """
    from peermatch.store import restore  # with all that a restore carries over

    room = _room(network)
    try:
        made = room / "network"
        make_network_folder(made)
        with restore.opened_by_key(trial.path, trial.key, trial.slot, room) as opened:
            yield
            with in_plain_words(room):
                wanted = backup.rows(opened.connection)
            name, key = restore.put_back(opened, made, now)
        yield
        try:
            _refuse_unlike(made, name, key, wanted)
        finally:
            key.wipe()
    finally:
        trial.key.wipe()
        shutil.rmtree(room, ignore_errors=True)


def sweep(network: Path) -> None:
    """Delete the rooms of trials that were killed: only for who holds the network, for then no other is at work."""
    for place in (network.parent, network):
        for room in place.glob(f".{_bare(network)}.trial-*"):
            if _ROOM.fullmatch(room.name) and room.is_dir() and not room.is_symlink():
                shutil.rmtree(room, ignore_errors=True)


def _room(network: Path) -> Path:
    """A new folder for its owner alone, beside the network, or within it where nothing may be put beside it."""
    name = f".{_bare(network)}.trial-{secrets.token_hex(6)}"
    try:
        make_network_folder(network.parent / name)
    except PeerMatchError:
        make_network_folder(network / name)
        return network / name
    return network.parent / name


def _bare(network: Path) -> str:
    """The network's name without what would be a pattern in a search for files."""
    return re.sub(r"[\[\]*?]", "-", network.name)


def _same_slot(facts: BackupFacts, present: KeyFile, slot: str) -> bool:
    """Whether the way in that is used now was already there, and with the same secret, when the backup was made."""
    try:
        then, today = read_header(facts.path).keys.slot(slot), present.slot(slot)
    except PeerMatchError:
        return False
    return then is not None and today is not None and (then.pub, then.esk) == (today.pub, today.esk)


def _refuse_unlike(folder: Path, name: str, key: StoreKey, wanted: dict[str, int]) -> None:
    """What was restored, opened as a network is opened: keys, file, structure, every row, the journal's chain."""
    keyfile, from_copy = vault.read_keys(folder)
    check_mac(keyfile, key)
    if from_copy or keyfile.db != name:
        raise _unlike()
    with closing(open_database(folder / name, key)) as connection, in_plain_words(folder):
        found = backup.rows(connection)
        one_line_more = {**wanted, "journal": wanted["journal"] + 1}
        if verify(connection, thorough=True) or found != one_line_more:
            raise _unlike()
        with sql.Session(engine_on(connection)) as session:
            broken = journal.first_broken(session, backup.audit_key(connection))
            if broken is not None or any(altered(session)):
                raise _unlike()


def _unlike() -> Damaged:
    return Damaged("What was restored is not what the backup was made of.", HINT)
