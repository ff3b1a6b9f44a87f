"""Making, opening and changing the keys of a network, on real files."""

import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from peermatch.errors import BadInput, CannotUnlock, Damaged, SystemRefused
from peermatch.store import lock_policy, vault
from peermatch.store.atomic import write_atomic
from peermatch.store.kdf import FLOOR, Cost
from peermatch.store.keyfile import MOST_SLOTS, NewerThanProgram, parse, write
from peermatch.store.keys import StoreKey, seal
from peermatch.store.vault import PassphraseSecret, RecoverySecret, read_keys, unlock, write_keys

SECRET = bytes(range(32))

Change = Callable[[dict[str, Any]], object]


def test_passphrase_and_recovery_key_open_the_same_network(made: Any) -> None:
    by_passphrase, lead = unlock(made.keyfile, made.by_passphrase)
    by_paper, paper = unlock(made.keyfile, made.by_recovery)
    assert by_passphrase.db_key_hex() == by_paper.db_key_hex() == made.key.db_key_hex()
    assert (lead, paper) == tuple(slot.id for slot in made.keyfile.slots)


def test_a_network_without_a_recovery_key_says_so() -> None:
    keyfile, _, text = vault.create_keys("another long passphrase", "lead", FLOOR, False)
    assert text is None
    assert not keyfile.has_recovery
    with pytest.raises(CannotUnlock):
        unlock(keyfile, RecoverySecret("0" * 56))


def test_composed_and_decomposed_letters_are_the_same_passphrase(made: Any) -> None:
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        typed = unicodedata.normalize(form, made.passphrase)
        assert unlock(made.keyfile, PassphraseSecret(typed))[1] == made.keyfile.slots[0].id


@pytest.mark.parametrize(
    "passphrase",
    [" leading and trailing space ", "🦔🦔🦔 hedgehogs at night 🦔", "x" * 1024, "Straße nach Łódź 北京"],
    ids=["spaces", "emoji", "1,024 characters", "many scripts"],
)
def test_any_text_may_be_a_passphrase(passphrase: str) -> None:
    keyfile, key, _ = vault.create_keys(passphrase, "lead", FLOOR, False)
    assert unlock(keyfile, PassphraseSecret(passphrase))[0].db_key_hex() == key.db_key_hex()
    if passphrase.strip() != passphrase:
        with pytest.raises(CannotUnlock):
            unlock(keyfile, PassphraseSecret(passphrase.strip()))


def test_every_wrong_secret_is_told_in_the_same_words(made: Any) -> None:
    lead, paper = (slot.id for slot in made.keyfile.slots)
    other = vault.create_keys("another long passphrase", "lead", FLOOR, True)[2]
    assert other is not None
    wrong: list[tuple[vault.Secret, str | None]] = [
        (PassphraseSecret(made.passphrase + " "), None),
        (PassphraseSecret(""), lead),
        (PassphraseSecret("x" * 5000), lead),
        (PassphraseSecret("\0"), lead),
        (PassphraseSecret("\ud800"), lead),
        (PassphraseSecret(made.passphrase), "0" * 16),
        (PassphraseSecret(made.passphrase), paper),
        (RecoverySecret(other), None),
        (RecoverySecret(other), lead),
        (RecoverySecret(made.recovery), lead),
    ]
    told = set()
    for secret, slot in wrong:
        with pytest.raises(CannotUnlock) as refusal:
            unlock(made.keyfile, secret, slot)
        told.add(str(refusal.value))
        assert refusal.value.exit_code == 4
    assert len(told) == 1


def test_an_unknown_slot_takes_as_long_as_a_wrong_passphrase(made: Any) -> None:
    def seconds(slot: str) -> float:
        start = time.perf_counter()
        with pytest.raises(CannotUnlock):
            unlock(made.keyfile, PassphraseSecret("a wrong one"), slot)
        return time.perf_counter() - start

    known, unknown = (min(seconds(slot) for _ in range(2)) for slot in (made.keyfile.slots[0].id, "0" * 16))
    assert unknown > known / 3


def test_a_network_whose_slots_are_all_recovery_keys_still_says_the_same(made: Any) -> None:
    only_paper = seal(replace(made.keyfile, slots=made.keyfile.slots[1:]), made.key)
    with pytest.raises(CannotUnlock):
        unlock(only_paper, made.by_passphrase)


def test_a_typing_mistake_in_a_recovery_key_is_named(made: Any) -> None:
    wrong = "Z" if made.recovery[7] != "Z" else "Y"
    with pytest.raises(CannotUnlock, match=r"typing mistake. Character 3 of group 2 \(.\) is wrong"):
        unlock(made.keyfile, RecoverySecret(made.recovery[:7] + wrong + made.recovery[8:]))


