"""The manual page, made of the words of the command line, so that the two never disagree."""

from collections.abc import Iterable, Iterator

from peermatch import __version__
from peermatch.cli.outline import Command, Place

EXITS = (
    ("0", "Done."),
    ("1", "The system refused: the disk is full, the folder is read-only."),
    ("2", "Wrong use, or a question that nobody was there to answer."),
    ("3", "Refused by a rule: consent, state, capacity, an open sign of danger. Nothing was written."),
    ("4", "The passphrase or recovery key does not open the network."),
    ("5", "Damaged, or newer than the program."),
    ("6", "Bad input: an unknown reference, no such network, a target that exists. All faults are listed."),
    ("7", "Held by another process."),
    ("130", "Stopped by Ctrl+C."),
)
ENVIRONMENT = (
    ("NO_COLOR", "No colour is used in any case; the help of newer Pythons keeps to this too."),
    ("PEERMATCH_LANGUAGE", "The language of the window, such as cy, where it was translated."),
    ("PEERMATCH_SCALE", "The size of all text of the window in per cent, such as 150."),
    ("PEERMATCH_THEME", "The colours of the window: light, dark or contrast."),
)
ABOUT = (
    "PeerMatch helps the coordinator of a peer-support network to find somebody who has been through the same. "
    "It works on one encrypted folder. Without a command it opens the window.",
    "A command opens the network by this computer's keychain, by --passphrase-file, or by asking at the "
    "terminal. Where there is no terminal, nothing is asked: the command ends with 2 and says which option "
    "answers. Answers go to standard output, everything else to standard error.",
)


def manual(program: Command) -> str:
    """The page in the language of man."""
    return "\n".join(_page(program)) + "\n"


def _page(program: Command) -> Iterator[str]:
    yield f'.TH PEERMATCH 1 "" "PeerMatch {__version__}" "User Commands"'
    yield from (".SH NAME", r"peermatch \- bring trainees and peer supporters together, in confidence")
    yield from (".SH SYNOPSIS", ".B peermatch", f"[{_said('COMMAND')} ...]")
    yield ".SH DESCRIPTION"
    for each in ABOUT:
        yield from (".PP", _said(each))
    yield from (".SH OPTIONS", "These may stand before and after every command.", *_places(program.options))
    yield ".SH COMMANDS"
    for command in program.every():
        if command.words and not command.below:
            yield from _command(command)
    yield from (".SH ENVIRONMENT", *_pairs(ENVIRONMENT))
    yield from (".SH EXIT STATUS", *_pairs(EXITS), ".PP", "A failed command changes nothing.")


def _command(command: Command) -> Iterator[str]:
    yield from (f".SS {_said(command.name)}", _said(f"{_sentence(command.what)}"))
    yield from (".PP", rf"\fB{_said(command.usage)}\fR")
    yield from _places((*command.places, *command.options))
    for line, what in command.examples:
        yield from (".PP", f"{_said(_sentence(what))}", ".RS 4", ".nf", _said(line), ".fi", ".RE")


def _places(places: Iterable[Place]) -> Iterator[str]:
    for place in places:
        head = " ".join(filter(None, (", ".join(place.flags), place.shown)))
        choices = f" One of: {', '.join(place.choices)}." if place.choices else ""
        yield from (".TP", rf"\fB{_said(head)}\fR", _said(f"{_sentence(place.what)}{choices}"))


def _pairs(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, what in pairs:
        yield from (".TP", rf"\fB{_said(name)}\fR", _said(what))


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith('.') else '.'}"


def _said(words: str) -> str:
    r"""Words that man reads as nothing but words: a hyphen that can be copied, no line that begins with a dot."""
    safe = words.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq").replace('"', r"\(dq")
    return rf"\&{safe}" if safe.startswith((".", "'")) else safe
