"""The door of the frozen program: the program's own, on a system that gives a window no streams to write to."""

import os
import sys

from peermatch.app import main


def give_streams() -> None:
    """A program without a console has no standard streams on Windows; what is written there goes nowhere."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 -- open to the end


def leave_others_alone() -> None:
    """What the program was started with is not for those that it starts: a mail program has libraries of its own.

    The system has read the path of the libraries by now, and asks for it no more.
    """
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", "")
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before:
        os.environ["LD_LIBRARY_PATH"] = before
    for name in [name for name in os.environ if name.startswith("_PYI_")]:
        del os.environ[name]


if __name__ == "__main__":
    give_streams()
    leave_others_alone()
    sys.exit(main(sys.argv[1:]))
