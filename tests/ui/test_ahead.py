"""What comes after the first page: what an opening needs at once and in order, the rest when nobody waits."""

from collections.abc import Callable, Iterator
from threading import Event

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from peermatch.ui import ahead
from peermatch.ui.ahead import LATER, PAGES, Ahead, load_page
from peermatch.ui.tasks import Tasks

LONG_MS = 3_600_000
Made = Callable[..., Ahead]


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.stop()


@pytest.fixture
def said() -> list[str]:
    """What was done, in order."""
    return []


@pytest.fixture
def made(
    qapp: QApplication, tasks: Tasks, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Made]:
    """One that loads no pages, but for those that are named; of the rest it does what is given."""
    above = QObject()

    def make(*, pages: tuple[str, ...] = (), rest: int = 0, steps: tuple[str, ...] = ("one", "two")) -> Ahead:
        monkeypatch.setattr(ahead, "PAGES", pages)
        monkeypatch.setattr(ahead, "LATER", ())
        monkeypatch.setattr(ahead, "REST_MS", rest)
        monkeypatch.setattr(ahead, "PAUSE_MS", 0)
        changes = [lambda step=step: said.append(step) for step in steps]
        return Ahead(tasks, lambda: said.append("ready"), changes, above)

    yield make
    above.deleteLater()


def test_what_an_opening_needs_comes_first_and_the_rest_in_order(
    qtbot: QtBot, made: Made, said: list[str]
) -> None:
    made(pages=("peermatch.words", "peermatch.errors")).begin(None)
    qtbot.waitUntil(lambda: len(said) == 3)
    assert said == ["ready", "one", "two"]


def test_the_rest_waits_for_a_rest(qtbot: QtBot, made: Made, tasks: Tasks, said: list[str]) -> None:
    waiting = made(rest=LONG_MS)
    waiting.begin(None)
    qtbot.waitUntil(lambda: tasks.idle)
    assert said == ["ready"]
    assert waiting._timer.remainingTime() > LONG_MS // 2


def test_a_network_that_is_opened_begins_the_rest_anew(
    qtbot: QtBot, made: Made, monkeypatch: pytest.MonkeyPatch, said: list[str]
) -> None:
    waiting = made(rest=LONG_MS)
    waiting.begin(None)
    monkeypatch.setattr(ahead, "REST_MS", 0)
    waiting.rest(object())
    qtbot.waitUntil(lambda: len(said) == 3)
    assert said == ["ready", "one", "two"]


def test_nothing_of_the_rest_comes_between_what_somebody_waits_for(
    qtbot: QtBot, made: Made, tasks: Tasks, said: list[str]
) -> None:
    may_end = Event()
    waiting = made()
    tasks.run(waiting, may_end.wait, lambda _: said.append("opened"), lambda error: said.append(str(error)))
    waiting.begin(None)
    for _ in range(3):
        waiting._go_on()
        QApplication.processEvents()
    assert said == ["ready"]
    may_end.set()
    qtbot.waitUntil(lambda: len(said) == 4)
    assert said == ["ready", "opened", "one", "two"]


def test_pages_wait_as_well_while_the_worker_has_something_to_do(
    qtbot: QtBot, made: Made, tasks: Tasks, said: list[str]
) -> None:
    may_end = Event()
    waiting = made(pages=("peermatch.words",), steps=())
    tasks.run(waiting, may_end.wait, lambda _: said.append("opened"), lambda error: said.append(str(error)))
    waiting.begin(None)
    waiting.rest()
    QApplication.processEvents()
    assert said == []
    may_end.set()
    qtbot.waitUntil(lambda: len(said) == 2)
    assert said == ["opened", "ready"]


def test_every_page_can_be_loaded_and_none_is_named_twice() -> None:
    assert len({*PAGES, *LATER}) == len(PAGES) + len(LATER)
    for name in (*PAGES, *LATER):
        load_page(name)
