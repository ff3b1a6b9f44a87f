"""What a network holds after a fault, as the program itself tells it: compared with what it must hold."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from peermatch.errors import Damaged, PeerMatchError
from peermatch.services.office import Doors, Services
from peermatch.services.shipped import Shipped
from peermatch.store import backup
from tests.networks import clock

# Drawn by chance at each hand-over, so two runs of one command differ in it.
BY_CHANCE = re.compile(r'"code": "[^"]*"')


@dataclass(frozen=True)
class Look:
    """The exit code that `check` would have, everything that is held, and backups that are not whole."""

    check: int
    said: str
    holds: str
    broken: tuple[str, ...] = ()


def look(folder: Path, secret: str, shipped: Shipped) -> Look:
    """Open what is left as anybody would, check it as `check` does, and read all of it."""
    try:
        services = Doors(shipped, clock, people_at_once=False).recover(folder, secret)
    except PeerMatchError as error:
        return Look(error.exit_code, str(error), "not to be opened")
    try:
        damage = services.upkeep.check().damage
        return Look(
            Damaged.exit_code if damage else 0, " ".join(damage), everything(services), broken_backups(folder)
        )
    finally:
        services.lock()


def everything(services: Services) -> str:
    """All that a person could miss: what is exported, the journal's lines, the decisions, and who can open it."""
    lines = [f"{line.seq} {line.action}" for line in reversed(services.upkeep.journal(10_000))]
    keys = sorted(f"{key.kind} {key.label} {key.name}" for key in services.keys.every())
    held = json.loads(services.upkeep.export())
    text = json.dumps({"held": held, "journal": lines, "keys": keys}, ensure_ascii=False, sort_keys=True)
    return BY_CHANCE.sub('"code": "?"', text)


def broken_backups(folder: Path) -> tuple[str, ...]:
    """Files that are called backups and are not whole."""
    return tuple(path.name for path in backup.listed(folder / backup.FOLDER) if not is_whole(path))


def is_whole(path: Path) -> bool:
    try:
        backup.check_whole(path)
    except PeerMatchError:
        return False
    return True
