"""What the palette offers besides records: screens, pages of the settings, and steps; all as plain data."""

from dataclasses import dataclass
from enum import StrEnum

from peermatch.services.finding import Named, Names
from peermatch.ui.frame import LOCK_KEYS
from peermatch.ui.screens import duties_words, settings
from peermatch.ui.screens.register import SCREENS
from peermatch.ui.widgets.nav import keys_to


class Reach(StrEnum):
    """Whether something is gone to or done."""

    GO = "go"
    DO = "do"


@dataclass(frozen=True, slots=True)
class Goal:
    """A screen, perhaps at one of its pages, or a step of the window; ``keys`` do the same without the palette."""

    reach: Reach
    key: str
    page: str = ""
    title: str = ""
    keys: str = ""
    also: tuple[str, ...] = ()


NEW_ENQUIRY, ADD_SUPPORTER, UNDO, REDO = "new-enquiry", "add-supporter", "undo", "redo"
COVER, LOCK, KEYS = "cover", "lock", "keys"
STEPS = (
    Goal(Reach.DO, NEW_ENQUIRY, title="New enquiry", keys="Ctrl+N", also=("add letter", "paste e-mail")),
    Goal(Reach.DO, ADD_SUPPORTER, title="Add supporter", also=("new volunteer", "person")),
    Goal(Reach.DO, UNDO, title="Undo the last step", keys="Ctrl+Z", also=("take back",)),
    Goal(Reach.DO, REDO, title="Do again what was undone", keys="Ctrl+Shift+Z", also=("redo",)),
    Goal(Reach.DO, COVER, title="Cover names, or show them again", keys="F8", also=("hide privacy dots",)),
    Goal(Reach.DO, LOCK, title="Lock the network", keys=LOCK_KEYS, also=("close leave",)),
    Goal(Reach.DO, KEYS, title="All keys", keys="F1", also=("help shortcuts keyboard",)),
)
KEYS_OF = {step.key: step.keys for step in STEPS if step.keys}
"""By which keys the window does a step."""
_ALSO_CALLED = {
    "today": ("next monday due",),
    "enquiries": ("letters queue inbox trainees",),
    "plan": ("all at once matching",),
    "introductions": ("cards asked",),
    "supporters": ("people volunteers",),
    "consent": ("agreement renewal campaign wording",),
    "insight": ("figures charts report demand supply gaps waits",),
    "resources": ("signposts helplines services templates letters links",),
    "duties": ("gdpr erase requests complaint breach incident privacy",),
    "journal": ("history log audit undo",),
    "settings": ("preferences options",),
    settings.RANKING: ("weights policy order",),
    settings.KEYS: ("passphrase password recovery sheet access people",),
    settings.BACKUPS: ("restore copy save",),
    settings.LOCKING: ("idle timeout screen",),
    duties_words.DUE: ("retention delete",),
    duties_words.REQUESTS: ("subject access complaint",),
    duties_words.WRONG: ("breach incident",),
    duties_words.CHANGEOVER: ("handover successor",),
}
_PAGES = {"settings": settings.PAGES, "duties": duties_words.PAGES}


def places() -> tuple[Goal, ...]:
    """All screens, each followed by its pages."""
    found: list[Goal] = []
    for number, (place, _) in enumerate(SCREENS, start=1):
        also = _ALSO_CALLED.get(place.key, ())
        found.append(Goal(Reach.GO, place.key, title=place.title, keys=keys_to(number), also=also))
        for page, label in _PAGES.get(place.key, ()):
            called = (*_ALSO_CALLED.get(page, ()), place.title)
            found.append(Goal(Reach.GO, place.key, page, f"{place.title}: {label}", also=called))
    return tuple(found)


def goal_names() -> Names[Goal]:
    """All of them, to be found by what they are called."""
    return Names(Named(each, each.title, each.also) for each in (*places(), *STEPS))
