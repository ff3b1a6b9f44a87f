"""What is loaded after the first painting is told as bare where the worker rests and no network was opened."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from peermatch.ui.main_window import MainWindow
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from tests.ui.real_networks import doors, opened


def test_also_where_the_page_asks_something_about_the_last_network(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    services = opened(tmp_path)
    services.lock()
    window = MainWindow(doors(), Tasks(), theme, folder=services.folder)
    with qtbot.waitSignal(window.warmed, timeout=20_000) as told:
        window.show()
    window.close()
    assert told.args == [True]


def test_not_where_a_network_is_open(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    window = MainWindow(doors(), Tasks(), theme, services=opened(tmp_path))
    with qtbot.waitSignal(window.warmed, timeout=20_000) as told:
        window.show()
    window.close()
    assert told.args == [False]
