"""Ctrl+K in the real window: from any screen to any record and step, and nothing of it is left when it locks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from peermatch.ui.main_window import MainWindow
from peermatch.ui.palette import Palette
from peermatch.ui.screens.supporters import SupportersScreen
from peermatch.ui.screens.welcome import Welcome
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.top_bar import SearchButton
from tests.networks import ADHD
from tests.ui.real_networks import doors, focused, in_sight, opened, settled, wait_until, work_of

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[MainWindow]:
    window = MainWindow(doors(), Tasks(AtOnce()), theme, services=opened(tmp_path))
    with in_sight(window, qtbot) as shown:
        yield shown


def palette_of(window: MainWindow) -> Palette:
    found = work_of(window).door.palette
    assert found is not None
    return found


def take(window: MainWindow, typed: str) -> None:
    """Ctrl+K, some letters, Enter."""
    QTest.keyClick(window, Qt.Key.Key_K, CONTROL)
    assert focused() is palette_of(window).line
    QTest.keyClicks(focused(), typed)
    wait_until(lambda: not palette_of(window)._pause.isActive())
    settled(window)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    settled(window)


def people(window: MainWindow) -> SupportersScreen:
    found = work_of(window).screens["supporters"]
    assert isinstance(found, SupportersScreen)
    return found


def test_it_goes_anywhere_and_the_keyboard_is_there(window: MainWindow) -> None:
    work = work_of(window)
    assert work.door.palette is None
    take(window, "tom wade")
    assert work.current_key == "supporters"
    assert people(window).record.person is not None
    assert people(window).record.person.name == "Tom Wade"  # type: ignore[union-attr]  # seen a line above
    assert work.isAncestorOf(focused())
    assert not palette_of(window).isAncestorOf(focused())
    take(window, "adhd")
    assert people(window).list.facets.topic == ADHD
    take(window, "settings backups")
    assert work.current_key == "settings"
    take(window, "diagnosed in august")
    assert work.current_key == "enquiries"
    take(window, "all keys")
    assert work.sheet.isVisible()
    take(window, "add supporter")
    assert people(window).editor.open


def test_the_bar_opens_it_and_another_screen_puts_it_away(window: MainWindow) -> None:
    button = window.findChild(SearchButton)
    assert button is not None
    button.click()
    assert palette_of(window).isVisible()
    QTest.keyClick(window, Qt.Key.Key_4, ALT)
    assert palette_of(window).isHidden()
    assert palette_of(window).line.text() == ""


def test_locking_from_it_leaves_nothing_of_it(window: MainWindow) -> None:
    take(window, "tom wade")
    take(window, "lock the network")
    wait_until(lambda: isinstance(window.page, Welcome))
    settled(window)
    assert window.findChild(Palette) is None
    assert not [each for each in window.findChildren(QWidget) if isinstance(each, SearchButton)]
