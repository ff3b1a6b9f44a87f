"""The one worker: in order, off the GUI thread, and with an answer only for those who still live."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from peermatch.errors import PeerMatchError, Refused
from peermatch.ui.tasks import AtOnce, Tasks
from tests.ui.real_networks import wait_until


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.stop()


class Asker(QObject):
    """Keeps the answers that it got."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[object] = []
        self.errors: list[PeerMatchError] = []


def test_work_runs_on_another_thread_and_answers_on_this_one(tasks: Tasks) -> None:
    asker, here = Asker(), threading.get_ident()
    tasks.run(asker, threading.get_ident, asker.answers.append, asker.errors.append)
    wait_until(lambda: bool(asker.answers))
    assert asker.answers != [here]
    assert asker.errors == []


def test_work_is_done_in_the_order_in_which_it_was_asked(tasks: Tasks) -> None:
    asker = Asker()
    for number in range(50):
        tasks.run(asker, number.__int__, asker.answers.append, asker.errors.append)
    wait_until(lambda: len(asker.answers) == 50)
    assert asker.answers == list(range(50))
    assert tasks.idle


def _refuse() -> None:
    raise Refused("No.", "Ask first.")


def test_a_refusal_comes_back_as_a_sentence(tasks: Tasks) -> None:
    asker = Asker()
    tasks.run(asker, _refuse, asker.answers.append, asker.errors.append)
    wait_until(lambda: bool(asker.errors))
    assert [str(error) for error in asker.errors] == ["No. Ask first."]


def test_a_fault_of_the_program_is_told_apart(tasks: Tasks) -> None:
    asker = Asker()
    crashed: list[object] = []
    tasks.crashed.connect(crashed.append)
    tasks.run(asker, {}.popitem, asker.answers.append, asker.errors.append)
    wait_until(lambda: bool(crashed))
    assert isinstance(crashed[0], KeyError)
    assert asker.answers == asker.errors == []


def test_an_answer_for_a_screen_that_is_gone_is_dropped(tasks: Tasks, qtbot: QtBot) -> None:
    heard: list[object] = []
    gone, go_on = QObject(), threading.Event()
    tasks.run(gone, go_on.wait, heard.append, heard.append)
    with qtbot.waitSignal(gone.destroyed):
        gone.deleteLater()
    go_on.set()
    wait_until(lambda: tasks.idle)
    assert heard == []


def test_slow_work_is_announced_and_its_end_as_well(tasks: Tasks) -> None:
    said: list[bool] = []
    asker, go_on = Asker(), threading.Event()
    tasks.busy.connect(said.append)
    tasks.run(asker, go_on.wait, asker.answers.append, asker.errors.append)
    wait_until(lambda: bool(said))
    go_on.set()
    wait_until(lambda: len(said) == 2)
    assert said == [True, False]


def test_stopping_finishes_what_was_asked_and_then_does_the_last_thing(qtbot: QtBot) -> None:
    done: list[str] = []
    tasks, asker = Tasks(), Asker()
    tasks.run(asker, lambda: done.append("first"), asker.answers.append, asker.errors.append)
    tasks.stop(lambda: done.append("last"))
    assert done == ["first", "last"]
    assert not any(thread.name.startswith("peermatch-worker") for thread in threading.enumerate())


def test_at_once_is_finished_when_it_comes_back() -> None:
    executor = AtOnce()
    assert executor.submit(int, "7").done()
    assert isinstance(executor.submit(int, "x").exception(), ValueError)
    executor.shutdown()
