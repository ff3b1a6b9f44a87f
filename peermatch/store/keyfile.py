"""The file ``store.keys`` (format PMKS1) as a value: read strictly, written in exactly one way."""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import NoReturn

from peermatch.errors import Damaged
from peermatch.store.kdf import CEILING, LEAST, SALT_BYTES, Cost, Kdf
from peermatch.store.narrow import UnsoundError, bytes_of, hex_of, object_of, text_of, whole

MAGIC = b"PMKS1\n"
LARGEST = 64 * 1024
VERSION = 1
# Raised by a future program whose networks this one must not open; written so that older programs refuse.
APP_LEVEL = 1
CIPHER = "sqlcipher4"
SLOT_TYPES = ("passphrase", "recovery", "device")
MOST_SLOTS = 32
LONGEST_LABEL = 64
_KEYFILE = {"v", "store", "epoch", "gen", "db", "cipher", "min_app", "policy", "slots", "mac"}
_SLOT = {"id", "type", "label", "created", "kdf", "nonce", "pub", "esk", "box"}


class NewerThanProgram(Damaged):
    """The network was written by a later version, which knows things that this one does not."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What the lead decided for all: may a computer keep the network unlocked, and when it locks itself."""

    device_slots: bool = True
    idle_s: int = 600


@dataclass(frozen=True, slots=True)
class Slot:
    """One way in: a key pair whose private half is locked by a secret, and the store key sealed to it.

    ``label`` is a role and never a person's name, for it stands in the clear.
    """

    id: str
    type: str
    label: str
    created: str
    kdf: Kdf
    nonce: bytes
    pub: bytes
    esk: bytes
    box: bytes


@dataclass(frozen=True, slots=True)
class KeyFile:
    """Everything that ``store.keys`` says; ``mac`` proves to those inside that nobody outside changed it."""

    store: str
    epoch: int
    gen: int
    slots: tuple[Slot, ...]
    policy: Policy = Policy()
    min_app: int = APP_LEVEL
    mac: bytes = b""

    @property
    def db(self) -> str:
        """The name of the database file of this epoch, always inside the network's folder."""
        return f"store-{self.epoch:06d}.db"

    def slot(self, slot_id: str) -> Slot | None:
        """The slot of that id, if there is one."""
        return next((slot for slot in self.slots if slot.id == slot_id), None)

    @property
    def has_recovery(self) -> bool:
        """Whether a recovery key was made; without one a forgotten passphrase loses everything."""
        return any(slot.type == "recovery" for slot in self.slots)


def canonical(value: object) -> bytes:
    """The one way to write a JSON value, so that equal values have equal bytes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def write(keyfile: KeyFile) -> bytes:
    """The file's bytes; the SHA-256 line tells a damaged file from a wrong passphrase without any secret."""
    body = canonical(unsealed(keyfile) | {"mac": text_of(keyfile.mac)})
    return MAGIC + body + b"\n" + hashlib.sha256(body).hexdigest().encode("ascii") + b"\n"


def unsealed(keyfile: KeyFile) -> dict[str, object]:
    """The JSON object without its mac: what the mac is computed over."""
    return {
        "v": VERSION,
        "store": keyfile.store,
        "epoch": keyfile.epoch,
        "gen": keyfile.gen,
        "db": keyfile.db,
        "cipher": CIPHER,
        "min_app": keyfile.min_app,
        "policy": {"device_slots": keyfile.policy.device_slots, "idle_s": keyfile.policy.idle_s},
        "slots": [_slot_json(slot) for slot in keyfile.slots],
    }


def kdf_json(kdf: Kdf) -> dict[str, object]:
    """A slot's derivation as the file says it."""
    if kdf.cost is None:
        return {"alg": "hkdf-sha256", "salt": text_of(kdf.salt)}
    cost = {"m": kdf.cost.m, "t": kdf.cost.t, "p": kdf.cost.p}
    return {"alg": "argon2id", "v": 19, "salt": text_of(kdf.salt), **cost}


