"""Tests test: none is skipped, expected to fail, asleep, or satisfied with nothing."""

import ast
from collections.abc import Mapping
from pathlib import Path

Sources = Mapping[Path, ast.Module]

EXCUSES = {"skip", "skipif", "xfail", "importorskip"}
FAKES = {"unittest.mock", "mock", "pytest_mock"}


def nodes_of(tests: Sources) -> list[tuple[Path, ast.AST]]:
    """Everything that stands in the tests, with the file it stands in."""
    return [(path, node) for path, tree in tests.items() for node in ast.walk(tree)]


def test_no_test_is_excused(tests: Sources) -> None:
    excused = [
        f"{path}:{node.lineno}"
        for path, node in nodes_of(tests)
        if isinstance(node, ast.Attribute)
        and node.attr in EXCUSES
        and ast.unparse(node.value) in ("pytest", "pytest.mark", "unittest")
    ]
    assert excused == []


def test_no_test_sleeps(tests: Sources) -> None:
    asleep = [
        f"{path}:{node.lineno}"
        for path, node in nodes_of(tests)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("time.sleep", "sleep", "QTest.qSleep")
    ]
    assert asleep == []


def test_no_test_mocks(tests: Sources) -> None:
    mocked = [
        f"{path}:{node.lineno}"
        for path, node in nodes_of(tests)
        if (isinstance(node, ast.ImportFrom) and (node.module or "") in FAKES)
        or (isinstance(node, ast.Import) and any(name.name in FAKES for name in node.names))
    ]
    assert mocked == []


def test_no_test_asserts_a_constant(tests: Sources) -> None:
    empty = [
        f"{path}:{node.lineno}"
        for path, node in nodes_of(tests)
        if isinstance(node, ast.Assert) and isinstance(node.test, ast.Constant)
    ]
    assert empty == []


def test_no_test_is_empty(tests: Sources) -> None:
    idle = [
        f"{path}:{node.lineno} {node.name}"
        for path, node in nodes_of(tests)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        if not any(isinstance(inner, ast.Assert | ast.Call) for line in node.body for inner in ast.walk(line))
    ]
    assert idle == []
