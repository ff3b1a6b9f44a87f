"""A bare Debian in a folder, with no Python and no desktop, where a person installs a package and uses it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from system_parts import Stopped

RELEASE = "bookworm"
USER, UID = "clara", 1000
HOME, RUN = f"/home/{USER}", f"/run/user/{UID}"
SCREENS = "/tmp/.X11-unix"  # noqa: S108 -- of the bare system, where X looks for it
PATIENCE_S = 900
MOUNTED = ("dev", "proc")
A_DESKTOP = ("xvfb", "dbus", "gnome-keyring", "at-spi2-core")
"""A screen that nobody sees, a bus, a keychain, and the ear of a screen reader: none of them brings Python."""


class Bare:
    """The folder, and what can be asked of the system in it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @classmethod
    def fresh(cls, pattern: Path, root: Path) -> Bare:
        """A copy of the pattern, which is made the first time (some minutes)."""
        if shutil.which("debootstrap") is None or os.geteuid() != 0:
            raise Stopped("A bare system is made by debootstrap, as root: apt-get install debootstrap.")
        if not (pattern / "usr").is_dir():
            unfinished = pattern.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            asked = ["debootstrap", "--variant=minbase", RELEASE, str(unfinished)]
            if subprocess.call(asked, stdout=subprocess.DEVNULL) != 0:
                raise Stopped("debootstrap could not make a bare system. Is the internet within reach?")
            unfinished.rename(pattern)
        if root.exists():
            raise Stopped(f"{root} is there already; remove it first.")
        subprocess.run(["cp", "-a", str(pattern), str(root)], check=True)
        return cls(root)

    def home(self, name: str) -> Path:
        """A file of that person, as it is reached from this side."""
        return self.root / HOME.lstrip("/") / name

    @contextmanager
    def mounted(self) -> Iterator[None]:
        """With devices and processes, as a running system has them; they go before the folder does."""
        with ExitStack() as stack:
            for kind, place in ((["-t", "proc", "proc"], "proc"), (["--bind", "/dev"], "dev")):
                subprocess.run(["mount", *kind, str(self.root / place)], check=True)
                stack.callback(subprocess.run, ["umount", "--lazy", str(self.root / place)], check=True)
            yield

    def reach_packages(self) -> None:
        """Its packages come from where this computer has its own, if that is the same Debian; else from Debian."""
        if release_in(Path("/etc/os-release").read_text(encoding="utf-8")) == RELEASE:
            self._take_sources()
        shutil.copyfile("/etc/resolv.conf", self.root / "etc/resolv.conf")
        self.as_root("apt-get", "-qq", "update")

    def _take_sources(self) -> None:
        for name in ("apt.conf.d", "sources.list.d", "keyrings", "trusted.gpg.d"):
            for file in sorted(Path("/etc/apt", name).glob("*")):
                if file.suffix in ("", ".list", ".sources", ".gpg", ".asc") and "docker" not in file.name:
                    shutil.copy2(file, self.root / "etc/apt" / name / file.name)
        if any((self.root / "etc/apt/sources.list.d").iterdir()):
            (self.root / "etc/apt/sources.list").unlink(missing_ok=True)

    def as_root(self, *words: str) -> str:
        """Do something as an administrator; what it said."""
        environ = {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "DEBIAN_FRONTEND": "noninteractive",
            "LC_ALL": "C.UTF-8",
        }
        done = subprocess.run(
            ["chroot", str(self.root), *words],
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=PATIENCE_S,
        )
        if done.returncode != 0:
            raise Stopped(f"`{' '.join(words)}` failed on the bare system:\n{done.stdout[-3000:]}")
        return done.stdout

    def install(self, package: Path) -> None:
        """Install a package file with what it asks for, and nothing that is only recommended."""
        shutil.copyfile(package, self.root / "srv" / package.name)
        self.as_root("apt-get", "install", "-qq", "--no-install-recommends", f"/srv/{package.name}")
        (self.root / "srv" / package.name).unlink()

    def settle_user(self) -> None:
        """A person with a home, and the places that a desktop gives to a session."""
        self.as_root("useradd", "--create-home", "--uid", str(UID), USER)
        for place, owner, rights in ((RUN, UID, 0o700), (SCREENS, 0, 0o1777)):
            folder = self.root / place.lstrip("/")
            folder.mkdir(parents=True, exist_ok=True)
            os.chown(folder, owner, owner)
            folder.chmod(rights)

    def words(self, environ: Mapping[str, str], words: Sequence[str]) -> list[str]:
        """How something is started as that person, with nothing of this computer's own settings."""
        plain = {"HOME": HOME, "PATH": f"{HOME}/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "XDG_RUNTIME_DIR": RUN}
        settings = [f"{name}={value}" for name, value in {**plain, **environ}.items()]
        user = ["chroot", f"--userspec={UID}:{UID}", str(self.root), "/usr/bin/env", "-i", *settings]
        return [*user, "/bin/sh", "-c", 'cd; exec "$@"', "sh", *words]

    def run(self, *words: str, given: str = "", **environ: str) -> str:
        """Something that ends by itself; what it said."""
        asked = self.words(environ, words)
        done = subprocess.run(
            asked, input=given, capture_output=True, text=True, check=False, timeout=PATIENCE_S
        )
        if done.returncode != 0:
            raise Stopped(f"`{' '.join(words)}` ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
        return done.stdout

    @contextmanager
    def running(self, *words: str, **environ: str) -> Iterator[subprocess.Popen[str]]:
        """Something that stays until it is no longer wanted."""
        with subprocess.Popen(
            self.words(environ, words),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        ) as process:
            try:
                yield process
            finally:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGTERM)

    def outside(self, address: str) -> str:
        """The address of a bus as it is reached from this side."""
        return address.replace("unix:path=/", f"unix:path={self.root}/").partition(",")[0]

    @contextmanager
    def by_user(self) -> Iterator[None]:
        """As that person for a moment: a bus speaks with nobody else."""
        os.setresuid(UID, UID, 0)
        try:
            yield
        finally:
            os.setresuid(0, 0, 0)


def release_in(text: str) -> str:
    """The name of a system's release, as its own description says it; nothing if it is not Debian."""
    said = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
    return said.get("VERSION_CODENAME", "").strip('"') if said.get("ID", "").strip('"') == "debian" else ""


def clear(root: Path) -> None:
    """Remove the folder of a bare system, never what is mounted there: an older run may have been killed."""
    for place in MOUNTED:
        subprocess.run(["umount", "--lazy", str(root / place)], stderr=subprocess.DEVNULL, check=False)
    if still_mounted(root, Path("/proc/mounts").read_text(encoding="utf-8")):
        raise Stopped(f"Something is still mounted in {root}; unmount it, then start this again.")
    if root.exists():
        shutil.rmtree(root)


def still_mounted(root: Path, mounts: str) -> list[str]:
    """Which places within a folder belong to another file system."""
    places = [line.split(" ")[1] for line in mounts.splitlines() if " " in line]
    return [place for place in places if Path(place).is_relative_to(root)]


def written(process: subprocess.Popen[str]) -> str:
    """The first line that it writes."""
    return process.stdout.readline().strip() if process.stdout else ""


def tell(process: subprocess.Popen[str], words: str) -> None:
    """Give it these words and nothing more."""
    if process.stdin:
        process.stdin.write(words)
        process.stdin.close()
