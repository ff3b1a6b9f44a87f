"""What an administrator decides: read from where only they can write, and strict where it cannot be read."""

import plistlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peermatch.managed import (
    LARGEST,
    STRICT,
    VALUES,
    Managed,
    combined,
    managed,
    parse,
    policy_files,
)

WHOLE = """
lock_after_minutes = 10
keychain = false
network_folders = ["~/PeerMatch", "$PM_DRIVE/networks"]
backups_folder = "/srv/backups"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "policy.toml"


def test_without_a_policy_nothing_is_narrowed(file: Path) -> None:
    assert managed([file]) == Managed()
    assert managed([file / "below" / "a file"]) == Managed()
    assert Managed().allows(file)


def test_each_value_is_read(file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PM_DRIVE", str(tmp_path))
    file.write_text(WHOLE, "utf-8")
    found = managed([file])
    folders = (Path.home() / "PeerMatch", tmp_path / "networks")
    assert found == Managed(10, False, folders, Path("/srv/backups"))
    assert found.allows(tmp_path / "networks" / "a.peermatch")
    assert not found.allows(tmp_path / "a.peermatch")
    assert not found.allows(tmp_path / "networks" / ".." / "a.peermatch")


def test_a_link_does_not_lead_out_of_the_allowed_folders(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "out").symlink_to(tmp_path)
    assert not Managed(network_folders=(tmp_path / "in",)).allows(tmp_path / "in" / "out" / "a.peermatch")


def test_a_property_list_says_the_same(tmp_path: Path) -> None:
    file = tmp_path / "peermatch.plist"
    values = {
        "lock_after_minutes": 3,
        "keychain": True,
        "network_folders": ["/srv/a"],
        "backups_folder": "/b",
        "PayloadUUID": "0f3c",
    }
    for form in (plistlib.FMT_XML, plistlib.FMT_BINARY):
        file.write_bytes(plistlib.dumps(values, fmt=form))
        assert managed([file]) == Managed(3, True, (Path("/srv/a"),), Path("/b"))


@pytest.mark.parametrize(
    "inside", ["<dict><key>keychain</key><date>soon</date></dict>", "<dict>", "<array/>"]
)
def test_a_property_list_that_is_none_leaves_the_strict_values(tmp_path: Path, inside: str) -> None:
    file = tmp_path / "peermatch.plist"
    file.write_text(f'<?xml version="1.0"?><plist version="1.0">{inside}</plist>', "utf-8")
    found = managed([file])
    assert (found.lock_minutes, found.keychain) == (STRICT.lock_minutes, STRICT.keychain)
    assert "not written as such a file is" in found.fault


def test_links_in_a_circle_are_no_allowed_folder(tmp_path: Path) -> None:
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    assert not Managed(network_folders=(tmp_path / "in",)).allows(tmp_path / "one" / "a.peermatch")


def test_the_registry_s_kinds_of_value_are_understood() -> None:
    said = {"lock_after_minutes": 15, "keychain": 0, "network_folders": "/srv/a", "backups_folder": "/b"}
    assert parse(said, "registry") == Managed(15, False, (Path("/srv/a"),), Path("/b"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("lock_after_minutes = 0", "lock_after_minutes"),
        ("lock_after_minutes = true", "lock_after_minutes"),
        ('lock_after_minutes = "5"', "lock_after_minutes"),
        ('keychain = "no"', "keychain"),
        ('network_folders = ["relative"]', "network_folders"),
        ("network_folders = []", "network_folders"),
        ("backups_folder = 7", "backups_folder"),
        ('backups_folder = "~nobody-of-that-name/backups"', "backups_folder"),
        ('lock_after_minuts = 5\n"bad name\\u202e" = 1', "an unknown value, lock_after_minuts"),
        ("keychain = ", "not written as such a file is"),
        ("\x00\x01", "not written as such a file is"),
        ("#" * (LARGEST + 1), "too large"),
    ],
)
def test_what_is_not_understood_is_one_sentence_and_the_strict_values_hold(
    file: Path, text: str, told: str
) -> None:
    file.write_text(text, "utf-8")
    found = managed([file])
    assert (found.lock_minutes, found.keychain) == (STRICT.lock_minutes, STRICT.keychain)
    assert told in found.fault
    assert found.fault.startswith("The policy of this computer (policy.toml) cannot be followed: ")
    assert "\u202e" not in found.fault


def test_what_was_understood_beside_a_fault_holds(file: Path) -> None:
    file.write_text('lock_after_minutes = 2\nkeychain = 7\nbackups_folder = "/b"', "utf-8")
    found = managed([file])
    assert (found.lock_minutes, found.keychain, found.backups_folder) == (2, False, Path("/b"))


def test_a_folder_in_the_place_of_the_file_is_a_policy_that_cannot_be_read(file: Path) -> None:
    file.mkdir()
    assert "cannot be read" in managed([file]).fault


def test_of_several_policies_the_stricter_value_holds(tmp_path: Path) -> None:
    first, second = tmp_path / "a.toml", tmp_path / "b.toml"
    first.write_text('lock_after_minutes = 15\nnetwork_folders = ["/a"]', "utf-8")
    second.write_text('lock_after_minutes = 5\nkeychain = false\nnetwork_folders = ["/b"]', "utf-8")
    assert managed([first, second]) == Managed(5, False, (Path("/a"),))


def test_where_policies_are_written_on_each_system() -> None:
    assert policy_files("linux", {"XDG_CONFIG_DIRS": "/opt/conf:not-whole"}) == (
        Path("/etc/peermatch/policy.toml"),
        Path("/etc/xdg/peermatch/policy.toml"),
        Path("/opt/conf/peermatch/policy.toml"),
    )
    assert policy_files("linux", {})[-1] == Path("/etc/xdg/peermatch/policy.toml")
    usual = Path("C:\\ProgramData") / "PeerMatch" / "policy.toml"
    assert policy_files("win32", {"PROGRAMDATA": "/pd"}) == (usual, Path("/pd/PeerMatch/policy.toml"))
    assert policy_files("win32", {"PROGRAMDATA": "C:\\ProgramData"}) == policy_files("win32", {}) == (usual,)
    assert policy_files("darwin", {})[0] == Path("/Library/Managed Preferences/peermatch.plist")


KINDS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.lists(st.text(max_size=4), max_size=2)
)


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from(VALUES) | st.text(max_size=5), KINDS, max_size=4))
def test_no_policy_whatever_it_says_is_wider_than_none(said: dict[str, object]) -> None:
    found = parse(said, "x")
    assert found.lock_minutes is None or 1 <= found.lock_minutes <= 24 * 60
    if found.fault:
        assert found.lock_minutes is not None
        assert found.keychain is False or said.get("keychain") in (True, 1)
    assert combined([found, Managed()]) == found
