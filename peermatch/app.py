"""Puts the program together: command line or window, log, and what to do with a fault of our own."""

import gc
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from peermatch.memory_guard import keep_memory_private
from peermatch.paths import resources
from peermatch.store import keychain_child


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, or open the window when none is given; the exit code of the program."""
    keep_memory_private()
    words = sys.argv[1:] if arguments is None else arguments
    if list(words) == [keychain_child.WORD]:
        return keychain_child.main()
    sys.excepthook = report_fault
    if not words:
        gc.disable()  # nothing that starting makes is garbage; the window sees to what is later
    _speak(words)
    from peermatch.cli.window import commands, window_alone

    shown = None if words else window_alone()
    gc.enable()
    if shown is not None:
        return shown
    from peermatch.cli.main import run

    return run(words, commands())


def _speak(words: Sequence[str]) -> None:
    """The window speaks the language of whoever uses it, where it was translated; the command line speaks English.

    This comes before anything else is read: many words are made when their module is.
    """
    window = not words or words[0].startswith("-") or not {"window", "demo"}.isdisjoint(words)
    if window and (resources() / "translations").is_dir():
        from peermatch.ui.speaking import speak_as_wished, wished_languages

        speak_as_wished(resources(), wished_languages())


def report_fault(kind: type[BaseException], _error: BaseException, trace: TracebackType | None) -> None:
    """A fault of the program: where it happened, without a word of what anybody wrote."""
    from peermatch.logs import start_logging

    if issubclass(kind, KeyboardInterrupt):
        sys.stderr.write("Stopped. Nothing that was not finished is kept.\n")
        return
    places = "\n".join(
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)
    )
    start_logging().error("fault %s\n%s", kind.__name__, places)
    sys.stderr.write(
        f"peermatch: something went wrong that should not ({kind.__name__}). Nothing half-done was kept.\n{places}\n"
    )
