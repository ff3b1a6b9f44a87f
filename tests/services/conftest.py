"""A real encrypted network for each test: made once, copied for each, and opened at the lowest cost allowed."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from peermatch.model.introduction import Introduction, State
from peermatch.model.network import Network
from peermatch.services.office import Doors, Services
from peermatch.services.shipped import Shipped, load_shipped
from peermatch.store.kdf import LEAST
from tests.networks import AMINA, DAY, NETWORK, PASSPHRASE, clock
from tests.services.desks import WHOLE, agreed
from tests.services.erasing import FULL, lived_in

Make = Callable[[Network], Services]


@pytest.fixture(scope="session")
def shipped() -> Shipped:
    return load_shipped()


@pytest.fixture(scope="session")
def doors(shipped: Shipped) -> Doors:
    return Doors(shipped, clock, cost=LEAST)


@pytest.fixture(scope="session")
def template(doors: Doors, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The locked network that every test copies, and the key that opens it without stretching a passphrase."""
    folder = tmp_path_factory.mktemp("template") / "north-west.peermatch"
    made = doors.create(folder, WHOLE, PASSPHRASE, with_recovery=True)
    made.services.lock()
    return folder, made.recovery or ""


@pytest.fixture(scope="session")
def agreed_template(
    template: tuple[Path, str], doors: Doors, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, str]:
    """The same with the introduction of Amina for E-0142 agreed."""
    folder = tmp_path_factory.mktemp("agreed") / "north-west.peermatch"
    opened = _opened(template, doors, folder)
    agreed(opened)
    opened.lock()
    return folder, template[1]


def _opened(template: tuple[Path, str], doors: Doors, folder: Path) -> Services:
    shutil.copytree(template[0], folder)
    return doors.recover(folder, template[1])


@pytest.fixture
def services(template: tuple[Path, str], doors: Doors, tmp_path: Path) -> Iterator[Services]:
    """A copy of the network, open."""
    opened = _opened(template, doors, tmp_path / "north-west.peermatch")
    yield opened
    opened.lock()


@pytest.fixture(scope="module")
def still(
    template: tuple[Path, str], doors: Doors, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Services]:
    """A copy of the network, open, for tests that leave it as it is."""
    opened = _opened(template, doors, tmp_path_factory.mktemp("still") / "north-west.peermatch")
    yield opened
    opened.lock()


@pytest.fixture
def ready(agreed_template: tuple[Path, str], doors: Doors, tmp_path: Path) -> Iterator[Services]:
    """A copy of the network in which a card may leave, open."""
    opened = _opened(agreed_template, doors, tmp_path / "north-west.peermatch")
    yield opened
    opened.lock()


@pytest.fixture
def make(doors: Doors, tmp_path: Path) -> Iterator[Make]:
    """Makes another network, open."""
    made: list[Services] = []

    def making(network: Network) -> Services:
        folder = tmp_path / f"made-{len(made)}.peermatch"
        made.append(doors.create(folder, network, PASSPHRASE, with_recovery=False).services)
        return made[-1]

    yield making
    for each in made:
        each.lock()


@pytest.fixture(scope="module")
def standing(doors: Doors, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """A network with an introduction in each state, for tests that leave it as it was."""
    people = tuple(replace(AMINA, id=f"S-{place:04d}") for place in range(len(State)))
    steps = tuple(Introduction("E-0142", p.id, s, DAY) for p, s in zip(people, State, strict=True))
    network = replace(NETWORK, supporters=people, introductions=steps)
    folder = tmp_path_factory.mktemp("standing") / "standing.peermatch"
    opened = doors.create(folder, network, PASSPHRASE, with_recovery=False).services
    yield opened
    opened.lock()


@pytest.fixture(scope="session")
def lived(doors: Doors, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A locked network that people have worked in, for copies, and its recovery key."""
    place = tmp_path_factory.mktemp("lived")
    made = doors.create(place / "full.peermatch", FULL, PASSPHRASE, with_recovery=True)
    lived_in(made.services, place / "cards")
    made.services.lock()
    return place / "full.peermatch", made.recovery or ""


@pytest.fixture
def full(lived: tuple[Path, str], doors: Doors, tmp_path: Path) -> Iterator[Services]:
    """A copy of it, open."""
    shutil.copytree(lived[0], tmp_path / "full.peermatch")
    opened = doors.recover(tmp_path / "full.peermatch", lived[1])
    yield opened
    opened.lock()
