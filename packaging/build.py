r"""Makes the packages of PeerMatch: a frozen program that needs no Python, wrapped for the system that this runs on.

    python3 packaging/dev.py build                     every package of this system, into dist/
    python3 packaging/dev.py build linux --deb         a Debian package;  --tar  one for any other Linux
    python3 packaging/dev.py build windows --msi       an installer that needs no administrator;  --zip  a portable one
    python3 packaging/dev.py build macos --dmg         a disk image with the app
    python3 packaging/dev.py build --twice             build again and compare: the same source, the same bytes?

Each system builds its own packages. Signing is asked for by PEERMATCH_SIGN_AS (the name of a certificate; on macOS
with PEERMATCH_NOTARISE_AS, a profile of notarytool); without it the packages are made unsigned.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import frozen_parts
from built_folder import complaints, unfound
from program_facts import Facts, facts, this_system
from system_parts import Stopped

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements-run.txt", "requirements-build.txt")
FORMS = {"linux": ("deb", "tar"), "windows": ("msi", "zip"), "macos": ("dmg",)}


@dataclass(frozen=True, slots=True)
class Build:
    """Where everything of one build stands."""

    place: Path
    facts: Facts

    @property
    def env(self) -> Path:
        """The libraries of the lock, and PyInstaller; shared by all builds."""
        return ROOT / "build" / "frozen" / "env"

    @property
    def python(self) -> Path:
        """The Python that freezes itself."""
        return self.env / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def made(self) -> Path:
        """What is made on the way: icons, the version resource."""
        return self.place / "made"

    @property
    def program(self) -> Path:
        """The frozen program."""
        return self.place / "dist" / frozen_parts.NAME

    @property
    def app(self) -> Path:
        """The frozen program as macOS wants it."""
        return self.place / "dist" / f"{self.facts.title}.app"

    @property
    def inside(self) -> Path:
        """The folder of the libraries and data of the frozen program."""
        return self.app / "Contents" / "Resources" if sys.platform == "darwin" else self.program / "_internal"


def say(text: str) -> None:
    """Tell the reader at once, also when the output goes into a file."""
    print(text, flush=True)


def own_environ(environ: Mapping[str, str], known: Facts) -> dict[str, str]:
    """The settings of a build: nothing from the person who builds, and no chance in any order."""
    foreign = ("PYTHON", "PIP_", "VIRTUAL_ENV", "QT_", "LC_", "LANG", "PEERMATCH_TEST")
    kept = {name: value for name, value in environ.items() if not name.upper().startswith(foreign)}
    even = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(known.moment), "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    told = {"PEERMATCH_VERSION": known.version, "PEERMATCH_ID": known.id}
    return {**kept, **even, **told, "PYTHONNOUSERSITE": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def must(words: Sequence[str | Path], environ: Mapping[str, str], otherwise: str) -> None:
    """Run a step; if it fails, stop with this sentence."""
    if subprocess.call([str(word) for word in words], cwd=ROOT, env=dict(environ)) != 0:
        raise Stopped(f"{otherwise} What went wrong stands above.")


def set_up(build: Build, environ: Mapping[str, str]) -> None:
    """An environment with what the locks name and nothing else; quick if it is there already."""
    locks = [ROOT / "packaging" / name for name in LOCKS]
    wanted = hashlib.sha256(sys.version.encode() + b"".join(lock.read_bytes() for lock in locks)).hexdigest()
    stamp = build.env / "stamp"
    if build.python.exists() and stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    say("Making an environment for the build from the lock files (a minute or two the first time) ...")
    must(
        [sys.executable, "-m", "venv", "--clear", build.env],
        environ,
        f"Python could not make {build.env}. Is there room on the disk?",
    )
    pip: list[str | Path] = [
        build.python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--require-hashes",
        "--no-compile",
    ]
    for lock in locks:
        must(
            [*pip, "--only-binary", ":all:", "-r", lock],
            environ,
            "The libraries could not be installed. Is the internet within reach?",
        )
    stamp.write_text(wanted, encoding="utf-8")


def freeze(build: Build, environ: Mapping[str, str]) -> None:
    """Icons, then the program with its libraries, then what it is made of, then a look at the whole."""
    tools = ROOT / "packaging"
    if build.place.exists():
        shutil.rmtree(build.place)
    build.made.mkdir(parents=True)
    must(
        [build.python, "-P", tools / "program_icon.py", tools / "peermatch.svg", build.made],
        environ,
        "The icons could not be drawn.",
    )
    version_resource(build)
    told = {**environ, "PEERMATCH_MADE": str(build.made)}
    pyinstaller: list[str | Path] = [
        build.python,
        "-m",
        "PyInstaller",
        "--noconfirm",
        "--clean",
        "--log-level",
        "ERROR",
    ]
    places: list[str | Path] = ["--distpath", build.place / "dist", "--workpath", build.place / "work"]
    must([*pyinstaller, *places, tools / "peermatch.spec"], told, "PyInstaller could not freeze the program.")
    strip_symbols(build.inside)
    noted = build.place / "work" / "peermatch"
    must(
        [build.python, tools / "licences.py", noted, build.inside],
        environ,
        "The licences could not be collected.",
    )
    wrong = [*unfound(noted / "PYZ-00.toc"), *complaints(build.inside, build.facts, sys.platform)]
    if wrong:
        raise Stopped("The frozen program is not as it should be:\n  " + "\n  ".join(wrong))


def version_resource(build: Build) -> None:
    """What Windows shows of a program file in its properties."""
    numbers = ", ".join([*build.facts.version.split("."), "0"])
    text = (ROOT / "packaging" / "windows" / "version.txt").read_text(encoding="utf-8")
    filled = build.facts.fill(text, numbers=numbers)
    (build.made / "version.txt").write_text(filled, encoding="utf-8")


def strip_symbols(inside: Path) -> None:
    """Take the names for debuggers out of the few libraries that bear it; Linux only, where there is ``strip``."""
    strip = shutil.which("strip")
    if not sys.platform.startswith("linux") or strip is None:
        return
    for file in sorted(inside.rglob("*.so*")):
        if file.relative_to(inside).as_posix().startswith(frozen_parts.STRIPPED) and not file.is_symlink():
            subprocess.run([strip, "--strip-unneeded", str(file)], check=True)


def wrap(build: Build, forms: Sequence[str], target: Path, environ: Mapping[str, str]) -> list[Path]:
    """The packages that are asked for."""
    import linux_package
    import macos_package
    import windows_package

    makers: dict[str, Callable[[Build, Path, Mapping[str, str]], Path]] = {
        "deb": linux_package.deb,
        "tar": linux_package.tar,
        "zip": windows_package.portable,
        "msi": windows_package.msi,
        "dmg": macos_package.dmg,
    }
    target.mkdir(parents=True, exist_ok=True)
    return [makers[form](build, target, environ) for form in forms]


def digest(file: Path) -> str:
    """The SHA-256 of a file, as people publish it."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def write_sums(packages: Sequence[Path], target: Path) -> None:
    """The sums beside the packages, in the form that ``sha256sum --check`` reads."""
    lines = [f"{digest(package)}  {package.name}\n" for package in sorted(packages)]
    (target / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def differences(one: Path, other: Path) -> list[str]:
    """Which files of two folders differ in their bytes, or are in one alone."""
    found = {folder: {f.relative_to(folder).as_posix(): f for f in _files(folder)} for folder in (one, other)}
    names = sorted(set(found[one]) | set(found[other]))
    return [name for name in names if not _same(found[one].get(name), found[other].get(name))]


def _files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file() or file.is_symlink()]


