"""Sleep, session lock, screen saver and change of user on Linux, as D-Bus tells them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
)

from peermatch.ui.locking.signals import SAVER, SESSION, SLEEP, SWITCHED, SystemSignals

# https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html
LOGIN = "org.freedesktop.login1"
LOGIN_PATH = "/org/freedesktop/login1"
MANAGER = f"{LOGIN}.Manager"
LOGIN_SESSION = f"{LOGIN}.Session"
PROPERTIES = "org.freedesktop.DBus.Properties"
SAVERS = tuple(
    f"org.{desktop}.ScreenSaver" for desktop in ("freedesktop", "gnome", "cinnamon", "mate", "xfce")
)
UNITY = "com.canonical.Unity.Session"
PATIENCE_MS = 5_000
NO_DELAY = -1


@dataclass(frozen=True, slots=True)
class Told:
    """A signal on the bus: who sends it, from where (any path where it is empty), its name and its shape."""

    service: str
    path: str
    interface: str
    name: str
    shape: str = ""


class BusSignals(SystemSignals):
    """Follows the login service on the system's bus and the screen savers on the session's bus.

    The session of this program is asked for. Until it is known, and where it cannot be, the lock of any session locks
    the network: too often is better than never.
    """

    def __init__(
        self,
        system: QDBusConnection | None,
        session: QDBusConnection | None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._system, self._session = system, session
        self._own = ""
        self._delay = NO_DELAY
        self._wanted = False
        if system is not None:
            sleep = Told(LOGIN, LOGIN_PATH, MANAGER, "PrepareForSleep", "b")
            self._follow(system, sleep, "_sleeps(bool)")
            lock = Told(LOGIN, "", LOGIN_SESSION, "Lock")
            self._follow(system, lock, "_session_locks(QDBusMessage)")
            self._ask(system, "GetSession", "auto").finished.connect(self._session_known)
        if session is not None:
            for saver in SAVERS:
                self._follow(session, Told(saver, "", saver, "ActiveChanged", "b"), "_saver_turns(bool)")
            self._follow(session, Told(UNITY, "", UNITY, "Locked"), "_unity_locks()")

    @property
    def delays_sleep(self) -> bool:
        """Whether the system waits with its sleep until ``rest`` is called."""
        return self._delay != NO_DELAY

    @property
    def own_session(self) -> str:
        """The session of this program as the login service names it; empty while that is not known."""
        return self._own

    def watch(self) -> None:
        """Ask for a moment before the computer sleeps, so that the key is gone from memory by then."""
        self._wanted = True
        if self._system is not None and not self.delays_sleep:
            why = ("sleep", "PeerMatch", "The network is locked first.", "delay")
            self._ask(self._system, "Inhibit", *why).finished.connect(self._delay_granted)

    def rest(self) -> None:
        """Let the computer sleep."""
        self._wanted = False
        if self._delay != NO_DELAY:
            os.close(self._delay)
            self._delay = NO_DELAY

    def stop(self) -> None:
        """Listen no longer."""
        self.rest()
        self.blockSignals(True)

    def _follow(self, bus: QDBusConnection, told: Told, slot: str) -> None:
        """Connect one signal. With its shape named, one of another shape is dropped; without, Qt ends the program."""
        words = (told.service, told.path, told.interface, told.name, told.shape, self, SLOT(slot))
        # The stub asks for bytes, the binding takes the text that SLOT makes.
        bus.connect(*words)  # type: ignore[call-overload]  # see above

    def _ask(self, bus: QDBusConnection, method: str, *arguments: object) -> QDBusPendingCallWatcher:
        """Ask the login service; the event loop waits for the answer, we do not."""
        asked = QDBusMessage.createMethodCall(LOGIN, LOGIN_PATH, MANAGER, method)
        asked.setArguments(list(arguments))
        watcher = QDBusPendingCallWatcher(bus.asyncCall(asked, PATIENCE_MS), self)
        watcher.finished.connect(watcher.deleteLater)
        return watcher

    @Slot(QDBusPendingCallWatcher)
    def _session_known(self, call: QDBusPendingCallWatcher) -> None:
        path = _first(call)
        if isinstance(path, QDBusObjectPath) and self._system is not None:
            self._own = path.path()
            changes = Told(LOGIN, self._own, PROPERTIES, "PropertiesChanged", "sa{sv}as")
            self._follow(self._system, changes, "_session_changes(QString,QVariantMap,QStringList)")

    @Slot(QDBusPendingCallWatcher)
    def _delay_granted(self, call: QDBusPendingCallWatcher) -> None:
        granted = _first(call)
        if isinstance(granted, QDBusUnixFileDescriptor) and self._wanted and not self.delays_sleep:
            self._delay = os.dup(granted.fileDescriptor())

    @Slot(bool)
    def _sleeps(self, going: bool) -> None:
        if going:
            self.lock_wanted.emit(SLEEP)

    @Slot(QDBusMessage)
    def _session_locks(self, message: QDBusMessage) -> None:
        if self._own in ("", message.path()):
            self.lock_wanted.emit(SESSION)

    @Slot(str, "QVariantMap", "QStringList")
    def _session_changes(self, interface: str, values: dict[str, object], _gone: list[str]) -> None:
        if interface != LOGIN_SESSION:
            return
        if values.get("LockedHint") is True:
            self.lock_wanted.emit(SESSION)
        elif values.get("Active") is False:
            self.lock_wanted.emit(SWITCHED)

    @Slot(bool)
    def _saver_turns(self, on: bool) -> None:
        if on:
            self.lock_wanted.emit(SAVER)

    @Slot()
    def _unity_locks(self) -> None:
        self.lock_wanted.emit(SESSION)


def bus_signals(parent: QObject, environment: Mapping[str, str] = os.environ) -> BusSignals:
    """The signals of this computer's own buses, as far as there are any: none is started for us."""
    system = QDBusConnection.systemBus() if _has_system_bus(environment) else None
    session = QDBusConnection.sessionBus() if _has_session_bus(environment) else None
    return BusSignals(_if_open(system), _if_open(session), parent)


def _has_system_bus(environment: Mapping[str, str]) -> bool:
    return "DBUS_SYSTEM_BUS_ADDRESS" in environment or Path("/run/dbus/system_bus_socket").exists()


def _has_session_bus(environment: Mapping[str, str]) -> bool:
    runtime = environment.get("XDG_RUNTIME_DIR")
    return "DBUS_SESSION_BUS_ADDRESS" in environment or bool(runtime and Path(runtime, "bus").exists())


def _if_open(bus: QDBusConnection | None) -> QDBusConnection | None:
    return bus if bus is not None and bus.isConnected() else None


def _first(call: QDBusPendingCallWatcher) -> object:
    """What the service answered, or nothing when it refused or is not there."""
    if call.isError():
        return None
    found = call.reply().arguments()
    return found[0] if found else None
