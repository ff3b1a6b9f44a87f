"""`backup` and `restore`: one file, verified; shown before it is put back; every refusal one sentence and its code."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from peermatch import paths
from tests.cli.conftest import Ended, Run
from tests.networks import PASSPHRASE


@pytest.fixture
def file(peermatch: Run, tmp_path: Path) -> Path:
    """A backup of the network as it was made."""
    assert peermatch("backup", tmp_path / "then.pmbackup").code == 0
    return tmp_path / "then.pmbackup"


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    yield
    shutil.rmtree(paths.data_folder(), ignore_errors=True)


def refused(ended: Ended, code: int, words: str) -> None:
    """One sentence, its hint, and nothing on standard output."""
    assert (ended.code, ended.out) == (code, ""), ended.err
    assert words in ended.err.splitlines()[-1]


def test_a_backup_is_written_once(peermatch: Run, file: Path) -> None:
    answer = peermatch("backup", file.with_name("two.pmbackup"), "--json").json
    assert answer == {
        "file": str(file.with_name("two.pmbackup")),
        "made": answer["made"],
        "size": file.with_name("two.pmbackup").stat().st_size,
    }
    assert answer["made"].startswith("2026-11-20T09:30")
    before = file.read_bytes()
    refused(peermatch("backup", file), 6, "already something")
    assert file.read_bytes() == before
    assert oct(file.stat().st_mode & 0o777) == "0o600"


def test_it_does_not_lie_in_the_network(peermatch: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "in").symlink_to(folder)
    for place in (folder / "x.pmbackup", folder / "backups" / "x.pmbackup", tmp_path / "in" / "x.pmbackup"):
        refused(peermatch("backup", place), 6, "inside the network")
    refused(peermatch("backup", tmp_path / "nowhere" / "x.pmbackup"), 6, "no folder")
    refused(peermatch("backup", tmp_path / ("x" * 300)), 1, "could not be written")


def test_info_counts_verified_backups_only(peermatch: Run, folder: Path) -> None:
    (folder / "backups" / "2026-11-19-000000-daily.pmbackup").write_bytes(b"PMBK1\nnothing")
    assert peermatch("info", "--json").json["last_backup"] is None
    peermatch("ask", "E-0142", "S-0001")
    assert peermatch("info", "--json").json["last_backup"] == "2026-11-20"
    assert len(list((folder / "backups").glob("*-daily.pmbackup"))) == 2


def test_looking_makes_no_backup_and_neither_does_a_refusal(peermatch: Run, folder: Path) -> None:
    peermatch("ask", "E-0142", "S-0001")
    before = sorted((folder / "backups").iterdir())
    peermatch("info")
    peermatch("ask", "E-0142", "S-0001")
    peermatch("accept", "E-0142", "S-0001")
    assert sorted((folder / "backups").iterdir()) == before


def test_it_is_shown_and_asked_before_it_is_put_back(peermatch: Run, file: Path, folder: Path) -> None:
    peermatch("ask", "E-0142", "S-0001")
    asked = peermatch("restore", file)
    assert asked.code == 2
    assert "1 step since then will be taken back." in asked.err
    assert "1 introduction now, 0 afterwards." in asked.err
    assert peermatch("info", "--json").json["introductions"] == 1
    done = peermatch("restore", file, "--yes", "--json")
    assert done.code == 0
    assert done.json == {
        "network": str(folder),
        "made": done.json["made"],
        "steps": 1,
        "supporters": {"before": 3, "after": 3},
        "enquiries": {"before": 1, "after": 1},
    }
    assert peermatch("info", "--json").json["introductions"] == 0
    assert peermatch("check").code == 0
    assert not list(folder.glob(".restore-*"))


def test_where_there_is_none_a_network_is_made_of_it(
    peermatch: Run, file: Path, secret: Path, tmp_path: Path
) -> None:
    place = tmp_path / "again.peermatch"
    words = ("--network", place, "--passphrase-file", secret)
    ended = peermatch("restore", file, *words, "--json", network=False)
    assert (ended.code, ended.json) == (0, {"network": str(place), "erased": 0})
    assert peermatch("info", *words, "--json", network=False).json["supporters"] == 3
    (tmp_path / "a file").write_bytes(b"")
    refused(
        peermatch(
            "restore", file, "--network", tmp_path / "a file", "--passphrase-file", secret, network=False
        ),
        6,
        "already something",
    )


def test_the_passphrase_comes_from_standard_input_once(peermatch: Run, file: Path, folder: Path) -> None:
    words = ("--network", folder, "--passphrase-file", "-", "--yes")
    assert peermatch("restore", file, *words, network=False, stdin=PASSPHRASE.encode()).code == 0


def test_a_wrong_passphrase_is_exit_4_and_changes_nothing(
    peermatch: Run, file: Path, folder: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("not the right passphrase", "utf-8")
    before = sorted(path.name for path in folder.rglob("*"))
    refused(
        peermatch("restore", file, "--yes", "--backup-passphrase-file", wrong), 4, "does not open this backup"
    )
    words = ("--network", folder, "--passphrase-file", wrong, "--yes")
    refused(peermatch("restore", file, *words, network=False), 4, "does not open this network")
    assert sorted(path.name for path in folder.rglob("*")) == before


def test_files_that_mean_harm_are_refused(peermatch: Run, file: Path, folder: Path, tmp_path: Path) -> None:
    whole = file.read_bytes()
    hostile = {
        "cut": (whole[:-4096], 5, "damaged or was changed"),
        "huge header": (b"PMBK1\n\xff\xff\xff\xff" + b"{" * 100, 5, "damaged or was changed"),
        "zip": (b"PK\x03\x04../../evil", 6, "not a PeerMatch backup"),
        "empty": (b"", 6, "not a PeerMatch backup"),
    }
    for name, (data, code, words) in hostile.items():
        path = tmp_path / f"{name}.pmbackup"
        path.write_bytes(data)
        refused(peermatch("restore", path, "--yes"), code, words)
    os.mkfifo(tmp_path / "pipe.pmbackup")
    (tmp_path / "link.pmbackup").symlink_to(file)
    for name in ("pipe.pmbackup", "link.pmbackup", "nothing.pmbackup", "."):
        refused(peermatch("restore", tmp_path / name, "--yes"), 6, "not a backup that can be read")
    assert peermatch("info", "--json").json["supporters"] == 3
    assert [path.name for path in folder.glob("store-*.db")] == ["store-000001.db"]


def test_another_networks_backup_is_exit_6(peermatch: Run, secret: Path, tmp_path: Path) -> None:
    other = ("--network", tmp_path / "other.peermatch", "--passphrase-file", secret)
    assert peermatch("create", *other, network=False).code == 0
    assert peermatch("backup", tmp_path / "other.pmbackup", *other, network=False).code == 0
    refused(peermatch("restore", tmp_path / "other.pmbackup", "--yes"), 6, "another network")


def test_a_damaged_network_is_replaced_after_a_yes(peermatch: Run, file: Path, folder: Path) -> None:
    (folder / "store-000001.db").write_bytes(b"x" * 20_000)
    assert peermatch("check").code == 5
    assert peermatch("restore", file).code == 2
    ended = peermatch("restore", file, "--yes", "--json")
    assert ended.code == 0
    aside = Path(json.loads(ended.out)["aside"])
    assert (aside / "store-000001.db").read_bytes() == b"x" * 20_000
    assert peermatch("check").code == 0
    assert peermatch("info", "--json").json["supporters"] == 3


def test_a_newer_network_is_not_replaced(peermatch: Run, file: Path, folder: Path) -> None:
    keys = (folder / "store.keys").read_bytes()
    for name in ("store.keys", "store.keys.bak"):
        (folder / name).write_bytes(newer(keys))
    refused(peermatch("restore", file, "--yes"), 5, "newer PeerMatch")
    assert (folder / "store.keys").read_bytes() == newer(keys)


def newer(keys: bytes) -> bytes:
    """The key file as a later program would write it."""
    import hashlib

    body = keys.split(b"\n")[1].replace(b'"v":1}', b'"v":2}')
    assert b'"v":2}' in body
    return b"PMKS1\n" + body + b"\n" + hashlib.sha256(body).hexdigest().encode() + b"\n"
