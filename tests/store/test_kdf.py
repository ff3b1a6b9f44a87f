"""What a guess costs: never below the floor, known answers, and no more than this computer has."""

import subprocess
import sys

import pytest

from peermatch.store.kdf import (
    CEILING,
    DESIGNED,
    FLOOR,
    Cost,
    Kdf,
    _scaled,
    calibrate,
    hkdf,
    kek_of_passphrase,
    kek_of_random,
)


def test_hkdf_gives_the_answer_of_rfc_5869_where_it_can_be_compared() -> None:
    # Test case 1 of the RFC: its first 32 of 42 bytes.
    made = hkdf(bytes.fromhex("0b" * 22), bytes.fromhex("f0f1f2f3f4f5f6f7f8f9"), bytes(range(13)))
    assert made.hex() == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"


def test_argon2_is_that_of_another_implementation() -> None:
    # What argon2-cffi 25.1 (the reference code in C) gives for Argon2id v1.3, 64 MiB, 3 passes, 4 lanes.
    made = kek_of_passphrase("correct horse", Kdf(b"saltsaltsaltsalt", FLOOR))
    assert made.hex() == "2de65b0f75002af51c002c7d8a5e173ed5ed1620d7dff49c444e1e4233983723"
    assert made == kek_of_passphrase("correct horse", Kdf(b"saltsaltsaltsalt", None))
    assert made != kek_of_passphrase("correct horse", Kdf(b"saltsaltsaltsalz", FLOOR))
    assert made != kek_of_passphrase("correct horse", Kdf(b"saltsaltsaltsalt", Cost(FLOOR.m, 2, 4)))


def test_a_random_secret_needs_no_stretching_but_its_salt_counts() -> None:
    one, other = (kek_of_random(bytes(32), Kdf(bytes([n]) * 16, None)) for n in (1, 2))
    assert one != other


def test_calibrating_never_goes_below_the_floor_nor_above_what_a_file_may_ask() -> None:
    assert calibrate(0.001) == FLOOR
    cost = calibrate(0.5)
    assert FLOOR.m <= cost.m <= DESIGNED.m
    assert FLOOR.t <= cost.t <= CEILING.t
    assert cost.p == FLOOR.p


@pytest.mark.parametrize(
    ("pace", "cost"),
    [
        (0.1, FLOOR),
        (1.0, FLOOR),
        (2.0, Cost(128 * 1024, 3, 4)),
        (4.0, DESIGNED),
        (8.0, Cost(256 * 1024, 6, 4)),
        (1000.0, Cost(256 * 1024, 10, 4)),
    ],
)
def test_a_faster_computer_pays_with_memory_first_and_then_with_passes(pace: float, cost: Cost) -> None:
    assert _scaled(pace) == cost


# A process of its own: what earlier tests freed would be memory that a small computer does not have.
SMALL_COMPUTER = """
import resource, sys
from pathlib import Path
from peermatch.errors import SystemRefused
from peermatch.store.kdf import calibrate
now = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (now + (int(sys.argv[1]) << 20), resource.RLIM_INFINITY))
try:
    cost = calibrate(60.0)
    print(cost.m, cost.t, cost.p)
except SystemRefused as error:
    print(error)
"""


def on_a_small_computer(mebibytes: int) -> str:
    """What calibrating says where only so much more memory can be had."""
    words = [sys.executable, "-c", SMALL_COMPUTER, str(mebibytes)]
    ended = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=True, timeout=60)
    return ended.stdout.strip()


def test_on_a_small_computer_it_asks_for_less() -> None:
    assert on_a_small_computer(220) == f"{128 * 1024} 3 4"


def test_on_one_that_is_too_small_it_says_why_not() -> None:
    said = on_a_small_computer(30)
    assert "not enough memory" in said
    assert "64 MB are needed" in said
