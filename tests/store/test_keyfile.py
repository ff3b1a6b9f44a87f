"""store.keys as bytes: every damage is noticed, every forgery out of bounds is refused, and quickly."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch.errors import Damaged
from peermatch.store import keyfile as pmks
from peermatch.store.keyfile import NewerThanProgram, canonical, parse, write

Change = Callable[[dict[str, Any]], object]


def set_to(*path: str | int, to: object) -> Change:
    """A change of one field."""

    def change(fields: Any) -> None:
        for step in path[:-1]:
            fields = fields[step]
        fields[path[-1]] = to

    return change


def remove(*path: str | int) -> Change:
    def change(fields: Any) -> None:
        for step in path[:-1]:
            fields = fields[step]
        del fields[path[-1]]

    return change


FIRST = ("slots", 0)
KDF = (*FIRST, "kdf")

REFUSED: dict[str, Change] = {
    "4 GiB of memory": set_to(*KDF, "m", to=4 * 1024 * 1024),
    "4 TiB of memory": set_to(*KDF, "m", to=2**32),
    "hardly any memory": set_to(*KDF, "m", to=8),
    "below 64 MiB": set_to(*KDF, "m", to=65535),
    "above 1 GiB": set_to(*KDF, "m", to=1024 * 1024 + 1),
    "a thousand million passes": set_to(*KDF, "t", to=10**9),
    "no pass": set_to(*KDF, "t", to=0),
    "no lane": set_to(*KDF, "p", to=0),
    "nine lanes": set_to(*KDF, "p", to=9),
    "memory below nothing": set_to(*KDF, "m", to=-65536),
    "memory as text": set_to(*KDF, "m", to="65536"),
    "memory as a fraction": set_to(*KDF, "m", to=65536.0),
    "memory as yes": set_to(*KDF, "p", to=True),
    "another Argon2 version": set_to(*KDF, "v", to=16),
    "another stretching": set_to(*KDF, "alg", to="scrypt"),
    "a passphrase without stretching": set_to(*KDF, to={"alg": "hkdf-sha256", "salt": "A" * 22 + "=="}),
    "a stretched recovery key": lambda fields: fields["slots"][1].update(kdf=fields["slots"][0]["kdf"]),
    "a short salt": set_to(*KDF, "salt", to="AAAA"),
    "version 0": set_to("v", to=0),
    "version yes": set_to("v", to=True),
    "version as text": set_to("v", to="99"),
    "no version": remove("v"),
    "app level 0": set_to("min_app", to=0),
    "app level as text": set_to("min_app", to="1"),
    "another cipher": set_to("cipher", to="none"),
    "a file outside": set_to("db", to="../x"),
    "the file of another epoch": set_to("db", to="store-000002.db"),
    "another epoch": set_to("epoch", to=2),
    "epoch 0": lambda fields: fields.update(epoch=0, db="store-000000.db"),
    "epoch of seven digits": lambda fields: fields.update(epoch=1_000_000, db="store-1000000.db"),
    "generation 0": set_to("gen", to=0),
    "a generation beyond counting": set_to("gen", to=2**60),
    "store id in capitals": lambda fields: fields.update(store="AB" * 16),
    "store id too short": set_to("store", to="ab" * 15),
    "store id a number": set_to("store", to=1),
    "policy not an object": set_to("policy", to=[]),
    "policy with more": set_to("policy", "extra", to=1),
    "policy yes as a number": set_to("policy", "device_slots", to=1),
    "locks at once": set_to("policy", "idle_s", to=0),
    "never locks": set_to("policy", "idle_s", to=10**9),
    "no slots": set_to("slots", to=[]),
    "slots as an object": set_to("slots", to={}),
    "a slot that is none": set_to("slots", to=["x"]),
    "33 slots": lambda fields: fields.update(
        slots=[fields["slots"][0] | {"id": f"{n:016x}"} for n in range(33)]
    ),
    "one slot twice": lambda fields: fields["slots"].append(fields["slots"][0]),
    "an unknown slot type": set_to(*FIRST, "type", to="back door"),
    "a slot type that is no text": set_to(*FIRST, "type", to=[]),
    "a field more in a slot": set_to(*FIRST, "hint", to="the dog"),
    "a field less in a slot": remove(*FIRST, "pub"),
    "a field more": set_to("hint", to="the dog"),
    "a field less": remove("mac"),
    "no label": set_to(*FIRST, "label", to=""),
    "a long label": set_to(*FIRST, "label", to="x" * 65),
    "a label with a line end": set_to(*FIRST, "label", to="lead\nlead"),
    "a label of half a character": set_to(*FIRST, "label", to="\ud800"),
    "a label that is no text": set_to(*FIRST, "label", to=7),
    "a day in words": set_to(*FIRST, "created", to="yesterday"),
    "a day with a line end": set_to(*FIRST, "created", to="2026-11-20\n"),
    "a day that is no text": set_to(*FIRST, "created", to=20261120),
    "a slot id in capitals": set_to(*FIRST, "id", to="AB" * 8),
    "a short nonce": set_to(*FIRST, "nonce", to="AAAA"),
    "a short public key": set_to(*FIRST, "pub", to="AAAA"),
    "a short private key": set_to(*FIRST, "esk", to="AAAA"),
    "a short box": set_to(*FIRST, "box", to="AAAA"),
    "a box that is no base64": set_to(*FIRST, "box", to="?" * 108),
    "a box beyond ASCII": set_to(*FIRST, "box", to="é"),
    "a box that is no text": set_to(*FIRST, "box", to=None),
    "a short mac": set_to("mac", to="AAAA"),
    "spare bits in base64": set_to("mac", to="A" * 42 + "B="),
}

NEWER: dict[str, Change] = {
    "version 2": set_to("v", to=2),
    "version 99": set_to("v", to=99),
    "version 99 with other fields": lambda fields: fields.update(v=99, slots=None, other=[]),
    "a higher app level": set_to("min_app", to=pmks.APP_LEVEL + 1),
}


def test_what_is_written_is_read_back_equal(made: Any) -> None:
    assert parse(write(made.keyfile)) == made.keyfile


def test_the_file_is_three_lines_that_a_person_can_look_at(made: Any) -> None:
    first, body, checksum, rest = write(made.keyfile).split(b"\n")
    fields = json.loads(body)
    assert first == b"PMKS1"
    assert len(checksum) == 64
    assert rest == b""
    assert fields["db"] == "store-000001.db"
    assert [slot["type"] for slot in fields["slots"]] == ["passphrase", "recovery"]
    assert [slot["label"] for slot in fields["slots"]] == ["lead", "recovery key"]
    assert fields["policy"] == {"device_slots": True, "idle_s": 600}


def test_each_flipped_bit_of_each_byte_is_noticed(made: Any) -> None:
    data = write(made.keyfile)
    unseen = []
    for place in range(len(data)):
        for bit in range(8):
            changed = bytearray(data)
            changed[place] ^= 1 << bit
            try:
                parse(bytes(changed))
            except Damaged:
                continue
            unseen.append((place, bit))
    assert unseen == []


def test_a_file_cut_anywhere_or_with_something_after_it_is_damaged(made: Any) -> None:
    data = write(made.keyfile)
    for broken in [data[:size] for size in range(len(data))] + [data + b"\n", data + b"x", b"\n" + data]:
        with pytest.raises(Damaged):
            parse(broken)


@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED.keys())
def test_a_forged_field_is_refused_even_with_a_right_checksum(change: Change, forge: Any) -> None:
    with pytest.raises(Damaged) as refusal:
        parse(forge(change))
    assert not isinstance(refusal.value, NewerThanProgram)
    assert refusal.value.exit_code == 5


@pytest.mark.parametrize("change", NEWER.values(), ids=NEWER.keys())
def test_a_later_format_is_told_apart_from_damage(change: Change, forge: Any) -> None:
    with pytest.raises(NewerThanProgram, match="newer PeerMatch") as refusal:
        parse(forge(change))
    assert refusal.value.exit_code == 5


def test_a_forgery_that_changes_nothing_is_the_file_itself(made: Any, forge: Any) -> None:
    assert forge(lambda fields: None) == write(made.keyfile)


def test_json_that_says_something_twice_or_in_another_way_is_refused(made: Any, signed: Any) -> None:
    body = write(made.keyfile).split(b"\n")[1]
    others = {
        "a doubled key": body.replace(b'"gen":1', b'"gen":1,"gen":1'),
        "a doubled key with another value first": body.replace(b'"gen":1', b'"gen":7,"gen":1'),
        "a space": body.replace(b'"gen":1', b'"gen": 1'),
        "another order": b'{"v":1,' + body[1:].replace(b',"v":1', b""),
        "an escape": body.replace(b'"lead"', b'"\\u006cead"'),
        "a fraction": body.replace(b'"gen":1', b'"gen":1.0'),
        "not a number": body.replace(b'"gen":1', b'"gen":NaN'),
        "beyond all numbers": body.replace(b'"gen":1', b'"gen":1e999'),
        "five thousand digits": body.replace(b'"gen":1', b'"gen":' + b"1" * 5000),
        "UTF-16": body.decode().encode("utf-16"),
        "a byte order mark": b"\xef\xbb\xbf" + body,
        "a list": b"[]",
        "nothing": b"null",
        "empty": b"",
        "no JSON": b"{",
        "deep lists": b"[" * 60_000,
        "deep objects": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    }
    for name, other in others.items():
        assert other != body, name
        with pytest.raises(Damaged):
            parse(signed(other))


def test_bombs_are_refused_at_once(forge: Any, signed: Any) -> None:
    bombs = [forge(REFUSED[name]) for name in ("4 TiB of memory", "a thousand million passes", "33 slots")]
    bombs += [signed(b"[" * 60_000), signed(b"1" * 60_000), b"PMKS1\n" + bytes(100_000_000)]
    start = time.perf_counter()
    for bomb in bombs:
        with pytest.raises(Damaged):
            parse(bomb)
    assert time.perf_counter() - start < 1.0


@given(st.binary(max_size=300))
def test_any_bytes_are_damaged_and_nothing_else_happens(data: bytes) -> None:
    for candidate in (data, b"PMKS1\n" + data):
        with pytest.raises(Damaged):
            parse(candidate)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(value=JSON, name=st.sampled_from([*sorted(pmks._KEYFILE), *sorted(pmks._SLOT)]), slot=st.booleans())
def test_any_value_in_any_field_is_refused_or_means_the_same(
    made: Any, forge: Any, value: object, name: str, slot: bool
) -> None:
    data = forge(set_to(*FIRST, name, to=value) if slot else set_to(name, to=value))
    try:
        same = write(parse(data))
    except Damaged:
        return
    assert same == data


def test_equal_values_have_equal_bytes() -> None:
    assert canonical({"b": 1, "a": [True, None, "é"]}) == b'{"a":[true,null,"\\u00e9"],"b":1}'


def test_a_key_file_tells_its_slots(made: Any) -> None:
    lead, paper = made.keyfile.slots
    assert made.keyfile.slot(lead.id) is lead
    assert made.keyfile.slot("0" * 16) is None
    assert made.keyfile.has_recovery
    assert paper.kdf.cost is None


def test_the_largest_key_file_that_is_allowed_fits_the_size_that_is_read(made: Any) -> None:
    from dataclasses import replace

    slot = made.keyfile.slots[0]
    slots = tuple(replace(slot, id=f"{n:016x}", label="\U0001f600" * 64) for n in range(pmks.MOST_SLOTS))
    data = write(replace(made.keyfile, slots=slots))
    assert len(data) <= pmks.LARGEST
    assert len(parse(data).slots) == pmks.MOST_SLOTS


def test_a_device_slot_is_read_and_kept(forge: Any) -> None:
    def change(fields: dict[str, Any]) -> None:
        fields["slots"][1].update(type="device", label="this computer")

    data = forge(change)
    assert parse(data).slots[1].type == "device"
    assert write(parse(data)) == data
    assert not parse(data).has_recovery
