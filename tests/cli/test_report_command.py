"""The command `report`: as text, as JSON, as files; days that are none are refused, and what left is kept."""

from pathlib import Path

from tests.cli.conftest import Run

TIMES = "1 November 2025 to 31 October 2026"


def test_without_days_it_is_of_the_twelve_whole_months_before(peermatch: Run) -> None:
    told = peermatch("report")
    assert told.code == 0
    assert told.out.splitlines()[:2] == ["North West peer support: peer support in numbers", TIMES]
    assert "A star (*) stands for a small number" in told.out
    found = peermatch("report", "--json").json
    assert (found["from"], found["to"], found["again"], found["files"]) == (
        "2025-11-01",
        "2026-10-31",
        True,
        [],
    )
    outcomes = next(each for each in found["tables"] if each["id"] == "outcomes")
    assert outcomes["lines"][0] == {"id": "all", "label": "Enquiries", "values": [0, ""]}


def test_small_numbers_are_stars_and_null(peermatch: Run) -> None:
    found = peermatch("report", "--from", "2026-11-01", "--to", "2026-11-20", "--json").json
    outcomes = next(each for each in found["tables"] if each["id"] == "outcomes")
    assert outcomes["lines"][0]["values"] == [None, ""]
    assert "  Enquiries: *" in peermatch("report", "--from", "2026-11-01", "--to", "2026-11-20").out


def test_files_lie_where_they_are_wanted_and_are_never_written_over(peermatch: Run, tmp_path: Path) -> None:
    done = peermatch("report", "--format", "csv,xlsx,pdf", "--out", tmp_path / "out", "--json")
    stem = "peer-support-2025-11-01-to-2026-10-31"
    assert sorted(Path(each).name for each in done.json["files"]) == [
        f"{stem}.{e}" for e in ("csv", "pdf", "xlsx")
    ]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        f"{stem}.{each}" for each in ("csv", "pdf", "xlsx")
    ]
    again = peermatch("report", "--format", "csv", "--out", tmp_path / "out")
    assert (again.code, "already a file" in again.err) == (6, True)


def test_what_cannot_be_is_said(peermatch: Run, tmp_path: Path) -> None:
    for words, code, why in (
        (("--from", "2026-10-01", "--to", "2026-09-01"), 6, "after the last one"),
        (("--to", "2026-12-31"), 6, "not over yet"),
        (("--format", "docx"), 6, "cannot be written as docx"),
        (("--from", "yesterday"), 2, "is not a day"),
    ):
        told = peermatch("report", *words)
        assert (told.code, why in told.err) == (code, True)


def test_half_of_the_days_is_enough(peermatch: Run) -> None:
    assert peermatch("report", "--to", "2026-06-30", "--json").json["from"] == "2025-07-01"
    assert peermatch("report", "--from", "2026-09-01", "--json").json["to"] == "2026-10-31"
