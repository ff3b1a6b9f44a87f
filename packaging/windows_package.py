"""Wraps the frozen program for Windows: a portable zip, and an installer that needs no administrator."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from program_facts import this_machine
from system_parts import Stopped

if TYPE_CHECKING:
    from build import Build

RECIPES = Path(__file__).resolve().parent / "windows"
MACHINES = {"amd64": "x64", "arm64": "arm64"}
SIGN_AS, TIMESTAMP = "PEERMATCH_SIGN_AS", "PEERMATCH_TIMESTAMP"


def portable(build: Build, target: Path, environ: Mapping[str, str]) -> Path:
    """A zip that runs from wherever it is unpacked."""
    sign([build.program / "peermatch.exe", build.program / "peermatch-window.exe"], environ)
    package = target / f"PeerMatch-{build.facts.version}-windows-{machine()}-portable.zip"
    pack(build.program, package, build.facts.moment)
    return package


def msi(build: Build, target: Path, environ: Mapping[str, str], scope: str = "perUser") -> Path:
    """The installer, made by WiX; ``perMachine`` is for those who look after many computers."""
    wix = shutil.which("wix")
    if wix is None:
        raise Stopped("The installer is made by WiX 5: `dotnet tool install --global wix --version 5.0.2`.")
    sign([build.program / "peermatch.exe", build.program / "peermatch-window.exe"], environ)
    package = target / f"PeerMatch-{build.facts.version}-windows-{machine()}.msi"
    if subprocess.call(wix_words(build, package, wix, scope), env=dict(environ)) != 0:
        raise Stopped("WiX made no installer. What went wrong stands above.")
    sign([package], environ)
    return package


def machine() -> str:
    """The processor, as Windows packages name it."""
    return MACHINES.get(this_machine(), this_machine())


def wix_words(build: Build, package: Path, wix: str, scope: str) -> list[str]:
    """How WiX is asked: all that the recipe does not know itself."""
    told = {
        "Title": build.facts.title,
        "Maker": build.facts.maintainer_name,
        "Summary": build.facts.summary,
        "Version": build.facts.version,
        "UpgradeCode": build.facts.upgrade_code,
        "Program": str(build.program),
        "Icon": str(build.made / "peermatch.ico"),
        "Scope": scope,
    }
    defined = [word for name, value in told.items() for word in ("-d", f"{name}={value}")]
    return [wix, "build", str(RECIPES / "peermatch.wxs"), "-arch", machine(), *defined, "-o", str(package)]


def sign(files: list[Path], environ: Mapping[str, str]) -> None:
    """Sign with the certificate that is named by its thumbprint; without one nothing is signed."""
    if not environ.get(SIGN_AS):
        return
    stamp = ["/tr", environ[TIMESTAMP], "/td", "sha256"] if environ.get(TIMESTAMP) else []
    words = ["signtool", "sign", "/fd", "sha256", "/sha1", environ[SIGN_AS], *stamp, *map(str, files)]
    if subprocess.call(words, env=dict(environ)) != 0:
        raise Stopped("The program could not be signed. What went wrong stands above.")


def pack(folder: Path, package: Path, moment: int) -> None:
    """A sorted zip, every file of one moment."""
    day = datetime.fromtimestamp(moment, UTC).timetuple()[:6]
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                place = zipfile.ZipInfo(f"PeerMatch/{file.relative_to(folder).as_posix()}", day)
                place.compress_type = zipfile.ZIP_DEFLATED
                place.external_attr = 0o644 << 16
                archive.writestr(place, file.read_bytes())
