"""The real window on a network of its own, with its guard, a private bus, and a login service on it."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

from PySide6.QtDBus import QDBusConnection
from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from peermatch.model.introduction import Introduction, State
from peermatch.ui.clipboard import ClipboardKeeper
from peermatch.ui.locking.bus import BusSignals
from peermatch.ui.locking.guard import Guard
from peermatch.ui.main_window import MainWindow
from peermatch.ui.screens.duties import DutiesScreen
from peermatch.ui.screens.enquiries import EnquiriesScreen
from peermatch.ui.screens.introductions import IntroductionsScreen
from peermatch.ui.screens.settings import SettingsScreen
from peermatch.ui.screens.supporters import SupportersScreen
from peermatch.ui.screens.welcome import Welcome
from peermatch.ui.tasks import Tasks
from peermatch.ui.theme import Theme
from peermatch.ui.workplace import Workplace
from tests.networks import PASSPHRASE
from tests.own_bus import private_bus
from tests.ui.locking.private_bus import LoginService, connected
from tests.ui.real_networks import WHOLE, doors, settled, wait_until

T = TypeVar("T")
AGREED = ("E-0142", "S-0001")
"""The pair whose card lies ready to be seen before it leaves."""


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="room-", dir=Path.home())) / "north-west.peermatch"
    ready = Introduction(*AGREED, State.AGREED, asked=date(2026, 11, 19), answered=date(2026, 11, 20))
    whole = replace(WHOLE, introductions=(ready,))
    doors().create(folder, whole, PASSPHRASE, with_recovery=False).services.lock()
    return folder


@dataclass
class Room:
    """One window with all that watches over it."""

    window: MainWindow
    worker: Executor
    tasks: Tasks
    guard: Guard
    signals: BusSignals
    login: LoginService
    theirs: QDBusConnection
    folder: Path

    @property
    def work(self) -> Workplace:
        assert isinstance(self.window.page, Workplace)
        return self.window.page

    @property
    def enquiries(self) -> EnquiriesScreen:
        found = self.work.screens["enquiries"]
        assert isinstance(found, EnquiriesScreen)
        return found

    @property
    def introductions(self) -> IntroductionsScreen:
        found = self.work.screens["introductions"]
        assert isinstance(found, IntroductionsScreen)
        return found

    @property
    def duties(self) -> DutiesScreen:
        found = self.work.screens["duties"]
        assert isinstance(found, DutiesScreen)
        return found

    @property
    def supporters(self) -> SupportersScreen:
        found = self.work.screens["supporters"]
        assert isinstance(found, SupportersScreen)
        return found

    @property
    def settings(self) -> SettingsScreen:
        found = self.work.screens["settings"]
        assert isinstance(found, SettingsScreen)
        return found

    @property
    def welcome(self) -> Welcome:
        assert isinstance(self.window.page, Welcome)
        return self.window.page

    def answer(self, work: Callable[[], T]) -> T:
        """What the open network says, asked where the window asks it: its file is never read by two at once."""
        return self.worker.submit(work).result()

    def rest(self) -> None:
        """Let the worker answer and layouts settle."""
        wait_until(lambda: self.tasks.idle)
        settled(self.window)

    def closed(self) -> bool:
        """Whether the network is let go: a held one says who holds it."""
        return (self.folder / "store.lock").read_bytes() == b""

    def unlock(self) -> None:
        """Come back, as the passphrase would let us."""
        wait_until(self.closed)
        self.rest()
        self.window.enter(doors().open(self.folder, PASSPHRASE))
        self.rest()


@contextmanager
def room_on(place: Path, theme: Theme, qtbot: QtBot) -> Iterator[Room]:
    """A small network, open in the window."""
    with ExitStack() as stack:
        address = stack.enter_context(private_bus())
        theirs, ours = (stack.enter_context(connected(address)) for _ in range(2))
        login = LoginService(theirs)
        folder = place / "north-west.peermatch"
        shutil.copytree(_template(), folder)
        worker = ThreadPoolExecutor(max_workers=1)
        tasks = Tasks(worker)
        window = MainWindow(doors(), tasks, theme, services=doors().open(folder, PASSPHRASE))
        signals = BusSignals(ours, ours)
        guard = Guard(window, signals, ClipboardKeeper(QGuiApplication.clipboard(), parent=window))
        qtbot.addWidget(window)
        window.resize(1440, 900)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        room = Room(window, worker, tasks, guard, signals, login, theirs, folder)
        room.rest()
        wait_until(lambda: bool(signals.own_session) and signals.delays_sleep)
        yield room
        window.close()


def words_anywhere() -> str:
    """What any widget of the program still says, shown or not, with tool tips, titles and what screen readers hear."""
    said: list[str] = []
    for widget in QApplication.allWidgets():
        said += [widget.toolTip(), widget.windowTitle(), widget.accessibleName(), _text(widget)]
        said.append(widget.accessibleDescription())
    for top in QApplication.topLevelWidgets():
        found = QAccessible.queryAccessibleInterface(top)
        if found is not None:
            said += _heard(found)
    return "\n".join(said)


def _text(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QLineEdit | QAbstractButton):
        return widget.text()
    if isinstance(widget, QPlainTextEdit | QTextBrowser):
        return widget.toPlainText()
    return widget.currentText() if isinstance(widget, QComboBox) else ""


def _heard(found: QAccessibleInterface) -> list[str]:
    said = [found.text(QAccessible.Text.Name), found.text(QAccessible.Text.Value)]
    for number in range(found.childCount()):
        child = found.child(number)
        if child is not None:
            said += _heard(child)
    return said
