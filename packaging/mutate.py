"""Changes the matching core in small ways and asks the tests whether they notice (mutation testing, by mutmut).

    python3 packaging/dev.py mutate                            the whole core: some hours
    python3 packaging/dev.py mutate model/consent rules/grade  these modules, or all whose name begins so

It works on a copy outside the project (``PEERMATCH_MUTANTS`` says where) with one process at low priority; Windows has
no fork, so it needs Linux or macOS. At the end stands a table, and what was changed in each survivor: kill it by a
test, or see why nobody could tell the difference. Words of programmers' errors count as well. What is decorated
(properties) and what stands outside functions is not changed.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("peermatch", "tests", "packaging", "resources", "pyproject.toml", "README.md")
CORE = (
    "model/consent", "model/spans", "model/policy", "matching/rules", "matching/question", "matching/engine",
    "matching/judging", "matching/scoring", "matching/consents", "matching/rarity", "matching/scarcity",
    "matching/whatif", "matching/standings", "matching/segment", "matching/workload", "matching/register",
    "matching/columns", "matching/decoding", "matching/shortlists", "model/packed", "model/packed_words",
    "matching/plan",
)  # fmt: skip
ALL_OF_MATCHING = (
    "tests/matching/test_gates.py", "tests/matching/test_rules.py", "tests/matching/test_register.py",
    "tests/matching/test_shortlist_documents.py", "tests/matching/test_standings.py",
    "tests/matching/test_scarcity.py", "tests/matching/test_whatif.py", "tests/matching/test_bad_input.py",
    "tests/matching/test_small_differences.py", "tests/matching/test_small_differences_more.py",
    "tests/matching/test_mutants_anew.py", "tests/matching/test_mutants_columns.py",
    "tests/matching/test_mutants_standings.py",
    "tests/matching/test_slow_register.py::test_a_handful_of_networks",
    "tests/matching/test_slow_register.py::test_a_few_registers_that_changed",
)  # fmt: skip
TESTS = {
    "model/consent": (
        "tests/model/test_consent.py", "tests/model/test_sentences_of_refusal.py",
        "tests/laws/test_consent_laws.py",
    ),
    "model/spans": (
        "tests/model/test_packed.py", "tests/matching/test_gates.py", "tests/matching/test_small_differences.py",
    ),
    "model/packed": (
        "tests/model/test_packed.py", "tests/model/test_packed_outlook.py", "tests/matching/test_outlooks.py",
        *ALL_OF_MATCHING,
    ),
    "model/policy": ("tests/model/test_policy.py", "tests/model/test_sentences_of_refusal.py"),
    "matching/plan": (
        "tests/matching/test_plan.py", "tests/matching/test_plan_against_scipy.py",
        "tests/matching/test_known_traps.py", "tests/matching/test_small_differences_more.py",
        "tests/matching/test_mutants_plan.py",
    ),
    "": ALL_OF_MATCHING,
}  # fmt: skip
"""By how a module's name begins, the quick tests that look at it."""
PATIENCE = ("timeout_multiplier=4", "timeout_constant=4")
FOUND = {
    0: "survived",
    1: "killed",
    3: "killed",
    33: "untested",
    24: "slow",
    36: "slow",
    152: "slow",
    255: "slow",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the changes to one module: how many of each kind, and the names of those nobody noticed."""

    module: str
    counts: dict[str, int]
    survivors: tuple[str, ...]

    @classmethod
    def read(cls, tree: Path, module: str) -> "Outcome":
        """What mutmut noted beside its copy of the module; nothing where there is nothing to change."""
        notes = tree / "mutants" / "peermatch" / f"{module}.py.meta"
        codes = json.loads(notes.read_text(encoding="utf-8"))["exit_code_by_key"] if notes.exists() else {}
        kinds = {
            name: FOUND.get(code, "killed" if code and code < 0 else "unclear")
            for name, code in codes.items()
        }
        counts = {kind: list(kinds.values()).count(kind) for kind in kinds.values()}
        alive = (name for name, kind in kinds.items() if kind not in ("killed", "slow"))
        return cls(module, counts, tuple(sorted(alive)))

    @property
    def line(self) -> str:
        """One line of the table."""
        number = {
            kind: self.counts.get(kind, 0) for kind in ("killed", "slow", "survived", "untested", "unclear")
        }
        return " ".join(
            [f"{self.module:32}", f"{sum(number.values()):8}", *(f"{n:8}" for n in number.values())]
        )


HEAD = " ".join(
    [f"{'module':32}", *(f"{n:>8}" for n in ("mutants", "killed", "slow", "survived", "untested", "unclear"))]
)


def modules(wanted: Sequence[str], root: Path = ROOT) -> Iterator[str]:
    """The modules of the core whose names begin with one of these (``matching/`` may be left out), in its order."""
    for part in CORE:
        for path in sorted((root / "peermatch").glob(f"{part}*")):
            files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
            names = [file.relative_to(root / "peermatch").with_suffix("").as_posix() for file in files]
            exact = [name for name in names if name == part or path.is_dir()]
            yield from (name for name in exact if not wanted or _is_meant(name, wanted))


def _is_meant(module: str, wanted: Sequence[str]) -> bool:
    return any(module.startswith((each, f"matching/{each}", f"model/{each}")) for each in wanted)


def tests_of(module: str) -> tuple[str, ...]:
    """The tests that are asked about a module."""
    return next(tests for start, tests in TESTS.items() if module.startswith(start))


def settings(some: Sequence[str], tests: Sequence[str]) -> str:
    """What mutmut is told: which files to change, which tests to ask, what else they need."""
    files = [f"peermatch/{module}.py" for module in some]
    lists = {
        "only_mutate": files,
        "also_copy": ["packaging", "resources", "README.md"],
        "pytest_add_cli_args_test_selection": tests,
    }
    told = [f"{name}=\n    " + "\n    ".join(lines) for name, lines in lists.items()]
    return "\n".join(["[mutmut]", "source_paths=peermatch", *PATIENCE, *told, ""])


def copied(tree: Path) -> None:
    """A fresh copy of the project, without what was made on the way."""
    shutil.rmtree(tree, ignore_errors=True)
    tree.mkdir(parents=True)
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        else:
            shutil.copy2(source, tree / name)


def tried(tree: Path, some: Sequence[str], tests: Sequence[str]) -> list[Outcome]:
    """Change these modules in every way, one change at a time, and see what the tests notice."""
    (tree / "setup.cfg").write_text(settings(some, tests), encoding="utf-8")
    shutil.rmtree(tree / "mutants", ignore_errors=True)
    words = [sys.executable, "-P", "-m", "mutmut", "run", "--max-children", "1"]
    with (tree / "mutmut.log").open("ab") as log:
        subprocess.call(words, cwd=tree, stdout=log, stderr=log, env=_environ())
    return [Outcome.read(tree, module) for module in some]


def _environ() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "COLUMNS": "100"}


def shown(tree: Path, mutant: str) -> str:
    """What was changed in a mutant."""
    words = [sys.executable, "-P", "-m", "mutmut", "show", mutant]
    return subprocess.run(words, cwd=tree, capture_output=True, text=True, env=_environ(), check=False).stdout


def main(words: Sequence[str]) -> int:
    """Try the modules that are named, one by one; 1 where something survived."""
    chosen = list(dict.fromkeys(modules(words)))
    if not chosen:
        print(f"No part of the core is called {' or '.join(words)}.")
        return 2
    os.nice(10)
    tree = Path(os.environ.get("PEERMATCH_MUTANTS") or Path(tempfile.gettempdir()) / "peermatch-mutants")
    copied(tree)
    print(HEAD, flush=True)
    alive = 0
    for tests, some in groupby(chosen, tests_of):
        for outcome in tried(tree, tuple(some), tests):
            print(outcome.line, *(shown(tree, each) for each in outcome.survivors), sep="\n", flush=True)
            alive += len(outcome.survivors)
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
