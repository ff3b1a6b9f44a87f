"""Data protection on a sample network of one's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from peermatch.ui.theme import Theme
from tests.ui.duties.duty_office import Folder, office
from tests.ui.sample_office import Bench


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    place = tmp_path / "answers"
    place.mkdir()
    return Folder(place)


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, tmp_path: Path, folder: Folder) -> Iterator[Bench]:
    with office(tmp_path, theme, qtbot, folder) as made:
        yield made
