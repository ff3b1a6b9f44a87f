"""After a lock the program's memory is read from outside: no key, no passphrase, and next to nothing of a record."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from peermatch.store.kdf import LEAST
from peermatch.store.network import Store
from tests.faults.program import ROOT
from tests.faults.scene import MARKER, marked
from tests.networks import clock

PASSPHRASE = "four grey geese over a slow river"
"""One that no module of the child has for a constant."""
SECRETS = ("key", "key of the file", "passphrase", "passphrase as Qt holds it")
RECORDS = ("text", "text as Qt holds it")


@dataclass(frozen=True)
class Seen:
    """How often each was found while the network was open, and after the lock."""

    opened: Mapping[str, int]
    locked: Mapping[str, int]


def pieces(pid: int) -> Iterator[bytes]:
    """All memory of a process that can be read, a part at a time."""
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text("utf-8").splitlines():
            part = re.match(r"([0-9a-f]+)-([0-9a-f]+) r\S+ \S+ \S+ \S+\s*(.*)", line)
            if part is None or part[3].startswith(("[v", "/dev")):  # the kernel's own
                continue
            memory.seek(int(part[1], 16))
            yield memory.read(int(part[2], 16) - int(part[1], 16))


def counted(pid: int, wanted: Mapping[str, bytes]) -> dict[str, int]:
    found = dict.fromkeys(wanted, 0)
    for piece in pieces(pid):
        for name, word in wanted.items():
            found[name] += piece.count(word)
    return found


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    place = tmp_path_factory.mktemp("memory")
    network = marked()
    long = tuple(replace(each, letter=(each.letter or "") * 8) for each in network.enquiries)
    made = Store.create(
        place / "n.peermatch", replace(network, enquiries=long), PASSPHRASE, clock, cost=LEAST
    )
    key = made.store.source().key
    wanted = {
        "key": bytes(key._secret),
        "key of the file": key.db_key_hex().encode(),
        "passphrase": PASSPHRASE.encode(),
        "passphrase as Qt holds it": PASSPHRASE.encode("utf-16-le"),
        "text": MARKER.encode(),
        "text as Qt holds it": MARKER.encode("utf-16-le"),
    }
    made.store.lock()
    environ = {**os.environ, "XDG_DATA_HOME": str(place / "data"), "QT_QPA_PLATFORM": "offscreen"}
    words = [sys.executable, "-m", "tests.attacks.locked", str(place / "n.peermatch")]
    with subprocess.Popen(
        words, cwd=ROOT, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        found = []
        child.stdin.write(f"{PASSPHRASE}\n")
        for word in ("open", "locked"):
            child.stdin.flush()
            assert child.stdout.readline() == f"{word}\n"
            found.append(counted(child.pid, wanted))
            child.stdin.write("\n")
    return Seen(*found)


def test_the_search_finds_what_is_there_while_it_is_open(seen: Seen) -> None:
    assert seen.opened["key"] >= 1
    assert all(seen.opened[name] > 50 for name in RECORDS)


def test_no_key_and_no_passphrase_is_left(seen: Seen) -> None:
    assert {name: seen.locked[name] for name in SECRETS} == dict.fromkeys(SECRETS, 0)


def test_of_a_hundred_places_with_a_record_fewer_than_ten_are_left(seen: Seen) -> None:
    opened, locked = (sum(each[name] for name in RECORDS) for each in (seen.opened, seen.locked))
    assert locked * 10 < opened, f"{locked} of {opened}"
