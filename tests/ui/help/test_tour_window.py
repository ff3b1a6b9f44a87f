"""The tour in the real window: by keyboard to its last step, left and taken up again, and never where it is real."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from peermatch.services.office import Services
from peermatch.services.sample import DAY
from peermatch.ui.guidance import GO_ON, TAKE
from peermatch.ui.main_window import MainWindow
from peermatch.ui.palette_steps import TOUR
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Scheme, Theme
from peermatch.ui.tour import Tour
from peermatch.ui.tour_steps import Stage
from peermatch.ui.tour_strip import CLOSE, LEAVE
from peermatch.ui.widgets.queue_list import QueueRow
from tests.ui.readable import problems
from tests.ui.real_networks import doors, focused, in_sight, opened, settled, work_of
from tests.ui.sample_office import HERO, sample


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = sample(tmp_path)
    made.desk.clock = lambda: doors()._clock().replace(year=DAY.year, month=DAY.month, day=DAY.day)
    yield made
    made.lock()


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, services: Services) -> Iterator[MainWindow]:
    made = MainWindow(doors(), Tasks(AtOnce()), theme, services=services)
    with in_sight(made, qtbot) as shown:
        yield shown


def tour_of(window: MainWindow) -> Tour:
    return work_of(window).guidance.tour


def stage_of(window: MainWindow) -> Stage:
    return tour_of(window).step.stage


def press_on(window: MainWindow) -> None:
    """What the strip offers has the keyboard already."""
    assert focused() is tour_of(window).strip.press
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    settled(window)


def test_five_steps_by_keyboard_alone(window: MainWindow, services: Services) -> None:
    work, tour = work_of(window), tour_of(window)
    stages, screens = [], []
    work.notices.sample._action.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    settled(window)
    for _ in range(4):
        stages.append(stage_of(window))
        screens.append(work.current_key)
        press_on(window)
    stages.append(stage_of(window))
    assert stages == list(Stage)[:5]
    assert screens == ["enquiries"] * 4
    assert work.notices.sample.isHidden()
    press_on(window)
    assert work.current_key == "introductions"
    assert stage_of(window) is Stage.CARD
    assert tour.strip.press.isHidden()
    assert work.current.isAncestorOf(focused())
    preview = services.handing_out.preview(
        HERO, services.desk.snapshot.introductions_of(HERO)[0].supporter, DAY
    )
    folder = services.folder.parent / "card"
    folder.mkdir()
    work.take_note(services.handing_out.hand_over(preview, DAY, folder).done)
    assert stage_of(window) is Stage.THROUGH
    assert tour.strip.leave.text() == CLOSE


def test_it_is_left_taken_up_again_and_follows_what_is_undone(window: MainWindow) -> None:
    work, tour = work_of(window), tour_of(window)
    work._do(TOUR)
    settled(window)
    press_on(window)
    press_on(window)
    assert stage_of(window) is Stage.LIST
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert tour.strip.isHidden()
    assert not tour.running
    assert work.notices.sample.isVisible()
    assert work.notices.sample._action.text() == GO_ON
    work.show_screen("journal")
    work._do(TOUR)
    settled(window)
    assert stage_of(window) is Stage.LIST
    assert work.current_key == "enquiries"
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(window)
    assert stage_of(window) is Stage.NEEDS
    work.show_screen("today")
    assert tour.strip.show_place.isVisible()
    tour.strip.show_place.click()
    settled(window)
    assert work.current_key == "enquiries"
    assert tour.strip.show_place.isHidden()
    assert tour.strip.leave.text() == LEAVE


def test_no_word_of_it_is_cut(window: MainWindow, theme: Theme) -> None:
    theme.choose(Scheme.DARK)
    theme.set_scale(150)
    window.resize(1024, 700)
    work_of(window)._do(TOUR)
    settled(window)
    strip = tour_of(window).strip
    assert strip.isVisible()
    assert problems(work_of(window).notices) == []
    assert strip.accessibleName().startswith("Tour. Step 1 of 5: A letter comes in.")


def test_a_real_network_has_no_tour(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    made = MainWindow(doors(), Tasks(AtOnce()), theme, services=opened(tmp_path))
    with in_sight(made, qtbot) as window:
        work = work_of(window)
        work._do(TOUR)
        settled(window)
        assert not tour_of(window).running
        assert tour_of(window).strip.isHidden()
        assert work.notices.sample.isHidden()
        assert TAKE not in [row.title for row in _shown_by_the_palette(window)]


def _shown_by_the_palette(window: MainWindow) -> tuple[QueueRow, ...]:
    work_of(window).door.open()
    palette = work_of(window).door.palette
    assert palette is not None
    return palette.shown()
