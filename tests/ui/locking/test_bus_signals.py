"""What the login service and the screen savers tell on D-Bus, each on a bus of our own."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtDBus import QDBusConnection
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from peermatch.ui.locking.bus import (
    LOGIN_PATH,
    LOGIN_SESSION,
    MANAGER,
    PROPERTIES,
    SAVERS,
    UNITY,
    BusSignals,
    bus_signals,
)
from peermatch.ui.locking.signals import SAVER, SESSION, SLEEP, SWITCHED
from tests.own_bus import private_bus
from tests.ui.locking.private_bus import (
    OTHER_SESSION,
    OWN_SESSION,
    LoginService,
    connected,
    emit,
)
from tests.ui.real_networks import wait_until


@pytest.fixture
def address(qapp: QApplication) -> Iterator[str]:
    with private_bus() as where:
        yield where


@pytest.fixture
def theirs(address: str) -> Iterator[QDBusConnection]:
    with connected(address) as bus:
        yield bus


@pytest.fixture
def ours(address: str) -> Iterator[QDBusConnection]:
    with connected(address) as bus:
        yield bus


@pytest.fixture
def login(theirs: QDBusConnection) -> LoginService:
    return LoginService(theirs)


class Heard(QObject):
    """Notes why a lock was wanted."""

    def __init__(self, signals: BusSignals) -> None:
        super().__init__()
        self.why: list[str] = []
        signals.lock_wanted.connect(self.why.append)


def settled_signals(ours: QDBusConnection, login: LoginService) -> tuple[BusSignals, Heard]:
    signals = BusSignals(ours, ours)
    wait_until(lambda: bool(signals.own_session))
    return signals, Heard(signals)


def test_it_asks_for_its_own_session(ours: QDBusConnection, login: LoginService) -> None:
    signals, _ = settled_signals(ours, login)
    assert signals.own_session == OWN_SESSION
    assert login.arguments("GetSession") == ("auto",)


def test_going_to_sleep_locks_and_waking_up_does_not(ours: QDBusConnection, login: LoginService) -> None:
    _signals, heard = settled_signals(ours, login)
    login.sleeps(False)
    login.sleeps(True)
    wait_until(lambda: bool(heard.why))
    assert heard.why == [SLEEP]


def test_the_lock_of_this_session_locks_and_of_another_does_not(
    ours: QDBusConnection, login: LoginService
) -> None:
    _signals, heard = settled_signals(ours, login)
    login.locks(OTHER_SESSION)
    login.locks()
    wait_until(lambda: bool(heard.why))
    assert heard.why == [SESSION]


def test_a_locked_hint_and_another_user_in_front_lock(ours: QDBusConnection, login: LoginService) -> None:
    _signals, heard = settled_signals(ours, login)
    login.changes(Active=True)
    login.changes(LockedHint=False)
    login.changes(IdleHint=True)
    login.changes(OTHER_SESSION, Active=False)
    login.changes(Active=False)
    login.changes(LockedHint=True)
    wait_until(lambda: len(heard.why) == 2)
    assert heard.why == [SWITCHED, SESSION]


def test_while_the_own_session_is_not_known_every_lock_counts(
    ours: QDBusConnection, theirs: QDBusConnection
) -> None:
    login = LoginService(theirs, knows_session=False)
    signals = BusSignals(ours, None)
    heard = Heard(signals)
    wait_until(lambda: "GetSession" in login.asked)
    login.locks(OTHER_SESSION)
    wait_until(lambda: heard.why == [SESSION])
    assert signals.own_session == ""


@pytest.mark.parametrize("saver", SAVERS)
def test_a_screen_saver_locks_when_it_starts(
    ours: QDBusConnection, theirs: QDBusConnection, saver: str
) -> None:
    assert theirs.registerService(saver)
    signals = BusSignals(None, ours)
    heard = Heard(signals)
    path = "/" + saver.replace(".", "/")
    for on in (False, True):
        emit(theirs, path, saver, "ActiveChanged", on)
    wait_until(lambda: bool(heard.why))
    assert heard.why == [SAVER]


def test_a_saver_that_starts_later_is_heard_as_well(ours: QDBusConnection, theirs: QDBusConnection) -> None:
    heard = Heard(signals := BusSignals(None, ours))
    assert theirs.registerService("org.gnome.ScreenSaver")
    QTest.qWait(50)
    emit(theirs, "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", True)
    wait_until(lambda: heard.why == [SAVER])
    signals.stop()


def test_unity_locks(ours: QDBusConnection, theirs: QDBusConnection) -> None:
    assert theirs.registerService(UNITY)
    heard = Heard(signals := BusSignals(None, ours))
    emit(theirs, "/com/canonical/Unity/Session", UNITY, "Locked")
    wait_until(lambda: heard.why == [SESSION])
    signals.stop()


def test_the_sleep_waits_until_the_network_is_closed(ours: QDBusConnection, login: LoginService) -> None:
    signals, _ = settled_signals(ours, login)
    assert login.may_sleep()
    signals.watch()
    wait_until(lambda: signals.delays_sleep)
    assert login.arguments("Inhibit") == ("sleep", "PeerMatch", "The network is locked first.", "delay")
    assert not login.may_sleep()
    signals.rest()
    wait_until(login.may_sleep)
    signals.watch()
    wait_until(lambda: signals.delays_sleep)
    signals.stop()
    wait_until(login.may_sleep)


def test_a_delay_that_is_granted_too_late_is_given_back(ours: QDBusConnection, login: LoginService) -> None:
    signals, _ = settled_signals(ours, login)
    signals.watch()
    signals.rest()
    wait_until(lambda: "Inhibit" in login.asked)
    wait_until(login.may_sleep)
    assert not signals.delays_sleep


def test_after_the_stop_nothing_is_heard(ours: QDBusConnection, login: LoginService) -> None:
    signals, heard = settled_signals(ours, login)
    other = Heard(second := BusSignals(ours, None))
    signals.stop()
    login.sleeps(True)
    wait_until(lambda: bool(other.why))
    assert heard.why == []
    second.stop()


def test_a_bus_without_these_services_is_no_trouble(ours: QDBusConnection) -> None:
    signals = BusSignals(ours, ours)
    signals.watch()
    QTest.qWait(100)
    assert (signals.own_session, signals.delays_sleep) == ("", False)
    signals.stop()


def test_a_computer_without_a_bus_is_no_trouble(qapp: QApplication) -> None:
    signals = BusSignals(None, None)
    signals.watch()
    signals.rest()
    signals.stop()
    parent = QObject()
    none = bus_signals(parent, {"XDG_RUNTIME_DIR": "/nowhere"})
    assert none.parent() is parent


def test_a_signal_of_another_shape_is_dropped(ours: QDBusConnection, theirs: QDBusConnection) -> None:
    """Qt ends a program whose slot is given something else than it takes."""
    login = LoginService(theirs)
    assert theirs.registerService("org.gnome.ScreenSaver")
    _signals, heard = settled_signals(ours, login)
    saver = ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged")
    shapes: tuple[tuple[object, ...], ...] = ((), ("true",), (1,), (True, True), ([],))
    for words in shapes:
        emit(theirs, *saver, *words)
        emit(theirs, LOGIN_PATH, MANAGER, "PrepareForSleep", *words)
        emit(theirs, OWN_SESSION, PROPERTIES, "PropertiesChanged", *words)
    emit(theirs, OWN_SESSION, PROPERTIES, "PropertiesChanged", LOGIN_SESSION, {"Active": "no"}, ["x"])
    emit(theirs, *saver, True)
    wait_until(lambda: bool(heard.why))
    assert heard.why == [SAVER]
