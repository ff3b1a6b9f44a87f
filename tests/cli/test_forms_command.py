"""Volunteers' answers from the command line: looked at, corrected by a mapping, taken in."""

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

HEADINGS = [
    "Timestamp",
    "Email Address",
    "Your name",
    "What have you been through?",
    "May we keep this on record?",
]
ANSWERS = [
    ["18/11/2026 14:28:27", "ann@example.org", "Ann Bee", "ADHD, Failing an exam", "Yes"],
    ["19/11/2026 08:01:00", "ben@example.org", "Ben Cee", "Seeing stars", "Yes"],
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    kept = tmp_path / "answers.csv"
    with kept.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([HEADINGS, *ANSWERS])
    return kept


def test_answers_are_looked_at_first_and_taken_in_when_nothing_is_wrong(
    peermatch: Run, file: Path, tmp_path: Path
) -> None:
    looked = peermatch("import", "supporters", str(file), "--dry-run", "--json")
    assert looked.code == 6
    problems = " ".join(looked.json["problems"])
    assert "which wording" in problems
    assert "row 3, What have you been through?: “Seeing stars” is not in the list" in problems
    mapping = looked.json["mapping"] | {
        "wording": "2026-1",
        "words": {"characteristics": {"Seeing stars": ""}},
    }
    kept = tmp_path / "mapping.json"
    kept.write_text(json.dumps(mapping), "utf-8")
    again = peermatch("import", "supporters", str(file), "--mapping", str(kept), "--dry-run")
    assert (again.code, again.out.splitlines()[-2:]) == (0, ["2 new.", "Nothing was written."])
    before = peermatch("info", "--json").json["supporters"]
    assert peermatch("import", "supporters", str(file), "--mapping", str(kept)).out == "2 new.\n"
    assert peermatch("info", "--json").json["supporters"] == before + 2
    assert (
        peermatch("import", "supporters", str(file), "--mapping", str(kept)).out == "0 new, 2 as they were.\n"
    )


def test_nothing_is_taken_in_while_anything_is_wrong(peermatch: Run, file: Path) -> None:
    refused = peermatch("import", "supporters", str(file))
    assert refused.code == 6
    assert "Nothing was taken in." in refused.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not JSON"),
        ("[]", "object"),
        (
            '{"columns": {"Name": {"meaning": "gold"}}, "colour": 1, "months": true}',
            "colour: this field is not known",
        ),
        ('{"columns": {"Name": {"meaning": "consent"}}}', "consent, and nothing else, has a purpose"),
        ('{"words": {"grade": {"ST4": 4}}, "people": [], "wording": 3}', "wording: this must be text"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_everything_that_is_wrong(
    peermatch: Run, file: Path, tmp_path: Path, text: str, said: str
) -> None:
    kept = tmp_path / "mapping.json"
    kept.write_text(text, "utf-8")
    refused = peermatch("import", "supporters", str(file), "--mapping", str(kept))
    assert (refused.code, said in refused.err) == (6, True)
