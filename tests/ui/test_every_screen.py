"""Every screen and page, empty, usual and crowded, in several looks and sizes: nothing is cut, nobody is caught."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from peermatch.model.network import Network
from peermatch.services.office import Services
from peermatch.services.sample import DAY
from peermatch.ui.stage import Stage
from tests.networks import PASSPHRASE
from tests.networks_crowded import crowded
from tests.ui.layout_facts import layout_problems
from tests.ui.real_networks import doors
from tests.ui.sample_office import sample

WIDE, SMALL = (1440, 900), (1024, 700)
Found = dict[str, list[str]]


def walked(stage: Stage, look: Callable[[Stage], list[str]]) -> Found:
    """What is wrong on each screen and page; those without fault are left out."""
    found: Found = {}
    for view in stage.views():
        stage.turn_to(view)
        stage.settle()  # a chart knows its height only when it has its width
        wrong = look(stage)
        if wrong:
            found[view.name] = wrong
    return found


def plainly(stage: Stage) -> list[str]:
    return layout_problems(stage.window)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("every-screen")


@pytest.fixture(scope="module")
def usual(place: Path) -> Iterator[Services]:
    services = sample(place)
    yield services
    services.lock()


@pytest.fixture(scope="module")
def full(place: Path) -> Iterator[Services]:
    services = crowded(doors(), place / "crowded.peermatch", 400, 80)
    yield services
    services.lock()


@pytest.fixture(scope="module")
def bare(place: Path) -> Iterator[Services]:
    made = doors().create(place / "bare.peermatch", Network("A new network"), PASSPHRASE, with_recovery=False)
    yield made.services
    made.services.lock()


@pytest.fixture
def on_stage() -> Iterator[Callable[[Services], Stage]]:
    stages: list[Stage] = []

    def put(services: Services) -> Stage:
        stages.append(Stage(services, DAY, WIDE))
        return stages[-1]

    yield put
    for stage in stages:
        stage.close()


def test_the_usual_network(usual: Services, on_stage: Callable[[Services], Stage]) -> None:
    stage = on_stage(usual)
    assert len(stage.views()) > 12
    stage.wear(SMALL, "high-contrast", 150)
    assert walked(stage, plainly) == {}
    stage.wear(WIDE, "dark", 200)
    assert walked(stage, plainly) == {}


def test_a_crowded_network(full: Services, on_stage: Callable[[Services], Stage]) -> None:
    stage = on_stage(full)
    stage.wear(SMALL, "light", 150)
    assert walked(stage, plainly) == {}


def test_an_empty_network(bare: Services, on_stage: Callable[[Services], Stage]) -> None:
    stage = on_stage(bare)
    stage.wear(SMALL, "light", 150)
    assert walked(stage, plainly) == {}
