"""The first page is painted before what is heavy is loaded, and what comes next is loaded right after."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TYPED = "Brook Valley"
CHILD = Path(__file__).with_name("first_page.py")
NEEDLESS = {
    "PySide6.QtDBus", "PySide6.QtSvg", "argparse", "html.entities", "logging.handlers", "tomllib",
    "peermatch.ui.clipboard", "peermatch.ui.locking.guard", "peermatch.ui.notify", "peermatch.ui.widgets.banner",
}  # fmt: skip
HEAVY = {
    "alembic", "cryptography", "email_validator", "holidays", "keyring", "numpy", "pydantic", "pypdf", "rapidfuzz",
    "scipy", "segno", "sqlalchemy", "sqlcipher3", "sqlmodel", "typst", "xlsxwriter", "zxcvbn",
}  # fmt: skip
OURS = {
    "peermatch.cli.parser", "peermatch.matching", "peermatch.mail", "peermatch.exchange", "peermatch.model.reference",
    "peermatch.services.office", "peermatch.services.opening", "peermatch.store.network", "peermatch.ui.workplace",
    "peermatch.ui.help_sheet", "peermatch.ui.screens.register",
}  # fmt: skip
NEXT = {
    "peermatch.ui.locking.guard",
    "peermatch.ui.notify",
    "peermatch.services.office",
    "peermatch.store.network",
    "peermatch.ui.workplace",
    "sqlcipher3",
    "numpy",
}
LATER = {
    "alembic",
    "keyring",
    "pydantic.deprecated",
    "pypdf",
    "scipy",
    "segno",
    "typst",
    "xlsxwriter",
    "zxcvbn",
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What a process says that starts the program on a computer that never had it."""
    root = str(Path(__file__).parents[2])
    home = str(tmp_path_factory.mktemp("home"))
    own = {"PYTHONPATH": root, "QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": home, "HOME": home}
    done = subprocess.run(
        [sys.executable, str(CHILD)], env={**os.environ, **own}, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def loaded(said: Any) -> list[set[str]]:
    """The modules when the first page was painted, and when the worker rested after that."""
    return [set(names) for names in said[:2]]


def test_nothing_heavy_is_there_when_the_first_page_is(loaded: list[set[str]]) -> None:
    assert "peermatch.ui.screens.welcome" in loaded[0]
    assert not loaded[0] & (HEAVY | OURS | NEEDLESS)


def test_what_unlocking_needs_is_loaded_while_somebody_types(loaded: list[set[str]]) -> None:
    assert loaded[1] >= NEXT


def test_what_few_need_is_not_loaded_even_then(loaded: list[set[str]]) -> None:
    assert not loaded[1] & LATER


def test_the_keyboard_is_in_a_field_that_a_screen_reader_names_from_the_first_picture_on(said: Any) -> None:
    assert said[2]["typed in"]
    assert (said[2]["name"], said[2]["role"]) == ("Name of the network", "EditableText")


def test_what_was_typed_before_the_rest_was_there_is_not_lost(said: Any) -> None:
    assert said[2]["kept"] == TYPED
    assert said[2]["still there"]
