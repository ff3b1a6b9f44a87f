"""Where things live on each system: the shipped resources, and a person's own local folder."""

import os
import sys
from pathlib import Path

from platformdirs import user_data_path, user_log_path

# The offered place is local to this computer: a roaming profile would copy the network to a server.
NETWORK_SUFFIX = ".peermatch"


def resources() -> Path:
    """The folder of vocabulary, templates, icons, fonts and the sample network."""
    bundled = getattr(sys, "_MEIPASS", None)
    root = Path(bundled) if bundled else Path(__file__).resolve().parent.parent
    return root / "resources"


def resource_text(*parts: str) -> str:
    """The text of one shipped file."""
    return resources().joinpath(*parts).read_text("utf-8")


def data_folder() -> Path:
    """The folder that is offered for a network; it may not exist yet."""
    return user_data_path("PeerMatch", appauthor=False, roaming=False)


def log_folder() -> Path:
    """The folder of the log; it may not exist yet."""
    return user_log_path("PeerMatch", appauthor=False)


def last_opened_file() -> Path:
    """The file that remembers which network was opened last: a path, nothing else."""
    return data_folder() / "last-opened"


def make_private(folder: Path) -> None:
    """Create a folder (and those above it) that only its owner may enter."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if os.name == "posix":
        folder.chmod(0o700)
