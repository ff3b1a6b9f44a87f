"""The source as the house tests see it: every Python file that stands in the project now, parsed once."""

import ast
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def parsed(*folders: str) -> dict[Path, ast.Module]:
    """Each Python file under these folders, by its path from the top of the project."""
    files = sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))
    return {file.relative_to(ROOT): ast.parse(file.read_bytes()) for file in files}


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the project."""
    return ROOT


@pytest.fixture(scope="session")
def everything() -> Mapping[Path, ast.Module]:
    """What is shipped, what sets it up and what tests it."""
    return parsed("peermatch", "packaging", "tests")


@pytest.fixture(scope="session")
def product(everything: Mapping[Path, ast.Module]) -> Mapping[Path, ast.Module]:
    """What is shipped."""
    return {path: tree for path, tree in everything.items() if path.is_relative_to("peermatch")}


@pytest.fixture(scope="session")
def tests(everything: Mapping[Path, ast.Module]) -> Mapping[Path, ast.Module]:
    """The tests themselves."""
    return {path: tree for path, tree in everything.items() if path.is_relative_to("tests")}
