"""What the organisation that looks after this computer has decided for everybody who uses PeerMatch on it.

An administrator writes a small file, or on Windows sets values by group policy; people cannot change either. Every
value only narrows what the program does by itself: no policy opens a way that would be closed without one. Where a
policy cannot be read, the strict values hold until somebody puts it right, for nobody knows what was meant.
"""

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

LARGEST = 64 * 1024
STRICT_MINUTES = 5
LONGEST_MINUTES = 24 * 60
REGISTRY = "Software\\Policies\\PeerMatch"
LOCK, KEYCHAIN, FOLDERS, BACKUPS = "lock_after_minutes", "keychain", "network_folders", "backups_folder"
VALUES = (LOCK, KEYCHAIN, FOLDERS, BACKUPS)
"""What a policy may set: the names in the file, in the property list and in the registry."""

Given = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Managed:
    """What holds on this computer. Without a policy nothing is narrowed.

    ``lock_minutes``: the longest time without use before a window locks. ``keychain``: whether this computer may open
    networks by itself. ``network_folders``: where networks may lie. ``backups_folder``: where each backup is put too.
    ``fault`` says in a sentence what is wrong with the policy, if anything is.
    """

    lock_minutes: int | None = None
    keychain: bool = True
    network_folders: tuple[Path, ...] = ()
    backups_folder: Path | None = None
    fault: str = ""

    def allows(self, place: Path) -> bool:
        """Whether a network may lie there, with all links on the way followed."""
        if not self.network_folders:
            return True
        where = os.path.realpath(place)  # says nothing of links that lead in a circle
        return any(Path(where).is_relative_to(os.path.realpath(each)) for each in self.network_folders)


STRICT = Managed(lock_minutes=STRICT_MINUTES, keychain=False)


def managed(files: Iterable[Path] | None = None) -> Managed:
    """What is decided on this computer now, by all policies that are found."""
    found = [_of_file(file) for file in (policy_files() if files is None else files)]
    return combined([*_of_registry(), *(each for each in found if each is not None)])


def policy_files(
    platform: str = sys.platform, environment: Mapping[str, str] = os.environ
) -> tuple[Path, ...]:
    """The files that an administrator may write, the weightiest first; people without that right cannot."""
    if platform == "win32":
        # A person may put another folder into the variable: the usual one is read too, and nothing is widened.
        known = dict.fromkeys(("C:\\ProgramData", environment.get("PROGRAMDATA") or "C:\\ProgramData"))
        return tuple(Path(each) / "PeerMatch" / "policy.toml" for each in known)
    if platform == "darwin":
        library = Path("/Library")
        kept = (library / "Managed Preferences", library / "Preferences")
        return (*(each / "peermatch.plist" for each in kept), library / "PeerMatch" / "policy.toml")
    # What a person puts into this variable can narrow things, and widens nothing: the usual places come first.
    others = environment.get("XDG_CONFIG_DIRS", "").split(":")
    folders = dict.fromkeys(("/etc", "/etc/xdg", *(each for each in others if each.startswith("/"))))
    return tuple(Path(each) / "peermatch" / "policy.toml" for each in folders)


def combined(policies: Iterable[Managed]) -> Managed:
    """Several policies as one: the shortest time, the stricter yes or no, and the first that names folders."""
    whole = Managed()
    for each in policies:
        times = [time for time in (whole.lock_minutes, each.lock_minutes) if time is not None]
        whole = Managed(
            lock_minutes=min(times, default=None),
            keychain=whole.keychain and each.keychain,
            network_folders=whole.network_folders or each.network_folders,
            backups_folder=whole.backups_folder or each.backups_folder,
            fault=whole.fault or each.fault,
        )
    return whole


def parse(given: Given, where: str) -> Managed:
    """The policy that these values make; what is not understood leaves the strict value in its place."""
    wrong = [name for name in given if name not in VALUES]
    read: dict[str, object] = {}
    for name, reader in _READERS.items():
        if name in given:
            value = reader(given[name])
            read[name] = value
            wrong += [name] if value is None else []
    if not wrong:
        return _made(read, Managed())
    told = ", ".join(sorted(each if each.isidentifier() else "an unknown value" for each in wrong))
    return replace(_made(read, STRICT), fault=_fault(where, f"{told} is not understood"))


