"""Whatever the computer tells, the window is covered within two seconds, and the network closed before it sleeps."""

import threading
import weakref
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from peermatch.ui.locking.signals import SAVER, SESSION, SLEEP, SWITCHED
from peermatch.ui.messages import Fault
from peermatch.ui.screens.welcome import Welcome
from peermatch.ui.screens.welcome_unlock import UnlockForm
from peermatch.ui.theme import Theme
from tests.networks import PASSPHRASE
from tests.ui.locking.private_bus import emit
from tests.ui.locking.rooms import AGREED, Room, room_on, words_anywhere
from tests.ui.real_networks import wait_until

NAMES = (
    "Amina",
    "Rahman",
    "Robin",
    "Vale",
    "robin@",
    "amina@",
    "E-0142",
    "S-0001",
    "North West",
    "diagnosed",
)
IN_TIME_MS = 2_000


@pytest.fixture
def room(tmp_path: Path, theme: Theme, qtbot: QtBot) -> Iterator[Room]:
    with room_on(tmp_path, theme, qtbot) as opened:
        yield opened


def saver(room: Room) -> None:
    name = "org.gnome.ScreenSaver"
    assert room.theirs.registerService(name)
    QTest.qWait(50)
    emit(room.theirs, "/org/gnome/ScreenSaver", name, "ActiveChanged", True)


def idle(room: Room) -> None:
    room.guard.idle.lock_wanted.emit("Locked after 10 minutes without use.")


WAYS: dict[str, tuple[Callable[[Room], None], str]] = {
    "sleep": (lambda room: room.login.sleeps(True), SLEEP),
    "session": (lambda room: room.login.locks(), SESSION),
    "hint": (lambda room: room.login.changes(LockedHint=True), SESSION),
    "switch": (lambda room: room.login.changes(Active=False), SWITCHED),
    "saver": (saver, SAVER),
    "idle": (idle, "Locked after 10 minutes without use."),
}


def note_of(page: Welcome) -> str:
    assert isinstance(page.form, UnlockForm)
    return page.form._banner.sentence()


@pytest.mark.parametrize("way", WAYS)
def test_with_a_dialog_and_a_preview_open_it_is_covered_in_time(room: Room, way: str) -> None:
    tell, reason = WAYS[way]
    room.window.show_screen("introductions", *AGREED)
    room.rest()
    room.introductions.pane.card.wanted_address.emit()
    wait_until(lambda: room.introductions.pane.card.to.in_sight)
    assert {"Amina", "robin@"} <= {name for name in NAMES if name in words_anywhere()}
    clock = QElapsedTimer()
    covered: list[int] = []
    room.window.covered.connect(lambda: covered.append(clock.elapsed()))
    stood: list[QWidget] = []

    def begin() -> None:
        stood.extend(
            w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog) and w.isVisible()
        )
        clock.start()
        tell(room)

    QTimer.singleShot(50, begin)
    room.introductions.pane.card.save.click()  # waits in the file dialog until the lock closes it
    wait_until(lambda: room.window.locked)
    assert len(covered) == 1
    assert covered[0] < IN_TIME_MS
    assert len(stood) == 1
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [room.window]
    assert room.window.windowTitle() == "PeerMatch"
    assert note_of(room.welcome) == reason
    wait_until(room.closed)
    room.rest()
    said = words_anywhere()
    assert [name for name in NAMES if name in said] == []
    assert not room.guard.idle.watching


def test_the_computer_sleeps_only_after_the_key_is_gone(room: Room) -> None:
    go_on = threading.Event()
    room.tasks.run(room.window, go_on.wait, lambda _done: None, lambda _error: None)
    room.login.sleeps(True)
    wait_until(lambda: room.window.locked)
    QTest.qWait(100)
    assert not room.login.may_sleep()
    assert not room.closed()
    go_on.set()
    wait_until(room.login.may_sleep)
    assert room.closed()
    room.unlock()
    wait_until(lambda: room.signals.delays_sleep)


def test_a_lock_while_it_is_locked_changes_nothing_and_lets_the_computer_sleep(room: Room) -> None:
    room.window.lock()
    wait_until(room.login.may_sleep)
    page = room.window.page
    room.login.sleeps(True)
    room.login.locks()
    QTest.qWait(100)
    assert room.window.page is page


def test_what_opens_while_the_screen_is_locked_is_closed_again(room: Room) -> None:
    """The passphrase was typed, the lid closed: a network that opens behind a locked screen would stay open."""
    room.window.lock()
    wait_until(room.closed)
    room.rest()
    form = room.welcome.form
    assert isinstance(form, UnlockForm)
    form._secret.setText(PASSPHRASE)
    form._submit()
    room.login.sleeps(True)
    wait_until(lambda: form._unwanted == SLEEP)
    wait_until(lambda: not form._busy and room.closed())
    assert room.window.locked
    assert note_of(room.welcome) == SLEEP


def test_what_was_copied_is_gone_with_the_lock_and_with_the_window(room: Room) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("lucy@example.org")
    room.window.lock()
    after_the_lock = clipboard.text()
    room.unlock()
    clipboard.setText("lucy@example.org")
    before_the_end = clipboard.text()
    room.window.close()
    assert (after_the_lock, before_the_end, clipboard.text()) == ("", "lucy@example.org", "")


def test_the_report_of_a_fault_can_be_copied_and_kept(room: Room) -> None:
    clipboard = QGuiApplication.clipboard()
    room.window.show_fault(Fault("KeyError", ("a.py:1 f",)))
    clipboard.setText("KeyError")
    room.window.close()
    assert clipboard.text() == "KeyError"
    clipboard.clear()


def test_before_the_time_is_over_it_warns_and_a_key_is_enough(room: Room) -> None:
    room.guard.idle.nearing.emit(60)
    banner = room.work.warning.banner
    assert banner.isVisible()
    assert banner.sentence().startswith("This locks in 1 minute.")
    room.guard.idle.back.emit()
    assert not banner.isVisible()


def test_the_time_is_that_of_the_network_and_counts_only_while_it_is_open(room: Room) -> None:
    def state() -> tuple[bool, int]:
        return room.guard.idle.watching, room.guard._limit()

    seen = [state()]
    services = room.window.services
    assert services is not None
    room.answer(partial(services.lock_rules.set_idle, 2))
    seen.append(state())
    room.window.lock()
    seen.append(state())
    room.unlock()
    seen.append(state())
    assert seen == [(True, 600), (True, 120), (False, 600), (True, 120)]


def test_nothing_of_the_network_stays_alive_in_memory(room: Room) -> None:
    """The bytes of a freed text may linger; no object does that could show it."""
    for screen in ("supporters", "introductions", "plan", "settings", "enquiries"):
        room.window.show_screen(screen)
        room.rest()
    services = room.window.services
    assert services is not None
    gone = [weakref.ref(part) for part in (room.work, services.desk, services.desk.store, room.enquiries)]
    del services
    room.window.lock()
    wait_until(room.closed)
    room.rest()
    wait_until(lambda: not any(part() for part in gone))


def test_closing_the_window_ends_everything(room: Room) -> None:
    room.window.close()
    assert room.closed()
    assert not room.guard.idle.watching
    wait_until(room.login.may_sleep)
