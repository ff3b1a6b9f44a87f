"""The monthly trial in the window: between what people do, quiet where all is well, a notice where it is not."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from peermatch.services.backups import BackupState
from peermatch.services.office import Services
from peermatch.services.trial import Tried
from peermatch.ui.main_window import MainWindow
from peermatch.ui.screens.backup_words import tried_words
from peermatch.ui.screens.settings import SettingsScreen
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.trying import TrialWatch
from peermatch.ui.workplace import Workplace
from tests.networks import PASSPHRASE
from tests.ui.readable import problems
from tests.ui.real_networks import copied, doors, settled, wait_until

TODAY = date(2026, 11, 20)
NONE = BackupState(None, (), None, second_there=False, same_disk=True, changed=True, age=None)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A network with a backup, on a computer of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "computer"))
    place = copied(tmp_path)
    services = doors().open(place, PASSPHRASE)
    services.backups.make()
    services.lock()
    return place


@pytest.fixture
def services(folder: Path) -> Iterator[Services]:
    opened = doors().open(folder, PASSPHRASE)
    yield opened
    opened.lock()


def test_it_waits_until_nobody_else_needs_the_worker(services: Services, qtbot: QtBot) -> None:
    owner, tasks, told = QObject(), Tasks(), list[Tried]()
    watch = TrialWatch(services.trial, tasks, owner)
    watch.tried.connect(told.append)
    watch.start()
    assert watch._next.isActive()
    go_on = threading.Event()
    tasks.run(owner, go_on.wait, lambda _done: None, lambda _error: None)
    watch.step()
    assert watch._next.isActive()
    assert services.trial._steps is None
    go_on.set()
    wait_until(lambda: tasks.idle)
    watch.step()
    wait_until(lambda: bool(told))
    assert told == [Tried(TODAY, TODAY)]
    watch._next.stop()
    watch.start()
    assert not watch._next.isActive()
    tasks.stop()


def test_a_failure_is_a_notice_that_leads_to_the_backups(folder: Path, theme: Theme, qtbot: QtBot) -> None:
    (backup,) = (folder / "backups").iterdir()
    data = bytearray(backup.read_bytes())
    data[-2000] ^= 1
    backup.write_bytes(data)
    tasks = Tasks()
    window = MainWindow(doors(), tasks, theme, services=doors().open(folder, PASSPHRASE))
    qtbot.addWidget(window)
    window.resize(1024, 700)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    wait_until(lambda: tasks.idle)
    work = window.page
    assert isinstance(work, Workplace)
    watch = work.findChild(TrialWatch)
    assert watch is not None
    assert work.notices.trial.isHidden()
    watch.step()
    wait_until(work.notices.trial.isVisible)
    settled(window)
    assert work.notices.trial.sentence() == (
        "The backup of 20 November 2026 was tried out and could not be restored. "
        "Make a new backup now, and have the disk looked at."
    )
    assert problems(window) == []
    work.notices.trial.acted.emit()
    wait_until(lambda: tasks.idle)
    settled(window)
    page = work.current
    assert isinstance(page, SettingsScreen)
    assert page.backups.tried.words().startswith("The backup of 20 November 2026 was tried out")
    assert problems(window) == []
    work.notices.show_trial(Tried(TODAY, TODAY))
    assert work.notices.trial.isHidden()
    window.close()


@pytest.mark.parametrize(
    ("tried", "words"),
    [
        (None, "That was not done here yet."),
        (Tried(TODAY, TODAY), "A backup was restored on trial today, and was whole."),
        (Tried(date(2026, 11, 19), TODAY), "A backup was restored on trial yesterday, and was whole."),
        (Tried(date(2026, 10, 3), TODAY), "on trial on 3 October 2026, and was whole."),
        (Tried(TODAY, TODAY, "It failed.", "Do this."), "It failed. Do this."),
    ],
)
def test_the_page_on_backups_says_how_it_went(tried: Tried | None, words: str) -> None:
    assert tried_words(replace(NONE, tried=tried), TODAY).endswith(words)
