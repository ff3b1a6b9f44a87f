"""Where networks of this computer live: the place that is offered for a new one, and the one that was opened last."""

import re
import unicodedata
from pathlib import Path

from peermatch import paths

LONGEST_NAME = 60
"""Characters of a network's name that its folder takes over."""


def offered_folder(name: str) -> Path:
    """Where a new network of that name would live on this computer: a place that nothing stands in yet."""
    words = re.sub(r"[^\w ()'-]+", " ", unicodedata.normalize("NFKC", name))
    stem = " ".join(words.split())[:LONGEST_NAME].strip() or "network"
    numbered = (stem, *(f"{stem} {number}" for number in range(2, 1000)))
    places = (paths.data_folder() / f"{each}{paths.NETWORK_SUFFIX}" for each in numbered)
    return next(place for place in places if not (place.exists() or place.is_symlink()))


def note_opened(folder: Path) -> None:
    """Note which network was opened last; not being able to is no reason to stop."""
    try:
        paths.make_private(paths.data_folder())
        paths.last_opened_file().write_text(str(folder), "utf-8")
    except (OSError, UnicodeEncodeError):
        return


def last_opened() -> Path | None:
    """The network that was opened last on this computer, if it is still there."""
    try:
        folder = Path(paths.last_opened_file().read_text("utf-8").strip())
    except (OSError, UnicodeDecodeError):
        return None
    return folder if folder.is_dir() else None
