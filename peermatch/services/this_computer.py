"""What a person chose for this computer alone: a small file of settings, and never a word about anybody."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import peermatch
from peermatch import paths
from peermatch.store.atomic import write_atomic

LARGEST_FILE = 64 * 1024
LARGEST_LENGTH = 100_000
LARGEST_SCALE = 200
SCHEMES = ("system", "light", "dark", "high-contrast")
LONGEST_VERSION = 40
NARROWEST, NARROW, USUAL, WIDE, WIDEST = 60, 80, 100, 135, 240
"""How wide lists beside a record are, in per cent of the design; three are offered, any can be drawn by hand."""


@dataclass(frozen=True, slots=True)
class WindowPlace:
    """Where the window stood when it was last closed, and how large it was when it did not fill the screen."""

    left: int
    top: int
    width: int
    height: int
    full: bool = False


@dataclass(frozen=True, slots=True)
class Preferences:
    """The choices of this computer.

    ``uncaptured``: screenshots and shared screens leave the window out; ``told``: the system says, without content,
    that something waits. Both are off until somebody wishes them. ``scheme``, ``scale`` and
    ``lists`` are the look, ``place`` is where the window stood, and ``seen`` the version whose news were shown last.
    """

    uncaptured: bool = False
    told: bool = False
    scheme: str = SCHEMES[0]
    scale: int = 100
    lists: int = USUAL
    seen: str = ""
    place: WindowPlace | None = None


def preferences(file: Path | None = None) -> Preferences:
    """What was chosen; what cannot be read or is not known was not."""
    try:
        with (file or _file()).open("rb") as source:
            found = json.loads(source.read(LARGEST_FILE))
    except (OSError, ValueError, RecursionError):
        return Preferences()
    known = found if isinstance(found, dict) else {}
    read = {name: reader(known[name]) for name, reader in _READERS.items() if name in known}
    return Preferences(**{name: value for name, value in read.items() if value is not None})


def prefer(wanted: Preferences, file: Path | None = None) -> None:
    """Remember all choices, or say in a sentence why that is not possible."""
    place = file or _file()
    paths.make_private(place.parent)
    write_atomic(place, json.dumps(asdict(wanted)).encode())


def choose(file: Path | None = None, /, **wanted: object) -> None:
    """Remember these choices beside the others; nothing is written where nothing is new."""
    before = preferences(file)
    after = replace(before, **wanted)  # type: ignore[arg-type]  # callers name fields of Preferences
    if after != before:
        prefer(after, file)


def news_of_upgrade(file: Path | None = None, running: str = peermatch.__version__) -> str:
    """The version that runs, told once where another one ran here before; nothing on a computer that had none."""
    seen = preferences(file).seen
    choose(file, seen=running)
    return running if seen not in ("", running) else ""


def _of_kind(kind: type, value: object) -> Any:
    return value if type(value) is kind else None


def _scheme(value: object) -> str | None:
    return value if isinstance(value, str) and value in SCHEMES else None


def _scale(value: object) -> int | None:
    return value if type(value) is int and 100 <= value <= LARGEST_SCALE else None


def _lists(value: object) -> int | None:
    return value if type(value) is int and NARROWEST <= value <= WIDEST else None


def _version(value: object) -> str | None:
    return value[:LONGEST_VERSION] if isinstance(value, str) and value.isprintable() else None


def _place(value: object) -> WindowPlace | None:
    if not isinstance(value, dict):
        return None
    lengths = [value.get(name) for name in ("left", "top", "width", "height")]
    whole = [each for each in lengths if type(each) is int and abs(each) <= LARGEST_LENGTH]
    if len(whole) < len(lengths) or min(whole[2:]) <= 0:
        return None
    left, top, width, height = whole
    return WindowPlace(left, top, width, height, full=value.get("full") is True)


_READERS: Mapping[str, Callable[[object], Any]] = {
    "uncaptured": partial(_of_kind, bool),
    "told": partial(_of_kind, bool),
    "scheme": _scheme,
    "scale": _scale,
    "lists": _lists,
    "seen": _version,
    "place": _place,
}


def _file() -> Path:
    return paths.data_folder() / "settings.json"
