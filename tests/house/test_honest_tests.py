"""Tests test: none is skipped, expected to fail, asleep, or satisfied with nothing."""

import ast
import importlib
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

Sources = Mapping[Path, ast.Module]
Nodes = list[tuple[Path, ast.AST]]

EXCUSES = {"skip", "skipif", "xfail", "importorskip"}
FAKES = {"unittest.mock", "mock", "pytest_mock"}


@pytest.fixture(scope="module")
def nodes(tests: Sources) -> Nodes:
    """Everything that stands in the tests, with the file it stands in."""
    return [(path, node) for path, tree in tests.items() for node in ast.walk(tree)]


def test_no_test_is_excused(nodes: Nodes) -> None:
    excused = [
        f"{path}:{node.lineno}"
        for path, node in nodes
        if isinstance(node, ast.Attribute)
        and node.attr in EXCUSES
        and ast.unparse(node.value) in ("pytest", "pytest.mark", "unittest")
    ]
    assert excused == []


def test_no_test_sleeps(nodes: Nodes) -> None:
    asleep = [
        f"{path}:{node.lineno}"
        for path, node in nodes
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("time.sleep", "sleep", "QTest.qSleep")
    ]
    assert asleep == []


def test_no_test_mocks(nodes: Nodes) -> None:
    mocked = [
        f"{path}:{node.lineno}"
        for path, node in nodes
        if (isinstance(node, ast.ImportFrom) and (node.module or "") in FAKES)
        or (isinstance(node, ast.Import) and any(name.name in FAKES for name in node.names))
    ]
    assert mocked == []


def test_no_test_asserts_a_constant(nodes: Nodes) -> None:
    empty = [
        f"{path}:{node.lineno}"
        for path, node in nodes
        if isinstance(node, ast.Assert) and isinstance(node.test, ast.Constant)
    ]
    assert empty == []


def test_no_test_is_empty(nodes: Nodes) -> None:
    idle = [
        f"{path}:{node.lineno} {node.name}"
        for path, node in nodes
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        if not any(isinstance(inner, ast.Assert | ast.Call) for line in node.body for inner in ast.walk(line))
    ]
    assert idle == []


def test_examples_do_not_hang_on_what_else_was_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _examples()
    words = ", ".join(repr(f"word {number}") for number in range(300))
    (tmp_path / "wordy_module.py").write_text(f"WORDS = ({words})\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert len(importlib.import_module("wordy_module").WORDS) == 300
    assert _examples() == before


def _examples() -> list[str]:
    seen: list[str] = []

    @given(st.text())
    @settings(derandomize=True, database=None, max_examples=200)
    def look(text: str) -> None:
        seen.append(text)

    look()
    return seen
