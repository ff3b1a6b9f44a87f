"""The settings page on the look, and what is remembered of it when the program starts again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from peermatch.errors import Refused
from peermatch.services.this_computer import LARGEST_SCALE, SCHEMES, WIDE, choose, preferences
from peermatch.ui import theme as theme_module
from peermatch.ui.application import first_look
from peermatch.ui.look_panel import LookPanel
from peermatch.ui.main_window import MainWindow
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Scheme, Theme
from peermatch.ui.whats_new import WhatsNew
from peermatch.ui.widgets.columns import Columns, Pane
from tests.ui.readable import problems
from tests.ui.real_networks import doors, opened, settled, wait_until, work_of


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks(AtOnce())
    yield made
    made.stop()


@pytest.fixture
def panel(tmp_path: Path, tasks: Tasks, theme: Theme, qtbot: QtBot) -> Iterator[LookPanel]:
    services = opened(tmp_path)
    made = LookPanel(services, tasks, theme)
    qtbot.addWidget(made)
    made.resize(1100, 800)
    made.show()
    settled(made)
    yield made
    services.lock()


def test_colours_and_size_change_at_once_and_are_kept(panel: LookPanel, theme: Theme) -> None:
    panel.colours.chosen.emit("dark")
    panel.text_size.chosen.emit("150")
    assert (theme.chosen, theme.scale) == (Scheme.DARK, 150)
    assert (panel.colours.current(), panel.text_size.current()) == ("dark", "150")
    wait_until(lambda: preferences().scale == 150)
    assert first_look(preferences(), {}) == (Scheme.DARK, 150)
    asked = {"PEERMATCH_THEME": "light", "PEERMATCH_SCALE": "120"}
    assert first_look(preferences(), asked) == (Scheme.LIGHT, 120)


def test_lists_become_wider_at_once_and_give_way_where_there_is_no_room(
    panel: LookPanel, theme: Theme, qtbot: QtBot
) -> None:
    first, rest = QWidget(), QWidget()
    columns = Columns(theme, [Pane(first, 300, 200), Pane(rest, 0, 400)])
    qtbot.addWidget(columns)
    columns.resize(1000, 400)
    columns.show()
    assert first.width() == 300
    panel.lists.chosen.emit(str(WIDE))
    assert first.width() == 405
    columns.resize(620, 400)
    assert first.width() < 300
    wait_until(lambda: preferences().lists == WIDE)


def test_whatever_can_be_remembered_can_be_shown() -> None:
    assert set(SCHEMES) == {scheme.value for scheme in Scheme}
    assert LARGEST_SCALE == theme_module.LARGEST_SCALE


def test_a_notice_comes_only_where_it_is_ticked(panel: LookPanel) -> None:
    assert not panel.told.isChecked()
    panel.told.click()
    wait_until(lambda: preferences().told)
    panel.told.click()
    wait_until(lambda: not preferences().told)


@pytest.mark.parametrize(("width", "height", "scale"), [(1100, 800, 100), (900, 500, 150), (860, 420, 200)])
def test_nothing_of_the_page_is_cut(
    panel: LookPanel, theme: Theme, width: int, height: int, scale: int
) -> None:
    theme.set_scale(scale)
    panel.resize(width, height)
    panel.show_error(Refused("The disk is full.", "Make room and try again."))
    settled(panel)
    assert problems(panel) == []


def test_an_upgrade_is_told_once_and_leads_to_the_help(
    tmp_path: Path, tasks: Tasks, theme: Theme, qtbot: QtBot
) -> None:
    choose(seen="0.0.1")
    window = MainWindow(doors(), tasks, theme, services=opened(tmp_path))
    qtbot.addWidget(window)
    news = WhatsNew(window, tasks, theme)
    wait_until(lambda: news.banner is not None)
    assert news.banner is not None
    assert not work_of(window).notices.isHidden()
    assert "0.0.1" not in news.banner.sentence()
    news.banner.acted.emit()
    sheet = work_of(window).guidance.help.sheet
    assert sheet is not None
    assert sheet.page.key == "whats-new"
    assert news.banner.isHidden()
    again = WhatsNew(window, tasks, theme)
    wait_until(lambda: tasks.idle)
    settled(window)
    assert again.banner is None
    window.close()
