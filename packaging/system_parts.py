"""What Qt, and what the tests need from a Linux system: see what is missing, get it or say how to."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Stopped(Exception):
    """The work cannot go on; the text says why and what to do."""


class Shipped(NamedTuple):
    """A file that Qt loads from the system, and the Debian package that holds it."""

    file: str
    package: str


FOR_QT = (
    Shipped("libEGL.so.1", "libegl1"),
    Shipped("libGL.so.1", "libgl1"),
    Shipped("libX11.so.6", "libx11-6"),
    Shipped("libdbus-1.so.3", "libdbus-1-3"),
    Shipped("libfontconfig.so.1", "libfontconfig1"),
    Shipped("libfreetype.so.6", "libfreetype6"),
    Shipped("libglib-2.0.so.0", "libglib2.0-0"),
    Shipped("libgssapi_krb5.so.2", "libgssapi-krb5-2"),
    Shipped("libxkbcommon.so.0", "libxkbcommon0"),
)
FOR_X11 = (
    Shipped("libX11-xcb.so.1", "libx11-xcb1"),
    Shipped("libxcb-cursor.so.0", "libxcb-cursor0"),
    Shipped("libxcb-icccm.so.4", "libxcb-icccm4"),
    Shipped("libxcb-image.so.0", "libxcb-image0"),
    Shipped("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    Shipped("libxcb-render-util.so.0", "libxcb-render-util0"),
    Shipped("libxcb-shape.so.0", "libxcb-shape0"),
    Shipped("libxcb-xkb.so.1", "libxcb-xkb1"),
    Shipped("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
)
FOR_WAYLAND = (
    Shipped("libwayland-client.so.0", "libwayland-client0"),
    Shipped("libwayland-cursor.so.0", "libwayland-cursor0"),
)
FOR_TESTS = (  # programs: a bus of their own with a keychain on it, and a screen that nobody sees with a screen reader
    Shipped("dbus-daemon", "dbus"),
    Shipped("gnome-keyring-daemon", "gnome-keyring"),
    Shipped("Xvfb", "xvfb"),
    Shipped("/usr/libexec/at-spi-bus-launcher", "at-spi2-core"),
)
FONT_PLACES = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
A_FONT = "fonts-dejavu-core"


def loads(file: str) -> bool:
    """Whether the system finds this shared library."""
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True


def libraries_for(environ: Mapping[str, str]) -> tuple[Shipped, ...]:
    """What Qt needs here: the base always, the rest by the kind of screen."""
    x11 = FOR_X11 if environ.get("DISPLAY") else ()
    wayland = FOR_WAYLAND if environ.get("WAYLAND_DISPLAY") else ()
    return (*FOR_QT, *x11, *wayland)


def missing(wanted: Iterable[Shipped], loads: Callable[[str], bool] = loads) -> list[Shipped]:
    """Those libraries that the system does not find."""
    return [library for library in wanted if not loads(library.file)]


def missing_programs(
    wanted: Iterable[Shipped], find: Callable[[str], str | None] = shutil.which
) -> list[Shipped]:
    """Those programs that are not on this computer."""
    return [program for program in wanted if not find(program.file)]


def has_font(places: Sequence[str] = FONT_PLACES) -> bool:
    """Whether there is any font to write with."""
    folders = (Path(place).expanduser() for place in places)
    return any(next(folder.rglob("*.[ot]t[cf]"), None) for folder in folders if folder.is_dir())


def is_debian(os_release: str) -> bool:
    """Whether /etc/os-release speaks of Debian, Ubuntu or one of their children."""
    pairs = (line.partition("=") for line in os_release.splitlines())
    named = " ".join(value.strip("\"' ") for key, _, value in pairs if key in ("ID", "ID_LIKE"))
    return not {"debian", "ubuntu"}.isdisjoint(named.split())


def apt_line(packages: Sequence[str]) -> str:
    """The line that a person can copy to get these packages."""
    return "sudo apt-get update && sudo apt-get install -y --no-install-recommends " + " ".join(packages)


def still_missing(wanted: Sequence[Shipped]) -> list[Shipped]:
    """Look again in a new process, since this one may remember how it was before."""
    script = "import ctypes, sys; ctypes.CDLL(sys.argv[1])"
    words = [sys.executable, "-c", script]
    return [lib for lib in wanted if subprocess.call([*words, lib.file], stderr=subprocess.DEVNULL) != 0]


def check_system(*, venv_is_needed: bool, for_tests: bool, say: Callable[[str], None]) -> None:
    """See that the system has what Qt and the tests need; on Debian as root, get it, else say exactly how."""
    if not sys.platform.startswith("linux"):
        return
    screens = {"DISPLAY": ":0"} if for_tests else {}
    lacking = missing(libraries_for({**os.environ, **screens}))
    programs = missing_programs(FOR_TESTS) if for_tests else []
    packages = [part.package for part in (*lacking, *programs)]
    if not has_font():
        packages.append(A_FONT)
    if venv_is_needed and importlib.util.find_spec("ensurepip") is None:
        packages.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    if not packages:
        return
    get_packages(packages, [library.file for library in lacking], say)
    unseen = ", ".join(library.file for library in still_missing(lacking))
    if unseen:
        raise Stopped(f"The packages are installed, yet the system does not find {unseen}.")


def why_not(packages: Sequence[str], files: Sequence[str], *, debian: bool, root: bool) -> str:
    """Why the packages cannot be fetched from here, and what to do instead; nothing if they can."""
    if not debian:
        return (
            f"This computer lacks system parts that the window needs: {', '.join(files or packages)}.\n"
            "Install the packages of your Linux that hold them, then start this again."
        )
    if not root:
        return (
            "This computer lacks system packages that PeerMatch needs. Run this line, then start again:\n\n"
            f"    {apt_line(packages)}\n"
        )
    return ""


def get_packages(packages: Sequence[str], files: Sequence[str], say: Callable[[str], None]) -> None:
    """Install system packages, or stop and say exactly how to."""
    release = Path("/etc/os-release")
    apt_get = shutil.which("apt-get") or ""
    debian = bool(apt_get) and release.is_file() and is_debian(release.read_text(encoding="utf-8"))
    refusal = why_not(packages, files, debian=debian, root=os.geteuid() == 0)
    if refusal:
        raise Stopped(refusal)
    say(f"Getting system packages by apt-get: {' '.join(packages)} ...")
    apt(apt_get, "update")  # without the internet the packages may still lie on the disk
    code, said = apt(apt_get, "install", "-y", "--no-install-recommends", *packages)
    if code != 0:
        raise Stopped(f"{said}\napt-get could not install them. By hand:\n\n    {apt_line(packages)}\n")


def apt(apt_get: str, *words: str) -> tuple[int, str]:
    """Run apt-get without questions; give its exit code and what it said."""
    done = subprocess.run(
        [apt_get, "-qq", *words],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.returncode, done.stdout.decode(errors="replace").strip()
