"""The real window goes through all its screens: it leaves no word on the disk and opens no door to another computer."""

import os
import subprocess
import sys
from dataclasses import dataclass

import pytest

from tests.faults.fault import built
from tests.faults.program import ROOT
from tests.faults.scene import made, readable_in


@dataclass(frozen=True)
class Shown:
    """A window that was shown and closed: its screens, what it left, and how often it reached for the network."""

    screens: tuple[str, ...]
    readable: tuple[str, ...]
    left: tuple[str, ...]
    reached: str | None


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    place = tmp_path_factory.mktemp("window")
    scene, home, library = made(place / "scene"), place / "home", built(place)
    home.mkdir()
    environ = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    environ |= {"HOME": str(home), "TMPDIR": str(home), "SQLITE_TMPDIR": str(home)}
    environ |= {"QT_QPA_PLATFORM": "offscreen"}
    if library:
        environ |= {"LD_PRELOAD": str(library), "CALLS_TELL": str(place / "reached")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.attacks.showing", str(scene.network), scene.recovery],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = (place / "reached").read_text("utf-8") if library else None
    left = tuple(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file())
    return Shown(tuple(done.stdout.split()), readable_in(scene.network, home), left, told)


def test_no_word_of_the_network_is_on_the_disk_after_all_screens(shown: Shown) -> None:
    assert len(shown.screens) >= 5
    assert shown.readable == ()
    assert any("last-opened" in name for name in shown.left), "the search looked where the program writes"


def test_the_window_opens_no_door_to_another_computer(shown: Shown) -> None:
    if shown.reached is not None:
        assert set(shown.reached.split()) == {"0"}
    assert shown.screens
