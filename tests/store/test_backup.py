"""Backups of an open network: verified, found again, rotated, copied to a second place, and never half there."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch import paths
from peermatch.errors import BadInput, Damaged, SystemRefused
from peermatch.store import backup, backup_places, container, rotation, vault
from peermatch.store.engine import open_database
from peermatch.store.network import Store
from peermatch.store.restore import opened_backup
from peermatch.store.vault import PassphraseSecret
from tests.networks import PASSPHRASE
from tests.store.saving import NOW, Saved, days_later, make, work_on


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Saved:
    return make(tmp_path_factory.mktemp("saved") / "north west.peermatch")


@pytest.fixture
def saved(template: Saved, tmp_path: Path) -> Saved:
    return template.copied(tmp_path)


@pytest.fixture
def store(saved: Saved) -> Iterator[Store]:
    opened = saved.open()
    yield opened
    opened.lock()


@pytest.fixture
def no_place() -> Iterator[None]:
    """No second place is remembered after the test."""
    yield
    shutil.rmtree(paths.data_folder(), ignore_errors=True)


def test_a_backup_holds_everything_and_opens_with_each_secret_of_its_day(store: Store, saved: Saved) -> None:
    path = backup.routine(store.source(), NOW)
    facts = backup.read_facts(path)
    assert (facts.made, facts.reason, facts.store) == (NOW, "daily", store.source().keyfile.store)
    wanted = backup.rows(store.source().connection)
    for secret in (saved.secret, PassphraseSecret(PASSPHRASE)):
        with opened_backup(path, secret, saved.folder) as opened:
            assert backup.rows(opened.connection) == wanted


def test_it_has_a_key_of_its_own(store: Store, tmp_path: Path) -> None:
    path = backup.routine(store.source(), NOW)
    with container.open_container(path) as opened:
        opened.unpack(tmp_path / "out.db")
    with pytest.raises(Damaged):
        open_database(tmp_path / "out.db", store.source().key)


def test_nothing_of_it_is_readable(store: Store) -> None:
    data = backup.routine(store.source(), NOW).read_bytes()
    for name in (b"Amina", b"S-0001", b"neuro.adhd", b"SQLite format 3", b"North West", b"robin@example.org"):
        assert name.lower() not in data.lower()


def test_what_was_deleted_is_not_in_it(store: Store, saved: Saved, tmp_path: Path) -> None:
    connection = store.source().connection
    connection.execute("CREATE TABLE passing (text TEXT)")
    connection.execute("INSERT INTO passing SELECT hex(randomblob(4000)) FROM journal")
    connection.execute("DROP TABLE passing")
    with opened_backup(backup.routine(store.source(), NOW), saved.secret, tmp_path) as opened:
        assert opened.connection.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_only_what_this_network_made_and_verified_counts(store: Store, saved: Saved, tmp_path: Path) -> None:
    assert store.facts().last_backup is None
    own = saved.folder / "backups"
    other = make(tmp_path / "other.peermatch").open()
    shutil.copy(backup.routine(other.source(), days_later(3)), own)
    other.lock()
    (own / "2026-12-24-000000-daily.pmbackup").write_bytes(b"PMBK1\n")
    (own / "2026-12-25.pmbackup").mkdir()
    assert store.facts().last_backup is None
    path = backup.routine(store.source(), NOW)
    assert store.facts().last_backup == "2026-11-20"
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    assert store.facts().last_backup is None


def test_what_was_done_since_is_noticed(store: Store) -> None:
    backup.routine(store.source(), NOW)
    newest = backup.newest_verified(store.source())
    assert newest is not None
    assert not backup.changed_since(store.source(), newest)
    work_on(store)
    assert backup.changed_since(store.source(), newest)


def test_other_words_in_the_key_file_are_a_change_too(store: Store) -> None:
    backup.routine(store.source(), NOW)
    newest = backup.newest_verified(store.source())
    assert newest is not None
    store.set_idle(60)
    assert backup.changed_since(store.source(), newest)


def test_a_backup_by_hand_goes_to_a_new_file_only(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "by hand.pmbackup"
    facts = backup.write_backup(store.source(), target, NOW)
    assert (facts.verified, facts.path, facts.reason) == (True, target, "hand")
    before = target.read_bytes()
    with pytest.raises(BadInput, match="already something"):
        backup.write_backup(store.source(), target, NOW)
    assert target.read_bytes() == before


def test_what_a_run_that_was_killed_left_is_cleared_away(store: Store, saved: Saved) -> None:
    left = (
        saved.folder / ".backup-12345678.part",
        saved.folder / ".backup-12345678.part-journal",
        saved.folder / "backups" / ".2026-11-19-093000-daily.pmbackup.0a1b2c3d.part",
    )
    for path in left:
        path.write_bytes(b"x" * 5000)
    backup.routine(store.source(), NOW)
    assert not any(path.exists() for path in left)
    assert not list(saved.folder.glob(".*"))


def test_a_place_that_takes_nothing_is_told_and_leaves_nothing(store: Store, saved: Saved) -> None:
    with pytest.raises(SystemRefused, match="could not be written"):
        backup.write_backup(store.source(), saved.folder / ("x" * 300), NOW)
    with pytest.raises(BadInput, match="no folder"):
        backup.write_backup(store.source(), saved.folder / "no" / "x.pmbackup", NOW)
    assert not list(saved.folder.glob(".*"))


def test_the_second_place_gets_a_copy(store: Store, saved: Saved, tmp_path: Path, no_place: None) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    backup_places.set_second_place(store.source().keyfile.store, saved.folder, stick)
    done = backup.run_routine(store.source(), NOW)
    assert done.second == stick / done.path.name
    assert done.second.read_bytes() == done.path.read_bytes()
    shutil.rmtree(saved.folder / "backups")
    assert store.facts().last_backup == "2026-11-20"


def test_a_second_place_that_is_gone_stops_nothing(
    store: Store, saved: Saved, tmp_path: Path, no_place: None
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    backup_places.set_second_place(store.source().keyfile.store, saved.folder, stick)
    stick.rmdir()
    done = backup.run_routine(store.source(), NOW)
    assert (done.second, done.path.is_file()) == (None, True)
    assert "cannot be reached" in done.trouble


def test_a_second_place_is_a_folder_outside_the_network(
    store: Store, saved: Saved, tmp_path: Path, no_place: None
) -> None:
    for folder in (tmp_path / "nowhere", saved.folder, saved.folder / "backups"):
        with pytest.raises(BadInput):
            backup_places.set_second_place("x", saved.folder, folder)
    backup_places.set_second_place("x", saved.folder, tmp_path)
    assert backup_places.second_place("x") == tmp_path
    backup_places.set_second_place("x", saved.folder, None)
    assert backup_places.second_place("x") is None


@pytest.mark.parametrize("text", [b"", b"[1]", b"[" * 60_000, b"\xff", b'{"x": 1}'])
def test_a_list_of_places_that_cannot_be_read_is_as_none(text: bytes, no_place: None) -> None:
    paths.make_private(paths.data_folder())
    (paths.data_folder() / "backup-places").write_bytes(text)
    assert backup_places.second_place("x") is None


def test_a_month_of_days_leaves_seven_and_a_week_each(store: Store, saved: Saved) -> None:
    for day in range(45):
        backup.routine(store.source(), days_later(day))
    kept = backup.known(store.source())
    ages = [(days_later(44) - each.made).days for each in kept]
    assert ages[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert len(ages) <= 7 + 4
    assert max(ages) <= 35
    assert len(list((saved.folder / "backups").iterdir())) == len(kept)


def test_files_of_others_are_never_rotated(store: Store, saved: Saved, tmp_path: Path) -> None:
    own = saved.folder / "backups"
    other = make(tmp_path / "other.peermatch").open()
    foreign = Path(shutil.copy(backup.routine(other.source(), days_later(-300)), own))
    other.lock()
    broken, letter = own / "2020-01-01-000000-daily.pmbackup", own / "letter.txt"
    broken.write_bytes(b"PMBK1\n" + b"x" * 500)
    letter.write_text("keep me", "utf-8")
    for day in (0, 40, 41):
        backup.routine(store.source(), days_later(day))
    assert all(path.exists() for path in (foreign, broken, letter))
    assert len(backup.known(store.source())) == 2


@dataclass(frozen=True)
class Dated:
    """A backup as the rules of rotation see it."""

    path: Path
    made: datetime
    reason: str = "daily"
    size: int = 1000


def dated(*ages: float, reason: str = "daily", size: int = 1000) -> tuple[Dated, ...]:
    return tuple(
        Dated(Path(f"{n}-{reason}"), NOW - timedelta(days=age), reason, size) for n, age in enumerate(ages)
    )


def test_what_was_made_before_a_great_change_stays_for_thirty_days() -> None:
    protected = dated(3.1, 3.2, 29, 31, reason="before-keys")
    gone = rotation.superfluous((*dated(0, 3, 10, 20), *protected), NOW)
    assert gone == (protected[3],)


def test_a_clock_that_jumped_ahead_takes_nothing_at_first() -> None:
    backups = dated(*range(7))
    ahead = NOW + timedelta(days=4000)
    new = Dated(Path("new"), ahead)
    assert rotation.superfluous((new, *backups), ahead) == (backups[6],)
    second = Dated(Path("second"), ahead + timedelta(days=1))
    assert set(rotation.superfluous((second, new, *backups[:6]), ahead + timedelta(days=1))) == set(
        backups[:6]
    )


def test_what_does_not_fit_the_budget_goes_oldest_and_plainest_first() -> None:
    plain, special = dated(0, 1, 2, 3, size=400), dated(5, size=400, reason="before-restore")
    assert rotation.superfluous((*plain, *special), NOW, budget=1200) == (plain[3], plain[2])
    assert rotation.superfluous((*plain, *special), NOW, budget=10) == (special[0], *reversed(plain[1:]))


AGES = st.lists(st.floats(0, 80), min_size=1, max_size=30)


@given(ages=AGES, special=AGES, budget=st.integers(0, 40_000))
def test_laws_of_rotation(ages: list[float], special: list[float], budget: int) -> None:
    backups = dated(*ages) + dated(*special, reason="before-keys")
    gone = rotation.superfluous(backups, NOW, budget)
    kept = [each for each in backups if each not in gone]
    newest = max(backups, key=lambda each: each.made)
    assert newest in kept
    assert len(kept) == 1 or sum(each.size for each in kept) <= budget
    earlier = sorted(each.made for each in backups)[-2]
    if NOW - earlier <= rotation.OLDEST:
        assert all(NOW - each.made <= rotation.OLDEST or each is newest for each in kept)
    assert len([each for each in kept if each.reason == "daily"]) <= rotation.DAYS + rotation.WEEKS + 1


def test_files_are_for_their_owner_alone(open_umask: None, store: Store, saved: Saved) -> None:
    path = backup.routine(store.source(), NOW)
    assert oct(path.stat().st_mode & 0o777) == "0o600"
    assert oct((saved.folder / "backups").stat().st_mode & 0o777) == "0o700"


def test_keys_of_today_open_it_and_removed_ones_do_not_open_the_next(store: Store, saved: Saved) -> None:
    first = backup.routine(store.source(), NOW)
    removed = store.source().keyfile.slots[0]
    assert removed.type == "passphrase"
    keys = vault.remove_slots(store.source().keyfile, store.source().key, (removed.id,))
    without = backup.Source(saved.folder, keys.keyfile, keys.key, store.source().connection)
    second = backup.write_backup(without, saved.folder / "backups" / "second.pmbackup", NOW)
    assert container.read_header(first).keys.slot(removed.id) is not None
    assert container.read_header(second.path).keys.slot(removed.id) is None


def test_a_backup_costs_a_bounded_number_of_files(store: Store, saved: Saved) -> None:
    before = set(saved.folder.iterdir())
    backup.routine(store.source(), NOW)
    assert set(saved.folder.iterdir()) == before
