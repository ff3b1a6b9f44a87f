"""Tab in the real window: it reaches every control of a screen in the order of reading, and Shift+Tab goes back."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QRadioButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from peermatch.ui.main_window import MainWindow
from peermatch.ui.screens.plan import PlanScreen
from peermatch.ui.screens.settings import SettingsScreen
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.workplace import Workplace
from tests.ui.plan_office import BUSY, copied
from tests.ui.real_networks import doors, focused, settled

TAB, BACK = Qt.Key.Key_Tab, Qt.Key.Key_Backtab
MOST = 120
ROUNDS = 50
SIZES = [(1440, 900), (960, 620)]


@pytest.fixture
def tasks() -> Tasks:
    return Tasks(AtOnce())


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, tmp_path: Path, tasks: Tasks) -> Iterator[MainWindow]:
    shown = MainWindow(doors(), tasks, theme, services=copied(tmp_path, BUSY))
    qtbot.addWidget(shown)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    at_rest(shown, tasks)
    yield shown
    shown.close()


def at_rest(window: MainWindow, tasks: Tasks) -> None:
    """Every answer has come: the worker answers at once, so only rounds of the event loop count, not the clock."""
    for _ in range(ROUNDS):
        settled(window)
        if tasks.idle:
            return
    raise AssertionError("the window never came to rest")


def screen_of(window: MainWindow, key: str, size: tuple[int, int], tasks: Tasks) -> QWidget:
    """A screen as a person meets it, with all that it works out there."""
    work = window.page
    assert isinstance(work, Workplace)
    window.resize(*size)
    work.show_screen(key)
    at_rest(window, tasks)
    screen = work.current
    if isinstance(screen, PlanScreen):
        # With a change made by hand every button of the plan can be pressed.
        screen.pane.pin.click()
        at_rest(window, tasks)
        assert screen.head.undo.isEnabled()
    if isinstance(screen, SettingsScreen):
        screen.policy.fields.lines["preference"].setText("0")
    at_rest(window, tasks)
    return screen


def takes_tab(part: QWidget) -> bool:
    """Whether Tab should stop here: of choices in one frame at the one that is taken, and not where all is in sight."""
    if not (part.isVisible() and part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus):
        return False
    if part.focusProxy() is not None:
        return False
    return not isinstance(part, QRadioButton) or part.isChecked()


def walked(window: MainWindow, screen: QWidget, key: Qt.Key) -> list[QWidget]:
    """Where the keyboard stops within a screen, once round the whole window, from what comes before the screen."""
    assert isinstance(window.page, Workplace)
    first = next(each for each in window.page.nav.findChildren(QWidget) if takes_tab(each))
    first.setFocus(Qt.FocusReason.TabFocusReason)
    stops = [focused()]
    for _ in range(MOST):
        QTest.keyClick(focused(), key)
        if focused() is stops[0]:
            return [each for each in stops if screen.isAncestorOf(each)]
        assert focused() not in stops, f"caught between {told(focused())} and {told(stops[-1])}"
        stops.append(focused())
    raise AssertionError("the way round has no end")


def told(part: QWidget) -> str:
    return f"{type(part).__name__} {part.accessibleName()!r}"


def place(part: QWidget) -> QRect:
    return QRect(part.mapToGlobal(QPoint(0, 0)), part.size())


def against_reading(stops: list[QWidget]) -> list[str]:
    """Each step that goes up without going right, or left without going down."""
    found = []
    for one, two in pairwise(stops):
        before, after = place(one), place(two)
        up, right = after.bottom() < before.top(), after.left() > before.right()
        left, down = after.right() < before.left(), after.top() > before.bottom()
        if (up and not right) or (left and not down):
            found.append(f"from {told(one)} to {told(two)}")
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", ["supporters", "introductions", "plan", "settings"])
def test_tab_reaches_every_control_in_the_order_of_reading_and_back(
    window: MainWindow, tasks: Tasks, key: str, size: tuple[int, int]
) -> None:
    screen = screen_of(window, key, size, tasks)
    there, back = walked(window, screen, TAB), walked(window, screen, BACK)
    controls = [each for each in screen.findChildren(QWidget) if takes_tab(each)]
    controls = [each for each in controls if not isinstance(each, QScrollArea) or each in there]
    assert {told(each) for each in controls if each not in there} == set()
    assert [told(each) for each in there] == [told(each) for each in reversed(back)]
    assert against_reading(there) == []
