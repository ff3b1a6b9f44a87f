"""A D-Bus of our own for one test, and a login service and screen savers on it that say what the test wants."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusUnixFileDescriptor,
    QDBusVirtualObject,
)

from peermatch.ui.locking.bus import LOGIN, LOGIN_PATH, LOGIN_SESSION, MANAGER, PROPERTIES

OWN_SESSION = f"{LOGIN_PATH}/session/_32"
OTHER_SESSION = f"{LOGIN_PATH}/session/c1"
_NUMBERS = count(1)


@contextmanager
def connected(address: str) -> Iterator[QDBusConnection]:
    """One more connection to a bus, closed at the end."""
    name = f"test-{next(_NUMBERS)}"
    bus = QDBusConnection.connectToBus(address, name)
    assert bus.isConnected()
    try:
        yield bus
    finally:
        QDBusConnection.disconnectFromBus(name)


class LoginService(QDBusVirtualObject):
    """Answers as the system's login service does, and sends its signals when the test says so."""

    def __init__(self, bus: QDBusConnection, *, knows_session: bool = True) -> None:
        super().__init__()
        self._bus, self._knows = bus, knows_session
        self._asked: list[tuple[str, tuple[object, ...]]] = []
        self._waiting: list[int] = []
        both = QDBusConnection.VirtualObjectRegisterOption.SubPath
        assert bus.registerVirtualObject(LOGIN_PATH, self, both)
        assert bus.registerService(LOGIN)

    @property
    def asked(self) -> list[str]:
        """The methods that were called."""
        return [name for name, _ in self._asked]

    def arguments(self, method: str) -> tuple[object, ...]:
        """What a method was called with the last time."""
        return next(words for name, words in reversed(self._asked) if name == method)

    def may_sleep(self) -> bool:
        """Whether nobody holds the sleep back any more: every pipe that was handed out is closed."""
        for end in list(self._waiting):
            try:
                closed = os.read(end, 1) == b""
            except BlockingIOError:
                continue
            if closed:
                os.close(end)
                self._waiting.remove(end)
        return not self._waiting

    def introspect(self, path: str) -> str:
        """Nobody asks."""
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        """Which session a program belongs to, and the handle that holds a sleep back."""
        self._asked.append((message.member(), tuple(message.arguments())))
        if message.member() == "Inhibit":
            ours, theirs = os.pipe()
            os.set_blocking(ours, False)
            handle = QDBusUnixFileDescriptor(theirs)
            os.close(theirs)
            self._waiting.append(ours)
            return connection.send(message.createReply(handle))
        if self._knows:
            return connection.send(message.createReply(QDBusObjectPath(OWN_SESSION)))
        said = message.createErrorReply(f"{LOGIN}.NoSessionForPID", "not in a session")
        return connection.send(said)

    def sleeps(self, going: bool) -> None:
        """The computer goes to sleep, or has woken up."""
        emit(self._bus, LOGIN_PATH, MANAGER, "PrepareForSleep", going)

    def locks(self, session: str = OWN_SESSION) -> None:
        """Somebody locks a session."""
        emit(self._bus, session, LOGIN_SESSION, "Lock")

    def changes(self, session: str = OWN_SESSION, **values: bool) -> None:
        """Properties of a session change."""
        emit(self._bus, session, PROPERTIES, "PropertiesChanged", LOGIN_SESSION, values, ["IdleSinceHint"])


def emit(bus: QDBusConnection, path: str, interface: str, name: str, *words: object) -> None:
    """Send one signal."""
    signal = QDBusMessage.createSignal(path, interface, name)
    signal.setArguments(list(words))
    assert bus.send(signal)
