"""Where a network may live, and for whom."""

from pathlib import Path

import pytest

from peermatch.errors import BadInput, SystemRefused
from peermatch.store.place import make_network_folder, make_private_file, refuse_synced

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
