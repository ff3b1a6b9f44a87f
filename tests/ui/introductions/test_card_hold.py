"""The ten seconds before a card leaves: nothing is recorded or out before they are over, and Undo takes it back."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from peermatch.model.changes import Touched
from peermatch.model.introduction import State
from peermatch.services.office import Services
from peermatch.ui.screens.card_hold import HOLD_MS, HoldStrip
from peermatch.ui.screens.introduction_card import LEFT_BEFORE
from peermatch.ui.screens.introduction_ways import CardDoors
from peermatch.ui.screens.introductions import IntroductionsScreen
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from tests.ui.introduction_office import AGREED, ASKED, Ways, at, doors_of, state
from tests.ui.real_networks import wait_until
from tests.ui.sample_office import Bench, bench_on

LONG, SHORT = 600_000, 40


@pytest.fixture
def ways(tmp_path: Path) -> Ways:
    made = Ways(tmp_path / "cards")
    made.hold_ms = LONG
    return made


@pytest.fixture
def still(qtbot: object, theme: Theme, kept: Services, ways: Ways) -> Iterator[Bench]:
    """A screen on the network that no test changes: what is taken back changes nothing."""

    def make(services: Services, tasks: Tasks) -> IntroductionsScreen:
        return IntroductionsScreen(services, tasks, theme, doors=doors_of(ways))

    with bench_on(kept, make) as made:
        yield made


def nothing_left(desk: Bench, ways: Ways) -> None:
    desk.rest()
    assert ways.opened == []
    assert ways.folder is not None
    assert not ways.folder.exists()
    assert state(desk, AGREED) is State.AGREED
    assert "card" not in desk.actions(AGREED[0])


def held(screen: IntroductionsScreen) -> bool:
    return screen.ways.hold.waiting


def test_ten_seconds_are_waited_by_everybody() -> None:
    assert (HOLD_MS, CardDoors().hold_ms) == (10_000, 10_000)


@pytest.mark.parametrize("way", ["open", "save", "print", "copy_plain"])
def test_undo_takes_every_way_back_and_gives_the_keyboard_back(still: Bench, ways: Ways, way: str) -> None:
    screen = at(still, AGREED)
    button = getattr(screen.pane.card, way)
    button.setFocus()
    button.click()
    hold = screen.ways.hold
    assert hold.isVisible()
    assert hold.words().endswith(" in 600 seconds.")
    assert not screen.pane.card.isEnabled()
    assert QApplication.focusWidget() is hold.undo
    nothing_left(still, ways)
    QTest.keyClick(hold.undo, Qt.Key.Key_Space)
    nothing_left(still, ways)
    assert not hold.isVisible()
    assert screen.pane.card.isEnabled()
    assert QApplication.focusWidget() is button


def test_escape_and_ctrl_z_take_it_back_too(still: Bench, ways: Ways) -> None:
    screen = at(still, AGREED)
    for key, held in (
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
    ):
        screen.pane.card.open.click()
        QTest.keyClick(screen.ways.hold.undo, key, held)
        assert not screen.ways.hold.waiting
    nothing_left(still, ways)


def test_whoever_does_not_want_to_wait_need_not(desk: Bench, ways: Ways) -> None:
    screen = at(desk, AGREED)
    screen.pane.card.open.click()
    QTest.keyClick(screen.ways.hold.now, Qt.Key.Key_Return)
    desk.rest()
    assert state(desk, AGREED) is State.INTRODUCED
    assert len(ways.opened) == 1


def test_going_elsewhere_or_covering_names_takes_it_back_and_says_so(
    still: Bench, ways: Ways, theme: Theme
) -> None:
    screen = at(still, AGREED)
    screen.pane.card.open.click()
    screen.leave()
    assert screen.banner.sentence() == LEFT_BEFORE
    nothing_left(still, ways)
    screen.pane.card.open.click()
    assert held(screen)
    screen.open_at(*ASKED)
    assert screen.banner.sentence() == LEFT_BEFORE
    nothing_left(still, ways)
    at(still, AGREED).pane.card.open.click()
    theme.cover.toggle()
    assert not held(screen)
    theme.cover.toggle()
    nothing_left(still, ways)


def test_a_lock_in_between_finds_nothing_under_way(still: Bench, ways: Ways) -> None:
    screen = at(still, AGREED)
    screen.pane.card.open.click()
    assert screen.ways.draft() == {}
    screen.leave()
    nothing_left(still, ways)


def test_the_time_runs_out_by_itself(qtbot: QtBot, theme: Theme) -> None:
    done: list[str] = []
    strip = HoldStrip(theme, SHORT)
    qtbot.addWidget(strip)
    strip.hold("The draft opens", "Open it now", lambda: done.append("gone"))
    assert (strip.words(), len(done)) == ("The draft opens in 1 second.", 0)
    wait_until(lambda: bool(done))
    assert not strip.waiting
    strip.take_back()
    assert done == ["gone"]


def test_a_refresh_in_between_frees_no_button(still: Bench, ways: Ways) -> None:
    screen = at(still, AGREED)
    screen.pane.card.open.click()
    screen.refresh(Touched(network=True))
    still.rest()
    assert held(screen)
    assert not screen.pane.card.isEnabled()
    screen.ways.hold.take_back()
    assert screen.pane.card.isEnabled()
    nothing_left(still, ways)


def test_a_card_that_was_held_over_midnight_left_on_the_new_day(desk: Bench, ways: Ways) -> None:
    screen, clock = at(desk, AGREED), desk.services.desk.clock
    before = desk.services.desk.today
    screen.pane.card.open.click()
    desk.services.desk.clock = lambda: clock() + timedelta(days=1)
    QTest.keyClick(screen.ways.hold.now, Qt.Key.Key_Return)
    desk.rest()
    steps = desk.services.desk.snapshot.introductions_of(AGREED[0])
    assert before + timedelta(days=1) in [each.introduced for each in steps]
