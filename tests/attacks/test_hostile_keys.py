"""Key files made by an attacker: bombs that cost nothing, and alterations that open nothing and lead nowhere."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from peermatch.errors import CannotUnlock, Damaged
from tests.faults.program import ROOT
from tests.store.saving import Saved, make

NAMES = ("store.keys", "store.keys.bak")
Fields = dict[str, Any]


def fields_of(saved: Saved) -> Fields:
    found: Fields = json.loads((saved.folder / NAMES[0]).read_bytes().split(b"\n")[1])
    return found


def put(saved: Saved, body: bytes) -> bytes:
    """A key file of that line in both places, its checksum made right."""
    data = b"PMKS1\n" + body + b"\n" + hashlib.sha256(body).hexdigest().encode() + b"\n"
    for name in NAMES:
        (saved.folder / name).write_bytes(data)
    return data


def put_fields(saved: Saved, fields: Fields) -> bytes:
    return put(saved, json.dumps(fields, sort_keys=True, separators=(",", ":")).encode())


def cost(**values: int) -> Callable[[Fields], object]:
    return lambda fields: fields["slots"][0]["kdf"].update(values)


BOMBS: dict[str, Callable[[Fields], object]] = {
    "4 TiB": cost(m=4 * 1024**3),
    "a thousand million passes": cost(t=10**9),
    "8 KiB": cost(m=8),
    "two thousand slots": lambda fields: fields.update(slots=fields["slots"] * 1000),
    "a later form": lambda fields: fields.update(v=99),
    "a later program": lambda fields: fields.update(min_app=99),
}
RAW: dict[str, Callable[[bytes], bytes]] = {
    "said twice": lambda body: body.replace(b'"v":1', b'"v":1,"v":1'),
    "endlessly deep": lambda _: b"[" * 60_000,
    "a long number": lambda _: b"1" * 60_000,
    "100 MB": lambda _: b"x" * 100_000_000,
}

# A hundred megabytes more than it has when everything is loaded, and two seconds of the processor.
READS = """
import resource, sys
from pathlib import Path
from peermatch.errors import Damaged
from peermatch.store.network import Store
from peermatch.store.vault import RecoverySecret
from tests.networks import clock
pages = int(Path("/proc/self/statm").read_text("utf-8").split()[0])
resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + 100_000_000,) * 2)
used = resource.getrusage(resource.RUSAGE_SELF)
resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 2,) * 2)
try:
    Store.open(Path(sys.argv[1]), RecoverySecret(sys.argv[2]), clock)
except Damaged as refusal:
    print(refusal)
"""


def read_by_a_poor_process(saved: Saved) -> str:
    """What a process says that has little memory and little time for it."""
    done = subprocess.run(
        [sys.executable, "-c", READS, str(saved.folder), saved.recovery],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("name", ["4 TiB", "a later form", "endlessly deep", "100 MB"])
def test_bombs_cost_neither_time_nor_memory_and_stay_as_they_were(saved: Saved, name: str) -> None:
    if name in RAW:
        data = put(saved, RAW[name](b""))
    else:
        fields = fields_of(saved)
        BOMBS[name](fields)
        data = put_fields(saved, fields)
    said = read_by_a_poor_process(saved)
    assert said.count("\n") == 1
    assert ("newer" in said) == name.startswith("a later")
    assert [(saved.folder / each).read_bytes() == data for each in NAMES] == [True, True]


@pytest.mark.parametrize("name", [*BOMBS, "said twice", "a long number"])
def test_every_bomb_is_refused_as_damage_or_as_newer(saved: Saved, name: str) -> None:
    fields = fields_of(saved)
    if name in RAW:
        put(saved, RAW[name](json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()))
    else:
        BOMBS[name](fields)
        put_fields(saved, fields)
    with pytest.raises(Damaged, match="newer" if name.startswith("a later") else "damaged|altered|key file"):
        saved.open()


def delete_a_slot(fields: Fields, _other: Fields) -> None:
    del fields["slots"][0]


def swap_slots(fields: Fields, _other: Fields) -> None:
    fields["slots"].reverse()


def swap_ids(fields: Fields, _other: Fields) -> None:
    one, two = fields["slots"]
    one["id"], two["id"] = two["id"], one["id"]


def swap_public_keys(fields: Fields, _other: Fields) -> None:
    one, two = fields["slots"]
    one["pub"], two["pub"] = two["pub"], one["pub"]


def take_a_slot_of_another(fields: Fields, other: Fields) -> None:
    fields["slots"][1] = other["slots"][1]


def take_all_slots_of_another(fields: Fields, other: Fields) -> None:
    fields["slots"] = other["slots"]


def say_another_epoch(fields: Fields, _other: Fields) -> None:
    fields["epoch"], fields["db"] = 2, "store-000002.db"


def lead_elsewhere(fields: Fields, _other: Fields) -> None:
    fields["db"] = "../outside.db"


def lead_to_a_folder(fields: Fields, _other: Fields) -> None:
    fields["db"] = "backups/store-000001.db"


def allow_what_the_lead_forbade(fields: Fields, _other: Fields) -> None:
    fields["policy"]["idle_s"] = 3600


@pytest.mark.parametrize(
    "alter",
    [
        delete_a_slot,
        swap_slots,
        swap_ids,
        swap_public_keys,
        take_a_slot_of_another,
        take_all_slots_of_another,
        say_another_epoch,
        lead_elsewhere,
        lead_to_a_folder,
        allow_what_the_lead_forbade,
    ],
)
def test_an_altered_key_file_opens_nothing_and_leads_nowhere(
    saved: Saved, tmp_path: Path, alter: Callable[[Fields, Fields], None]
) -> None:
    other = make(tmp_path / "other.peermatch")
    outside = tmp_path / "outside.db"
    outside.write_bytes((other.folder / "store-000001.db").read_bytes())
    fields = fields_of(saved)
    alter(fields, fields_of(other))
    data = put_fields(saved, fields)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises((CannotUnlock, Damaged)):
        saved.open()
    after = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert {path for path in after if after[path] != before.get(path)} <= {saved.folder / "store.lock"}
    assert (saved.folder / NAMES[0]).read_bytes() == data


def test_keys_of_another_network_do_not_open_this_file(saved: Saved, tmp_path: Path) -> None:
    other = make(tmp_path / "other.peermatch")
    for name in NAMES:
        (saved.folder / name).write_bytes((other.folder / name).read_bytes())
    with pytest.raises(CannotUnlock):
        saved.open()
    with pytest.raises(Damaged):
        Saved(saved.folder, other.recovery).open()
