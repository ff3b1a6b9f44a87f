"""Where a network may live: a folder for its owner only, never one that a cloud service copies."""

import os
from collections.abc import Mapping
from pathlib import Path

from peermatch.errors import BadInput
from peermatch.store.system_refusal import refusal_of_system

# How the services name their folders; "OneDrive - NHS" and "Dropbox (Personal)" begin the same way.
SYNCED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "icloud": "iCloud",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "cloudstorage": "a cloud service",
    "box sync": "Box",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
}
ENVIRONMENT = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")


def refuse_synced(path: Path, environment: Mapping[str, str] = os.environ) -> None:
    """BadInput where a sync service would copy half-written files; only backups may lie there."""
    places = (path.absolute(), path.resolve())
    service = next((found for place in places for part in place.parts if (found := _service(part))), None)
    rooted = any(place.is_relative_to(root) for root in _roots(environment) for place in places)
    if service or rooted:
        raise BadInput(
            f"A network cannot live in a folder that {service or 'OneDrive'} copies: copying breaks it.",
            "Choose a folder on this computer; backups may go there.",
        )


def make_network_folder(folder: Path) -> None:
    """A new folder that only its owner may enter, whatever the umask; BadInput where something is there."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.mkdir(mode=0o700)
        folder.chmod(0o700)
    except FileExistsError:
        raise BadInput(f"There is already something at {folder}.", "Choose another name.") from None
    except OSError as error:
        raise refusal_of_system(error, f"The folder {folder.name} could not be made") from None


def make_private_file(path: Path) -> None:
    """A new empty file that only its owner may read, whatever the umask; BadInput where one is there."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise BadInput(f"There is already a file {path.name}.", "Choose another folder.") from None
    except OSError as error:
        raise refusal_of_system(error, f"{path.name} could not be made") from None


def _service(part: str) -> str | None:
    bare = part.casefold()
    return SYNCED.get(bare) or SYNCED.get(bare.partition(" - ")[0]) or SYNCED.get(bare.partition(" (")[0])


def _roots(environment: Mapping[str, str]) -> list[Path]:
    return [Path(environment[name]) for name in ENVIRONMENT if environment.get(name)]
