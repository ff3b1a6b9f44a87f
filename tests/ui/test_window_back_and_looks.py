"""In the window: back and again by keys, what is told after the unlock, damage, and a look at a backup."""

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from peermatch import paths
from peermatch.errors import CannotUnlock
from peermatch.services.office import Services
from peermatch.ui.main_window import MainWindow
from peermatch.ui.screens.journal import JournalScreen
from peermatch.ui.screens.welcome import Welcome
from peermatch.ui.screens.welcome_unlock import UnlockForm
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.workplace import Workplace
from tests.networks import PASSPHRASE
from tests.ui.readable import problems
from tests.ui.real_networks import copied, doors, opened, settled, wait_until, work_of

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def own_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    paths.make_private(paths.data_folder())
    return paths.data_folder()


@pytest.fixture
def tasks() -> Tasks:
    return Tasks(AtOnce())


Windows = list[MainWindow]


@pytest.fixture
def windows(qtbot: QtBot) -> Iterator[Windows]:
    shown: Windows = []
    yield shown
    for each in shown:
        each.close()


def window_on(services: Services, windows: Windows, theme: Theme, tasks: Tasks, qtbot: QtBot) -> MainWindow:
    return shown(MainWindow(doors(), tasks, theme, services=services), windows, tasks, qtbot)


def shown(window: MainWindow, windows: Windows, tasks: Tasks, qtbot: QtBot) -> MainWindow:
    windows.append(window)
    qtbot.addWidget(window)
    window.resize(1280, 860)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    wait_until(lambda: tasks.idle)
    return window


def form_of(window: MainWindow) -> UnlockForm:
    assert isinstance(window.page, Welcome)
    assert isinstance(window.page.form, UnlockForm)
    return window.page.form


def words_on(window: QWidget) -> str:
    return " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def press(page: QWidget, name: str) -> None:
    next(
        b for b in page.findChildren(QPushButton) if b.accessibleName() == name and b.isVisibleTo(page)
    ).click()


def test_steps_go_back_and_again_by_keys_and_by_the_bar(
    tmp_path: Path, windows: Windows, theme: Theme, tasks: Tasks, qtbot: QtBot
) -> None:
    services = opened(tmp_path)
    window = window_on(services, windows, theme, tasks, qtbot)
    work = work_of(window)
    first = services.desk.snapshot.controller
    for name in ("Example Deanery", "Another Deanery"):
        work.current.did.emit(services.upkeep.set_controller(name))

    def controller() -> str | None:
        return services.desk.snapshot.controller

    for wanted in ("Example Deanery", first):
        QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
        wait_until(partial(lambda now: tasks.idle and controller() == now, wanted))
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL | SHIFT)
    wait_until(lambda: tasks.idle and controller() == "Example Deanery")
    assert work.undo_bar.text() == "Done again."
    press(work.undo_bar, "Undo")
    wait_until(lambda: tasks.idle and controller() == first)
    press(work.undo_bar, "Do again")
    wait_until(lambda: tasks.idle and controller() == "Example Deanery")
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL | SHIFT)
    wait_until(lambda: tasks.idle and controller() == "Another Deanery")
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL | SHIFT)
    settled(window)
    assert controller() == "Another Deanery"
    assert services.checking.whole().damage == ""


def test_attempts_in_vain_are_told_once(
    tmp_path: Path, windows: Windows, theme: Theme, tasks: Tasks, qtbot: QtBot
) -> None:
    folder = copied(tmp_path)
    with pytest.raises(CannotUnlock):
        doors().open(folder, "not the passphrase at all")
    window = window_on(doors().open(folder, PASSPHRASE), windows, theme, tasks, qtbot)
    assert "1 attempt to open this network failed" in words_on(window)
    settled(window)
    assert problems(window) == []
    press(work_of(window).notices.failures, "Show the journal")
    wait_until(lambda: tasks.idle)
    assert work_of(window).current_key == "journal"
    journal = work_of(window).screens["journal"]
    assert isinstance(journal, JournalScreen)
    assert "Somebody tried to open the network in vain" in journal.list.rows()[0].title
    assert "failed today" not in words_on(window)
    window.lock()
    wait_until(lambda: tasks.idle)
    form = form_of(window)
    form._secret.setText(PASSPHRASE)
    press(window, "Unlock")
    wait_until(lambda: isinstance(window.page, Workplace))
    assert "attempt to open" not in words_on(window)


