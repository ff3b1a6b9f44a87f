"""`--backup`: a backup is read by the commands that read, and refused by those that change something."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def file(peermatch: Run, tmp_path: Path) -> Path:
    """A backup, after which somebody was asked."""
    assert peermatch("backup", tmp_path / "then.pmbackup").code == 0
    assert peermatch("ask", "E-0142", "S-0001").code == 0
    return tmp_path / "then.pmbackup"


def test_what_reads_reads_the_backup(peermatch: Run, file: Path) -> None:
    assert peermatch("info", "--json").json["introductions"] == 1
    told = peermatch("--backup", file, "info", "--json").json
    assert (told["introductions"], told["supporters"]) == (0, peermatch("info", "--json").json["supporters"])
    assert peermatch("match", "E-0142", "--backup", file, "--json").json["suggested"]
    assert peermatch("check", "--backup", file).code == 0


def test_what_changes_something_is_refused(peermatch: Run, file: Path) -> None:
    before = file.read_bytes()
    ended = peermatch("ask", "E-0142", "S-0001", "--backup", file)
    assert (ended.code, ended.out) == (3, "")
    assert "only looked at" in ended.err
    assert file.read_bytes() == before


def test_what_is_no_backup_is_bad_input(peermatch: Run, file: Path, tmp_path: Path) -> None:
    assert peermatch("info", "--backup", tmp_path / "none.pmbackup").code == 6
    file.write_bytes(file.read_bytes()[:-1])
    assert peermatch("info", "--backup", file).code == 5
