"""Whoever mistypes a word of the command line is told the nearest one; the exit code stays that of wrong use."""

import pytest

from peermatch.cli import parser
from peermatch.cli.outline import outline

PROGRAM = outline(parser.grammar())


def said(words: str, capsys: pytest.CaptureFixture[str]) -> str:
    """The last line of what is said of it."""
    with pytest.raises(SystemExit) as ended:
        parser.parse(words.split())
    assert ended.value.code == 2
    return capsys.readouterr().err.splitlines()[-1]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("mach E-0142", "match"),
        ("Info", "info"),
        ("conset due", "consent"),
        ("consent lst", "list"),
        ("withdraw S-0001", "consent withdraw"),
        ("supporters form.xlsx", "import supporters"),
        ("info --netwrok here", "--network"),
        ("--netwrok here info", "--network"),
        ("--json --netwrok here info", "--network"),
        ("info --netwrok=here", "--network"),
        ("--json mach --top 3", "match"),
        ("match --topp 3", "--top"),
        ("consent give S-0001 mtch --wording 1 --method form", "match"),
        ("completion bsh", "bash"),
        ("keys computers alow", "allow"),
    ],
)
def test_the_nearest_is_told(words: str, meant: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(words, capsys) == f"Did you mean {meant}?"


@pytest.mark.parametrize(
    "words", ["xyzzy", "match --qqqqqq", "completion 7777", "info what", "--zzz monday info"]
)
def test_nothing_is_told_where_nothing_is_near(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Did you mean" not in said(words, capsys)


@pytest.mark.parametrize("command", [each.name for each in PROGRAM.every() if each.name and not each.below])
def test_every_command_is_found_when_two_of_its_letters_change_places(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    *above, last = command.split()
    slipped = last[:-2] + last[-1] + last[-2]
    if slipped != last:
        assert said(" ".join((*above, slipped)), capsys) == f"Did you mean {last}?"


def test_wrong_use_is_still_explained_first(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser.parse(["info", "--netwrok"])
    err = capsys.readouterr().err
    assert err.startswith("usage: peermatch")
    assert "unrecognized arguments: --netwrok" in err


def test_the_beginning_of_an_option_is_enough_as_before() -> None:
    assert parser.parse(["report", "--for", "csv"]).format == "csv"
