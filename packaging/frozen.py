"""The Debian package as a person meets it: on a bare system, from the first run to the contact card, and removed.

    python3 packaging/dev.py frozen [FOLDER] [--keep]

FOLDER holds the package (dist/; it is built if there is none). The system is Debian's smallest, with no Python. The
window is driven over the accessibility bus, as a screen reader does it: the first run, a letter brought in as a file,
the one who is asked, both answers and the card. The invented people come in by the program's own command line. It needs
root, debootstrap and the internet, and takes some minutes.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bare_system import A_DESKTOP, HOME, Bare, clear
from first_paint import least
from frozen_journey import (
    SAMPLE,
    SAMPLE_FILES,
    Desktop,
    ask,
    bring_letter,
    introduce,
    lock_and_unlock,
    read_about,
    start_network,
    unlock_by_keychain,
)
from system_parts import Stopped

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "build" / "frozen"
DATA = f"{HOME}/.local/share/PeerMatch"
GIVEN = ("--network", "north-west.peermatch", "--passphrase-file", "-")
OTHER_LETTER = f"{SAMPLE_FILES}/letters/11-a-break-at-sunset.eml"
OPENER = r"""#!/bin/sh
env > "$HOME/opened.env"
path=$(printf %s "${1#file://}" | sed 's/%/\\x/g')
cp "$(/usr/bin/printf %b "$path")" "$HOME/opened.part" && mv "$HOME/opened.part" "$HOME/opened.eml"
"""
"""What stands for the person's mail program: it keeps what it is given."""


def main(words: Sequence[str]) -> int:
    """Take the package through all of it; each step says when it is done."""
    parser = argparse.ArgumentParser(prog="dev.py frozen", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "dist")
    parser.add_argument("--keep", action="store_true", help="leave the bare system where it is")
    said = parser.parse_args(words)
    package = found_package(said.folder)
    PLACE.mkdir(parents=True, exist_ok=True)
    root = PLACE / "root"
    clear(root)
    bare = Bare.fresh(PLACE / "pattern", root)
    try:
        with bare.mounted():
            journey(bare, package)
    finally:
        if not said.keep:
            clear(root)
    return 0


def found_package(folder: Path) -> Path:
    """The package in a folder, built if there is none."""
    if not any(folder.glob("*.deb")):
        asked = [sys.executable, str(ROOT / "packaging" / "build.py"), "linux", "--deb", "--out", str(folder)]
        if subprocess.call(asked) != 0:
            raise Stopped("There is no package to try.")
    return sorted(folder.glob("*.deb"))[-1]


def journey(bare: Bare, package: Path) -> None:
    """Every step, in the order in which a person meets them."""
    bare.reach_packages()
    step("installed with what it depends on", lambda: bare.install(package))
    expect(not list((bare.root / "usr/bin").glob("python3*")), "The system must have no Python.")
    bare.as_root("apt-get", "install", "-qq", "--no-install-recommends", *A_DESKTOP)
    bare.settle_user()
    stub_mail_program(bare)
    with Desktop(bare) as desktop:
        with desktop.window() as hand:
            step("a network made in the window, its sheet kept", lambda: start_network(hand))
            step("locked, and unlocked by the passphrase", lambda: lock_and_unlock(hand))
        with desktop.window() as hand:
            step("unlocked by the keychain", lambda: unlock_by_keychain(hand))
        step("invented people brought in by the command line", lambda: bring_people(bare))
        with desktop.window("--network", "north-west.peermatch") as hand:
            step("a letter brought into the window, and read", lambda: bring_letter(hand))
            step("the nearest supporter asked", lambda: ask(hand))
            step("both said yes, the card opened in the mail program", lambda: introduce(hand))
            expect_card(bare)
            step("what it is made of, in the help", lambda: read_about(hand))
    step("another letter ranked by the command line", lambda: rank_another(bare))
    step("the guide and a document as PDF", lambda: print_guide(bare))
    step("backed up, and whole", lambda: back_up(bare))
    for name, figure in figures(bare, package).items():
        print(f"  {name}: {figure}", flush=True)
    said = bare.as_root("apt-get", "remove", "-qq", "peermatch")
    expect("~/.local/share/PeerMatch" in said, "Who removes the program is told where the data are.")
    expect(not (bare.root / "usr/lib/peermatch").exists(), "Removing leaves nothing of the program.")
    expect((bare.root / DATA.lstrip("/")).is_dir(), "Removing leaves the networks alone.")
    print("Removed; the networks stay, and the person is told where.", flush=True)


def step(what: str, done: Callable[[], object]) -> None:
    """Do it, and say so."""
    begun = time.monotonic()
    done()
    print(f"{what} ({time.monotonic() - begun:.0f} s)", flush=True)


