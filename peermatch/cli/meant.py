"""What somebody may have meant who mistyped a word of the command line: the nearest, in a line of its own."""

import argparse
import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from itertools import takewhile
from typing import NoReturn

from peermatch.cli.outline import Command, outline

_WRONG = re.compile(r"invalid (?:choice|\w+ value): '([^']*)'")
_SUGGESTED = "maybe you meant"
"""Newer versions of Python say so themselves of some words."""


class Grammar(argparse.ArgumentParser):
    """A parser that says what may have been meant; the exit code and all else stay as they are."""

    _given: Sequence[str] = ()

    def error(self, message: str) -> NoReturn:
        """Wrong use, with the nearest command or choice; the value of a mistyped option is taken for one."""
        wrong = _WRONG.search(message)
        found = ""
        if wrong and _SUGGESTED not in message:
            here = outline(self)
            flags = _flags(here)
            before = takewhile(lambda each: each != wrong[1], self._given)
            said = (each.partition("=")[0] for each in before if each.startswith("-"))
            odd = next((each for each in said if not any(flag.startswith(each) for flag in flags)), "")
            found = _nearest(odd, flags) if odd else _nearest(wrong[1], _words(here))
        super().error(f"{message}{found}")

    def read(self, arguments: Sequence[str], into: argparse.Namespace) -> argparse.Namespace:
        """The arguments as values; of an option that there is not, the nearest of the command is told."""
        self._given = arguments
        said, unknown = self.parse_known_args(arguments, into)
        if unknown:
            program = outline(self)
            inner = getattr(said, f"{said.command}_command", None)
            name = " ".join(filter(None, (said.command, inner)))
            command = next(each for each in program.every() if each.name == name)
            first = next((each for each in unknown if each.startswith("-")), "")
            found = _nearest(first.partition("=")[0], _flags(command, program))
            super().error(f"unrecognized arguments: {' '.join(unknown)}{found}")
        return said


def _flags(*commands: Command) -> list[str]:
    return [flag for each in commands for place in each.options for flag in place.flags]


def _words(command: Command) -> list[str]:
    """Everything of which one is to be chosen there: the commands below, and the choices of what stands in a place."""
    below = [each.name.removeprefix(command.name).strip() for each in command.every()]
    places = (*command.places, *command.options)
    return [*filter(None, below), *(choice for place in places for choice in place.choices)]


def _nearest(word: str, known: Iterable[str]) -> str:
    """A line with the nearest; one of the words below a command stands for the whole of it."""
    known = tuple(known)
    by_word = {part: each for each in known for part in (each.split()[-1], each)}
    by_word |= {each: each for each in known if " " not in each}
    near = get_close_matches(word.casefold(), by_word, 1)
    return f"\nDid you mean {by_word[near[0]]}?" if near else ""
