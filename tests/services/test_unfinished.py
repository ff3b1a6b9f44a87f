"""Files that a killed process began: gone at the next opening of a network, and nothing else goes with them."""

import subprocess
import sys
from pathlib import Path

import pytest

from peermatch import paths
from peermatch.services.office import Doors, Services
from peermatch.services.unfinished import clear_unfinished, noted
from peermatch.services.writing import prepared
from tests.networks import PASSPHRASE

KILLED = """
import os, sys
from pathlib import Path
from peermatch.services.writing import prepared

with prepared(Path(sys.argv[1])) as sheets:
    sheets.write((("PM-7F3K.vcf", b"amina@example.org"),))
    os.kill(os.getpid(), 9)
"""


def killed(folder: Path) -> Path:
    """The part that a process leaves which is killed between writing and recording."""
    subprocess.run([sys.executable, "-c", KILLED, str(folder)], check=False)
    (part,) = folder.iterdir()
    return part


def notes() -> list[Path]:
    return list(paths.data_folder().glob("writing-*"))


def test_the_next_opening_clears_what_a_killed_process_began(services: Services, doors: Doors) -> None:
    folder = services.folder.parent / "out"
    part = killed(folder)
    assert part.read_bytes() == b"amina@example.org"
    (note,) = notes()
    assert note.stat().st_mode & 0o777 == 0o600
    assert "7F3K" not in note.read_text("utf-8")
    others = [folder / name for name in (".PM-7F3K.vcf.0011aabb.part", part.name[1:], "PM-7F3K.vcf")]
    for each in others:
        each.write_bytes(b"another's")
    services.lock()
    doors.open(services.folder, PASSPHRASE).lock()
    assert sorted(folder.iterdir()) == sorted(others)
    assert notes() == []


def test_a_folder_that_is_away_is_cleared_when_it_is_back(tmp_path: Path) -> None:
    folder, away = tmp_path / "out", tmp_path / "away"
    part = killed(folder)
    folder.rename(away)
    clear_unfinished()
    assert (away / part.name).exists()
    away.rename(folder)
    clear_unfinished()
    assert list(folder.iterdir()) == []
    assert notes() == []


def test_what_took_the_place_of_a_part_stays(tmp_path: Path) -> None:
    part = killed(tmp_path / "out")
    part.unlink()
    (tmp_path / "kept").write_bytes(b"x")
    part.symlink_to(tmp_path / "kept")
    clear_unfinished()
    assert part.is_symlink()
    assert (tmp_path / "kept").read_bytes() == b"x"


@pytest.mark.parametrize("what", ["", "out", "\0"])
def test_a_note_that_names_no_place_clears_nothing(tmp_path: Path, what: str) -> None:
    note = paths.data_folder() / "writing-0011aabb"
    paths.make_private(note.parent)
    note.write_text(what, "utf-8")
    clear_unfinished()
    assert notes() == []
    note.symlink_to(tmp_path / "elsewhere")
    clear_unfinished()
    assert note.is_symlink()
    note.unlink()


def test_what_is_being_written_just_now_stays(tmp_path: Path) -> None:
    with prepared(tmp_path) as sheets:
        sheets.write((("a.txt", b"one"),))
        clear_unfinished()
        assert sheets.put_in_place() == (tmp_path / "a.txt",)
    assert notes() == []


def test_a_computer_that_keeps_no_note_writes_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    with noted(tmp_path) as sign:
        assert len(sign) == 8
    clear_unfinished()
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
