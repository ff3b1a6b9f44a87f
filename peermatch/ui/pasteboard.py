"""The mark of macOS that clipboard programs heed; Qt has no name for it, so macOS itself is told."""

from typing import Protocol

CONCEALED = "org.nspasteboard.ConcealedType"
"""http://nspasteboard.org, which the programs that keep what is copied look for."""


class Objects(Protocol):
    """What is needed of the Objective-C runtime."""

    def named(self, name: str) -> int:
        """A class by its name."""

    def send(self, receiver: int, selector: str, *words: int) -> int:
        """Send a message."""

    def string(self, text: str) -> int:
        """A text as an NSString."""


def conceal(objects: Objects) -> None:
    """Add the mark to what this program has just put on the pasteboard; nothing of that is changed or cleared.

    https://developer.apple.com/documentation/appkit/nspasteboard/addtypes(_:owner:)
    """
    board = objects.send(objects.named("NSPasteboard"), "generalPasteboard")
    mark = objects.string(CONCEALED)
    marks = objects.send(objects.named("NSArray"), "arrayWithObject:", mark)
    if board and marks:
        objects.send(board, "addTypes:owner:", marks, 0)
        objects.send(board, "setString:forType:", objects.string(""), mark)


def nothing_to_add() -> None:
    """On other systems the marks travel with what is copied."""
