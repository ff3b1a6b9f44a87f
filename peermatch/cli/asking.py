"""Passphrases and questions: from a file, from the terminal, or not at all."""

import getpass
import sys
from argparse import Namespace
from pathlib import Path

from peermatch.errors import BadInput, WrongUse

LONGEST = 64 * 1024


def passphrase(arguments: Namespace) -> str:
    """The passphrase of a network that exists."""
    if arguments.passphrase_file is not None:
        return secret_in(arguments.passphrase_file)
    need_terminal("the passphrase", "--passphrase-file")
    return _typed("Passphrase: ")


def new_passphrase(arguments: Namespace) -> str:
    """The passphrase of a network that is being made, typed twice."""
    if arguments.passphrase_file is not None:
        return secret_in(arguments.passphrase_file)
    need_terminal("a passphrase", "--passphrase-file")
    first = _typed("New passphrase (15 characters or more): ")
    if _typed("The same again: ") != first:
        raise BadInput("The two passphrases are not the same.", "Nothing was made. Please try again.")
    return first


def recovery_key(arguments: Namespace) -> str:
    """The recovery key from its file."""
    return secret_in(arguments.recovery_key_file)


def confirm(arguments: Namespace, question: str) -> None:
    """Go on only after a yes."""
    if arguments.yes:
        return
    if not _sees_somebody():
        raise WrongUse(f"{question} There is no terminal to ask at.", "Use --yes.")
    sys.stderr.write(f"{question} Type yes to go on: ")
    if sys.stdin.readline().strip().casefold() != "yes":
        raise WrongUse("Nothing was done.")


def _typed(prompt: str) -> str:
    """What somebody types, unseen."""
    try:
        return getpass.getpass(prompt)
    except EOFError:
        raise WrongUse("No passphrase was typed.", "Nothing was done.") from None


def need_terminal(what: str, option: str) -> None:
    """Nothing is asked where nobody could see the question or answer it: a script gets a sentence and goes on."""
    if not _sees_somebody():
        raise WrongUse(f"This command needs {what}, and there is no terminal to ask at.", f"Use {option}.")


def _sees_somebody() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def secret_in(file: str) -> str:
    """UTF-8 text less one final line end; every other space counts."""
    try:
        raw = sys.stdin.buffer.read(LONGEST + 1) if file == "-" else _head(Path(file))
    except OSError as error:
        raise BadInput(
            f"The passphrase file could not be read: {error.strerror}.", "Check its name."
        ) from error
    if len(raw) > LONGEST:
        raise BadInput("The passphrase file is far too long.", "Check that it is the right file.")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise BadInput("The passphrase file is not UTF-8 text.", "Save it as UTF-8.") from None
    return text.removesuffix("\n").removesuffix("\r") if text.endswith("\n") else text


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LONGEST + 1)
