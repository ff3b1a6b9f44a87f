"""Where a network may live: a folder for its owner only, never one that a cloud service copies."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from peermatch.errors import BadInput, Refused
from peermatch.managed import Managed, managed
from peermatch.store.place_signs import service_of
from peermatch.store.system_refusal import known_as, refusal_of_system


def refuse_place(folder: Path, decided: Managed | None = None) -> None:
    """Refuse a place where no network may live: copied by a service, or not among those that are allowed here."""
    refuse_synced(folder)
    rules = managed() if decided is None else decided
    if not rules.allows(folder):
        allowed = " or ".join(str(each) for each in rules.network_folders)
        raise Refused(
            "Your organisation does not allow a network in this folder.", f"Choose a place in {allowed}."
        )


def refuse_synced(path: Path, environment: Mapping[str, str] = os.environ) -> None:
    """BadInput where a sync service would copy half-written files; only backups may lie there."""
    service = service_of(path, environment)
    if service:
        raise BadInput(
            f"A network cannot live in a folder that {service} copies: copying breaks it.",
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
        raise refusal_of_system(error, f"The folder {known_as(folder)} could not be made") from None
    if sys.platform == "win32":  # pragma: no cover - Windows only
        from peermatch.store.windows_access import owner_alone

        owner_alone(folder)


def make_private_file(path: Path) -> None:
    """A new empty file that only its owner may read, whatever the umask; BadInput where one is there."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise BadInput(f"There is already a file {path.name}.", "Choose another folder.") from None
    except OSError as error:
        raise refusal_of_system(error, f"{known_as(path)} could not be made") from None


def others_may_enter(folder: Path) -> bool:
    """Whether people other than the owner may look into a folder, where the system says so in its mode."""
    if os.name != "posix":
        return False
    try:
        return bool(folder.stat().st_mode & 0o077)
    except OSError:
        return False
