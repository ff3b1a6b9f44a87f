"""Settings, Backups: how old the newest is, one by hand, a second place, and going back after seeing what changes."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from peermatch import paths
from peermatch.model.introduction import Step
from peermatch.services.backups import Kept
from peermatch.services.sample import DAY, PASSPHRASE
from peermatch.ui.choosers import Choosers
from peermatch.ui.main_window import MainWindow
from peermatch.ui.screens.backup_panel import BackupPanel
from peermatch.ui.screens.backup_words import NO_MERGE, facts_of, headline, size_words, standing, when
from peermatch.ui.screens.settings import SettingsScreen
from peermatch.ui.screens.welcome import Welcome
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Scheme, Theme
from tests.networks import PASSPHRASE as OF_SMALL
from tests.ui.readable import problems
from tests.ui.real_networks import copied, doors, focused, settled, wait_until
from tests.ui.sample_office import HERO, Bench, bench


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    yield
    (paths.data_folder() / "backup-places").unlink(missing_ok=True)


@pytest.fixture
def desk(tmp_path: Path, theme: Theme, qtbot: QtBot) -> Iterator[Bench]:
    with bench(tmp_path, lambda services, tasks: SettingsScreen(services, tasks, theme)) as made:
        with qtbot.waitActive(made.page):
            made.page.activateWindow()
        made.screen.open_at("backups")
        made.rest()
        yield made


def panel(desk: Bench) -> BackupPanel:
    assert isinstance(desk.screen, SettingsScreen)
    return desk.screen.backups


def press(desk: Bench, button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.rest()


def receive(desk: Bench) -> None:
    """One step of work."""
    services = desk.services
    services.enquiries.receive_all((services.enquiries.draft(desk.letters()[0]),), DAY)


def compared(desk: Bench, secret: str = PASSPHRASE) -> None:
    """Choose the newest backup, and type a secret."""
    press(desk, panel(desk).rows[0].button)
    QTest.keyClicks(panel(desk).form.secret, secret)
    press(desk, panel(desk).form.compare)


def test_at_first_it_says_that_there_is_none(desk: Bench) -> None:
    assert panel(desk).head_line.words() == "There is no backup yet"
    assert panel(desk).chip.text() == "not backed up"
    assert panel(desk).rows == []
    assert panel(desk).same_disk.isVisible()


def test_one_press_makes_one_and_says_so(desk: Bench) -> None:
    press(desk, panel(desk).now)
    assert desk.notices == ["A backup was made and verified."]
    assert panel(desk).head_line.words().startswith("Last backup today at ")
    assert panel(desk).chip.text() == "verified"
    assert "nothing has changed" in panel(desk).covers.words()
    assert len(panel(desk).rows) == 1
    assert panel(desk).now.isEnabled()
    assert focused() is panel(desk).now


def test_work_since_then_is_told(desk: Bench) -> None:
    press(desk, panel(desk).now)
    receive(desk)
    panel(desk).refresh()
    desk.rest()
    assert panel(desk).covers.words().startswith("What you did since then is not in it yet.")


def test_it_says_in_two_sentences_why_copies_are_not_merged(desk: Bench) -> None:
    assert NO_MERGE.count(". ") + NO_MERGE.endswith(".") == 2
    assert "cannot be merged" in NO_MERGE
    assert "passphrase of their own" in NO_MERGE


def test_a_copy_goes_where_it_is_wanted(desk: Bench, tmp_path: Path) -> None:
    panel(desk)._choosers = Choosers(place=lambda _parent, _offered: tmp_path / "mine.pmbackup")
    press(desk, panel(desk).copy)
    assert desk.notices == ["Saved as mine.pmbackup, and verified."]
    press(desk, panel(desk).copy)
    assert "already something" in panel(desk).banner.sentence()
    assert panel(desk).copy.isEnabled()


def test_a_second_place_is_chosen_told_and_let_go(desk: Bench, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    panel(desk)._choosers = Choosers(second_place=lambda _parent, _start: stick)
    press(desk, panel(desk).choose)
    assert panel(desk).second.words() == f"Each backup is put in {stick} too."
    press(desk, panel(desk).now)
    assert len(list(stick.glob("*.pmbackup"))) == 1
    shutil.rmtree(stick)
    press(desk, panel(desk).now)
    assert "cannot be reached" in panel(desk).banner.sentence()
    assert "cannot be reached just now" in panel(desk).second.words()
    press(desk, panel(desk).stop)
    assert panel(desk).second.words().endswith("own folder only.")


def test_a_chooser_that_was_closed_does_nothing(desk: Bench) -> None:
    nothing: Any = lambda _parent, _start: None  # noqa: E731 - three of the same
    panel(desk)._choosers = Choosers(place=nothing, second_place=nothing, backup=nothing)
    for button in (panel(desk).copy, panel(desk).choose, panel(desk).from_file):
        press(desk, button)
    assert desk.notices == []
    assert not panel(desk).form.isVisible()


def test_going_back_shows_first_what_would_be_different(desk: Bench) -> None:
    press(desk, panel(desk).now)
    receive(desk)
    compared(desk)
    form = panel(desk).form
    assert form.lines()[1] == "1 step since then will be taken back."
    assert form.lines()[-2] == f"Enquiries that will go: {HERO}."
    assert form.secret.text() == ""
    assert form.go.isVisible()
    assert focused() is form.cancel
    assert len(list(desk.services.folder.glob(".restore-*"))) == 1
    press(desk, form.cancel)
    assert not form.isVisible()
    assert focused() is panel(desk).now
    assert not list(desk.services.folder.glob(".restore-*"))
    assert HERO in desk.services.desk.snapshot.enquiries


def test_where_nothing_changed_there_is_nothing_to_go_back_to(desk: Bench) -> None:
    press(desk, panel(desk).now)
    compared(desk)
    assert panel(desk).form.lines()[-1] == "Nothing has been done in the network since."
    assert not panel(desk).form.go.isVisible()


def test_a_wrong_secret_is_told_in_the_form(desk: Bench) -> None:
    press(desk, panel(desk).now)
    press(desk, panel(desk).rows[0].button)
    form = panel(desk).form
    press(desk, form.compare)
    assert form.field.error() == "Type the passphrase or the recovery key."
    QTest.keyClicks(form.secret, "not the right passphrase")
    QTest.keyClick(form.secret, Qt.Key.Key_Return)
    desk.rest()
    assert "does not open this backup" in form.banner.sentence()
    assert focused() is form.secret
    QTest.keyClick(form.secret, Qt.Key.Key_Escape)
    desk.rest()
    assert not form.isVisible()


def test_whoever_goes_elsewhere_leaves_nothing_open(desk: Bench) -> None:
    press(desk, panel(desk).now)
    receive(desk)
    compared(desk)
    desk.screen.open_at("keys")
    desk.rest()
    assert panel(desk).form.lines() == []
    assert not list(desk.services.folder.glob(".restore-*"))


def test_names_of_those_who_go_can_be_covered(desk: Bench, theme: Theme) -> None:
    from dataclasses import replace

    from peermatch.store import supporters

    press(desk, panel(desk).now)
    with desk.services.desk.command("add") as tx:
        person = next(iter(desk.services.desk.snapshot.supporters.values()))
        supporters.add(tx, replace(person, id="S-9001", name="Ophelia Grange", known_as=None, consents=()))
    compared(desk)
    assert "S-9001 Ophelia Grange" in panel(desk).form.lines()
    theme.cover.set_on(True)
    assert not any("Grange" in line for line in panel(desk).form.lines())
    theme.cover.set_on(False)


def test_a_file_that_is_no_backup_is_told(desk: Bench) -> None:
    panel(desk)._choosers = Choosers(backup=lambda _parent, _start: desk.services.folder / "store.keys")
    press(desk, panel(desk).from_file)
    assert "not a PeerMatch backup" in panel(desk).banner.sentence()
    assert not panel(desk).form.isVisible()


def test_the_window_locks_and_says_why_then_opens_on_what_was(
    tmp_path: Path, theme: Theme, qtbot: QtBot
) -> None:
    services = doors().open(copied(tmp_path), OF_SMALL)
    path = services.backups.make().backup.path
    services.introductions.ask("E-0142", "S-0001", services.desk.today)
    services.introductions.take(Step.ACCEPT, "E-0142", "S-0001", services.desk.today)
    window = MainWindow(doors(), Tasks(AtOnce()), theme, services=services)
    window.show()
    window.show_screen("settings", "backups")
    screen = window.page.screens["settings"]  # type: ignore[union-attr]  # the workplace, as the next line proves
    assert isinstance(screen, SettingsScreen)
    wait_until(lambda: len(screen.backups.rows) == 1)
    assert screen.backups.rows[0].kept.path == path
    QTest.mouseClick(screen.backups.rows[0].button, Qt.MouseButton.LeftButton)
    QTest.keyClicks(screen.backups.form.secret, OF_SMALL)
    QTest.mouseClick(screen.backups.form.compare, Qt.MouseButton.LeftButton)
    wait_until(screen.backups.form.go.isVisible)
    QTest.mouseClick(screen.backups.form.go, Qt.MouseButton.LeftButton)
    wait_until(lambda: isinstance(window.page, Welcome))
    wait_until(lambda: services.desk.store.locked)
    again = doors().open(services.folder, OF_SMALL)
    assert again.upkeep.info().introductions == 0
    assert again.upkeep.check().damage == ()
    again.lock()
    window.close()


def test_closing_the_window_makes_the_days_backup(tmp_path: Path, theme: Theme, qtbot: QtBot) -> None:
    services = doors().open(copied(tmp_path), OF_SMALL)
    window = MainWindow(doors(), Tasks(AtOnce()), theme, services=services)
    window.show()
    settled(window)
    window.close()
    assert services.desk.store.locked
    (kept,) = (services.folder / "backups").glob("*.pmbackup")
    assert kept.name.endswith("-daily.pmbackup")


@pytest.mark.parametrize(
    ("size", "scale", "scheme"),
    [
        ((1440, 900), 100, Scheme.LIGHT),
        ((1024, 700), 100, Scheme.DARK),
        ((1024, 700), 150, Scheme.HIGH_CONTRAST),
    ],
)
def test_everything_can_be_read(
    desk: Bench, theme: Theme, size: tuple[int, int], scale: int, scheme: Scheme
) -> None:
    theme.choose(scheme)
    theme.set_scale(scale)
    desk.page.resize(*size)
    desk.rest()
    assert problems(desk.page) == []
    press(desk, panel(desk).now)
    receive(desk)
    compared(desk)
    assert problems(desk.page) == []


AT = datetime(2026, 11, 20, 9, 30).astimezone()


def test_moments_and_sizes_in_words() -> None:
    today = AT.date()
    assert when(AT, today) == "today at 09:30"
    assert when(AT - timedelta(days=1), today) == "yesterday at 09:30"
    assert when(AT - timedelta(days=9), today) == "on 11 November 2026, 9 days ago"
    assert when(AT + timedelta(days=9), today) == "on 29 November 2026, a day still to come"
    assert [size_words(n) for n in (100, 5_000, 202_212, 12_345_678)] == ["1 kB", "5 kB", "0.2 MB", "12.3 MB"]
    assert facts_of(Kept(Path("x"), AT, "before-keys", 202_212)) == "before a change of keys, 0.2 MB"


def test_how_it_stands_in_a_word(desk: Bench) -> None:
    from dataclasses import replace

    press(desk, panel(desk).now)
    state = desk.services.backups.state()
    assert standing(state) == ("verified", "good")
    assert standing(replace(state, changed=True, age=9)) == ("too old", "wait")
    assert headline(replace(state, newest=None), AT.date()) == "There is no backup yet"
