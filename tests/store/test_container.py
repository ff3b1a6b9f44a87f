"""One backup file: what went in comes out, and whatever is not as it was written is refused, fast and in a sentence."""

import json
import os
import resource
import stat
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peermatch.errors import BadInput, Damaged, PeerMatchError
from peermatch.store import container
from peermatch.store.container import LENGTH, MAGIC, Header, NewerBackup, open_container, read_header
from peermatch.store.keys import StoreKey, seal
from tests.store.saving import NOW, built, forged, parts

AUDIT = b"a" * 32
BODY = bytes(range(256)) * 32


@pytest.fixture(scope="module")
def key() -> StoreKey:
    return StoreKey.random()


@pytest.fixture
def header(made: Any, key: StoreKey) -> Header:
    return Header(
        keys=seal(made.keyfile, key),
        made=NOW,
        reason="daily",
        app="PeerMatch 1",
        schema=2,
        seq=7,
        head=b"h" * 32,
    )


@pytest.fixture
def path(tmp_path: Path, header: Header, key: StoreKey) -> Path:
    """A sound backup whose body is no database: the container does not care."""
    body, target = tmp_path / "body", tmp_path / "a.pmbackup"
    body.write_bytes(BODY)
    container.write_container(target, header, key, AUDIT, body)
    return target


def refused(path: Path, data: bytes) -> PeerMatchError:
    """How the file with these bytes is refused: header, then every byte of the body."""
    path.write_bytes(data)
    with pytest.raises(PeerMatchError) as refusal, open_container(path) as opened:
        opened.check()
    return refusal.value


