"""The folder of a bare system is removed without what is mounted there: that is this computer's own."""

from pathlib import Path

import bare_system


def test_a_folder_goes_with_all_that_is_in_it(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "dev").mkdir(parents=True)
    (root / "dev" / "console").write_text("", encoding="utf-8")
    bare_system.clear(root)
    assert not root.exists()
    bare_system.clear(root)


def test_what_is_mounted_within_is_found(tmp_path: Path) -> None:
    root = tmp_path / "root"
    mounts = f"devtmpfs {root}/dev devtmpfs rw 0 0\nproc /proc proc rw 0 0\nx {root}2/dev x rw 0 0\n"
    assert bare_system.still_mounted(root, mounts) == [f"{root}/dev"]


def test_packages_of_another_system_are_never_asked_for() -> None:
    debian = 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\nVERSION_CODENAME=bookworm\n'
    ubuntu = 'ID=ubuntu\nID_LIKE="debian"\nVERSION_CODENAME=jammy\n'
    assert bare_system.release_in(debian) == bare_system.RELEASE
    assert bare_system.release_in(ubuntu) == ""
