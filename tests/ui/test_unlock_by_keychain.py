"""The window opened by this computer itself, its own row among the keys, and the older copy that needs a choice."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from peermatch.services.office import Doors
from peermatch.services.shipped import load_shipped
from peermatch.store.kdf import LEAST
from peermatch.store.keychain import LIMIT_S, Keychain
from peermatch.ui.main_window import MainWindow
from peermatch.ui.screens.keys_panel import KeysPanel
from peermatch.ui.screens.keys_words import Act
from peermatch.ui.screens.pages import KEYS
from peermatch.ui.screens.recovery_sheet import RecoverySheet
from peermatch.ui.screens.settings import SettingsScreen
from peermatch.ui.screens.welcome import Welcome
from peermatch.ui.screens.welcome_start import StartForm
from peermatch.ui.screens.welcome_unlock import UnlockForm
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.widgets.banner import Banner
from peermatch.ui.workplace import Workplace
from tests.networks import PASSPHRASE, clock
from tests.store.keychains import BUS, gnome_keyring, hostile
from tests.ui.readable import problems
from tests.ui.real_networks import copied, settled, wait_until

T = TypeVar("T")
LONGER_THAN_ANY_RUN_S = 86_400
Open = Callable[..., MainWindow]


@pytest.fixture(scope="module")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    with gnome_keyring(tmp_path_factory.mktemp("keychain") / "home") as settings:
        yield settings


@pytest.fixture(autouse=True)
def here(bus: Mapping[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(BUS, bus[BUS])
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "this computer"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copied(tmp_path)


def way_in(limit_s: float = LIMIT_S) -> Doors:
    return Doors(load_shipped(), clock, LEAST, chain=Keychain(limit_s=limit_s))


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> Iterator[Open]:
    made: list[MainWindow] = []

    def show(folder: Path | None, limit_s: float = LIMIT_S) -> MainWindow:
        shown = MainWindow(way_in(limit_s), Tasks(), theme, folder=folder)
        made.append(shown)
        qtbot.addWidget(shown)
        shown.resize(1440, 900)
        with qtbot.waitActive(shown):
            shown.show()
            shown.activateWindow()
        return shown

    yield show
    for each in made:
        each.close()


@pytest.fixture(scope="module")
def once(bus: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, bytes]:
    """A network and a computer that was told to remember it, made once for copies; its id, and its secret."""
    place = tmp_path_factory.mktemp("once")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(BUS, bus[BUS])
        patch.setenv("XDG_DATA_HOME", str(place / "computer"))
        services = way_in().open(copied(place), PASSPHRASE)
        services.keychain.remember()
        store = services.desk.store.source().keyfile.store
        services.lock()
        return place, store, Keychain().read(store) or b""


@pytest.fixture
def remembered(once: tuple[Path, str, bytes], tmp_path: Path) -> Path:
    place, store, secret = once
    Keychain().write(store, secret)
    shutil.copytree(place / "computer", tmp_path / "this computer")
    return Path(shutil.copytree(place / "north-west.peermatch", tmp_path / "remembered.peermatch"))


def on_worker(window: MainWindow, work: Callable[[], T]) -> T:
    """What the open network says, asked where the window asks it: its file is never read by two at once."""
    answers: list[T] = []
    window._tasks.run(window, work, answers.append, lambda error: pytest.fail(str(error)))
    wait_until(lambda: bool(answers))
    return answers[0]


def works(window: MainWindow) -> bool:
    return isinstance(window.page, Workplace)


def form(window: MainWindow) -> UnlockForm:
    assert isinstance(window.page, Welcome)
    assert isinstance(window.page.form, UnlockForm)
    return window.page.form


def said(part: QWidget) -> str:
    return " ".join(banner.sentence() for banner in part.findChildren(Banner) if banner.isVisibleTo(part))


def typed(window: MainWindow) -> None:
    """Unlock with the passphrase."""
    wait_until(form(window)._secret.isEnabled)
    form(window)._secret.setText(PASSPHRASE)
    form(window)._unlock.click()
    wait_until(lambda: works(window))


def test_a_remembered_network_opens_at_program_start_and_not_after_a_lock(
    window: Open, remembered: Path
) -> None:
    shown = window(remembered)
    wait_until(lambda: works(shown))
    shown.lock()
    wait_until(lambda: isinstance(shown.page, Welcome))
    settled(shown)
    assert form(shown)._secret.isEnabled()
    assert said(form(shown)) == ""
    typed(shown)


def test_closing_the_window_waits_for_no_keychain_that_hangs(
    qtbot: QtBot, theme: Theme, remembered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with hostile("hangs") as settings:
        monkeypatch.setenv(BUS, settings[BUS])
        shown = MainWindow(way_in(LONGER_THAN_ANY_RUN_S), Tasks(), theme, folder=remembered)
        qtbot.addWidget(shown)
        shown.show()
        wait_until(lambda: form(shown)._by_itself)
        shown.close()


def start_form(shown: MainWindow) -> StartForm:
    assert isinstance(shown.page, Welcome)
    assert isinstance(shown.page.form, StartForm)
    return shown.page.form


def started(shown: MainWindow) -> None:
    """Start a network, and come to work past the sheet of its recovery key."""
    page = start_form(shown)
    page._name.setText("Brook Valley")
    page._controller.setText("The Example Trust")
    page._secret.setText(PASSPHRASE)
    page._create.click()
    wait_until(lambda: isinstance(shown.page, RecoverySheet))
    shown._recovery_kept()
    wait_until(lambda: works(shown))


def test_a_new_network_is_remembered_where_that_is_ticked(window: Open) -> None:
    shown = window(None)
    page = start_form(shown)
    wait_until(lambda: not page.remember.isHidden())
    assert not page.remember.isChecked()
    assert problems(shown) == []
    page.remember.click()
    started(shown)
    services = shown.services
    assert services is not None
    assert on_worker(shown, services.keychain.state).remembered
    assert on_worker(shown, services.upkeep.info).recovery
    folder = services.folder
    del services
    shown.close()
    again = window(folder)
    wait_until(lambda: works(again))


def test_without_a_keychain_nothing_is_offered(window: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(BUS)
    shown = window(None)
    page = start_form(shown)
    wait_until(lambda: not page._looking.isActive())
    assert page.remember.isHidden()


def test_a_keychain_that_refuses_spoils_no_new_network(window: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    with hostile("forgets") as settings:
        monkeypatch.setenv(BUS, settings[BUS])
        shown = window(None)
        page = start_form(shown)
        wait_until(lambda: not page.remember.isHidden())
        page.remember.click()
        started(shown)
        assert isinstance(shown.page, Workplace)
        assert said(shown.page.notices).endswith(
            "The keychain of this computer does not keep what it is given. "
            "So the passphrase is asked for each time. You can try again in the settings, under Who can open it."
        )
        assert shown.services is not None
        assert not on_worker(shown, shown.services.keychain.state).remembered
        shown.close()


def test_a_network_that_was_not_remembered_asks_quietly(window: Open, folder: Path) -> None:
    shown = window(folder)
    settled(shown)
    assert said(form(shown)) == ""
    typed(shown)


@pytest.mark.parametrize(("mode", "sentence"), [("locked", "is locked"), ("hangs", "did not answer")])
def test_a_keychain_that_fails_is_one_sentence_and_the_passphrase_works(
    mode: str, sentence: str, window: Open, remembered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with hostile(mode) as settings:
        monkeypatch.setenv(BUS, settings[BUS])
        shown = window(remembered, 1 if mode == "hangs" else LIMIT_S)
        wait_until(lambda: sentence in said(form(shown)))
    assert "Use your passphrase" in said(form(shown))
    assert form(shown)._secret.hasFocus()
    assert problems(shown) == []
    typed(shown)


def test_a_passphrase_typed_while_the_keychain_hangs_is_tried_afterwards(
    window: Open, remembered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with hostile("hangs") as settings:
        monkeypatch.setenv(BUS, settings[BUS])
        shown = window(remembered, 2)
        wait_until(lambda: form(shown)._busy)
        assert form(shown)._secret.hasFocus()
        form(shown)._secret.setText(PASSPHRASE)
        QTest.keyClick(form(shown)._secret, Qt.Key.Key_Return)
        wait_until(lambda: works(shown))


def test_an_older_copy_is_opened_by_choice(window: Open, folder: Path, tmp_path: Path) -> None:
    kept = replayed(folder, tmp_path)
    shown = window(folder)
    wait_until(form(shown)._secret.isEnabled)
    form(shown)._secret.setText(PASSPHRASE)
    form(shown)._unlock.click()
    wait_until(lambda: "older than the one you used" in said(form(shown)))
    assert problems(shown) == []
    pressed(form(shown), "Open this copy")
    wait_until(lambda: works(shown))
    assert shown.services is not None
    assert kept.exists()


def test_an_older_copy_of_a_remembered_network_is_opened_by_choice(
    window: Open, remembered: Path, tmp_path: Path
) -> None:
    replayed(remembered, tmp_path)
    shown = window(remembered)
    wait_until(lambda: "older than the one you used" in said(form(shown)))
    pressed(form(shown), "Open this copy")
    wait_until(lambda: works(shown))


def replayed(folder: Path, tmp_path: Path) -> Path:
    """Yesterday's network in the place of today's."""
    kept = Path(shutil.copytree(folder, tmp_path / "kept"))
    services = way_in().open(folder, PASSPHRASE)
    services.upkeep.set_controller("The Other Trust")
    services.lock()
    shutil.rmtree(folder)
    shutil.copytree(kept, folder)
    return kept


def pressed(part: QWidget, text: str) -> None:
    next(each for each in part.findChildren(QAbstractButton) if each.text() == text).click()


def keys_page(window: MainWindow) -> KeysPanel:
    assert isinstance(window.page, Workplace)
    window.show_screen("settings")
    screen = window.page.current
    assert isinstance(screen, SettingsScreen)
    screen.open_at(KEYS)
    settled(window)
    wait_until(screen.keys.computer.isVisible)
    return screen.keys


def done(panel: KeysPanel, act: Act) -> None:
    """Press a button of the row, type the passphrase, and wait until the row says it."""
    before = panel.computer.words.words()
    panel.computer.buttons[act].click()
    panel.form.own.setText(PASSPHRASE)
    panel.form.confirm.click()
    wait_until(lambda: panel.computer.words.words() != before)


def offered(panel: KeysPanel) -> set[Act]:
    return {act for act, button in panel.computer.buttons.items() if button.isVisible()}


def test_the_row_remembers_forgets_forbids_and_allows(window: Open, folder: Path) -> None:
    shown = window(folder)
    typed(shown)
    panel = keys_page(shown)
    assert offered(panel) == {Act.REMEMBER, Act.FORBID}
    assert len(panel.state.words().split("words: ")[1].split(". ")[0].split()) == 6
    done(panel, Act.REMEMBER)
    assert offered(panel) == {Act.UNREMEMBER, Act.FORBID}
    assert "Opens the network when PeerMatch starts" in panel.computer.words.words()
    assert way_in().remembers(folder)
    done(panel, Act.UNREMEMBER)
    assert not way_in().remembers(folder)
    done(panel, Act.FORBID)
    assert offered(panel) == {Act.ALLOW}
    done(panel, Act.ALLOW)
    assert offered(panel) == {Act.REMEMBER, Act.FORBID}


def test_the_row_of_a_remembered_network_can_be_read_in_large_letters(
    window: Open, remembered: Path, theme: Theme
) -> None:
    theme.set_scale(150)
    shown = window(remembered)
    shown.resize(1024, 700)
    wait_until(lambda: works(shown))
    panel = keys_page(shown)
    panel._scroll.ensureWidgetVisible(panel.state)
    settled(shown)
    assert problems(shown) == []
