"""The monthly trial: a backup restored for real beside the network, looked at, taken away, and remembered."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import takewhile
from pathlib import Path

import pytest

from peermatch.services import trial
from peermatch.services.office import Doors, Services
from peermatch.services.shipped import Shipped
from peermatch.services.trial import Tried
from peermatch.store import trials
from peermatch.store.kdf import LEAST, Kdf
from peermatch.store.vault import DeviceSecret, OnceDerived
from tests.networks import DAY, PASSPHRASE, clock

NOBODY = 65534
TODAY = date(2026, 11, 20)
KILLED = """
import os, sys
from pathlib import Path
from peermatch.services.office import Doors
from peermatch.services.shipped import load_shipped
from tests.networks import clock
services = Doors(load_shipped(), clock).recover(Path(sys.argv[1]), sys.argv[2])
services.trial.step()
os.kill(os.getpid(), 9)
"""


@dataclass
class Time:
    """A clock that tests move."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Place:
    """A locked network with a backup, on a computer of its own, and the way in by the paper."""

    folder: Path
    key: str
    time: Time
    doors: Doors

    def open(self) -> Services:
        return self.doors.recover(self.folder, self.key)

    def tried(self) -> Tried | None:
        """Open it, try the backup where that is due, and lock."""
        services = self.open()
        found = services.trial.whole()
        services.lock()
        return found

    def rooms(self) -> list[Path]:
        return [path for path in self.folder.parent.rglob("*") if ".trial-" in path.name]

    @property
    def newest(self) -> Path:
        return max((self.folder / "backups").iterdir())


@pytest.fixture(scope="module")
def backed_up(
    template: tuple[Path, str], shipped: Shipped, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, str]:
    """The network with a backup, once for copies."""
    place = tmp_path_factory.mktemp("backed-up")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(place / "computer"))
        folder = Path(shutil.copytree(template[0], place / "north-west.peermatch"))
        services = Doors(shipped, clock, LEAST).recover(folder, template[1])
        services.backups.make()
        services.lock()
    return folder, template[1]


@pytest.fixture
def place(
    backed_up: tuple[Path, str], shipped: Shipped, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Place:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "computer"))
    folder = Path(shutil.copytree(backed_up[0], tmp_path / "there" / "north-west.peermatch"))
    time = Time(clock())
    return Place(folder, backed_up[1], time, Doors(shipped, time, LEAST))


def flipped(path: Path) -> None:
    """One byte of the backup's body is otherwise."""
    data = bytearray(path.read_bytes())
    data[-2000] ^= 1
    path.write_bytes(data)


def test_the_first_is_due_at_once_and_the_next_after_a_month(place: Place) -> None:
    assert place.tried() == Tried(TODAY, TODAY)
    assert place.rooms() == []
    place.time.now += timedelta(days=29)
    assert place.tried() is None
    place.time.now += timedelta(days=1)
    found = place.tried()
    assert found is not None
    assert (found.well, found.on) == (True, TODAY + timedelta(days=30))


def test_it_is_told_where_backups_and_facts_are_told(place: Place) -> None:
    services = place.open()
    assert (services.backups.state().tried, services.upkeep.info().restore_tried) == (None, None)
    services.trial.whole()
    assert services.backups.state().tried == Tried(TODAY, TODAY)
    assert services.upkeep.info().restore_tried == "2026-11-20"
    services.lock()


def test_without_a_backup_nothing_is_due(place: Place) -> None:
    shutil.rmtree(place.folder / "backups")
    services = place.open()
    assert not services.trial.due
    assert services.trial.whole() is None
    services.lock()


def test_the_network_itself_is_neither_read_nor_changed(place: Place) -> None:
    services = place.open()
    before = (services.upkeep.info(), services.desk.store.source().keyfile, services.journal.page())
    services.trial.whole()
    after = services.upkeep.info()
    assert after.state == before[0].state
    assert services.desk.store.source().keyfile == before[1]
    assert services.journal.page() == before[2]
    assert services.upkeep.check().damage == ()
    services.lock()


def test_what_stands_in_the_room_is_for_its_owner_alone_and_cannot_be_read(place: Place) -> None:
    services = place.open()
    seen: set[str] = set()
    while services.trial.due:
        services.trial.step()
        for path in place.rooms():
            assert stat.S_IMODE(path.stat().st_mode) == 0o700
            assert path.parent == place.folder.parent
            for file in (each for each in path.rglob("*") if each.is_file()):
                seen.add(file.suffix)
                assert stat.S_IMODE(file.stat().st_mode) == 0o600
                said = file.read_bytes()
                assert b"SQLite format 3" not in said
                assert b"Amina" not in said
    assert {".db", ".keys", ".part"} <= seen
    assert place.rooms() == []
    services.lock()


def test_a_damaged_backup_is_told_with_what_to_do_and_tried_again_each_time(place: Place) -> None:
    assert place.tried() is not None
    place.time.now += timedelta(days=40)
    flipped(place.newest)
    for _ in range(2):
        found = place.tried()
        assert found is not None
        assert found.what == "The backup of 20 November 2026 was tried out and could not be restored."
        assert found.hint == "Make a new backup now, and have the disk looked at."
        assert place.rooms() == []
    services = place.open()
    state = services.backups.state()
    assert state.tried is not None
    assert not state.tried.well
    assert services.upkeep.info().restore_tried == "2026-11-20"
    services.backups.make()
    services.lock()
    found = place.tried()
    assert found is not None
    assert found.well


