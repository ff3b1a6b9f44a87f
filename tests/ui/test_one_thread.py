"""The file is touched on the worker alone: two threads on its one connection wait for each other for ever."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from peermatch.services.office import Services
from peermatch.services.sample import DAY
from peermatch.ui.screens.enquiries import EnquiriesScreen
from peermatch.ui.stage import Stage
from tests.ui.real_networks import work_of
from tests.ui.sample_office import sample

Threads = set[str]
CONTROL = Qt.KeyboardModifier.ControlModifier


def traced(services: Services) -> Threads:
    """The names of the threads by which the file is asked from now on."""
    seen: Threads = set()
    connection: Any = services.desk.store._connection  # the driver's own, which can tell of each statement
    connection.set_trace_callback(lambda _: seen.add(threading.current_thread().name))
    return seen


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return sample(tmp_path)


@pytest.fixture
def on_stage(services: Services, qtbot: QtBot) -> Iterator[Callable[[], Stage]]:
    stages: list[Stage] = []

    def put() -> Stage:
        stages.append(Stage(services, DAY, (1440, 900)))
        return stages[-1]

    yield put
    for stage in stages:
        stage.close()
    services.lock()


def of_the_window(seen: Threads) -> list[str]:
    """Those that are no worker."""
    return sorted(name for name in seen if not name.startswith("peermatch-at-once"))


def test_to_show_every_screen_and_page(services: Services, on_stage: Callable[[], Stage]) -> None:
    seen = traced(services)
    stage = on_stage()
    for view in stage.views():
        stage.turn_to(view)
    assert seen, "nothing was read"
    assert of_the_window(seen) == []


def test_to_change_something_take_it_back_and_lock(services: Services, on_stage: Callable[[], Stage]) -> None:
    stage = on_stage()
    stage.show("enquiries")
    enquiries = work_of(stage.window).screens["enquiries"]
    assert isinstance(enquiries, EnquiriesScreen)
    reference = enquiries.reference

    def needs() -> list[str]:
        return [need.characteristic for need in services.desk.snapshot.enquiry(reference).needs]

    before, seen = needs(), traced(services)
    enquiries.pane.needs.finder.picked.emit("neuro.autism")
    stage.settle()
    assert needs() == [*before, "neuro.autism"]
    QTest.keyClick(stage.window, Qt.Key.Key_Z, CONTROL)
    stage.settle()
    assert needs() == before
    assert seen, "nothing was written"
    QTest.keyClick(stage.window, Qt.Key.Key_L, CONTROL)
    stage.settle()
    assert stage.window.locked
    assert of_the_window(seen) == []
