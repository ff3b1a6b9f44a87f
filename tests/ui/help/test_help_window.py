"""F1 in the real window: on every screen and page, on the first page, by the button and by Ctrl+K."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from peermatch.ui.help_door import HelpDoor
from peermatch.ui.help_sheet import HelpSheet
from peermatch.ui.main_window import MainWindow
from peermatch.ui.screens.paged import PagedScreen
from peermatch.ui.screens.welcome import Welcome
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Theme
from tests.ui.real_networks import doors, focused, in_sight, opened, settled, wait_until, work_of

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[MainWindow]:
    made = MainWindow(doors(), Tasks(AtOnce()), theme, services=opened(tmp_path))
    with in_sight(made, qtbot) as shown:
        yield shown


def help_of(window: MainWindow) -> HelpSheet:
    found = work_of(window).guidance.help.sheet
    assert found is not None
    return found


def test_every_screen_and_page_has_its_help(window: MainWindow) -> None:
    work = work_of(window)
    assert work.guidance.help.sheet is None
    for key in work.screens:
        work.show_screen(key)
        QTest.keyClick(window, Qt.Key.Key_F1)
        assert help_of(window).page.key.startswith(key), key
        screen = work.screens[key]
        if isinstance(screen, PagedScreen):
            for page in screen.switch.choices:
                screen.turn_to(page)
                assert help_of(window).page.key in (f"{key}-{page}", key)
        QTest.keyClick(window, Qt.Key.Key_F1)
        assert help_of(window).isHidden()


def test_the_button_opens_it_and_it_follows_the_window(window: MainWindow) -> None:
    work = work_of(window)
    work.bar.help.click()
    assert help_of(window).page.key == "today"
    assert window.width() == 1440
    QTest.keyClick(window, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    assert help_of(window).page.key == "supporters"
    assert help_of(window).isVisible()
    assert help_of(window).geometry().left() >= work.bar.geometry().right()
    help_of(window).keys.click()
    assert work.sheet.isVisible()
    assert help_of(window).isHidden()


def test_ctrl_k_finds_its_pages(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_K, CONTROL)
    palette = work_of(window).door.palette
    assert palette is not None
    QTest.keyClicks(focused(), "somebody may be in danger")
    wait_until(lambda: not palette._pause.isActive())
    settled(window)
    assert palette.shown()[0].heading == "Help"
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    settled(window)
    assert help_of(window).page.key == "danger"
    assert focused() is help_of(window).text


def test_the_first_page_has_help_and_none_of_a_network_is_left(window: MainWindow) -> None:
    work_of(window).bar.help.click()
    window.lock()
    wait_until(lambda: isinstance(window.page, Welcome))
    settled(window)
    assert window.findChild(HelpSheet) is None
    QTest.keyClick(window, Qt.Key.Key_F1)
    sheet = window.findChild(HelpSheet)
    assert sheet is not None
    assert sheet.page.key == "welcome"
    assert not sheet.keys.isVisible()
    assert isinstance(window.page, Welcome)
    assert len(window.page.findChildren(HelpDoor)) == 1
