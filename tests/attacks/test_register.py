"""The register of attacks: each of the forty once, each with tests that exist or a reason."""

import ast
from functools import cache
from pathlib import Path

from tests.attacks.register import attacks

ROOT = Path(__file__).resolve().parents[2]


@cache
def named_in(file: str) -> frozenset[str]:
    """The tests that a file holds, read and not run."""
    tree = ast.parse((ROOT / file).read_bytes()) if (ROOT / file).is_file() else ast.Module([], [])
    found = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    machines = {
        node.targets[0].id
        for node in tree.body
        if isinstance(node, ast.Assign)
        if isinstance(node.targets[0], ast.Name)
    }
    return frozenset(name for name in found | machines if name.startswith("test_"))


def test_each_of_the_forty_stands_there_once() -> None:
    assert [attack.number for attack in attacks()] == list(range(1, 41))


def test_each_has_tests_or_a_reason_why_not() -> None:
    assert [attack.number for attack in attacks() if not (attack.tests or attack.why)] == []
    assert [attack.number for attack in attacks() if not (attack.done and attack.seen)] == []


def test_every_test_that_is_named_exists() -> None:
    missing = []
    for attack in attacks():
        for name in attack.tests:
            file, _, test = name.partition("::")
            if test not in named_in(file):
                missing.append(f"{attack.number}: {name}")
    assert missing == []


def test_no_test_is_named_twice_for_one_attack() -> None:
    assert [attack.number for attack in attacks() if len(set(attack.tests)) < len(attack.tests)] == []
