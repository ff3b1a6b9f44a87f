"""Garbage is collected on the window's thread alone, and Python's own way comes back afterwards."""

import gc
from collections.abc import Iterator
from threading import get_ident

import pytest
from pytestqt.qtbot import QtBot

from peermatch.ui.collecting import CollectHere, collect_due
from peermatch.ui.tasks import AtOnce


class Ring:
    """Part of a cycle, which only the collector can clear; it says where that happened."""

    def __init__(self, places: list[int]) -> None:
        self.itself, self.places = self, places

    def __del__(self) -> None:
        self.places.append(get_ident())


def litter(places: list[int]) -> int:
    """Much garbage, made on whichever thread this is."""
    for _ in range(20_000):
        Ring(places)
    return get_ident()


def test_what_the_worker_leaves_is_cleared_here(qapp: object) -> None:
    gc.enable()
    places: list[int] = []
    collecting, worker = CollectHere(), AtOnce()
    there = worker.submit(litter, places).result()
    assert places == []
    collect_due()
    assert len(places) == 20_000
    assert set(places) == {get_ident()}
    assert there != get_ident()
    collecting.stop()
    assert gc.isenabled()
    worker.shutdown()


@pytest.fixture
def nothing_else() -> Iterator[None]:
    """What earlier tests left of their windows is no garbage for another thread: Qt would be taken apart there."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def test_by_itself_python_would_clear_it_there(nothing_else: None) -> None:
    gc.enable()
    places: list[int] = []
    worker = AtOnce()
    assert worker.submit(litter, places).result() in places
    worker.shutdown()
    gc.collect()


def test_the_window_has_it_done_while_it_waits(qtbot: QtBot) -> None:
    places: list[int] = []
    collecting = CollectHere()
    litter(places)
    qtbot.waitUntil(lambda: len(places) == 20_000, timeout=5_000)
    collecting.stop()


def test_only_what_was_there_before_a_network_is_never_looked_through(qtbot: QtBot) -> None:
    collecting = CollectHere()
    collecting.rest()
    before = gc.get_freeze_count()
    collecting.begin(False)
    assert gc.get_freeze_count() == before
    collecting.begin(True)
    assert gc.get_freeze_count() > before
    collecting.stop()
    assert gc.get_freeze_count() == 0
