"""Where networks of this computer live: the place that is offered for a new one, and the one that was opened last."""

import re
import unicodedata
from pathlib import Path

from peermatch import paths
from peermatch.managed import managed

LONGEST_NAME = 60
"""Characters of a network's name that its folder takes over."""
LONGEST_PLACE = 64 * 1024


def home() -> Path:
    """Where networks begin on this computer: a person's own folder, or the first that the organisation allows."""
    own, allowed = paths.data_folder(), managed()
    return own if allowed.allows(own) else allowed.network_folders[0]


def offered_folder(name: str) -> Path:
    """Where a new network of that name would live on this computer: a place that nothing stands in yet."""
    words = re.sub(r"[^\w ()'-]+", " ", unicodedata.normalize("NFKC", name))
    stem = " ".join(words.split())[:LONGEST_NAME].strip() or "network"
    numbered = (stem, *(f"{stem} {number}" for number in range(2, 1000)))
    begin = home()
    places = (begin / f"{each}{paths.NETWORK_SUFFIX}" for each in numbered)
    return next(place for place in places if not (place.exists() or place.is_symlink()))


def note_opened(folder: Path) -> None:
    """Note which network was opened last; not being able to is no reason to stop."""
    try:
        paths.make_private(paths.data_folder())
        paths.last_opened_file().write_text(str(folder), "utf-8")
    except (OSError, UnicodeEncodeError):
        return


def last_opened() -> Path | None:
    """The network that was opened last on this computer, if it can be reached just now.

    A drive that is not there is told of in many ways: none of them keeps anybody from starting the program.
    """
    try:
        with paths.last_opened_file().open("rb") as source:
            folder = Path(source.read(LONGEST_PLACE).decode("utf-8").strip())
        return folder if folder.is_absolute() and folder.is_dir() else None
    except (OSError, UnicodeDecodeError):
        return None
