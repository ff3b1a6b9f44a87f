"""Today on the sample network: one of its own, or one that no test changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from peermatch.services.office import Services
from peermatch.ui.screens.today import TodayScreen
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from tests.ui.sample_office import Bench, bench, bench_on, sample


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """A network that no test changes."""
    services = sample(tmp_path_factory.mktemp("kept"))
    yield services
    services.lock()


@pytest.fixture
def look(qtbot: object, theme: Theme, kept: Services) -> Iterator[Bench]:
    with bench_on(kept, lambda services, tasks: TodayScreen(services, tasks, theme)) as made:
        yield made


@pytest.fixture
def desk(qtbot: object, theme: Theme, tmp_path: Path) -> Iterator[Bench]:
    def make(services: Services, tasks: Tasks) -> TodayScreen:
        return TodayScreen(services, tasks, theme)

    with bench(tmp_path, make) as made:
        yield made
