"""When a backup was last tried out on this computer, and how that went: days and one word, for each network."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from peermatch import paths
from peermatch.errors import PeerMatchError
from peermatch.store.own_notes import note, noted

WHOLE, DAMAGED, UNTRIED = "whole", "damaged", "untried"
OUTCOMES = (WHOLE, DAMAGED, UNTRIED)
DAYS = 30
"""A month without a trial that went well is long enough."""


@dataclass(frozen=True, slots=True)
class Noted:
    """The last trial: its day, the day of the backup, how it went, and when one went well last."""

    on: date
    backup: date
    outcome: str
    well: date | None


def last(store: str) -> Noted | None:
    """What is noted of a network; what cannot be read was never noted."""
    found = noted(_file(store))
    try:
        on, backup = (date.fromisoformat(str(found[name])) for name in ("on", "backup"))
        well = date.fromisoformat(str(found["well"])) if found.get("well") else None
    except (KeyError, ValueError):
        return None
    outcome = str(found.get("outcome"))
    return Noted(on, backup, outcome, well) if outcome in OUTCOMES else None


def due(store: str, today: date) -> bool:
    """Whether none went well for a month; a day still to come is a clock that was set back, and counts for nothing."""
    found = last(store)
    return found is None or found.well is None or not 0 <= (today - found.well).days < DAYS


def keep(store: str, on: date, backup: date, outcome: str) -> Noted:
    """Note a trial; a disk that takes no more lets it be made again at the next opening."""
    before = last(store)
    well = on if outcome == WHOLE else (before.well if before else None)
    values = {"on": on.isoformat(), "backup": backup.isoformat(), "outcome": outcome}
    with suppress(PeerMatchError):
        note(_file(store), values | ({"well": well.isoformat()} if well else {}))
    return Noted(on, backup, outcome, well)


def _file(store: str) -> Path:
    return paths.data_folder() / "restore-trials" / f"{store}.json"
