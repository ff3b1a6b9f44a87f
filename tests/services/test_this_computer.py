"""The settings of this computer: whatever the file holds, a choice is one that the program knows, and nobody's data."""

import json
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peermatch.errors import PeerMatchError
from peermatch.services.this_computer import (
    NARROWEST,
    SCHEMES,
    WIDEST,
    Preferences,
    WindowPlace,
    choose,
    news_of_upgrade,
    prefer,
    preferences,
)

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=50),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
NAMES = st.sampled_from([each.name for each in fields(Preferences)])
LENGTHS = st.integers(-9_999, 9_999)
PLACES = st.builds(WindowPlace, LENGTHS, LENGTHS, st.integers(1, 9_999), st.integers(1, 9_999), st.booleans())
CHOICES = st.builds(
    Preferences,
    st.booleans(),
    st.booleans(),
    st.sampled_from(SCHEMES),
    st.integers(100, 200),
    st.integers(NARROWEST, WIDEST),
    st.sampled_from(["", "0.1.0", "2.0"]),
    st.none() | PLACES,
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("computer") / "settings.json"


@settings(max_examples=20)  # each writes to the disk
@given(wanted=CHOICES)
def test_what_is_chosen_is_remembered(file: Path, wanted: Preferences) -> None:
    prefer(wanted, file)
    assert preferences(file) == wanted


@settings(max_examples=30)
@given(found=st.dictionaries(NAMES | st.text(max_size=5), VALUES, max_size=6))
def test_whatever_stands_there_the_choice_is_a_known_one(file: Path, found: dict[str, object]) -> None:
    file.write_text(json.dumps(found), "utf-8")
    read = preferences(file)
    assert read.scheme in SCHEMES
    assert 100 <= read.scale <= 200
    assert NARROWEST <= read.lists <= WIDEST
    assert isinstance(read.uncaptured, bool)
    assert isinstance(read.told, bool)
    assert read.place is None or (read.place.width > 0 and read.place.height > 0)


def test_one_choice_leaves_the_others(file: Path) -> None:
    before = Preferences(uncaptured=True, scheme="dark", place=WindowPlace(1, 2, 1000, 700))
    prefer(before, file)
    choose(file, told=True)
    assert preferences(file) == replace(before, told=True)
    written = file.stat().st_mtime_ns
    choose(file, told=True)
    assert file.stat().st_mtime_ns == written


def test_an_upgrade_is_told_once_and_a_first_start_is_none(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    assert news_of_upgrade(file, "0.1.0") == ""
    assert news_of_upgrade(file, "0.1.0") == ""
    assert news_of_upgrade(file, "0.2.0") == "0.2.0"
    assert news_of_upgrade(file, "0.2.0") == ""


def test_what_cannot_be_kept_is_said(tmp_path: Path) -> None:
    (tmp_path / "settings.json").mkdir()
    with pytest.raises(PeerMatchError):
        choose(tmp_path / "settings.json", told=True)
