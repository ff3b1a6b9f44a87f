"""Wraps the frozen program for Linux: a Debian package, and an archive that installs for one person."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from program_facts import DEBIAN_NAMES, this_machine
from system_parts import FOR_QT, FOR_X11, Stopped

if TYPE_CHECKING:
    from build import Build

RECIPES = Path(__file__).resolve().parent / "linux"
HOME = "usr/lib/peermatch"
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
COMPLETIONS = {  # shell -> where Debian looks for them
    "bash": "bash-completion/completions/peermatch",
    "zsh": "zsh/vendor-completions/_peermatch",
    "fish": "fish/vendor_completions.d/peermatch.fish",
}
NOT_FROM_SYSTEM = ("libxcb-", "libxkbcommon-x11", "libgssapi")
"""Parts of X11 that the program carries itself, and what only Qt's network part would want."""
RENAMED = {"libglib2.0-0": "libglib2.0-0 | libglib2.0-0t64"}
"""Debian 13 gave some packages another name."""
GLIBC = re.compile(rb"GLIBC_2\.(\d+)\0")
ELF = b"\x7fELF"


def deb(build: Build, target: Path, environ: Mapping[str, str]) -> Path:
    """The Debian package, made by dpkg-deb alone."""
    if shutil.which("dpkg-deb") is None:
        raise Stopped(
            "A Debian package is made by dpkg-deb, which this computer lacks. Ask for --tar instead."
        )
    machine = DEBIAN_NAMES.get(this_machine(), this_machine())
    root = fresh(build.place / "deb")
    shutil.copytree(build.program, root / HOME, symlinks=True)
    share(build, root / "usr" / "share", program="peermatch", icon="peermatch", environ=environ)
    (root / "usr" / "bin").mkdir()
    (root / "usr" / "bin" / "peermatch").symlink_to("../lib/peermatch/peermatch")
    documents(build, root / "usr" / "share" / "doc" / "peermatch")
    control(build, root, machine)
    settle(root, build.facts.moment)
    package = target / f"peermatch_{build.facts.version}_{machine}.deb"
    words = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", str(root), str(package)]
    done = subprocess.run(words, env=dict(environ), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Stopped(f"dpkg-deb made no package: {done.stderr.strip()}")
    return package


def tar(build: Build, target: Path, environ: Mapping[str, str]) -> Path:
    """The archive for every other Linux: the program, what the desktop wants to know of it, and how to install it."""
    name = f"peermatch-{build.facts.version}-linux-{this_machine()}"
    root = fresh(build.place / "tar") / name
    shutil.copytree(build.program, root / "program", symlinks=True)
    share(build, root / "share", program="peermatch", icon="peermatch", environ=environ)
    for text in ("install.sh", "README.txt"):
        (root / text).write_text(build.facts.fill(recipe(text)), encoding="utf-8")
    settle(root, build.facts.moment)
    (root / "install.sh").chmod(0o755)
    package = target / f"{name}.tar.gz"
    pack(root, package, build.facts.moment)
    return package


def fresh(folder: Path) -> Path:
    """An empty folder."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder


def recipe(name: str) -> str:
    """One of the texts that wait to be filled."""
    return (RECIPES / name).read_text(encoding="utf-8")


def share(build: Build, folder: Path, *, program: str, icon: str, environ: Mapping[str, str]) -> None:
    """What a desktop reads of a program: menu entry, description, icons, manual page, completions."""
    put(
        folder / "applications" / "peermatch.desktop",
        build.facts.fill(recipe("peermatch.desktop"), program=program, icon=icon),
    )
    put(folder / "metainfo" / f"{build.facts.id}.metainfo.xml", build.facts.fill(recipe("metainfo.xml")))
    icons = folder / "icons" / "hicolor"
    for size in ICON_SIZES:
        place = icons / f"{size}x{size}" / "apps" / "peermatch.png"
        place.parent.mkdir(parents=True)
        shutil.copyfile(build.made / "icons" / f"{size}.png", place)
    put(
        icons / "scalable" / "apps" / "peermatch.svg",
        (RECIPES.parent / "peermatch.svg").read_text(encoding="utf-8"),
    )
    put_packed(folder / "man" / "man1" / "peermatch.1.gz", asked(build, environ, "man"))
    for shell, script in COMPLETIONS.items():
        put(folder / script, asked(build, environ, "completion", shell))


def put(file: Path, text: str) -> None:
    """A text file, with the folders above it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def put_packed(file: Path, text: str) -> None:
    """A text file packed by gzip, without a name or a time inside."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))


def asked(build: Build, environ: Mapping[str, str], *words: str) -> str:
    """What the frozen program itself says: its manual page and its completions come from its own grammar."""
    own = {**environ, "HOME": str(build.place), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [str(build.program / "peermatch"), *words], env=own, capture_output=True, text=True, check=False
    )
    if done.returncode != 0 or not done.stdout.strip():
        raise Stopped(
            f"The frozen program does not answer `peermatch {' '.join(words)}`: {done.stderr.strip()}"
        )
    return done.stdout


def documents(build: Build, folder: Path) -> None:
    """What Debian wants beside a program: who may do what with it, and what changed."""
    licences = build.inside / "resources" / "licences" / "third-party.txt"
    own = (RECIPES.parent.parent / "LICENSE").read_text(encoding="utf-8")
    put(folder / "copyright", f"{build.facts.title}\n\n{own}\n\n{licences.read_text(encoding='utf-8')}")
    changes = (RECIPES.parent.parent / "CHANGELOG.md").read_text(encoding="utf-8")
    put_packed(folder / "changelog.gz", changes)


def control(build: Build, root: Path, machine: str) -> None:
    """What Debian reads of the package before it unpacks it, and what is said when it goes."""
    kilobytes = sum(file.lstat().st_size for file in files(root)) // 1024
    text = build.facts.fill(
        recipe("control"), architecture=machine, kilobytes=str(kilobytes), depends=", ".join(depends(root))
    )
    put(root / "DEBIAN" / "control", text)
    put(root / "DEBIAN" / "postrm", recipe("postrm"))


def depends(root: Path) -> list[str]:
    """What the system must have: the parts of Qt's list that are not carried, and a C library new enough."""
    named = [part.package for part in (*FOR_QT, *FOR_X11) if not part.file.startswith(NOT_FROM_SYSTEM)]
    packages = [RENAMED.get(package, package) for package in dict.fromkeys(named)]
    return [f"libc6 (>= 2.{newest_glibc(root)})", "libgcc-s1", "libstdc++6", "libxcb1", *packages, "zlib1g"]


def newest_glibc(root: Path) -> int:
    """The newest C library that any part of the program asks for: 36 stands for 2.36."""
    asked_for = [
        int(number) for file in files(root) if is_elf(file) for number in GLIBC.findall(file.read_bytes())
    ]
    return max(asked_for, default=0)


def is_elf(file: Path) -> bool:
    """Whether a file is a program or a library."""
    if file.is_symlink():
        return False
    with file.open("rb") as opened:
        return opened.read(4) == ELF


def files(folder: Path) -> Iterator[Path]:
    """Every file, in the order of names."""
    return (file for file in sorted(folder.rglob("*")) if file.is_symlink() or file.is_file())


def settle(root: Path, moment: int) -> None:
    """The same rights and the same moment for every file, whoever builds and whenever."""
    for path in [*sorted(root.rglob("*")), root]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or is_run(path) else 0o644)
        os.utime(path, (moment, moment), follow_symlinks=False)


def is_run(file: Path) -> bool:
    """Whether a file is started: the program itself and scripts; a library is not."""
    with file.open("rb") as opened:
        begin = opened.read(4)
    return begin[:2] == b"#!" or (begin == ELF and ".so" not in file.name)


def pack(root: Path, package: Path, moment: int) -> None:
    """A sorted archive that names no person and no time but one."""

    def plain(info: tarfile.TarInfo) -> tarfile.TarInfo:
        info.uid = info.gid = 0
        info.uname = info.gname = ""
        info.mtime = moment
        return info

    with (
        package.open("wb") as opened,
        gzip.GzipFile("", "wb", 9, opened, mtime=0) as packed,
        tarfile.TarFile(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as archive,
    ):
        for path in [root, *sorted(root.rglob("*"))]:
            archive.add(path, path.relative_to(root.parent).as_posix(), recursive=False, filter=plain)
