"""A window has every record at hand once its network is open: its own thread never reads the file."""

from argparse import Namespace
from pathlib import Path

import pytest

from peermatch.cli.main import Call
from peermatch.cli.window import doors_of_window
from peermatch.services.doors import Doors
from peermatch.services.shipped import load_shipped
from peermatch.store.kdf import LEAST
from peermatch.store.network import Store
from tests.networks import NETWORK, PASSPHRASE, clock


@pytest.mark.parametrize("started", ["by the desktop", "by a command"])
def test_names_are_there_without_the_file(tmp_path: Path, started: str) -> None:
    place = tmp_path / "n.peermatch"
    Store.create(place, NETWORK, PASSPHRASE, clock, cost=LEAST).store.lock()
    services = opened_by(started).open(place, PASSPHRASE)
    picture = services.desk.snapshot
    services.lock()  # from here on whatever is not in memory cannot be read
    assert [each.name for each in picture.supporters.values()] == [each.name for each in NETWORK.supporters]
    assert {each.id for each in NETWORK.supporters} == {line.id for line in picture.supporters.roll}
    assert len(picture.introductions) == len(NETWORK.introductions)


def opened_by(started: str) -> Doors:
    if started == "by the desktop":
        return doors_of_window()
    return Call(Namespace(fake_clock=None), load_shipped).window_doors
