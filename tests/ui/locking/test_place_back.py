"""Where somebody was before the lock: the page of a screen and the introduction are open again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from peermatch.services.sample import PASSPHRASE
from peermatch.ui.main_window import MainWindow
from peermatch.ui.screens.duties_words import WRONG
from peermatch.ui.screens.introductions import IntroductionsScreen
from peermatch.ui.screens.paged import PagedScreen
from peermatch.ui.screens.pages import KEYS, ORGANISATIONS
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Theme
from tests.ui.introduction_office import SENT
from tests.ui.real_networks import doors, in_sight, settled, wait_until, work_of
from tests.ui.sample_office import sample


@pytest.fixture
def tasks() -> Tasks:
    return Tasks(AtOnce())


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, tmp_path: Path, tasks: Tasks) -> Iterator[MainWindow]:
    shown = MainWindow(doors(), tasks, theme, services=sample(tmp_path))
    with in_sight(shown, qtbot) as window:
        yield window


def lock_and_return(window: MainWindow, tasks: Tasks) -> None:
    services = window.services
    assert services is not None
    window.lock()
    wait_until(lambda: window.locked and tasks.idle)
    window.enter(doors().open(services.folder, PASSPHRASE))
    wait_until(lambda: tasks.idle)
    settled(window)


def page_of(window: MainWindow, key: str) -> str:
    screen = work_of(window).screens[key]
    assert isinstance(screen, PagedScreen)
    return screen.page


def test_the_pages_that_were_open_are_open_again(window: MainWindow, tasks: Tasks) -> None:
    window.show_screen("duties", WRONG)
    window.show_screen("settings", KEYS)
    settled(window)
    lock_and_return(window, tasks)
    assert work_of(window).current_key == "settings"
    assert page_of(window, "settings") == KEYS
    window.show_screen("settings", ORGANISATIONS)
    lock_and_return(window, tasks)  # nobody has been to the other one in between
    assert page_of(window, "settings") == ORGANISATIONS
    window.show_screen("duties")
    assert page_of(window, "duties") == WRONG


def test_the_introduction_that_was_open_is_open_again(window: MainWindow, tasks: Tasks) -> None:
    window.show_screen("introductions", *SENT)
    lock_and_return(window, tasks)
    assert work_of(window).current_key == "introductions"
    screen = work_of(window).current
    assert isinstance(screen, IntroductionsScreen)
    assert screen.current is not None
    assert (screen.current.enquiry, screen.current.supporter) == SENT
