"""A rule that is written is a rule that counts: each file of rules stands in exactly one of the two tuples."""

from collections import Counter
from pathlib import Path

from peermatch.matching.rules import GATES, RULES
from peermatch.model.verdict import Code


def test_each_file_stands_in_exactly_one_tuple(root: Path) -> None:
    folder = root / "peermatch" / "matching" / "rules"
    files = sorted(f"peermatch.matching.rules.{file.stem}" for file in folder.glob("*.py"))
    listed = Counter([*(gate.refuses.__module__ for gate in GATES), *(_module(rule) for rule in RULES)])
    assert sorted(listed.elements()) == [file for file in files if not file.endswith(".__init__")]


def _module(rule: object) -> str:
    return str(getattr(rule, "__module__", ""))


def test_the_gates_stand_in_the_order_of_the_codes_and_live_in_files_of_their_name() -> None:
    assert [gate.code for gate in GATES] == list(Code)
    assert [gate.refuses.__module__.rpartition(".")[2] for gate in GATES] == [code.value for code in Code]
