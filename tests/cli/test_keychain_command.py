"""The commands on this computer as a key, and on a network that is older than the one used here last."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.store.keychains import BUS, gnome_keyring


@pytest.fixture(scope="module")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    with gnome_keyring(tmp_path_factory.mktemp("keychain") / "home") as settings:
        yield settings


@pytest.fixture(autouse=True)
def here(bus: Mapping[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(BUS, bus[BUS])
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "this computer"))


def test_a_remembered_network_needs_no_passphrase(
    peermatch: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = ("info", "--network", folder)
    asked = peermatch(*alone, network=False)
    assert (asked.code, "needs the passphrase" in asked.err) == (2, True)
    remembered = peermatch("keys", "remember")
    assert (remembered.code, remembered.err) == (0, "")
    assert "opens the network from now on" in remembered.out
    by_itself = peermatch(*alone, network=False)
    assert (by_itself.code, by_itself.err) == (0, "")
    assert "3 supporters" in by_itself.out
    listed = peermatch("keys", "list", "--json", "--network", folder, network=False).json["keys"]
    assert [(key["type"], key["own"]) for key in listed] == [("passphrase", False), ("device", True)]

    monkeypatch.delenv(BUS)
    without = peermatch(*alone, network=False)
    assert without.code == 2
    assert "no keychain that PeerMatch can use" in without.err
    assert peermatch("info").code == 0


def test_it_is_forgotten_and_forbidden(peermatch: Run, folder: Path) -> None:
    alone = ("info", "--network", folder)
    peermatch("keys", "remember")
    forgotten = peermatch("keys", "forget")
    assert (forgotten.code, peermatch(*alone, network=False).code) == (0, 2)
    assert peermatch("keys", "forget").code == 3
    peermatch("keys", "remember")
    assert peermatch("keys", "computers", "forbid").code == 2
    assert peermatch("keys", "computers", "forbid", "--yes").code == 0
    assert peermatch(*alone, network=False).code == 2
    refused = peermatch("keys", "remember")
    assert (refused.code, "The lead decided so" in refused.err) == (3, True)
    assert peermatch("keys", "computers", "allow").code == 0
    assert peermatch("check").code == 0


def test_an_older_copy_needs_the_option(peermatch: Run, folder: Path, tmp_path: Path) -> None:
    kept = shutil.copytree(folder, tmp_path / "kept")
    peermatch("controller", "The Other Trust")
    shutil.rmtree(folder)
    shutil.copytree(kept, folder)
    refused = peermatch("info")
    assert refused.code == 3
    assert "older than the one you used on 20 November. It may be a restored copy." in refused.err
    assert "--older-copy opens it all the same" in refused.err
    assert peermatch("info", "--older-copy").code == 0
    assert peermatch("info").code == 0


def test_an_older_copy_that_this_computer_opens_by_itself_needs_it_too(
    peermatch: Run, folder: Path, tmp_path: Path
) -> None:
    alone = ("info", "--network", folder)
    peermatch("keys", "remember")
    kept = shutil.copytree(folder, tmp_path / "kept")
    peermatch("controller", "The Other Trust")
    shutil.rmtree(folder)
    shutil.copytree(kept, folder)
    assert peermatch(*alone, network=False).code == 3
    assert peermatch(*alone, "--older-copy", network=False).code == 0
    assert peermatch(*alone, network=False).code == 0
