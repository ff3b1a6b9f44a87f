"""Where else this computer puts backups: one folder for each network, remembered beside the last one opened."""

import json
from pathlib import Path

from peermatch import paths
from peermatch.errors import BadInput
from peermatch.managed import managed
from peermatch.store.atomic import write_atomic
from peermatch.store.system_refusal import refusal_of_system

LARGEST = 64 * 1024


def second_place(store: str) -> Path | None:
    """The folder for the backups of a network on this computer: the organisation's, else the one somebody chose."""
    decided = managed().backups_folder
    if decided is not None:
        return decided
    place = _places().get(store)
    return Path(place) if place else None


def set_second_place(store: str, network: Path, folder: Path | None) -> None:
    """Remember a folder, or none; one that is not there, or lies in the network itself, is bad input."""
    if folder is not None:
        folder = folder.absolute()
        if not folder.is_dir():
            raise BadInput(f"There is no folder {folder}.", "Choose a folder that exists.")
        if folder.resolve().is_relative_to(network.resolve()):
            raise BadInput("This folder lies inside the network itself.", "Choose a folder on another disk.")
    places = _places()
    places.pop(store, None)
    if folder is not None:
        places[store] = str(folder)
    try:
        paths.make_private(paths.data_folder())
    except OSError as error:
        raise refusal_of_system(error, "The folder could not be remembered") from None
    write_atomic(_file(), json.dumps(places, sort_keys=True).encode("ascii"))


def _file() -> Path:
    return paths.data_folder() / "backup-places"


def _places() -> dict[str, str]:
    """What was remembered; a file that cannot be read is as none, for it holds nothing that is lost by that."""
    try:
        with _file().open("rb") as source:
            found = json.loads(source.read(LARGEST + 1))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(store): place for store, place in found.items() if isinstance(place, str)}
