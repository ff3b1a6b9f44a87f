"""The one command: what it asks of Python, when it trusts an environment, what it starts, how it says no."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import dev
import pytest
from system_parts import Stopped


def nowhere(_name: str) -> None:
    """No other Python on this computer."""


def an_environment(folder: Path, **said: str) -> Path:
    """The files by which an environment is judged."""
    venv = folder / ".venv"
    for name in ("python", "pip"):
        dev.program(name, venv).parent.mkdir(parents=True, exist_ok=True)
        dev.program(name, venv).write_bytes(b"")
    usual = {
        "include-system-site-packages": "false",
        "version": "3.12.1",
        "command": f"python3 -m venv --clear {venv}",
    }
    lines = [f"{key} = {value}" for key, value in {**usual, **said}.items()]
    (venv / "pyvenv.cfg").write_text("\n".join(lines), encoding="utf-8")
    return venv


def a_project(folder: Path) -> Path:
    """A project with locks, ready in all its levels."""
    (folder / "packaging").mkdir(parents=True)
    (folder / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    an_environment(folder)
    for level in ("run", "dev"):
        dev.lock_of(level, folder).write_text(f"# {level}\n", encoding="utf-8")
        dev.stamp_of(level, folder).write_text(dev.fingerprint(level, folder), encoding="utf-8")
    return folder


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 13, 2), (4, 0, 0)])
def test_new_enough_pythons_are_welcome(version: tuple[int, ...]) -> None:
    dev.check_python(version, "cpython", nowhere)
    assert version[:2] >= dev.OLDEST


def test_an_old_python_is_told_which_one_to_use() -> None:
    with pytest.raises(Stopped, match=r"needs Python 3\.11 or newer; this is 3\.9\.18.*python\.org"):
        dev.check_python((3, 9, 18), "cpython", nowhere)


def test_an_old_python_is_shown_its_newer_neighbour() -> None:
    with pytest.raises(Stopped, match=r"use `python3\.12 packaging/dev\.py`"):
        dev.check_python((3, 10, 1), "cpython", lambda name: "/there" if name == "python3.12" else None)


def test_another_kind_of_python_is_refused() -> None:
    with pytest.raises(Stopped, match="CPython"):
        dev.check_python((3, 11, 7), "pypy", nowhere)


def test_an_environment_made_here_is_used(tmp_path: Path) -> None:
    assert dev.is_usable(an_environment(tmp_path / "a folder with spaces"))


@pytest.mark.parametrize(
    "said",
    [
        {"version": "3.10.9"},
        {"include-system-site-packages": "true"},
        {"command": "python3 -m venv /somewhere/else/.venv"},
    ],
)
def test_an_environment_that_is_old_open_or_moved_is_not(tmp_path: Path, said: dict[str, str]) -> None:
    assert not dev.is_usable(an_environment(tmp_path, **said))


@pytest.mark.parametrize("lost", ["python", "pip"])
def test_half_an_environment_is_not_used(tmp_path: Path, lost: str) -> None:
    venv = an_environment(tmp_path)
    dev.program(lost, venv).unlink()
    assert not dev.is_usable(venv)


def test_one_made_by_another_tool_is_used(tmp_path: Path) -> None:
    venv = an_environment(tmp_path)
    (venv / "pyvenv.cfg").write_text("version_info = 3.11.7.final.0\n", encoding="utf-8")
    assert dev.is_usable(venv)


def test_nothing_to_do_the_second_time(tmp_path: Path) -> None:
    project = a_project(tmp_path / "project")
    assert [dev.is_ready(level, project) for level in ("run", "dev")] == [True, True]


def test_a_change_of_the_lock_is_seen(tmp_path: Path) -> None:
    project = a_project(tmp_path / "project")
    dev.lock_of("dev", project).write_text("# renewed\n", encoding="utf-8")
    assert [dev.is_ready(level, project) for level in ("run", "dev")] == [True, False]


def test_a_change_of_the_project_is_seen(tmp_path: Path) -> None:
    project = a_project(tmp_path / "project")
    (project / "pyproject.toml").write_text("[project]\nname = 'new'\n", encoding="utf-8")
    assert not dev.is_ready("run", project)


def test_a_project_that_was_moved_is_set_up_again(tmp_path: Path) -> None:
    moved = a_project(tmp_path / "project").rename(tmp_path / "elsewhere")
    assert not dev.is_ready("run", moved)


def test_no_library_from_elsewhere_slips_in() -> None:
    outside = {
        "PYTHONPATH": "/opt/lib",
        "PYTHONHOME": "/opt",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PIP_USER": "1",
        "PIP_INDEX_URL": "kept",
        "HOME": "",
    }
    kept = dev.own_environ(outside)
    assert kept["PIP_INDEX_URL"] == "kept"
    assert kept["PYTHONNOUSERSITE"] == "1"
    assert set(kept) == {"PIP_INDEX_URL", "PYTHONNOUSERSITE", "PIP_DISABLE_PIP_VERSION_CHECK"}


@pytest.mark.parametrize(
    ("environ", "platform", "screen"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_a_screen_is_recognised(environ: dict[str, str], platform: str, screen: bool) -> None:
    assert dev.has_screen(environ, platform) is screen


def test_the_demo_needs_no_screen() -> None:
    assert dev.demo_words([], screen=True) == ["demo"]
    assert dev.demo_words(["--out", "here"], screen=False) == ["demo", "--headless", "--out", "here"]
    assert dev.demo_words(["--headless"], screen=False) == ["demo", "--headless"]


def test_pytest_has_the_last_word() -> None:
    steps = dev.checks(["-x"])
    assert [name.split(" ")[0] for name, _ in steps] == ["Style", "Layout", "Types", "Borders", "Tests"]
    assert steps[-1][1][-1] == "-x"


def test_locks_are_made_for_every_system_and_hold_no_address() -> None:
    for level in ("run", "dev"):
        words = dev.lock_words(level)
        assert {"--universal", "--generate-hashes", "--no-emit-index-url", "--no-header"} <= set(words)
    assert "packaging/requirements-run.txt" in dev.lock_words("dev")


def ask(script: Path, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Start the command as a person does."""
    return subprocess.run(
        [sys.executable, str(script), *words],
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(("words", "code"), [((), 2), (("dance",), 2), (("--help",), 0)])
def test_it_says_what_it_can_do(root: Path, words: tuple[str, ...], code: int) -> None:
    done = ask(root / "packaging" / "dev.py", *words)
    assert done.returncode == code
    assert all(f"dev.py {command}" in done.stdout for command in ("run", "test", "teach", "lock"))


def test_it_works_from_a_folder_with_spaces_and_without_a_home(root: Path, tmp_path: Path) -> None:
    there = tmp_path / "my documents" / "packaging"
    shutil.copytree(root / "packaging", there)
    done = ask(there / "dev.py", "--help", HOME="")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_step_that_fails_is_one_sentence_and_no_traceback(root: Path, tmp_path: Path) -> None:
    """The environment cannot be made, so nothing is fetched either."""
    there = tmp_path / "broken" / "packaging"
    there.mkdir(parents=True)
    for name in ("dev.py", "system_parts.py"):
        shutil.copy(root / "packaging" / name, there)
    (there.parent / ".venv").write_text("a file stands where the environment should be", encoding="utf-8")
    done = ask(there / "dev.py", "run", DISPLAY="", WAYLAND_DISPLAY="")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Is the folder writable" in done.stderr
