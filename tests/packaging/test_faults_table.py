"""The figures of the faults as a table, and SECURITY, which keeps all that is not between the marks."""

import json
import re
from datetime import date

import faults
import pytest
from system_parts import Stopped


def row(kind: str, points: int, lost: int = 0, remark: str = "") -> dict[str, object]:
    """One kind as the harness tells it."""
    none = {"half": 0, "silent": 0, "plain": 0, "unclear": 0}
    found = [f"lost at {number}" for number in range(lost)]
    return {
        "kind": kind,
        "points": points,
        "lost": lost,
        "remark": remark,
        "findings": found,
        "seconds": 2.0,
    } | none


def test_every_kind_has_a_line_and_the_last_is_their_sum() -> None:
    said = faults.table([row("killed", 1500), row("power lost", 2000, 1)], "Measured once.")
    assert said.startswith("Measured once.\n\n| What was done to it | points |")
    assert "| killed | 1,500 | 0 | 0 | 0 | 0 | 0 |" in said
    assert said.endswith("| all | 3,500 | 1 | 0 | 0 | 0 | 0 |")
    assert {line.count("|") for line in said.splitlines() if line.startswith("|")} == {8}


def test_what_could_not_be_tried_is_said() -> None:
    said = faults.table([row("disk full", 0, remark="no compiler")], "")
    assert said.endswith("Not tried: disk full (no compiler).")


def test_each_kind_is_told_as_it_comes_with_what_was_found(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [json.dumps(row("killed", 4, 2)), json.dumps(row("clock", 5))]
    assert [each["points"] for each in faults.as_they_come(lines)] == [4, 5]
    assert capsys.readouterr().out == "killed: 4 in 2 s\n  lost at 0\n  lost at 1\nclock: 5 in 2 s\n"


def test_figures_go_between_the_marks_and_nowhere_else() -> None:
    before = f"# Security\n\n{faults.BEGIN}\nold\n{faults.END}\n\nRest\n"
    after = faults.between(before, "new")
    assert after == f"# Security\n\n{faults.BEGIN}\nnew\n{faults.END}\n\nRest\n"
    with pytest.raises(Stopped, match=re.escape(faults.BEGIN)):
        faults.between("no marks", "new")


def test_the_heading_says_when_and_on_what() -> None:
    assert faults.heading(date(2026, 11, 2)).startswith("On 2 November 2026, Python 3.")
