"""Looking at a backup while somebody else has the network open: all of it is read, and nothing is written anywhere."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from peermatch import paths
from peermatch.errors import BadInput, CannotUnlock, HeldElsewhere, PeerMatchError, Refused
from peermatch.model.consent import Purpose
from peermatch.model.enquiry import EnquiryStatus
from peermatch.model.holders import Role
from peermatch.services.drafts import Draft
from peermatch.services.journal import Wanted
from peermatch.services.office import Doors, Services
from peermatch.store.hold import Hold
from tests.networks import ADHD, AMINA, DAY, PASSPHRASE
from tests.services.desks import agreed


@pytest.fixture(autouse=True)
def own_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A data folder of this test's own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    paths.make_private(paths.data_folder())
    return paths.data_folder()


@pytest.fixture
def held(services: Services) -> Services:
    """The network, open elsewhere, with a backup and work done since."""
    agreed(services)
    services.drafts.keep((Draft("letter", "half a letter"),))
    services.backups.make()
    services.enquiries.set_safe_contact("E-0142", "by text since the backup")
    return services


@pytest.fixture
def view(held: Services, doors: Doors) -> Iterator[Services]:
    """Its newest backup, looked at."""
    with pytest.raises(HeldElsewhere):
        doors.open(held.folder, PASSPHRASE)
    opened = doors.look_at_newest(held.folder, PASSPHRASE)
    yield opened
    opened.lock()


def whole(*folders: Path) -> dict[str, str]:
    """Every file below, with its content."""
    found = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def test_everything_of_that_day_is_read(held: Services, view: Services) -> None:
    assert view.viewed is not None
    assert view.folder == held.folder
    assert view.desk.snapshot.supporters.keys() == held.desk.snapshot.supporters.keys()
    assert view.desk.snapshot.enquiries["E-0142"].requester.safe_contact == "e-mail only"
    assert view.shortlists.every(DAY) == held.shortlists.every(DAY)
    assert next(line.words for line in view.journal.page(Wanted(record="E-0142")).lines).startswith("Noted")
    assert view.upkeep.info().supporters == 4
    assert view.keys.every()
    assert view.backups.state().kept
    assert view.drafts.kept() == ()
    assert view.upkeep.check().damage == ()


Command = Callable[[Services], object]
COMMANDS: dict[str, Command] = {
    "ask": lambda s: s.introductions.ask("E-0143", "S-0002", DAY),
    "change": lambda s: s.supporters.change(replace(AMINA, name="Another")),
    "add": lambda s: s.supporters.add(replace(AMINA, id="", consents=())),
    "consent": lambda s: s.consent.withdraw("S-0001", Purpose.MATCH, ADHD, DAY),
    "status": lambda s: s.enquiries.set_status("E-0142", EnquiryStatus.CLOSED),
    "reveal": lambda s: s.enquiries.reveal("E-0142"),
    "watch": lambda s: s.watches.watch("E-0142", DAY),
    "controller": lambda s: s.upkeep.set_controller("Nobody"),
    "recovery": lambda s: s.keys.set_recovery(s.keys.draw_recovery()),
    "idle": lambda s: s.desk.store.set_idle(600),
    "key": lambda s: s.keys.add("Priya Nair", Role.LEAD, "a passphrase of somebody else"),
    "rotate": lambda s: s.keys.rotate(),
    "forget": lambda s: s.keys.forget_older_backups(),
    "backup": lambda s: s.backups.make(),
    "copy": lambda s: s.backups.write(Path.home() / "copy.pmbackup"),
    "second": lambda s: s.backups.choose_second(None),
    "look": lambda s: s.backups.look(s.backups.state().kept[0].path, PASSPHRASE),
    "undo": lambda s: s.journal.take_back(s.journal.page().lines[0].seq),
    "aside": lambda s: s.desk.store.write_aside().__enter__(),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_refused_with_one_sentence(view: Services, command: str) -> None:
    with pytest.raises(Refused) as refused:
        COMMANDS[command](view)
    assert refused.value.what == "This is a backup that is only looked at, so nothing can be changed."
    assert refused.value.hint


def test_the_file_itself_takes_no_statement_that_writes(view: Services) -> None:
    connection = view.desk.store.source().connection
    for statement in (
        "DELETE FROM journal_image",
        "UPDATE supporter SET name = 'x'",
        "CREATE TABLE t (x)",
        "DROP TABLE draft",
        "ATTACH ':memory:' AS other",
        "PRAGMA journal_mode=DELETE",
        "PRAGMA user_version=99",
        "VACUUM",
        "REINDEX",
    ):
        with pytest.raises(dbapi2.DatabaseError, match="authoriz"):
            connection.execute(statement).fetchall()
    assert view.desk.snapshot.supporters


def test_nothing_is_written_but_the_copy_which_is_private_and_goes(
    held: Services, doors: Doors, own_place: Path
) -> None:
    before = whole(held.folder, own_place)
    opened = doors.look_at_newest(held.folder, PASSPHRASE)
    opened.drafts.keep((Draft("letter", "another half"),))
    opened.journal.page()
    opened.upkeep.check()
    assert opened.desk.snapshot.supporters
    new = [Path(path) for path in whole(held.folder, own_place).keys() - before.keys()]
    (room,) = {path.parent for path in new}
    assert room.parent == own_place / "looks"
    assert stat.S_IMODE(room.stat().st_mode) == 0o700
    for path in new:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert b"SQLite format 3" not in path.read_bytes()
        assert b"Amina" not in path.read_bytes()
    assert opened.close() == ""
    assert whole(held.folder, own_place) == before
    assert list((own_place / "looks").iterdir()) == []
    opened.lock()


def test_what_a_killed_look_left_is_swept_and_one_that_is_at_work_is_not(
    held: Services, doors: Doors, own_place: Path
) -> None:
    left, working = own_place / "looks" / "look-left", own_place / "looks" / "look-working"
    for room in (left, working):
        room.mkdir(parents=True)
        (room / ".restore-12.part").write_bytes(os.urandom(4096))
    hold = Hold.acquire(working, "PeerMatch")
    opened = doors.look_at_newest(held.folder, PASSPHRASE)
    assert not left.exists()
    assert working.exists()
    opened.lock()
    hold.release()
    held.lock()
    doors.open(held.folder, PASSPHRASE).lock()
    assert not working.exists()


def test_a_wrong_secret_counts_as_an_attempt_and_leaves_nothing(
    held: Services, doors: Doors, own_place: Path
) -> None:
    with pytest.raises(CannotUnlock):
        doors.look_at_newest(held.folder, "not the passphrase at all")
    assert list((own_place / "looks").iterdir()) == []
    held.lock()
    again = doors.open(held.folder, PASSPHRASE)
    failures = again.journal.failures()
    assert failures is not None
    assert failures.count == 1
    again.lock()


def test_the_recovery_key_opens_the_look_too(
    held: Services, doors: Doors, template: tuple[Path, str]
) -> None:
    opened = doors.look_at_newest(held.folder, template[1], by_recovery_key=True)
    assert opened.viewed
    opened.lock()


def test_a_network_without_a_backup_says_so(services: Services, doors: Doors) -> None:
    with pytest.raises(BadInput, match="no backup"):
        doors.look_at_newest(services.folder, PASSPHRASE)


def test_a_changed_backup_is_not_looked_at(held: Services, doors: Doors, own_place: Path) -> None:
    (file,) = (held.folder / "backups").iterdir()
    raw = bytearray(file.read_bytes())
    raw[-100] ^= 1
    file.write_bytes(raw)
    with pytest.raises(PeerMatchError, match="damaged or was changed"):
        doors.look(file, PASSPHRASE, held.folder)
    assert list((own_place / "looks").iterdir()) == []
