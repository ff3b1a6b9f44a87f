"""The commands that write the directory page and a table of supporters."""

import json
from pathlib import Path

from tests.cli.conftest import Run

ADHD = "neuro.adhd"


def listed(peermatch: Run) -> None:
    give = ("consent", "give", "S-0001", "list", ADHD, "--wording", "2026-1", "--method", "form")
    assert peermatch(*give).code == 0


def test_the_page_and_its_data_name_only_those_who_agreed(peermatch: Run, tmp_path: Path) -> None:
    listed(peermatch)
    answer = peermatch("directory", str(tmp_path / "out"), "--json")
    assert answer.code == 0, answer.err
    document = json.loads(answer.out)
    assert [each["name"] for each in document["page"]["people"]] == ["Amina"]
    html, data = (Path(each).read_text("utf-8") for each in document["files"])
    assert "Amina" in html
    assert "Tom" not in html
    assert json.loads(data) == document["page"]
    again = peermatch("directory", str(tmp_path / "out"))
    assert again.code == 6
    assert "already a file" in again.err


def test_the_page_for_everybody_names_nobody(peermatch: Run, tmp_path: Path) -> None:
    listed(peermatch)
    answer = peermatch("directory", str(tmp_path / "out"), "--without-names", "--json")
    assert answer.code == 0
    assert "Amina" not in "".join(path.read_text("utf-8") for path in (tmp_path / "out").iterdir())


def test_a_table_is_written_after_a_yes(peermatch: Run, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    assert peermatch("table", str(file)).code == 2
    answer = peermatch("table", str(file), "--yes", "--json")
    assert answer.code == 0
    assert "amina@example.org" in file.read_text("utf-8-sig")
