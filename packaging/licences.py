"""Writes down all that a frozen program is made of: the licences for people, a CycloneDX list for machines.

Run by the build's own Python on what PyInstaller noted: ``licences.py WORK INSIDE``. A library counts as inside when
one of its files is; what was taken from the system counts by its package.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
import shutil
import subprocess
import sys
import sysconfig
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import Distribution, distributions
from pathlib import Path

from program_facts import Facts, facts

ROOT = Path(__file__).resolve().parent.parent
TEXTS = Path(__file__).resolve().parent / "licences"
FOLDER = Path("resources") / "licences"
PAGE = Path("resources") / "documents" / "made-of.md"
"""A page of the help that only the frozen program has: what it is made of."""
LICENCE_NAME = re.compile(r"(licen[cs]e|copying|notice)", re.IGNORECASE)
LONGEST_NAME = 200
RULE = "=" * 100
QT_NOTE = """Qt and PySide6 are used under the GNU Lesser General Public License, version 3. They stand in the folder
PySide6 beside this program as libraries of their own: you may replace them by your own build of the same version. Their
source is published by The Qt Company under the names qtbase, qtsvg, qtwayland and pyside-setup."""
SHIPPED = (  # what is not a library: name, version, licence, file of the licence
    ("Inter (typeface)", "", "OFL-1.1", "resources/fonts/LICENSE.txt"),
    ("Lucide icons", "", "ISC", "resources/icons/LICENSE"),
    ("EFF large word list", "", "CC-BY-3.0-US", "resources/words/README.md"),
)


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """One thing that is inside, who made it apart."""

    name: str
    version: str
    licence: str
    texts: tuple[str, ...]
    purl: str = ""


def main(work: Path, inside: Path) -> None:
    """Look at what PyInstaller found, and write both files into the program."""
    known = facts()
    parts = [
        *libraries(sources(work)),
        *of_system(sources(work), inside),
        python_itself(),
        frozen_by(),
        *shipped(),
    ]
    parts = sorted(set(parts), key=lambda part: (part.name.lower(), part.version))
    folder = inside / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "third-party.txt").write_text(as_text(parts, known), encoding="utf-8")
    bill = json.dumps(as_bill(parts, known), indent=2, ensure_ascii=False)
    (folder / "peermatch.cdx.json").write_text(bill + "\n", encoding="utf-8")
    (inside / PAGE).write_text(as_page(parts, known), encoding="utf-8")
    print(f"{len(parts)} parts are inside; their licences are in {FOLDER.as_posix()}.")


def sources(work: Path) -> set[Path]:
    """Every file that went in, where it came from: PyInstaller keeps lists of them."""
    found: set[Path] = set()
    for name in ("PYZ-00.toc", "COLLECT-00.toc", "EXE-00.toc"):
        if (work / name).is_file():
            found.update(_paths(ast.literal_eval((work / name).read_text(encoding="utf-8"))))
    return found


def _paths(value: object) -> Iterator[Path]:
    if isinstance(value, list | tuple):
        if len(value) == 3 and all(isinstance(each, str) for each in value) and value[1]:
            yield Path(value[1])
        else:
            for each in value:
                yield from _paths(each)


def libraries(files: Iterable[Path]) -> Iterator[Part]:
    """The installed libraries of which at least one file went in."""
    went_in = {str(file) for file in files}
    for library in distributions():
        own = {str(library.locate_file(file)) for file in library.files or ()}
        code = {path for path in own if ".dist-info" not in path}
        if code & went_in and library.metadata["Name"].lower() != "pyinstaller":
            yield library_part(library)


def library_part(library: Distribution) -> Part:
    """A library as it describes itself."""
    name, version = library.metadata["Name"], library.version
    kept = sorted(str(file) for file in library.files or () if is_licence(str(file)))
    texts = [
        Path(str(library.locate_file(file))).read_text(encoding="utf-8", errors="replace") for file in kept
    ]
    if name.lower().startswith(("pyside6", "shiboken6")):
        texts = [QT_NOTE, *(text.read_text(encoding="utf-8") for text in sorted(TEXTS.glob("*GPL-3.0.txt")))]
    plain = re.sub(r"[-_.]+", "-", name).lower()
    return Part(
        name, version, said_licence(library), tuple(dict.fromkeys(texts)), f"pkg:pypi/{plain}@{version}"
    )


def is_licence(file: str) -> bool:
    """Whether a file beside a library's description is a text of its licence."""
    path = Path(file)
    return any(part.endswith(".dist-info") for part in path.parts) and bool(
        LICENCE_NAME.match(path.name.split("/")[-1])
    )


def said_licence(library: Distribution) -> str:
    """What a library says of its licence, in few words."""
    said = library.metadata
    plain = next((said[field] for field in ("License-Expression", "License") if said[field]), "")
    if plain and len(plain) <= LONGEST_NAME and "\n" not in plain and plain != "Dual License":
        return str(plain)
    listed = [
        each.rsplit(" :: ", 1)[1]
        for each in said.get_all("Classifier") or ()
        if each.startswith("License ::")
    ]
    return " or ".join(listed) or "see its text"


