"""What this computer remembers of a network: an older copy is noticed, and no fault of the note keeps anybody out."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from peermatch import paths
from peermatch.store import anchor, restore, vault
from peermatch.store.anchor import OlderCopy
from peermatch.store.backup import Source, write_backup
from peermatch.store.epochs import Change
from peermatch.store.network import Store
from peermatch.store.transaction import Transaction
from tests.networks import clock
from tests.store.saving import Saved

TODAY = date(2026, 11, 20)
MARCH = date(2026, 3, 12)
WORDS = tuple(f"word{number}" for number in range(7776))


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def opened(saved: Saved, guard: Callable[[Source], None] | None = None) -> Store:
    return Store.open(saved.folder, saved.secret, clock, guard=guard)


def checked(source: Source) -> None:
    anchor.refuse_older(source, TODAY)


def worked(saved: Saved, steps: int = 1, used: date = MARCH) -> None:
    """Somebody works here, and this computer remembers how far it came."""
    store = opened(saved)
    for _ in range(steps):
        with store.write("test-step"):
            pass
    anchor.keep(store.source(), used)
    store.lock()


def told(saved: Saved) -> str:
    """Why it is not opened."""
    with pytest.raises(OlderCopy) as refused:
        opened(saved, checked)
    return refused.value.what


def note_of(saved: Saved) -> Path:
    return paths.data_folder() / "last-used" / f"{vault.read_keys(saved.folder)[0].store}.json"


def test_what_was_never_used_here_opens(saved: Saved) -> None:
    opened(saved, checked).lock()


def test_the_same_and_a_newer_one_open(saved: Saved) -> None:
    worked(saved)
    opened(saved, checked).lock()
    store = opened(saved)
    with store.write("elsewhere"):
        pass
    store.lock()
    opened(saved, checked).lock()


def test_an_older_copy_is_told_with_the_day(saved: Saved, tmp_path: Path) -> None:
    shutil.copytree(saved.folder, tmp_path / "yesterday")
    worked(saved, 3)
    shutil.rmtree(saved.folder)
    shutil.copytree(tmp_path / "yesterday", saved.folder)
    before = {
        path.name: path.read_bytes() for path in saved.folder.iterdir() if path.suffix in (".db", ".keys")
    }
    assert told(saved) == (
        "This network is older than the one you used on 12 March. It may be a restored copy."
    )
    assert before == {
        path.name: path.read_bytes() for path in saved.folder.iterdir() if path.suffix in (".db", ".keys")
    }


def test_another_year_is_named(saved: Saved, tmp_path: Path) -> None:
    shutil.copytree(saved.folder, tmp_path / "yesterday")
    worked(saved, used=date(2025, 12, 1))
    shutil.rmtree(saved.folder)
    shutil.copytree(tmp_path / "yesterday", saved.folder)
    assert "1 December 2025" in told(saved)


def test_two_that_went_apart_are_told(saved: Saved, tmp_path: Path) -> None:
    shutil.copytree(saved.folder, tmp_path / "other" / saved.folder.name)
    worked(saved)
    away = replace(saved, folder=tmp_path / "other" / saved.folder.name)
    store = opened(away)
    for _ in range(4):
        with store.write("elsewhere"):
            pass
    store.lock()
    shutil.rmtree(saved.folder)
    shutil.copytree(away.folder, saved.folder)
    assert told(saved) == (
        "This network is not the one you used on 12 March: both were changed since they were the same."
    )


def test_old_keys_with_the_same_file_are_told(saved: Saved) -> None:
    """The key file of yesterday would let in again what was changed in it since."""
    old = (saved.folder / "store.keys").read_bytes()
    store = opened(saved)
    store.set_idle(120)
    anchor.keep(store.source(), MARCH)
    store.lock()
    for name in ("store.keys", "store.keys.bak"):
        (saved.folder / name).write_bytes(old)
    assert "older than the one" in told(saved)


def test_an_earlier_epoch_is_refused_before_the_newer_file_is_swept(saved: Saved, tmp_path: Path) -> None:
    shutil.copytree(saved.folder, tmp_path / "yesterday")
    store = opened(saved)
    store.step_to(vault.rotate, "keys-rotate", Change(_nothing))
    newer = store.source().keyfile.db
    anchor.keep(store.source(), MARCH)
    store.lock()
    shutil.copytree(tmp_path / "yesterday", saved.folder, dirs_exist_ok=True)
    assert "older than the one" in told(saved)
    assert (saved.folder / newer).exists()


def _nothing(_tx: Transaction, _slot: str) -> None:
    """A change of keys alone."""


def test_a_network_that_was_moved_is_still_known(saved: Saved, tmp_path: Path) -> None:
    shutil.copytree(saved.folder, tmp_path / "yesterday")
    worked(saved)
    shutil.rmtree(saved.folder)
    moved = replace(saved, folder=tmp_path / "elsewhere.peermatch")
    shutil.copytree(tmp_path / "yesterday", moved.folder)
    assert "older than the one" in told(moved)


def test_a_second_copy_beside_the_first_is_a_network_of_its_own(saved: Saved, tmp_path: Path) -> None:
    beside = replace(saved, folder=tmp_path / "beside.peermatch")
    shutil.copytree(saved.folder, beside.folder)
    worked(saved)
    opened(beside, checked).lock()
    worked(beside)
    opened(beside, checked).lock()
    opened(saved, checked).lock()


@pytest.mark.parametrize("noted", [True, False], ids=["noted", "stopped before it was noted"])
def test_a_restore_by_the_program_is_expected(saved: Saved, tmp_path: Path, noted: bool) -> None:
    store = opened(saved)
    facts = write_backup(store.source(), tmp_path / "day.pmbackup", clock())
    store.lock()
    shutil.copytree(saved.folder, tmp_path / "yesterday")
    worked(saved, 5)
    store = opened(saved)
    with restore.opened_backup(facts.path, saved.secret, saved.folder) as found:
        restore.restore_into(store.source(), found, store.unlocked_by, clock())
    store.lock()
    if noted:
        anchor.expect(saved.folder, TODAY)
    opened(saved, checked).lock()
    shutil.rmtree(saved.folder)
    shutil.copytree(tmp_path / "yesterday", saved.folder)
    assert "older than the one" in told(saved)


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"no JSON",
        b"[]",
        b"[" * 60_000,
        b"\xff\xfe",
        b'{"x": 1}',
        b'{"PLACE": {"gen": 1}}',
        b'{"PLACE": {"gen": 9, "epoch": 9, "seq": 9, "head": "\xc3\xa9", "used": "2026-01-01"}}',
        b'{"PLACE": {"gen": 9, "epoch": 9, "seq": 9, "head": "", "used": "yesterday"}}',
    ],
)
def test_a_damaged_note_is_as_none(damage: bytes, saved: Saved) -> None:
    worked(saved)
    note_of(saved).write_bytes(damage.replace(b"PLACE", str(saved.folder).encode()))
    opened(saved, checked).lock()
    worked(saved)
    assert json.loads(note_of(saved).read_bytes())[str(saved.folder)]["seq"] > 1


def test_a_note_that_is_missing_or_cannot_be_written_stops_nothing(saved: Saved) -> None:
    worked(saved)
    note_of(saved).unlink()
    opened(saved, checked).lock()
    note_of(saved).mkdir()
    worked(saved)
    anchor.expect(saved.folder / "nowhere", TODAY)
    opened(saved, checked).lock()


def test_the_note_is_for_this_person_alone_and_written_only_when_it_changes(saved: Saved) -> None:
    worked(saved)
    note = note_of(saved)
    assert note.stat().st_mode & 0o777 == 0o600
    assert note.parent.stat().st_mode & 0o777 == 0o700
    written = note.stat().st_mtime_ns
    worked(saved, 0)
    assert note.stat().st_mtime_ns == written
    worked(saved, 0, TODAY)
    assert note.stat().st_mtime_ns != written


def test_many_places_are_not_remembered_for_ever(saved: Saved, tmp_path: Path) -> None:
    store = opened(saved)
    for number in range(anchor.MOST_PLACES + 5):
        anchor.keep(replace(store.source(), folder=tmp_path / f"place {number}"), TODAY)
    store.lock()
    assert len(json.loads(note_of(saved).read_bytes())) == anchor.MOST_PLACES


def test_six_words_tell_states_apart(saved: Saved) -> None:
    store = opened(saved)
    first = anchor.in_words(store.source(), WORDS)
    assert anchor.in_words(store.source(), WORDS) == first
    assert len(first.split()) == 6
    with store.write("test-step"):
        pass
    assert anchor.in_words(store.source(), WORDS) != first
    store.lock()
