"""The guide and the documents from the window: read in the list, saved as a PDF, and a failure said above the page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from peermatch.ui.choosers import Choosers
from peermatch.ui.help_door import help_book
from peermatch.ui.help_pages import DOCUMENTS
from peermatch.ui.screens.resources_help import GUIDE_FILE, HelpList
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Theme


@pytest.fixture
def shown(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[HelpList]:
    tasks = Tasks(AtOnce())
    choosers = Choosers(place=lambda _parent, offered: tmp_path / offered.name)
    made = HelpList(tasks, theme, choosers)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    yield made
    tasks.stop()


def test_the_guide_is_saved_and_what_is_there_already_stays(
    shown: HelpList, qtbot: QtBot, tmp_path: Path
) -> None:
    told = QSignalSpy(shown.did)
    shown.save_guide.click()
    qtbot.waitUntil(lambda: told.count() == 1)
    assert told.at(0)[0].notice == f"Saved as {GUIDE_FILE}."
    assert (tmp_path / GUIDE_FILE).read_bytes().startswith(b"%PDF")
    shown.save_guide.click()
    qtbot.waitUntil(shown.banner.isVisible)
    assert "already something" in shown.banner.sentence()
    assert told.count() == 1


def test_a_document_is_listed_read_and_saved(shown: HelpList, qtbot: QtBot, tmp_path: Path) -> None:
    (first,) = (row for row in shown.view.rows() if row.heading == DOCUMENTS)
    assert first.key in help_book().documents
    assert not shown.save_document.isVisible()
    shown.view.set_current("retention")
    assert "90 days" in shown.text.toPlainText()
    assert shown.save_document.isVisible()
    told = QSignalSpy(shown.did)
    shown.save_document.click()
    qtbot.waitUntil(lambda: told.count() == 1)
    assert (tmp_path / "peermatch-retention.pdf").exists()