def test_damage_is_told_in_one_banner_and_nothing_more_is_written(
    tmp_path: Path, windows: Windows, theme: Theme, tasks: Tasks, qtbot: QtBot
) -> None:
    services = opened(tmp_path)
    window = window_on(services, windows, theme, tasks, qtbot)
    work = work_of(window)
    work.watch.look()
    wait_until(lambda: services.checking.last is not None and not work.watch.looking)
    assert services.checking.last is not None
    assert services.checking.last.damage == ""
    file = services.folder / services.desk.store.source().keyfile.db
    with file.open("r+b") as handle:
        handle.seek(file.stat().st_size - 2000)
        handle.write(b"\0\1\2\3")
    work.watch.look()
    wait_until(lambda: not work.watch.looking)
    settled(window)
    assert "is damaged (page " in words_on(window)
    assert "Nothing more is written to this network." in words_on(window)
    assert problems(window) == []
    press(work.notices.damage, "Show the backups")
    assert work.current_key == "settings"
    work._state_controller("Somebody else")
    wait_until(lambda: tasks.idle)
    assert "is damaged" in work.notices.error.sentence()


def test_the_look_begins_by_itself(
    tmp_path: Path, windows: Windows, theme: Theme, tasks: Tasks, qtbot: QtBot
) -> None:
    services = opened(tmp_path)
    window = window_on(services, windows, theme, tasks, qtbot)
    work_of(window).watch._daily()
    wait_until(lambda: services.checking.last is not None and not work_of(window).watch.looking)
    last = services.checking.last
    work_of(window).watch._daily()
    assert not work_of(window).watch.looking
    assert services.checking.last == last


def test_a_network_that_is_held_is_looked_at_by_its_newest_backup(
    tmp_path: Path, windows: Windows, theme: Theme, tasks: Tasks, qtbot: QtBot, own_place: Path
) -> None:
    holder = opened(tmp_path)
    holder.backups.make()
    window = shown(MainWindow(doors(), tasks, theme, folder=holder.folder), windows, tasks, qtbot)
    form = form_of(window)
    form._secret.setText(PASSPHRASE)
    press(window, "Unlock")
    wait_until(form._backup.isVisible)
    remembered = paths.last_opened_file().read_text("utf-8") if paths.last_opened_file().exists() else ""
    press(window, "Look at the newest backup")
    wait_until(lambda: isinstance(window.page, Workplace) and tasks.idle)
    work = work_of(window)
    assert "Read only: backup of " in words_on(window)
    assert "backup of" in window.windowTitle()
    assert "read only" in window.windowTitle()
    assert len(list((own_place / "looks").iterdir())) == 1
    for key in work.screens:
        window.show_screen(key)
        wait_until(lambda: tasks.idle)
        assert "Read only: backup of " in words_on(window)
        settled(window)
        assert problems(window) == [], key
    work._state_controller("Somebody else")
    wait_until(lambda: tasks.idle)
    assert "only looked at" in work.notices.error.sentence()
    assert not work.watch._again.isActive()
    window.lock()
    wait_until(lambda: tasks.idle)
    assert isinstance(window.page, Welcome)
    assert form_of(window)._folder == holder.folder
    assert list((own_place / "looks").iterdir()) == []
    now = paths.last_opened_file().read_text("utf-8") if paths.last_opened_file().exists() else ""
    assert now == remembered
    holder.lock()


def test_without_a_backup_or_with_another_passphrase_the_page_says_so(
    tmp_path: Path, windows: Windows, theme: Theme, tasks: Tasks, qtbot: QtBot
) -> None:
    holder = opened(tmp_path)
    shutil.rmtree(holder.folder / "backups")
    window = shown(MainWindow(doors(), tasks, theme, folder=holder.folder), windows, tasks, qtbot)
    form = form_of(window)
    form._secret.setText(PASSPHRASE)
    press(window, "Unlock")
    wait_until(form._backup.isVisible)
    press(window, "Look at the newest backup")
    wait_until(lambda: tasks.idle)
    assert "no backup of this network yet" in form._banner.sentence()
    holder.backups.make()
    form._secret.setText("not the passphrase at all")
    press(window, "Look at the newest backup")
    wait_until(lambda: tasks.idle)
    assert "does not open this backup" in form._banner.sentence()
    assert form._backup.isVisible()
    holder.lock()