def test_what_went_in_comes_out(path: Path, header: Header, key: StoreKey, tmp_path: Path) -> None:
    with open_container(path) as opened:
        found = opened.header
        opened.unpack(tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == BODY
    assert replace(found, size=0, sha256="", seal=b"", mac=b"") == header
    assert found.is_ours(AUDIT)
    assert not found.is_ours(b"b" * 32)
    found.check_mac(key)


def test_the_file_is_for_its_owner_alone(
    open_umask: None, tmp_path: Path, header: Header, key: StoreKey
) -> None:
    (tmp_path / "body").write_bytes(BODY)
    container.write_container(tmp_path / "b.pmbackup", header, key, AUDIT, tmp_path / "body")
    assert stat.S_IMODE((tmp_path / "b.pmbackup").stat().st_mode) == 0o600


def test_it_carries_no_path_and_no_name_of_a_person(path: Path) -> None:
    text = parts(path)[0].decode("ascii")
    assert "/" not in json.dumps(
        {k: v for k, v in json.loads(text).items() if k in ("app", "reason", "made")}
    )
    assert set(json.loads(text)) == {
        *("v", "keys", "made", "reason", "app", "schema", "audit", "size", "sha256", "seal", "mac")
    }


def test_each_flipped_byte_of_the_head_and_some_of_the_body_are_noticed(path: Path, tmp_path: Path) -> None:
    whole = path.read_bytes()
    head = len(whole) - len(BODY)
    places = (*range(head), *range(head, len(whole), 97))
    silent = []
    for place in places:
        data = bytearray(whole)
        data[place] ^= 0x55
        path.write_bytes(data)
        try:
            with open_container(path) as opened:
                opened.check()
            silent.append(place)
        except PeerMatchError:
            continue
    assert silent == []


@pytest.mark.parametrize("left", [0, 3, 6, 8, 10, 200, -4096, -1])
def test_a_file_that_was_cut_is_refused(path: Path, left: int) -> None:
    error = refused(path, path.read_bytes()[:left])
    assert isinstance(error, (Damaged, BadInput))


def test_a_file_that_something_was_put_behind_is_refused(path: Path) -> None:
    assert "damaged" in refused(path, path.read_bytes() + b"\0" * 4096).what


@pytest.mark.parametrize("length", [2**32 - 1, container.LARGEST_HEADER + 1, 0])
def test_a_header_that_says_it_is_huge_or_nothing_costs_nothing(path: Path, length: int) -> None:
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    error = refused(path, MAGIC + LENGTH.pack(length) + b"{" * 1000)
    assert time.perf_counter() - start < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000
    assert error.what == "This backup is damaged or was changed."


@pytest.mark.parametrize(
    "text",
    [
        b"[" * 60_000,
        b'{"a":' * 10_000,
        b"null",
        b"{}",
        b"1" * 60_000,
        b"\xff\xfe",
        b"NaN",
        b'{"v":1,"v":1}',
    ],
    ids=["nested list", "nested object", "null", "empty", "long number", "no text", "nan", "doubled"],
)
def test_a_header_that_is_no_header_is_refused(path: Path, text: bytes) -> None:
    assert refused(path, built(text, BODY)).what == "This backup is damaged or was changed."


def test_doubled_reordered_or_spaced_json_is_refused(path: Path) -> None:
    header, body = parts(path)
    doubled = header.replace(b'"reason":"daily"', b'"reason":"daily","reason":"daily"')
    spaced = header.replace(b'"reason":', b'"reason": ')
    turned = json.dumps(dict(reversed(list(json.loads(header).items()))), separators=(",", ":")).encode()
    for other in (doubled, spaced, turned):
        assert isinstance(refused(path, built(other, body)), Damaged)


def slot(fields: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = fields["keys"]["slots"][0]
    return found


HOSTILE: dict[str, Callable[[dict[str, Any]], object]] = {
    "4 TiB of memory": lambda f: slot(f)["kdf"].update(m=2**32),
    "more memory than allowed": lambda f: slot(f)["kdf"].update(m=1024 * 1024 + 1),
    "hardly any memory": lambda f: slot(f)["kdf"].update(m=8),
    "a billion passes": lambda f: slot(f)["kdf"].update(t=10**9),
    "another algorithm": lambda f: slot(f)["kdf"].update(alg="scrypt"),
    "a hundred slots": lambda f: f["keys"].update(slots=f["keys"]["slots"] * 50),
    "no slot": lambda f: f["keys"].update(slots=[]),
    "another file": lambda f: f["keys"].update(db="../../evil.db"),
    "a path for a reason": lambda f: f.update(reason="../x"),
    "steering signs": lambda f: f.update(app="\x1b[2J"),
    "an endless name": lambda f: f.update(app="x" * 65),
    "no day": lambda f: f.update(made="2026-02-30T00:00:00Z"),
    "a moment with a zone": lambda f: f.update(made="2026-02-20T00:00:00+01:00"),
    "a size that is no page": lambda f: f.update(size=4097),
    "a huge size": lambda f: f.update(size=2**60),
    "a size of another kind": lambda f: f.update(size=8192.0),
    "yes for a number": lambda f: f.update(schema=True),
    "another digest": lambda f: f.update(sha256="0" * 64),
    "a short mac": lambda f: f.update(mac="AA=="),
    "no base64": lambda f: f.update(seal="%%%"),
    "a field more": lambda f: f.update(path="/etc/passwd"),
    "a field less": lambda f: f.pop("audit"),
    "audit as a list": lambda f: f.update(audit=[1]),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_header_that_was_forged_is_refused_at_once(path: Path, what: str) -> None:
    data, start = forged(path, HOSTILE[what]), time.perf_counter()
    assert refused(path, data).what == "This backup is damaged or was changed."
    assert time.perf_counter() - start < 1


def test_a_newer_form_is_told_apart(path: Path) -> None:
    error = refused(path, forged(path, lambda f: f.update(v=2)))
    assert isinstance(error, NewerBackup)
    assert (error.exit_code, "newer PeerMatch" in error.what) == (5, True)
    assert isinstance(refused(path, forged(path, lambda f: f["keys"].update(min_app=99))), Damaged)


@pytest.mark.parametrize("field", ["made", "seq", "reason"])
def test_a_changed_field_breaks_seal_and_mac(path: Path, key: StoreKey, field: str) -> None:
    changes: dict[str, Callable[[dict[str, Any]], object]] = {
        "made": lambda f: f.update(made="2027-01-01T00:00:00Z"),
        "seq": lambda f: f["audit"].update(seq=8),
        "reason": lambda f: f.update(reason="hand"),
    }
    path.write_bytes(forged(path, changes[field]))
    found = read_header(path)
    assert not found.is_ours(AUDIT)
    with pytest.raises(Damaged, match="changed"):
        found.check_mac(key)


def test_what_is_no_file_is_refused_and_never_waited_for(path: Path, tmp_path: Path) -> None:
    link, pipe = tmp_path / "link.pmbackup", tmp_path / "pipe.pmbackup"
    link.symlink_to(path)
    os.mkfifo(pipe)
    long, nul = tmp_path / ("x" * 300), tmp_path / "a\0b"
    for place in (link, pipe, tmp_path, Path(os.devnull), tmp_path / "nothing", long, nul):
        with pytest.raises(BadInput, match="is not a backup that can be read"):
            read_header(place)


def test_another_kind_of_file_is_called_that(path: Path) -> None:
    for data in (b"", b"PK\x03\x04" + b"x" * 9000, b"SQLite format 3\0" + b"x" * 9000, b"PMKS1\n{}"):
        assert refused(path, data).what == "This file is not a PeerMatch backup."


def test_nothing_is_written_over_or_through_a_link(
    path: Path, header: Header, key: StoreKey, tmp_path: Path
) -> None:
    before, dangling = path.read_bytes(), tmp_path / "dangling.pmbackup"
    dangling.symlink_to(tmp_path / "elsewhere")
    for target in (path, dangling):
        with pytest.raises(BadInput, match="already something"):
            container.write_container(target, header, key, AUDIT, tmp_path / "body")
    with pytest.raises(BadInput, match="no folder"):
        container.write_container(tmp_path / "no" / "x.pmbackup", header, key, AUDIT, tmp_path / "body")
    assert path.read_bytes() == before
    assert not (tmp_path / "elsewhere").exists()


def test_a_body_that_was_changed_is_not_left_behind(path: Path, tmp_path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with open_container(path) as opened, pytest.raises(Damaged, match="changed"):
        opened.unpack(tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_copy_is_the_same_and_leaves_no_part(path: Path, tmp_path: Path) -> None:
    container.copy_container(path, tmp_path / "copy.pmbackup")
    assert (tmp_path / "copy.pmbackup").read_bytes() == path.read_bytes()
    assert not list(tmp_path.glob("*.part")) + list(tmp_path.glob(".*.part"))


@given(data=st.binary(max_size=400), headed=st.booleans())
def test_any_bytes_are_refused_in_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, headed: bool
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.pmbackup"
    error = refused(path, (MAGIC if headed else b"") + data)
    assert error.what.endswith(".")
    assert error.what.count(". ") == 0
