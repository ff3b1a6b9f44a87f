"""The loaded program and a network to harm, made once for the quick samples of every kind of fault."""

from collections.abc import Iterator

import pytest

from tests.faults.day import Stage, Step, worked_through
from tests.faults.program import loaded


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    """The program in a process of its own, and scenes to play."""
    with loaded() as program:
        yield Stage.set_up(program)


@pytest.fixture(scope="session")
def steps(stage: Stage) -> list[Step]:
    """A day's commands, each with what is held before and after."""
    return worked_through(stage)
