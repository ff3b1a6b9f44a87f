"""What the command line says of itself: examples that work, a manual page, and what the Tab key needs."""

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from peermatch.cli import parser
from peermatch.cli.commands import COMMANDS
from peermatch.cli.completion import completion, known
from peermatch.cli.examples import EXAMPLES, lines, told
from peermatch.cli.manual import EXITS, manual
from peermatch.cli.outline import Command, Takes, outline
from peermatch.errors import PeerMatchError
from tests.cli.conftest import Run

PROGRAM = outline(parser.grammar())
NAMED = {command.name: command for command in PROGRAM.every()}
"""Every command by its words."""
SPOKEN = {name for name, command in NAMED.items() if name and not command.below}
SHELLS = [shell for shell in ("bash", "zsh", "fish") if shutil.which(shell)]


def test_every_command_does_something_and_has_an_example() -> None:
    assert SPOKEN == set(COMMANDS) - {"window"} == set(EXAMPLES)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_an_example_is_understood(name: str) -> None:
    for line, what in lines(name):
        words = shlex.split(re.sub(r"^eval \"\$\((.*)\)\"$", r"\1", line), comments=True)
        words = words[: next((at for at, word in enumerate(words) if word in (">", "&&")), None)]
        assert words[0] == "peermatch"
        said = parser.parse(words[1:])
        inner = getattr(said, f"{said.command}_command", None)
        assert " ".join(filter(None, (said.command, inner))) == name
        assert what


def test_help_shows_the_examples_and_leaves_nothing_unexplained(peermatch: Run) -> None:
    ended = peermatch("match", "--help", network=False)
    assert ended.code == 0
    assert told("match") in ended.out
    silent = [
        (name, each.shown) for name, command in NAMED.items() for each in command.places if not each.what
    ]
    assert silent == []
    unsaid = [
        (name, each.flags) for name, command in NAMED.items() for each in command.options if not each.what
    ]
    assert unsaid == []


@pytest.mark.parametrize("option", ["--essential", "--helpful"])
def test_the_example_of_a_need_is_a_topic(peermatch: Run, option: str) -> None:
    assert "S-0001" not in peermatch("needs", "--help", network=False).out
    (need,) = [each for each in NAMED["needs"].options if option in each.flags]
    assert need.what.endswith("such as neuro.adhd")


def test_a_supporter_is_no_example_of_another_record() -> None:
    of_others = [
        (name, each.what)
        for name, command in NAMED.items()
        for each in (*command.options, *command.places)
        if name.startswith(("requests ", "incident ")) and not each.flags and "S-0001" in each.what
    ]
    assert of_others == []


def test_help_steers_no_terminal(peermatch: Run) -> None:
    assert "\x1b" not in peermatch("--help", network=False).out


def test_the_exit_codes_are_those_of_the_errors() -> None:
    codes = {str(each.exit_code) for each in PeerMatchError.__subclasses__()}
    assert {code for code, _ in EXITS} == codes | {"0", "130"}
    said = parser.grammar().epilog or ""
    assert all(re.search(rf"\b{code} [a-z]", said) for code, _ in EXITS)


def test_the_manual_page_names_everything(peermatch: Run) -> None:
    page = peermatch("man", network=False).out
    plain = page.replace(r"\-", "-").replace(r"\(aq", "'").replace(r"\(dq", '"')
    assert all(f".SS {name}\n" in plain for name in SPOKEN)
    flags = {flag for command in NAMED.values() for each in command.options for flag in each.flags}
    assert {flag for flag in flags if flag not in plain} == set()
    assert all(line in plain for name in SPOKEN for line, _ in lines(name))
    assert page == manual(outline(parser.grammar()))


@pytest.mark.parametrize("program", [each for each in ("groff", "mandoc") if shutil.which(each)])
def test_a_program_for_manual_pages_has_nothing_to_say(program: str, tmp_path: Path) -> None:
    words = {"groff": ["-man", "-ww", "-Tutf8", "-z"], "mandoc": ["-Tlint", "-Wunsupp"]}[program]
    file = tmp_path / "peermatch.1"
    file.write_text(manual(PROGRAM), "utf-8")
    ended = subprocess.run([program, *words, str(file)], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


TYPED = [
    ("con", {"controller", "consent"}),
    ("import ", {"enquiries", "supporters"}),
    ("consent give S-0001 h", {"hold"}),
    ("--network x.peermatch keys co", {"computers"}),
    ("keys computers ", {"allow", "forbid"}),
    ("card E-0142 S-0001 --pdf", {"--pdf-passphrase-file"}),
    ("load por", {"portable.json"}),
    ("card E-0142 S-0001 --to ca", {"cards"}),
]


@pytest.mark.parametrize("shell", SHELLS)
def test_the_tab_key_knows_what_may_come(shell: str, tmp_path: Path) -> None:
    """Asked of the real shell; zsh completes only at a terminal, so there the script is read, and nothing else."""
    (tmp_path / "cards").mkdir()
    (tmp_path / "portable.json").touch()
    script = tmp_path / "script"
    script.write_text(completion(PROGRAM, shell), "utf-8")
    if shell == "zsh":
        assert subprocess.run([shell, "-n", str(script)], check=False).returncode == 0
        return
    for typed, expected in TYPED:
        assert offered(shell, script, typed, tmp_path) == expected, typed


def offered(shell: str, script: Path, typed: str, place: Path) -> set[str]:
    """What a shell offers after these words."""
    words = ["peermatch", *typed.split(" ")]
    asked = {
        "bash": f"source {script}; COMP_WORDS=({' '.join(map(shlex.quote, words))}); "
        f'COMP_CWORD={len(words) - 1}; _peermatch; printf "%s\\n" "${{COMPREPLY[@]}}"',
        "fish": f"source {script}; complete -C {shlex.quote('peermatch ' + typed)}",
    }[shell]
    environ = {**os.environ, "HOME": str(place), "LC_ALL": "C.UTF-8"}
    ended = subprocess.run(
        [shell, "-c", asked], cwd=place, env=environ, capture_output=True, text=True, check=False
    )
    assert ended.stderr == ""
    return {line.partition("\t")[0].rstrip("/") for line in ended.stdout.splitlines()}


@pytest.mark.parametrize("shell", parser.SHELLS)
def test_each_script_names_every_command(shell: str, peermatch: Run) -> None:
    script = peermatch("completion", shell, "--json", network=False).json["script"]
    assert all(name.split()[-1] in script for name in SPOKEN)
    assert "%TABLE%" not in script
    assert "%VALUES%" not in script


def test_files_and_folders_are_told_apart() -> None:
    table = {(each.at, each.after): each.takes for each in known(PROGRAM)}
    assert table["load", ""] is Takes.FILE
    assert table["directory", ""] is Takes.FOLDER
    assert table["card", "--to"] is Takes.FOLDER
    assert table["", "--passphrase-file"] is Takes.FILE
    assert table["match", "--top"] is Takes.TEXT
    assert isinstance(PROGRAM, Command)