def test_secrets_do_not_show_themselves(made: Any) -> None:
    assert made.passphrase not in repr(made.by_passphrase)
    assert made.recovery not in repr(made.by_recovery)


ALTERED: dict[str, Change] = {
    "the lead's slot deleted": lambda fields: fields["slots"].pop(0),
    "slots swapped": lambda fields: fields["slots"].reverse(),
    "a role": lambda fields: fields["slots"][0].update(label="owner"),
    "a day": lambda fields: fields["slots"][0].update(created="2020-01-01"),
    "generation": lambda fields: fields.update(gen=2),
    "policy": lambda fields: fields["policy"].update(device_slots=False),
    "idle time": lambda fields: fields["policy"].update(idle_s=86_400),
    "epoch with its file": lambda fields: fields.update(epoch=2, db="store-000002.db"),
    "store id": lambda fields: fields.update(store="ab" * 16),
    "the other's nonce": lambda fields: fields["slots"][0].update(nonce=fields["slots"][1]["nonce"]),
    "a cheaper passphrase": lambda fields: fields["slots"][0]["kdf"].update(t=1),
    "paper kept as a device": lambda fields: fields["slots"][1].update(type="device"),
}
SWAPPED = [(slot, name) for slot in (0, 1) for name in ("pub", "esk", "box")]


@pytest.mark.parametrize("change", ALTERED.values(), ids=ALTERED.keys())
def test_an_altered_field_is_found_with_the_recovery_key(change: Change, made: Any, forge: Any) -> None:
    with pytest.raises((Damaged, CannotUnlock)):
        unlock(parse(forge(change)), made.by_recovery)


@pytest.mark.parametrize(("slot", "name"), SWAPPED)
def test_swapped_keys_and_boxes_are_found(
    slot: int, name: str, made: Any, forge: Any, swapped: Callable[[str], str]
) -> None:
    def change(fields: dict[str, Any]) -> None:
        fields["slots"][slot][name] = swapped(fields["slots"][slot][name])

    with pytest.raises((Damaged, CannotUnlock)):
        unlock(parse(forge(change)), made.by_recovery)


def test_a_forged_mac_is_found(made: Any, forge: Any, swapped: Callable[[str], str]) -> None:
    data = forge(lambda fields: fields.update(mac=swapped(fields["mac"])))
    for secret in (made.by_passphrase, made.by_recovery):
        with pytest.raises(Damaged, match="other than PeerMatch"):
            unlock(parse(data), secret)


def test_a_stranger_s_slot_does_not_let_them_in_nor_pass_unseen(made: Any) -> None:
    strange, _, paper = vault.create_keys("the stranger's passphrase", "lead", FLOOR, True)
    assert paper is not None
    mixed = replace(made.keyfile, slots=(*made.keyfile.slots, *strange.slots))
    with pytest.raises((Damaged, CannotUnlock)):
        unlock(mixed, RecoverySecret(paper))
    with pytest.raises(Damaged):
        unlock(mixed, made.by_recovery)


def test_nobody_without_the_store_key_adds_a_slot(made: Any) -> None:
    with pytest.raises(Damaged):
        vault.add_device(made.keyfile, StoreKey.random(), "computer", SECRET)


def test_a_network_has_a_limited_number_of_slots(made: Any) -> None:
    keyfile, key = made.keyfile, made.key
    for _ in range(MOST_SLOTS - len(keyfile.slots)):
        ahead = vault.add_device(keyfile, key, "computer", SECRET)
        keyfile, key = ahead.keyfile, ahead.key
    assert parse(write(keyfile)) == keyfile
    with pytest.raises(BadInput, match="32 keys at most"):
        vault.add_device(keyfile, key, "computer", SECRET)


@pytest.mark.parametrize("label", ["", "x" * 65, "lead\n"])
def test_a_label_that_the_format_cannot_hold_is_refused(label: str) -> None:
    with pytest.raises(BadInput, match="label"):
        vault.create_keys("a good long passphrase", label, FLOOR, False)


@pytest.mark.parametrize("passphrase", ["fourteen chars", "x" * 1025, "a long one with \0 inside"])
def test_a_new_passphrase_of_wrong_shape_makes_no_keys(passphrase: str) -> None:
    with pytest.raises(BadInput, match="passphrase"):
        vault.create_keys(passphrase, "lead", FLOOR, False)


