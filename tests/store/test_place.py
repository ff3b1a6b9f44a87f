"""Where a network may live, and for whom."""

import json
from pathlib import Path, PureWindowsPath

import pytest

from peermatch.errors import BadInput, Refused, SystemRefused
from peermatch.managed import Managed
from peermatch.store.place import (
    make_network_folder,
    make_private_file,
    others_may_enter,
    refuse_place,
    refuse_synced,
)
from peermatch.store.place_signs import on_another_computer, roots

HOMES = Path("/home/lead")


@pytest.mark.parametrize(
    ("inside", "service"),
    [
        ("OneDrive/a.peermatch", "OneDrive"),
        ("OneDrive - NHS/Documents/a.peermatch", "OneDrive"),
        ("onedrive - nhs/a.peermatch", "OneDrive"),
        ("Dropbox/a.peermatch", "Dropbox"),
        ("Dropbox (Personal)/a.peermatch", "Dropbox"),
        ("iCloud Drive/a.peermatch", "iCloud"),
        ("iCloudDrive/a.peermatch", "iCloud"),
        ("Shipped/Mobile Documents/com~apple~CloudDocs/a.peermatch", "iCloud"),
        ("Shipped/CloudStorage/OneDrive-NHS/a.peermatch", "a cloud service"),
        ("Google Drive/My Drive/a.peermatch", "Google Drive"),
        ("My Drive/a.peermatch", "Google Drive"),
        ("Nextcloud/a.peermatch", "Nextcloud"),
    ],
)
def test_a_folder_that_a_service_copies_is_refused_by_name(inside: str, service: str) -> None:
    with pytest.raises(BadInput, match=f"a folder that {service} copies") as refusal:
        refuse_synced(HOMES / inside, {})
    assert "backups" in refusal.value.hint


@pytest.mark.parametrize(
    "inside", ["Documents/a.peermatch", "drive/a.peermatch", "my dropbox plans/a.peermatch"]
)
def test_an_ordinary_folder_is_not_refused(inside: str) -> None:
    refuse_synced(HOMES / inside, {"OneDrive": "", "HOME": str(HOMES)})


def test_onedrive_under_another_name_is_known_from_the_environment() -> None:
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        with pytest.raises(BadInput, match="OneDrive"):
            refuse_synced(HOMES / "Trust files" / "a.peermatch", {name: str(HOMES / "Trust files")})


def test_a_link_into_a_synced_folder_does_not_hide_it(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "plain").symlink_to(tmp_path / "Dropbox")
    with pytest.raises(BadInput, match="Dropbox"):
        refuse_synced(tmp_path / "plain" / "a.peermatch", {})


@pytest.mark.usefixtures("open_umask")
def test_folder_and_file_are_their_owner_s_alone(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "Nord West ü.peermatch"
    make_network_folder(folder)
    make_private_file(folder / "store-000001.db")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "store-000001.db").stat().st_mode & 0o777 == 0o600


def test_what_is_there_is_never_taken_over(tmp_path: Path) -> None:
    folder, file = tmp_path / "a.peermatch", tmp_path / "a.peermatch" / "x.db"
    make_network_folder(folder)
    make_private_file(file)
    with pytest.raises(BadInput, match="already something"):
        make_network_folder(folder)
    with pytest.raises(BadInput, match="already a file"):
        make_private_file(file)


def test_where_nothing_may_be_written_it_is_said(read_only: Path) -> None:
    with pytest.raises(
        SystemRefused, match=r"a\.peermatch could not be made: the folder or file is read-only"
    ):
        make_network_folder(read_only / "a.peermatch")
    with pytest.raises(SystemRefused, match="read-only"):
        make_private_file(read_only / "x.db")


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (".b2.3444493c.part", "b2"),
        (".north.west.pmbackup.3444493c.part", "north.west.pmbackup"),
        (".backup-9666b5ef.part", "The backup"),
        (".restore-9666b5ef.part", "A copy of the backup"),
        (".hidden", ".hidden"),
    ],
)
def test_of_what_is_made_in_parts_the_name_is_said_that_a_person_knows(
    read_only: Path, part: str, said: str
) -> None:
    with pytest.raises(SystemRefused) as file:
        make_private_file(read_only / part)
    assert file.value.what == f"{said} could not be made: the folder or file is read-only."
    with pytest.raises(SystemRefused) as folder:
        make_network_folder(read_only / part)
    assert folder.value.what == f"The folder {said} could not be made: the folder or file is read-only."


@pytest.mark.parametrize("mark", [".dropbox.cache", ".stfolder", ".nextcloudsync.log", ".sync_1a2b.db"])
def test_a_folder_is_known_by_what_a_service_leaves_in_it(tmp_path: Path, mark: str) -> None:
    (tmp_path / "Trust files").mkdir()
    (tmp_path / "Trust files" / mark).touch()
    with pytest.raises(BadInput, match="copies"):
        refuse_synced(tmp_path / "Trust files" / "below" / "a.peermatch", {})
    refuse_synced(tmp_path / "a.peermatch", {})


