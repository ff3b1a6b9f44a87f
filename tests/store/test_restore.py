"""Restoring: into the open network, to a new folder, over damage; killed anywhere, and from files that mean harm."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from peermatch.errors import (
    BadInput,
    CannotUnlock,
    Damaged,
)
from peermatch.model.consent import Purpose, Wording
from peermatch.model.holders import Holder, Role
from peermatch.model.onboarding import Noted, Stage
from peermatch.model.own_places import merged
from peermatch.model.people import SupporterStatus
from peermatch.model.restoring import Difference
from peermatch.services.shipped import load_shipped
from peermatch.store import (
    backup,
    holders,
    journal,
    onboarding,
    own_lists,
    restore,
    settings,
    supporters,
    vault,
)
from peermatch.store.engine import open_database
from peermatch.store.epochs import Change
from peermatch.store.kdf import LEAST
from peermatch.store.keys import StoreKey
from peermatch.store.network import Store
from peermatch.store.restore import opened_backup
from peermatch.store.vault import PassphraseSecret, RecoverySecret
from tests.networks import ADHD, AMINA, DAY, JO, NETWORK, PASSPHRASE, clock, yes
from tests.store.saving import NOW, Saved, days_later, whole

OTHER = "another passphrase of fair length"


@pytest.fixture
def store(saved: Saved) -> Iterator[Store]:
    opened = saved.open()
    yield opened
    opened.lock()


def restored(store: Store, path: Path, secret: vault.Secret) -> None:
    """Look at it, put it in place, lock."""
    with opened_backup(path, secret, store.folder) as opened:
        restore.preview(store.source(), opened)
        restore.restore_into(store.source(), opened, store.unlocked_by, NOW)
    store.lock()


def seen(store: Store, path: Path, secret: vault.Secret) -> Difference:
    with opened_backup(path, secret, store.folder) as opened:
        return restore.preview(store.source(), opened)


def test_the_preview_says_what_goes_what_comes_back_and_what_stays(
    store: Store, saved: Saved, then: Path
) -> None:
    found = seen(store, then, saved.secret)
    assert found == Difference(
        made=NOW,
        people=(4, 3),
        asked=(2, 1),
        introduced=(0, 0),
        steps=5,
        last_step=NOW,
        cards=0,
        supporters=(("S-0004", "Nia Powell"),),
        enquiries=("E-0150",),
        back=(),
        noes=1,
        left=1,
        barred=1,
        forked=False,
    )


def test_a_preview_changes_nothing_and_leaves_nothing(store: Store, saved: Saved, then: Path) -> None:
    before = whole(store), sorted(path.name for path in saved.folder.iterdir())
    seen(store, then, saved.secret)
    assert (whole(store), sorted(path.name for path in saved.folder.iterdir())) == before


def test_the_network_is_as_it_was_but_for_every_no(store: Store, saved: Saved, then: Path) -> None:
    restored(store, then, saved.secret)
    again = saved.open()
    found = whole(again)
    assert again.damage() == ()
    assert found.enquiries == NETWORK.enquiries
    people = {each.id: each for each in found.supporters}
    assert set(people) == {"S-0001", "S-0002", "S-0003"}
    withdrawn = [c for c in people[AMINA.id].consents if c.withdrawn is not None]
    assert [(c.purpose, c.characteristic) for c in withdrawn] == [(Purpose.MATCH, ADHD)]
    assert people[JO.id].status is SupporterStatus.LEFT
    assert [pair.supporter for pair in found.barred] == [AMINA.id]
    again.lock()


def test_mergers_and_the_day_of_a_goodbye_are_not_undone(store: Store, saved: Saved, then: Path) -> None:
    known = load_shipped().reference.organisations.organisations
    with store.write("organisation-merge", "elht") as tx:
        own_lists.put_place(tx, merged(known["elht"], "lscft", DAY))
        onboarding.note(tx, JO.id, Noted(Stage.LEFT, DAY))
    restored(store, then, saved.secret)
    again = saved.open()
    (place,) = whole(again).organisations
    assert (place.id, place.closed) == ("elht", DAY)
    with again.read() as tx:
        assert onboarding.way(tx, JO.id).noted == (Noted(Stage.LEFT, DAY),)
    assert again.damage() == ()
    again.lock()


def test_what_matching_reads_follows_the_no(store: Store, saved: Saved, then: Path) -> None:
    vocabulary = load_shipped().reference.vocabulary
    store.packed(vocabulary)
    restored(store, then, saved.secret)
    again = saved.open()
    again.packed(vocabulary)
    assert again.damage() == ()
    again.lock()


def test_a_no_to_what_was_agreed_after_the_backup_holds_too_and_words_are_kept(
    store: Store, saved: Saved, then: Path
) -> None:
    newer = yes(Purpose.MATCH, "neuro.autism", DAY)
    with store.write("consent-give", JO.id) as tx:
        supporters.add_consent(tx, JO.id, newer)
    with store.write("consent-withdraw", JO.id) as tx:
        supporters.withdraw(tx, JO.id, newer, DAY)
    with store.write("wording-add") as tx:
        settings.add_wording(tx, Wording("2027-1", "Words that somebody may have been shown since."))
    restored(store, then, saved.secret)
    again = saved.open()
    with again.read() as tx:
        assert supporters.get(tx, JO.id).consents == (replace(newer, withdrawn=DAY),)
    assert [each.id for each in whole(again).wordings or ()] == ["2026-1", "2027-1"]
    again.lock()


def test_the_journal_says_it_and_is_whole(store: Store, saved: Saved, then: Path) -> None:
    by = store.unlocked_by
    restored(store, then, saved.secret)
    again = saved.open()
    with again.read() as tx:
        last, first = journal.entries(tx)
    assert (last.action, last.slot, last.at) == ("restore", by, NOW)
    assert last.detail == "backup of 2026-11-20T09:30:00+00:00 line 1"
    assert first.action == "create"
    again.lock()


def test_the_present_is_backed_up_first_and_can_be_brought_back(
    store: Store, saved: Saved, then: Path
) -> None:
    present = whole(store)
    restored(store, then, saved.secret)
    (kept,) = backup.listed(saved.folder / "backups")
    assert "before-restore" in kept.name
    restored(saved.open(), kept, saved.secret)
    again = saved.open()
    assert whole(again) == present
    again.lock()


def test_each_restore_is_a_new_epoch_with_a_new_key(store: Store, saved: Saved, then: Path) -> None:
    old = store.source().keyfile, StoreKey(bytes(store.source().key._living()))
    restored(store, then, saved.secret)
    again = saved.open()
    assert again.source().keyfile.epoch == old[0].epoch + 1
    assert [path.name for path in saved.folder.glob("store-*.db")] == [again.source().keyfile.db]
    again.lock()
    with pytest.raises(Damaged):
        open_database(saved.folder / again.source().keyfile.db, old[1])


def test_who_was_removed_since_stays_out_and_who_came_stays_in(saved: Saved, then: Path) -> None:
    store = saved.open()
    first = next(slot.id for slot in store.source().keyfile.slots if slot.type == "passphrase")
    new = store.step_to(
        lambda keys, key: vault.add_person(keys, key, OTHER, "lead", LEAST),
        "keys-add",
        Change(lambda tx, slot: holders.put(tx, Holder(slot, "Priya Nair", Role.LEAD, DAY)), {"holder": 1}),
    )
    store.step_to(
        lambda keys, key: vault.remove_slots(keys, key, (first,)),
        "keys-remove",
        Change(lambda _tx, _slot: None),
    )
    with opened_backup(then, PassphraseSecret(PASSPHRASE), saved.folder) as opened:  # a secret of its day
        restore.restore_into(store.source(), opened, store.unlocked_by, NOW)
    store.lock()
    with pytest.raises(CannotUnlock):
        Store.open(saved.folder, PassphraseSecret(PASSPHRASE), clock)
    again = Store.open(saved.folder, PassphraseSecret(OTHER), clock)
    ways = {way.id: way.name for way in tuple(again.keys())}
    assert ways[new.slot] == "Priya Nair"
    assert again.damage() == ()
    again.lock()


def test_a_machine_that_has_nothing_else_makes_a_network_of_it(
    then: Path, saved: Saved, tmp_path: Path
) -> None:
    folder = tmp_path / "new laptop" / "again.peermatch"
    secrets: tuple[vault.Secret, ...] = (saved.secret, PassphraseSecret(PASSPHRASE))
    for number, secret in enumerate(secrets):
        place = folder.with_name(f"{number}.peermatch")
        restore.restore_as(then, secret, place, NOW)
        store = Store.open(place, PassphraseSecret(PASSPHRASE), clock)
        assert whole(store) == NETWORK
        assert store.damage() == ()
        store.lock()
        assert {path.name for path in place.iterdir() if not path.name.endswith("-journal")} == {
            *("backups", "store.keys", "store.keys.bak", "store.lock", "store-000002.db")
        }
    assert not list(folder.parent.glob(".*"))


def test_a_child_with_nothing_but_the_file_and_the_paper_opens_it(
    then: Path, saved: Saved, tmp_path: Path
) -> None:
    place = tmp_path / "clean"
    place.mkdir()
    shutil.copy(then, place / "only.pmbackup")
    (place / "paper").write_text(saved.recovery, "utf-8")
    home = {name: str(place / "home") for name in ("HOME", "XDG_DATA_HOME", "LOCALAPPDATA")}
    words = [
        "restore",
        "only.pmbackup",
        "--network",
        "again.peermatch",
        "--recovery-key-file",
        "paper",
        "--json",
    ]
    ended = subprocess.run(
        [sys.executable, "-m", "peermatch", *words],
        cwd=place,
        env={**os.environ, **home, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "A backup of 20 November 2026, 09:30.\n")
    assert json.loads(ended.stdout)["network"].endswith("again.peermatch")
    store = Store.open(place / "again.peermatch", saved.secret, clock)
    assert whole(store) == NETWORK
    store.lock()


def test_a_wrong_secret_opens_nothing_and_a_typing_mistake_is_named(
    then: Path, saved: Saved, tmp_path: Path
) -> None:
    with pytest.raises(CannotUnlock, match="does not open this backup"):
        restore.restore_as(then, PassphraseSecret(OTHER), tmp_path / "x.peermatch", NOW)
    typo = saved.recovery[:-1] + ("0" if saved.recovery[-1] != "0" else "1")
    with pytest.raises(CannotUnlock, match="typing mistake"):
        restore.restore_as(then, RecoverySecret(typo), tmp_path / "x.peermatch", NOW)
    assert not list(tmp_path.glob("*x.peermatch*")) + list(tmp_path.glob(".*"))


def test_nothing_is_restored_over_something(then: Path, saved: Saved, tmp_path: Path) -> None:
    (tmp_path / "dangling.peermatch").symlink_to(tmp_path / "elsewhere")
    for place in (saved.folder, tmp_path / "dangling.peermatch"):
        with pytest.raises(BadInput, match="already something"):
            restore.restore_as(then, saved.secret, place, NOW)
    assert not (tmp_path / "elsewhere").exists()


def test_an_older_backup_of_a_later_epoch_never_goes_back(saved: Saved, then: Path, tmp_path: Path) -> None:
    """Two computers: the one brings the other's backup, of a higher epoch than its own."""
    (tmp_path / "far").mkdir()
    far = saved.copied(tmp_path / "far")
    for _ in range(3):
        restored(far.open(), then, far.secret)
    store = far.open()
    path = backup.write_backup(store.source(), tmp_path / "far.pmbackup", days_later(1)).path
    store.lock()
    store = saved.open()
    assert seen(store, path, saved.secret).forked
    restored(store, path, saved.secret)
    again = saved.open()
    assert again.source().keyfile.epoch == 5
    assert again.damage() == ()
    again.lock()


def test_killed_at_any_step_it_is_the_old_network_or_the_new_one(
    worked_on: tuple[Saved, Path], tmp_path: Path
) -> None:
    saved = worked_on[0].copied(tmp_path)
    every = os.environ.get("PEERMATCH_KILL_EVERY", "53")
    ended = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.store.killing_restore",
            saved.folder,
            saved.recovery,
            worked_on[1],
            every,
        ],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=3_000,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    found = [json.loads(line) for line in ended.stdout.splitlines()]
    assert len(found) > 4
    assert [each["killed"] for each in found] == [True] * (len(found) - 1) + [False]
    for each in found:
        assert each["damage"] == [], each
        assert each["broken"] == [], each
        assert each["cleared"], each
        old = (each["last"], each["supporters"], each["epoch"]) == ("bar", 4, 1)
        new = (each["last"], each["supporters"], each["epoch"]) == ("restore", 3, 2)
        assert old or new, each
    assert found[0]["last"] == "bar"
    assert found[-1]["last"] == "restore"
