"""Every screen and page, empty, usual and crowded, in several looks and sizes: nothing is cut, nobody is caught."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QPalette

from peermatch.model.network import Network
from peermatch.services.office import Services
from peermatch.services.sample import DAY
from peermatch.ui.stage import Stage
from peermatch.ui.widgets.text import Text
from tests.networks import PASSPHRASE
from tests.networks_crowded import crowded
from tests.ui.layout_facts import layout_problems, told
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


def words_in_another_look(stage: Stage) -> list[str]:
    """Words in the ink or the size of a look that was worn before."""
    words = [label for label in stage.window.findChildren(Text) if label.isVisible()]
    return [told(label) for label in words if not as_it_should_look(label)]


def as_it_should_look(label: Text) -> bool:
    wanted = label._theme.colour(label._look.tone)
    return label.palette().color(QPalette.ColorRole.WindowText) == wanted and label.font() == label._font()


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


def test_all_words_follow_another_look(usual: Services, on_stage: Callable[[Services], Stage]) -> None:
    stage = on_stage(usual)
    for size, scheme, scale in ((SMALL, "light", 100), (WIDE, "dark", 150), (SMALL, "light", 150)):
        stage.wear(size, scheme, scale)
        assert walked(stage, words_in_another_look) == {}


def test_words_that_move_to_another_place_look_as_all_others(
    usual: Services, on_stage: Callable[[Services], Stage]
) -> None:
    stage = on_stage(usual)
    stage.turn_to(next(view for view in stage.views() if view.name == "resources-letters"))
    for size, scheme, scale in ((WIDE, "light", 100), (WIDE, "dark", 150), (WIDE, "light", 100)):
        stage.wear(size, scheme, scale)
        assert words_in_another_look(stage) == []
        assert layout_problems(stage.window) == []


def test_a_crowded_network(full: Services, on_stage: Callable[[Services], Stage]) -> None:
    stage = on_stage(full)
    stage.wear(SMALL, "light", 150)
    assert walked(stage, plainly) == {}


def test_an_empty_network(bare: Services, on_stage: Callable[[Services], Stage]) -> None:
    stage = on_stage(bare)
    stage.wear(SMALL, "light", 150)
    assert walked(stage, plainly) == {}