def test_a_backup_that_opens_only_with_older_keys_is_left_alone(place: Place) -> None:
    services = place.doors.open(place.folder, PASSPHRASE)
    services.keys.change(services.keys.own().id, "quite another long passphrase")
    services.lock()
    services = place.doors.open(place.folder, "quite another long passphrase")
    assert not services.trial.due
    services.backups.make()
    services.lock()
    services = place.doors.open(place.folder, "quite another long passphrase")
    found = services.trial.whole()
    assert found is not None
    assert found.well
    services.lock()


def test_a_passphrase_is_stretched_once_for_the_network_and_its_backup() -> None:
    derived: list[Kdf] = []

    @dataclass(frozen=True)
    class Counted(DeviceSecret):
        def kek(self, kdf: Kdf) -> bytes:
            derived.append(kdf)
            return super().kek(kdf)

    once, kdf = OnceDerived(Counted(bytes(32))), Kdf(bytes(16), None)
    assert once.kek(kdf) == once.kek(replace(kdf)) == DeviceSecret(bytes(32)).kek(kdf)
    assert derived == [kdf]
    assert once.kek(Kdf(bytes([1] * 16), None)) != once.kek(kdf)
    once.forget()
    once.kek(kdf)
    assert len(derived) == 3


def test_the_key_of_the_backup_is_wiped_when_it_locks(place: Place) -> None:
    services = place.open()
    prepared = services.trial._trial
    assert prepared is not None
    assert len(prepared.key._secret) == 32
    services.lock()
    assert len(prepared.key._secret) == 0
    assert not services.trial.due


def test_a_lock_in_the_midst_of_it_takes_everything_away(place: Place) -> None:
    services = place.open()
    services.trial.step()
    assert place.rooms()
    services.lock()
    assert place.rooms() == []
    assert services.trial.step() is None
    assert trials.last(services.desk.store.source().keyfile.store) is None


def test_what_a_killed_trial_left_is_swept_at_the_next_opening(place: Place) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, str(place.folder), place.key], check=False)
    assert killed.returncode == -9
    assert len(place.rooms()) == 1
    other = place.folder.parent / ".another.peermatch.trial-0123456789ab"
    other.mkdir()
    place.open().lock()
    assert place.rooms() == [other]


def test_a_backup_that_was_deleted_meanwhile_is_no_failure(place: Place) -> None:
    services = place.open()
    place.newest.unlink()
    assert services.trial.whole() is None
    assert services.backups.state().tried is None
    services.lock()


@contextmanager
def as_nobody(place: Place) -> Iterator[None]:
    """Somebody whom a folder can refuse, also where the tests run as root: the network is theirs."""
    if os.geteuid() != 0:
        yield
        return
    computer = Path(os.environ["XDG_DATA_HOME"])
    computer.mkdir()
    for path in (computer, place.folder, *place.folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    for above in takewhile(lambda each: each != Path(tempfile.gettempdir()), place.folder.parents):
        above.chmod(0o755)  # what pytest made
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_where_nothing_may_be_put_beside_the_network_it_is_done_within(place: Place) -> None:
    with as_nobody(place):
        services = place.open()
        if os.getuid() != 0:
            place.folder.parent.chmod(0o555)
        services.trial.step()
        assert [path.parent for path in place.rooms()] == [place.folder]
        found = services.trial.whole()
        services.lock()
        if os.getuid() != 0:
            place.folder.parent.chmod(0o755)
    assert found is not None
    assert found.well
    assert place.rooms() == []


def test_what_cannot_be_tried_is_no_damage_and_is_told(place: Place) -> None:
    services = place.open()
    place.newest.unlink()
    prepared = services.trial._trial
    assert prepared is not None
    prepared.path.mkdir()  # what lies there now cannot be read as a file
    found = services.trial.whole()
    assert found is not None
    assert found.what.startswith("The backup of 20 November 2026 could not be tried out. ")
    assert found.hint
    later = trial.last(services.desk.store)
    assert later is not None
    assert (later.what, later.hint) == (
        "The backup of 20 November 2026 could not be tried out.",
        "It is tried again when the network is opened.",
    )
    services.lock()


def test_a_note_that_cannot_be_read_was_never_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert trials.due("a", TODAY)
    trials.keep("a", TODAY, TODAY, trials.WHOLE)
    assert not trials.due("a", TODAY)
    (note,) = tmp_path.rglob("a.json")
    for said in (
        "",
        "[]",
        "{}",
        '{"on": "x", "backup": "y"}',
        '{"on": 1}',
        note.read_text("utf-8").replace("whole", "so"),
    ):
        note.write_text(said, "utf-8")
        assert trials.last("a") is None
        assert trials.due("a", TODAY)


def test_a_clock_that_was_set_back_makes_it_due(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    trials.keep("a", TODAY, TODAY, trials.WHOLE)
    assert trials.due("a", TODAY - timedelta(days=1))
    trials.keep("a", TODAY + timedelta(days=40), TODAY, trials.DAMAGED)
    assert trials.due("a", TODAY + timedelta(days=40))
    found = trials.last("a")
    assert found is not None
    assert found.well == TODAY


def test_a_look_at_a_backup_tries_nothing(place: Place) -> None:
    view = place.doors.look_at_newest(place.folder, place.key, by_recovery_key=True)
    assert not view.trial.due
    view.lock()


def test_work_since_the_backup_makes_no_difference(place: Place) -> None:
    services = place.open()
    services.introductions.ask("E-0142", "S-0001", DAY)
    found = services.trial.whole()
    assert found == trial.last(services.desk.store)
    assert found is not None
    assert found.well
    services.lock()
