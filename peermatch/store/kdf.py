"""From a secret to the key of one slot: Argon2id for a passphrase, HKDF for what is random already."""

import time
import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from peermatch.errors import SystemRefused

SALT_BYTES = 16
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess at a passphrase costs: memory in KiB, passes over it, lanes (RFC 9106)."""

    m: int
    t: int
    p: int


# The floor is the second choice of RFC 9106; the ceiling keeps a hostile file from asking for 4 TiB.
FLOOR = Cost(m=64 * 1024, t=3, p=4)
LEAST = Cost(m=64 * 1024, t=1, p=1)
CEILING = Cost(m=1024 * 1024, t=10, p=8)
# The memory that a network asks for at most when it is made: it must open on the next, smaller laptop too.
DESIGNED = Cost(m=256 * 1024, t=3, p=4)


@dataclass(frozen=True, slots=True)
class Kdf:
    """How a slot's key comes from its secret; without a cost the secret is random and HKDF is enough."""

    salt: bytes
    cost: Cost | None


def kek_of_passphrase(passphrase: str, kdf: Kdf) -> bytes:
    """The key of a passphrase slot: NFKC, UTF-8, then Argon2id v1.3, so that each way to type it is one."""
    cost = kdf.cost or FLOOR
    text = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    argon = Argon2id(salt=kdf.salt, length=KEY_BYTES, iterations=cost.t, lanes=cost.p, memory_cost=cost.m)
    try:
        return argon.derive(text)
    except MemoryError:
        raise SystemRefused(
            f"There is not enough memory to open the network: {cost.m // 1024} MB are needed.",
            "Close other programs and try again.",
        ) from None


def kek_of_random(secret: bytes, kdf: Kdf) -> bytes:
    """The key of a recovery or device slot, whose secret has 256 random bits and needs no stretching."""
    return hkdf(secret, b"peermatch/slot/v1", kdf.salt)


def hkdf(secret: bytes | bytearray, purpose: bytes, salt: bytes | None = None) -> bytes:
    """A key for one purpose, from which neither the secret nor a key for another purpose can be learned."""
    return HKDF(SHA256(), KEY_BYTES, salt, purpose).derive(secret)


def calibrate(target_s: float = 1.0) -> Cost:
    """The cost that takes about ``target_s`` on this computer, measured; never below the floor."""
    pace = target_s / max(_seconds(FLOOR), 1e-3)
    cost = _scaled(pace)
    while cost != FLOOR:
        try:
            _seconds(cost)
        except SystemRefused:
            cost = Cost(max(cost.m // 2, FLOOR.m), FLOOR.t, FLOOR.p)
        else:
            break
    return cost


def _scaled(pace: float) -> Cost:
    """More memory first, since that is what an attacker must buy; more passes once it is as designed."""
    memory = min(max(int(FLOOR.m * pace) // 1024 * 1024, FLOOR.m), DESIGNED.m)
    passes = int(FLOOR.t * pace * FLOOR.m / memory)
    return Cost(memory, min(max(passes, FLOOR.t), CEILING.t), FLOOR.p)


def _seconds(cost: Cost) -> float:
    start = time.perf_counter()
    kek_of_passphrase("a passphrase of ordinary length", Kdf(bytes(SALT_BYTES), cost))
    return time.perf_counter() - start