def expect(holds: bool, otherwise: str) -> None:
    """Stop where something is not as it should be."""
    if not holds:
        raise Stopped(otherwise)


def stub_mail_program(bare: Bare) -> None:
    """What opens drafts for this person."""
    opener = bare.home("bin/xdg-open")
    opener.parent.mkdir()
    opener.write_text(OPENER, encoding="utf-8")
    opener.chmod(0o755)


def bring_people(bare: Bare) -> None:
    """The invented network, made by the installed command line."""
    sample = f"{SAMPLE_FILES}/network.json"
    said = ("--recovery-to", "key.txt", "--yes")
    bare.run("peermatch", "load", sample, *GIVEN, *said, given=f"{SAMPLE}\n")


def rank_another(bare: Bare) -> None:
    """A second letter, and who could help, without a window."""
    said = bare.run("peermatch", "import", "enquiries", OTHER_LETTER, *GIVEN, given=f"{SAMPLE}\n")
    found = re.search(r"E-\d{4}", said)
    expect(found is not None, f"The letter must become an enquiry: {said}")
    bare.run("peermatch", "match", found[0] if found else "", *GIVEN, given=f"{SAMPLE}\n")


def print_guide(bare: Bare) -> None:
    """The press works without a system's fonts, and the page of what is inside goes through it too."""
    for name, words in (("guide.pdf", ()), ("made-of.pdf", ("--document", "made-of"))):
        bare.run("peermatch", "guide", name, *words)
        expect(bare.home(name).read_bytes().startswith(b"%PDF-"), f"{name} must be a PDF.")


def expect_card(bare: Bare) -> None:
    """The draft that left: the supporter's address in it, the surname of nobody who did not agree to that."""
    draft = bare.home("opened.eml")
    for _ in range(600):
        if draft.is_file() and draft.stat().st_size:
            break
        time.sleep(0.1)
    expect(
        draft.is_file() and b"X-Unsent: 1" in draft.read_bytes(), "The mail program must be given a draft."
    )
    settings = bare.home("opened.env").read_text(encoding="utf-8")
    expect("_internal" not in settings, f"The mail program must not be given our libraries: {settings}")


def back_up(bare: Bare) -> None:
    """A backup by the command line, and a look whether everything is whole."""
    bare.run("peermatch", "backup", "kept.pmbackup", *GIVEN, given=f"{SAMPLE}\n")
    bare.run("peermatch", "check", *GIVEN, given=f"{SAMPLE}\n")


def figures(bare: Bare, package: Path) -> dict[str, str]:
    """How much it weighs, and what a start costs beside the source; in seconds of a core, the best of five."""
    installed = sum(
        file.lstat().st_size for file in (bare.root / "usr/lib/peermatch").rglob("*") if file.is_file()
    )
    packed = bare.words({}, ["peermatch", "info", "--help"])
    source = [str(ROOT / ".venv/bin/python"), "-P", "-m", "peermatch"]
    return {
        "package": f"{package.stat().st_size / 1e6:.0f} MB",
        "installed": f"{installed / 1e6:.0f} MB",
        "a command, installed": f"{best_of(packed):.2f} s",
        "a command, from the source": f"{best_of([*source, 'info', '--help']):.2f} s",
        "the first window, installed": f"{installed_window(bare):.2f} s",
        "the first window, from the source": f"{source_window(source):.2f} s",
    }


def installed_window(bare: Bare) -> float:
    """What the way in costs somebody who starts for the first time, until it is seen; the best of five."""
    new = {"HOME": "/tmp/nobody-yet", "QT_QPA_PLATFORM": "xcb"}  # noqa: S108 -- of the bare system
    return least(lambda screen: (bare.words({**new, "DISPLAY": screen}, ["peermatch"]), os.environ), 5)


def source_window(words: Sequence[str]) -> float:
    """The same of the source, on this computer."""
    with tempfile.TemporaryDirectory() as home:
        new = {**os.environ, "HOME": home, "QT_QPA_PLATFORM": "xcb"}
        return least(lambda screen: (words, {**new, "DISPLAY": screen}), 5)


def best_of(words: Sequence[str], times: int = 5) -> float:
    """The least that it cost: seconds of a core, of the program and of the system for it."""

    def spent() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    costs = []
    for _ in range(times):
        before = spent()
        subprocess.run(words, stdout=subprocess.DEVNULL, check=True)
        costs.append(spent() - before)
    return min(costs)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Stopped as stopped:
        sys.stderr.write(f"\n{stopped}\n")
        sys.exit(1)
