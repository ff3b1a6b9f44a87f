"""What every package says of the program: its name, version, owner and moment, read from where each stands once."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from system_parts import Stopped

ROOT = Path(__file__).resolve().parent.parent
EARLIEST = 315_532_800
"""The first of January 1980: a zip file knows no day before."""
SYSTEMS = {"linux": "linux", "win32": "windows", "darwin": "macos"}
DEBIAN_NAMES = {"x86_64": "amd64", "aarch64": "arm64"}
MARK = re.compile(r"@([A-Z]+)@")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of the program, the same in every package."""

    version: str
    title: str
    id: str
    summary: str
    about: str
    maintainer: str
    licence: str
    upgrade_code: str
    moment: int
    """Seconds since 1970: every file of a package bears this moment, so that the same source gives the same bytes."""

    @property
    def maintainer_name(self) -> str:
        """Who looks after the program, without an address."""
        return self.maintainer.partition(" <")[0]

    @property
    def day(self) -> str:
        """The day of the moment, as 2026-11-23."""
        return datetime.fromtimestamp(self.moment, UTC).date().isoformat()

    def fill(self, text: str, **more: str) -> str:
        """A text with its marks replaced: ``@VERSION@`` and the like; a mark that nobody knows stops the work."""
        names = (
            "version",
            "title",
            "id",
            "summary",
            "about",
            "maintainer",
            "maintainer_name",
            "licence",
            "day",
        )
        known = {name.upper().replace("_", ""): str(getattr(self, name)) for name in names}
        words = {**known, **{name.upper(): value for name, value in more.items()}}
        unknown = {mark for mark in MARK.findall(text) if mark not in words}
        if unknown:
            raise Stopped(f"Nobody knows what stands for {', '.join(sorted(unknown))}.")
        return MARK.sub(lambda found: words[found[1]], text)


def facts(root: Path = ROOT, environ: Mapping[str, str] = os.environ) -> Facts:
    """Read them from pyproject.toml, and the version from the program itself."""
    asked = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    project, package = asked["project"], asked["tool"]["peermatch"]
    return Facts(
        version=version_in(root),
        title=package["title"],
        id=package["id"],
        summary=package["summary"],
        about=package["about"],
        maintainer=package["maintainer"],
        licence=project["license"],
        upgrade_code=package["upgrade-code"],
        moment=moment_of(root, environ),
    )


def version_in(root: Path) -> str:
    """The one place where the version stands."""
    text = (root / "peermatch" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(\d+\.\d+\.\d+)"$', text, re.MULTILINE)
    if found is None:
        raise Stopped("peermatch/__init__.py does not say the version as three numbers.")
    return found[1]


def moment_of(root: Path, environ: Mapping[str, str]) -> int:
    """When the source was last changed, as its history tells; SOURCE_DATE_EPOCH has the first word."""
    said = environ.get("SOURCE_DATE_EPOCH", "")
    if not said:
        words = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
        try:
            asked = subprocess.run(words, capture_output=True, text=True, check=False)
        except FileNotFoundError:
            return EARLIEST
        said = asked.stdout.strip() if asked.returncode == 0 else ""
    return max(int(said), EARLIEST) if said.isdigit() else EARLIEST


def this_system() -> str:
    """The system that packages can be built for here."""
    return SYSTEMS.get(sys.platform, sys.platform)


def this_machine() -> str:
    """The kind of processor: x86_64, arm64 and so on, as each system calls it."""
    return platform.machine().lower()
