"""A list that had no room when it was left has the keyboard when it is come back to in a larger window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from peermatch.ui.main_window import MainWindow
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.nav import NavItem
from tests.ui.real_networks import doors, focused, in_sight, settled, work_of
from tests.ui.sample_office import sample

TODAY = Qt.Key.Key_1


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[MainWindow]:
    theme.set_scale(150)
    shown = MainWindow(doors(), Tasks(AtOnce()), theme, services=sample(tmp_path))
    with in_sight(shown, qtbot, (1024, 700)) as window:
        yield window


@pytest.mark.parametrize("key", ["enquiries", "introductions", "consent"])
def test_the_keyboard_is_where_it_can_be_seen(window: MainWindow, key: str) -> None:
    number = [item.place.key for item in work_of(window).nav.findChildren(NavItem)].index(key) + 1
    there = Qt.Key(Qt.Key.Key_0.value + number)
    for digit in (there, TODAY):
        QTest.keyClick(window, digit, Qt.KeyboardModifier.AltModifier)
        settled(window)
    window.resize(1600, 1000)
    settled(window)
    QTest.keyClick(window, there, Qt.KeyboardModifier.AltModifier)
    settled(window)
    screen = work_of(window).screens[key]
    assert screen.isVisible()
    assert focused().isVisible(), focused()
    assert screen.isAncestorOf(focused()), focused()
