"""An older copy of a network is refused, opened by choice, and the choice stands in the journal."""

import shutil
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from peermatch.errors import Refused
from peermatch.services.office import Doors, Services
from peermatch.services.older_copies import is_older_copy
from tests.networks import PASSPHRASE


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer of its own."""
    computer(monkeypatch, tmp_path, "this computer")


def computer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / name))


@pytest.fixture
def folder(template: tuple[Path, str], tmp_path: Path) -> Path:
    return Path(shutil.copytree(template[0], tmp_path / "north-west.peermatch"))


class Way:
    """In by the paper, which costs no time."""

    def __init__(self, doors: Doors, key: str) -> None:
        self._doors, self._key = doors, key

    def open(self, folder: Path, *, older: bool = False) -> Services:
        return self._doors.recover(folder, self._key, older=older)

    def work(self, folder: Path, steps: int = 1) -> None:
        services = self.open(folder)
        for number in range(steps):
            services.upkeep.set_controller(f"The Example Trust {number}")
        services.lock()


@pytest.fixture
def way(doors: Doors, template: tuple[Path, str]) -> Way:
    return Way(doors, template[1])


def replayed(folder: Path, kept: Path) -> None:
    shutil.rmtree(folder)
    shutil.copytree(kept, folder)


def test_a_replayed_network_needs_a_choice_that_is_journalled_once(
    way: Way, folder: Path, tmp_path: Path
) -> None:
    way.work(folder)
    kept = shutil.copytree(folder, tmp_path / "kept")
    way.work(folder, 3)
    replayed(folder, kept)
    with pytest.raises(Refused) as refused:
        way.open(folder)
    assert is_older_copy(refused.value)
    assert str(refused.value) == (
        "This network is older than the one you used on 20 November. It may be a restored copy. "
        "Open it only if you know why."
    )
    services = way.open(folder, older=True)
    newest = services.upkeep.journal()[0]
    assert newest.action == "open-older-copy"
    assert newest.detail.startswith("known here: line ")
    services.lock()
    way.work(folder)
    services = way.open(folder, older=True)
    assert [line.action for line in services.upkeep.journal()].count("open-older-copy") == 1
    assert services.upkeep.check().damage == ()
    services.lock()


def test_two_computers_that_take_turns_hear_nothing(
    way: Way, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for turn in range(3):
        for name in ("this computer", "the other computer"):
            computer(monkeypatch, tmp_path, name)
            way.work(folder, turn + 1)


def test_a_crash_before_the_end_of_work_is_no_older_copy(way: Way, folder: Path) -> None:
    services = way.open(folder)
    services.upkeep.set_controller("The Example Trust at work")
    services.desk.store.lock()  # as after a crash: nobody remembered how far it came
    way.open(folder).lock()


def test_a_restore_and_the_work_after_it_raise_no_alarm(way: Way, folder: Path) -> None:
    services = way.open(folder)
    made = services.backups.make()
    services.lock()
    way.work(folder, 4)
    services = way.open(folder)
    services.backups.look(made.backup.path, way._key)
    services.backups.restore()
    services.lock()
    way.work(folder)
    way.work(folder)


def test_a_network_made_of_a_backup_raises_no_alarm(
    way: Way, doors: Doors, folder: Path, tmp_path: Path
) -> None:
    services = way.open(folder)
    made = services.backups.make().backup.path
    services.lock()
    way.work(folder, 4)
    fresh = tmp_path / "fresh.peermatch"
    doors.restore(made, way._key, fresh, by_recovery_key=True)
    way.work(fresh)
    way.work(folder)
    moved = folder.rename(tmp_path / "gone.peermatch")
    doors.restore(moved / "backups" / made.name, way._key, folder, by_recovery_key=True)
    way.work(folder)


def test_a_damaged_network_that_is_replaced_raises_no_alarm(way: Way, doors: Doors, folder: Path) -> None:
    services = way.open(folder)
    made = services.backups.make().backup.path
    name = services.desk.store.source().keyfile.db
    services.lock()
    way.work(folder, 2)
    (folder / name).write_bytes(bytes(8192))
    doors.replace_damaged(made, way._key, folder, by_recovery_key=True)
    way.work(folder)


def test_the_window_s_facts_tell_the_state_in_six_words(way: Way, folder: Path) -> None:
    services = way.open(folder)
    before = services.upkeep.info().state
    assert len(before.split()) == 6
    services.upkeep.set_controller("The Other Trust")
    assert services.upkeep.info().state != before
    services.lock()
    again = way.open(folder)
    assert again.upkeep.info().state != before
    again.lock()


def test_a_passphrase_that_is_wrong_says_nothing_about_the_copy(
    way: Way, doors: Doors, folder: Path, tmp_path: Path
) -> None:
    kept = shutil.copytree(folder, tmp_path / "kept")
    way.work(folder, 2)
    replayed(folder, kept)
    with pytest.raises(Refused) as refused:
        doors.open(folder, PASSPHRASE)
    assert is_older_copy(refused.value)
    assert doors.pause(folder) == 0


def test_a_journal_that_cannot_be_read_keeps_no_network_open(way: Way, folder: Path) -> None:
    services = way.open(folder)
    services.desk.store.source().connection.execute("ALTER TABLE journal RENAME TO elsewhere")
    with pytest.raises(dbapi2.OperationalError):
        services.lock()
    assert services.desk.store.locked
