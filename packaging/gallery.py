"""Render every screen and page of the window into pictures: usual, empty and crowded networks, all looks and sizes.

Run by `dev.py gallery [FOLDER] [view ...]` with the Python of the environment. ``--pictures`` renews what README
shows instead. A picture is named for what it shows: NETWORK/LOOK/VIEW.png. What is wrong with a layout is said.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from peermatch.model.network import Network
from peermatch.services.office import Doors, Services
from peermatch.services.sample import DAY, hero_letter, make_sample
from peermatch.services.shipped import load_shipped
from peermatch.store.kdf import LEAST
from peermatch.ui.stage import Stage, View
from tests.networks_crowded import PASSPHRASE, crowded
from tests.ui.layout_facts import layout_problems

ROOT = Path(__file__).resolve().parent.parent
WIDE, SMALL = (1440, 900), (1024, 700)
LOOKS: dict[str, tuple[tuple[int, int], str, int]] = {
    "light": (WIDE, "light", 100),
    "dark": (WIDE, "dark", 100),
    "high-contrast": (WIDE, "high-contrast", 100),
    "150-per-cent": (WIDE, "light", 150),
    "200-per-cent": (WIDE, "light", 200),
    "small": (SMALL, "light", 100),
    "small-150-per-cent": (SMALL, "dark", 150),
}
NEEDS = (("neuro.adhd",), ("training.progress.exam-failure", "training.ltft"))
PICTURES = ("today", "enquiries", "supporters", "card", "consent", "insight", "resources")


def clock() -> datetime:
    """The morning of the day on which the sample is at home."""
    return datetime(DAY.year, DAY.month, DAY.day, 9, 30, tzinfo=UTC)


def empty(doors: Doors, folder: Path) -> Services:
    """A network on its first day."""
    return doors.create(folder, Network("A new network"), PASSPHRASE, with_recovery=False).services


NETWORKS: dict[str, Callable[[Doors, Path], Services]] = {
    "usual": make_sample,
    "crowded": crowded,
    "empty": empty,
}


@contextmanager
def network(kind: str) -> Iterator[Services]:
    """One of the networks, open, in a folder that goes again."""
    with tempfile.TemporaryDirectory(prefix="gallery-") as place:
        os.environ["XDG_DATA_HOME"] = place
        services = NETWORKS[kind](Doors(load_shipped(), clock, LEAST), Path(place) / "sample.peermatch")
        try:
            yield services
        finally:
            services.lock()


def render(kind: str, folder: Path, wanted: Sequence[str]) -> Iterator[str]:
    """Every view of a network in every look; brings what is wrong, as it is found."""
    with network(kind) as services:
        stage = Stage(services, DAY, WIDE)
        for look, (size, scheme, scale) in LOOKS.items():
            stage.wear(size, scheme, scale)
            place = folder / kind / look
            place.mkdir(parents=True, exist_ok=True)
            for view in stage.views():
                if not wanted or view.name in wanted or view.screen in wanted:
                    stage.turn_to(view)
                    stage.settle()
                    stage.picture(place / f"{view.name}.png")
                    yield from (
                        f"{kind}, {look}, {view.name}: {each}" for each in layout_problems(stage.window)
                    )
        stage.close()


def pictures(folder: Path) -> Iterator[str]:
    """What README shows: the main job half done, in light, and once after dark."""
    with network("usual") as services:
        received = services.enquiries.receive(services.enquiries.draft(hero_letter().raw), DAY)
        services.enquiries.set_needs(received.reference, *NEEDS)
        stage = Stage(services, DAY, WIDE)
        for name in PICTURES:
            stage.wear(WIDE, "light", 100)
            _turn(stage, name, received.reference)
            stage.picture(folder / f"{name}.png")
            yield name
        stage.wear(WIDE, "dark", 100)
        _turn(stage, "enquiries", received.reference)
        stage.picture(folder / "enquiries-dark.png")
        yield "enquiries-dark"
        stage.close()


def _turn(stage: Stage, name: str, reference: str) -> None:
    at = {"enquiries": (reference, ""), "card": ("E-0137", ""), "supporters": ("", "S-0001")}.get(name)
    if at is None:
        stage.turn_to(View(name))
    else:
        stage.show("introductions" if name == "card" else name, *at)


def main(words: Sequence[str]) -> int:
    """Draw what is asked for; 1 if a layout is wrong."""
    if "--pictures" in words:
        for name in pictures(ROOT / "resources" / "pictures"):
            print(f"resources/pictures/{name}.png", flush=True)
        return 0
    folder = Path(words[0] if words else "build/gallery").resolve()
    found = 0
    for kind in NETWORKS:
        for wrong in render(kind, folder, words[1:]):
            found += 1
            print(wrong, flush=True)
    print(f"The pictures are in {folder}. {found or 'No'} faults of layout were found.", flush=True)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