def parse(data: bytes) -> KeyFile:
    """The value of a file, or Damaged: nothing unknown, doubled, out of bounds or reordered passes."""
    try:
        body = _body(data)
        fields = json.loads(body.decode("ascii"))
        _refuse_newer(fields)
        keyfile = _keyfile(fields)
        if write(keyfile) != data:
            raise UnsoundError("not canonical")
    except (ValueError, RecursionError):
        raise Damaged(
            "The key file of this network is damaged or was changed.", "Restore the newest backup."
        ) from None
    return keyfile


def newer() -> NoReturn:
    """Say that a later program wrote this; it is never rewritten by this one."""
    raise NewerThanProgram(
        "This network was made by a newer PeerMatch than this one.",
        "Install the newest PeerMatch to open it.",
    )


def _body(data: bytes) -> bytes:
    if len(data) > LARGEST or not data.startswith(MAGIC):
        raise UnsoundError("size or first line")
    body, _, checksum = data[len(MAGIC) :].removesuffix(b"\n").rpartition(b"\n")
    if hashlib.sha256(body).hexdigest().encode("ascii") != checksum:
        raise UnsoundError("checksum")
    return body


def _refuse_newer(fields: object) -> None:
    if isinstance(fields, dict) and type(fields.get("v")) is int and fields["v"] > VERSION:
        newer()
    known = isinstance(fields, dict) and type(fields.get("min_app")) is int
    if known and isinstance(fields, dict) and fields["min_app"] > APP_LEVEL:
        newer()


def _keyfile(value: object) -> KeyFile:
    fields = object_of(value, _KEYFILE)
    policy = object_of(fields["policy"], {"device_slots", "idle_s"})
    slots = fields["slots"]
    if not isinstance(slots, list) or not 1 <= len(slots) <= MOST_SLOTS:
        raise UnsoundError("slots")
    if type(policy["device_slots"]) is not bool:
        raise UnsoundError("policy")
    keyfile = KeyFile(
        store=hex_of(fields["store"], 16),
        epoch=whole(fields["epoch"], 1, 999_999),
        gen=whole(fields["gen"], 1, 2**53),
        slots=tuple(_slot(slot) for slot in slots),
        policy=Policy(policy["device_slots"], whole(policy["idle_s"], 30, 86_400)),
        min_app=whole(fields["min_app"], 1, APP_LEVEL),
        mac=bytes_of(fields["mac"], 32),
    )
    if len({slot.id for slot in keyfile.slots}) != len(keyfile.slots):
        raise UnsoundError("slot ids")
    return keyfile


def _slot(value: object) -> Slot:
    fields = object_of(value, _SLOT)
    kind, label, created = fields["type"], fields["label"], fields["created"]
    if kind not in SLOT_TYPES:
        raise UnsoundError("slot type")
    if not isinstance(label, str) or not label.isprintable() or not 1 <= len(label) <= LONGEST_LABEL:
        raise UnsoundError("label")
    if not isinstance(created, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", created):
        raise UnsoundError("created")
    return Slot(
        id=hex_of(fields["id"], 8),
        type=str(kind),
        label=label,
        created=created,
        kdf=_kdf(fields["kdf"], stretched=kind == "passphrase"),
        nonce=bytes_of(fields["nonce"], 12),
        pub=bytes_of(fields["pub"], 32),
        esk=bytes_of(fields["esk"], 48),
        box=bytes_of(fields["box"], 80),
    )


def _kdf(value: object, *, stretched: bool) -> Kdf:
    if not stretched:
        fields = object_of(value, {"alg", "salt"})
        return Kdf(bytes_of(fields["salt"], SALT_BYTES), None)
    fields = object_of(value, {"alg", "v", "m", "t", "p", "salt"})
    cost = Cost(
        m=whole(fields["m"], LEAST.m, CEILING.m),
        t=whole(fields["t"], LEAST.t, CEILING.t),
        p=whole(fields["p"], LEAST.p, CEILING.p),
    )
    return Kdf(bytes_of(fields["salt"], SALT_BYTES), cost)


def _slot_json(slot: Slot) -> dict[str, object]:
    return {
        "id": slot.id,
        "type": slot.type,
        "label": slot.label,
        "created": slot.created,
        "kdf": kdf_json(slot.kdf),
        "nonce": text_of(slot.nonce),
        "pub": text_of(slot.pub),
        "esk": text_of(slot.esk),
        "box": text_of(slot.box),
    }
