"""Making, opening and changing the keys of a network: the verbs over store.keys."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar, NoReturn

from peermatch.errors import BadInput, CannotUnlock, Damaged, Refused, SystemRefused
from peermatch.store import keyfile as pmks
from peermatch.store import recovery
from peermatch.store.atomic import write_atomic
from peermatch.store.kdf import FLOOR, SALT_BYTES, Cost, Kdf, kek_of_passphrase, kek_of_random
from peermatch.store.keyfile import KeyFile, NewerThanProgram, Slot
from peermatch.store.keys import StoreKey, check_mac, new_slot, open_slot, seal, with_mac
from peermatch.store.passphrase import check_shape
from peermatch.store.system_refusal import refusal_of_system

KEYS = "store.keys"
KEYS_BAK = "store.keys.bak"
RECOVERY_LABEL = "recovery key"
DEVICE_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True, repr=False)
class PassphraseSecret:
    """A passphrase that somebody typed; it never shows itself."""

    kind: ClassVar[str] = "passphrase"
    text: str

    def kek(self, kdf: Kdf) -> bytes:
        """The key that it gives for one slot."""
        return kek_of_passphrase(self.text, kdf)


@dataclass(frozen=True, slots=True, repr=False)
class RecoverySecret:
    """A recovery key as it was typed from the paper; a typing mistake is named before anything is tried."""

    kind: ClassVar[str] = "recovery"
    text: str

    def kek(self, kdf: Kdf) -> bytes:
        """The key that it gives for one slot."""
        return kek_of_random(recovery.to_secret(self.text), kdf)


@dataclass(frozen=True, slots=True, repr=False)
class DeviceSecret:
    """What one computer keeps for its user: random bytes that open one slot there."""

    kind: ClassVar[str] = "device"
    secret: bytes

    def kek(self, kdf: Kdf) -> bytes:
        """The key that it gives for one slot."""
        return kek_of_random(self.secret, kdf)


GivenSecret = PassphraseSecret | RecoverySecret | DeviceSecret


class OnceDerived:
    """A secret whose derived keys are remembered while one network is opened: from a passphrase each takes a second."""

    __slots__ = ("_derived", "_secret", "kind")

    def __init__(self, secret: GivenSecret) -> None:
        self._secret, self.kind = secret, secret.kind
        self._derived: dict[Kdf, bytes] = {}

    def kek(self, kdf: Kdf) -> bytes:
        """The key that it gives for one slot."""
        if kdf not in self._derived:
            self._derived[kdf] = self._secret.kek(kdf)
        return self._derived[kdf]

    def forget(self) -> None:
        """It is open: nothing is derived any more."""
        self._derived.clear()


Secret = GivenSecret | OnceDerived


@dataclass(frozen=True, slots=True)
class NextKeys:
    """The keys of the epoch that comes next, on no disk yet: ``slot`` is the one that was made or changed."""

    keyfile: KeyFile
    key: StoreKey
    slot: str = ""


def create_keys(
    passphrase: str, label: str, cost: Cost, with_recovery: bool
) -> tuple[KeyFile, StoreKey, str | None]:
    """The keys of a new network: a passphrase slot and, if wanted, a recovery key, told once as text."""
    store = secrets.token_hex(16)
    slots = [_passphrase_slot(store, passphrase, label, cost)]
    text = None
    if with_recovery:
        slot, text = _recovery_slot(store)
        slots.append(slot)
    key = StoreKey.random()
    return seal(KeyFile(store=store, epoch=1, gen=1, slots=tuple(slots)), key), key, text


def unlock(keyfile: KeyFile, secret: Secret, slot_id: str | None = None) -> tuple[StoreKey, str]:
    """The store key and the slot that opened; ``slot_id`` says who asks, so that only one is tried.

    An unknown slot costs as much time as a wrong passphrase and says the same.
    """
    fitting = [slot for slot in keyfile.slots if slot.type == secret.kind and slot_id in (None, slot.id)]
    for slot in fitting:
        key = open_slot(keyfile, slot, secret.kek(slot.kdf))
        if key is not None:
            return key, slot.id
    if not fitting:
        secret.kek(_decoy(keyfile))
    raise CannotUnlock(
        "The passphrase or recovery key does not open this network.", "Check it and try again."
    )


def opens(keyfile: KeyFile, secret: Secret, slot_id: str) -> bool:
    """Whether a secret is that of one slot."""
    slot = keyfile.slot(slot_id)
    if slot is None or slot.type != secret.kind:
        return False
    key = open_slot(keyfile, slot, secret.kek(slot.kdf))
    if key is not None:
        key.wipe()
    return key is not None


def rotate(keyfile: KeyFile, key: StoreKey) -> NextKeys:
    """A new store key for the same holders; nobody has to type anything, for each slot has a key pair."""
    return _next(keyfile, key, keyfile.slots)


def add_person(keyfile: KeyFile, key: StoreKey, passphrase: str, label: str, cost: Cost) -> NextKeys:
    """One more person, who types their passphrase here."""
    return _next_with(keyfile, key, _passphrase_slot(keyfile.store, passphrase, label, cost))


def add_device(
    keyfile: KeyFile, key: StoreKey, label: str, secret: bytes, instead: Collection[str] = ()
) -> NextKeys:
    """One computer that keeps ``secret`` for its user; Refused where the lead does not allow it.

    The slots that it had before go in the same step.
    """
    if not keyfile.policy.device_slots:
        raise Refused("This network may not be kept unlocked on a computer.", "The lead decided so.")
    if len(secret) != DEVICE_SECRET_BYTES:
        raise ValueError("a device secret has 32 bytes")
    _check_label(label)
    kdf = Kdf(secrets.token_bytes(SALT_BYTES), None)
    slot = new_slot(keyfile.store, "device", label, _today(), kdf, kek_of_random(secret, kdf))
    kept = tuple(each for each in keyfile.slots if each.id not in instead)
    return _next(keyfile, key, (*kept, slot), slot.id)


def allow_devices(keyfile: KeyFile, key: StoreKey, *, allowed: bool) -> NextKeys:
    """Whether computers may keep the network for their users; where not, those that do open nothing any more."""
    policy = replace(keyfile.policy, device_slots=allowed)
    kept = tuple(each for each in keyfile.slots if allowed or each.type != DeviceSecret.kind)
    ahead = _next(keyfile, key, kept)
    return replace(ahead, keyfile=with_mac(replace(ahead.keyfile, policy=policy), ahead.key))


def change_passphrase(
    keyfile: KeyFile, key: StoreKey, slot_id: str, passphrase: str, label: str, cost: Cost
) -> NextKeys:
    """A new passphrase and a new key pair for one slot, which keeps its id; the old ones open nothing new."""
    old = keyfile.slot(slot_id)
    if old is None or old.type != PassphraseSecret.kind:
        raise BadInput("There is no such key with a passphrase.", "List the keys and choose one of them.")
    slot = _passphrase_slot(keyfile.store, passphrase, label, cost, slot_id)
    slots = tuple(slot if each is old else each for each in keyfile.slots)
    return _next(keyfile, key, slots, slot_id)


def draw_recovery() -> str:
    """A recovery key as text that opens nothing yet: it is first brought to paper and typed back."""
    return recovery.to_text(secrets.token_bytes(recovery.SECRET_BYTES))


def replace_recovery(keyfile: KeyFile, key: StoreKey, text: str) -> NextKeys:
    """The recovery key that stands on a paper already; every earlier one opens nothing from now on."""
    slot = _slot_of_recovery(keyfile.store, recovery.to_secret(text))
    kept = tuple(each for each in keyfile.slots if each.type != RecoverySecret.kind)
    return _next(keyfile, key, (*kept, slot), slot.id)


def remove_slots(keyfile: KeyFile, key: StoreKey, ids: Collection[str]) -> NextKeys:
    """The network without these ways in."""
    if not all(keyfile.slot(each) for each in ids):
        raise BadInput("There is no such key.", "List the keys and choose one of them.")
    kept = tuple(slot for slot in keyfile.slots if slot.id not in ids)
    if not kept:
        raise Refused("This is the last key: without it nobody could open the network.", "Add another first.")
    return _next(keyfile, key, kept)


def dump(keyfile: KeyFile, key: StoreKey) -> bytes:
    """The bytes of ``store.keys``, after checking that the mac is right."""
    check_mac(keyfile, key)
    return pmks.write(keyfile)


def write_keys(folder: Path, keyfile: KeyFile, key: StoreKey) -> None:
    """Put the keys on disk: ``store.keys`` is the one commit point, its copy follows at once."""
    data = dump(keyfile, key)
    write_atomic(folder / KEYS, data)
    write_atomic(folder / KEYS_BAK, data)


def stands(folder: Path, keys: NextKeys) -> bool | None:
    """Whether these are the keys in ``store.keys``; None where it cannot be read just now."""
    try:
        return _bytes_of(folder / KEYS) == dump(keys.keyfile, keys.key)
    except SystemRefused:
        return None


def keep_copy_equal(folder: Path, keyfile: KeyFile, key: StoreKey) -> bool:
    """Mend ``store.keys`` or its copy where a crash or damage left them different; say whether it was so.

    An older copy would still let in somebody who was removed, so it never stays.
    """
    data = dump(keyfile, key)
    if all(_bytes_of(folder / name) == data for name in (KEYS, KEYS_BAK)):
        return False
    write_keys(folder, keyfile, key)
    return True


def read_keys(folder: Path) -> tuple[KeyFile, bool]:
    """The keys of the network in a folder, and whether the copy had to serve for a damaged first."""
    if not folder.is_dir():
        raise BadInput(f"There is no network at {folder}.", "Check the name of the folder.")
    trouble: Damaged | None = None
    for name in (KEYS, KEYS_BAK):
        data = _bytes_of(folder / name)
        if data is None:
            continue
        try:
            return pmks.parse(data), name == KEYS_BAK
        except NewerThanProgram:
            raise
        except Damaged as damaged:
            trouble = trouble or damaged
    raise trouble or _missing(folder)


def _missing(folder: Path) -> Damaged:
    return Damaged(f"The key file of the network {folder.name} is missing.", "Restore the newest backup.")


def _bytes_of(path: Path) -> bytes | None:
    """What the file holds, one byte more than the format allows at most; None where there is no such file."""
    if not path.is_file():
        return None
    try:
        with path.open("rb") as source:
            return source.read(pmks.LARGEST + 1)
    except OSError as error:
        raise refusal_of_system(error, f"{path.name} could not be read") from None


def _next(keyfile: KeyFile, key: StoreKey, slots: tuple[Slot, ...], about: str = "") -> NextKeys:
    """The next epoch's file under a new store key, sealed only to those who stay.

    The public keys are those that the present mac vouches for, so nobody outside can put theirs in.
    """
    check_mac(keyfile, key)
    if len(slots) > pmks.MOST_SLOTS:
        _too_many()
    fresh = StoreKey.random()
    ahead = replace(keyfile, epoch=keyfile.epoch + 1, gen=keyfile.gen + 1, slots=slots)
    return NextKeys(seal(ahead, fresh), fresh, about)


def _next_with(keyfile: KeyFile, key: StoreKey, slot: Slot) -> NextKeys:
    return _next(keyfile, key, (*keyfile.slots, slot), slot.id)


def _too_many() -> NoReturn:
    raise BadInput(f"A network has {pmks.MOST_SLOTS} keys at most.", "Remove one that is no longer used.")


def _passphrase_slot(store: str, passphrase: str, label: str, cost: Cost, slot_id: str | None = None) -> Slot:
    check_shape(passphrase)
    _check_label(label)
    kdf = Kdf(secrets.token_bytes(SALT_BYTES), cost)
    kek = kek_of_passphrase(passphrase, kdf)
    return new_slot(store, "passphrase", label, _today(), kdf, kek, slot_id)


def _check_label(label: str) -> None:
    if not label.isprintable() or not 1 <= len(label) <= pmks.LONGEST_LABEL:
        raise BadInput(
            f"The label of a key needs 1 to {pmks.LONGEST_LABEL} plain characters.", "Name the role."
        )


def _recovery_slot(store: str) -> tuple[Slot, str]:
    secret = secrets.token_bytes(recovery.SECRET_BYTES)
    return _slot_of_recovery(store, secret), recovery.to_text(secret)


def _slot_of_recovery(store: str, secret: bytes) -> Slot:
    kdf = Kdf(secrets.token_bytes(SALT_BYTES), None)
    return new_slot(store, "recovery", RECOVERY_LABEL, _today(), kdf, kek_of_random(secret, kdf))


def _decoy(keyfile: KeyFile) -> Kdf:
    costs = [slot.kdf.cost for slot in keyfile.slots if slot.kdf.cost is not None]
    return Kdf(bytes(SALT_BYTES), costs[0] if costs else FLOOR)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
