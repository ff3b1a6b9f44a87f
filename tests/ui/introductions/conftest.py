"""The introductions on a network of their own, or on one that no test changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from peermatch.services.office import Services
from peermatch.ui.screens.introductions import IntroductionsScreen
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from tests.ui.introduction_office import Ways, doors_of
from tests.ui.sample_office import Bench, bench, bench_on, sample


@pytest.fixture
def ways(tmp_path: Path) -> Ways:
    return Ways(tmp_path / "cards")


@pytest.fixture
def desk(qtbot: object, theme: Theme, tmp_path: Path, ways: Ways) -> Iterator[Bench]:
    def make(services: Services, tasks: Tasks) -> IntroductionsScreen:
        return IntroductionsScreen(services, tasks, theme, doors=doors_of(ways))

    with bench(tmp_path, make) as made:
        yield made


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """A network that no test changes."""
    services = sample(tmp_path_factory.mktemp("kept"))
    yield services
    services.lock()


@pytest.fixture
def look(qtbot: object, theme: Theme, kept: Services) -> Iterator[Bench]:
    with bench_on(kept, lambda services, tasks: IntroductionsScreen(services, tasks, theme)) as made:
        yield made
