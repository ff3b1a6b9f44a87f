"""A log of ids and counts without a name, folders that only their owner may enter, and sentences of failure."""

import io
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from peermatch import logs, paths
from peermatch.errors import (
    BadInput,
    CannotUnlock,
    Damaged,
    Fault,
    HeldElsewhere,
    PeerMatchError,
    Refused,
    SystemRefused,
    WrongUse,
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def fresh() -> Iterator[logging.Logger]:
    """The program's logger without what another test may have given it."""
    logger = logging.getLogger("peermatch")
    kept, logger.handlers = (logger.handlers, logger.propagate), []
    logger.propagate = True  # pytest puts a handler of its own on a logger that keeps to itself
    yield logger
    for handler in logger.handlers:
        handler.close()
    logger.handlers, logger.propagate = kept


def written(message: str, *arguments: object, error: Exception | None = None) -> str:
    """One line as the log would hold it."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(logs.RedactingFormatter("%(levelname)s %(message)s"))
    record = logging.LogRecord("peermatch", logging.INFO, "x.py", 1, message, arguments, None)
    if error is not None:
        record.exc_info = (type(error), error, error.__traceback__)
    handler.handle(record)
    return out.getvalue()


@pytest.mark.parametrize(
    "secret",
    [
        "amina@example.org",
        "a.b+c@x-y.example",
        "ünï@example.org",
        "07700 900123",
        "+44 (0)7700 900-123",
        "01615550123",
    ],
)
def test_addresses_and_numbers_are_taken_out(secret: str) -> None:
    assert secret not in written("sent to %s, done", secret)
    assert "sent to [removed], done" in written("sent to %s, done", secret)
    assert secret not in written("failed", error=ValueError(f"bad: {secret}"))


def test_ids_counts_and_the_time_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    line = written("E-0142 S-0001: 12 of 60 in 1500 ms")
    assert "INFO E-0142 S-0001: 12 of 60 in 1500 ms" in line
    assert "[removed]" not in line
    assert line[:4].isdecimal()
    assert line[10] == " "


def test_the_log_is_private_and_opened_once(home: Path, fresh: logging.Logger) -> None:
    logger = logs.start_logging()
    assert logger is fresh
    assert logs.start_logging().handlers == logger.handlers
    assert len(logger.handlers) == 1
    logger.info("opened E-0142 for amina@example.org")
    text = (paths.log_folder() / "peermatch.log").read_text("utf-8")
    assert "opened E-0142 for [removed]" in text
    assert not logger.propagate
    if os.name == "posix":
        assert paths.log_folder().stat().st_mode & 0o777 == 0o700


def test_without_a_writable_folder_nothing_is_kept_and_nothing_fails(
    home: Path, fresh: logging.Logger
) -> None:
    home.write_bytes(b"a file where the home should be")
    logger = logs.start_logging()
    logger.info("E-0142")
    assert home.read_bytes() == b"a file where the home should be"
    assert isinstance(logger.handlers[0], logging.NullHandler)


def test_resources_stand_beside_the_package_or_in_the_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (paths.resources() / "vocabulary" / "characteristics.toml").is_file()
    assert "[[term]]" in paths.resource_text("vocabulary", "characteristics.toml")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources() == tmp_path / "resources"


def test_everything_of_a_persons_own_lives_in_their_home(home: Path) -> None:
    for place in (paths.data_folder(), paths.log_folder(), paths.last_opened_file()):
        assert home in place.parents
        assert "PeerMatch" in str(place)
    assert not home.exists()


def test_a_private_folder_is_its_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    paths.make_private(folder)
    paths.make_private(folder)
    assert folder.is_dir()
    if os.name == "posix":
        folder.chmod(0o755)
        paths.make_private(folder)
        assert folder.stat().st_mode & 0o777 == 0o700


def test_each_failure_has_its_exit_code() -> None:
    kinds = (SystemRefused, WrongUse, Refused, CannotUnlock, Damaged, BadInput, HeldElsewhere)
    assert [kind.exit_code for kind in kinds] == [1, 2, 3, 4, 5, 6, 7]
    assert PeerMatchError("It failed.").exit_code == 1


def test_a_failure_says_what_happened_and_what_to_do() -> None:
    error = Refused("Nobody was asked.", "Note what was done first.")
    assert (error.what, error.hint) == ("Nobody was asked.", "Note what was done first.")
    assert str(error) == "Nobody was asked. Note what was done first."
    assert str(Refused("Nobody was asked.")) == "Nobody was asked."


def test_bad_input_lists_every_fault_with_its_place() -> None:
    faults = (Fault("supporters[12].email", "is not an address"), Fault("", "the file is empty"))
    assert [str(fault) for fault in BadInput("No.", faults=faults).faults] == [
        "supporters[12].email: is not an address",
        "the file is empty",
    ]
    assert BadInput("No.").faults == ()
