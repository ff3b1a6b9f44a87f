"""The enquiries on a network of their own, or on one that no test changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from peermatch.services.office import Services
from peermatch.ui.theme import Theme
from tests.ui.enquiry_office import confirmed_network, lookout, office
from tests.ui.sample_office import Bench


@pytest.fixture
def desk(qtbot: object, theme: Theme, tmp_path: Path) -> Iterator[Bench]:
    with office(tmp_path, theme) as made:
        yield made


@pytest.fixture(scope="module")
def confirmed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with confirmed_network(tmp_path_factory.mktemp("confirmed")) as services:
        yield services


@pytest.fixture
def look(qtbot: object, theme: Theme, confirmed: Services) -> Iterator[Bench]:
    """The first letter confirmed and chosen; nothing is changed in this network."""
    with lookout(confirmed, theme) as made:
        yield made
