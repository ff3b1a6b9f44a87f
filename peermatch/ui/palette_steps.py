"""The steps of the window, which the palette offers and the keyboard knows: as plain data, by their keys."""

from dataclasses import dataclass
from enum import StrEnum

from peermatch.ui.frame import LOCK_KEYS
from peermatch.ui.help_door import HELP_KEYS
from peermatch.words import tr


class Reach(StrEnum):
    """Whether something is gone to, done, or read in the help."""

    GO = "go"
    DO = "do"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Goal:
    """A screen, perhaps at one of its pages, a step of the window, or a page of the help.

    ``keys`` do the same without the palette.
    """

    reach: Reach
    key: str
    page: str = ""
    title: str = ""
    keys: str = ""
    also: tuple[str, ...] = ()


NEW_ENQUIRY, ADD_SUPPORTER, UNDO, REDO = "new-enquiry", "add-supporter", "undo", "redo"
COVER, LOCK, KEYS = "cover", "lock", "keys"
HELP, TOUR, HELP_PAGE = "help", "tour", "help-page:"
STEPS = (
    Goal(
        Reach.DO,
        NEW_ENQUIRY,
        title=tr("New enquiry"),
        keys="Ctrl+N",
        also=(tr("add letter"), tr("paste e-mail")),
    ),
    Goal(Reach.DO, ADD_SUPPORTER, title=tr("Add supporter"), also=(tr("new volunteer"), "person")),
    Goal(Reach.DO, UNDO, title=tr("Undo the last step"), keys="Ctrl+Z", also=(tr("take back"),)),
    Goal(Reach.DO, REDO, title=tr("Do again what was undone"), keys="Ctrl+Shift+Z", also=("redo",)),
    Goal(
        Reach.DO,
        COVER,
        title=tr("Cover names, or show them again"),
        keys="F8",
        also=(tr("hide privacy dots"),),
    ),
    Goal(Reach.DO, LOCK, title=tr("Lock the network"), keys=LOCK_KEYS, also=(tr("close leave"),)),
    Goal(Reach.DO, HELP, title=tr("Help for this screen"), keys=HELP_KEYS, also=(tr("how to guide manual"),)),
    Goal(Reach.DO, KEYS, title=tr("All keys"), keys="?", also=(tr("help shortcuts keyboard"),)),
)
TAKE_TOUR = Goal(Reach.DO, TOUR, title=tr("Take the tour"), also=(tr("learn begin five steps sample help"),))
KEYS_OF = {step.key: step.keys for step in STEPS if step.keys and step.key not in (HELP, KEYS)}
"""By which keys the window does a step; the help has its own, and a question mark belongs to a field first."""
