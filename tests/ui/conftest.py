"""The look that every test of the window stands on: light, at 100 %, freshly applied."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from peermatch.ui.collecting import collect_due
from peermatch.ui.theme import Scheme, Theme, apply_theme
from tests.ui.mail_program import MailProgram

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


@pytest.fixture(scope="module", autouse=True)
def collect_here() -> Iterator[None]:
    """As in the program: garbage is collected on the window's thread, never on the worker's, from the first on."""
    gc.disable()
    yield
    collect_due()
    gc.enable()


@pytest.fixture(autouse=True)
def cleared() -> Iterator[None]:
    """What a test is done with goes at once; else the next one's theme dresses all of it anew, which takes longer."""
    gc.disable()
    yield
    collect_due()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """A new theme for each test, so that no test sees another one's scheme or size."""
    return apply_theme(qapp, RESOURCES, Scheme.LIGHT, 100)


@pytest.fixture
def mail(qapp: object) -> Iterator[MailProgram]:
    program = MailProgram()
    QDesktopServices.setUrlHandler("file", program, "receive")  # type: ignore[arg-type]  # the stub says bytes, Qt takes text
    yield program
    QDesktopServices.unsetUrlHandler("file")


class Stage:
    """Shows widgets on an active page and keeps it for as long as the test runs."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self._pages: list[QWidget] = []

    def show(self, *widgets: QWidget, width: int = 0, height: int = 0) -> QWidget:
        """A page with these below each other; it has the focus."""
        page = QWidget()
        self._qtbot.addWidget(page)
        self._pages.append(page)
        column = QVBoxLayout(page)
        air = 0 if width else 20
        column.setContentsMargins(air, air, air, air)
        for widget in widgets:
            column.addWidget(widget)
        if width:
            page.resize(width, height)
        with self._qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        return page


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    """Where widgets are shown."""
    return Stage(qtbot)