def test_keys_are_read_as_they_were_written_and_twice(made: Any, folder: Path) -> None:
    assert read_keys(folder) == (made.keyfile, False)
    first, copy = (folder / vault.KEYS).read_bytes(), (folder / vault.KEYS_BAK).read_bytes()
    assert first == copy == vault.dump(made.keyfile, made.key)
    assert not vault.keep_copy_equal(folder, made.keyfile, made.key)


@pytest.mark.parametrize("damage", ["flipped", "cut", "empty", "missing", "huge", "a folder"])
def test_the_copy_serves_for_a_damaged_first_and_the_first_is_mended(
    damage: str, made: Any, folder: Path
) -> None:
    path = folder / vault.KEYS
    spoil(path, damage)
    keyfile, from_copy = read_keys(folder)
    assert (keyfile, from_copy) == (made.keyfile, True)
    if damage == "a folder":
        path.rmdir()
    assert vault.keep_copy_equal(folder, keyfile, made.key)
    assert read_keys(folder) == (made.keyfile, False)


@pytest.mark.parametrize("damage", ["flipped", "cut", "empty", "missing", "huge", "a folder"])
def test_both_damaged_is_said_and_nothing_is_changed(damage: str, folder: Path) -> None:
    for name in (vault.KEYS, vault.KEYS_BAK):
        spoil(folder / name, damage)
    before = sorted((path.name, path.stat().st_size) for path in folder.iterdir())
    with pytest.raises(Damaged) as refusal:
        read_keys(folder)
    assert refusal.value.hint == "Restore the newest backup."
    assert sorted((path.name, path.stat().st_size) for path in folder.iterdir()) == before


def spoil(path: Path, damage: str) -> None:
    data = path.read_bytes()
    path.unlink()
    if damage == "a folder":
        path.mkdir()
    elif damage == "huge":
        with path.open("wb") as target:
            target.write(data)
            target.truncate(100_000_000)
    elif damage != "missing":
        spoiled = {"flipped": data[:50] + b"!" + data[51:], "cut": data[:-30], "empty": b""}
        path.write_bytes(spoiled[damage])


def test_a_copy_left_behind_by_a_crash_is_brought_up_to_date(made: Any, folder: Path) -> None:
    grown = lock_policy.with_idle(made.keyfile, made.key, 60)
    write_atomic(folder / vault.KEYS, vault.dump(grown, made.key))
    assert parse((folder / vault.KEYS_BAK).read_bytes()) == made.keyfile
    assert vault.keep_copy_equal(folder, grown, made.key)
    assert parse((folder / vault.KEYS_BAK).read_bytes()) == grown


def test_a_newer_network_is_not_opened_from_an_older_copy(folder: Path, forge: Any) -> None:
    newer = forge(lambda fields: fields.update(v=99))
    (folder / vault.KEYS).write_bytes(newer)
    with pytest.raises(NewerThanProgram):
        read_keys(folder)
    assert (folder / vault.KEYS).read_bytes() == newer


def test_a_folder_that_is_not_there_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no network at"):
        read_keys(tmp_path / "none.peermatch")
    assert list(tmp_path.iterdir()) == []


def test_keys_that_may_not_be_read_are_the_system_s_refusal(read_only: Path) -> None:
    with pytest.raises(SystemRefused, match="could not be read"):
        read_keys(read_only)


def test_keys_whose_mac_is_not_theirs_are_not_written(made: Any, tmp_path: Path) -> None:
    with pytest.raises(Damaged):
        write_keys(tmp_path, replace(made.keyfile, gen=9), made.key)
    assert list(tmp_path.iterdir()) == []


POOR = """
import resource, sys
from pathlib import Path
from peermatch.errors import PeerMatchError
from peermatch.store.keyfile import parse
from peermatch.store.vault import PassphraseSecret, unlock
keyfile = parse(Path(sys.argv[1]).read_bytes())
resource.setrlimit(resource.RLIMIT_AS, (700 << 20, 700 << 20))
try:
    unlock(keyfile, PassphraseSecret("a passphrase, no matter which"))
except PeerMatchError as refusal:
    print(type(refusal).__name__, refusal)
"""


def test_too_little_memory_is_not_called_a_wrong_passphrase(made: Any, tmp_path: Path) -> None:
    lead = made.keyfile.slots[0]
    dear = replace(lead, kdf=replace(lead.kdf, cost=Cost(m=1024 * 1024, t=1, p=1)))
    path = tmp_path / "store.keys"
    path.write_bytes(write(replace(made.keyfile, slots=(dear,))))
    done = subprocess.run(
        [sys.executable, "-c", POOR, str(path)], capture_output=True, text=True, check=True, cwd=Path.cwd()
    )
    assert done.stdout.startswith("SystemRefused There is not enough memory to open the network: 1024 MB")
    assert done.stderr == ""