def test_notes_of_dropbox_in_the_home_folder_hide_nothing_and_refuse_nothing(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    refuse_synced(tmp_path / "Documents" / "a.peermatch", {})
    (tmp_path / ".stfolder").mkdir()
    with pytest.raises(BadInput, match="Syncthing"):
        refuse_synced(tmp_path / "Documents" / "a.peermatch", {})


def test_where_the_folder_of_a_service_is_a_link_both_its_places_are_known(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "Trust files").symlink_to(tmp_path / "disk")
    for place in ("Trust files", "disk"):
        with pytest.raises(BadInput, match="OneDrive"):
            refuse_synced(
                tmp_path / place / "a.peermatch", {"OneDriveCommercial": str(tmp_path / "Trust files")}
            )


def test_links_in_a_circle_are_no_service_s(tmp_path: Path) -> None:
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    refuse_synced(tmp_path / "one" / "a.peermatch", {})


def test_the_folder_that_dropbox_notes_is_known_under_any_name(tmp_path: Path) -> None:
    notes = tmp_path / ".dropbox"
    notes.mkdir()
    (notes / "info.json").write_text(json.dumps({"business": {"path": str(tmp_path / "Trust")}}), "utf-8")
    with pytest.raises(BadInput, match="Dropbox"):
        refuse_synced(tmp_path / "Trust" / "a.peermatch", {"HOME": str(tmp_path)})
    refuse_synced(tmp_path / "Elsewhere" / "a.peermatch", {"HOME": str(tmp_path)})
    for text in ("{", '["x"]', '{"a": {"path": 7}}', '{"a": {"path": "relative"}}'):
        (notes / "info.json").write_text(text, "utf-8")
        refuse_synced(tmp_path / "Trust" / "a.peermatch", {"HOME": str(tmp_path)})


def test_a_common_word_is_a_service_in_the_home_folder_alone() -> None:
    with pytest.raises(BadInput, match="Box"):
        refuse_synced(HOMES / "Box" / "a.peermatch", {"HOME": str(HOMES)})
    refuse_synced(HOMES / "tools" / "Box" / "a.peermatch", {"HOME": str(HOMES)})


def test_windows_finds_documents_that_were_led_into_onedrive() -> None:
    documents = HOMES / "OneDrive - Example NHS Trust" / "Documents"
    assert ("OneDrive", documents.parent) in list(roots({"OneDriveCommercial": str(documents.parent)}))
    with pytest.raises(BadInput, match="OneDrive"):
        refuse_synced(documents / "a.peermatch", {})


MOUNTS = r"""/dev/sda1 / ext4 rw 0 0
server:/export /mnt/team nfs4 rw 0 0
//server/share /mnt/two\040words cifs rw 0 0
tmpfs /mnt/team/local tmpfs rw 0 0
systemd-1 /mnt/asked autofs rw 0 0
server:/asked /mnt/asked nfs4 rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("place", "far"),
    [
        ("/mnt/team/a.peermatch", True),
        ("/mnt/two words/below/a.peermatch", True),
        ("/mnt/team/local/a.peermatch", False),
        ("/mnt/asked/a.peermatch", True),
        ("/mnt/teams/a.peermatch", False),
    ],
)
def test_a_network_drive_is_known_by_its_mount(tmp_path: Path, place: str, far: bool) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS, "utf-8")
    assert on_another_computer(Path(place), platform="linux", mounts=mounts) is far
    assert not on_another_computer(Path(place), platform="linux", mounts=tmp_path / "none")


def test_windows_share_is_known_by_its_name() -> None:
    share = PureWindowsPath(r"\\server\share\networks\a.peermatch")
    assert on_another_computer(share, platform="win32")
    assert not on_another_computer(PureWindowsPath(r"C:\Networks\a.peermatch"), platform="win32")


def test_a_place_that_the_organisation_does_not_allow_is_refused(tmp_path: Path) -> None:
    allowed = Managed(network_folders=(tmp_path / "kept",))
    refuse_place(tmp_path / "kept" / "a.peermatch", allowed)
    with pytest.raises(Refused, match="organisation does not allow") as refusal:
        refuse_place(tmp_path / "a.peermatch", allowed)
    assert str(tmp_path / "kept") in refusal.value.hint


@pytest.mark.usefixtures("open_umask")
def test_a_folder_that_others_may_enter_is_noticed(tmp_path: Path) -> None:
    make_network_folder(tmp_path / "a.peermatch")
    assert not others_may_enter(tmp_path / "a.peermatch")
    (tmp_path / "a.peermatch").chmod(0o750)
    assert others_may_enter(tmp_path / "a.peermatch")
    assert not others_may_enter(tmp_path / "gone")
