"""What the measurements share: the networks, each made once, in memory and on the disk."""

import os
from collections.abc import Callable
from functools import cache

import pytest

from tests.bench.engines import Stand
from tests.bench.filing import Folder
from tests.bench.timing import MIDDLE
from tests.matching.real_reference import REAL

os.environ.setdefault("POLARS_MAX_THREADS", "1")


@pytest.fixture(scope="session")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Stand]:
    """The network of a size."""
    return cache(lambda size: Stand(REAL, size, tmp_path_factory.mktemp(f"stand-{size}")))


@pytest.fixture(scope="session")
def folder(stand: Callable[[int], Stand], tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """The middle network as a folder on the disk."""
    return Folder.of(stand(MIDDLE).people, tmp_path_factory.mktemp("folder"))
