"""Wraps the frozen program for macOS: signs the app, has Apple look at it where that is wished, and makes an image."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from program_facts import this_machine
from system_parts import Stopped

if TYPE_CHECKING:
    from build import Build

ENTITLEMENTS = Path(__file__).resolve().parent / "macos" / "entitlements.plist"
SIGN_AS, NOTARISE_AS = "PEERMATCH_SIGN_AS", "PEERMATCH_NOTARISE_AS"


def dmg(build: Build, target: Path, environ: Mapping[str, str]) -> Path:
    """The disk image with the app and a link to the folder of applications."""
    sign(build.app, environ)
    stage = build.place / "dmg"
    shutil.copytree(build.app, stage / build.app.name, symlinks=True)
    (stage / "Applications").symlink_to("/Applications")
    package = target / f"PeerMatch-{build.facts.version}-macos-{this_machine()}.dmg"
    image = [
        "hdiutil",
        "create",
        "-volname",
        build.facts.title,
        "-srcfolder",
        str(stage),
        "-ov",
        "-format",
        "UDZO",
    ]
    must([*image, str(package)], environ, "The disk image could not be made.")
    notarise(package, environ)
    return package


def sign(app: Path, environ: Mapping[str, str]) -> None:
    """Sign the app and all within; without a certificate by nobody's name, which a Mac with an ARM processor needs."""
    name = environ.get(SIGN_AS) or "-"
    hardened = [] if name == "-" else ["--options", "runtime", "--timestamp"]
    words = ["codesign", "--force", "--deep", *hardened, "--entitlements", str(ENTITLEMENTS), "--sign", name]
    must([*words, str(app)], environ, "The app could not be signed.")
    must(["codesign", "--verify", "--strict", str(app)], environ, "The signature of the app does not hold.")


def notarise(package: Path, environ: Mapping[str, str]) -> None:
    """Send the signed image to Apple and staple the answer to it, where a profile for that is named."""
    profile = environ.get(NOTARISE_AS)
    if not (profile and environ.get(SIGN_AS)):
        return
    asked = ["xcrun", "notarytool", "submit", str(package), "--keychain-profile", profile, "--wait"]
    must(asked, environ, "Apple did not notarise the image.")
    must(["xcrun", "stapler", "staple", str(package)], environ, "The answer of Apple could not be stapled.")


def must(words: list[str], environ: Mapping[str, str], otherwise: str) -> None:
    """Run a step; if it fails, stop with this sentence."""
    if subprocess.call(words, env=dict(environ)) != 0:
        raise Stopped(f"{otherwise} What went wrong stands above.")
