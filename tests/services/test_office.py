"""The doors: networks made, opened, remembered, and the sample to look around in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from peermatch import paths
from peermatch.errors import BadInput, CannotUnlock, HeldElsewhere
from peermatch.services import sample
from peermatch.services.office import Doors, Services
from peermatch.services.places import last_opened
from peermatch.services.shipped import Shipped, shipped_resources
from peermatch.services.tries import may_be_taken
from peermatch.store.hold import HeldByAnotherComputer
from tests.networks import DAY, NETWORK, PASSPHRASE


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of one's own, on whatever system."""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "LOCALAPPDATA", "APPDATA", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def made(doors: Doors, home: Path, tmp_path: Path) -> Iterator[Services]:
    services = doors.create(tmp_path / "a.peermatch", NETWORK, PASSPHRASE, with_recovery=False).services
    yield services
    services.lock()


def test_a_new_network_is_open_and_remembered(made: Services, tmp_path: Path) -> None:
    assert made.folder == tmp_path / "a.peermatch"
    assert last_opened() == made.folder
    assert sorted(made.desk.snapshot.supporters) == ["S-0001", "S-0002", "S-0003"]
    assert made.desk.today == DAY


def test_a_locked_network_opens_with_its_passphrase_alone(made: Services, doors: Doors) -> None:
    with pytest.raises(HeldElsewhere):
        doors.open(made.folder, PASSPHRASE)
    made.lock()
    made.lock()
    with pytest.raises(CannotUnlock):
        doors.open(made.folder, "four quiet herons walk home")
    again = doors.open(made.folder, PASSPHRASE)
    assert again.desk.snapshot.name == NETWORK.name
    again.lock()


def test_a_recovery_key_is_shown_once_and_opens(doors: Doors, home: Path, tmp_path: Path) -> None:
    new = doors.create(tmp_path / "b.peermatch", NETWORK, PASSPHRASE, with_recovery=True)
    new.services.lock()
    assert new.recovery
    doors.recover(new.services.folder, new.recovery).lock()


def test_a_new_passphrase_is_judged_before_anything_is_made(doors: Doors, home: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        doors.create(tmp_path / "b.peermatch", NETWORK, "too short", with_recovery=False)
    assert not (tmp_path / "b.peermatch").exists()
    doors.check_passphrase(doors.suggest_passphrase())
    assert doors.strength(PASSPHRASE) != doors.strength("a")


def test_a_network_is_not_made_where_something_is(made: Services, doors: Doors) -> None:
    with pytest.raises(BadInput, match="already something"):
        doors.create(made.folder, NETWORK, PASSPHRASE, with_recovery=False)


def test_what_was_opened_last_is_forgotten_when_it_is_gone(home: Path, tmp_path: Path) -> None:
    assert last_opened() is None
    paths.make_private(paths.data_folder())
    paths.last_opened_file().write_text(str(tmp_path / "gone"), "utf-8")
    assert last_opened() is None
    paths.last_opened_file().write_bytes(b"\xff\xfe")
    assert last_opened() is None
    paths.last_opened_file().write_text(f"{tmp_path}\n", "utf-8")
    assert last_opened() == tmp_path


def test_not_being_able_to_remember_stops_nothing(doors: Doors, home: Path, tmp_path: Path) -> None:
    home.write_bytes(b"a file where the home should be")
    services = doors.create(tmp_path / "b.peermatch", NETWORK, PASSPHRASE, with_recovery=False).services
    services.lock()
    assert last_opened() is None


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("North West peer support", "North West peer support.peermatch"),
        ("  spaced   out ", "spaced out.peermatch"),
        ("../../etc/passwd", "etc passwd.peermatch"),
        ("a/b\\c:d*e?", "a b c d e.peermatch"),
        ("Zoë’s (O'Brien) net-work", "Zoë s (O'Brien) net-work.peermatch"),
        ("", "network.peermatch"),
        ("\u202e\n...", "network.peermatch"),
        ("x" * 300, "x" * 60 + ".peermatch"),
    ],
)
def test_the_offered_folder_is_a_plain_name_in_the_persons_own_place(
    doors: Doors, home: Path, name: str, folder: str
) -> None:
    offered = doors.offered_folder(name)
    assert offered == paths.data_folder() / folder
    assert home in offered.parents


def test_the_offered_folder_is_one_that_nothing_stands_in(doors: Doors, home: Path) -> None:
    doors.offered_folder("Network").mkdir(parents=True)
    second = doors.offered_folder("Network")
    assert second.name == "Network 2.peermatch"
    second.symlink_to(home / "nowhere")
    assert doors.offered_folder("Network").name == "Network 3.peermatch"


def test_what_ships_is_read_once(doors: Doors, shipped: Shipped) -> None:
    assert doors.shipped is shipped
    assert shipped_resources() == paths.resources()


def test_a_portable_file_is_read_with_every_fault(doors: Doors) -> None:
    with pytest.raises(BadInput) as error:
        doors.read_portable(b'{"format": "peermatch", "version": 1, "network": {"nme": "x"}, "extra": 1}')
    assert len(error.value.faults) >= 3


def test_the_sample_is_made_once_and_left_as_it_was(doors: Doors, home: Path) -> None:
    first = sample.look_around(doors)
    assert first.folder == sample.sample_folder()
    assert sample.is_sample(first.folder)
    assert not sample.is_sample(first.folder.with_name("mine.peermatch"))
    assert (len(first.desk.snapshot.supporters), first.upkeep.check().damage) == (60, ())
    received = first.enquiries.receive(first.enquiries.draft(sample.hero_letter().raw), sample.DAY)
    first.lock()
    again = sample.look_around(doors, first.folder)
    assert received.reference in again.desk.snapshot.enquiries
    again.lock()
    assert len(sample.sample_letters()) == 12


def test_only_a_hold_by_another_computer_may_be_taken_by_a_person() -> None:
    assert may_be_taken(HeldByAnotherComputer("Another computer holds it.", ""))
    assert not may_be_taken(HeldElsewhere("This computer holds it."))
    assert not may_be_taken(CannotUnlock("No."))
