"""Backups as the window and the commands use them: how things stand, by hand, at the end of the day, put back."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from peermatch import paths
from peermatch.errors import BadInput, CannotUnlock, Damaged, Refused
from peermatch.model.restoring import Difference, moment, those_who_go, told
from peermatch.services import backups
from peermatch.services.office import Doors, Services
from peermatch.services.shipped import Shipped
from peermatch.store.kdf import LEAST
from tests.networks import DAY, PASSPHRASE, clock
from tests.services.desks import agreed


class Time:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = clock()

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def moved(template: tuple[Path, str], shipped: Shipped, tmp_path: Path, time: Time) -> Iterator[Services]:
    """A copy of the network, open, with a clock that moves."""
    folder = tmp_path / "north-west.peermatch"
    shutil.copytree(template[0], folder)
    opened = Doors(shipped, time, LEAST).recover(folder, template[1])
    yield opened
    opened.lock()


@pytest.fixture(autouse=True)
def no_place() -> Iterator[None]:
    yield
    shutil.rmtree(paths.data_folder(), ignore_errors=True)


def test_at_first_there_is_none_and_that_is_said(services: Services) -> None:
    state = services.backups.state()
    assert (state.newest, state.kept, state.second, state.age) == (None, (), None, None)
    assert (state.changed, state.same_disk, state.old) == (True, True, True)
    assert services.upkeep.info().last_backup is None


def test_one_by_hand_counts_from_then_on(services: Services) -> None:
    made = services.backups.make()
    state = services.backups.state()
    assert state.newest == made.backup
    assert (made.backup.reason, made.second, made.trouble) == ("hand", None, "")
    assert (state.changed, state.age, state.old) == (False, 0, False)
    assert services.upkeep.info().last_backup == "2026-11-20"


def test_it_grows_old_only_when_something_was_done_since(moved: Services, time: Time) -> None:
    moved.backups.make()
    time.now += timedelta(days=9)
    assert (moved.backups.state().age, moved.backups.state().old) == (9, False)
    moved.introductions.ask("E-0142", "S-0001", DAY)
    assert moved.backups.state().old


def test_at_the_end_of_the_day_one_is_made_where_something_changed(moved: Services, time: Time) -> None:
    assert moved.backups.at_close() == ""
    assert len(moved.backups.state().kept) == 1
    moved.backups.at_close()
    assert len(moved.backups.state().kept) == 1
    moved.introductions.ask("E-0142", "S-0001", DAY)
    time.now += timedelta(hours=1)
    moved.backups.at_close(once_a_day=True)
    assert moved.backups.state().changed
    moved.backups.at_close()
    assert not moved.backups.state().changed
    moved.introductions.ask("E-0143", "S-0001", DAY)
    time.now += timedelta(days=1)
    assert moved.close(once_a_day=True) == ""
    assert moved.desk.store.locked
    assert len(list((moved.folder / "backups").iterdir())) == 2


def test_a_backup_that_cannot_be_made_is_told_and_the_network_locks(services: Services) -> None:
    shutil.rmtree(services.folder / "backups")
    (services.folder / "backups").write_bytes(b"in the way")
    assert services.close().startswith("No backup was made: ")
    assert services.desk.store.locked
    assert services.close() == ""


def test_a_second_place_gets_each_one(services: Services, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    services.backups.choose_second(stick)
    made = services.backups.make()
    assert made.second == stick / made.backup.path.name
    state = services.backups.state()
    assert (state.second, state.second_there) == (stick, True)
    shutil.rmtree(stick)
    assert "cannot be reached" in services.backups.make().trouble
    assert not services.backups.state().second_there
    services.backups.choose_second(None)
    assert services.backups.state().second is None


def test_a_file_by_hand_lies_outside_the_network(services: Services, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="inside the network"):
        services.backups.write(services.folder / "backups" / "x.pmbackup")
    kept = services.backups.write(tmp_path / "x.pmbackup")
    services.backups.check(kept.path)
    assert backups.read(kept.path) == kept
    data = bytearray(kept.path.read_bytes())
    data[-1] ^= 1
    kept.path.write_bytes(data)
    with pytest.raises(Damaged):
        services.backups.check(kept.path)


def test_looked_at_compared_and_put_back(services: Services, doors: Doors) -> None:
    path = services.backups.make().backup.path
    agreed(services)
    found = services.backups.look(path, PASSPHRASE)
    assert (found.introduced, found.steps) == ((1, 0), 3)
    assert len(list(services.folder.glob(".restore-*"))) == 1
    assert services.backups.restore() == "The network is as it was on 20 November 2026, 09:30."
    assert services.close() == ""
    assert services.desk.store.locked
    again = doors.open(services.folder, PASSPHRASE)
    assert again.upkeep.info().introductions == 0
    assert again.upkeep.check().damage == ()
    assert again.upkeep.journal(1)[0].action == "restore"
    again.lock()


def test_what_was_looked_at_is_forgotten_and_cleared(services: Services) -> None:
    path = services.backups.make().backup.path
    services.backups.look(path, PASSPHRASE)
    services.backups.look(path, PASSPHRASE)
    assert len(list(services.folder.glob(".restore-*"))) == 1
    services.backups.forget()
    assert not list(services.folder.glob(".restore-*"))
    with pytest.raises(Refused, match="No backup was looked at"):
        services.backups.restore()


def test_a_lock_forgets_it_too(services: Services) -> None:
    services.backups.look(services.backups.make().backup.path, PASSPHRASE)
    services.lock()
    assert not list(services.folder.glob(".restore-*"))


def test_a_wrong_passphrase_or_what_is_no_backup_is_refused(
    services: Services, template: tuple[Path, str]
) -> None:
    path = services.backups.make().backup.path
    with pytest.raises(CannotUnlock, match="this backup"):
        services.backups.look(path, "not the right passphrase")
    services.backups.look(path, template[1].lower())
    with pytest.raises(BadInput, match="not a PeerMatch backup"):
        services.backups.look(services.folder / "store.keys", PASSPHRASE)


def test_a_network_is_made_of_a_backup(services: Services, doors: Doors, tmp_path: Path) -> None:
    path = services.backups.make().backup.path
    doors.restore(path, PASSPHRASE, tmp_path / "again.peermatch")
    again = doors.open(tmp_path / "again.peermatch", PASSPHRASE)
    assert again.upkeep.export() == services.upkeep.export()
    again.lock()
    with pytest.raises(BadInput, match="OneDrive"):
        doors.restore(path, PASSPHRASE, tmp_path / "OneDrive" / "x.peermatch")


def test_the_newest_is_found_without_a_key(services: Services) -> None:
    assert backups.newest_of(services.folder) is None
    (services.folder / "backups" / "z.pmbackup").write_bytes(b"PMBK1\n")
    path = services.backups.make().backup.path
    assert backups.newest_of(services.folder) == path
    assert backups.newest_of(services.folder / "nowhere") is None


AT = datetime(2026, 10, 3, 14, 2, tzinfo=UTC)
SAME = Difference(
    made=AT,
    people=(60, 60),
    asked=(7, 7),
    introduced=(2, 2),
    steps=0,
    last_step=AT,
    cards=0,
    supporters=(),
    enquiries=(),
    back=(),
    noes=0,
    left=0,
    barred=0,
    forked=False,
)


def changed(**changes: Any) -> tuple[str, ...]:
    return told(replace(SAME, **changes))


def test_a_difference_in_words() -> None:
    assert told(SAME) == (
        "The backup was made on 3 October 2026, 14:02.",
        "Nothing has been done in the network since.",
    )
    assert changed(steps=1, people=(60, 48), asked=(9, 1), noes=2, left=1, barred=1, cards=1)[1:] == (
        "1 step since then will be taken back.",
        "60 supporters now, 48 afterwards.",
        "9 enquiries now, 1 afterwards.",
        "The record of 1 card handed over since will go with them.",
        "This stays as it is today: 2 consents withdrawn since, 1 person who left since, 1 pair barred since.",
    )
    assert changed(forked=True, back=("S-0007",))[1:] == (
        "It comes from another computer's work on this network: each side has steps of its own.",
        "People who will be back: S-0007.",
    )
    many = tuple(f"E-{n:04d}" for n in range(9))
    assert changed(steps=2, enquiries=many)[-1].endswith("E-0005 and 3 more.")
    assert moment(AT) == "3 October 2026, 14:02"
    assert those_who_go(replace(SAME, supporters=(("S-1", "Nia"),))) == ("S-1 Nia",)
