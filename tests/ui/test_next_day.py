"""Midnight passes while the window stands open: what counts days counts from today, and what is typed stays."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from peermatch.ui.main_window import MainWindow
from peermatch.ui.screens.introductions import IntroductionsScreen
from peermatch.ui.screens.supporters import SupportersScreen
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Theme
from tests.ui.introduction_office import ASKED
from tests.ui.real_networks import doors, in_sight, settled, work_of
from tests.ui.sample_office import sample


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[MainWindow]:
    shown = MainWindow(doors(), Tasks(AtOnce()), theme, services=sample(tmp_path))
    with in_sight(shown, qtbot) as window:
        yield window


def days_pass(window: MainWindow, days: int) -> None:
    """The same window on a later day, when it next looks at the clock."""
    services = window.services
    assert services is not None
    clock = services.desk.clock
    services.desk.clock = lambda: clock() + timedelta(days=days)
    work_of(window).days.look()
    settled(window)


def test_the_clocks_of_introductions_follow_while_they_are_shown(window: MainWindow) -> None:
    window.show_screen("introductions", *ASKED)
    screen = work_of(window).current
    assert isinstance(screen, IntroductionsScreen)
    key = " ".join(ASKED)
    before = next(row for row in screen.list.list.rows() if row.key == key)
    days_pass(window, 7)
    after = next(row for row in screen.list.list.rows() if row.key == key)
    assert screen.current is not None
    assert (screen.current.enquiry, screen.current.supporter) == ASKED
    assert before.state == "asked 4 working days ago"
    assert after.state == "asked 9 working days ago"


def test_who_is_away_follows_and_what_is_typed_stays(window: MainWindow) -> None:
    window.show_screen("supporters")
    screen = work_of(window).current
    assert isinstance(screen, SupportersScreen)
    settled(window)
    chips = [row.chip for row in screen.list.view.rows()]
    screen.record.edit.emit()
    screen.editor.fields.notes.setPlainText("rang on Tuesday, will")
    days_pass(window, 300)
    assert [row.chip for row in screen.list.view.rows()] != chips
    assert screen.editing
    assert screen.editor.fields.notes.toPlainText() == "rang on Tuesday, will"


def test_on_the_same_day_nothing_is_shown_anew(window: MainWindow) -> None:
    window.show_screen("introductions", *ASKED)
    screen = work_of(window).current
    assert isinstance(screen, IntroductionsScreen)
    settled(window)
    rows = screen.list.list.rows()
    days_pass(window, 0)
    assert screen.list.list.rows() is rows