def _made(read: Mapping[str, object], otherwise: Managed) -> Managed:
    """The values that were read, and others where nothing was."""
    minutes, keychain = read.get(LOCK), read.get(KEYCHAIN)
    folders, backups = read.get(FOLDERS), read.get(BACKUPS)
    return Managed(
        lock_minutes=minutes if isinstance(minutes, int) else otherwise.lock_minutes,
        keychain=keychain if isinstance(keychain, bool) else otherwise.keychain,
        network_folders=folders if isinstance(folders, tuple) else otherwise.network_folders,
        backups_folder=backups if isinstance(backups, Path) else otherwise.backups_folder,
    )


def _fault(where: str, why: str) -> str:
    return f"The policy of this computer ({where}) cannot be followed: {why}. The strict settings hold."


def _of_file(file: Path) -> Managed | None:
    """The policy in one file, TOML or a property list; None where there is no file."""
    try:
        with file.open("rb") as source:
            raw = source.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return replace(STRICT, fault=_fault(file.name, "it cannot be read"))
    if len(raw) > LARGEST:
        return replace(STRICT, fault=_fault(file.name, "it is too large"))
    given = _property_list(raw) if file.suffix == ".plist" else _toml(raw)
    if given is None:
        return replace(STRICT, fault=_fault(file.name, "it is not written as such a file is"))
    return parse(given, file.name)


def _toml(raw: bytes) -> Given | None:
    import tomllib  # where nobody set a policy it is not needed

    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None


def _property_list(raw: bytes) -> Given | None:
    import plistlib
    from xml.parsers.expat import ExpatError

    try:
        found = plistlib.loads(raw)
    except (plistlib.InvalidFileException, ExpatError, ArithmeticError, *_NO_PROPERTY_LIST):
        return None
    if not isinstance(found, dict) or not all(isinstance(name, str) for name in found):
        return None
    # What manages a Mac writes down in the same list which of its profiles the values came from.
    return {name: value for name, value in found.items() if not name.startswith("Payload")}


_NO_PROPERTY_LIST = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What plistlib lets through of what it did not expect, such as a day that is none."""


def _minutes(value: object) -> int | None:
    return value if type(value) is int and 1 <= value <= LONGEST_MINUTES else None


def _yes_or_no(value: object) -> bool | None:
    """The registry has no such kind of value: there 0 and 1 stand for it."""
    if type(value) is int and value in (0, 1):
        return bool(value)
    return value if isinstance(value, bool) else None


def _folder(value: object) -> Path | None:
    """A whole path; ``~`` and variables stand for each person's own."""
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        return None
    try:
        place = Path(os.path.expandvars(value.strip())).expanduser()
    except RuntimeError:  # the home folder of somebody whom this computer does not know
        return None
    return place if place.is_absolute() else None


def _folders(value: object) -> tuple[Path, ...] | None:
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not listed:
        return None
    places = [_folder(each) for each in listed]
    known = tuple(place for place in places if place is not None)
    return known if len(known) == len(places) else None


_READERS = {LOCK: _minutes, KEYCHAIN: _yes_or_no, FOLDERS: _folders, BACKUPS: _folder}

if sys.platform == "win32":  # pragma: no cover - Windows only
    import winreg

    def _of_registry() -> list[Managed]:
        """What group policy says for the computer, and for the person; Windows lets people write neither."""
        found = []
        for hive in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
            try:
                with winreg.OpenKey(hive, REGISTRY) as key:
                    values = [
                        winreg.EnumValue(key, number)[:2] for number in range(winreg.QueryInfoKey(key)[1])
                    ]
            except FileNotFoundError:
                continue
            except OSError:
                found.append(replace(STRICT, fault=_fault("registry", "it cannot be read")))
                continue
            found.append(parse(dict(values), "registry"))
        return found

else:

    def _of_registry() -> list[Managed]:
        """There is no registry here."""
        return []
