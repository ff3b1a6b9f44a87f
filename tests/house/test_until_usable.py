"""Until somebody can work nothing is loaded that only a change, another screen or a rare task needs.

The sample network is opened by the real window, its people are listed and an enquiry is ranked. It has letters,
requests, incidents, watches and what else the first page looks for.
"""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from peermatch.services.doors import Doors
from peermatch.services.sample import DAY, moved
from peermatch.services.shipped import load_shipped
from peermatch.store.kdf import LEAST
from peermatch.store.warming import PARTS
from peermatch.ui.ahead import LATER
from tests.networks import PASSPHRASE, clock

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {
    "cryptography", "email", "holidays", "numpy", "sqlcipher3", "tomllib", "peermatch.matching", "peermatch.mail",
    "peermatch.exchange", "peermatch.model.reference", "peermatch.services.office", "peermatch.store.network",
    "peermatch.ui.workplace",
}  # fmt: skip
"""What opening needs: it is loaded while the passphrase is typed, and no picture of the window waits for it."""
RARE = {
    "alembic", "asyncio", "email_validator", "keyring", "mako", "multiprocessing", "olefile", "pydantic_core", "pypdf",
    "scipy", "segno", "sqlite3", "ssl", "subprocess", "typst", "unittest", "xlsxwriter", "xml.etree", "zxcvbn",
    "peermatch.cli", "peermatch.exchange.portable", "peermatch.matching.plan", "peermatch.services.erasure",
    "peermatch.services.publishing", "peermatch.store.contents", "peermatch.store.erasure",
    "peermatch.store.migrations", "peermatch.store.restore",
}  # fmt: skip
"""What serves plans, reports, backups and other things that nobody has asked for yet."""
OF_LETTERS = {"rapidfuzz", "peermatch.matching.suggest", "peermatch.matching.suggesting"}
"""What reads letters: it comes with the first one that somebody looks at."""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """What a process had loaded at each step."""
    place = tmp_path_factory.mktemp("usable")
    doors = Doors(load_shipped, clock, LEAST)
    network = doors.read_portable(moved((ROOT / "resources/sample/network.json").read_bytes(), DAY))
    doors.create(place / "n.peermatch", network, PASSPHRASE, with_recovery=False).services.lock()
    child = [
        sys.executable,
        str(ROOT / "tests/house/until_usable.py"),
        str(place / "n.peermatch"),
        PASSPHRASE,
    ]
    own = {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(place)}
    done = subprocess.run(child, env={**os.environ, **own}, capture_output=True, text=True, check=True)
    return {step: set(names) for step, names in json.loads(done.stdout.splitlines()[-1]).items()}


def test_what_was_used_was_loaded(loaded: dict[str, set[str]]) -> None:
    assert list(loaded) == ["window", "typed", "unlocked", "listed", "ranked"]
    assert loaded["ranked"] >= HEAVY | {"peermatch.ui.screens.supporters", "peermatch.ui.screens.enquiries"}


def test_no_picture_of_the_window_waits_for_what_opening_needs(loaded: dict[str, set[str]]) -> None:
    assert loaded["window"] & HEAVY == set()


def test_what_is_named_as_rare_is_still_called_so() -> None:
    assert [name for name in sorted(RARE | OF_LETTERS) if find_spec(name) is None] == []


@pytest.mark.parametrize("step", ["typed", "unlocked", "listed", "ranked"])
def test_nothing_is_loaded_that_nobody_used(loaded: dict[str, set[str]], step: str) -> None:
    assert loaded[step] & (RARE | {*PARTS, *LATER}) == set()


@pytest.mark.parametrize("step", ["typed", "unlocked", "listed"])
def test_the_reader_of_letters_waits_for_a_letter(loaded: dict[str, set[str]], step: str) -> None:
    assert loaded[step] & OF_LETTERS == set()
