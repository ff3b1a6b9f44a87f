"""The command line as plain values: what the manual page and the completions of shells are made of."""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from peermatch.cli import examples


class Takes(StrEnum):
    """What may stand in a place."""

    NOTHING = "nothing"
    TEXT = "text"
    FILE = "file"
    FOLDER = "folder"
    CHOICE = "choice"


COMMON = "for every command"
"""The heading of the options that may stand before and after each command."""
_FILES = frozenset({"FILE", "FILE2", "F", "M", "PATH"})
_FOLDERS = frozenset({"FOLDER", "DIR"})
MEANT = {
    "REF": "an enquiry, such as E-0142",
    "SUPPORTER": "a supporter, such as S-0001",
    "CHARACTERISTIC": "a topic by its id, such as neuro.adhd",
    "PURPOSE": "what the consent is for",
    "KEY": "a key by its id, as keys list shows it",
    "PATH": "a letter, or a folder of letters",
    "FILE": "the file",
    "DIR": "the folder",
    "ID": "its id, as the list shows it",
    "M": "how the answer came",
    "allow|forbid": "whether they may",
    "supporter|enquirer": "whose it is",
    "TEXT": "the words",
}
"""What the capital letters stand for where an argument says no more."""


@dataclass(frozen=True, slots=True)
class Place:
    """An option (with flags) or a word in its place (without)."""

    flags: tuple[str, ...]
    shown: str
    what: str
    takes: Takes
    choices: tuple[str, ...] = ()
    count: int = 1
    """How many words it takes: 0 a switch, -1 as many as there are."""
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """One command, by the words that call it; no words are the program itself."""

    words: tuple[str, ...]
    what: str
    usage: str
    options: tuple[Place, ...]
    places: tuple[Place, ...]
    below: tuple["Command", ...] = ()

    @property
    def name(self) -> str:
        """Its words in one."""
        return " ".join(self.words)

    @property
    def examples(self) -> tuple[tuple[str, str], ...]:
        """Whole lines, each with what it is for."""
        return examples.lines(self.name)

    def every(self) -> Iterator["Command"]:
        """Itself and all below it."""
        yield self
        for each in self.below:
            yield from each.every()


def outline(parser: argparse.ArgumentParser) -> Command:
    """What a parser understands; the words of help are those that ``--help`` shows."""
    shared = frozenset(flag for action in parser._actions for flag in action.option_strings)
    return _command(parser, (), parser.description or "", shared)


def _command(
    parser: argparse.ArgumentParser, words: tuple[str, ...], what: str, shared: frozenset[str]
) -> Command:
    """One command and those below it; what every command shares is told once, with the program itself."""
    options, places, below = [], [], []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            below = [
                _command(action.choices[name], (*words, name), said, shared) for name, said in _listed(action)
            ]
        elif not action.option_strings:
            places.append(_place(action))
        elif not words or shared.isdisjoint(action.option_strings):
            options.append(_place(action))
    usage = " ".join((parser.prog, *map(_in_usage, options if words else ()), *map(_in_usage, places)))
    last = " COMMAND ..." if below else ""
    return Command(words, what, usage + last, tuple(options), tuple(places), tuple(below))


def _listed(action: "argparse._SubParsersAction[argparse.ArgumentParser]") -> list[tuple[str, str]]:
    """The commands below, each with what it is for."""
    return [(each.dest, each.help or "") for each in action._choices_actions]


def _in_usage(place: Place) -> str:
    """As it stands where a command is called."""
    said = " ".join(filter(None, (*place.flags[:1], place.shown)))
    said += " ..." if place.count < 0 else ""
    return said if place.needed else f"[{said}]"


def _place(action: argparse.Action) -> Place:
    choices = tuple(str(getattr(each, "value", each)) for each in action.choices or ())
    shown = _shown(action)
    what, needed = action.help or _meant(action), action.required
    return Place(
        tuple(action.option_strings), shown, what, _takes(action, choices), choices, _count(action), needed
    )


def _shown(action: argparse.Action) -> str:
    """The capital letters (or the choices) that stand for what is given."""
    if action.nargs == 0:
        return ""
    if action.metavar is not None:
        return action.metavar if isinstance(action.metavar, str) else " ".join(action.metavar)
    return "|".join(map(str, action.choices)) if action.choices else action.dest.upper()


def _meant(action: argparse.Action) -> str:
    return MEANT.get(_shown(action), "")


def _takes(action: argparse.Action, choices: tuple[str, ...]) -> Takes:
    if action.nargs == 0:
        return Takes.NOTHING
    if choices:
        return Takes.CHOICE
    shown = _shown(action)
    return Takes.FILE if shown in _FILES else Takes.FOLDER if shown in _FOLDERS else Takes.TEXT


def _count(action: argparse.Action) -> int:
    if isinstance(action.nargs, int):
        return action.nargs
    return -1 if action.nargs in ("*", "+") else 1
