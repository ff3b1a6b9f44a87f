"""The sample network: invented people and letters, to look around and to show the main job."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from peermatch import paths
from peermatch.services import places

if TYPE_CHECKING:
    from peermatch.services.doors import Doors
    from peermatch.services.office import Services

NAME = "sample.peermatch"
# Known to everybody on purpose: nobody in the sample is real.
PASSPHRASE = "sixty invented people say hello"  # noqa: S105 -- it protects nobody
# The day on which the sample is at home: its dates were chosen around it.
DAY = date(2026, 11, 20)
_QUOTED_DAY = re.compile(rb'"(\d{4}-\d{2}-\d{2})"')
HERO = "01-late-diagnosis.eml"


@dataclass(frozen=True, slots=True)
class SampleLetter:
    """One of the invented letters."""

    name: str
    raw: bytes


def make_sample(doors: "Doors", folder: Path, on: date = DAY) -> "Services":
    """A new network of invented people, open; its days lie around ``on`` as they were chosen to lie around ``DAY``."""
    raw = (paths.resources() / "sample" / "network.json").read_bytes()
    network = doors.read_portable(moved(raw, on))
    services = doors.create(folder, network, PASSPHRASE, with_recovery=False).services
    _write_back(services)
    return services


def _write_back(services: "Services") -> None:
    """Whoever somebody was asked for had a first reply before: the file holds enquiries, and no letters about them."""
    picture = services.desk.snapshot
    for enquiry in picture.cases.open:
        asked = picture.introductions_of(enquiry.reference)
        if asked and not any(each.told for each in asked):
            services.letters.acknowledged(enquiry.reference, min(each.asked for each in asked))


def moved(raw: bytes, on: date) -> bytes:
    """The file with every day moved by whole weeks, so that what was agreed has not ended for whoever begins later."""
    weeks = timedelta(weeks=max((on - DAY).days // 7, 0))

    def later(found: re.Match[bytes]) -> bytes:
        return f'"{date.fromisoformat(found[1].decode()) + weeks}"'.encode()

    return _QUOTED_DAY.sub(later, raw) if weeks else raw


def sample_letters() -> tuple[SampleLetter, ...]:
    """The invented letters, in order."""
    files = sorted((paths.resources() / "sample" / "letters").glob("*.eml"))
    return tuple(SampleLetter(path.name, path.read_bytes()) for path in files)


def hero_letter() -> SampleLetter:
    """The letter that the main job is shown with."""
    return next(letter for letter in sample_letters() if letter.name == HERO)


def sample_folder() -> Path:
    """Where the sample network of this computer lives; it may not exist yet."""
    return places.home() / NAME


def is_sample(folder: Path) -> bool:
    """Whether a network is the sample: its name is kept for it."""
    return folder.name == NAME


def look_around(doors: "Doors", folder: Path | None = None) -> "Services":
    """The sample network, open: made the first time, and as it was left from then on."""
    place = folder or sample_folder()
    return doors.open(place, PASSPHRASE) if place.is_dir() else make_sample(doors, place, doors.today)
