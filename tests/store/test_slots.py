"""Slots that come, change and go: each step is a new epoch's keys, sealed to those who stay and to nobody else."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from peermatch.errors import BadInput, CannotUnlock, Damaged, Refused
from peermatch.store import vault
from peermatch.store.kdf import LEAST
from peermatch.store.keyfile import MOST_SLOTS, KeyFile, Policy, parse
from peermatch.store.keys import StoreKey, with_mac
from peermatch.store.vault import DeviceSecret, NextKeys, PassphraseSecret, RecoverySecret

SECOND = "a passphrase of somebody else"
DEVICE = bytes(range(32))
VERBS: dict[str, Callable[[KeyFile, StoreKey], NextKeys]] = {
    "rotate": vault.rotate,
    "add a person": lambda keys, key: vault.add_person(keys, key, SECOND, "lead", LEAST),
    "add a computer": lambda keys, key: vault.add_device(keys, key, "laptop", DEVICE),
    "change": lambda keys, key: vault.change_passphrase(keys, key, keys.slots[0].id, SECOND, "lead", LEAST),
    "remove": lambda keys, key: vault.remove_slots(keys, key, (keys.slots[1].id,)),
    "replace the paper": lambda keys, key: vault.replace_recovery(keys, key, vault.draw_recovery()),
}


def opens(keys: KeyFile, secret: vault.Secret) -> bool:
    try:
        vault.unlock(keys, secret)
    except CannotUnlock:
        return False
    return True


@pytest.mark.parametrize("verb", VERBS)
def test_each_change_is_the_next_epoch_under_a_new_key(made: Any, verb: str) -> None:
    ahead = VERBS[verb](made.keyfile, made.key)
    assert (ahead.keyfile.epoch, ahead.keyfile.gen) == (made.keyfile.epoch + 1, made.keyfile.gen + 1)
    assert ahead.key.db_key_hex() != made.key.db_key_hex()
    assert ahead.keyfile.store == made.keyfile.store
    assert parse(vault.dump(ahead.keyfile, ahead.key)) == ahead.keyfile
    boxes = {slot.box for slot in made.keyfile.slots}
    assert boxes.isdisjoint(slot.box for slot in ahead.keyfile.slots)


@pytest.mark.parametrize("verb", VERBS)
def test_no_change_starts_from_keys_that_somebody_else_altered(made: Any, verb: str) -> None:
    for forged in (
        replace(made.keyfile, gen=made.keyfile.gen + 1),
        with_mac(made.keyfile, StoreKey.random()),
    ):
        with pytest.raises(Damaged, match="changed by something other"):
            VERBS[verb](forged, made.key)


def test_a_public_key_that_was_swapped_gets_no_seal(made: Any) -> None:
    first, paper = made.keyfile.slots
    forged = replace(made.keyfile, slots=(replace(first, pub=paper.pub), paper))
    with pytest.raises(Damaged):
        vault.rotate(forged, made.key)


def test_after_a_rotation_everybody_opens_as_before(made: Any) -> None:
    ahead = vault.rotate(made.keyfile, made.key)
    key, slot = vault.unlock(ahead.keyfile, made.by_passphrase)
    assert (key.db_key_hex(), slot) == (ahead.key.db_key_hex(), made.keyfile.slots[0].id)
    assert opens(ahead.keyfile, made.by_recovery)
    assert ahead.slot == ""


def test_a_changed_slot_keeps_its_id_and_has_a_new_key_pair(made: Any) -> None:
    before = made.keyfile.slots[0]
    ahead = vault.change_passphrase(made.keyfile, made.key, before.id, SECOND, "lead", LEAST)
    after = ahead.keyfile.slot(before.id)
    assert after is not None
    assert ahead.slot == before.id
    assert (after.pub, after.kdf.salt, after.nonce) != (before.pub, before.kdf.salt, before.nonce)
    assert after.pub != before.pub
    assert opens(ahead.keyfile, PassphraseSecret(SECOND))
    assert not opens(ahead.keyfile, made.by_passphrase)
    assert opens(made.keyfile, made.by_passphrase)


def test_the_old_half_of_a_changed_slot_does_not_fit_the_new_box(made: Any) -> None:
    before = made.keyfile.slots[0]
    ahead = vault.change_passphrase(made.keyfile, made.key, before.id, SECOND, "lead", LEAST)
    after = ahead.keyfile.slot(before.id)
    assert after is not None
    mixed = replace(ahead.keyfile, slots=(replace(before, box=after.box), *ahead.keyfile.slots[1:]))
    with pytest.raises(Damaged):
        vault.unlock(mixed, made.by_passphrase)


def test_a_computer_opens_with_what_it_keeps(made: Any) -> None:
    ahead = vault.add_device(made.keyfile, made.key, "laptop", DEVICE)
    _, slot = vault.unlock(ahead.keyfile, DeviceSecret(DEVICE))
    assert slot == ahead.slot
    assert not opens(ahead.keyfile, DeviceSecret(bytes(32)))
    assert "0102" not in repr(DeviceSecret(DEVICE))


def test_a_computer_keeps_nothing_where_the_lead_forbids_it(made: Any) -> None:
    strict = with_mac(replace(made.keyfile, policy=Policy(device_slots=False)), made.key)
    with pytest.raises(Refused, match="may not be kept unlocked"):
        vault.add_device(strict, made.key, "laptop", DEVICE)


def test_a_short_device_secret_is_a_fault_of_the_program(made: Any) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        vault.add_device(made.keyfile, made.key, "laptop", b"short")


def test_a_label_of_a_computer_is_plain(made: Any) -> None:
    for label in ("", "x" * 65, "lap\ntop"):
        with pytest.raises(BadInput, match="label"):
            vault.add_device(made.keyfile, made.key, label, DEVICE)


def test_the_paper_that_counts_is_the_last_one(made: Any) -> None:
    text = vault.draw_recovery()
    ahead = vault.replace_recovery(made.keyfile, made.key, text)
    assert opens(ahead.keyfile, RecoverySecret(text))
    assert not opens(ahead.keyfile, made.by_recovery)
    assert [slot.type for slot in ahead.keyfile.slots] == ["passphrase", "recovery"]


def test_a_mistyped_paper_replaces_nothing(made: Any) -> None:
    text = vault.draw_recovery()
    with pytest.raises(CannotUnlock, match="typing mistake"):
        vault.replace_recovery(made.keyfile, made.key, ("1" if text[0] != "1" else "2") + text[1:])


def test_who_is_removed_is_in_no_slot_and_cannot_open(made: Any) -> None:
    ahead = vault.remove_slots(made.keyfile, made.key, (made.keyfile.slots[0].id,))
    assert not opens(ahead.keyfile, made.by_passphrase)
    assert opens(ahead.keyfile, made.by_recovery)


def test_the_last_key_and_an_unknown_one_are_not_removed(made: Any) -> None:
    with pytest.raises(Refused, match="the last key"):
        vault.remove_slots(made.keyfile, made.key, tuple(slot.id for slot in made.keyfile.slots))
    with pytest.raises(BadInput, match="no such key"):
        vault.remove_slots(made.keyfile, made.key, ("0" * 16,))


def test_only_a_passphrase_is_changed(made: Any) -> None:
    for slot in (made.keyfile.slots[1].id, "0" * 16):
        with pytest.raises(BadInput, match="no such key"):
            vault.change_passphrase(made.keyfile, made.key, slot, SECOND, "lead", LEAST)


def test_there_are_as_many_keys_as_the_format_allows(made: Any) -> None:
    keys, key = made.keyfile, made.key
    while len(keys.slots) < MOST_SLOTS:
        ahead = vault.add_device(keys, key, "laptop", DEVICE)
        keys, key = ahead.keyfile, ahead.key
    with pytest.raises(BadInput, match="32 keys at most"):
        vault.add_device(keys, key, "laptop", DEVICE)


def test_only_the_slot_s_own_secret_confirms_it(made: Any) -> None:
    first, paper = (slot.id for slot in made.keyfile.slots)
    assert vault.opens(made.keyfile, made.by_passphrase, first)
    assert vault.opens(made.keyfile, made.by_recovery, paper)
    assert not vault.opens(made.keyfile, PassphraseSecret(SECOND), first)
    assert not vault.opens(made.keyfile, made.by_passphrase, paper)
    assert not vault.opens(made.keyfile, made.by_passphrase, "0" * 16)
