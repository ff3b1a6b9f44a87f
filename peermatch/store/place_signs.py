"""How a folder shows that a cloud service copies it, or that it lies on another computer."""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath

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
    "megasync": "MEGA",
}
ENVIRONMENT = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
# Words that other folders have as well: in somebody's home folder itself they are the services'.
AT_HOME = {
    "Box": "Box",
    "MEGA": "MEGA",
    "pCloudDrive": "pCloud",
    "pCloud Drive": "pCloud",
    "Seafile": "Seafile",
}
# What the services leave in the folder that they copy, whatever it is called.
LEFT_BEHIND = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".stfolder": "Syncthing",
    ".seafile-data": "Seafile",
    ".tmp.driveupload": "Google Drive",
    ".tmp.drivedownload": "Google Drive",
}
LEFT_BY_NEXTCLOUD = (".sync_*.db", "._sync_*.db")
# File systems of Linux and macOS that show what lies on another computer, or with a cloud service.
REMOTE = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "davfs", "fuse.sshfs", "9p", "ncpfs", "ceph"}
)
CLOUD = {
    "fuse.rclone": "a cloud service",
    "fuse.google-drive-ocamlfuse": "Google Drive",
    "fuse.onedriver": "OneDrive",
}
REMOTE_DRIVE = 4
"""What Windows says of a drive that is another computer's (GetDriveTypeW)."""
LARGEST = 64 * 1024
MOUNTS = Path("/proc/self/mounts")


def service_of(path: Path, environment: Mapping[str, str] = os.environ) -> str | None:
    """The cloud service that copies a folder, if any does; "a cloud service" where its name is not known."""
    places = (path.absolute(), Path(os.path.realpath(path)))
    named = next((found for place in places for part in place.parts if (found := _named(part))), None)
    return named or _by_root(places, environment) or _by_traces(places[1]) or CLOUD.get(_kind_of(places[1]))


def on_another_computer(path: PurePath, *, platform: str = sys.platform, mounts: Path = MOUNTS) -> bool:
    """Whether a folder lies on a network drive."""
    if platform == "win32":
        return path.drive.startswith("\\\\") or _drive_kind(path.drive) == REMOTE_DRIVE
    return _kind_of(Path(os.path.realpath(path)), mounts) in REMOTE


def _named(part: str) -> str | None:
    bare = part.casefold()
    return SYNCED.get(bare) or SYNCED.get(bare.partition(" - ")[0]) or SYNCED.get(bare.partition(" (")[0])


def _by_root(places: tuple[Path, ...], environment: Mapping[str, str]) -> str | None:
    for service, root in roots(environment):
        known = (root, Path(os.path.realpath(root)))  # the service's own folder may be a link to another disk
        if any(place.is_relative_to(each) for place in places for each in known):
            return service
    return None


def roots(environment: Mapping[str, str] = os.environ) -> Iterator[tuple[str, Path]]:
    """The folders that services on this computer say they copy, wherever they lie and whatever they are called."""
    yield from (("OneDrive", Path(environment[name])) for name in ENVIRONMENT if environment.get(name))
    yield from (("OneDrive", place) for place in _onedrive_accounts())
    for home in filter(None, (environment.get(name, "") for name in ("HOME", "USERPROFILE"))):
        yield from ((service, Path(home, name)) for name, service in AT_HOME.items())
    for home in filter(None, (environment.get(name, "") for name in ("HOME", "APPDATA", "LOCALAPPDATA"))):
        yield from (("Dropbox", place) for place in _dropbox_accounts(Path(home)))


def _dropbox_accounts(home: Path) -> Iterator[Path]:
    """Dropbox notes where its folders are; a note that cannot be read says nothing."""
    for file in (home / ".dropbox" / "info.json", home / "Dropbox" / "info.json"):
        try:
            with file.open("rb") as source:
                found = json.loads(source.read(LARGEST))
        except (OSError, ValueError, RecursionError):
            continue
        accounts = found.values() if isinstance(found, dict) else ()
        listed = (each.get("path") for each in accounts if isinstance(each, dict))
        yield from (Path(each) for each in listed if isinstance(each, str) and Path(each).is_absolute())


def _by_traces(place: Path) -> str | None:
    for folder in (place, *place.parents):
        try:
            found = next((name for mark, name in LEFT_BEHIND.items() if _left(folder / mark)), None)
            if found or any(next(folder.glob(mark), None) for mark in LEFT_BY_NEXTCLOUD):
                return found or "Nextcloud"
        except OSError:
            continue  # a folder that may not be looked into tells nothing
    return None


def _left(mark: Path) -> bool:
    """Dropbox keeps its own notes in a folder of this name, in the home folder, which it does not copy."""
    return mark.exists() and not (mark.name == ".dropbox" and mark.is_dir())


def _kind_of(place: Path, mounts: Path = MOUNTS) -> str:
    """The file system that a place lies on, as Linux tells it; "" where nothing tells."""
    try:
        lines = mounts.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    best, kind = -1, ""
    for line in lines:
        words = line.split()
        if len(words) < 3:
            continue
        at = Path(words[1].replace("\\040", " "))
        if len(at.parts) >= best and place.is_relative_to(at):  # what is mounted later lies above
            best, kind = len(at.parts), words[2].casefold()
    return kind


if sys.platform == "win32":  # pragma: no cover - Windows only
    import ctypes
    import winreg

    def _drive_kind(drive: str) -> int:
        return int(ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\"))

    def _onedrive_accounts() -> list[Path]:
        found = []
        try:
            with winreg.OpenKey(
                winreg.HKEY_CURRENT_USER, "Software\\Microsoft\\OneDrive\\Accounts"
            ) as accounts:
                for number in range(winreg.QueryInfoKey(accounts)[0]):
                    with winreg.OpenKey(accounts, winreg.EnumKey(accounts, number)) as account:
                        found.append(Path(winreg.QueryValueEx(account, "UserFolder")[0]))
        except OSError:
            return found
        return found

else:

    def _drive_kind(_drive: str) -> int:
        """Drives have no letters here."""
        return 0

    def _onedrive_accounts() -> list[Path]:
        """OneDrive keeps no list of its folders here."""
        return []
