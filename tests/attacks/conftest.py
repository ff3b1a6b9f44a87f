"""The loaded program and its scenes, as the faults use them, and a network of invented people."""

from pathlib import Path

import pytest

from tests.faults.conftest import stage
from tests.store.saving import Saved, make

__all__ = ["stage"]


@pytest.fixture
def saved(tmp_path: Path) -> Saved:
    """A locked network and the key on its paper."""
    return make(tmp_path / "north west.peermatch")
