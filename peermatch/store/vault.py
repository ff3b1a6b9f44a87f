"""Making, opening and changing the keys of a network: the verbs over store.keys."""

import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar, NoReturn

from peermatch.errors import BadInput, CannotUnlock, Damaged
from peermatch.store import keyfile as pmks
from peermatch.store import recovery
from peermatch.store.atomic import write_atomic
from peermatch.store.kdf import FLOOR, SALT_BYTES, Cost, Kdf, kek_of_passphrase, kek_of_random
from peermatch.store.keyfile import KeyFile, NewerThanProgram, Slot
from peermatch.store.keys import StoreKey, check_mac, new_slot, open_slot, seal
from peermatch.store.passphrase import check_shape
from peermatch.store.refusal import refusal_of_system

KEYS = "store.keys"
KEYS_BAK = "store.keys.bak"
RECOVERY_LABEL = "recovery key"


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


Secret = PassphraseSecret | RecoverySecret


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


def add_passphrase(keyfile: KeyFile, key: StoreKey, passphrase: str, label: str, cost: Cost) -> KeyFile:
    """One more way in, for a second person who types their passphrase here."""
    return _with_slot(keyfile, key, _passphrase_slot(keyfile.store, passphrase, label, cost))


def add_recovery(keyfile: KeyFile, key: StoreKey) -> tuple[KeyFile, str]:
    """One more recovery key; the text is shown once and kept nowhere."""
    slot, text = _recovery_slot(keyfile.store)
    return _with_slot(keyfile, key, slot), text


def dump(keyfile: KeyFile, key: StoreKey) -> bytes:
    """The bytes of ``store.keys``, after checking that the mac is right."""
    check_mac(keyfile, key)
    return pmks.write(keyfile)


def write_keys(folder: Path, keyfile: KeyFile, key: StoreKey) -> None:
    """Put the keys on disk: ``store.keys`` is the one commit point, its copy follows at once."""
    data = dump(keyfile, key)
    write_atomic(folder / KEYS, data)
    write_atomic(folder / KEYS_BAK, data)


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


def _with_slot(keyfile: KeyFile, key: StoreKey, slot: Slot) -> KeyFile:
    check_mac(keyfile, key)
    if len(keyfile.slots) >= pmks.MOST_SLOTS:
        _too_many()
    return seal(replace(keyfile, gen=keyfile.gen + 1, slots=(*keyfile.slots, slot)), key)


def _too_many() -> NoReturn:
    raise BadInput(f"A network has {pmks.MOST_SLOTS} keys at most.", "Remove one that is no longer used.")


def _passphrase_slot(store: str, passphrase: str, label: str, cost: Cost) -> Slot:
    check_shape(passphrase)
    if not label.isprintable() or not 1 <= len(label) <= pmks.LONGEST_LABEL:
        raise BadInput(
            f"The label of a key needs 1 to {pmks.LONGEST_LABEL} plain characters.", "Name the role."
        )
    kdf = Kdf(secrets.token_bytes(SALT_BYTES), cost)
    return new_slot(store, "passphrase", label, _today(), kdf, kek_of_passphrase(passphrase, kdf))


def _recovery_slot(store: str) -> tuple[Slot, str]:
    secret = secrets.token_bytes(recovery.SECRET_BYTES)
    kdf = Kdf(secrets.token_bytes(SALT_BYTES), None)
    slot = new_slot(store, "recovery", RECOVERY_LABEL, _today(), kdf, kek_of_random(secret, kdf))
    return slot, recovery.to_text(secret)


def _decoy(keyfile: KeyFile) -> Kdf:
    costs = [slot.kdf.cost for slot in keyfile.slots if slot.kdf.cost is not None]
    return Kdf(bytes(SALT_BYTES), costs[0] if costs else FLOOR)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
