"""The top of the project holds what it must and nothing else, and tells nothing of where it was made."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ALLOWED = {
    "CHANGELOG.md", "LICENSE", "README.md", "SECURITY.md",
    "packaging", "peermatch", "pyproject.toml", "resources", "tests",
}  # fmt: skip
MADE_BY_TOOLS = ("*.egg-info", "build", "dist", "htmlcov")
LOCKED = re.compile(r"([a-z0-9][a-z0-9.-]*)==([\w.!+]+)( ; [\w '\".*<>=!()]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
REGISTRY = re.compile("pythonhosted" + r"\.org|pypi" + r"\.org|/simp" + r"le\b")
READABLE = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".json",
    ".html",
    ".svg",
    ".vcf",
    ".cfg",
    ".ini",
    ".yml",
    ".mako",
    "",
}


def test_the_top_level_is_short(root: Path) -> None:
    made = {path.name for pattern in MADE_BY_TOOLS for path in root.glob(pattern)}
    names = {path.name for path in root.iterdir() if not path.name.startswith(".")}
    assert names - made - ALLOWED == set()


def test_what_a_reader_expects_is_there(root: Path) -> None:
    expected = (*sorted(ALLOWED), ".gitignore", ".ci/run", "packaging/dev.py")
    assert [name for name in expected if not (root / name).exists()] == []


def test_no_folder_pretends_to_be_a_package(root: Path) -> None:
    """``packaging`` is a library of others, and tests are found by their path."""
    assert [*(root / "packaging").rglob("__init__.py"), *(root / "tests").rglob("__init__.py")] == []


def locked(root: Path, level: str) -> Iterator[tuple[str, str, str]]:
    """The lines of a lock: name, version and condition."""
    for line in (root / "packaging" / f"requirements-{level}.txt").read_text(encoding="utf-8").splitlines():
        if found := LOCKED.fullmatch(line):
            yield found[1], found[2], found[3] or ""


def test_locks_hold_versions_and_hashes_and_nothing_else(root: Path) -> None:
    strange = [
        f"{lock.name}:{number}"
        for lock in sorted((root / "packaging").glob("requirements-*.txt"))
        for number, line in enumerate(lock.read_text(encoding="utf-8").splitlines(), start=1)
        if not (LOCKED.fullmatch(line) or HASH.fullmatch(line))
    ]
    assert strange == []


def test_testing_uses_the_versions_that_people_use(root: Path) -> None:
    run, dev = set(locked(root, "run")), set(locked(root, "dev"))
    assert run
    assert {(name, version) for name, version, _ in run} <= {(name, version) for name, version, _ in dev}


def test_the_locks_answer_what_the_project_asks(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    for level, asked in (
        ("run", [*project["dependencies"], *extras["build"]]),
        ("dev", [*project["dependencies"], *extras["build"], *extras["dev"]]),
    ):
        names = {re.split(r"[\[<>=; ]", requirement)[0].lower() for requirement in asked}
        assert names - {name for name, _, _ in locked(root, level)} == set()


def test_python_311_gets_a_qt_that_does_not_abort(root: Path) -> None:
    versions = [
        tuple(int(part) for part in version.split("."))
        for name, version, when in locked(root, "run")
        if name == "pyside6-essentials" and "< '3.12'" in when
    ]
    assert len(versions) == 1
    assert versions[0] < (6, 12)


def test_no_file_tells_where_it_was_made(root: Path) -> None:
    here = re.compile(rf"(?<![\w.]){re.escape(str(root))}\b") if len(root.parts) > 2 else None
    telling = [
        str(path.relative_to(root))
        for path in written_files(root)
        for text in [path.read_text(encoding="utf-8", errors="replace")]
        if REGISTRY.search(text) or (here and here.search(text))
    ]
    assert telling == []


def written_files(root: Path) -> Iterator[Path]:
    """Every text file that a person or a tool wrote into the project."""
    folders = [root / name for name in ("peermatch", "packaging", "resources", "tests", ".ci")]
    files = [*root.glob("*.*"), root / "LICENSE", *(file for folder in folders for file in folder.rglob("*"))]
    for file in files:
        if file.is_file() and file.suffix in READABLE and "__pycache__" not in file.parts:
            yield file
