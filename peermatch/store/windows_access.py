"""Whose a folder is on Windows: its owner's and the system's alone, as 0700 says it elsewhere.

Python before 3.11.10 gave a new folder on Windows whatever its parent's list says (CVE-2024-4030), and a folder on
another drive than the profile's may be read by everybody. ``icacls`` stands on every Windows and needs no
administrator for what one owns.
"""

import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from peermatch.errors import SystemRefused

SYSTEM = "*S-1-5-18"
WAIT_S = 20.0
NO_WINDOW = 0x08000000
INHERITED = "(OI)(CI)F"
"""Full rights, which files and folders within take over."""

Run = Callable[[Sequence[str]], str]


def owner_alone(folder: Path, run: Run | None = None) -> None:
    """Take every right from everybody but the person who is signed in and the system; what is within follows."""
    ask = run or _run
    who = _sid(ask((_tool("whoami"), "/user", "/fo", "csv", "/nh")))
    grants = [f"*{who}:{INHERITED}", f"{SYSTEM}:{INHERITED}"]
    ask((_tool("icacls"), str(folder), "/inheritance:r", "/grant:r", *grants, "/q"))


def _sid(said: str) -> str:
    """The number of the person in a line of two fields: the name, and ``"S-1-5-21-..."``."""
    number = said.strip().rpartition(",")[2].strip().strip('"')
    if not number.startswith("S-1-") or not number.replace("-", "").removeprefix("S").isdigit():
        raise SystemRefused("Windows did not say who is signed in.", "Sign out and in again, then try again.")
    return number


def _tool(name: str) -> str:
    """A program of Windows itself, wherever somebody else put one of that name."""
    root = os.environ.get("SYSTEMROOT", "C:\\Windows")
    return f"{root}\\System32\\{name}.exe"


def _run(words: Sequence[str]) -> str:
    """What a program of Windows says; a refusal is a sentence."""
    refusal = SystemRefused(
        "The folder could not be kept for you alone.",
        "Choose a folder in your own profile, on this computer.",
    )
    flags = NO_WINDOW if os.name == "nt" else 0
    try:
        ended = subprocess.run(
            list(words), capture_output=True, timeout=WAIT_S, check=False, creationflags=flags
        )
    except (OSError, subprocess.TimeoutExpired):
        raise refusal from None
    if ended.returncode:
        raise refusal
    # It speaks the letters of the console, which Python cannot always read; what is looked for in it is plain.
    return ended.stdout.decode("ascii", "replace")
