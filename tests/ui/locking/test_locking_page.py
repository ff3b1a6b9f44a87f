"""The settings page on locking, and the page that a locked network shows: each state, readable at every size."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from peermatch.errors import CannotUnlock, HeldElsewhere, PeerMatchError, Refused
from peermatch.services.office import Services
from peermatch.services.this_computer import preferences
from peermatch.store.hold import HeldByAnotherComputer
from peermatch.ui.application import wear_choices
from peermatch.ui.locking.panel import LockingPanel
from peermatch.ui.locking.signals import SESSION
from peermatch.ui.screens.welcome_unlock import UnlockForm
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Scheme, Theme
from peermatch.ui.widgets.boxes import Scroll
from tests.ui.readable import problems
from tests.ui.real_networks import copied, doors, opened, settled, wait_until

HELD = HeldElsewhere(
    "The network north-west is already open in PeerMatch (process 4711) on desk-12.", "Close it."
)
FAR = HeldByAnotherComputer("The network may still be open on ward-laptop-3.", "Close it there first.")
WRONG = CannotUnlock("The passphrase or recovery key does not open this network.", "Check it and try again.")
SIZES = [(1440, 900, 100, Scheme.LIGHT), (1024, 700, 100, Scheme.DARK), (1024, 700, 150, Scheme.LIGHT)]


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    found = opened(tmp_path)
    yield found
    found.lock()


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks(AtOnce())
    yield made
    made.stop()


def panel_on(services: Services, tasks: Tasks, theme: Theme, qtbot: QtBot, platform: str) -> LockingPanel:
    panel = LockingPanel(services, tasks, theme, platform)
    qtbot.addWidget(panel)
    panel.resize(1100, 800)
    panel.show()
    settled(panel)
    return panel


def test_another_time_is_kept_and_told(services: Services, tasks: Tasks, theme: Theme, qtbot: QtBot) -> None:
    panel = panel_on(services, tasks, theme, qtbot, "linux")
    told: list[str] = []
    panel.did.connect(lambda done: told.append(done.notice))
    assert panel.minutes.currentText() == "10 minutes"
    panel.minutes.set_current("300")
    panel.minutes.chosen.emit("300")
    wait_until(lambda: bool(told))
    assert told == ["The window locks after 5 minutes without use."]
    assert services.lock_rules.idle_seconds == 300
    panel.minutes.chosen.emit("300")
    assert len(told) == 1


def test_what_could_not_be_kept_is_not_shown_as_kept(
    services: Services, tasks: Tasks, theme: Theme, qtbot: QtBot
) -> None:
    panel = panel_on(services, tasks, theme, qtbot, "linux")
    panel.minutes.set_current("60")
    panel.show_error(Refused("The disk is full."))
    assert panel.minutes.currentText() == "10 minutes"
    assert "disk is full" in panel.banner.sentence()


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_pictures_of_the_window_are_a_choice_for_this_computer(
    services: Services, tasks: Tasks, theme: Theme, qtbot: QtBot, platform: str
) -> None:
    panel = panel_on(services, tasks, theme, qtbot, platform)
    assert panel.previews.isVisible()
    assert not panel.uncaptured.isChecked()
    panel.uncaptured.click()
    assert theme.cover.uncaptured
    wait_until(lambda: preferences().uncaptured)
    theme.cover.set_uncaptured(False)
    wear_choices(theme, preferences())
    assert theme.cover.uncaptured
    assert panel_on(services, tasks, theme, qtbot, platform).uncaptured.isChecked()


def test_on_linux_it_says_that_it_cannot(
    services: Services, tasks: Tasks, theme: Theme, qtbot: QtBot
) -> None:
    panel = panel_on(services, tasks, theme, qtbot, "linux")
    assert not panel.uncaptured.isEnabled()
    assert panel.uncaptured.accessibleDescription().startswith("Linux has no switch for this")
    assert not panel.previews.isVisible()


@pytest.mark.parametrize(("width", "height", "scale", "scheme"), SIZES)
def test_nothing_on_the_page_is_cut(
    services: Services,
    tasks: Tasks,
    theme: Theme,
    qtbot: QtBot,
    width: int,
    height: int,
    scale: int,
    scheme: Scheme,
) -> None:
    theme.choose(scheme)
    theme.set_scale(scale)
    panel = panel_on(services, tasks, theme, qtbot, "win32")
    panel.resize(width - 90, height - 200)
    panel.show_error(Refused("The disk is full.", "Make room and try again."))
    settled(panel)
    assert problems(panel) == []


class Shown:
    """The unlock page in a window of a size, as the first page holds it."""

    def __init__(self, tasks: Tasks, theme: Theme, folder: Path, qtbot: QtBot, size: tuple[int, int]) -> None:
        self.form = UnlockForm(doors(), tasks, theme, folder)
        self.page: QScrollArea = Scroll(self.form, name="Welcome")
        qtbot.addWidget(self.page)
        self.page.resize(*size)
        with qtbot.waitActive(self.page):
            self.page.show()
            self.page.activateWindow()
        self.form.take_focus()

    def backup_is_offered(self) -> bool:
        return self.form._backup.isVisibleTo(self.form)


@pytest.mark.parametrize(("width", "height", "scale", "scheme"), SIZES)
def test_every_state_of_the_unlock_page_can_be_read(
    tasks: Tasks,
    theme: Theme,
    qtbot: QtBot,
    tmp_path: Path,
    width: int,
    height: int,
    scale: int,
    scheme: Scheme,
) -> None:
    theme.choose(scheme)
    theme.set_scale(scale)
    shown = Shown(tasks, theme, copied(tmp_path), qtbot, (width // 2, height))
    shown.form.show_note(SESSION)
    settled(shown.page)
    assert problems(shown.page) == []
    for error in (WRONG, HELD, FAR):
        shown.form._failed(error)
        shown.form._pause(2)
        settled(shown.page)
        assert problems(shown.page) == [], error


@pytest.mark.parametrize(("error", "offered"), [(WRONG, False), (HELD, True), (FAR, True)])
def test_who_cannot_open_a_held_network_may_look_at_its_newest_backup(
    tasks: Tasks, theme: Theme, qtbot: QtBot, tmp_path: Path, error: PeerMatchError, offered: bool
) -> None:
    folder = copied(tmp_path)
    shown = Shown(tasks, theme, folder, qtbot, (500, 700))
    assert not shown.backup_is_offered()
    shown.form._failed(error)
    assert shown.backup_is_offered() is offered


def test_in_a_small_window_the_field_is_in_sight(
    tasks: Tasks, theme: Theme, qtbot: QtBot, tmp_path: Path, qapp: QApplication
) -> None:
    theme.set_scale(200)
    shown = Shown(tasks, theme, copied(tmp_path), qtbot, (500, 360))
    shown.form.show_note(SESSION)
    shown.form._into_sight()
    settled(shown.page)
    field = shown.form._secret
    assert (
        shown.page.viewport()
        .rect()
        .intersects(field.rect().translated(field.mapTo(shown.page.viewport(), field.rect().topLeft())))
    )


def test_the_pause_is_there_again_after_a_new_start(
    tasks: Tasks, theme: Theme, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    folder = copied(tmp_path)
    for _ in range(4):
        doors()._tries.failed(folder)
    form = UnlockForm(doors(), tasks, theme, folder)
    qtbot.addWidget(form)
    assert not form._unlock.isEnabled()
    assert form._unlock.text().startswith("Please wait")