def of_system(files: Iterable[Path], inside: Path) -> Iterator[Part]:
    """The libraries that were taken from a Debian system, by the packages that they belong to."""
    if shutil.which("dpkg-query") is None:
        return
    own = {path.name for path in inside.glob("*.so*") if not path.is_symlink()}
    taken = sorted({file.resolve() for file in files if file.name in own and file.is_absolute()})
    for package, version in sorted({owner for file in taken for owner in owners(file)}):
        text = Path("/usr/share/doc") / package / "copyright"
        if text.is_file():
            told = text.read_text(encoding="utf-8", errors="replace")
            yield Part(package, version, "see its text", (told,), f"pkg:deb/debian/{package}@{version}")


def owners(file: Path) -> Iterator[tuple[str, str]]:
    """The Debian package that a file belongs to, and its version."""
    for place in (str(file), str(file).removeprefix("/usr")):
        asked = subprocess.run(["dpkg-query", "--search", place], capture_output=True, text=True, check=False)
        if asked.returncode == 0:
            package = asked.stdout.split(":")[0]
            show = ["dpkg-query", "--show", "--showformat=${Version}\n", package]
            version = subprocess.run(show, capture_output=True, text=True, check=True).stdout.split("\n")[0]
            yield package, version
            return


def python_itself() -> Part:
    """Python, which is inside too."""
    places = (Path(sysconfig.get_path("stdlib")) / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt")
    text = next(
        (place.read_text(encoding="utf-8") for place in places if place.is_file()), "See docs.python.org."
    )
    version = ".".join(map(str, sys.version_info[:3]))
    return Part("Python", version, "PSF-2.0", (text,), f"pkg:generic/python@{version}")


def frozen_by() -> Part:
    """PyInstaller's starter, which becomes a part of the program."""
    library = next(each for each in distributions() if each.metadata["Name"].lower() == "pyinstaller")
    part = library_part(library)
    return Part(
        "PyInstaller bootloader",
        part.version,
        "GPL-2.0-or-later WITH Bootloader-exception",
        part.texts,
        part.purl,
    )


def shipped() -> Iterator[Part]:
    """What comes with the program and is no library."""
    for name, version, licence, file in SHIPPED:
        yield Part(name, version, licence, ((ROOT / file).read_text(encoding="utf-8"),))


def as_text(parts: list[Part], known: Facts) -> str:
    """All licences, first in a list, then each in full; a text that several share stands once."""
    widest = max(len(part.name) for part in parts)
    table = [f"{part.name:<{widest}}  {part.version:<14}  {part.licence}" for part in parts]
    texts: dict[str, list[str]] = {}
    for part in parts:
        for text in part.texts:
            texts.setdefault(text.strip(), []).append(part.name)
    full = [f"{RULE}\n{', '.join(dict.fromkeys(names))}\n{RULE}\n\n{text}\n" for text, names in texts.items()]
    head = (
        f"{known.title} {known.version} is free software under the {known.licence} licence. It is made of the parts "
        "below, each under its own licence."
    )
    return "\n".join([head, "", *table, "", QT_NOTE, "", *full])


def as_page(parts: list[Part], known: Facts) -> str:
    """The list as a page of the help, offline as all of it."""
    rows = [f"| {part.name} | {part.version} | {part.licence.replace('|', '/')} |" for part in parts]
    lines = [
        f"# About {known.title}",
        "Also: about, version, licence, open source, SBOM, made of",
        "",
        f"This is {known.title} {known.version}, made from the source of {known.day}. It is free software under the "
        f"{known.licence} licence.",
        "",
        f"It is made of {len(parts)} parts, each under its own licence. The full texts are in `third-party.txt` in the "
        "folder `resources/licences` of the program. The same list for machines (CycloneDX) is beside it.",
        "",
        QT_NOTE.replace("\n", " "),
        "",
        "## Parts",
        "| Part | Version | Licence |",
        "|---|---|---|",
        *rows,
    ]
    return "\n".join(lines) + "\n"


def as_bill(parts: list[Part], known: Facts) -> dict[str, object]:
    """The same as CycloneDX 1.6; its number follows from what it says, so that the same parts give the same file."""
    components = [as_component(part) for part in parts]
    content = json.dumps([known.version, components]).encode("utf-8")
    number = uuid.UUID(bytes=hashlib.sha256(content).digest()[:16], version=5)
    program = {"type": "application", "bom-ref": "peermatch", "name": known.title, "version": known.version}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{number}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(known.moment, UTC).isoformat(),
            "component": {**program, "licenses": [{"license": {"id": known.licence}}]},
        },
        "components": components,
        "dependencies": [
            {"ref": "peermatch", "dependsOn": [component["bom-ref"] for component in components]}
        ],
    }


def as_component(part: Part) -> dict[str, object]:
    """One part as CycloneDX names it."""
    reference = f"{part.name}=={part.version}" if part.version else part.name
    plain: dict[str, object] = {"type": "library", "bom-ref": reference, "name": part.name}
    plain |= {"version": part.version} if part.version else {}
    plain |= {"purl": part.purl} if part.purl else {}
    return {**plain, "licenses": [{"license": {"name": part.licence}}]}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
