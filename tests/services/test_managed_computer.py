"""A computer whose organisation decided something: said on the way, kept to, and never a way around it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from peermatch import paths
from peermatch.errors import Refused
from peermatch.services.doors import Doors
from peermatch.services.keychain import remembered_network
from peermatch.services.lock_rules import LockRules
from peermatch.services.office import Services
from peermatch.services.place_remarks import place_remarks
from peermatch.services.places import offered_folder
from peermatch.services.sample import sample_folder
from peermatch.store import remembered
from peermatch.store.backup_places import second_place, set_second_place
from peermatch.store.keychain import Keychain
from tests.networks import NETWORK, PASSPHRASE

Decide = Callable[[str], None]


@pytest.fixture
def decide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Decide:
    """Write the policy of this computer, where only an administrator could."""
    folder = tmp_path / "xdg" / "peermatch"
    folder.mkdir(parents=True)
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "xdg"))

    def write(text: str) -> None:
        (folder / "policy.toml").write_text(text, "utf-8")

    return write


def test_the_window_locks_no_later_than_is_allowed(services: Services, decide: Decide) -> None:
    decide("lock_after_minutes = 4")
    rules = LockRules(services.desk)
    assert (rules.idle_seconds, rules.offered) == (4 * 60, (1, 2))
    with pytest.raises(Refused, match="Your organisation"):
        rules.set_idle(10)
    rules.set_idle(2)
    assert rules.idle_seconds == 120


def test_a_policy_that_cannot_be_read_leaves_the_strict_values_and_is_said(
    services: Services, decide: Decide
) -> None:
    decide("lock_after_minutes = 'soon'")
    rules = LockRules(services.desk)
    assert rules.idle_seconds == 5 * 60
    assert "policy.toml" in rules.fault
    assert rules.fault in services.upkeep.check().remarks
    assert services.keychain.state().decided


def test_the_keychain_is_neither_asked_nor_filled(services: Services, decide: Decide) -> None:
    remembered.remember(services.desk.store.source().keyfile.store, services.keys.own().id)
    decide("keychain = false")
    state = services.keychain.state()
    assert state.decided
    assert state.words.startswith("Set by your organisation")
    with pytest.raises(Refused, match="may not open a network by itself"):
        services.keychain.remember()
    assert remembered_network(services.folder) is None
    assert (
        not Keychain().look().waiting
    )  # nobody who starts a network is asked whether it shall open by itself
    remembered.remember(services.desk.store.source().keyfile.store, None)


def test_each_backup_is_put_where_the_organisation_says(
    services: Services, decide: Decide, tmp_path: Path
) -> None:
    decide(f'backups_folder = "{tmp_path / "share"}"')
    state = services.backups.state()
    assert (state.second, state.second_there, state.decided) == (tmp_path / "share", False, True)
    (tmp_path / "share").mkdir()
    made = services.backups.make()
    assert made.second is not None
    assert made.second.parent == tmp_path / "share"
    with pytest.raises(Refused, match="Your organisation has set"):
        services.backups.choose_second(tmp_path)


def test_a_network_lies_where_it_is_allowed(doors: Doors, decide: Decide, tmp_path: Path) -> None:
    assert offered_folder("Ours").parent == paths.data_folder()
    decide(f'network_folders = ["{tmp_path / "kept"}"]')
    assert offered_folder("Ours") == tmp_path / "kept" / "Ours.peermatch"
    assert sample_folder().parent == tmp_path / "kept"  # who may keep networks may look around too
    with pytest.raises(Refused, match="does not allow a network in this folder"):
        doors.create(tmp_path / "a.peermatch", NETWORK, PASSPHRASE, with_recovery=False)
    assert not (tmp_path / "a.peermatch").exists()
    made = doors.create(tmp_path / "kept" / "a.peermatch", NETWORK, PASSPHRASE, with_recovery=False)
    made.services.lock()


def test_a_network_that_lies_elsewhere_stays_shut_and_whole(
    services: Services, doors: Doors, decide: Decide, tmp_path: Path
) -> None:
    services.lock()
    decide(f'network_folders = ["{tmp_path / "kept"}"]')
    with pytest.raises(Refused, match="does not allow") as refusal:
        doors.open(services.folder, PASSPHRASE)
    assert str(tmp_path / "kept") in refusal.value.hint
    decide("")
    doors.open(services.folder, PASSPHRASE).lock()


def test_a_folder_that_a_service_copies_is_where_the_choice_for_backups_begins(
    services: Services, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert services.backups.offered_second() == Path.home()
    (tmp_path / "OneDrive - Trust").mkdir()
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "OneDrive - Trust"))
    assert services.backups.offered_second() == tmp_path / "OneDrive - Trust"
    set_second_place("a" * 32, services.folder, tmp_path / "OneDrive - Trust")
    assert second_place("a" * 32) == tmp_path / "OneDrive - Trust"
    set_second_place("a" * 32, services.folder, None)


def test_what_is_to_be_known_of_the_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.peermatch").mkdir(mode=0o700)
    assert place_remarks(tmp_path / "a.peermatch") == ()
    (tmp_path / "a.peermatch").chmod(0o755)
    (said,) = place_remarks(tmp_path / "a.peermatch")
    assert "Other people who use this computer" in said