def _same(one: Path | None, other: Path | None) -> bool:
    if one is None or other is None or one.is_symlink() != other.is_symlink():
        return False
    return one.readlink() == other.readlink() if one.is_symlink() else one.read_bytes() == other.read_bytes()


def parse(words: Sequence[str]) -> argparse.Namespace:
    """What is asked for; another system than this one is refused."""
    parser = argparse.ArgumentParser(prog="dev.py build", description=__doc__, add_help=True)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("system", nargs="?", choices=tuple(FORMS), default=this_system())
    for form in sorted({form for forms in FORMS.values() for form in forms}):
        parser.add_argument(f"--{form}", dest="forms", action="append_const", const=form)
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where the packages go (dist/)")
    parser.add_argument("--twice", action="store_true", help="build again and compare")
    parser.add_argument("--folder-only", action="store_true", help="freeze the program, make no package")
    said = parser.parse_args(words)
    if said.system != this_system():
        raise Stopped(f"The packages for {said.system} are built on {said.system}; this is {this_system()}.")
    strange = [form for form in said.forms or () if form not in FORMS[said.system]]
    if strange:
        raise Stopped(
            f"There is no --{strange[0]} for {said.system}, but --{' and --'.join(FORMS[said.system])}."
        )
    return said


def main(words: Sequence[str]) -> int:
    """Build, wrap, and say where everything stands."""
    said = parse(words)
    known = facts()
    environ = own_environ(os.environ, known)
    build = Build(ROOT / "build" / "frozen" / "first", known)
    set_up(build, environ)
    say(f"Freezing {known.title} {known.version} ...")
    freeze(build, environ)
    forms = () if said.folder_only else said.forms or FORMS[said.system]
    packages = wrap(build, forms, said.out, environ)
    for package in packages:
        say(f"{package}  {package.stat().st_size / 1e6:.0f} MB")
    if packages:
        write_sums(packages, said.out)
    return again(build, packages, environ) if said.twice else 0


def again(first: Build, packages: Sequence[Path], environ: Mapping[str, str]) -> int:
    """Build once more, and compare every file and every package."""
    say("Building again, to compare ...")
    second = Build(first.place.with_name("second"), first.facts)
    freeze(second, environ)
    forms = [form for form in FORMS[this_system()] if any(form in package.name for package in packages)]
    made = wrap(second, forms, second.place / "packages", environ)
    different = differences(first.place / "dist", second.place / "dist")
    different += [package.name for package in made if digest(package) not in map(digest, packages)]
    say("\n".join(["These differ:", *different]) if different else "Both builds are the same, byte for byte.")
    return 1 if different else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Stopped as stopped:
        sys.stderr.write(f"\n{stopped}\n")
        sys.exit(1)
