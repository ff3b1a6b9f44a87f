"""The key hierarchy, checked against a second reading made from the standard library and the RFCs."""

import base64
import copy
import hashlib
import hmac
import json
import pickle
import struct
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from peermatch.errors import Damaged
from peermatch.store.kdf import Kdf
from peermatch.store.keyfile import write
from peermatch.store.keys import StoreKey, check_mac, new_slot, open_slot, seal


def extract(salt: bytes, secret: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), secret, "sha256")


def expand(key: bytes, info: bytes, size: int) -> bytes:
    made = block = b""
    for count in range(1, -(-size // 32) + 1):
        block = hmac.digest(key, block + info + bytes([count]), "sha256")
        made += block
    return made[:size]


def rfc5869(secret: bytes, info: bytes, salt: bytes = b"") -> bytes:
    return expand(extract(salt, secret), info, 32)


def rfc9180_open(box: bytes, private: X25519PrivateKey, info: bytes) -> bytes:
    """HPKE base mode by hand: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM."""
    kem = b"KEM" + struct.pack(">H", 0x0020)
    suite = b"HPKE" + struct.pack(">HHH", 0x0020, 0x0001, 0x0002)

    def labeled_extract(part: bytes, salt: bytes, label: bytes, secret: bytes) -> bytes:
        return extract(salt, b"HPKE-v1" + part + label + secret)

    def labeled_expand(part: bytes, key: bytes, label: bytes, context: bytes, size: int) -> bytes:
        return expand(key, struct.pack(">H", size) + b"HPKE-v1" + part + label + context, size)

    sender, sealed = box[:32], box[32:]
    shared = private.exchange(X25519PublicKey.from_public_bytes(sender))
    context = sender + private.public_key().public_bytes_raw()
    secret = labeled_expand(kem, labeled_extract(kem, b"", b"eae_prk", shared), b"shared_secret", context, 32)
    schedule = (
        b"\0"
        + labeled_extract(suite, b"", b"psk_id_hash", b"")
        + labeled_extract(suite, b"", b"info_hash", info)
    )
    prk = labeled_extract(suite, secret, b"secret", b"")
    key = labeled_expand(suite, prk, b"key", schedule, 32)
    nonce = labeled_expand(suite, prk, b"base_nonce", schedule, 12)
    return AESGCM(key).decrypt(nonce, sealed, b"")


def canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def recovery_bytes(text: str) -> bytes:
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    bits = "".join(f"{alphabet.index(sign):05b}" for sign in text.replace("-", ""))
    return bytes(int(bits[start : start + 8], 2) for start in range(0, 256, 8))


def test_a_second_reading_of_the_format_finds_the_same_keys(made: Any) -> None:
    fields = json.loads(write(made.keyfile).split(b"\n")[1])
    slot = next(slot for slot in fields["slots"] if slot["type"] == "recovery")
    raw = {name: base64.b64decode(slot[name]) for name in ("nonce", "pub", "esk", "box")}
    salt = base64.b64decode(slot["kdf"]["salt"])

    kek = rfc5869(recovery_bytes(made.recovery), b"peermatch/slot/v1", salt)
    aad = canonical(
        {"store": fields["store"], "v": 1, "id": slot["id"], "type": "recovery", "kdf": slot["kdf"]}
    )
    private = X25519PrivateKey.from_private_bytes(AESGCM(kek).decrypt(raw["nonce"], raw["esk"], aad))
    assert private.public_key().public_bytes_raw() == raw["pub"]

    info = canonical({"store": fields["store"], "epoch": 1, "db": "store-000001.db", "slot": slot["id"]})
    key = rfc9180_open(raw["box"], private, info)
    assert rfc5869(key, b"peermatch/db/v1").hex() == made.key.db_key_hex()

    mac = base64.b64decode(fields.pop("mac"))
    assert mac == hmac.digest(rfc5869(key, b"peermatch/slots-mac/v1"), canonical(fields), hashlib.sha256)


def test_what_is_derived_is_64_hex_digits_and_differs_by_purpose(made: Any) -> None:
    assert len(made.key.db_key_hex()) == 64
    assert int(made.key.db_key_hex(), 16) > 0
    assert made.key.mac_key().hex() != made.key.db_key_hex()


def test_a_wiped_key_opens_nothing_and_is_zero() -> None:
    key = StoreKey(b"k" * 32)
    held = key._secret
    key.wipe()
    assert held == bytes(32)
    for use in (key.db_key_hex, key.mac_key):
        with pytest.raises(RuntimeError, match="wiped"):
            use()
    key.wipe()


def test_a_key_does_not_show_itself_and_is_not_copied(made: Any) -> None:
    assert repr(made.key) == "StoreKey(hidden)"
    assert made.key.db_key_hex() not in f"{made.key} {vars(made)!r}"
    for copying in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="not copied"):
            copying(made.key)


def test_a_key_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        StoreKey(b"short")


def test_two_new_keys_differ() -> None:
    assert StoreKey.random().db_key_hex() != StoreKey.random().db_key_hex()


def test_one_person_seals_a_new_key_to_all_without_their_secrets(made: Any) -> None:
    later = seal(replace(made.keyfile, epoch=2, gen=2), fresh := StoreKey.random())
    assert later.db == "store-000002.db"
    for secret, slot in zip((made.by_passphrase, made.by_recovery), later.slots, strict=True):
        opened = open_slot(later, slot, secret.kek(slot.kdf))
        assert opened is not None
        assert opened.db_key_hex() == fresh.db_key_hex() != made.key.db_key_hex()


def test_the_mac_of_another_key_is_an_alteration(made: Any) -> None:
    check_mac(made.keyfile, made.key)
    with pytest.raises(Damaged, match="other than PeerMatch"):
        check_mac(made.keyfile, StoreKey.random())


def test_a_slot_that_was_never_sealed_to_is_an_alteration(made: Any) -> None:
    kek = bytes(32)
    slot = new_slot(made.keyfile.store, "recovery", "x", "2026-11-20", Kdf(bytes(16), None), kek)
    with pytest.raises(Damaged):
        open_slot(made.keyfile, replace(slot, box=bytes(80)), kek)
    assert open_slot(made.keyfile, slot, b"\1" * 32) is None
