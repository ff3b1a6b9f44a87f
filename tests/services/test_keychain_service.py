"""This computer as a key: remembered, forgotten, forbidden, and every way in which its keychain can let one down."""

import base64
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from peermatch.errors import CannotUnlock, PeerMatchError, Refused
from peermatch.model.holders import KeyKind, Role
from peermatch.services.keychain import asks_for_passphrase
from peermatch.services.office import Doors, Services
from peermatch.services.older_copies import is_older_copy
from peermatch.services.shipped import Shipped
from peermatch.store import anchor, remembered
from peermatch.store.kdf import LEAST
from peermatch.store.keychain import LIMIT_S, Keychain
from peermatch.store.keychain_child import SERVICE
from tests.networks import PASSPHRASE, clock
from tests.store.keychains import BUS, gnome_keyring, hostile

SECOND = "a passphrase of somebody else"


@pytest.fixture(scope="module")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Mapping[str, str], Path]]:
    home = tmp_path_factory.mktemp("keychain") / "home"
    with gnome_keyring(home) as settings:
        yield settings, home


@pytest.fixture(autouse=True)
def here(bus: tuple[Mapping[str, str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer of its own, whose keychain is the real one."""
    monkeypatch.setenv(BUS, bus[0][BUS])
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "this computer"))


@pytest.fixture
def way_in(shipped: Shipped) -> Doors:
    return Doors(shipped, clock, LEAST, chain=Keychain())


@pytest.fixture
def folder(template: tuple[Path, str], tmp_path: Path) -> Path:
    return Path(shutil.copytree(template[0], tmp_path / "north-west.peermatch"))


@dataclass(frozen=True)
class Once:
    """A network that a computer was told to remember, once for all tests: they take copies."""

    folder: Path
    computer: Path
    store: str
    secret: bytes


@pytest.fixture(scope="module")
def once(
    bus: tuple[Mapping[str, str], Path],
    template: tuple[Path, str],
    shipped: Shipped,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Once]:
    place = tmp_path_factory.mktemp("once")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(BUS, bus[0][BUS])
        patch.setenv("XDG_DATA_HOME", str(place / "computer"))
        folder = Path(shutil.copytree(template[0], place / "north-west.peermatch"))
        services = Doors(shipped, clock, LEAST).open(folder, PASSPHRASE)
        services.keychain.remember()
        store = services.desk.store.source().keyfile.store
        services.lock()
        yield Once(folder, place / "computer", store, Keychain().read(store) or b"")


@pytest.fixture
def known(once: Once, folder: Path, tmp_path: Path) -> Once:
    """A copy of it on this computer, with the secret in the keychain."""
    shutil.rmtree(folder)
    shutil.copytree(once.folder, folder)
    shutil.copytree(once.computer, tmp_path / "this computer")
    Keychain().write(once.store, once.secret)
    return once


def by_itself(way_in: Doors, folder: Path) -> Services:
    services = way_in.open_by_keychain(folder)
    assert services is not None
    return services


def refusal(way_in: Doors, folder: Path) -> str:
    """What is said instead of opening it; the passphrase opens it all the same."""
    with pytest.raises(PeerMatchError) as refused:
        way_in.open_by_keychain(folder)
    assert asks_for_passphrase(refused.value)
    way_in.open(folder, PASSPHRASE).lock()
    return refused.value.what


def test_it_is_off_until_somebody_wishes_it(way_in: Doors, folder: Path) -> None:
    assert not way_in.remembers(folder)
    assert way_in.open_by_keychain(folder) is None
    services = way_in.open(folder, PASSPHRASE)
    assert not services.keychain.state().remembered
    assert services.keychain.state().words == "The passphrase is asked for each time."
    services.lock()


def test_this_computer_opens_it_in_the_name_of_its_person(way_in: Doors, folder: Path) -> None:
    services = way_in.open(folder, PASSPHRASE)
    services.keys.name(services.keys.own().id, "Maria Ode", Role.LEAD)
    services.keychain.remember()
    assert services.keychain.state().remembered
    services.lock()
    assert way_in.remembers(folder)
    services = by_itself(way_in, folder)
    own = services.keys.own()
    assert (own.kind, own.name, own.label) == (KeyKind.COMPUTER, "Maria Ode", "computer")
    services.keys.confirm(PASSPHRASE)
    assert services.upkeep.journal()[0].action == "keys-remember"
    assert services.keychain.state().key == own.id
    services.lock()


def test_the_secret_stands_in_no_file(
    known: Once, bus: tuple[Mapping[str, str], Path], tmp_path: Path
) -> None:
    text = base64.b64encode(known.secret)
    files = [path for root in (tmp_path, bus[1]) for path in root.rglob("*") if path.is_file()]
    assert any(path.suffix == ".keyring" for path in files)
    assert [path for path in files if text in path.read_bytes() or known.secret in path.read_bytes()] == []


def note_of(known: Once) -> str:
    return Keychain().read_with_note(known.store)[1]


@pytest.fixture
def told(known: Once, way_in: Doors, folder: Path) -> tuple[Path, Path]:
    """A network that was worked on twice, as it was in between, and what this computer had noted then."""
    services = by_itself(way_in, folder)
    services.upkeep.set_controller("The First Trust")
    services.lock()
    kept = Path(shutil.copytree(folder, folder.parent / "kept"))
    notes = Path(shutil.copytree(computer(), folder.parent / "notes"))
    services = by_itself(way_in, folder)
    services.upkeep.set_controller("The Second Trust")
    services.lock()
    return kept, notes


def computer() -> Path:
    return Path(os.environ["XDG_DATA_HOME"])


def put_back(kept: Path, place: Path) -> None:
    shutil.rmtree(place)
    shutil.copytree(kept, place)


def test_an_older_copy_is_told_by_the_keychain_where_all_files_were_put_back(
    told: tuple[Path, Path], known: Once, shipped: Shipped, folder: Path
) -> None:
    """Whoever reaches the files reaches what this person noted in one as well."""
    put_back(told[0], folder)
    put_back(told[1], computer())
    anew = Doors(shipped, clock, LEAST, chain=Keychain())  # as after a restart of the program
    with pytest.raises(Refused) as refused:
        anew.open_by_keychain(folder)
    assert is_older_copy(refused.value)
    services = anew.open_by_keychain(folder, older=True)
    assert services is not None
    assert services.upkeep.journal()[0].action == "open-older-copy"
    services.lock()
    by_itself(Doors(shipped, clock, LEAST), folder).lock()


def test_after_a_lock_memory_tells_where_all_files_were_put_back(
    told: tuple[Path, Path], way_in: Doors, folder: Path
) -> None:
    put_back(told[0], folder)
    put_back(told[1], computer())
    with pytest.raises(Refused) as refused:
        way_in.open(folder, PASSPHRASE)
    assert is_older_copy(refused.value)


def test_the_keychain_hears_of_work_and_not_of_haste_or_of_nothing(
    known: Once, way_in: Doors, folder: Path
) -> None:
    Keychain().write_note(known.store, "")
    by_itself(way_in, folder).lock()
    assert note_of(known) == ""
    services = by_itself(way_in, folder)
    services.upkeep.set_controller("The First Trust")
    services.lock(in_haste=True)
    assert note_of(known) == ""
    services = way_in.open(folder, PASSPHRASE)
    services.upkeep.set_controller("The Second Trust")
    services.lock()
    note = note_of(known)
    assert len(note) < 1200
    assert str(folder) in note
    assert "Trust" not in note
    by_itself(way_in, folder).lock()
    services = way_in.open(folder, PASSPHRASE)
    services.keychain.forget()
    services.lock()
    assert Keychain().read_with_note(known.store) == (None, "")


def test_a_network_made_anew_of_a_backup_in_its_place_raises_no_alarm(
    known: Once, way_in: Doors, folder: Path, template: tuple[Path, str]
) -> None:
    services = by_itself(way_in, folder)
    made = services.backups.make().backup.path
    for _ in range(2):
        services.keys.rotate()
    services.lock()
    assert note_of(known)
    moved = folder.rename(folder.with_name("moved"))
    way_in.restore(moved / "backups" / made.name, template[1], folder, by_recovery_key=True)
    assert note_of(known) == ""
    by_itself(way_in, folder).lock()


def test_a_note_that_makes_no_sense_is_none(tmp_path: Path) -> None:
    for note in ("", "x", "[]", "{}", '{"place": 1}', "[" * 5000, '{"place": "\\u0000"}'):
        assert anchor.of_note(note, tmp_path) is None


def test_forgetting_locks_this_computer_out_and_empties_its_keychain(
    known: Once, way_in: Doors, folder: Path
) -> None:
    services = by_itself(way_in, folder)
    services.keychain.forget()
    assert not services.keychain.state().remembered
    services.lock()
    assert Keychain().read(known.store) is None
    assert way_in.open_by_keychain(folder) is None
    services = way_in.open(folder, PASSPHRASE)
    with pytest.raises(Refused, match="nothing to forget"):
        services.keychain.forget()
    services.lock()


def test_remembering_again_leaves_one_key_for_this_computer(known: Once, way_in: Doors, folder: Path) -> None:
    services = way_in.open(folder, PASSPHRASE)
    services.keychain.remember()
    services.lock()
    services = by_itself(way_in, folder)
    assert [key.kind for key in services.keys.every()].count(KeyKind.COMPUTER) == 1
    services.lock()


def test_whoever_came_with_the_paper_has_no_computer(
    way_in: Doors, template: tuple[Path, str], folder: Path
) -> None:
    services = way_in.recover(folder, template[1])
    with pytest.raises(Refused, match="passphrase of their own"):
        services.keychain.remember()
    assert not services.keychain.state().remembered
    services.lock()


def test_a_removed_person_s_computer_opens_nothing(known: Once, way_in: Doors, folder: Path) -> None:
    services = way_in.open(folder, PASSPHRASE)
    services.keys.add("Priya Nair", Role.LEAD, SECOND)
    services.keys.remove(services.keys.own().id)
    services.lock()
    assert way_in.open_by_keychain(folder) is None
    way_in.open(folder, SECOND).lock()


def test_the_lead_forbids_it_for_all(known: Once, way_in: Doors, folder: Path) -> None:
    services = way_in.open(folder, PASSPHRASE)
    services.keychain.allow(False)
    state = services.keychain.state()
    assert (state.allowed, state.remembered) == (False, False)
    assert "may not keep this network open" in state.words
    with pytest.raises(Refused, match="The lead decided so"):
        services.keychain.remember()
    services.lock()
    assert way_in.open_by_keychain(folder) is None
    services = way_in.open(folder, PASSPHRASE)
    assert not services.keychain.state().allowed
    assert [key.kind for key in services.keys.every()] == [KeyKind.PERSON, KeyKind.PAPER]
    services.keychain.allow(True)
    services.keychain.remember()
    assert services.upkeep.check().damage == ()
    services.lock()
    by_itself(way_in, folder).lock()


def test_where_a_lead_is_named_nobody_else_decides(way_in: Doors, folder: Path) -> None:
    services = way_in.open(folder, PASSPHRASE)
    services.keys.add("Priya Nair", Role.LEAD, SECOND)
    with pytest.raises(Refused, match="Ask Priya Nair"):
        services.keychain.allow(False)
    services.lock()
    services = way_in.open(folder, SECOND)
    services.keychain.allow(False)
    services.lock()


def test_an_entry_that_was_deleted_leads_to_the_passphrase(known: Once, way_in: Doors, folder: Path) -> None:
    Keychain().delete(known.store)
    assert "does not hold the key" in refusal(way_in, folder)


def test_an_entry_of_somebody_else_leads_to_the_passphrase_and_counts_as_no_try(
    known: Once, way_in: Doors, folder: Path
) -> None:
    Keychain().write(known.store, bytes(32))
    for _ in range(4):
        assert "does not hold the key" in refusal(way_in, folder)
    assert way_in.pause(folder) == 0
    services = way_in.open(folder, PASSPHRASE)
    assert "failed-unlocks" not in [line.action for line in services.upkeep.journal()]
    services.keychain.remember()
    services.lock()
    by_itself(way_in, folder).lock()


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        *((mode, "does not hold the key") for mode in ("strange", "garbage", "forgets")),
        ("locked", "is locked"),
        ("hangs", "did not answer"),
    ],
)
def test_a_bad_keychain_leads_to_the_passphrase(
    mode: str, said: str, known: Once, shipped: Shipped, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with hostile(mode) as settings:
        monkeypatch.setenv(BUS, settings[BUS])
        chain = Keychain(limit_s=1 if mode == "hangs" else LIMIT_S)
        assert said in refusal(Doors(shipped, clock, LEAST, chain=chain), folder)


def test_a_keychain_that_does_not_keep_changes_nothing(
    way_in: Doors, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with hostile("forgets") as settings:
        monkeypatch.setenv(BUS, settings[BUS])
        services = way_in.open(folder, PASSPHRASE)
        keys = services.keys.every()
        with pytest.raises(PeerMatchError, match="does not keep what it is given"):
            services.keychain.remember()
        assert services.keys.every() == keys
        services.lock()
    assert not way_in.remembers(folder)


def test_a_network_that_was_never_remembered_asks_no_keychain(
    shipped: Shipped, folder: Path, tmp_path: Path
) -> None:
    asked = tmp_path / "asked"
    spy = Keychain([sys.executable, "-c", f"open({str(asked)!r}, 'w', encoding='utf-8')"])
    assert Doors(shipped, clock, LEAST, chain=spy).open_by_keychain(folder) is None
    assert not asked.exists()


def test_a_note_that_names_another_key_is_not_believed(way_in: Doors, folder: Path) -> None:
    services = way_in.open(folder, PASSPHRASE)
    own, store = services.keys.own(), services.desk.store.source().keyfile.store
    services.lock()
    remembered.remember(store, own.id)
    assert way_in.open_by_keychain(folder) is None


def test_a_second_client_finds_one_entry_that_names_nobody(known: Once) -> None:
    store = known.store
    words = "import secretstorage, sys; b = secretstorage.dbus_init(); " + (
        "c = secretstorage.get_default_collection(b); "
        f"print([i.get_label() for i in c.search_items({{'service': {SERVICE!r}, 'username': sys.argv[1]}})])"
    )
    said = subprocess.run([sys.executable, "-c", words, store], capture_output=True, check=True, text=True)
    assert said.stdout.strip() == str([f"Password for '{store}' on '{SERVICE}'"])


def test_a_backup_made_since_opens_with_the_passphrase_alone(
    known: Once, way_in: Doors, folder: Path
) -> None:
    services = by_itself(way_in, folder)
    made = services.backups.make()
    with pytest.raises(CannotUnlock):
        services.backups.look(made.backup.path, "not the passphrase at all")
    services.backups.look(made.backup.path, PASSPHRASE)
    services.lock()
