"""Looks at a frozen program before it is wrapped: is all there, is nothing needless there, does nothing tell of us?"""

from __future__ import annotations

import ast
import json
import os
from collections.abc import Iterator
from pathlib import Path

from frozen_parts import DATA_FOLDERS, NOT_SHIPPED, QT_LIBRARIES, ROOT, data_files
from program_facts import Facts

NEEDLESS = (
    *(
        "QtNetwork",
        "Qt6Network",
        "QtQml",
        "Qt6Qml",
        "Qt6Quick",
        "Qt6Pdf",
        "QtWebEngine",
        "Qt6VirtualKeyboard",
    ),
    *(
        "libgtk",
        "libgdk",
        "libqgtk3",
        "libqeglfs",
        "libqvnc",
        "libqlinuxfb",
        "_tkinter",
        "_ssl.",
        "_sqlite3.cpython",
    ),
    *("libssl", "setuptools", "libsqlite3", "opengl32sw"),
)
"""Parts of names that have no business here: nothing in the program speaks over the internet, for one."""
ALLOWED = ("sqlcipher3/",)
"""Here a name of that list is right: SQLCipher calls its own library after SQLite's."""
HEAVIEST_MB = 360
LICENCES = "resources/licences"


def complaints(inside: Path, facts: Facts, platform: str, root: Path = ROOT) -> list[str]:
    """Everything that is wrong with a frozen program, each in one sentence; nothing if all is well."""
    return [
        *absent(inside, root),
        *needless(inside),
        *dangling(inside),
        *licences(inside, facts),
        *heavy(inside),
        *(without_screen(inside) if platform.startswith("linux") else ()),
    ]


def absent(inside: Path, root: Path) -> Iterator[str]:
    """Data files of the source that did not come along, or came along changed."""
    for source, place in data_files(root):
        copy = inside / place / source.name
        if not copy.is_file():
            yield f"{place}/{source.name} is missing."
        elif copy.read_bytes() != source.read_bytes():
            yield f"{place}/{source.name} is not what stands in the source."


def unfound(noted: Path, root: Path = ROOT) -> list[str]:
    """Modules of the program that the recipe did not find: many are loaded late, and some by a name alone."""
    _, found = ast.literal_eval(noted.read_text(encoding="utf-8"))
    inside = {name for name, *_ in found}
    return [f"The module {name} is missing." for name in own_modules(root) if name not in inside]


def own_modules(root: Path) -> Iterator[str]:
    """The name of every module of the source, but for those that go in as data."""
    for file in sorted((root / "peermatch").rglob("*.py")):
        place = file.relative_to(root)
        if not place.as_posix().startswith(DATA_FOLDERS):
            yield ".".join(place.with_suffix("").parts).removesuffix(".__init__")


def needless(inside: Path) -> Iterator[str]:
    """What nobody needs to carry."""
    for file in sorted(inside.rglob("*")):
        place = file.relative_to(inside).as_posix()
        if place.startswith(NOT_SHIPPED) and file.is_file():
            yield f"{place} is not for those who use the program."
        elif any(name in file.name for name in NEEDLESS) and not place.startswith(ALLOWED):
            yield f"{place} is needless."
        elif file.name.endswith(".qm") and not place.startswith("resources/"):
            yield f"{place} is a translation that nobody sees."
        elif "__pycache__" in file.parts and place.startswith(("resources", "peermatch")):
            yield f"{place} was left behind by a run of the source."


def dangling(inside: Path) -> Iterator[str]:
    """Links that lead nowhere, and links that lead out."""
    for file in sorted(inside.rglob("*")):
        if file.is_symlink() and not file.exists():
            yield f"{file.relative_to(inside).as_posix()} is a link to nothing."
        elif file.is_symlink() and Path(os.path.realpath(inside)) not in file.resolve().parents:
            yield f"{file.relative_to(inside).as_posix()} is a link out of the program."


def licences(inside: Path, facts: Facts) -> Iterator[str]:
    """The licences of all that is inside, and the list of it, must be there and be of this version."""
    text, bill = inside / LICENCES / "third-party.txt", inside / LICENCES / "peermatch.cdx.json"
    if not text.is_file() or "GNU LESSER GENERAL PUBLIC LICENSE" not in text.read_text(encoding="utf-8"):
        yield "The licences of what is inside are missing."
    if not bill.is_file():
        yield "The list of what is inside is missing."
    elif json.loads(bill.read_text(encoding="utf-8"))["metadata"]["component"]["version"] != facts.version:
        yield "The list of what is inside is of another version."


def heavy(inside: Path) -> Iterator[str]:
    """More than it should weigh: something came along that nobody asked for."""
    megabytes = sum(file.lstat().st_size for file in inside.rglob("*") if file.is_file()) / 1e6
    if megabytes > HEAVIEST_MB:
        yield f"It weighs {megabytes:.0f} MB, more than {HEAVIEST_MB}."


def without_screen(inside: Path) -> Iterator[str]:
    """What Qt needs to open a window on Linux; the system that builds has it anyway and hides that it is missing."""
    wanted = [f"PySide6/Qt/lib/libQt6{name}.so.6" for name in QT_LIBRARIES]
    wanted += [f"PySide6/Qt/plugins/platforms/libq{name}.so" for name in ("xcb", "wayland", "offscreen")]
    wanted += ["libxcb-cursor.so.0", "libxcb-render.so.0", "libxcb-render-util.so.0", "libxkbcommon-x11.so.0"]
    for place in wanted:
        if not (inside / place).exists():
            yield f"{place} is missing: no window would open on a bare system."
