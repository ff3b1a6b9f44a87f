"""Real encrypted networks for the tests of the window: made once, copied for each test, at the lowest cost allowed."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from peermatch.model.letter import Letter, Proposal
from peermatch.model.network import Network
from peermatch.model.people import Supporter
from peermatch.model.reference import Reference
from peermatch.services.office import Doors, Services
from peermatch.services.reader import Reader
from peermatch.services.shipped import load_shipped
from peermatch.services.snapshot import Snapshot
from peermatch.store.kdf import LEAST
from peermatch.ui.main_window import MainWindow
from peermatch.ui.workplace import Workplace
from tests.networks import AMINA, NETWORK, PASSPHRASE, clock

NIA: Supporter = replace(AMINA, id="S-0009", name="Nia Powell", known_as=None, capacity=1, consents=())
WHOLE: Network = replace(NETWORK, supporters=(*NETWORK.supporters, NIA))
PATIENCE_MS = 60_000


class ReadOnce:
    """The shipped reader of letters, asked about each letter once: of the same letter it always says the same."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._said: dict[Letter, Proposal] = {}
        self._of_networks: dict[tuple[object, ...], ReadOnce] = {}

    def of_network(self, reference: Reference) -> Reader:
        """One for each set of terms and places: many tests open the same network."""
        key = (*reference.vocabulary.terms.values(), *reference.organisations.all)
        if key not in self._of_networks:
            self._of_networks[key] = ReadOnce(self._reader.of_network(reference))
        return self._of_networks[key]

    def propose(self, letter: Letter) -> Proposal:
        """What the reader says, or said."""
        if letter not in self._said:
            self._said[letter] = self._reader.propose(letter)
        return self._said[letter]

    def forget(self) -> None:
        """The reader forgets; the invented letters of the tests may be kept."""
        self._reader.forget()


@cache
def doors() -> Doors:
    """The way in, at the lowest cost that the store allows."""
    shipped = load_shipped()
    return Doors(replace(shipped, suggester=ReadOnce(shipped.suggester)), clock, cost=LEAST)


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="template-", dir=Path.home())) / "north-west.peermatch"
    doors().create(folder, WHOLE, PASSPHRASE, with_recovery=False).services.lock()
    return folder


@cache
def picture() -> Snapshot:
    """What the network looks like in memory, for what only reads."""
    services = doors().open(_template(), PASSPHRASE)
    services.lock()
    return services.desk.snapshot


def copied(place: Path) -> Path:
    """A network of one's own, locked."""
    folder = place / "north-west.peermatch"
    shutil.copytree(_template(), folder)
    return folder


def opened(place: Path) -> Services:
    """A network of one's own, open."""
    return doors().open(copied(place), PASSPHRASE)


def wait_until(holds: Callable[[], bool]) -> None:
    """Let the window work until something holds; the test fails when it never does."""
    deadline = QDeadlineTimer(PATIENCE_MS)
    while not holds():
        assert not deadline.hasExpired(), "it never came to that"
        QTest.qWait(5)


def focused() -> QWidget:
    """What has the keyboard."""
    found = QApplication.focusWidget()
    assert found is not None, "nothing has the keyboard"
    return found


def settled(page: QWidget) -> None:
    """Let layouts come to rest."""
    for _ in range(6):
        QTest.qWait(0)
    page.update()


@contextmanager
def in_sight(window: MainWindow, qtbot: QtBot, size: tuple[int, int] = (1440, 900)) -> Iterator[MainWindow]:
    """A window that stands there with the keyboard, and is closed at the end."""
    qtbot.addWidget(window)
    window.resize(*size)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    settled(window)
    yield window
    window.close()


def work_of(window: MainWindow) -> Workplace:
    """What the window shows while its network is open."""
    assert isinstance(window.page, Workplace)
    return window.page
