"""What a person chose for this computer alone: a small file of settings, and never a word about anybody."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from peermatch import paths
from peermatch.store.atomic import write_atomic

LARGEST_FILE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Preferences:
    """``uncaptured``: screenshots and shared screens leave the window out. It is off until somebody wishes it."""

    uncaptured: bool = False


def preferences(file: Path | None = None) -> Preferences:
    """What was chosen; what cannot be read or is not known was not."""
    try:
        with (file or _file()).open("rb") as source:
            found = json.loads(source.read(LARGEST_FILE))
    except (OSError, ValueError, RecursionError):
        return Preferences()
    known = found if isinstance(found, dict) else {}
    return Preferences(
        **{f.name: known[f.name] for f in fields(Preferences) if type(known.get(f.name)) is bool}
    )


def prefer(wanted: Preferences, file: Path | None = None) -> None:
    """Remember a choice, or say in a sentence why that is not possible."""
    place = file or _file()
    paths.make_private(place.parent)
    write_atomic(place, json.dumps(asdict(wanted)).encode())


def _file() -> Path:
    return paths.data_folder() / "settings.json"
