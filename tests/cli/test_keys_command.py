"""Keys on the command line: listed, added, changed, removed, rotated; a failed command changes nothing."""

from pathlib import Path
from typing import Any

import pytest

from peermatch.store.vault import KEYS
from tests.cli.conftest import Run

SECOND = "a passphrase of somebody else"


@pytest.fixture
def second(tmp_path: Path) -> Path:
    file = tmp_path / "second"
    file.write_text(SECOND + "\n", "utf-8")
    return file


def listed(peermatch: Run) -> list[dict[str, Any]]:
    keys: list[dict[str, Any]] = peermatch("keys", "list", "--json").json["keys"]
    return keys


def test_the_list_says_whose_each_key_is(peermatch: Run) -> None:
    (only,) = listed(peermatch)
    assert only["own"] is True
    assert (only["type"], only["label"], only["name"], only["role"]) == (
        "passphrase",
        "coordinator",
        None,
        None,
    )
    line = peermatch("keys", "list").out
    assert line == f"{only['id']}  coordinator, passphrase since {only['since']}, used now\n"


def test_a_person_is_added_and_can_open(peermatch: Run, second: Path, folder: Path) -> None:
    done = peermatch("keys", "add", "--name", "Priya Nair", "--role", "lead", "--new-passphrase-file", second)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[:2] == [
        "Priya Nair can open this network now.",
        "These backups still open with the keys of their day. Delete them if they must not:",
    ]
    opened = peermatch(
        "keys", "list", "--json", "--network", folder, "--passphrase-file", second, network=False
    )
    first, priya = opened.json["keys"]
    assert (priya["name"], priya["role"], priya["own"], first["own"]) == ("Priya Nair", "lead", True, False)


def test_somebody_is_removed_after_a_yes(peermatch: Run, second: Path, folder: Path) -> None:
    words = ("--name", "Priya Nair", "--role", "lead", "--new-passphrase-file", second)
    key = peermatch("keys", "add", *words, "--json").json["key"]
    before = (folder / KEYS).read_bytes()
    unasked = peermatch("keys", "remove", key)
    assert (unasked.code, (folder / KEYS).read_bytes()) == (2, before)
    done = peermatch("keys", "remove", key[:6], "--yes", "--json")
    assert done.code == 0
    assert len(done.json["backups"]) == 2
    refused = peermatch("info", "--network", folder, "--passphrase-file", second, network=False)
    assert refused.code == 4


def test_the_last_person_stays(peermatch: Run, folder: Path) -> None:
    (only,) = listed(peermatch)
    before = (folder / KEYS).read_bytes()
    refused = peermatch("keys", "remove", only["id"], "--yes")
    assert refused.code == 3
    assert "the last person who can open this network" in refused.err
    assert (folder / KEYS).read_bytes() == before


def test_the_own_passphrase_is_changed(peermatch: Run, second: Path, folder: Path) -> None:
    assert peermatch("keys", "change", "--new-passphrase-file", second).code == 0
    assert peermatch("info").code == 4
    assert peermatch("info", "--network", folder, "--passphrase-file", second, network=False).code == 0


def test_a_key_gets_a_name_and_a_role(peermatch: Run) -> None:
    assert peermatch("keys", "change", "--name", "Maria Ode").out == "This key belongs to Maria Ode.\n"
    peermatch("keys", "change", "--role", "lead")
    (only,) = listed(peermatch)
    assert (only["name"], only["role"]) == ("Maria Ode", "lead")


def test_everything_is_encrypted_anew(peermatch: Run, folder: Path) -> None:
    done = peermatch("keys", "rotate")
    assert done.out.startswith("The network is encrypted with a new key now.\n")
    assert [path.name for path in folder.glob("store-*.db")] == ["store-000002.db"]
    assert peermatch("check").code == 0


def test_a_recovery_key_is_written_first_and_counts_then(
    peermatch: Run, folder: Path, tmp_path: Path
) -> None:
    paper, other = tmp_path / "paper", tmp_path / "other"
    assert peermatch("keys", "add", "--recovery-to", paper).code == 0
    by_paper = ("info", "--network", folder, "--recovery-key-file")
    assert peermatch(*by_paper, paper, network=False).code == 0
    assert peermatch("keys", "add", "--recovery-to", other).code == 2  # it would replace the first: asked
    assert not other.exists()
    assert peermatch("keys", "add", "--recovery-to", other, "--yes").code == 0
    assert peermatch(*by_paper, other, network=False).code == 0
    assert peermatch(*by_paper, paper, network=False).code == 4


def test_a_recovery_key_never_lands_inside_the_network_or_on_a_file(
    peermatch: Run, folder: Path, secret: Path
) -> None:
    before = (folder / KEYS).read_bytes()
    assert peermatch("keys", "add", "--recovery-to", folder / "paper").code == 6
    assert peermatch("keys", "add", "--recovery-to", secret).code == 6
    assert (folder / KEYS).read_bytes() == before


WRONG = {
    "add without a name": (("add", "--role", "lead"), 2),
    "add without a role": (("add", "--name", "Priya Nair"), 2),
    "add without a passphrase": (("add", "--name", "Priya Nair", "--role", "lead"), 2),
    "an unknown role": (("add", "--name", "Priya Nair", "--role", "owner"), 2),
    "an unknown key": (("remove", "zz", "--yes"), 6),
    "no key": (("remove",), 2),
    "no command": ((), 2),
    "a name and a passphrase": (("change", "--name", "P", "--new-passphrase-file", "x"), 2),
    "no such file": (("change", "--new-passphrase-file", "/nowhere/at/all"), 6),
}


@pytest.mark.parametrize("what", WRONG)
def test_wrong_use_changes_nothing(peermatch: Run, folder: Path, what: str) -> None:
    words, code = WRONG[what]
    before = (folder / KEYS).read_bytes()
    ended = peermatch("keys", *words)
    assert (ended.code, ended.out) == (code, "")
    assert (folder / KEYS).read_bytes() == before


def test_both_passphrases_cannot_come_from_standard_input(peermatch: Run, folder: Path, secret: Path) -> None:
    ended = peermatch(
        "keys", "change", "--new-passphrase-file", "-", "--network", folder, "--passphrase-file", "-",
        network=False, stdin=secret.read_bytes(),
    )  # fmt: skip
    assert ended.code == 2
    assert "standard input" in ended.err
