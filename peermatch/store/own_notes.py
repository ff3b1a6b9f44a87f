"""Small files of this person on this computer, one JSON object each; what cannot be read was never noted."""

import json
from collections.abc import Mapping
from pathlib import Path

from peermatch import paths
from peermatch.store.atomic import write_atomic
from peermatch.store.system_refusal import refusal_of_system

LARGEST = 64 * 1024


def noted(file: Path) -> dict[str, object]:
    """What stands in a file; nothing where it is missing, damaged or too large."""
    try:
        with file.open("rb") as source:
            found = json.loads(source.read(LARGEST + 1))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def note(file: Path, values: Mapping[str, object]) -> None:
    """Put it there whole, for this person's eyes alone, or say in a sentence why that was not possible."""
    try:
        paths.make_private(paths.data_folder())
        if file.parent != paths.data_folder():
            paths.make_private(file.parent)
    except OSError as error:
        raise refusal_of_system(error, f"{file.name} could not be written") from None
    write_atomic(file, json.dumps(values, sort_keys=True).encode("ascii"))
