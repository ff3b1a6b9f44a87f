"""What the Tab key needs to know, as a script for each shell: made from the command line itself, run without it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from peermatch.cli.outline import Command, Place, Takes
from peermatch.cli.shell_scripts import SCRIPTS


@dataclass(frozen=True, slots=True)
class Known:
    """One line of a script's table: at these words of a command, after this option, this may come."""

    at: str
    after: str
    takes: Takes
    words: tuple[tuple[str, str], ...] = ()


def completion(program: Command, shell: str) -> str:
    """The whole script."""
    table = "\n".join(_line(each, shell) for each in known(program))
    script = SCRIPTS[shell]
    return script.replace("%TABLE%", table).replace("%VALUES%", _with_value(program, shell))


def known(program: Command) -> Iterator[Known]:
    """All that can be offered: commands and options first, then what an option takes."""
    for command in program.every():
        below = [(each.words[-1], _short(each.what)) for each in command.below]
        chosen = [(choice, "") for place in command.places for choice in place.choices]
        options = [(flag, _short(place.what)) for place in _options(program, command) for flag in place.flags]
        files = next((place.takes for place in command.places if place.takes in _PATHS), Takes.TEXT)
        yield Known(command.name, "", files, (*below, *chosen, *options))
        for place in command.options:
            if place.takes is not Takes.NOTHING:
                words = tuple((choice, "") for choice in place.choices)
                yield from (Known(command.name, flag, place.takes, words) for flag in place.flags)


_PATHS = (Takes.FILE, Takes.FOLDER)


def _options(program: Command, command: Command) -> tuple[Place, ...]:
    """Its own options, and those that stand with every command."""
    return command.options if command is program else (*command.options, *program.options)


def _with_value(program: Command, shell: str) -> str:
    """The options after which one word is no command."""
    flags = {
        flag
        for command in program.every()
        for place in command.options
        if place.count
        for flag in place.flags
    }
    return (" " if shell == "fish" else "|").join(sorted(flags))


def _short(what: str) -> str:
    """The beginning of what a word is for: one line of a list."""
    first = re.split(r"[;:(]", what, maxsplit=1)[0].strip()
    return re.sub(r"[^A-Za-z0-9 ,.'=/-]", "", first).replace("'", "")


def _line(each: Known, shell: str) -> str:
    """One line of the table, as the shell's script reads it."""
    key = f"{each.at}|{each.after}" if shell in ("bash", "zsh") else f"{each.at}/{each.after}"
    if shell == "bash":
        return f"    '{key}') kind={each.takes}; words='{' '.join(word for word, _ in each.words)}' ;;"
    if shell == "zsh":
        listed = " ".join(f"'{word}:{what}'" for word, what in each.words)
        return f"    '{key}') kind={each.takes}; offered=({listed}) ;;"
    if shell == "fish":
        listed = " ".join(f"'{word}\t{what}'" for word, what in each.words)
        return f"        case '{key}'\n            set kind {each.takes}\n            set words {listed}"
    # PowerShell takes a list of one list for the inner one, unless a comma stands before it.
    listed = "," * (len(each.words) == 1) + ", ".join(
        f"@('{word}', '{what or word}')" for word, what in each.words
    )
    return f"    '{key}' = @('{each.takes}', @({listed}))"
