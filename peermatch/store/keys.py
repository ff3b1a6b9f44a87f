"""The key hierarchy: the store key, what is derived from it, and the slots that it is sealed to (HPKE)."""

import hmac
import secrets
from dataclasses import replace
from typing import NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from peermatch.errors import Damaged
from peermatch.store.kdf import KEY_BYTES, Kdf, hkdf
from peermatch.store.keyfile import KeyFile, Slot, canonical, kdf_json, unsealed


class StoreKey:
    """The 32 bytes that open one epoch of a network, in one place that can be wiped.

    Python cannot wipe the strings that a library was given; this keeps the copies few.
    """

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_BYTES:
            raise ValueError("a store key has 32 bytes")
        self._secret = bytearray(secret)

    @classmethod
    def random(cls) -> "StoreKey":
        """A new key, for a new network or a new epoch."""
        return cls(secrets.token_bytes(KEY_BYTES))

    def db_key_hex(self) -> str:
        """The raw key of the SQLCipher file: 64 hex digits; a shorter one would be taken as a passphrase."""
        return hkdf(self._living(), b"peermatch/db/v1").hex()

    def mac_key(self) -> bytes:
        """The key of the mac over ``store.keys``."""
        return hkdf(self._living(), b"peermatch/slots-mac/v1")

    def wipe(self) -> None:
        """Overwrite the key; from here on it opens nothing."""
        for place in range(len(self._secret)):
            self._secret[place] = 0
        self._secret = bytearray()

    def seal_to(self, pub: bytes, info: bytes) -> bytes:
        """The key as only the holder of that slot's private half can read it."""
        return _suite().encrypt(self._living(), X25519PublicKey.from_public_bytes(pub), info=info)

    def _living(self) -> bytearray:
        if not self._secret:
            raise RuntimeError("the store key was wiped")
        return self._secret

    def __repr__(self) -> str:
        return "StoreKey(hidden)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a store key is not copied")


def new_slot(
    store: str, kind: str, label: str, created: str, kdf: Kdf, kek: bytes, slot_id: str | None = None
) -> Slot:
    """A slot with a key pair of its own, not yet sealed to (its box is empty); the id of the one it replaces stays."""
    private = X25519PrivateKey.generate()
    bare = Slot(
        id=slot_id or secrets.token_hex(8),
        type=kind,
        label=label,
        created=created,
        kdf=kdf,
        nonce=secrets.token_bytes(12),
        pub=private.public_key().public_bytes_raw(),
        esk=b"",
        box=b"",
    )
    locked = AESGCM(kek).encrypt(bare.nonce, private.private_bytes_raw(), _slot_aad(store, bare))
    return replace(bare, esk=locked)


def open_slot(keyfile: KeyFile, slot: Slot, kek: bytes) -> StoreKey | None:
    """The store key, or None where the secret is not this slot's; Damaged where the slot was altered."""
    try:
        private = AESGCM(kek).decrypt(slot.nonce, slot.esk, _slot_aad(keyfile.store, slot))
    except InvalidTag:
        return None
    try:
        own = X25519PrivateKey.from_private_bytes(private)
        secret = _suite().decrypt(slot.box, own, info=_box_info(keyfile, slot))
        key = StoreKey(secret)
    except (InvalidTag, ValueError):
        altered()
    check_mac(keyfile, key)
    return key


def seal(keyfile: KeyFile, key: StoreKey) -> KeyFile:
    """The key file with the store key sealed to every slot and the mac over all of it."""
    boxed = tuple(
        replace(slot, box=key.seal_to(slot.pub, _box_info(keyfile, slot))) for slot in keyfile.slots
    )
    return with_mac(replace(keyfile, slots=boxed), key)


def with_mac(keyfile: KeyFile, key: StoreKey) -> KeyFile:
    """The key file with its mac made anew."""
    return replace(keyfile, mac=_mac(keyfile, key))


def check_mac(keyfile: KeyFile, key: StoreKey) -> None:
    """Damaged unless somebody who held the store key wrote every field of the file."""
    if not hmac.compare_digest(keyfile.mac, _mac(keyfile, key)):
        altered()


def altered() -> NoReturn:
    """Say that the checksum was right but the content is not what we wrote: somebody changed it."""
    raise Damaged(
        "The key file of this network was changed by something other than PeerMatch.",
        "Restore the newest backup.",
    )


def _mac(keyfile: KeyFile, key: StoreKey) -> bytes:
    return hmac.digest(key.mac_key(), canonical(unsealed(keyfile)), "sha256")


def _slot_aad(store: str, slot: Slot) -> bytes:
    return canonical({"store": store, "v": 1, "id": slot.id, "type": slot.type, "kdf": kdf_json(slot.kdf)})


def _box_info(keyfile: KeyFile, slot: Slot) -> bytes:
    return canonical({"store": keyfile.store, "epoch": keyfile.epoch, "db": keyfile.db, "slot": slot.id})


def _suite() -> Suite:
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
