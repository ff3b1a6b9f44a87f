"""A small screen reader: a desktop of its own that nobody sees, and questions asked on its accessibility bus."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, MatchRule, Properties, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection

from tests.own_bus import private_bus

ROOT = Path(__file__).resolve().parents[3]
PATIENCE_S = 30
A11Y = "org.a11y.atspi"
DESKTOP = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
SHOWING = 1 << 25
Ref = tuple[str, str]
"""Who has it, and where: how the bus names one thing."""


class Reader:
    """Asks the program what it shows, as Orca does; presses and listens."""

    def __init__(self, address: str) -> None:
        self._bus = open_dbus_connection(address)
        self._heard: Any = None

    def close(self) -> None:
        """Leave the bus."""
        self._bus.close()

    def program(self) -> Ref:
        """The only program of this desktop, as soon as it has come."""
        return self.until(lambda: next(iter(self.children(DESKTOP)), None))

    def until(self, found: Callable[[], Ref | None]) -> Ref:
        """What a question brings in the end."""
        end = time.monotonic() + PATIENCE_S
        while True:
            answer = found()
            if answer:
                return answer
            assert time.monotonic() < end, "it never came"

    def children(self, ref: Ref) -> list[Ref]:
        """What is within it."""
        return [(name, path) for name, path in self._ask(ref, "Accessible", "GetChildren")[0]]

    def name(self, ref: Ref) -> str:
        """What it is called."""
        return str(self._fact(ref, "Accessible", "Name"))

    def description(self, ref: Ref) -> str:
        """What is said besides."""
        return str(self._fact(ref, "Accessible", "Description"))

    def role(self, ref: Ref) -> str:
        """What it is."""
        return str(self._ask(ref, "Accessible", "GetRoleName")[0])

    def showing(self, ref: Ref) -> bool:
        """Whether it is on the screen."""
        return bool(self._ask(ref, "Accessible", "GetState")[0][0] & SHOWING)

    def size(self, ref: Ref) -> tuple[int, int]:
        """Rows and columns of a table."""
        return int(self._fact(ref, "Table", "NRows")), int(self._fact(ref, "Table", "NColumns"))

    def press(self, ref: Ref) -> None:
        """Do what it is there for."""
        self._ask(ref, "Action", "DoAction", "i", (0,))

    def all(self, ref: Ref) -> Iterator[Ref]:
        """Everything that shows, from the top."""
        for child in self.children(ref):
            if child[1] != "/org/a11y/atspi/null" and self.showing(child):
                yield child
                yield from self.all(child)

    def find(self, top: Ref, role: str, name: str) -> Ref:
        """The first of that kind whose name begins so."""
        return self.until(
            lambda: next(
                (r for r in self.all(top) if self.role(r) == role and self.name(r).startswith(name)), None
            )
        )

    def called(self, top: Ref, role: str, name: str) -> Ref:
        """The first of that kind that is called so and no more."""
        return self.until(
            lambda: next((r for r in self.all(top) if self.role(r) == role and self.name(r) == name), None)
        )

    def described(self, top: Ref, words: str) -> Ref:
        """The first of which these words are said."""
        return self.until(lambda: next((r for r in self.all(top) if self.description(r) == words), None))

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear announcements from now on."""
        rule = MatchRule(type="signal", interface=f"{A11Y}.Event.Object", member="Announcement")
        Proxy(message_bus, self._bus).AddMatch(rule)
        registry = DBusAddress("/org/a11y/atspi/registry", DESKTOP[0], f"{A11Y}.Registry")
        self._reply(new_method_call(registry, "RegisterEvent", "sass", ("object:announcement", [], "")))
        with self._bus.filter(rule) as queue:
            self._heard = queue
            yield

    def announced(self) -> str:
        """What is said next without being asked for."""
        said = self._bus.recv_until_filtered(self._heard, timeout=PATIENCE_S)
        return str(said.body[3][1])

    def hear(self, words: str) -> None:
        """Listen until these words are among what is said."""
        end = time.monotonic() + PATIENCE_S
        while words not in self.announced():
            assert time.monotonic() < end, f"nobody said {words!r}"

    def _fact(self, ref: Ref, interface: str, name: str) -> Any:
        asked = Properties(DBusAddress(ref[1], ref[0], f"{A11Y}.{interface}")).get(name)
        return self._reply(asked)[0][1]

    def _ask(
        self, ref: Ref, interface: str, method: str, signature: str = "", words: tuple[Any, ...] = ()
    ) -> Any:
        address = DBusAddress(ref[1], ref[0], f"{A11Y}.{interface}")
        return self._reply(new_method_call(address, method, signature or None, words))

    def _reply(self, message: Any) -> Any:
        answer = self._bus.send_and_get_reply(message, timeout=PATIENCE_S)
        assert answer.header.message_type.name == "method_return", answer.body
        return answer.body


@contextmanager
def screen() -> Iterator[str]:
    """The name of a screen that nobody sees."""
    read, write = os.pipe()
    words = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    with subprocess.Popen(words, pass_fds=[write], stderr=subprocess.DEVNULL) as server:
        os.close(write)
        try:
            with os.fdopen(read) as told:
                yield f":{told.readline().strip()}"
        finally:
            server.terminate()


@contextmanager
def reading(folder: Path) -> Iterator[Reader]:
    """A screen reader on a desktop where nothing runs but the window on this network."""
    with ExitStack() as stack:
        session, display = stack.enter_context(private_bus()), stack.enter_context(screen())
        bus: DBusConnection = stack.enter_context(open_dbus_connection(session))
        wanted = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
        address = bus.send_and_get_reply(new_method_call(wanted, "GetAddress"), timeout=PATIENCE_S).body[0]
        reader = Reader(address)
        stack.callback(reader.close)
        seen = {"DBUS_SESSION_BUS_ADDRESS": session, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        environ = {**os.environ, **seen, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        words = [sys.executable, "-m", "tests.ui.access.read_program", str(folder)]
        program = stack.enter_context(
            subprocess.Popen(words, cwd=ROOT, env=environ, stderr=subprocess.DEVNULL)
        )
        stack.callback(program.terminate)
        yield reader
