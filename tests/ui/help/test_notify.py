"""Notices of the system: only when wished, only from the background, and the same words whatever it is about."""

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusVirtualObject
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from peermatch.services.office import Services
from peermatch.services.this_computer import choose
from peermatch.services.today_jobs import Job, Matter, Today
from peermatch.ui.application import window_icon
from peermatch.ui.main_window import MainWindow
from peermatch.ui.notify import Notifier, told_of
from peermatch.ui.notify_senders import BUS_NAME, BUS_PATH, TITLE, WORDS, TrayNotice, Way, over_the_bus, way
from peermatch.ui.screens.welcome import Welcome
from peermatch.ui.tasks import AtOnce, Tasks
from peermatch.ui.theme import Theme
from tests.networks import DAY, clock
from tests.own_bus import private_bus
from tests.ui.locking.private_bus import connected
from tests.ui.real_networks import doors, opened, settled, wait_until

LETTER = b"From: Kim Doe <kim.doe@example.org>\nSubject: Help\nMessage-ID: <7@example.org>\n\nI have ADHD.\n"


class Desktop(QDBusVirtualObject):
    """A desktop that shows notices, and keeps what it was asked to show."""

    def __init__(self, bus: QDBusConnection) -> None:
        super().__init__()
        self.asked: list[tuple[str, str, tuple[object, ...]]] = []
        assert bus.registerVirtualObject(BUS_PATH, self, QDBusConnection.VirtualObjectRegisterOption.SubPath)
        assert bus.registerService(BUS_NAME)

    def introspect(self, path: str) -> str:
        """Nobody asks."""
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        """One notice."""
        self.asked.append((message.member(), message.signature(), tuple(message.arguments())))
        return connection.send(message.createReply(1))


class Room:
    """A window with a network, and a notifier whose clock the test turns."""

    def __init__(self, qtbot: QtBot, theme: Theme, services: Services) -> None:
        self.services, self.now, self.sent = services, clock().replace(hour=9), 0
        self.tasks = Tasks(AtOnce())
        self.window = MainWindow(doors(), self.tasks, theme, services=services)
        qtbot.addWidget(self.window)
        self.notifier = Notifier(self.window, self.tasks, self._send, lambda: self.now)
        self.rest()

    def _send(self) -> None:
        self.sent += 1

    def look(self, later: timedelta = timedelta()) -> None:
        """A quarter of an hour has passed, or more."""
        self.now += later
        self.notifier.look()
        self.rest()

    def rest(self) -> None:
        settled(self.window)
        wait_until(lambda: self.tasks.idle)


@pytest.fixture
def room(qtbot: QtBot, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    choose(told=True)
    made = Room(qtbot, theme, opened(tmp_path))
    yield made
    made.window.close()


def another_letter(room: Room) -> None:
    room.services.enquiries.receive(room.services.enquiries.draft(LETTER), room.now.date())


def test_what_is_new_is_told_once_while_somebody_works_elsewhere(room: Room) -> None:
    room.look()
    assert room.sent == 0
    another_letter(room)
    room.look()
    assert room.sent == 1
    room.look()
    assert room.sent == 1


def test_of_a_crowd_that_waits_only_one_more_is_news() -> None:
    def page(*jobs: Job) -> Today:
        return Today(DAY, jobs=jobs)

    def ask(reference: str, count: int = 1) -> Job:
        return Job(Matter.ASK, DAY, DAY, reference, count=count)

    before = told_of(page(ask("E-1"), ask("E-2"), ask("E-3", count=5), Job(Matter.REPLY, DAY, DAY, "E-9")))
    assert (
        told_of(page(ask("E-2"), ask("E-3"), ask("E-4", count=4), Job(Matter.REPLY, DAY, DAY, "E-9")))
        < before
    )
    assert told_of(page(ask("E-1"), ask("E-2"), ask("E-3", count=6))) - before
    assert told_of(page(Job(Matter.REPLY, DAY, DAY, "E-8"))) - before


def test_nobody_who_did_not_wish_it_is_told(room: Room) -> None:
    choose(told=False)
    room.look()
    another_letter(room)
    room.look()
    assert room.sent == 0


def test_who_works_in_the_window_is_not_told(room: Room, qtbot: QtBot) -> None:
    with qtbot.waitActive(room.window):
        room.window.show()
        room.window.activateWindow()
    another_letter(room)
    room.look()
    assert room.sent == 0


def test_what_is_left_over_is_told_on_the_next_working_day_and_not_before(room: Room) -> None:
    another_letter(room)
    room.look()
    room.window.lock()
    wait_until(lambda: isinstance(room.window.page, Welcome))
    room.rest()
    assert room.notifier._seen is None
    sent = room.sent
    room.look(timedelta(hours=1))
    assert room.sent == sent
    told: list[datetime] = []
    for _ in range(8 * 24):
        before = room.sent
        room.look(timedelta(hours=1))
        told += [room.now] if room.sent > before else []
    assert len({moment.date() for moment in told}) == len(told)
    assert 4 <= len(told) <= 6
    assert all(moment.weekday() < 5 and moment.hour == 8 for moment in told)


def test_the_desktop_is_asked_for_one_fixed_sentence() -> None:
    with private_bus() as address, connected(address) as bus:
        desktop = Desktop(bus)
        asking = threading.Thread(target=over_the_bus, args=(address,))
        asking.start()
        wait_until(lambda: not asking.is_alive())
        asking.join()
    assert len(desktop.asked) == 1
    method, shape, words = desktop.asked[0]
    assert (method, shape) == ("Notify", "susssasa{sv}i")
    assert words[:5] == (TITLE, 0, "", TITLE, WORDS)


def test_where_no_desktop_answers_nothing_happens(tmp_path: Path) -> None:
    over_the_bus(f"unix:path={tmp_path / 'nowhere'}")
    with private_bus() as address:
        over_the_bus(address)


def test_the_bus_is_for_linux_with_a_desktop() -> None:
    assert way("linux", {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/x"}) is Way.BUS
    assert way("linux", {}) is Way.NONE
    assert way("win32", {"DBUS_SESSION_BUS_ADDRESS": "x"}) is Way.TRAY


@pytest.mark.qt_log_ignore(
    "systemTrayWindowChanged", extend=True
)  # the offscreen screen has no tray and says so
def test_elsewhere_an_icon_says_it_for_a_while(qtbot: QtBot, theme: Theme, qapp: QApplication) -> None:
    qapp.setWindowIcon(window_icon(theme))
    window = QWidget()
    qtbot.addWidget(window)
    TrayNotice(window, shown_ms=1)()
    icon = window.findChild(QSystemTrayIcon)
    assert icon is not None
    assert icon.toolTip() == TITLE
    wait_until(lambda: not icon.isVisible())
