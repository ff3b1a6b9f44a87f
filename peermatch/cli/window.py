"""The command that opens the window: nothing that it shows first waits for what the other commands need."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from peermatch.errors import WrongUse
from peermatch.services.doors import Doors
from peermatch.services.places import last_opened
from peermatch.services.shipped import load_shipped

if TYPE_CHECKING:
    from peermatch.cli.main import Answer, Call


def window_alone() -> int | None:
    """The window as a desktop opens it, without a word of a command line; None where there is no screen for it."""
    from peermatch.ui.application import has_screen, run_window

    if not has_screen():
        return None
    return run_window(doors_of_window(), folder=last_opened())


def doors_of_window() -> Doors:
    """The doors of a window: it shows names, so every record is read by the worker that opens a network.

    What was not read there would be read by the window's own thread, amid a command of the worker.
    """
    return Doors(load_shipped, now)


def now() -> datetime:
    """The moment, in the time of this computer."""
    return datetime.now().astimezone()


def window(call: "Call") -> "Answer":
    """The window: on the named network, on the last one, or on the welcome page."""
    from peermatch.cli.main import Answer
    from peermatch.ui.application import has_screen, run_window

    if not has_screen():
        raise WrongUse(
            "There is no screen to open a window on.", "Use a command: peermatch --help lists them."
        )
    folder: Path | None = call.arguments.network or last_opened()
    return Answer({}, (), run_window(call.window_doors, folder=folder))


def commands() -> "Mapping[str, Callable[[Call], Answer]]":
    """Every command; all but the window are read when the first of them is wanted."""
    return _Commands(window=window)


class _Commands(dict[str, "Callable[[Call], Answer]"]):
    def __missing__(self, name: str) -> "Callable[[Call], Answer]":
        from peermatch.cli.papers import PAPERS

        if name not in PAPERS:
            from peermatch.cli.commands import COMMANDS

            self.update(COMMANDS)
        return self.get(name) or PAPERS[name]
