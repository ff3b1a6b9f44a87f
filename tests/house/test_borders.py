"""Borders that import-linter cannot see: what each part may know of the world outside the project."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath

Sources = Mapping[Path, ast.Module]

THREADS = {"threading", "_thread", "concurrent", "multiprocessing", "asyncio", "queue"}
MAY_HAVE_THREADS = {PurePath("peermatch/ui/tasks.py"), PurePath("peermatch/app.py")}
WORLD = {
    *THREADS, "ctypes", "glob", "http", "importlib", "io", "locale", "logging", "mmap", "os", "pathlib",
    "platform", "random", "secrets", "select", "shutil", "signal", "socket", "sqlite3", "ssl", "subprocess",
    "sys", "tempfile", "time", "urllib", "uuid",
}  # fmt: skip
CLOCKS = {"now", "utcnow", "today"}
IMPORTED_AS = {  # where a package is imported by another name than it is installed by
    "pyside6-essentials": "PySide6", "apsw-sqlite3mc": "apsw",
}  # fmt: skip
NEVER_IMPORTED = {"tzdata"}  # the standard library reads it
COMES_WITH_ANOTHER = {"shiboken6"}  # the other half of PySide6


def imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Each module that is imported anywhere in a file, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "." * node.level + (node.module or "")


def under(product: Sources, *parts: str) -> Iterator[tuple[Path, int, str]]:
    """The imports of these parts of the house."""
    for path, tree in product.items():
        if path.parts[1] in parts:
            yield from ((path, line, module) for line, module in imports(tree))


def is_own(module: str, *parts: str) -> bool:
    """Whether a module belongs to one of these parts of the house."""
    return module in {"peermatch", "__future__"} or any(
        module == f"peermatch.{part}" or module.startswith(f"peermatch.{part}.") for part in parts
    )


def is_standard(module: str) -> bool:
    """Whether it comes with Python and touches nothing outside the program."""
    top = module.partition(".")[0]
    return top in sys.stdlib_module_names and top not in WORLD


def test_values_are_made_of_the_standard_library_alone(product: Sources) -> None:
    strangers = [
        f"{path}:{line} {module}"
        for path, line, module in under(product, "model")
        if not (is_standard(module) or is_own(module, "model", "errors", "words"))
    ]
    assert strangers == []


def test_matching_adds_numpy_and_suggesting_adds_rapidfuzz(product: Sources) -> None:
    strangers = [
        f"{path}:{line} {module}"
        for path, line, module in under(product, "matching")
        if not (is_standard(module) or is_own(module, "matching", "model", "errors"))
        and module.partition(".")[0] != "numpy"
        and not (module.partition(".")[0] == "rapidfuzz" and "suggest" in str(path))
    ]
    assert strangers == []


def test_values_and_matching_are_told_the_day(product: Sources) -> None:
    looked = [
        f"{path}:{node.lineno}"
        for path, tree in product.items()
        if path.parts[1] in ("model", "matching")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in CLOCKS
        and isinstance(node.value, ast.Name)
        and node.value.id in ("date", "datetime", "time")
    ]
    assert looked == []


def test_qt_stays_in_the_window(product: Sources) -> None:
    strays = [
        f"{path}:{line}"
        for path, tree in product.items()
        if path.parts[1] not in ("ui", "app.py", "app")
        for line, module in imports(tree)
        if module.partition(".")[0] in ("PySide6", "shiboken6")
    ]
    assert strays == []


def test_the_window_knows_services_values_and_errors(product: Sources) -> None:
    deeper = [
        f"{path}:{line} {module}"
        for path, line, module in under(product, "ui")
        if module.startswith("peermatch.")
        and not is_own(module, "ui", "services", "model", "errors", "words")
    ]
    assert deeper == []


def test_one_place_starts_threads(product: Sources) -> None:
    others = [
        f"{path}:{line} {module}"
        for path, tree in product.items()
        if PurePath(path.as_posix()) not in MAY_HAVE_THREADS
        for line, module in imports(tree)
        if module.partition(".")[0] in THREADS
    ]
    assert others == []


def test_signals_are_connected_to_methods(product: Sources) -> None:
    """A lambda that holds ``self`` keeps a closed screen alive."""
    kept_alive = [
        f"{path}:{node.lineno}"
        for path, tree in product.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "connect"
        and any(isinstance(word, ast.Lambda) and holds_self(word) for word in node.args)
    ]
    assert kept_alive == []


def holds_self(made: ast.Lambda) -> bool:
    """Whether a lambda uses ``self``."""
    return any(isinstance(node, ast.Name) and node.id == "self" for node in ast.walk(made))


def test_imports_are_absolute(product: Sources) -> None:
    relative = [
        f"{path}:{line}" for path, tree in product.items() for line, name in imports(tree) if name[:1] == "."
    ]
    assert relative == []


def test_what_is_used_is_declared_and_what_is_declared_is_used(root: Path, product: Sources) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {name_of(requirement) for requirement in project["dependencies"]} - NEVER_IMPORTED
    declared = {IMPORTED_AS.get(name, name.replace("-", "_")) for name in names}
    used = {module.partition(".")[0] for tree in product.values() for _, module in imports(tree)}
    outside = {name for name in used if name and name != "peermatch" and name not in sys.stdlib_module_names}
    assert (outside - declared - COMES_WITH_ANOTHER, declared - outside) == (set(), set())


def name_of(requirement: str) -> str:
    """The bare name in a requirement."""
    return re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0].lower()
